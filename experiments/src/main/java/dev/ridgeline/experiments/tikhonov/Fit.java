package dev.ridgeline.experiments.tikhonov;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.experiments.study.Codec;
import dev.ridgeline.experiments.study.Job;
import dev.ridgeline.kernel.RandomBits;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Initializer;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.report.Json;
import dev.ridgeline.schedule.CosineDecay;
import dev.ridgeline.train.Loss;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.ModelBuilder;
import dev.ridgeline.train.Predictor;
import dev.ridgeline.train.Trainer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network that was fitted to one training set.
 *
 * @param smoothing what keeps it smooth
 * @param lambda its strength
 * @param seed the seed of the training set and of the start
 * @param digest the SHA-256 of the weights
 * @param trainError the mean squared error of the training rows, without penalty and noise
 * @param trueError the mean squared distance from the sine over the interval
 */
record Fit(Smoothing smoothing, double lambda, long seed, String digest, double trainError, double trueError) {
    /** How the study keeps its fits. */
    static final Codec<Fit> CODEC = new Codec<>(Fit::toMap, Fit::of);

    static final int UNITS = 40;
    static final double LEARNING_RATE = 0.02;

    /** Returns the job that computes it. */
    static Job<Fit> job(TikhonovPlan plan, Smoothing smoothing, double lambda, long seed) {
        return new Job<>(Map.of("regularizer", smoothing.title(), "lambda", lambda, "seed", seed), 1, stepDone -> {
            Fit fit = train(plan, smoothing, lambda, seed);
            stepDone.run();
            return fit;
        });
    }

    private static Fit train(TikhonovPlan plan, Smoothing smoothing, double lambda, long seed) {
        Dataset rows = plan.draw(seed);
        Dataset step = smoothing.step(rows);
        try (Model model = model(plan, smoothing, lambda, seed)) {
            trainer(plan, model, step).fit(step);
            Predictor predictor = model.predictor();
            return new Fit(
                    smoothing,
                    lambda,
                    seed,
                    model.digest(),
                    predictor.evaluate(rows).loss(),
                    predictor.evaluate(NoisySine.truth()).loss());
        }
    }

    /** Returns how a model is trained: by steps with all rows at once. */
    static Trainer trainer(TikhonovPlan plan, Model model, Dataset step) {
        return new Trainer(model).batchSize(step.rows()).epochs(plan.epochs());
    }

    /**
     * Makes a network 1-40-1 with tanh that starts from the same weights for the same seed. The tanh of a unit turns over
     * where w·x + b = 0; b is set so that these places are spread over the interval, for with all b = 0 the curve would start
     * as an odd function, as the sine happens to be.
     */
    static Model model(TikhonovPlan plan, Smoothing smoothing, double lambda, long seed) {
        ModelBuilder builder = Model.inputs(1)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .optimizer(new Adam(LEARNING_RATE))
                .learningRateSchedule(new CosineDecay(plan.epochs()))
                .seed(seed);
        smoothing.addTo(builder, lambda);
        Dense hidden = new Dense(UNITS).initializer(Initializer.LECUN_UNIFORM);
        Model model = builder.add(hidden)
                .add(new Activation(Activation.Function.TANH))
                .add(new Dense(1))
                .build();
        float[] w = hidden.parameters().getFirst().value();
        float[] b = new float[UNITS];
        long key = RandomBits.key(seed, "where units turn over");
        for (int u = 0; u < UNITS; u++) {
            double place = NoisySine.LEFT + (NoisySine.RIGHT - NoisySine.LEFT) * RandomBits.uniform(key, u);
            b[u] = (float) (-w[u] * place);
        }
        hidden.parameters().getLast().set(b);
        return model;
    }

    private Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("regularizer", smoothing.title());
        map.put("lambda", lambda);
        map.put("seed", seed);
        map.put("digest", digest);
        map.put("trainError", trainError);
        map.put("trueError", trueError);
        return map;
    }

    private static Fit of(Map<String, Object> map) {
        return new Fit(
                Smoothing.of((String) map.get("regularizer")),
                Json.number(map.get("lambda")),
                ((Number) map.get("seed")).longValue(),
                (String) map.get("digest"),
                Json.number(map.get("trainError")),
                Json.number(map.get("trueError")));
    }
}
