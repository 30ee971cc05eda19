package dev.ridgeline.experiments.activity;

import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.experiments.iris.IrisData;
import dev.ridgeline.experiments.study.Distribution;
import dev.ridgeline.experiments.study.Job;
import dev.ridgeline.experiments.study.RepeatedRuns;
import dev.ridgeline.experiments.study.Sha256;
import dev.ridgeline.experiments.study.TrainedModel;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.Trainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The study of penalties on activations: every model on several splits of Iris, 112 flowers to train on and 38 to validate.
 *
 * @param epochs how often each model goes through the data
 * @param runs the trained models, in the order of {@link ActivityModel}
 */
record ActivityStudy(int epochs, RepeatedRuns runs) {
    /** The epochs of the published study. */
    static final int EPOCHS = 350;

    /** As many splits as the independent trial had. */
    static final int SPLITS = 12;

    /** The flowers of a split that judge. */
    static final int VALIDATION_FLOWERS = 38;

    /** The flowers of a split that are learnt from. */
    static final int TRAINING_FLOWERS = 112;

    private static final double VALIDATION_SHARE = 0.25;
    private static final int BATCH_SIZE = 128;

    /** Returns a job for each model on each split from each seed. */
    static List<Job<TrainedModel>> jobs(long seed, int splits, int seeds, int epochs) {
        List<Job<TrainedModel>> jobs = new ArrayList<>();
        for (int split = 0; split < splits; split++) {
            IrisData data = IrisData.draw(VALIDATION_SHARE, seed, split);
            for (int i = 0; i < seeds; i++) {
                long start = RepeatedRuns.seed(seed, split, i, seeds);
                for (ActivityModel kind : ActivityModel.values()) {
                    Map<String, Object> configuration = new LinkedHashMap<>();
                    configuration.put("model", kind.title());
                    configuration.put("split", split);
                    configuration.put("seed", start);
                    jobs.add(new Job<>(configuration, epochs, done -> train(kind, start, epochs, data, done)));
                }
            }
        }
        return jobs;
    }

    private static TrainedModel train(ActivityModel kind, long seed, int epochs, IrisData data, Runnable epochDone) {
        Dataset train = data.train();
        try (Model model = kind.build(seed, train.features(), train.classes())) {
            Trainer trainer =
                    new Trainer(model).batchSize(BATCH_SIZE).epochs(epochs).listener(epoch -> epochDone.run());
            return TrainedModel.train(kind.title(), model, trainer, train, data.validation());
        }
    }

    /** Returns the seed of splits and models. */
    long seed() {
        return runs.first();
    }

    /** Returns the first run of a model. */
    TrainedModel first(ActivityModel kind) {
        return runs.run(kind.ordinal(), 0, 0);
    }

    /** Returns the distribution of a figure of a model. */
    Distribution distribution(ActivityModel kind, ToDoubleFunction<TrainedModel> figure) {
        return runs.distribution(kind.ordinal(), figure);
    }

    /** Returns by how much the penalties change a figure, paired with the same network without them. */
    Distribution effect(ActivityModel kind, ToDoubleFunction<TrainedModel> figure) {
        return runs.difference(kind.ordinal(), kind.control().ordinal(), figure);
    }

    /** Returns the same for each pair of runs. */
    double[] pairs(ActivityModel kind, ToDoubleFunction<TrainedModel> figure) {
        return runs.pairs(kind.ordinal(), kind.control().ordinal(), figure);
    }

    /** Returns an effect's interval as other flowers would show it; of seeds on one split, as other seeds would. */
    Optional<Interval> interval(Distribution effect) {
        return runs.splits() > 1
                ? effect.intervalOfOverlapping((double) VALIDATION_FLOWERS / TRAINING_FLOWERS)
                : effect.interval();
    }

    /** Returns the SHA-256 of the models' digests, a line each, in the order of the runs. */
    String digest() {
        return Sha256.ofLines(runs.runs().stream().map(TrainedModel::digest).toList());
    }
}
