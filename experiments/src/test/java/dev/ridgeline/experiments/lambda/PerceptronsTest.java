package dev.ridgeline.experiments.lambda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.experiments.lambda.Perceptrons.Network;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.train.Loss;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.ModelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerceptronsTest {
    private static final int HIDDEN = 15;
    private static final int STEPS = 30;
    private static final float RATE = 0.1f;

    private static final List<Network> NETWORKS = List.of(
            new Network(Family.L2, 0.01f),
            new Network(Family.L2, 8),
            new Network(Family.L2_SMALL, 1e-5f),
            new Network(Family.L2_LARGE, 0.2f),
            new Network(Family.L1, 0.004f));

    /** Fewer rows than a block, a block, one more, several and a rest. */
    @ParameterizedTest
    @ValueSource(ints = {2, 9, 24, 25, 100})
    void eachGetsTheWeightsOfAModelTrainedAlone(int rows) {
        Dataset data = new GaussianClasses(false).draw(3, "rows", rows);
        Dataset validation = new GaussianClasses(false).draw(4, "validation", 101);
        Perceptrons networks = new Perceptrons(data.features(), HIDDEN, 5, NETWORKS);
        List<Model> models = new ArrayList<>();
        for (int m = 0; m < NETWORKS.size(); m++) {
            models.add(model(NETWORKS.get(m), networks.weights(m)));
        }
        Batch batch = whole(data);
        for (int step = 0; step < STEPS; step++) {
            networks.step(batch, RATE);
        }
        double[] losses = networks.crossEntropy(validation);
        assertEquals(NETWORKS.size(), losses.length);
        for (int m = 0; m < NETWORKS.size(); m++) {
            try (Model model = models.get(m)) {
                for (int step = 0; step < STEPS; step++) {
                    model.step(batch);
                }
                float[][] weights = networks.weights(m);
                for (int t = 0; t < weights.length; t++) {
                    Parameter tensor = model.parameters().get(t);
                    assertArrayEquals(tensor.value(), weights[t], 0f, NETWORKS.get(m) + " " + tensor.name());
                }
                assertEquals(model.predictor().evaluate(validation).loss(), losses[m], 1e-12);
            }
        }
    }

    private static Model model(Network network, float[][] start) {
        ModelBuilder builder =
                Model.inputs(GaussianClasses.FEATURES).optimizer(new Sgd(RATE)).loss(Loss.BINARY_CROSS_ENTROPY);
        Regularizer penalty =
                network.family().penalty() == Family.Penalty.L1 ? new L1(network.lambda()) : new L2(network.lambda());
        builder.add(new Dense(HIDDEN).kernelRegularizer(penalty)).add(new Activation(Activation.Function.TANH));
        builder.add(new Dense(1).kernelRegularizer(penalty));
        Model model = builder.build();
        for (int t = 0; t < start.length; t++) {
            float[] values = model.parameters().get(t).value();
            System.arraycopy(start[t], 0, values, 0, values.length);
        }
        assertEquals(Perceptrons.parameters(GaussianClasses.FEATURES, HIDDEN), model.parameterCount());
        return model;
    }

    @Test
    void oneThatDivergesLeavesTheOthersAlone() {
        Dataset data = new GaussianClasses(false).draw(3, "rows", 50);
        Perceptrons alone = new Perceptrons(data.features(), HIDDEN, 5, NETWORKS);
        List<Network> withOneMore = new ArrayList<>(NETWORKS);
        withOneMore.add(2, new Network(Family.L2, 1e30f));
        Perceptrons beside = new Perceptrons(data.features(), HIDDEN, 5, withOneMore);
        for (int step = 0; step < STEPS; step++) {
            alone.step(whole(data), RATE);
            beside.step(whole(data), RATE);
        }
        double[] expected = alone.crossEntropy(data);
        double[] losses = beside.crossEntropy(data);
        assertTrue(Double.isNaN(losses[2]), "it has diverged");
        assertArrayEquals(
                expected,
                IntStream.of(0, 1, 3, 4, 5).mapToDouble(m -> losses[m]).toArray());
    }

    @Test
    void theStartIsNormalWithVarianceFOverInputs() {
        Perceptrons networks = new Perceptrons(10, 2_000, 6, NETWORKS);
        float[] hidden = networks.weights(0)[0];
        float[] output = networks.weights(0)[2];
        assertEquals(1 / 10.0, meanSquare(hidden), 0.003);
        assertEquals(1 / 2_000.0, meanSquare(output), 0.00005);
        assertArrayEquals(new float[2_000], networks.weights(0)[1], "no bias");
        float[] small = networks.weights(2)[0];
        float[] large = networks.weights(3)[0];
        for (int i = 0; i < hidden.length; i++) {
            assertEquals(hidden[i] * Math.sqrt(0.1), small[i], 1e-6, "the same normal numbers");
            assertEquals(hidden[i] * Math.sqrt(10), large[i], 1e-6, "the same normal numbers");
        }
    }

    private static double meanSquare(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum / values.length;
    }

    private static Batch whole(Dataset data) {
        Batch batch = new Batch();
        batch.gather(data, IntStream.range(0, data.rows()).toArray(), 0, data.rows());
        return batch;
    }
}
