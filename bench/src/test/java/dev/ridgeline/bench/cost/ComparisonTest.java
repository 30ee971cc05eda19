package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final double MARGIN = 0.01;
    private static final int BLOCKS = 10;

    /** A run of one variant with its control; everything scatters by 0.3 % and has a noise floor of 0.5 %. */
    private static TimedRun run(String name, double nanos, double overhead, long seed) {
        return run(name, nanos, overhead, 0.005, seed);
    }

    private static TimedRun run(String name, double nanos, double overhead, double floor, long seed) {
        Random random = new Random(seed);
        List<Double> times = logs(random, Math.log(nanos));
        List<Double> ratios = logs(random, Math.log1p(overhead));
        return run(name, List.of(new Series("l2 on iris", "iris", times, ratios, floor)), List.of());
    }

    private static TimedRun run(String name, List<Series> series, List<Double> ruler) {
        return new TimedRun(name, true, Map.of("cpu", "fast", "threads", 1), series, ruler, List.of());
    }

    private static List<Double> logs(Random random, double mean) {
        return IntStream.range(0, BLOCKS)
                .mapToObj(b -> mean + 0.003 * random.nextGaussian())
                .toList();
    }

    private static Comparison.Row row(TimedRun a, TimedRun b) {
        return Comparison.of(a, b, MARGIN, false).rows().getFirst();
    }

    @Test
    void aStepThatBecameSlowerIsCalledSlowerAndTheOtherWayRoundFaster() {
        TimedRun a = run("a", 1000, 0.02, 1);
        TimedRun b = run("b", 1100, 0.05, 2);
        Comparison.Row row = row(a, b);
        assertEquals(Outcome.SLOWER, row.time().outcome());
        assertEquals(0.1, row.time().change().mean(), 0.005);
        assertTrue(row.time().change().low() > 0.09 && row.time().change().high() < 0.11);
        assertEquals(1000, row.time().before(), 5);
        assertEquals(1100, row.time().after(), 5);
        assertEquals(Outcome.SLOWER, row.overhead().outcome());
        assertEquals(0.03, row.overhead().change().mean(), 0.005);
        Comparison.Row back = row(b, a);
        assertEquals(Outcome.FASTER, back.time().outcome());
        assertEquals(Outcome.FASTER, back.overhead().outcome());
        assertEquals(
                1 / (1 + row.time().change().mean()) - 1, back.time().change().mean(), 1e-12);
        assertEquals(-row.overhead().change().mean(), back.overhead().change().mean(), 1e-12);
    }

    @Test
    void theChangeIsWelchsOnLogarithms() {
        List<Double> a = List.of(Math.log(100), Math.log(110));
        List<Double> b = List.of(Math.log(120), Math.log(121), Math.log(132));
        Series before = new Series("x on m", "m", a, List.of(), 0);
        Series after = new Series("x on m", "m", b, List.of(), 0);
        Difference time = row(run("a", List.of(before), List.of()), run("b", List.of(after), List.of()))
                .time();
        SampleMean expected = SampleMean.of(b).minus(SampleMean.of(a));
        assertEquals(
                Math.cbrt(120.0 * 121 * 132) / Math.sqrt(100.0 * 110) - 1,
                time.change().mean(),
                1e-12);
        assertEquals(Math.expm1(expected.interval().low()), time.change().low(), 1e-12);
        assertEquals(expected.differsFromZero(), time.p(), 1e-12);
    }

    @Test
    void whatStaysWithinTheMarginIsEquivalent() {
        Comparison.Row row = row(run("a", 1000, 0.02, 1), run("b", 1001, 0.021, 2));
        assertEquals(Outcome.EQUIVALENT, row.time().outcome());
        assertEquals(Outcome.EQUIVALENT, row.overhead().outcome());
        Comparison.Row narrow = Comparison.of(run("a", 1000, 0.02, 1), run("b", 1001, 0.021, 2), 0.001, false)
                .rows()
                .getFirst();
        assertEquals(Outcome.CANNOT_TELL, narrow.time().outcome(), "within 1 %, but not within 0.1 %");
    }

    @Test
    void nothingIsCalledAnythingBelowTheFloorOfEitherRun() {
        for (double[] floors : new double[][] {{0.04, 0.001}, {0.001, 0.04}}) {
            Comparison.Row changed = row(run("a", 1000, 0, floors[0], 1), run("b", 1020, 0.02, floors[1], 2));
            assertEquals(Outcome.CANNOT_TELL, changed.time().outcome());
            assertEquals(Outcome.CANNOT_TELL, changed.overhead().outcome());
            assertEquals(0.04, changed.time().floor());
            Comparison.Row same = row(run("a", 1000, 0, floors[0], 1), run("b", 1000, 0, floors[1], 2));
            assertEquals(Outcome.CANNOT_TELL, same.time().outcome());
        }
    }

    @Test
    void aSlowerMachineIsNoSlowerStep() {
        TimedRun a = run("a", 1000, 0.02, 1);
        TimedRun b = run("b", 1100, 0.02, 2);
        List<Double> ruler = logs(new Random(3), 0);
        List<Double> slower = logs(new Random(4), Math.log(1.1));
        Comparison comparison = Comparison.of(run("a", a.series(), ruler), run("b", b.series(), slower), MARGIN, false);
        assertEquals(0.1, comparison.ruler().mean(), 0.005);
        assertEquals(Outcome.CANNOT_TELL, comparison.rows().getFirst().time().outcome());
        assertEquals(Outcome.EQUIVALENT, comparison.rows().getFirst().overhead().outcome());
        assertNull(Comparison.of(run("a", a.series(), ruler), b, MARGIN, false).ruler());
    }

    @Test
    void oneForkCannotTell() {
        Series one = new Series("x", "x", List.of(1.0), List.of(), 0);
        Series two = new Series("x", "x", List.of(2.0, 2.0), List.of(), 0);
        for (List<Series> pair : List.of(List.of(one, two), List.of(two, one), List.of(one, one))) {
            Comparison.Row row = row(run("a", pair.subList(0, 1), List.of()), run("b", pair.subList(1, 2), List.of()));
            assertEquals(Outcome.CANNOT_TELL, row.time().outcome());
            assertNull(row.time().change());
            assertNull(row.overhead());
        }
    }

    @Test
    void theSameFileTwiceSaysSo() {
        TimedRun a = run("a", 1000, 0.02, 1);
        Comparison comparison = Comparison.of(a, a, MARGIN, false);
        assertEquals(List.of("Both files hold the same times."), comparison.notes());
        assertEquals(0, comparison.rows().getFirst().time().change().mean());
        assertEquals(Outcome.EQUIVALENT, comparison.rows().getFirst().time().outcome());
    }

    @Test
    void whatIsInOneRunAloneIsNamed() {
        Series x = new Series("x on m", "m", List.of(1.0, 1.1), List.of(), 0);
        Series y = new Series("y on m", "m", List.of(1.0, 1.1), List.of(), 0);
        TimedRun both = run("both.json", List.of(x, y), List.of());
        TimedRun one = run("one.json", List.of(y), List.of());
        assertEquals(
                List.of("Only in both.json: x on m."),
                Comparison.of(both, one, MARGIN, false).notes());
        assertEquals(
                List.of("Only in both.json: x on m."),
                Comparison.of(one, both, MARGIN, false).notes());
        TimedRun other = run("other.json", List.of(x), List.of());
        String message = assertThrows(IllegalArgumentException.class, () -> Comparison.of(one, other, MARGIN, true))
                .getMessage();
        assertEquals("one.json and other.json have no variant in common: there are y on m; and x on m", message);
    }

    @Test
    void otherConditionsAreRefusedByNameUnlessForced() {
        TimedRun a = run("a.json", 1000, 0, 1);
        Map<String, Object> conditions = new LinkedHashMap<>(a.conditions());
        conditions.put("cpu", "slow");
        conditions.put("threads", 2);
        TimedRun b = new TimedRun("b.json", true, conditions, a.series(), List.of(), List.of());
        String message = assertThrows(IllegalArgumentException.class, () -> Comparison.of(a, b, MARGIN, false))
                .getMessage();
        String cpu = "cpu is \"fast\" in a.json and \"slow\" in b.json (the same code takes another time there)";
        String threads = "threads is \"1\" in a.json and \"2\" in b.json (the step itself is computed otherwise)";
        assertEquals(
                "a.json and b.json cannot be compared: " + cpu + "; " + threads
                        + "; measure one of them again, or add --force",
                message);
        Comparison forced = Comparison.of(a, b, MARGIN, true);
        assertTrue(forced.notes().contains("Compared by force although " + cpu + "."), forced.notes()::toString);
    }

    @Test
    void aVariantHasItsOwnConditionsAndThoseOfOthersDoNotMatter() {
        List<Series> series = List.of(
                new Series("x", "g", List.of(1.0, 1.1), List.of(), 0),
                new Series("y", "g", List.of(1.0, 1.1), List.of(), 0));
        TimedRun a = new TimedRun("a", false, Map.of("threads", Map.of("x", 1, "y", 4)), series, List.of(), List.of());
        TimedRun x = new TimedRun("b", false, Map.of("threads", 1), series.subList(0, 1), List.of(), List.of());
        assertEquals(1, Comparison.of(a, x, MARGIN, false).rows().size());
        TimedRun y = new TimedRun("c", false, Map.of("threads", 1), series.subList(1, 2), List.of(), List.of());
        String message = assertThrows(IllegalArgumentException.class, () -> Comparison.of(a, y, MARGIN, false))
                .getMessage();
        assertTrue(
                message.startsWith("a and c cannot be compared: threads of y is \"4\" in a and \"1\" in c (the"),
                message);
    }

    @Test
    void aRunOfCostAndAFileOfJmhAreNotOfOneKind() {
        TimedRun a = run("a.json", 1000, 0, 1);
        TimedRun jmh = new TimedRun("jmh.json", false, Map.of(), a.series(), List.of(), List.of());
        for (boolean force : new boolean[] {true, false}) {
            String message = assertThrows(IllegalArgumentException.class, () -> Comparison.of(a, jmh, MARGIN, force))
                    .getMessage();
            assertEquals(
                    "a.json is a run of cost and jmh.json is a file of JMH, which time other things; name two of one kind",
                    message);
        }
    }

    @Test
    void aMarginIsAFraction() {
        TimedRun a = run("a", 1000, 0, 1);
        for (double wrong : new double[] {0, -0.01, 1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> Comparison.of(a, a, wrong, false));
        }
    }

    /**
     * Two runs of six variants in which nothing or everything changed, on a machine that drifts as a random walk of 2 % a
     * block, with forks that deviate by 1 %.
     */
    @Test
    void intervalsCoverTheTruthAndNothingIsClaimedFalsely() {
        for (double truth : new double[] {0, 0.05}) {
            Random random = new Random(11);
            int runs = 300;
            int wrong = 0;
            int covered = 0;
            int equivalent = 0;
            for (int i = 0; i < runs; i++) {
                Comparison comparison =
                        Comparison.of(machine(random, "a", 0), machine(random, "b", truth), MARGIN, false);
                boolean claimed = false;
                for (Comparison.Row row : comparison.rows()) {
                    Interval change = row.overhead().change();
                    covered += change.low() <= truth && truth <= change.high() ? 1 : 0;
                    Outcome outcome = row.overhead().outcome();
                    claimed |= outcome == Outcome.FASTER || truth == 0 && outcome == Outcome.SLOWER;
                    claimed |= row.time().outcome() == Outcome.FASTER
                            || truth == 0 && row.time().outcome() == Outcome.SLOWER;
                    equivalent += truth > 0 && outcome == Outcome.EQUIVALENT ? 1 : 0;
                }
                wrong += claimed ? 1 : 0;
            }
            double coverage = covered / (6.0 * runs);
            assertTrue(coverage >= 0.935 && coverage <= 0.975, coverage + " of " + truth);
            assertTrue(wrong <= 0.05 * runs, wrong + " of " + runs + " runs claim falsely, truth " + truth);
            assertEquals(0, equivalent, "5 % are not within 1 %");
        }
    }

    private static TimedRun machine(Random random, String name, double overhead) {
        double[] drift = DoubleStream.iterate(0, d -> d + 0.02 * random.nextGaussian())
                .limit(BLOCKS)
                .toArray();
        List<Double> ruler = DoubleStream.of(drift).boxed().toList();
        List<Series> series = new ArrayList<>();
        for (int v = 0; v < 6; v++) {
            List<Double> times = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            for (double d : drift) {
                double own = 0.01 * random.nextGaussian() + Math.log1p(overhead);
                times.add(d + own);
                ratios.add(own + 0.01 * random.nextGaussian() / Math.sqrt(2));
            }
            series.add(new Series(v + " on m", "m", times, ratios, 0.005));
        }
        return run(name, series, ruler);
    }
}
