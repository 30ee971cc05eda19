package dev.ridgeline.train;

import static dev.ridgeline.DoubleLayers.activation;
import static dev.ridgeline.DoubleLayers.convolution;
import static dev.ridgeline.DoubleLayers.dense;
import static dev.ridgeline.DoubleLayers.gradient;
import static dev.ridgeline.DoubleLayers.groupNormalize;
import static dev.ridgeline.DoubleLayers.masked;
import static dev.ridgeline.DoubleLayers.normalize;
import static dev.ridgeline.DoubleLayers.pool;
import static dev.ridgeline.DoubleLayers.statistics;
import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;

import dev.ridgeline.DoubleLayers;
import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.kernel.RandomBits;
import dev.ridgeline.kernel.Window;
import dev.ridgeline.kernel.Window.Axis;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Activation.Function;
import dev.ridgeline.layer.AveragePool2D;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Conv2D;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.Flatten;
import dev.ridgeline.layer.GroupNorm;
import dev.ridgeline.layer.InstanceNorm;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.LayerNorm;
import dev.ridgeline.layer.MaxPool2D;
import dev.ridgeline.layer.Padding;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.layer.Shape;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.GroupLasso;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.Orthogonal;
import dev.ridgeline.regularizer.Orthogonal.Mode;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.regularizer.TensorRegularizer;
import dev.ridgeline.regularizer.WeightElimination;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A whole model: what one step of gradient descent with rate 1 subtracts from each tensor is the derivative of the whole
 * loss, penalties included, computed in double.
 */
