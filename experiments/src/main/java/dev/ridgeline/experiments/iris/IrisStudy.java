package dev.ridgeline.experiments.iris;

import dev.ridgeline.experiments.study.Job;
import dev.ridgeline.experiments.study.RepeatedRuns;
import dev.ridgeline.experiments.study.Sha256;
import dev.ridgeline.experiments.study.TrainedModel;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Iris study: what L1, dropout and batch normalization buy on 120 flowers, against no regularizer.
 *
 * @param seed the seed of every model
 * @param epochs how often each goes through the data
 * @param models the trained models, in the order of {@link IrisModel}
 */
record IrisStudy(long seed, int epochs, List<TrainedModel> models) {
    /** The epochs of the published study. */
    static final int EPOCHS = 2000;

    private static final int BATCH_SIZE = 128;

    private static final double VALIDATION_SHARE = 0.2;

    /** Returns a job for each model on the published split. */
    static List<Job<TrainedModel>> jobs(long seed, int epochs, IrisData published) {
        return jobs(0, seed, epochs, published);
    }

    private static List<Job<TrainedModel>> jobs(int split, long seed, int epochs, IrisData data) {
        return Arrays.stream(IrisModel.values())
                .map(kind -> new Job<>(
                        Map.of("model", kind.title(), "split", split, "seed", seed),
                        epochs,
                        epochDone -> train(kind, seed, epochs, data, epochDone)))
                .toList();
    }

    /** Returns a job for each model on the published split and on others that are drawn like it, from several seeds each. */
    static List<Job<TrainedModel>> jobs(long seed, int splits, int seeds, int epochs, IrisData published) {
        List<Job<TrainedModel>> jobs = new ArrayList<>();
        for (int split = 0; split < splits; split++) {
            IrisData data = split == 0 ? published : IrisData.draw(VALIDATION_SHARE, seed, split);
            for (int i = 0; i < seeds; i++) {
                jobs.addAll(jobs(split, RepeatedRuns.seed(seed, split, i, seeds), epochs, data));
            }
        }
        return jobs;
    }

    private static TrainedModel train(IrisModel kind, long seed, int epochs, IrisData data, Runnable epochDone) {
        try (Model model = kind.build(seed, data)) {
            Trainer trainer =
                    new Trainer(model).batchSize(BATCH_SIZE).epochs(epochs).listener(epoch -> epochDone.run());
            return TrainedModel.train(kind.title(), model, trainer, data.train(), data.validation());
        }
    }

    /** Returns one of the models. */
    TrainedModel model(IrisModel kind) {
        return models.get(kind.ordinal());
    }

    /** Returns the digest of each model by its name, in order. */
    Map<String, String> modelDigests() {
        Map<String, String> digests = new LinkedHashMap<>();
        models.forEach(model -> digests.put(model.name(), model.digest()));
        return digests;
    }

    /** Returns the SHA-256 of the models' digests, a line each, in order. */
    String digest() {
        return Sha256.ofLines(models.stream().map(TrainedModel::digest).toList());
    }
}
