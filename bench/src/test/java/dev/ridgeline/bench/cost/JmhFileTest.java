package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JmhFileTest {
    /** What JMH 1.37 wrote: GemmBenchmark in three modes, two forks of two iterations. */
    static String recorded() throws IOException {
        try (InputStream in = JmhFileTest.class.getResourceAsStream("jmh.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String entry(String benchmark, String mode, int forks, String unit, String rawData) {
        return """
                {"jmhVersion": "1.37", "benchmark": "%s", "mode": "%s", "threads": 1, "forks": %d,
                 "jvmArgs": ["-Xmx1g"], "jdkVersion": "25.0.3", "vmName": "OpenJDK", "vmVersion": "25.0.3+9",
                 "warmupIterations": 2, "warmupTime": "1 s", "measurementIterations": 2, "measurementTime": "1 s",
                 "primaryMetric": {"score": 1.0, "scoreError": "NaN", "scoreUnit": "%s", "rawData": %s},
                 "secondaryMetrics": {}}""".formatted(benchmark, mode, forks, unit, rawData);
    }

    private static TimedRun read(String... entries) {
        return JmhFile.read("b.json", "[" + String.join(",", entries) + "]");
    }

    private static String refusal(String... entries) {
        return assertThrows(IllegalArgumentException.class, () -> read(entries)).getMessage();
    }

    @Test
    void readsWhatJmhWrites() throws IOException {
        TimedRun run = JmhFile.read("jmh.json", recorded());
        assertEquals(
                List.of(
                        "GemmBenchmark.vector form=nn, shape=128x64x32 (thrpt)",
                        "GemmBenchmark.vector form=nn, shape=128x64x32"),
                run.series().stream().map(Series::label).toList());
        Series throughput = run.series().getFirst();
        assertEquals("GemmBenchmark", throughput.group());
        double rate = (1.7617091410825672E-4 + 3.000978142955195E-4) / 2; // operations per microsecond
        assertEquals(2, throughput.logTimes().size());
        assertEquals(Math.log(1e3 / rate), throughput.logTimes().getFirst(), 1e-12);
        assertFalse(throughput.hasOverhead());
        assertFalse(run.cost());
        assertEquals("25.0.3", run.conditions().get("jdkVersion"));
        assertEquals(1, run.conditions().get("threads"));
        assertEquals(
                List.of("Left out of jmh.json, as it holds no time of each fork: GemmBenchmark.vector form=nn,"
                        + " shape=128x64x32 (sample); measure with -bm avgt -f 5."),
                run.notes());
    }

    @ParameterizedTest
    @CsvSource({
        "avgt, ns/op, 3",
        "avgt, us/op, 3e3",
        "ss, ms/op, 3e6",
        "avgt, s/op, 3e9",
        "avgt, min/op, 180e9",
        "thrpt, ops/ns, 0.333333333333",
        "thrpt, ops/s, 0.333333333333e9"
    })
    void unitsBecomeNanoseconds(String mode, String unit, double nanos) {
        Series series =
                read(entry("a.B.c", mode, 2, unit, "[[2, 4], [3, 3]]")).series().getFirst();
        assertEquals(nanos, series.nanos(), 1e-9 * nanos);
        assertEquals(0, series.time().error(), 1e-12, "forks count, and these two are alike");
    }

    @Test
    void aForkIsOneSampleHoweverManyIterationsItHas() {
        Series series = read(entry("a.B.c", "avgt", 3, "ns/op", "[[1, 3, 2], [4, 4, 4], [6, 6, 6]]"))
                .series()
                .getFirst();
        assertEquals(List.of(Math.log(2), Math.log(4), Math.log(6)), series.logTimes());
    }

    @Test
    void oneForkSaysSo() {
        TimedRun run = read(entry("a.B.c", "avgt", 1, "ns/op", "[[2, 4]]"));
        assertFalse(run.series().getFirst().replicated());
        assertEquals(
                "One fork alone cannot tell how far forks differ, and its iterations are not independent. b.json has no"
                        + " more of B.c; measure with -f 5.",
                run.notes().getFirst());
    }

    @Test
    void namesThatWouldBeTheSameAreGivenInFull() {
        String[] entries = {
            entry("a.x.B.c", "avgt", 2, "ns/op", "[[1], [1]]"),
            entry("a.y.B.c", "avgt", 2, "ns/op", "[[1], [1]]"),
            entry("a.y.B.d", "avgt", 2, "ns/op", "[[1], [1]]")
        };
        List<Series> series = read(entries).series();
        assertEquals(
                List.of("a.x.B.c", "a.y.B.c", "B.d"),
                series.stream().map(Series::label).toList());
        assertEquals(
                List.of("a.x.B", "a.y.B", "B"),
                series.stream().map(Series::group).toList(),
                "the class");
    }

    @Test
    void differentConditionsWithinAFileAreAllKept() {
        String one = entry("a.B.c", "avgt", 2, "ns/op", "[[1], [1]]");
        String two = entry("a.B.d", "avgt", 2, "ns/op", "[[1], [1]]").replace("\"threads\": 1", "\"threads\": 4");
        Map<String, Object> conditions = read(one, two).conditions();
        assertEquals(Map.of("B.c", 1, "B.d", 4), conditions.get("threads"));
        assertEquals("1.37", conditions.get("jmhVersion"));
        assertFalse(conditions.containsKey("measurementBatchSize"), "not in the file");
    }

    @Test
    void whatIsNoMeasurementIsRefused() {
        String remedy = "; measure with -bm avgt -f 5";
        assertEquals(
                "b.json: B.c was measured without a fork" + remedy,
                refusal(entry("a.B.c", "avgt", 0, "ns/op", "[[1, 2]]")));
        assertEquals(
                "b.json: B.c was measured without a fork" + remedy, refusal(entry("a.B.c", "avgt", 5, "ns/op", "[]")));
        assertEquals(
                "b.json: B.c takes NaN ns" + remedy, refusal(entry("a.B.c", "avgt", 2, "ns/op", "[[\"NaN\"], [1]]")));
        assertEquals("b.json: B.c takes NaN ns" + remedy, refusal(entry("a.B.c", "avgt", 2, "ns/op", "[[], [1]]")));
        assertEquals(
                "b.json: B.c (thrpt) takes Infinity ns" + remedy,
                refusal(entry("a.B.c", "thrpt", 2, "ops/s", "[[0], [1]]")));
        assertEquals(
                "b.json holds no time of a benchmark, only B.c" + remedy,
                refusal(entry("a.B.c", "avgt", 2, "#", "[[1], [1]]")));
        assertEquals("b.json holds no time of a benchmark" + remedy, refusal());
        String entry = entry("a.B.c", "avgt", 2, "ns/op", "[[1], [1]]");
        assertEquals("b.json holds B.c twice; keep one of them", refusal(entry, entry));
    }

    @Test
    void whatIsDamagedIsRefused() {
        String whole = "[" + entry("a.B.c", "avgt", 2, "ns/op", "[[1], [1]]") + "]";
        for (String damaged : List.of(
                whole.substring(0, whole.length() / 2),
                "[1, 2]",
                "[null]",
                "[[]]",
                "[{}]",
                whole.replace("avgt\"", "avgt\", \"primaryMetric\": 3, \"x\": \"")
                        .replace("\"primaryMetric\": {", "\"y\": {"),
                whole.replace("[[1]", "[[\"fast\"]"),
                whole.replace("\"forks\": 2,", ""))) {
            String message = assertThrows(IllegalArgumentException.class, () -> JmhFile.read("b.json", damaged))
                    .getMessage();
            assertTrue(message.startsWith("b.json is damaged"), message);
            assertTrue(message.endsWith("; copy it again, or measure again"), message);
        }
    }
}