class ModelGradientTest {
    private static final int ROWS = 13;

    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of(
                        "kernel, bias and activity penalties",
                        Loss.SOFTMAX_CROSS_ENTROPY,
                        List.of(
                                new Dense(9)
                                        .kernelRegularizer(new L1(0.1f))
                                        .biasRegularizer(new L2(0.3f))
                                        .activityRegularizer(new L2(0.2f)),
                                new Activation(Function.TANH).activityRegularizer(new L1(0.4f)),
                                new Dense(6).kernelRegularizer(new ElasticNet(0.05f, 0.2f)),
                                new Activation(Function.RELU),
                                new Dense(3).kernelRegularizer(new WeightElimination(0.5f, 0.4f)))),
                Arguments.of(
                        "penalties on whole tensors",
                        Loss.SOFTMAX_CROSS_ENTROPY,
                        List.of(
                                new Dense(9)
                                        .kernelTensorRegularizer(new GroupLasso(0.1f))
                                        .kernelRegularizer(new L2(0.1f)),
                                new Activation(Function.TANH),
                                new Dense(6).kernelTensorRegularizer(new Orthogonal(0.4f)),
                                new Activation(Function.SILU),
                                new Dense(3).kernelTensorRegularizer(new Orthogonal(0.3f, Mode.COLUMNS)))),
                Arguments.of(
                        "dropout and batch normalization",
                        Loss.SOFTMAX_CROSS_ENTROPY,
                        List.of(
                                new Dense(17).kernelRegularizer(new L2(0.1f)),
                                new Activation(Function.RELU),
                                new BatchNorm(),
                                new Dropout(0.4f),
                                new Dense(8),
                                new Activation(Function.SIGMOID),
                                new BatchNorm().activityRegularizer(new L2(0.1f)),
                                new Dense(3))),
                Arguments.of(
                        "layer, group and instance normalization",
                        Loss.SOFTMAX_CROSS_ENTROPY,
                        List.of(
                                new Dense(21),
                                new LayerNorm().gammaRegularizer(new L2(0.3f)).betaRegularizer(new L1(0.2f)),
                                new Activation(Function.TANH),
                                new Dense(18).kernelRegularizer(new L2(0.1f)),
                                new GroupNorm(3).activityRegularizer(new L2(0.1f)),
                                new Activation(Function.SIGMOID),
                                new BatchNorm().betaRegularizer(new ElasticNet(0.1f, 0.3f)),
                                new Dense(3),
                                new InstanceNorm().betaRegularizer(new L2(0.5f)))),
                Arguments.of(
                        "binary",
                        Loss.BINARY_CROSS_ENTROPY,
                        List.of(
                                new Dropout(0.2f),
                                new Dense(7),
                                new Activation(Function.SILU),
                                new Dense(4).activityRegularizer(new WeightElimination(0.3f, 1)),
                                new Activation(Function.GELU),
                                new Dense(1).biasRegularizer(new L1(0.1f)))),
                Arguments.of(
                        "regression",
                        Loss.MEAN_SQUARED_ERROR,
                        List.of(
                                new BatchNorm(),
                                new Dense(11).kernelRegularizer(new L2(0.05f)),
                                new Activation(Function.SOFTPLUS),
                                new Dense(2),
                                new Activation(Function.ELU))),
                Arguments.of(
                        "convolution and pooling",
                        Loss.SOFTMAX_CROSS_ENTROPY,
                        List.of(
                                new Conv2D(4, 3, 3)
                                        .padding(Padding.SAME)
                                        .kernelRegularizer(new L2(0.1f))
                                        .activityRegularizer(new L2(0.02f)),
                                new Activation(Function.TANH),
                                new MaxPool2D(2, 2),
                                new Conv2D(5, 2, 2).biasRegularizer(new L1(0.2f)),
                                new Activation(Function.RELU),
                                new AveragePool2D(2, 2).padding(Padding.SAME),
                                new Flatten(),
                                new Dropout(0.3f),
                                new Dense(3).kernelRegularizer(new ElasticNet(0.05f, 0.2f)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void oneStepIsTheGradient(String name, Loss loss, List<Layer<?>> layers) {
        boolean images = layers.getFirst() instanceof Conv2D;
        ModelBuilder builder =
                (images ? Model.inputs(6, 5, 2) : Model.inputs(5)).loss(loss).optimizer(new Sgd(1));
        layers.forEach(builder::add);
        try (Model model = builder.build()) {
            long seed = 20;
            for (Parameter p : model.parameters()) {
                if (p.role().trained()) {
                    p.set(random(seed++, p.value().length, 0.8f));
                }
            }
            Batch batch = batch(loss, model.inputs(), model.outputs());
            Reference reference = new Reference(model, batch);
            double[][] expected = new double[reference.tensors.length][];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = gradient(reference.tensors[i], reference::loss);
            }
            float[][] before =
                    model.parameters().stream().map(p -> p.value().clone()).toArray(float[][]::new);
            model.step(batch);
            for (int i = 0; i < expected.length; i++) {
                Parameter parameter = model.parameters().get(i);
                if (parameter.role().trained()) {
                    assertClose(expected[i], moved(parameter, before[i]), 1e-5, parameter.name());
                }
            }
        }
    }

    private static float[] moved(Parameter parameter, float[] before) {
        float[] step = new float[before.length];
        for (int i = 0; i < step.length; i++) {
            step[i] = before[i] - parameter.value()[i];
        }
        return step;
    }

    private static Batch batch(Loss loss, int inputs, int outputs) {
        float[] x = random(1, ROWS * inputs, 1.5f);
        int classes = Math.max(2, outputs);
        int[] labels = new int[ROWS];
        Arrays.setAll(labels, i -> i % classes);
        Dataset data = loss == Loss.MEAN_SQUARED_ERROR
                ? Dataset.regression(inputs, x, outputs, random(2, ROWS * outputs, 2))
                : Dataset.classification(inputs, x, classes, labels);
        int[] order = new int[ROWS];
        Arrays.setAll(order, i -> i);
        Batch batch = new Batch();
        batch.gather(data, order, 0, ROWS);
        return batch;
    }

    /** The model's loss in double, as a function of the tensors. */
    private static final class Reference {
        private final Model model;
        private final Batch batch;
        private final double[][] tensors;

        Reference(Model model, Batch batch) {
            this.model = model;
            this.batch = batch;
            tensors = model.parameters().stream()
                    .map(p -> doubles(p.value(), p.value().length))
                    .toArray(double[][]::new);
        }

        double loss() {
            double[] y = doubles(batch.x(), ROWS * model.inputs());
            double penalties = 0;
            int tensor = 0;
            for (Layer<?> layer : model.layers()) {
                y = forward(layer, y, tensor);
                for (Parameter p : layer.parameters()) {
                    penalties += penalty(p.tensorRegularizer(), p.rows(), p.columns(), tensors[tensor]);
                    penalties += penalty(p.regularizer(), tensors[tensor++]);
                }
                penalties += penalty(layer.activityRegularizer(), y) / ROWS;
            }
            return penalties
                    + switch (model.loss()) {
                        case SOFTMAX_CROSS_ENTROPY ->
                            DoubleLayers.softmaxCrossEntropy(ROWS, model.outputs(), y, batch.labels());
                        case BINARY_CROSS_ENTROPY -> DoubleLayers.binaryCrossEntropy(ROWS, y, batch.labels());
                        case MEAN_SQUARED_ERROR ->
                            DoubleLayers.meanSquaredError(y, doubles(batch.targets(), ROWS * model.outputs()));
                    };
        }

        private double[] forward(Layer<?> layer, double[] x, int tensor) {
            int width = layer.inputs();
            return switch (layer) {
                case Dense d -> dense(ROWS, width, d.outputs(), x, tensors[tensor], tensors[tensor + 1]);
                case Activation a -> activation(a.function(), ROWS, width, x);
                case BatchNorm b ->
                    normalize(ROWS, width, x, statistics(ROWS, width, x), 1e-3f, tensors[tensor], tensors[tensor + 1]);
                case LayerNorm n -> groups(1, width, x, tensor);
                case GroupNorm n -> groups(3, width, x, tensor);
                case InstanceNorm n -> groups(width, width, x, tensor);
                case Dropout d -> masked(x, mask(d));
                case Conv2D c -> {
                    Window window = window(c, c.parameters().getFirst().shape(), 1);
                    yield convolution(
                            ROWS, window, c.outputShape().channels(), x, tensors[tensor], tensors[tensor + 1]);
                }
                case MaxPool2D p -> pool(ROWS, window(p, Shape.of(2, 2), 2), true, x);
                case AveragePool2D p -> pool(ROWS, window(p, Shape.of(2, 2), 2), false, x);
                case Flatten f -> x;
                default -> throw new AssertionError(layer);
            };
        }

        private double[] groups(int groups, int width, double[] x, int tensor) {
            return groupNormalize(ROWS, 1, width, groups, x, 1e-3f, tensors[tensor], tensors[tensor + 1]);
        }

        /** With same padding if that gives as many outputs as the layer says, else valid. */
        private static Window window(Layer<?> layer, Shape size, int stride) {
            Shape in = layer.inputShape();
            Axis[] axes = new Axis[2];
            for (int i = 0; i < 2; i++) {
                int inputs = in.sizes().get(i);
                Axis same = Axis.same(inputs, size.sizes().get(i), stride);
                axes[i] = same.outputs() == layer.outputShape().sizes().get(i)
                        ? same
                        : Axis.valid(inputs, size.sizes().get(i), stride);
            }
            return new Window(Axis.NONE, axes[0], axes[1], in.channels());
        }

        /** The mask of step 0, by the kernel's documentation. */
        private float[] mask(Dropout layer) {
            float[] mask = new float[ROWS * layer.inputs()];
            Arrays.fill(mask, 1);
            long key = RandomBits.key(model.seed(), layer.name() + "/mask");
            dev.ridgeline.kernel.Dropout.apply(
                    0, mask.length, 0, layer.rate(), key, 0, new int[RandomBits.WORDS], mask, mask);
            return mask;
        }

        /** The formulas of the penalties on a whole tensor, by its vectors. */
        private static double penalty(TensorRegularizer penalty, int rows, int columns, double[] w) {
            return switch (penalty) {
                case null -> 0;
                case GroupLasso p -> {
                    double sum = 0;
                    for (int j = 0; j < columns; j++) {
                        sum += Math.sqrt(product(rows, w, j, j, columns));
                    }
                    yield p.lambda() * Math.sqrt(rows) * sum;
                }
                case Orthogonal p when p.mode() == Mode.ROWS -> p.factor() * meanCosine(rows, columns, w, columns, 1);
                case Orthogonal p -> p.factor() * meanCosine(columns, rows, w, 1, columns);
                default -> throw new AssertionError(penalty);
            };
        }

        private static double meanCosine(int n, int length, double[] w, int vector, int stride) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    double first = product(length, w, i * vector, i * vector, stride);
                    double second = product(length, w, j * vector, j * vector, stride);
                    sum += Math.abs(product(length, w, i * vector, j * vector, stride)) / Math.sqrt(first * second);
                }
            }
            return sum / (n * (n - 1) / 2.0);
        }

        private static double product(int n, double[] w, int a, int b, int stride) {
            double sum = 0;
            for (int k = 0; k < n; k++) {
                sum += w[a + k * stride] * w[b + k * stride];
            }
            return sum;
        }

        /** The penalties' formulas in double; {@link Regularizer#value} takes a float. */
        private static double penalty(Regularizer penalty, double[] w) {
            double sum = 0;
            for (double v : w) {
                sum += switch (penalty) {
                    case null -> 0;
                    case L1 p -> p.lambda() * Math.abs(v);
                    case L2 p -> 0.5 * p.lambda() * v * v;
                    case ElasticNet p -> p.l1() * Math.abs(v) + 0.5 * p.l2() * v * v;
                    case WeightElimination p -> p.lambda() * v * v / ((double) p.w0() * p.w0() + v * v);
                    default -> throw new AssertionError(penalty);
                };
            }
            return sum;
        }
    }
}
