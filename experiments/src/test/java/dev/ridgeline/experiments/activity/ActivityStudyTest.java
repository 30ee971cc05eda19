package dev.ridgeline.experiments.activity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.experiments.iris.IrisData;
import dev.ridgeline.experiments.study.Distribution;
import dev.ridgeline.experiments.study.Job;
import dev.ridgeline.experiments.study.TrainedModel;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;

class ActivityStudyTest {
    /** Mean and standard deviation of the accuracies, in percent, over the splits of the independent trial. */
    private record Trial(double mean, double deviation) {
        private static final int SPLITS = 12;

        /** Returns the p-value of Welch's test of equal means. */
        double welch(Distribution ours) {
            int n = ours.values().length;
            double a = ours.deviation() * ours.deviation() / n;
            double b = deviation * deviation / SPLITS;
            double freedom = (a + b) * (a + b) / (a * a / (n - 1) + b * b / (SPLITS - 1));
            return 2 * TDistribution.of(freedom).survivalProbability(Math.abs(ours.mean() - mean) / Math.sqrt(a + b));
        }
    }

    @Test
    void theAccuraciesAgreeWithTheTrial() throws Exception {
        List<TrainedModel> runs = ActivityStudy.jobs(42, 3, 1, ActivityStudy.EPOCHS).parallelStream()
                .filter(job -> job.configuration().get("model").toString().startsWith("deep"))
                .map(ActivityStudyTest::run)
                .toList();
        Map<ActivityModel, List<Trial>> trials = Map.of(
                ActivityModel.DEEP, List.of(new Trial(97.0, 0.7), new Trial(93.9, 4.5)),
                ActivityModel.DEEP_ACTIVITY, List.of(new Trial(97.0, 0.7), new Trial(93.6, 4.4)));
        trials.forEach((kind, trial) -> {
            Distribution train = percent(runs, kind, run -> run.train().accuracy());
            Distribution validation =
                    percent(runs, kind, run -> run.validation().accuracy());
            assertTrue(trial.get(0).welch(train) > 0.01, () -> kind + " train " + train.text("%.1f"));
            assertTrue(trial.get(1).welch(validation) > 0.01, () -> kind + " validation " + validation.text("%.1f"));
        });
    }

    private static TrainedModel run(Job<TrainedModel> job) {
        try {
            return job.work().run(() -> {});
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Distribution percent(
            List<TrainedModel> runs, ActivityModel kind, ToDoubleFunction<TrainedModel> accuracy) {
        return new Distribution(runs.stream()
                        .filter(run -> run.name().equals(kind.title()))
                        .mapToDouble(accuracy)
                        .toArray())
                .times(100);
    }

    @Test
    void aSplitHas112And38FlowersInTheirOwnScale() {
        IrisData first = IrisData.draw(0.25, 42, 0);
        assertEquals(ActivityStudy.TRAINING_FLOWERS, first.train().rows());
        assertEquals(ActivityStudy.VALIDATION_FLOWERS, first.validation().rows());
        double sum = 0;
        for (int row = 0; row < 112; row++) {
            sum += first.train().x()[4 * row];
        }
        assertEquals(0, sum / 112, 1e-6);
        assertNotEquals(
                first.train().x()[0] + first.train().x()[5],
                IrisData.draw(0.25, 42, 1).train().x()[0]
                        + IrisData.draw(0.25, 42, 1).train().x()[5]);
    }

    @Test
    void thereIsAJobForEachModelSplitAndSeed() {
        List<Job<TrainedModel>> jobs = ActivityStudy.jobs(42, 3, 2, 10);
        assertEquals(3 * 2 * 4, jobs.size());
        Set<Map<String, ?>> configurations = new HashSet<>();
        Set<Object> seeds = new HashSet<>();
        for (Job<TrainedModel> job : jobs) {
            configurations.add(job.configuration());
            seeds.add(job.configuration().get("seed"));
            assertEquals(10, job.steps());
        }
        assertEquals(jobs.size(), configurations.size());
        assertEquals(Set.of(42L, 43L, 44L, 45L, 46L, 47L), seeds);
    }
}
