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
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    private static final Settings SETTINGS =
            new Settings(List.of("iris", "mnist128"), List.of("l2", "dropout"), 10, 42, 1, Iterations.DEFAULT);

    @TempDir
    private Path temporary;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
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

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    private String edited(String file, String from, String to) throws IOException {
        String text = Files.readString(Path.of(file));
        assertTrue(text.contains(from), from);
        return Files.writeString(temporary.resolve("edited.json"), text.replace(from, to))
                .toString();
    }

    @Test
    void saysWhatBecameSlower() {
        assertEquals(0, run("compare", a, b));
        assertTrue(out.toString().contains("Time of a step, B against A: slower: dropout on iris (+"), out::toString);
        assertTrue(out.toString().contains("; equivalent within +/-1 %: none on iris, l2 on iris"), out::toString);
        assertTrue(out.toString().chars().allMatch(c -> c < 128), "a terminal may know no more than ASCII");
        assertEquals("", err.toString());
        assertEquals(0, run("compare", b, a));
        assertTrue(out.toString().contains("Time of a step, B against A: faster: dropout on iris (-"), out::toString);
        assertEquals(0, run("compare", a, a));
        assertTrue(out.toString().contains("Both files hold the same times."), out::toString);
        assertFalse(out.toString().contains("slower:"), out::toString);
    }

    @Test
    void gatesDecideTheExitCode() {
        assertEquals(0, run("compare", a, b, "--gate", "l2 on iris <= 3%", "--gate", "dropout on iris <= 50%"));
        assertEquals(2, out.toString().split("holds: ", -1).length - 1);
        assertEquals(3, run("compare", b, "--gate", "dropout on iris <= 20%", "--gate", "l2 on iris <= 3%"));
        assertTrue(err.toString().startsWith("Gate \"dropout on iris <= 20%\" is breached: +"), err::toString);
        assertTrue(out.toString().startsWith("Gate \"l2 on iris <= 3%\" holds"), "every gate is judged: " + out);
        assertEquals(3, run("compare", a, b, "--gate", "dropout on mnist128 slower <= 2%"));
        assertEquals(0, run("compare", b, a, "--gate", "dropout on mnist128 slower <= 2%"));
    }

    @Test
    void cannotTellPassesUnlessToldOtherwise() {
        assertEquals(0, run("compare", b, "--gate", "dropout on iris <= 30%"));
        assertTrue(out.toString().contains("cannot tell: +"), out::toString);
        assertTrue(out.toString().endsWith(" This passes (--cannot-tell pass).\n"), out::toString);
        assertEquals(3, run("compare", b, "--gate", "dropout on iris <= 30%", "--cannot-tell", "fail"));
        assertTrue(err.toString().endsWith(" This fails (--cannot-tell fail).\n"), err::toString);
    }

    @Test
    void aGateBelowTheNoiseFloorIsRefused() {
        assertEquals(1, run("compare", b, "--gate", "l2 on iris <= 0.1%"));
        assertTrue(err.toString().contains("is below the noise floor of 0."), err::toString);
        assertTrue(err.toString().contains("blocks in place of 10"), err::toString);
    }

    @Test
    void aRefusedGateLeavesTheOthersToBeJudged() {
        Path folder = temporary.resolve("compared");
        String[] gates = {
            "--gate=l2 on iris <= 0.1%",
            "--gate=l2 on iris <= 3%",
            "--gate=dropout on iris <= 20%",
            "--gate=l2 on mnist128 slower <= 0%"
        };
        assertEquals(
                1,
                run(Stream.concat(Stream.of("compare", a, b, "--out=" + folder), Stream.of(gates))
                        .toArray(String[]::new)));
        assertTrue(out.toString().startsWith("Gate \"l2 on iris <= 3%\" holds: "), out::toString);
        assertEquals(1, out.toString().lines().count(), "no comparison: " + out);
        assertFalse(Files.exists(folder), "no files");
        List<String> errors = err.toString().lines().toList();
        assertTrue(errors.get(0).startsWith("Gate \"dropout on iris <= 20%\" is breached: "), err::toString);
        assertTrue(errors.get(1).startsWith("Gate \"l2 on iris <= 0.1%\" is below the noise floor"), err::toString);
        assertTrue(errors.get(2).startsWith("Gate \"l2 on mnist128 slower <= 0%\" is below "), err::toString);
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
        assertEquals(2, run(args), err::toString);
        assertTrue(err.toString().contains(reason), err::toString);
        assertEquals("", out.toString());
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
            assertEquals(1, run(args), out::toString);
            assertTrue(
                    err.toString().startsWith("ridgeline: ") && err.toString().contains(reason), err::toString);
            assertEquals(1, err.toString().lines().count(), "one line: " + err);
        }
    }

    @Test
    void anotherMachineIsRefusedByNameUnlessForced() throws IOException {
        String cores = "\"cores\" : " + Runtime.getRuntime().availableProcessors();
        String other = edited(b, cores, "\"cores\" : 77");
        assertEquals(1, run("compare", a, other));
        assertTrue(
                err.toString().contains("cores is \"" + Runtime.getRuntime().availableProcessors() + "\" in " + a),
                err::toString);
        assertTrue(err.toString().contains(" and \"77\" in " + other), err::toString);
        assertTrue(err.toString().contains("or add --force"), err::toString);
        assertEquals(0, run("compare", a, other, "--force"));
        assertTrue(out.toString().contains("Compared by force although cores is"), out::toString);
        String commit = edited(b, "\"commit\" : \"", "\"commit\" : \"other-");
        assertEquals(0, run("compare", a, commit), "the commit is what one compares");
    }

    @Test
    void writesItsFilesWhereAsked() {
        Path folder = temporary.resolve("compared");
        assertEquals(0, run("compare", a, b, "--out", folder.toString()));
        assertTrue(Files.exists(folder.resolve("compare.json")) && Files.exists(folder.resolve("compare.html")));
        assertTrue(out.toString().contains(folder.resolve("compare.html").toString()), out::toString);
    }

    @Test
    void readsWhatJmhWrites() throws IOException {
        String before = Files.writeString(temporary.resolve("before.json"), JMH).toString();
        String after = written(JMH.replace("1.0", "2.0"));
        assertEquals(3, run("compare", before, after, "--gate", "B.c slower <= 10%"), err::toString);
        assertTrue(out.toString().contains("Time of an operation, B against A: slower: B.c (+99."), out::toString);
        assertTrue(out.toString().contains("JMH's files name no processor"), out::toString);
        assertTrue(err.toString().startsWith("Gate \"B.c slower <= 10%\" is breached: +99."), err::toString);
        usage("did you mean \"B.c\"", "compare", before, after, "--gate", "B.d slower <= 10%");
    }

    @Test
    void helpShowsAGate() {
        assertEquals(0, run("compare", "--help"));
        String help = out.toString().replaceAll("\\s+", " ");
        for (String word :
                List.of("\"l2 on mnist128 <= 2%\"", "\"l2 on mnist128 slower <= 3%\"", "pass, fail", "exit code 3")) {
            assertTrue(help.contains(word), () -> word + " in " + help);
        }
    }
}
