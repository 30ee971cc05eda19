package dev.ridgeline.bench;

import static dev.ridgeline.layer.Activation.Function.RELU;
import static dev.ridgeline.layer.Activation.Function.TANH;
import static dev.ridgeline.train.Loss.BINARY_CROSS_ENTROPY;
import static dev.ridgeline.train.Loss.SOFTMAX_CROSS_ENTROPY;

import dev.ridgeline.bench.StepLayer.Activation;
import dev.ridgeline.bench.StepLayer.Convolution;
import dev.ridgeline.bench.StepLayer.Dense;
import dev.ridgeline.bench.StepLayer.Flatten;
import dev.ridgeline.bench.StepLayer.MaxPool;
import dev.ridgeline.layer.Shape;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.optimizer.Sgd;
import java.util.List;
import java.util.SequencedMap;

/** The models whose steps are measured, by name. */
public final class Models {
    private static final Optimizer ADAM = new Adam(1e-3, 0.9, 0.999, 1e-7);
    private static final Optimizer SGD = new Sgd(0.01f);

    // formatter-off
    private static final SequencedMap<String, StepModel> MODELS = Names.byName(StepModel::name,
            StepModel.dense("iris", 120, List.of(4, 64, 32, 3), List.of(RELU, RELU), ADAM, SOFTMAX_CROSS_ENTROPY),
            StepModel.dense("mnist", 32, List.of(784, 128, 64, 10), List.of(RELU, RELU), ADAM, SOFTMAX_CROSS_ENTROPY),
            StepModel.dense("mnist128", 128, List.of(784, 128, 64, 10), List.of(RELU, RELU), SGD, SOFTMAX_CROSS_ENTROPY),
            StepModel.dense("activity", 112, List.of(4, 512, 256, 64, 32, 3), List.of(TANH, TANH, TANH, RELU), SGD,
                    SOFTMAX_CROSS_ENTROPY),
            StepModel.dense("wide", 128, List.of(784, 1024, 1024, 10), List.of(RELU, RELU), SGD, SOFTMAX_CROSS_ENTROPY),
            StepModel.dense("lambda", 3240, List.of(10, 15, 1), List.of(TANH), SGD, BINARY_CROSS_ENTROPY),
            new StepModel("conv", 32, Shape.of(28, 28, 1), List.of(
                    new Convolution(16, 3), new Activation(RELU), new MaxPool(2),
                    new Convolution(32, 3), new Activation(RELU), new MaxPool(2),
                    new Flatten(), new Dense(10)), ADAM, SOFTMAX_CROSS_ENTROPY));
    // formatter-on

    private Models() {}

    /**
     * Returns the names of all models.
     *
     * @return the names, in the order of reports
     */
    public static List<String> names() {
        return List.copyOf(MODELS.keySet());
    }

    /**
     * Returns a model.
     *
     * @param name its name
     * @return the model
     * @throws UnknownNameException if there is none of this name
     */
    public static StepModel named(String name) {
        return Names.find("model", name, MODELS);
    }
}
