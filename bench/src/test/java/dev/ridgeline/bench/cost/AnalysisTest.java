package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class AnalysisTest {
    private static final List<String> NULLS = List.of("l1", "l2", "maxnorm", "dropout", "batchnorm");

    /** Two blocks: the log-ratios of l1 are ln 1.1 and ln 1.3, those of the pair ln 1.21 and ln 1/1.21. */
    @Test
    void isComputedWithinBlocks() {
        List<Variant> variants = settings(2, "l1").variants();
        double[][] nanos = {{1000, 1210, 1100 * 1.1}, {2420, 2000, 2200 * 1.3}};
        Analysis analysis =
                Analysis.of(variants, samples(variants, 2, (b, variant) -> nanos[b][variants.indexOf(variant)]));
        Overhead overhead = analysis.estimates().get(2).overhead();
        double mean = (Math.log(1.1) + Math.log(1.3)) / 2;
        double half = 12.7062047 * (Math.log(1.3) - Math.log(1.1)) / 2;
        assertEquals(Math.expm1(mean), overhead.fraction().mean(), 1e-12);
        assertEquals(Math.expm1(mean - half), overhead.fraction().low(), 1e-7);
        assertEquals(Math.expm1(mean + half), overhead.fraction().high(), 1e-6);
        double control = Math.sqrt(1100.0 * 2200);
        assertEquals(control * Math.expm1(mean), overhead.nanos().mean(), 1e-9);
        assertEquals(1 - 2 * Math.atan(mean / (half / 12.7062047)) / Math.PI, overhead.p(), 1e-7);
        assertNull(overhead.bootstrap());
        assertFalse(overhead.doubtful());

        Noise noise = analysis.noises().getFirst();
        double pair = 12.7062047 * Math.log(1.21);
        assertEquals(0, noise.difference().mean(), 1e-12);
        assertEquals(Math.expm1(pair), noise.floor(), 1e-5 * noise.floor());
        assertTrue(noise.smallestEffect() > noise.floor());
        assertNull(analysis.estimates().getFirst().overhead());
        assertNull(analysis.estimates().get(1).verdict());
    }

    /** A pair that differs by 2 % everywhere shows a bias of 2 %: that is the floor, whatever its interval's width. */
    @Test
    void aBiasedPairRaisesTheFloor() {
        double ratio = Math.log(1.02);
        Noise noise = Noise.of("iris", new double[] {ratio, ratio, ratio}, 5);
        assertEquals(0.02, noise.floor(), 1e-12);
        assertEquals(0.02, noise.smallestEffect(), 1e-12);
    }

    @Test
    void theBootstrapChecksFromTwentyBlocksOn() {
        Random random = new Random(4);
        Settings settings = settings(20, "l1");
        List<Sample> samples =
                samples(settings.variants(), 20, (block, variant) -> Math.exp(0.01 * random.nextGaussian()));
        Overhead overhead =
                Analysis.of(settings.variants(), samples).estimates().get(2).overhead();
        assertNotNull(overhead.bootstrap());
        assertFalse(overhead.doubtful());
    }

    /**
     * A noisy machine: forks deviate by 1 %; blocks drift as a random walk of 3 % a block; one fork in 20 is disturbed and
     * takes 5 to 15 % longer. The truth is known: 0 or 4 % for all.
     */
    @Test
    void intervalsCoverTheTruthAndNothingIsClaimedFalsely() {
        for (Machine machine : List.of(
                new Machine("forks", 0.01, 0, 0),
                new Machine("drift", 0.01, 0.03, 0),
                new Machine("outliers", 0.01, 0.03, 0.05),
                new Machine("quiet", 0.003, 0.01, 0.02))) {
            for (double truth : new double[] {0, 0.04}) {
                Tally tally = machine.simulate(truth, 10, 400);
                double coverage = tally.covered / (double) tally.intervals;
                assertTrue(coverage >= 0.935 && coverage <= 0.975, machine + " covers " + coverage + " of " + truth);
                double wrong = tally.runsWithWrongClaim / (double) tally.runs;
                assertTrue(wrong <= 0.05, machine + " claims falsely in " + wrong + " of the runs, truth " + truth);
                assertTrue(truth == 0 || tally.free == 0, machine + " calls 4 % free");
            }
        }
    }

    /** "Free" is a claim too: at a true overhead of exactly 1 % it is false. */
    @Test
    void onePercentIsSeldomCalledFree() {
        Tally tally = new Machine("quiet", 0.003, 0.01, 0.02).simulate(0.01, 10, 400);
        assertTrue(tally.runsWithFree <= 0.05 * tally.runs, tally.runsWithFree + " of " + tally.runs);
    }

    /** What the run says of itself is true: it sees an effect of the smallest size in about 80 % of the runs or more. */
    @Test
    void theSmallestEffectIsSeen() {
        Machine machine = new Machine("quiet", 0.003, 0.01, 0);
        double smallest = machine.simulate(0, 10, 100).meanSmallestEffect();
        Tally tally = machine.simulate(smallest, 10, 200);
        double seen = tally.seen / (double) tally.intervals;
        assertTrue(seen > 0.75, seen + " of the effects of " + smallest);
        assertTrue(machine.simulate(0, 10, 100).free > 250, "most of 500 nulls are free on a quiet machine");
    }

    private record Machine(String name, double forkDeviation, double driftDeviation, double disturbed) {
        Tally simulate(double truth, int blocks, int runs) {
            Random random = new Random(7);
            List<Variant> variants =
                    settings(blocks, NULLS.toArray(String[]::new)).variants();
            Tally tally = new Tally();
            for (int run = 0; run < runs; run++) {
                double[] drift = new double[blocks];
                for (int b = 1; b < blocks; b++) {
                    drift[b] = drift[b - 1] + driftDeviation * random.nextGaussian();
                }
                tally.add(
                        Analysis.of(variants, samples(variants, blocks, (block, variant) -> {
                            double log = drift[block] + forkDeviation * random.nextGaussian();
                            double nanos = 1e5 * Math.exp(log) * (variant.isControl() ? 1 : 1 + truth);
                            boolean hit = random.nextDouble() < disturbed;
                            return hit ? nanos * (1.05 + 0.1 * random.nextDouble()) : nanos;
                        })),
                        truth);
            }
            return tally;
        }
    }

    private static final class Tally {
        private int runs;
        private int intervals;
        private int covered;
        private int seen;
        private int free;
        private int runsWithWrongClaim;
        private int runsWithFree;
        private double smallestEffects;

        void add(Analysis analysis, double truth) {
            List<Overhead> overheads = analysis.estimates().stream()
                    .map(Estimate::overhead)
                    .filter(overhead -> overhead != null)
                    .toList();
            runs++;
            intervals += overheads.size();
            covered += count(
                    overheads,
                    o -> o.fraction().low() <= truth && truth <= o.fraction().high());
            int called = count(overheads, o -> o.verdict() == Verdict.COSTS);
            int saves = count(overheads, o -> o.verdict() == Verdict.SAVES);
            int nonZero = count(overheads, o -> o.verdict() == Verdict.FREE_MEASURABLE);
            int within = nonZero + count(overheads, o -> o.verdict() == Verdict.FREE);
            seen += called + nonZero;
            free += within;
            boolean wrong = truth == 0 ? called + saves + nonZero > 0 : saves > 0;
            runsWithWrongClaim += wrong ? 1 : 0;
            runsWithFree += within > 0 ? 1 : 0;
            smallestEffects += analysis.noises().getFirst().smallestEffect();
        }

        double meanSmallestEffect() {
            return smallestEffects / runs;
        }

        private static int count(List<Overhead> overheads, Predicate<Overhead> one) {
            return (int) overheads.stream().filter(one).count();
        }
    }

    private interface Clock {
        double nanos(int block, Variant variant);
    }

    private static List<Sample> samples(List<Variant> variants, int blocks, Clock clock) {
        List<Sample> samples = new ArrayList<>();
        for (int block = 0; block < blocks; block++) {
            for (int v = 0; v < variants.size(); v++) {
                double nanos = clock.nanos(block, variants.get(v));
                samples.add(new Sample(block + 1, v + 1, variants.get(v), new Timing(nanos, 0, List.of(nanos))));
            }
        }
        return samples;
    }

    private static Settings settings(int blocks, String... regularizers) {
        return new Settings(List.of("iris"), List.of(regularizers), blocks, 1, 1, Iterations.DEFAULT);
    }
}
