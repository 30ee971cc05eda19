package dev.ridgeline.experiments.iris;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.experiments.study.Job;
import dev.ridgeline.experiments.study.TrainedModel;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IrisStudyTest {
    private static final double ONE_FLOWER = 1.0 / 30 + 1e-9;

    @Test
    void overTenSeedsTheAccuraciesAreThoseOfKeras() {
        Map<IrisModel, double[]> validation = new EnumMap<>(IrisModel.class);
        for (IrisModel kind : IrisModel.values()) {
            validation.put(kind, new double[10]);
        }
        for (int i = 0; i < 10; i++) {
            IrisStudy study = run(42 + i, IrisStudy.EPOCHS);
            for (IrisModel kind : IrisModel.values()) {
                validation.get(kind)[i] = study.model(kind).validation().accuracy();
            }
            assertEquals(1, study.model(IrisModel.BASE).train().accuracy(), "base learns every training flower");
        }
        validation.forEach((kind, accuracies) -> {
            String[] range = kind.kerasValidationAccuracy().split("-");
            double least = Double.parseDouble(range[0]) - ONE_FLOWER;
            double most = Double.parseDouble(range[range.length - 1]) + ONE_FLOWER;
            double median = median(accuracies);
            assertTrue(median >= least && median <= most, () -> kind + ": " + Arrays.toString(accuracies));
        });
    }

    @Test
    void eachModelIsTrainedForTheEpochsAndKeptInOrder() {
        List<Integer> calls = new ArrayList<>();
        IrisStudy study = run(42, 3, () -> calls.add(1));
        assertEquals(
                List.of("base", "L1", "dropout", "batch norm"),
                study.models().stream().map(TrainedModel::name).toList());
        assertEquals(12, calls.size());
        for (TrainedModel model : study.models()) {
            assertEquals(3, model.epochs());
            assertTrue(model.seconds() > 0);
        }
    }

    /** The last epoch's validation and the final pass see the same weights. */
    @Test
    void theFinalNumbersAreOfOnePassOfInference() {
        IrisStudy study = run(42, 20);
        for (TrainedModel model : study.models()) {
            assertEquals(
                    model.history().last().validationLoss(), model.validation().loss(), model.name());
            assertEquals(
                    model.history().last().validationAccuracy(),
                    model.validation().accuracy(),
                    model.name());
        }
        TrainedModel dropout = study.model(IrisModel.DROPOUT);
        assertNotEquals(dropout.history().last().trainLoss(), dropout.train().loss(), 1e-3);
        TrainedModel l1 = study.model(IrisModel.L1);
        assertTrue(l1.train().totalLoss() > l1.train().loss() + 0.1, "the data loss is without the penalty");
    }

    @Test
    void theSeedChangesEveryModel() {
        Map<String, String> one = run(1, 1).modelDigests();
        Map<String, String> other = run(2, 1).modelDigests();
        one.forEach((name, digest) -> assertNotEquals(digest, other.get(name), name));
    }

    @Test
    void theDigestIsThatOfTheModelsDigests() throws Exception {
        IrisStudy study = run(42, 1);
        String lines = String.join("\n", study.modelDigests().values()) + "\n";
        byte[] sha = MessageDigest.getInstance("SHA-256").digest(lines.getBytes("US-ASCII"));
        assertEquals(HexFormat.of().formatHex(sha), study.digest());
    }

    private static IrisStudy run(long seed, int epochs) {
        return run(seed, epochs, () -> {});
    }

    private static IrisStudy run(long seed, int epochs, Runnable epochDone) {
        List<TrainedModel> models = new ArrayList<>();
        for (Job<TrainedModel> job : IrisStudy.jobs(seed, epochs, IrisData.load())) {
            models.add(assertDoesNotThrow(() -> job.work().run(epochDone)));
        }
        return new IrisStudy(seed, epochs, models);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
