package dev.ridgeline.experiments.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.plot.Curve;
import dev.ridgeline.train.Evaluation;
import dev.ridgeline.train.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class RepeatedRunsTest {
    private static final ToDoubleFunction<TrainedModel> ACCURACY =
            run -> run.validation().accuracy();

    /** Two models on 3 splits with 2 seeds each; accuracies are 0.1 a split, 0.02 a seed, 0.001 for the second model. */
    private final RepeatedRuns runs = new RepeatedRuns(42, 2, 3, 2, runs(3, 2));

    private static List<TrainedModel> runs(int splits, int seeds) {
        List<TrainedModel> runs = new ArrayList<>();
        for (int split = 0; split < splits; split++) {
            for (int seed = 0; seed < seeds; seed++) {
                for (int model = 0; model < 2; model++) {
                    runs.add(run("model " + model, 0.1 * split + 0.02 * seed + 0.001 * model));
                }
            }
        }
        return runs;
    }

    private static TrainedModel run(String name, double accuracy) {
        Evaluation found = new Evaluation(1 - accuracy, accuracy);
        History history = History.of(List.of(new History.Epoch(1, found, found)));
        return new TrainedModel(name, 7, "digest of " + name + " " + accuracy, history, 0.5, found, found);
    }

    @Test
    void aRunIsFoundByModelSplitAndSeed() {
        assertEquals(0.221, ACCURACY.applyAsDouble(runs.run(1, 2, 1)), 1e-12);
        assertEquals("model 1", runs.run(1, 2, 1).name());
        assertEquals(6, runs.ofModel(0).size());
        assertTrue(runs.ofModel(0).stream().allMatch(run -> run.name().equals("model 0")));
    }

    @Test
    void noTwoRunsOfAModelHaveTheSameSeed() {
        List<Long> seeds = new ArrayList<>();
        for (int split = 0; split < 3; split++) {
            for (int seed = 0; seed < 2; seed++) {
                seeds.add(runs.seed(split, seed));
            }
        }
        assertEquals(List.of(42L, 43L, 44L, 45L, 46L, 47L), seeds);
    }

    @Test
    void independentAreTheSplitsWithTheMeanOverTheirSeeds() {
        assertArrayEquals(
                new double[] {0.01, 0.11, 0.21}, runs.distribution(0, ACCURACY).values(), 1e-12);
        assertArrayEquals(
                new double[] {0.001, 0.001, 0.001},
                runs.difference(1, 0, ACCURACY).values(),
                1e-12);
        assertEquals(6, runs.pairs(1, 0, ACCURACY).length);
    }

    @Test
    void onOneSplitTheSeedsAre() {
        RepeatedRuns one = new RepeatedRuns(42, 2, 1, 4, runs(1, 4));
        assertArrayEquals(
                new double[] {0, 0.02, 0.04, 0.06},
                one.distribution(0, ACCURACY).values(),
                1e-12);
        assertEquals(4, one.difference(1, 0, ACCURACY).values().length);
    }

    @Test
    void theIntervalOfAFractionStaysWithin0And1() {
        Interval interval = runs.intervalOfFraction(0, ACCURACY).orElseThrow();
        assertEquals(0.11, interval.mean(), 1e-12);
        assertEquals(0, interval.low(), "not below");
        assertEquals(0.11 + 0.1 * 4.302652730 / Math.sqrt(3), interval.high(), 1e-8); // t(0.975; 2)
        RepeatedRuns one = new RepeatedRuns(42, 2, 1, 1, runs(1, 1));
        assertEquals(Optional.empty(), one.intervalOfFraction(0, ACCURACY));
    }

    @Test
    void aMissingRunIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> new RepeatedRuns(42, 2, 3, 3, runs.runs()))
                .getMessage();
        assertTrue(message.contains("12 runs of 2 models on 3 splits from 3 seeds; there must be"), message);
    }

    @Test
    void theMapHasMeansDistributionsAndEveryRun() {
        Map<String, Object> map = runs.toMap(1);
        assertEquals(
                "[name, parameters, epochs, seconds, trainAccuracy, validationAccuracy, trainLoss, validationLoss,"
                        + " distributions, runs]",
                map.keySet().toString());
        assertEquals(0.111, (double) map.get("validationAccuracy"), 1e-12);
        assertEquals(3.0, map.get("seconds"));
        Map<?, ?> last = (Map<?, ?>) ((List<?>) map.get("runs")).getLast();
        assertEquals(2, last.get("split"));
        assertEquals(47L, last.get("seed"));
        assertTrue(last.get("digest").toString().startsWith("digest of model 1"));
    }

    @Test
    void theHistoryNamesSplitAndSeedOfEachLine() {
        List<String> lines = HistoryCsv.of(runs).lines().toList();
        assertEquals(
                "model,epoch,trainLoss,trainAccuracy,validationLoss,validationAccuracy,split,seed", lines.getFirst());
        assertEquals(1 + 12, lines.size());
        assertEquals("model 0,1,1.0,0.0,1.0,0.0,0,42", lines.get(1));
        assertTrue(lines.getLast().startsWith("model 1,1,") && lines.getLast().endsWith(",2,47"), lines.getLast());
    }

    @Test
    void theLearningCurvesHoldAllRuns() {
        List<Chart> charts = new LearningCurves(runs).accuracy();
        assertEquals(
                List.of("model 0", "model 1"), charts.stream().map(Chart::title).toList());
        Curve curve = (Curve) charts.get(1).marks().getFirst();
        assertEquals(0.111, curve.y()[0], 1e-12);
        assertEquals(0.001, curve.low()[0], 1e-12);
        assertEquals(0.221, curve.high()[0], 1e-12);
    }
}
