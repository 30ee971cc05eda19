package dev.ridgeline.train;

import static dev.ridgeline.layer.Activation.Function.RELU;
import static dev.ridgeline.layer.Activation.Function.TANH;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.kernel.Kernels;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Activation.Function;
import dev.ridgeline.layer.AlphaDropout;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Conv2D;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.Flatten;
import dev.ridgeline.layer.GaussianDropout;
import dev.ridgeline.layer.GaussianNoise;
import dev.ridgeline.layer.GroupNorm;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.LayerNorm;
import dev.ridgeline.layer.MaxPool2D;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.optimizer.AdamW;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.optimizer.RmsProp;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.GroupLasso;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxNorm;
import dev.ridgeline.regularizer.MaxWeight;
import dev.ridgeline.regularizer.NonNegative;
import dev.ridgeline.regularizer.Orthogonal;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.regularizer.Tikhonov;
import dev.ridgeline.regularizer.UnitNorm;
import dev.ridgeline.regularizer.WeightElimination;
import dev.ridgeline.schedule.CosineDecay;
import dev.ridgeline.schedule.ExponentialDecay;
import dev.ridgeline.schedule.StepDecay;
import dev.ridgeline.schedule.WarmUp;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Same bits: short runs end in the pinned digest for any number of threads, and wherever this test runs: 512-, 256- and
 * 128-bit vectors, the interpreter, the scalar fallback with and without a hardware fma. A release that means to change
 * results pins them anew: with {@code -Ddigest.print=true} the test prints the lines of digests.properties.
 */
@Tag("bits")
class DigestTest {

    @ParameterizedTest(name = "{0} threads {1}")
    @CsvSource({
        "iris, 1",
        "iris, 2",
        "iris, 7",
        "dropout, 1",
        "dropout, 3",
        "noise, 1",
        "noise, 2",
        "noise, 3",
        "batch-norm, 1",
        "batch-norm, 2",
        "elastic-net, 1",
        "elastic-net, 7",
        "elimination, 1",
        "elimination, 3",
        "activity, 1",
        "activity, 2",
        "penalties, 1",
        "penalties, 3",
        "proximal, 1",
        "proximal, 2",
        "regression, 1",
        "regression, 7",
        "binary, 1",
        "binary, 3",
        "layer-norm, 1",
        "layer-norm, 3",
        "tikhonov-curvature, 1",
        "tikhonov-curvature, 3",
        "tikhonov-slope, 1",
        "tikhonov-slope, 2"
    })
    void smallRun(String name, int threads) {
        assertDigest(name, threads);
    }

    /** Large enough that each of its loops is cut in two or more parts. */
    @Tag("jit")
    @ParameterizedTest(name = "wide threads {0}")
    @ValueSource(ints = {1, 2, 3, 7})
    void wideRun(int threads) {
        assertDigest("wide", threads);
    }

    /** Short enough for the interpreter. */
    @ParameterizedTest
    @ValueSource(strings = {"step-iris", "step-lambda"})
    void stepOfSmallModel(String name) {
        assertDigest(name, 1);
    }

    /** The models that the benchmarks measure, in their own sizes: two steps of those with few features, one else. */
    @Tag("jit")
    @ParameterizedTest(name = "{0} threads {1}")
    @MethodSource("models")
    void stepOfModel(String name, int threads) {
        assertDigest(name, threads);
    }

    static Stream<Arguments> models() {
        return Stream.of(
                        "step-iris",
                        "step-mnist",
                        "step-mnist128",
                        "step-activity",
                        "step-wide",
                        "step-lambda",
                        "step-conv")
                .flatMap(name -> IntStream.of(1, 2, 3, 7, 16).mapToObj(threads -> Arguments.of(name, threads)));
    }

    private static void assertDigest(String name, int threads) {
        String digest = run(name, threads);
        if (Boolean.getBoolean("digest.print")) {
            System.out.println(name + "=" + digest);
            Assumptions.abort("printed, not compared");
        }
        assertEquals(
                pinned().getProperty(name),
                digest,
                () -> name + " with " + threads + " threads on kernels " + Kernels.describe());
    }

