package dev.ridgeline.experiments.tikhonov;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.report.Json;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.Penalty;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FitTest {
    private static final TikhonovPlan PLAN = new TikhonovPlan(25, 0.3, 1, 1000);

    private final Dataset rows = PLAN.draw(7);

    private static float[] curve(Dataset rows, Smoothing smoothing, double lambda, long start) {
        try (Model model = Fit.model(PLAN, smoothing, lambda, start)) {
            Dataset step = smoothing.step(rows);
            Fit.trainer(PLAN, model, step).fit(step);
            return model.predictor().predict(NoisySine.truth().x());
        }
    }

    private static double distance(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }
        return Math.sqrt(sum / one.length);
    }

    /** Else the page would tell of the optimizer and not of the penalty. */
    @ParameterizedTest
    @EnumSource(names = {"ORDER_1", "ORDER_2"})
    void atTheBestLambdaTheStartIsForgotten(Smoothing smoothing) {
        double distance = distance(curve(rows, smoothing, 0.1, 1), curve(rows, smoothing, 0.1, 2));
        assertTrue(distance < 0.03, "they are " + distance + " apart");
    }

    /** Noise leaves exp(-σ²/2) of the sine, order 1 leaves 1/(1 + λ), among many rows, evenly spread, and away from the ends. */
    @Test
    void noiseAndOrderOneLowerTheWaveAsThePageSays() {
        Dataset many = NoisySine.truth()
                .select(IntStream.rangeClosed(0, 50).map(i -> 4 * i).toArray());
        double variance = 0.3;
        assertEquals(Math.exp(-variance / 2), height(curve(many, Smoothing.NOISE, variance, 1)), 0.03);
        assertEquals(1 / (1 + variance), height(curve(many, Smoothing.ORDER_1, variance, 1)), 0.03);
        assertEquals(1 / (1 + variance / 2), height(curve(many, Smoothing.ORDER_1, variance / 2, 1)), 0.03);
    }

    /** Returns the height of the wave in the middle half of the interval. */
    private static double height(float[] curve) {
        float[] sine = NoisySine.truth().targets();
        double product = 0;
        double square = 0;
        for (int i = curve.length / 4; i <= 3 * curve.length / 4; i++) {
            product += curve[i] * sine[i];
            square += sine[i] * sine[i];
        }
        return product / square;
    }

    /** Derivatives by differences of the predicted curve. */
    @ParameterizedTest
    @EnumSource(names = {"ORDER_0", "ORDER_1", "ORDER_2"})
    void lambdaMultipliesAMeanOverTheInterval(Smoothing smoothing) {
        try (Model model = Fit.model(PLAN, smoothing, 0.5, 3)) {
            float[] x = NoisySine.truth().x();
            float[] y = model.predictor().predict(x);
            int order = smoothing.ordinal() - Smoothing.ORDER_0.ordinal();
            double h = x[1] - x[0];
            double sum = 0;
            for (int i = 1; i < y.length - 1; i++) {
                double derivative = switch (order) {
                    case 0 -> y[i];
                    case 1 -> (y[i + 1] - y[i - 1]) / (2 * h);
                    default -> (y[i + 1] - 2 * y[i] + y[i - 1]) / (h * h);
                };
                sum += derivative * derivative;
            }
            Fit.trainer(PLAN, model, rows)
                    .epochs(1)
                    .fit(rows); // a penalty is known as of the last step, before it moved
            double expected = 0.5 * sum / (y.length - 2);
            double penalty =
                    model.penalties(25).stream().mapToDouble(Penalty::value).sum();
            assertEquals(expected, penalty, 0.03 * expected);
        }
    }

    @Test
    void underNoiseEachRowStandsEightTimesInAStep() {
        Dataset step = Smoothing.NOISE.step(rows);
        assertEquals(200, step.rows());
        assertEquals(rows.targets()[3], step.targets()[28]);
        assertEquals(rows.x()[3], step.x()[28]);
    }

    @Test
    void itIsKeptAsItIs() throws Exception {
        Fit fit = Fit.job(new TikhonovPlan(5, 0.3, 1, 3), Smoothing.NOISE, 0.3, 11)
                .work()
                .run(() -> {});
        assertEquals(
                fit,
                Fit.CODEC.read().apply(Json.read(Json.line(Fit.CODEC.write().apply(fit)))));
        assertEquals(Smoothing.NOISE, fit.smoothing());
        assertEquals(11, fit.seed());
    }
}
