package dev.ridgeline.train;

import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ridgeline.DoubleLayers;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Activation.Function;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.regularizer.L2;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The derivative of the outputs in inference mode. */
class OutputDerivativeTest {
    private static final int ROW = 2;

    private final Dataset data = Samples.classes(3, 40, 4, 3);
    private final Model model = Model.inputs(4)
            .add(new Dense(7).kernelRegularizer(new L2(0.1f)).activityRegularizer(new L2(1)))
            .add(new Activation(Function.RELU))
            .add(new Dropout(0.5f))
            .add(new BatchNorm(0.5, 1e-3))
            .add(new Dropout(0.3f))
            .add(new Dense(6))
            .add(new Activation(Function.TANH).activityRegularizer(new L2(1)))
            .add(new Dense(3))
            .build();

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void isThatOfInference() {
        new Trainer(model).epochs(3).batchSize(10).fit(data);
        float[] v = {0.5f, -1, 2};
        String digest = model.digest();
        float[] y = model.outputDerivative().at(data.x(), ROW, v).clone();
        assertEquals(digest, model.digest(), "no weight and no statistic moves");
        assertSameBits(model.predictor().predict(Arrays.copyOfRange(data.x(), ROW * 4, ROW * 4 + 4)), y, "the outputs");
        double[][] tensors = model.parameters().stream()
                .map(p -> dev.ridgeline.Floats.doubles(p.value(), p.value().length))
                .toArray(double[][]::new);
        for (int i = 0; i < tensors.length; i++) {
            Parameter p = model.parameters().get(i);
            if (p.role().trained()) {
                assertClose(
                        DoubleLayers.gradient(tensors[i], () -> weighted(tensors, v)), p.gradient(), 1e-5, p.name());
            }
        }
    }

    private double weighted(double[][] t, float[] v) {
        double[] x = new double[4];
        Arrays.setAll(x, i -> data.x()[ROW * 4 + i]);
        double[] h = DoubleLayers.dense(1, 4, 7, x, t[0], t[1]);
        h = DoubleLayers.activation(Function.RELU, 1, 7, h);
        h = DoubleLayers.normalize(1, 7, h, new double[][] {t[4], t[5]}, 1e-3, t[2], t[3]);
        h = DoubleLayers.activation(Function.TANH, 1, 6, DoubleLayers.dense(1, 7, 6, h, t[6], t[7]));
        h = DoubleLayers.dense(1, 6, 3, h, t[8], t[9]);
        return v[0] * h[0] + v[1] * h[1] + v[2] * h[2];
    }

    @Test
    void refusesAVectorThatDoesNotFit() {
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> model.outputDerivative().at(random(1, 4, 1), 0, new float[] {1, 2}));
        assertEquals("OutputDerivative: v has 2 numbers; give one for each of 3 outputs", e.getMessage());
    }
}
