package dev.ridgeline.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.bench.Models;
import dev.ridgeline.bench.cost.Reading;
import dev.ridgeline.bench.cost.Settings;
import dev.ridgeline.bench.cost.Timing;
import dev.ridgeline.bench.cost.VariantTimer;
import dev.ridgeline.report.Load;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CostCommandTest {
    private static final Reading STEADY = new Reading(100, new Load(0, 0, 0));

    @TempDir
    private Path temporary;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine ridgeline = Main.commandLine();
        return ridgeline
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--models|irs|did you mean \"iris\"",
                "--regularizers|l1,droput|did you mean \"dropout\"",
                "--regularizers|all,droput|did you mean \"dropout\"",
                "--models|all|did you mean",
                "--regularizers|com.acme.Cubic|no such class on the class path; start with java -cp",
                "--regularizers|java.lang.Object|let it implement Regularizer",
                "--blocks|1|needs at least 2",
                "--blocks|many|many",
                "--threads|0|at least 1",
                "--modles|iris|--modles"
            })
    void wrongUsageExitsWith2AndSaysWhy(String option, String value, String reason) {
        assertEquals(
                2, run("cost", option, value, "--out", temporary.resolve("new").toString()));
        assertTrue(err.toString().contains(reason), err.toString());
        assertEquals("", out.toString());
        assertFalse(Files.exists(temporary.resolve("new")), "nothing is made");
    }

    @Test
    void quickExcludesWhatItStandsFor() {
        assertEquals(2, run("cost", "--quick", "--blocks", "4", "--out", temporary.toString()));
        assertTrue(err.toString().contains("--quick excludes --models, --regularizers and --blocks"), err.toString());
    }

    @Test
    void resumeNeedsAnInterruptedRun() {
        assertEquals(1, run("cost", "--resume", "--out", temporary.toString()));
        assertTrue(err.toString().contains("Nothing to resume: there is no unfinished.json"), err.toString());
    }

    @Test
    void aFolderThatCannotBeWrittenEndsTheRunBeforeItMeasures() throws IOException {
        Path file = Files.writeString(temporary.resolve("taken"), "");
        assertEquals(1, run("cost", "--out", file.toString()));
        assertTrue(err.toString().contains("Cannot write to \"" + file + "\": it is a file"), err.toString());
    }

    /** Runs the command with forks that take no time; they deviate by so many per cent. */
    private int trial(double deviation, String... args) {
        Random random = new Random(3);
        return trial(
                variant -> {
                    double nanos = variant.name().equals("dropout") ? 1500 : 1000;
                    nanos *= 1 + deviation / 100 * random.nextGaussian();
                    return new Timing(nanos, 0, List.of(nanos));
                },
                args);
    }

    private int trial(VariantTimer timer, String... args) {
        List<String> all = new ArrayList<>(
                List.of("trial", "--models", "iris", "--regularizers", "l2,dropout", "--blocks", "3", "--quiet"));
        all.addAll(List.of("--out", temporary.toString()));
        all.addAll(List.of(args));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.commandLine()
                .addSubcommand("trial", new CostCommand(settings -> timer, () -> STEADY))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** What is written under this name finds a device without any space left, once. */
    private void fillTheDiskFor(String name) throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")));
        Path link = temporary.resolve("." + name + "." + ProcessHandle.current().pid() + ".tmp");
        Files.createSymbolicLink(link, Path.of("/dev/full"));
    }

    @Test
    void aWholeRunPrintsTheAnswerAndWritesFourFiles() throws IOException {
        assertEquals(0, trial(0.1), err::toString);
        assertTrue(out.toString().startsWith("Noise floor on iris: 0."), out.toString());
        assertTrue(out.toString().contains("It takes longer with dropout (+"), out.toString());
        assertTrue(out.toString().endsWith(temporary.resolve("report.html") + System.lineSeparator()), out.toString());
        assertEquals(List.of("cost.json", "cost.schema.json", "report.html", "report.md"), files());
        assertTrue(Files.readString(temporary.resolve("cost.json")).contains("\"rulerNanosBefore\""));
    }

    @Test
    void aMachineTooNoisyEndsWith0AndSaysSo() {
        assertEquals(0, trial(30), err::toString);
        assertTrue(out.toString().contains("to say anything of l2, dropout."), out.toString());
        assertEquals(2, out.toString().split("cannot tell", -1).length - 1, out.toString());
    }

    @Test
    void aDiskThatIsFullForAWhileDoesNotEndTheRun() throws IOException {
        fillTheDiskFor("unfinished.json");
        assertEquals(0, trial(0.1), err::toString);
        assertTrue(
                err.toString()
                        .startsWith(
                                "cost: block 1 is measured but not kept, --resume would repeat it: Cannot write to \""
                                        + temporary + "\": No space left on device; name a folder"),
                err.toString());
        assertEquals(List.of("cost.json", "cost.schema.json", "report.html", "report.md"), files());
    }

    @Test
    void aDiskThatIsFullAtTheEndLosesNothing() throws IOException {
        fillTheDiskFor("report.md");
        assertEquals(1, trial(0.1));
        String printed = out.toString();
        assertTrue(printed.contains("dropout"), "the table comes first: " + printed);
        assertTrue(
                err.toString().contains("No space left on device")
                        && err.toString().contains("is kept, --resume"),
                err.toString());
        assertEquals(List.of("cost.json", "cost.schema.json", "unfinished.json"), files());

        VariantTimer never = variant -> {
            throw new AssertionError("nothing is left to measure");
        };
        assertEquals(0, trial(never, "--resume"), err::toString);
        assertTrue(out.toString().startsWith(printed), "the same answer: " + out);
        assertEquals(List.of("cost.json", "cost.schema.json", "report.html", "report.md"), files());
    }

    @Test
    void aFailedForkKeepsTheBlocksBeforeIt() throws IOException {
        int[] forks = {0};
        VariantTimer failing = variant -> {
            if (++forks[0] > 6) { // a rehearsal, a block of four, one more
                throw new IllegalStateException("out of memory; give it more");
            }
            return new Timing(1000, 0, List.of(1000.0));
        };
        assertEquals(1, trial(failing));
        assertTrue(err.toString().contains("ridgeline: out of memory; give it more"), err.toString());
        assertEquals(List.of("unfinished.json"), files());
        assertEquals(0, trial(0.1, "--resume"), err::toString);
        assertTrue(Files.readString(temporary.resolve("report.md")).contains("The run was interrupted once"));
    }

    @Test
    void theDefaultsTakeSixMinutesAndAllTakesAll() {
        Settings defaults = settings();
        assertEquals(List.of("iris", "mnist128"), defaults.models());
        assertEquals(6, defaults.regularizers().size());
        assertEquals(140, defaults.forks());
        assertEquals(Catalogue.names(), settings("--regularizers", "all").regularizers());
        assertEquals(
                List.of("none", "dropout"),
                settings("--regularizers", "dropout").regularizers());
    }

    private static Settings settings(String... args) {
        CostCommand command = new CostCommand();
        new CommandLine(command).parseArgs(args);
        return command.settings();
    }

    @Test
    void helpNamesEveryModelAndRegularizer() {
        assertEquals(0, run("cost", "--help"));
        String help = out.toString().replaceAll("\\s+", " ");
        Stream.of(
                        Models.names(),
                        Catalogue.names(),
                        List.of("or all", "--blocks", "--quick", "--resume", "default: iris,mnist128"))
                .flatMap(List::stream)
                .forEach(word -> assertTrue(help.contains(word), () -> word + " in " + help));
    }
}