    private static Properties pinned() {
        Properties digests = new Properties();
        try (InputStream in = DigestTest.class.getResourceAsStream("digests.properties")) {
            digests.load(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return digests;
    }

    private static String run(String name, int threads) {
        Dataset three = Samples.classes(1, 46, 5, 3);
        Optimizer adam = new Adam(1e-3, 0.9, 0.999, 1e-7);
        Optimizer sgd = new Sgd(0.01f);
        return switch (name) {
            case "iris" ->
                digest(
                        Samples.classes(2, 40, 4, 3),
                        32,
                        threads,
                        Loss.SOFTMAX_CROSS_ENTROPY,
                        adam,
                        new Dense(64).kernelRegularizer(new L1(0.005f)),
                        new Activation(RELU),
                        new Dense(32).kernelRegularizer(new L1(0.005f)),
                        new Activation(RELU),
                        new Dense(3));
            case "dropout" ->
                digest(
                        three,
                        23,
                        threads,
                        Loss.SOFTMAX_CROSS_ENTROPY,
                        new Sgd(0.1f, 0.9f),
                        new Dropout(0.1f),
                        new Dense(37).kernelRegularizer(new L2(0.01f)),
                        new Activation(TANH),
                        new Dropout(0.5f),
                        new Dense(19),
                        new Activation(RELU),
                        new Dropout(0.25f),
                        new Dense(3));
            case "noise" ->
                digest(
                        three,
                        23,
                        threads,
                        Loss.SOFTMAX_CROSS_ENTROPY,
                        new Sgd(0.1f, 0.9f),
                        new GaussianNoise(0.1f),
                        new Dense(301).dropConnect(0.3f),
                        new Activation(TANH),
                        new GaussianDropout(0.2f),
                        new Dense(97),
                        new AlphaDropout(0.1f),
                        new Activation(RELU),
                        new Dense(3).dropConnect(0.1f));
            case "batch-norm" ->
                digest(
                        three,
                        23,
                        threads,
                        Loss.SOFTMAX_CROSS_ENTROPY,
                        new Sgd(0.1f, 0.9f, true),
                        new Dense(37),
                        new Activation(RELU),
                        new BatchNorm(),
                        new Dense(19).biasRegularizer(new L2(0.1f)),
                        new BatchNorm(0.9f, 1e-5f),
                        new Activation(TANH),
                        new Dense(3));
            case "elastic-net" ->
                digest(
                        three,
                        20,
                        threads,
                        Loss.SOFTMAX_CROSS_ENTROPY,
                        new Sgd(0.2f),
                        new Dense(37)
                                .kernelRegularizer(new ElasticNet(0.003f, 0.02f))
                                .kernelConstraint(new MaxNorm(0.9f)),
                        new Activation(Function.SIGMOID),
                        new Dense(19).kernelConstraint(new MaxNorm(1)),
                        new Activation(TANH),
                        new Dense(3).kernelRegularizer(new ElasticNet(0.001f, 0)));
            case "elimination" ->
                digest(
                        three,
                        23,
                        threads,
                        Loss.SOFTMAX_CROSS_ENTROPY,
                        new Adam(0.02),
                        new Dense(37)
                                .kernelRegularizer(new WeightElimination(0.01f, 0.3f))
                                .kernelConstraint(new MaxWeight(0.25f)),
                        new Activation(Function.LEAKY_RELU),
                        new Dense(19).kernelRegularizer(new WeightElimination(0.1f, 1)),
                        new Activation(Function.ELU),
                        new Dense(3));
            case "activity" ->
                digest(
                        three,
                        23,
                        threads,
                        Loss.SOFTMAX_CROSS_ENTROPY,
                        new Sgd(0.1f),
                        new Dense(37),
                        new Activation(TANH).activityRegularizer(new L1(0.01f)),
                        new Dense(19).activityRegularizer(new ElasticNet(0.01f, 0.01f)),
                        new Activation(Function.SILU),
                        new Dense(3));
            case "penalties" ->
                digest(
                        three,
                        23,
                        threads,
                        Loss.SOFTMAX_CROSS_ENTROPY,
                        new AdamW(0.01, 0.1),
                        new Dense(37)
                                .kernelTensorRegularizer(new GroupLasso(0.01f))
                                .kernelSchedule(new WarmUp(2, new CosineDecay(7, 0.1)))
                                .kernelConstraint(new UnitNorm()),
                        new Activation(TANH),
                        new Dense(19)
                                .kernelTensorRegularizer(new Orthogonal(0.1f))
                                .kernelSchedule(new ExponentialDecay(0.1, 3)),
                        new Activation(RELU),
                        new Dense(3).kernelTensorRegularizer(new Orthogonal(0.1f, Orthogonal.Mode.COLUMNS)));
            case "proximal" ->
                digest(
                        three,
                        23,
                        threads,
                        Loss.SOFTMAX_CROSS_ENTROPY,
                        new RmsProp(0.01),
                        new Dense(37).kernelRegularizer(new ProximalL1(0.02f)).kernelSchedule(new StepDecay(0.5, 2)),
                        new Activation(TANH),
                        new Dense(3).kernelConstraint(new NonNegative()));
            case "regression" ->
                digest(
                        Samples.values(3, 46, 5, 2),
                        23,
                        threads,
                        Loss.MEAN_SQUARED_ERROR,
                        new Adam(),
                        new Dense(37),
                        new Activation(Function.GELU),
                        new Dense(19),
                        new Activation(Function.SOFTPLUS),
                        new Dense(7),
                        new Activation(Function.SOFTMAX),
                        new Dense(2));
            case "binary" ->
                digest(
                        Samples.classes(4, 46, 5, 2),
                        23,
                        threads,
                        Loss.BINARY_CROSS_ENTROPY,
                        new Adam(),
                        new Dense(33),
                        new Activation(TANH),
                        new Dense(1));
            case "layer-norm" ->
                digest(
                        three,
                        23,
                        threads,
                        Loss.SOFTMAX_CROSS_ENTROPY,
                        adam,
                        new Dense(83),
                        new Activation(RELU),
                        new LayerNorm().gammaRegularizer(new L2(0.01f)),
                        new Dense(36),
                        new Activation(TANH),
                        new GroupNorm(2),
                        new Dense(3));
            case "tikhonov-curvature" ->
                digest(
                        Samples.values(3, 46, 5, 2),
                        23,
                        threads,
                        Loss.MEAN_SQUARED_ERROR,
                        new Adam(),
                        new Tikhonov(0.01f, 0.02f, 0.03f),
                        new Dense(37),
                        new Activation(Function.GELU),
                        new Dense(19),
                        new Activation(Function.SILU),
                        new Dense(2));
            case "tikhonov-slope" ->
                digest(
                        three,
                        23,
                        threads,
                        Loss.SOFTMAX_CROSS_ENTROPY,
                        new Sgd(0.1f),
                        new Tikhonov(0, 0.02f, 0),
                        new Dense(37),
                        new Activation(Function.SOFTPLUS),
                        new Dense(19),
                        new Activation(Function.SIGMOID),
                        new Dense(3));
            case "wide" ->
                digest(
                        Samples.classes(5, 384, 257, 10),
                        192,
                        threads,
                        Loss.SOFTMAX_CROSS_ENTROPY,
                        new Adam(),
                        new Dense(601).kernelRegularizer(new L1(0.001f)).kernelConstraint(new MaxNorm(1)),
                        new Activation(TANH).activityRegularizer(new L1(1e-4f)),
                        new BatchNorm(),
                        new Dropout(0.3f),
                        new Dense(10));
            case "step-iris" -> step(threads, 120, adam, new int[] {4, 64, 32, 3}, RELU, RELU);
            case "step-mnist" -> step(threads, 32, adam, new int[] {784, 128, 64, 10}, RELU, RELU);
            case "step-mnist128" -> step(threads, 128, sgd, new int[] {784, 128, 64, 10}, RELU, RELU);
            case "step-activity" -> step(threads, 112, sgd, new int[] {4, 512, 256, 64, 32, 3}, TANH, TANH, TANH, RELU);
            case "step-wide" -> step(threads, 128, sgd, new int[] {784, 1024, 1024, 10}, RELU, RELU);
            case "step-lambda" -> step(threads, 3240, sgd, new int[] {10, 15, 1}, TANH);
            case "step-conv" ->
                digest(
                        Samples.classes(6, 32, 784, 10),
                        32,
                        Model.inputs(28, 28, 1)
                                .optimizer(adam)
                                .threads(threads)
                                .add(new Conv2D(16, 3, 3))
                                .add(new Activation(RELU))
                                .add(new MaxPool2D(2, 2))
                                .add(new Conv2D(32, 3, 3))
                                .add(new Activation(RELU))
                                .add(new MaxPool2D(2, 2))
                                .add(new Flatten())
                                .add(new Dense(10)));
            default -> throw new AssertionError(name);
        };
    }

    /** Dense layers with an activation after each but the last. */
    private static String step(int threads, int batch, Optimizer optimizer, int[] sizes, Function... activations) {
        int outputs = sizes[sizes.length - 1];
        Layer<?>[] layers = new Layer<?>[2 * activations.length + 1];
        for (int i = 0; i < activations.length; i++) {
            layers[2 * i] = new Dense(sizes[i + 1]);
            layers[2 * i + 1] = new Activation(activations[i]);
        }
        layers[layers.length - 1] = new Dense(outputs);
        Loss loss = outputs == 1 ? Loss.BINARY_CROSS_ENTROPY : Loss.SOFTMAX_CROSS_ENTROPY;
        Dataset data = Samples.classes(6, batch, sizes[0], Math.max(outputs, 2));
        return digest(data, batch, threads, loss, optimizer, layers);
    }

    private static String digest(
            Dataset data, int batchSize, int threads, Loss loss, Optimizer optimizer, Layer<?>... layers) {
        return digest(data, batchSize, threads, loss, optimizer, new Tikhonov(0, 0, 0), layers);
    }

    private static String digest(
            Dataset data,
            int batchSize,
            int threads,
            Loss loss,
            Optimizer optimizer,
            Tikhonov tikhonov,
            Layer<?>... layers) {
        ModelBuilder builder = Model.inputs(data.features())
                .loss(loss)
                .optimizer(optimizer)
                .tikhonov(tikhonov)
                .threads(threads);
        List.of(layers).forEach(builder::add);
        return digest(data, batchSize, builder);
    }

    private static String digest(Dataset data, int batchSize, ModelBuilder builder) {
        try (Model model = builder.build()) {
            new Trainer(model)
                    .batchSize(batchSize)
                    .epochs(data.features() > 100 ? 1 : 2)
                    .fit(data);
            return model.digest();
        }
    }
}
