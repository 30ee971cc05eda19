package dev.ridgeline.bench;

import static dev.ridgeline.layer.Activation.Function.RELU;
import static dev.ridgeline.layer.Activation.Function.TANH;
import static dev.ridgeline.train.Loss.BINARY_CROSS_ENTROPY;
import static dev.ridgeline.train.Loss.SOFTMAX_CROSS_ENTROPY;

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
            new StepModel("iris", 120, List.of(4, 64, 32, 3), List.of(RELU, RELU), ADAM, SOFTMAX_CROSS_ENTROPY),
            new StepModel("mnist", 32, List.of(784, 128, 64, 10), List.of(RELU, RELU), ADAM, SOFTMAX_CROSS_ENTROPY),
            new StepModel("mnist128", 128, List.of(784, 128, 64, 10), List.of(RELU, RELU), SGD, SOFTMAX_CROSS_ENTROPY),
            new StepModel("activity", 112, List.of(4, 512, 256, 64, 32, 3), List.of(TANH, TANH, TANH, RELU), SGD,
                    SOFTMAX_CROSS_ENTROPY),
            new StepModel("wide", 128, List.of(784, 1024, 1024, 10), List.of(RELU, RELU), SGD, SOFTMAX_CROSS_ENTROPY),
            new StepModel("lambda", 3240, List.of(10, 15, 1), List.of(TANH), SGD, BINARY_CROSS_ENTROPY));
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
