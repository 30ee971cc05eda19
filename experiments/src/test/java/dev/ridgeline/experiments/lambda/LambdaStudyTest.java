package dev.ridgeline.experiments.lambda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.experiments.lambda.LambdaStudy.Point;
import dev.ridgeline.experiments.study.Job;
import dev.ridgeline.kernel.RandomBits;
import dev.ridgeline.report.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LambdaStudyTest {
    private static final List<Integer> PUBLISHED_ROWS = LambdaPlan.logarithmic(8, 3240, 14);

    private static LambdaPlan plan(List<Integer> rows, int seeds, int epochs, int batch) {
        return new LambdaPlan(rows, seeds, epochs, batch, false, LambdaGrid.WIDE);
    }

    private static LambdaStudy run(LambdaPlan plan) throws Exception {
        List<LambdaRun> runs = new ArrayList<>();
        for (Job<LambdaRun> job : LambdaStudy.jobs(seeds(plan.seeds()), plan)) {
            runs.add(job.work().run(() -> {}));
        }
        return new LambdaStudy(42, plan, runs);
    }

    private static long[] seeds(int number) {
        long[] seeds = new long[number];
        for (int i = 0; i < number; i++) {
            seeds[i] = 42 + i;
        }
        return seeds;
    }

    @Test
    void rowsAreAtEqualRatios() {
        assertEquals(List.of(8, 13, 20, 32, 51, 81, 128, 203, 322, 511, 811, 1286, 2042, 3240), PUBLISHED_ROWS);
        List<Integer> narrow = LambdaPlan.logarithmic(108, 3300, 10);
        assertEquals(10, narrow.size());
        assertEquals(108, narrow.getFirst());
        assertEquals(3300, narrow.getLast());
    }

    @Test
    void aRangeThatIsNoneIsRefused() {
        IllegalArgumentException reversed =
                assertThrows(IllegalArgumentException.class, () -> LambdaPlan.logarithmic(20, 8, 3));
        assertEquals(
                "lambda: 3 numbers of rows from 20 to 8; there must be at least 2 of them, ascending from at least 2",
                reversed.getMessage());
        IllegalArgumentException narrow =
                assertThrows(IllegalArgumentException.class, () -> LambdaPlan.logarithmic(8, 9, 5));
        assertEquals(
                "lambda: 5 numbers of rows from 8 to 9 are not all different; give fewer steps or a wider range",
                narrow.getMessage());
    }

    /** The theory's case through grid, selection and regression, over all of the range. */
    @Test
    void theControlHasSlopeMinusOne() {
        double[] grid = LambdaGrid.WIDE.lambdas();
        List<LambdaRun> runs = new ArrayList<>();
        for (int rows : PUBLISHED_ROWS) {
            for (long seed : seeds(4)) {
                RidgeControl control = new RidgeControl(RandomBits.key(seed, rows + " rows"), rows);
                runs.add(new LambdaRun(rows, seed, Map.of(Family.RIDGE, control.losses(grid)), 0, ""));
            }
        }
        LambdaStudy study = new LambdaStudy(42, plan(PUBLISHED_ROWS, 4, 1, 0), runs);
        Interval slope = study.law(Family.RIDGE).orElseThrow().slopeInterval();
        assertTrue(slope.low() < -1 && slope.high() > -1, slope::toString);
        assertTrue(slope.halfWidth() < 0.05, slope::toString);
        for (Point point : study.points(Family.RIDGE)) {
            assertEquals(0, Math.log(point.lambda() * point.rows() / 16), 0.5, point::toString);
        }
    }

    @Test
    void theControlKnowsItsErrorWithoutWeights() {
        double[] losses = new RidgeControl(1, 50).losses(1e12, 0.32);
        assertEquals(16 + 10, losses[0], 0.5, "the variance of the targets");
        assertTrue(losses[1] > 16 && losses[1] < losses[0]);
    }

    /** An independent trial in another framework found 0.217 and 0.043 for L2. */
    @Test
    void theBestLambdaIsThatOfTheIndependentTrial() throws Exception {
        LambdaStudy study = run(plan(List.of(8, 128), 4, 500, 0));
        List<Point> decay = study.points(Family.L2);
        assertEquals(Math.log(0.217), Math.log(decay.get(0).lambda()), 0.5);
        assertEquals(Math.log(0.043), Math.log(decay.get(1).lambda()), 0.5);
        double ratio = study.points(Family.L1).get(1).lambda() / decay.get(1).lambda();
        assertTrue(ratio > 0.25 && ratio < 0.65, "a half to a third of it for L1, here " + ratio);
    }

    @Test
    void pointsAreGeometricMeansWithoutEdges() {
        Point point = Point.of(
                8,
                List.of(
                        new BestLambda(8, 1, 0.1, 0.5, false),
                        new BestLambda(8, 2, 0.4, 0.5, false),
                        new BestLambda(8, 3, 8, 0.5, true)));
        assertEquals(0.2, point.lambda(), 1e-12);
        assertEquals(Math.log(4) / 2, point.error(), 1e-12);
        assertEquals(0.1, point.low(), 1e-12);
        assertEquals(0.4, point.high(), 1e-12);
        assertEquals(2, point.used());
        assertEquals(1, point.atEdge());
    }

    @Test
    void aLambdaAtAnEdgeIsLeftOutOfTheLaw() {
        double[] grid = LambdaGrid.WIDE.lambdas();
        List<LambdaRun> runs = new ArrayList<>();
        int[] best = {23, 16, 12, 8};
        for (int i = 0; i < best.length; i++) {
            double[] losses = new double[grid.length];
            losses[best[i]] = -1;
            runs.add(new LambdaRun(8 << i, 1, Map.of(Family.L2, losses), 0, ""));
        }
        LambdaStudy study = new LambdaStudy(1, plan(List.of(8, 16, 32, 64), 1, 1, 0), runs);
        assertEquals(
                Math.log(0.1) / Math.log(2), study.law(Family.L2).orElseThrow().slope(), 1e-9);
        assertEquals(3, study.law(Family.L2).orElseThrow().points());
        assertEquals(16, study.law(Family.L2).orElseThrow().least());
        assertEquals(
                4, study.lawWithEdges(Family.L2, LambdaGrid.WIDE).orElseThrow().points());
        assertTrue(new LambdaStudy(1, plan(List.of(8, 16), 1, 1, 0), runs.subList(0, 2))
                .law(Family.L2)
                .isEmpty());
    }

    @Test
    void theLongestJobsComeFirstAndTheResultsInOrder() throws Exception {
        LambdaPlan plan = plan(List.of(8, 16), 2, 2, 0);
        List<Job<LambdaRun>> jobs = LambdaStudy.jobs(seeds(2), plan);
        assertEquals(
                List.of(16, 16, 8, 8),
                jobs.stream()
                        .map(job -> (Object) job.configuration().get("rows"))
                        .toList());
        LambdaStudy study = run(plan);
        assertEquals(
                List.of(8, 8, 16, 16),
                study.runs().stream().map(LambdaRun::rows).toList());
        List<LambdaRun> reversed = study.runs().reversed();
        assertEquals(study.digest(), new LambdaStudy(42, plan, reversed).digest());
        assertEquals(4 * 96, study.networks());
    }

    @Test
    void aJobMakesTheStepsThatItPromises() throws Exception {
        Job<LambdaRun> job = LambdaRun.job(plan(List.of(300), 1, 100, 0), 300, 1);
        AtomicLong steps = new AtomicLong();
        job.work().run(steps::incrementAndGet);
        assertEquals(job.steps(), steps.get());
        assertTrue(steps.get() > 1);
    }

    @Test
    void batchesAreAnotherTraining() throws Exception {
        LambdaRun whole =
                LambdaRun.job(plan(List.of(20), 1, 10, 0), 20, 1).work().run(() -> {});
        LambdaRun batches =
                LambdaRun.job(plan(List.of(20), 1, 10, 6), 20, 1).work().run(() -> {});
        LambdaRun large =
                LambdaRun.job(plan(List.of(20), 1, 10, 50), 20, 1).work().run(() -> {});
        assertNotEquals(whole.digest(), batches.digest());
        assertEquals(whole.digest(), large.digest());
        assertTrue(
                batches.losses().get(Family.L2)[8] < whole.losses().get(Family.L2)[8],
                "four steps an epoch come further than one");
    }

    @Test
    void whatTheJournalKeepsComesBack() {
        Map<Family, double[]> losses = new EnumMap<>(Family.class);
        losses.put(Family.L1, new double[] {0.1, Double.NaN, Double.POSITIVE_INFINITY, 1 / 3.0});
        losses.put(Family.RIDGE, new double[] {Double.MIN_VALUE});
        LambdaRun run = new LambdaRun(8, -5, losses, 0.25, "d");
        LambdaRun read = LambdaRun.CODEC
                .read()
                .apply(Json.read(Json.line(LambdaRun.CODEC.write().apply(run))));
        assertEquals(8, read.rows());
        assertEquals(-5, read.seed());
        assertEquals(0.25, read.seconds());
        assertEquals("d", read.digest());
        assertEquals(losses.keySet(), read.losses().keySet());
        losses.forEach(
                (family, values) -> assertArrayEquals(values, read.losses().get(family)));
    }
}
