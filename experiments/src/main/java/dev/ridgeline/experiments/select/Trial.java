package dev.ridgeline.experiments.select;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.experiments.data.Folds;
import dev.ridgeline.experiments.data.Preprocessing;
import dev.ridgeline.experiments.data.Table;
import dev.ridgeline.experiments.select.Plan.Split;
import dev.ridgeline.experiments.study.Codec;
import dev.ridgeline.kernel.RandomBits;
import dev.ridgeline.report.Json;
import dev.ridgeline.train.Evaluation;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.Predictor;
import dev.ridgeline.train.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one recipe did on one split. Losses are mean data losses on rows that the model was not trained on, after each
 * checkpoint: cross-entropies in nats, or squared errors of the standardised target.
 *
 * @param losses on the rows that judge, after training on all others
 * @param accuracies likewise; NaN for regression
 * @param trainLosses on the rows trained on themselves, in a pass of inference
 * @param trainAccuracies likewise; NaN for regression
 * @param inner losses on each inner fold, after training on the other inner folds
 * @param unit what turns the root of a loss of a regression into the target's unit
 * @param digest the SHA-256 of the weights behind the last of {@code losses}
 */
record Trial(
        double[] losses,
        double[] accuracies,
        double[] trainLosses,
        double[] trainAccuracies,
        List<double[]> inner,
        double unit,
        String digest) {
    /** How a trial is kept. */
    static final Codec<Trial> CODEC = new Codec<>(Trial::toMap, Trial::of);

    /** Trains the models. */
    static Trial run(Plan plan, Table table, Split split, Recipe recipe) {
        Folds folds = plan.inner(table, split);
        List<double[]> inner = new ArrayList<>();
        for (int k = 0; k < plan.innerFolds(); k++) {
            Training training = new Training(plan, table, split, recipe, folds.training(k), folds.validation(k));
            inner.add(losses(training.run(false).judged()));
        }
        Training training = new Training(plan, table, split, recipe, split.training(), split.validation());
        Course course = training.run(true);
        return new Trial(
                losses(course.judged()),
                accuracies(course.judged()),
                losses(course.trained()),
                accuracies(course.trained()),
                inner,
                course.unit(),
                course.digest());
    }

    private static double[] losses(List<Evaluation> evaluations) {
        return evaluations.stream().mapToDouble(Evaluation::loss).toArray();
    }

    private static double[] accuracies(List<Evaluation> evaluations) {
        return evaluations.stream().mapToDouble(Evaluation::accuracy).toArray();
    }

    /** What a training showed at each checkpoint, on the rows that judge and, if asked, on those trained on. */
    private record Course(List<Evaluation> judged, List<Evaluation> trained, double unit, String digest) {}

    /** One training. */
    private record Training(Plan plan, Table table, Split split, Recipe recipe, int[] rows, int[] judging) {
        Course run(boolean evaluateTrained) {
            Preprocessing preprocessing = Preprocessing.fit(table, rows);
            Dataset train = preprocessing.transform(rows);
            Dataset validation = preprocessing.transform(judging);
            List<Evaluation> judged = new ArrayList<>();
            List<Evaluation> trained = new ArrayList<>();
            long seed = RandomBits.key(plan.seed(), "split " + split.repeat() + " " + split.fold());
            try (Model model = recipe.build(plan.network(), seed)) {
                Trainer trainer = new Trainer(model).batchSize(plan.batchSize());
                Predictor predictor = model.predictor();
                int done = 0;
                for (int checkpoint : plan.checkpoints()) {
                    trainer.epochs(checkpoint - done).fit(train);
                    done = checkpoint;
                    judged.add(predictor.evaluate(validation));
                    if (evaluateTrained) {
                        trained.add(predictor.evaluate(train));
                    }
                }
                return new Course(judged, trained, preprocessing.targetDeviation(), model.digest());
            }
        }
    }

    private Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("losses", losses);
        map.put("accuracies", accuracies);
        map.put("trainLosses", trainLosses);
        map.put("trainAccuracies", trainAccuracies);
        map.put("inner", inner);
        map.put("unit", unit);
        map.put("digest", digest);
        return map;
    }

    private static Trial of(Map<String, Object> map) {
        return new Trial(
                Json.numbers(map.get("losses")),
                Json.numbers(map.get("accuracies")),
                Json.numbers(map.get("trainLosses")),
                Json.numbers(map.get("trainAccuracies")),
                ((List<?>) map.get("inner")).stream().map(Json::numbers).toList(),
                Json.number(map.get("unit")),
                (String) map.get("digest"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Trial trial
                && Arrays.equals(losses, trial.losses)
                && Arrays.equals(accuracies, trial.accuracies)
                && Arrays.equals(trainLosses, trial.trainLosses)
                && Arrays.equals(trainAccuracies, trial.trainAccuracies)
                && Arrays.deepEquals(inner.toArray(), trial.inner.toArray())
                && unit == trial.unit
                && digest.equals(trial.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }
}
