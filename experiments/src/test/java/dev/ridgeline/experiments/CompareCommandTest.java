package dev.ridgeline.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.cost.CostReport;
import dev.ridgeline.bench.cost.CostResult;
import dev.ridgeline.bench.cost.CostRun;
import dev.ridgeline.bench.cost.Iterations;
import dev.ridgeline.bench.cost.Reading;
import dev.ridgeline.bench.cost.Settings;
import dev.ridgeline.bench.cost.Timing;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Load;
import dev.ridgeline.report.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    private static final Settings SETTINGS =
            new Settings(List.of("iris", "mnist128"), List.of("l2", "dropout"), 10, 42, 1, Iterations.DEFAULT);

    @TempDir
    private Path temporary;

    private String a;
    private String b;

    @BeforeEach
    void measure() {
        a = cost("a", 1, 1.25);
        b = cost("b", 2, 1.3);
    }

    /** A run on a quiet machine, on which dropout has a factor of its own. */
    private String cost(String folder, long seed, double dropout) {
        Random random = new Random(seed);
        CostResult result = CostRun.measure(
                CostResult.begin(SETTINGS, Environment.current(1)),
                variant -> {
                    double factor = variant.name().equals("dropout") ? dropout : 1;
                    double nanos = 1e5 * factor * Math.exp(0.003 * random.nextGaussian());
                    return new Timing(nanos, 0, List.of(nanos, nanos));
                },
                () -> new Reading(7e7, Load.current()),
                variant -> {},
                run -> {});
        try (OutputFolder opened = OutputFolder.open(temporary.resolve(folder))) {
            return new CostReport(result).write(opened).getFirst().toString();
        }
    }

    /** What JMH writes of one benchmark. */
    private static final String JMH = """
            [{"jmhVersion": "1.37", "benchmark": "a.B.c", "mode": "avgt", "threads": 1, "forks": 2,
              "primaryMetric": {"scoreUnit": "us/op", "rawData": [[1.01, 1.02], [1.00, 1.01]]}}]""";

    private String edited(String file, String from, String to) throws IOException {
        String text = Files.readString(Path.of(file));
        assertTrue(text.contains(from), from);
        return Files.writeString(temporary.resolve("edited.json"), text.replace(from, to))
                .toString();
    }

    @Test
    void saysWhatBecameSlower() {
        CommandRun run = CommandRun.of("compare", a, b).exits(0);
        assertTrue(run.out().contains("Time of a step, B against A: slower: dropout on iris (+"), run::out);
        assertTrue(run.out().contains("; equivalent within +/-1 %: none on iris, l2 on iris"), run::out);
        assertTrue(run.out().chars().allMatch(c -> c < 128), "a terminal may know no more than ASCII");
        assertEquals("", run.err());
        run = CommandRun.of("compare", b, a).exits(0);
        assertTrue(run.out().contains("Time of a step, B against A: faster: dropout on iris (-"), run::out);
        run = CommandRun.of("compare", a, a).exits(0);
        assertTrue(run.out().contains("Both files hold the same times."), run::out);
        assertFalse(run.out().contains("slower:"), run::out);
    }

    @Test
    void gatesDecideTheExitCode() {
        CommandRun run = CommandRun.of(
                        "compare", a, b, "--gate", "l2 on iris <= 3%", "--gate", "dropout on iris <= 50%")
                .exits(0);
        assertEquals(2, run.out().split("holds: ", -1).length - 1);
        run = CommandRun.of("compare", b, "--gate", "dropout on iris <= 20%", "--gate", "l2 on iris <= 3%")
                .exits(3);
        assertTrue(run.err().startsWith("Gate \"dropout on iris <= 20%\" is breached: +"), run::err);
        assertTrue(run.out().startsWith("Gate \"l2 on iris <= 3%\" holds"), "every gate is judged: " + run.out());
        CommandRun.of("compare", a, b, "--gate", "dropout on mnist128 slower <= 2%")
                .exits(3);
        CommandRun.of("compare", b, a, "--gate", "dropout on mnist128 slower <= 2%")
                .exits(0);
    }

    @Test
    void cannotTellPassesUnlessToldOtherwise() {
        CommandRun run =
                CommandRun.of("compare", b, "--gate", "dropout on iris <= 30%").exits(0);
        assertTrue(run.out().contains("cannot tell: +"), run::out);
        assertTrue(run.out().endsWith(" This passes (--cannot-tell pass).\n"), run::out);
        run = CommandRun.of("compare", b, "--gate", "dropout on iris <= 30%", "--cannot-tell", "fail")
                .exits(3);
        assertTrue(run.err().endsWith(" This fails (--cannot-tell fail).\n"), run::err);
    }

    @Test
    void aGateBelowTheNoiseFloorIsRefused() {
        CommandRun run =
                CommandRun.of("compare", b, "--gate", "l2 on iris <= 0.1%").exits(1);
        assertTrue(run.err().contains("is below the noise floor of 0."), run::err);
        assertTrue(run.err().contains("blocks in place of 10"), run::err);
    }

    @Test
    void aRefusedGateLeavesTheOthersToBeJudged() {
        Path folder = temporary.resolve("compared");
        CommandRun run = CommandRun.of(
                        List.of("compare", a, b, "--out=" + folder),
                        "--gate=l2 on iris <= 0.1%",
                        "--gate=l2 on iris <= 3%",
                        "--gate=dropout on iris <= 20%",
                        "--gate=l2 on mnist128 slower <= 0%")
                .exits(1);
        assertTrue(run.out().startsWith("Gate \"l2 on iris <= 3%\" holds: "), run::out);
        assertEquals(1, run.out().lines().count(), "no comparison: " + run.out());
        assertFalse(Files.exists(folder), "no files");
        List<String> errors = run.err().lines().toList();
        assertTrue(errors.get(0).startsWith("Gate \"dropout on iris <= 20%\" is breached: "), run::err);
        assertTrue(errors.get(1).startsWith("Gate \"l2 on iris <= 0.1%\" is below the noise floor"), run::err);
        assertTrue(errors.get(2).startsWith("Gate \"l2 on mnist128 slower <= 0%\" is below "), run::err);
    }

    @Test
    void wrongUsageExitsWith2AndSaysWhy() {
        usage("One file and no --gate; name a second file, or a gate", "compare", a);
        usage("Missing required parameter", "compare");
        usage("Unmatched argument", "compare", a, b, a);
        usage("write \"NAME on MODEL <= X%\"", "compare", a, b, "--gate", "l2 <= 3");
        usage("did you mean \"dropout\"", "compare", a, b, "--gate", "droput on iris <= 3%");
        usage("did you mean \"iris\"", "compare", a, b, "--gate", "l2 on irs <= 3%");
        usage("needs two files", "compare", a, "--gate", "l2 on iris slower <= 3%");
        usage("--out is for a comparison", "compare", a, "--gate", "l2 on iris <= 3%", "--out", temporary.toString());
        usage("expected one of [PASS, pass, FAIL, fail]", "compare", a, b, "--cannot-tell", "maybe");
        usage("more than 0 and less than 100", "compare", a, b, "--margin", "0");
    }

    private void usage(String reason, String... args) {
        CommandRun run = CommandRun.of(args).exits(2);
        assertTrue(run.err().contains(reason), run::err);
        assertEquals("", run.out());
    }

    @Test
    void filesThatCannotBeComparedAreNamed() throws IOException {
        String whole = Files.readString(Path.of(b));
        failure(temporary + " cannot be read: it is a folder; name a cost.json", temporary.toString());
        failure(
                "There is no file " + temporary.resolve("none") + "; name a cost.json",
                temporary.resolve("none").toString());
        failure("edited.json is empty", written(" \n"));
        failure("edited.json is not JSON", written("cost"));
        failure("edited.json is damaged: Json: not a whole JSON object", written(whole.substring(0, 5000)));
        failure("edited.json is damaged: Json: not a whole JSON array", written("[{"));
        failure("edited.json is not written by the command cost", written("{\"command\": \"iris\"}"));
        String version = "\"schemaVersion\" : ";
        failure("edited.json has schema version 1, ", edited(b, version + CostReport.SCHEMA_VERSION, version + "1"));
        failure("edited.json holds no time of a benchmark", written("[]"));
        failure("is a file of JMH", written(JMH));
        Path binary = Files.write(temporary.resolve("edited.json"), new byte[] {'{', (byte) 0xff, 0});
        failure("edited.json is not a text", binary.toString());
    }

    private String written(String text) throws IOException {
        return Files.writeString(temporary.resolve("edited.json"), text).toString();
    }

    private void failure(String reason, String file) {
        for (String[] args : new String[][] {{"compare", a, file}, {"compare", file, a}}) {
            CommandRun run = CommandRun.of(args).exits(1);
            assertTrue(run.err().startsWith("ridgeline: ") && run.err().contains(reason), run::err);
            assertEquals(1, run.err().lines().count(), "one line: " + run.err());
        }
    }

    @Test
    void anotherMachineIsRefusedByNameUnlessForced() throws IOException {
        String cores = "\"cores\" : " + Runtime.getRuntime().availableProcessors();
        String other = edited(b, cores, "\"cores\" : 77");
        CommandRun run = CommandRun.of("compare", a, other).exits(1);
        assertTrue(
                run.err().contains("cores is \"" + Runtime.getRuntime().availableProcessors() + "\" in " + a),
                run::err);
        assertTrue(run.err().contains(" and \"77\" in " + other), run::err);
        assertTrue(run.err().contains("or add --force"), run::err);
        run = CommandRun.of("compare", a, other, "--force").exits(0);
        assertTrue(run.out().contains("Compared by force although cores is"), run::out);
        String commit = edited(b, "\"commit\" : \"", "\"commit\" : \"other-");
        CommandRun.of("compare", a, commit).exits(0); // the commit is what one compares
    }

    @Test
    void writesItsFilesWhereAsked() {
        Path folder = temporary.resolve("compared");
        CommandRun run =
                CommandRun.of("compare", a, b, "--out", folder.toString()).exits(0);
        assertTrue(Files.exists(folder.resolve("compare.json")) && Files.exists(folder.resolve("compare.html")));
        assertTrue(run.out().contains(folder.resolve("compare.html").toString()), run::out);
    }

    @Test
    void readsWhatJmhWrites() throws IOException {
        String before = Files.writeString(temporary.resolve("before.json"), JMH).toString();
        String after = written(JMH.replace("1.0", "2.0"));
        CommandRun run = CommandRun.of("compare", before, after, "--gate", "B.c slower <= 10%")
                .exits(3);
        assertTrue(run.out().contains("Time of an operation, B against A: slower: B.c (+99."), run::out);
        assertTrue(run.out().contains("JMH's files name no processor"), run::out);
        assertTrue(run.err().startsWith("Gate \"B.c slower <= 10%\" is breached: +99."), run::err);
        usage("did you mean \"B.c\"", "compare", before, after, "--gate", "B.d slower <= 10%");
    }

    @Test
    void helpShowsAGate() {
        String help = CommandRun.of("compare", "--help").exits(0).out().replaceAll("\\s+", " ");
        for (String word :
                List.of("\"l2 on mnist128 <= 2%\"", "\"l2 on mnist128 slower <= 3%\"", "pass, fail", "exit code 3")) {
            assertTrue(help.contains(word), () -> word + " in " + help);
        }
    }
}
