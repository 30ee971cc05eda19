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
 * @param inner losses on each inner fold, after training on the other inner folds
 * @param unit what turns the root of a loss of a regression into the target's unit
 * @param digest the SHA-256 of the weights behind the last of {@code losses}
 */
record Trial(double[] losses, double[] accuracies, List<double[]> inner, double unit, String digest) {
    /** How a trial is kept. */
    static final Codec<Trial> CODEC = new Codec<>(Trial::toMap, Trial::of);

    /** Trains the models. */
    static Trial run(Plan plan, Table table, Split split, Recipe recipe) {
        Folds folds = plan.inner(table, split);
        List<double[]> inner = new ArrayList<>();
        for (int k = 0; k < plan.innerFolds(); k++) {
            inner.add(train(plan, table, split, recipe, folds.training(k), folds.validation(k)).losses);
        }
        Trial outer = train(plan, table, split, recipe, split.training(), split.validation());
        return new Trial(outer.losses, outer.accuracies, inner, outer.unit, outer.digest);
    }

    private static Trial train(Plan plan, Table table, Split split, Recipe recipe, int[] rows, int[] judging) {
        Preprocessing preprocessing = Preprocessing.fit(table, rows);
        Dataset train = preprocessing.transform(rows);
        Dataset validation = preprocessing.transform(judging);
        int[] checkpoints = plan.checkpoints();
        double[] losses = new double[checkpoints.length];
        double[] accuracies = new double[checkpoints.length];
        long seed = RandomBits.key(plan.seed(), "split " + split.repeat() + " " + split.fold());
        try (Model model = recipe.build(plan.network(), seed)) {
            Trainer trainer = new Trainer(model).batchSize(plan.batchSize());
            Predictor predictor = model.predictor();
            int done = 0;
            for (int i = 0; i < checkpoints.length; i++) {
                trainer.epochs(checkpoints[i] - done).fit(train);
                done = checkpoints[i];
                Evaluation evaluation = predictor.evaluate(validation);
                losses[i] = evaluation.loss();
                accuracies[i] = evaluation.accuracy();
            }
            return new Trial(losses, accuracies, List.of(), preprocessing.targetDeviation(), model.digest());
        }
    }

    private Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("losses", losses);
        map.put("accuracies", accuracies);
        map.put("inner", inner);
        map.put("unit", unit);
        map.put("digest", digest);
        return map;
    }

    private static Trial of(Map<String, Object> map) {
        return new Trial(
                numbers(map.get("losses")),
                numbers(map.get("accuracies")),
                ((List<?>) map.get("inner")).stream().map(Trial::numbers).toList(),
                Json.number(map.get("unit")),
                (String) map.get("digest"));
    }

    private static double[] numbers(Object list) {
        return ((List<?>) list).stream().mapToDouble(Json::number).toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Trial trial
                && Arrays.equals(losses, trial.losses)
                && Arrays.equals(accuracies, trial.accuracies)
                && Arrays.deepEquals(inner.toArray(), trial.inner.toArray())
                && unit == trial.unit
                && digest.equals(trial.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }
}
