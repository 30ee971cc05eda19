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
import dev.ridgeline.bench.ledger.Ceilings;
import dev.ridgeline.bench.ledger.LedgerTimer;
import dev.ridgeline.report.Load;
import java.io.IOException;
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

    @TempDir
    private Path elsewhere;

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
        CommandRun run = CommandRun.of(
                        "cost", option, value, "--out", temporary.resolve("new").toString())
                .exits(2);
        assertTrue(run.err().contains(reason), run::err);
        assertEquals("", run.out());
        assertFalse(Files.exists(temporary.resolve("new")), "nothing is made");
    }

    @Test
    void quickExcludesWhatItStandsFor() {
        CommandRun run = CommandRun.of("cost", "--quick", "--blocks", "4", "--out", temporary.toString())
                .exits(2);
        assertTrue(run.err().contains("--quick excludes --models, --regularizers and --blocks"), run::err);
    }

    @ParameterizedTest
    @CsvSource({
        ", There is no file",
        "{}, is not written by the command peers",
        "'{\"command\": \"peers\", \"schemaVersion\": 9}', has schema version 9",
        "'{\"command\": \"pe', not a whole JSON object"
    })
    void aFileOfPeersThatCannotBeUsedEndsTheRunBeforeItMeasures(String text, String reason) throws IOException {
        Path file = elsewhere.resolve("peers.json");
        if (text != null) {
            Files.writeString(file, text);
        }
        Path folder = temporary.resolve("new");
        CommandRun run = CommandRun.of("cost", "--peers", file.toString(), "--out", folder.toString())
                .exits(1);
        assertTrue(run.err().contains(reason), run::err);
        assertTrue(run.err().contains(file.toString()), run::err);
        assertFalse(Files.exists(folder), "nothing is made");
    }

    @Test
    void resumeNeedsAnInterruptedRun() {
        CommandRun run =
                CommandRun.of("cost", "--resume", "--out", temporary.toString()).exits(1);
        assertTrue(run.err().contains("Nothing to resume: there is no unfinished.json"), run::err);
    }

    @Test
    void aFolderThatCannotBeWrittenEndsTheRunBeforeItMeasures() throws IOException {
        Path file = Files.writeString(temporary.resolve("taken"), "");
        CommandRun run = CommandRun.of("cost", "--out", file.toString()).exits(1);
        assertTrue(run.err().contains("Cannot write to \"" + file + "\": it is a file"), run::err);
    }

    /** Runs the command with forks that take no time; they deviate by so many per cent. */
    private CommandRun trial(double deviation, String... args) {
        Random random = new Random(3);
        return trial(
                variant -> {
                    double nanos = variant.name().equals("dropout") ? 1500 : 1000;
                    nanos *= 1 + deviation / 100 * random.nextGaussian();
                    return new Timing(nanos, 0, List.of(nanos));
                },
                args);
    }

    private CommandRun trial(VariantTimer timer, String... args) {
        return trial(timer, new MadeUpLedgerTimer(), args);
    }

    private CommandRun trial(VariantTimer timer, LedgerTimer ledgerTimer, String... args) {
        List<String> all = new ArrayList<>(
                List.of("trial", "--models", "iris", "--regularizers", "l2,dropout", "--blocks", "3", "--quiet"));
        all.addAll(List.of("--out", temporary.toString()));
        all.addAll(List.of(args));
        CommandLine ridgeline = Main.commandLine()
                .addSubcommand("trial", new CostCommand(settings -> timer, () -> STEADY, () -> ledgerTimer));
        return CommandRun.of(ridgeline, all.toArray(String[]::new));
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
        CommandRun run = trial(0.1).exits(0);
        assertTrue(run.out().startsWith("Noise floor on iris: 0."), run::out);
        assertTrue(run.out().contains("It takes longer with dropout (+"), run::out);
        assertTrue(run.out().endsWith(temporary.resolve("report.html") + System.lineSeparator()), run::out);
        assertEquals(List.of("cost.json", "cost.schema.json", "report.html", "report.md"), files());
        String json = Files.readString(temporary.resolve("cost.json"));
        assertTrue(json.contains("\"rulerNanosBefore\"") && json.contains("\"roofNanos\""), json);
        assertTrue(Files.readString(temporary.resolve("report.md")).contains("The parts add up to the whole"));
    }

    /** Two rounds in which dropout adds 4 % here and 40 % there. */
    private String peers() throws IOException {
        StringBuilder samples = new StringBuilder();
        for (int round = 1; round <= 2; round++) {
            for (String step :
                    List.of("none ridgeline 100", "none torch 100", "dropout ridgeline 104", "dropout torch 140")) {
                String[] words = step.split(" ");
                samples.append(samples.isEmpty() ? "" : ",").append("""
                                {"round": %d, "model": "iris", "regularizer": "%s", "library": "%s", "nanos": %s}""".formatted(round, words[0], words[1], words[2]));
            }
        }
        String text = """
                {"command": "peers", "schemaVersion": 1, "measuredWith": {"rounds": 2, "cpu": "one", "threads": 1,
                 "torch": "PyTorch 2.13"}, "samples": [%s]}""";
        return Files.writeString(elsewhere.resolve("peers.json"), text.formatted(samples))
                .toString();
    }

    @Test
    void theSameInPyTorchStandsBesideIt() throws IOException {
        CommandRun run = trial(0.1, "--peers", peers()).exits(0);
        String both = "dropout on iris: +4.0 % [+4.0, +4.0] in Ridgeline, +40.0 % [+40.0, +40.0] in PyTorch\n";
        assertTrue(run.out().contains(both), run::out);
        assertTrue(Files.readString(temporary.resolve("report.md")).contains("## Beside PyTorch\n"));
        assertTrue(Files.readString(temporary.resolve("report.html")).contains("dropout, PyTorch"));
        assertTrue(Files.readString(temporary.resolve("cost.json")).contains("\"besidePyTorch\""));
    }

    @Test
    void aMachineTooNoisyEndsWith0AndSaysSo() {
        CommandRun run = trial(30).exits(0);
        assertTrue(run.out().contains("to say anything of l2, dropout."), run::out);
        assertEquals(2, run.out().split("cannot tell", -1).length - 1, run::out);
    }

    @Test
    void aDiskThatIsFullForAWhileDoesNotEndTheRun() throws IOException {
        fillTheDiskFor("unfinished.json");
        CommandRun run = trial(0.1).exits(0);
        assertTrue(
                run.err()
                        .startsWith(
                                "cost: block 1 is measured but not kept, --resume would repeat it: Cannot write to \""
                                        + temporary + "\": No space left on device; name a folder"),
                run::err);
        assertEquals(List.of("cost.json", "cost.schema.json", "report.html", "report.md"), files());
    }

    @Test
    void aDiskThatIsFullAtTheEndLosesNothing() throws IOException {
        fillTheDiskFor("report.md");
        CommandRun run = trial(0.1).exits(1);
        String printed = run.out();
        assertTrue(printed.contains("dropout"), "the table comes first: " + printed);
        assertTrue(run.err().contains("No space left on device") && run.err().contains("is kept, --resume"), run::err);
        assertEquals(List.of("cost.json", "cost.schema.json", "unfinished.json"), files());

        VariantTimer never = variant -> {
            throw new AssertionError("nothing is left to measure");
        };
        run = trial(never, "--resume").exits(0);
        assertTrue(run.out().startsWith(printed), "the same answer: " + run.out());
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
        CommandRun run = trial(failing).exits(1);
        assertTrue(run.err().contains("ridgeline: out of memory; give it more"), run::err);
        assertEquals(List.of("unfinished.json"), files());
        trial(0.1, "--resume").exits(0);
        assertTrue(Files.readString(temporary.resolve("report.md")).contains("The run was interrupted once"));
    }

    /** Ends when it measures a step: as good as killed. */
    private static final LedgerTimer KILLED = new LedgerTimer() {
        @Override
        public Ceilings ceilings(int threads) {
            return new MadeUpLedgerTimer().ceilings(threads);
        }

        @Override
        public Measured step(String model, String regularizer, int threads) {
            throw new IllegalStateException("killed in the ledger");
        }

        @Override
        public String withoutCounters() {
            return "";
        }
    };

    @Test
    void aRunThatEndsInTheLedgerGoesOnThere() throws IOException {
        VariantTimer timer = variant -> new Timing(1000, 0, List.of(1000.0));
        CommandRun run = trial(timer, KILLED).exits(1);
        assertTrue(run.err().contains("killed in the ledger"), run::err);
        assertEquals(List.of("unfinished.json"), files());

        VariantTimer never = variant -> {
            throw new AssertionError("no block is left to measure");
        };
        trial(never, "--resume").exits(0);
        assertTrue(Files.readString(temporary.resolve("report.md")).contains("The parts add up to the whole"));
        assertEquals(List.of("cost.json", "cost.schema.json", "report.html", "report.md"), files());
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
        String help = CommandRun.of("cost", "--help").exits(0).out().replaceAll("\\s+", " ");
        Stream.of(
                        Models.names(),
                        Catalogue.names(),
                        List.of("or all", "--blocks", "--quick", "--resume", "default: iris,mnist128"))
                .flatMap(List::stream)
                .forEach(word -> assertTrue(help.contains(word), () -> word + " in " + help));
    }
}
