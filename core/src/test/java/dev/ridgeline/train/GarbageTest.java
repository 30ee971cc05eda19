package dev.ridgeline.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Activation.Function;
import dev.ridgeline.layer.AlphaDropout;
import dev.ridgeline.layer.AveragePool2D;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Conv2D;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.Flatten;
import dev.ridgeline.layer.GaussianDropout;
import dev.ridgeline.layer.GaussianNoise;
import dev.ridgeline.layer.GroupNorm;
import dev.ridgeline.layer.InstanceNorm;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.LayerNorm;
import dev.ridgeline.layer.MaxPool2D;
import dev.ridgeline.layer.Padding;
import dev.ridgeline.layer.SpatialDropout;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.optimizer.AdamW;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.optimizer.RmsProp;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.regularizer.Constraint;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.GroupLasso;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxNorm;
import dev.ridgeline.regularizer.MaxWeight;
import dev.ridgeline.regularizer.NonNegative;
import dev.ridgeline.regularizer.Orthogonal;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.regularizer.Quadrature;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.regularizer.TensorRegularizer;
import dev.ridgeline.regularizer.Tikhonov;
import dev.ridgeline.regularizer.UnitNorm;
import dev.ridgeline.regularizer.WeightElimination;
import dev.ridgeline.schedule.CosineDecay;
import dev.ridgeline.schedule.ExponentialDecay;
import dev.ridgeline.schedule.Schedule;
import dev.ridgeline.schedule.StepDecay;
import dev.ridgeline.schedule.WarmUp;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A training step allocates nothing after the first ones, on any of its threads. */
class GarbageTest {
    private static final MethodHandle ALLOCATED_BYTES = allocatedBytes();
    private static final int STEPS = 200;

    /** Until C2 has compiled them, vector loops box their vectors: all cases together wait this long for it. */
    private static final long WARM_UP_NANOS = 30_000_000_000L;

    private static final long END_OF_WARM_UP = System.nanoTime() + WARM_UP_NANOS;

    static Stream<Arguments> models() {
        Stream.Builder<Arguments> models = Stream.builder();
        add(models, "none", () -> dense(null, null), new Adam());
        for (Regularizer penalty :
                List.of(new L1(0.01f), new L2(0.01f), new ElasticNet(0.01f, 0.01f), new WeightElimination(0.01f, 1))) {
            add(models, penalty.toString(), () -> dense(penalty, null), new Sgd(0.01f));
            add(models, "activity " + penalty, () -> dense(null, null).activityRegularizer(penalty), new Adam());
        }
        for (Constraint constraint : List.of(new MaxNorm(1), new MaxWeight(0.2f))) {
            add(models, constraint.toString(), () -> dense(null, constraint), new Sgd(0.01f, 0.9f));
        }
        add(models, "proximal", () -> dense(new ProximalL1(0.01f), new NonNegative()), new RmsProp());
        add(models, "unit norm", () -> dense(null, new UnitNorm()), new AdamW());
        for (TensorRegularizer penalty :
                List.of(new GroupLasso(0.01f), new Orthogonal(0.1f), new Orthogonal(0.1f, Orthogonal.Mode.COLUMNS))) {
            add(models, penalty.toString(), () -> dense(null, null).kernelTensorRegularizer(penalty), new Sgd(0.01f));
        }
        for (Schedule schedule : List.of(
                new StepDecay(0.9, 3), new ExponentialDecay(0.9, 100), new WarmUp(5, new CosineDecay(100_000, 0.1)))) {
            add(models, schedule.toString(), () -> dense(new L1(0.01f), null).kernelSchedule(schedule), new Sgd(0.01f));
        }
        add(models, "nesterov", () -> dense(null, null), new Sgd(0.01f, 0.9f, true));
        add(models, "dropout", () -> new Dropout(0.5f), new Adam());
        add(models, "alpha dropout", () -> new AlphaDropout(0.1f), new Adam());
        add(models, "Gaussian dropout", () -> new GaussianDropout(0.3f), new Adam());
        add(models, "Gaussian noise", () -> new GaussianNoise(0.1f), new Adam());
        add(models, "DropConnect", () -> dense(null, null).dropConnect(0.5f), new Adam());
        add(models, "batch norm", BatchNorm::new, new Adam());
        add(models, "layer norm", LayerNorm::new, new Adam());
        add(models, "group norm", () -> new GroupNorm(2), new Adam());
        add(models, "instance norm", InstanceNorm::new, new Adam());
        for (Function function : Function.values()) {
            add(models, function.toString(), () -> new Activation(function), new Sgd(0.01f));
        }
        return models.build();
    }

    private static Dense dense(Regularizer penalty, Constraint constraint) {
        return new Dense(133).kernelRegularizer(penalty).kernelConstraint(constraint);
    }

    private static void add(
            Stream.Builder<Arguments> models, String name, Supplier<Layer<?>> layer, Optimizer optimizer) {
        models.add(Arguments.of(name, layer, optimizer));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void aStepAllocatesNothing(String name, Supplier<Layer<?>> layer, Optimizer optimizer) {
        assertNothing(
                Samples.classes(1, 20, 17, 3), 40, List.of(layer.get()), optimizer, Loss.SOFTMAX_CROSS_ENTROPY, 1);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void aLossAllocatesNothing(Loss loss) {
        Dataset data = switch (loss) {
            case SOFTMAX_CROSS_ENTROPY -> Samples.classes(1, 67, 17, 3);
            case BINARY_CROSS_ENTROPY -> Samples.classes(1, 67, 17, 2);
            case MEAN_SQUARED_ERROR -> Samples.values(1, 67, 17, 3);
        };
        assertNothing(data, 16, List.of(), new Sgd(0.01f), loss, 1);
    }

    @Test
    void spatialDropoutAllocatesNothing() {
        assertNothing(
                Samples.classes(1, 67, 60, 60),
                Model.inputs(4, 15).add(new BatchNorm()).add(new SpatialDropout(0.3f)));
    }

    @ParameterizedTest
    @EnumSource(value = Loss.class, mode = EnumSource.Mode.EXCLUDE, names = "MEAN_SQUARED_ERROR")
    void labelSmoothingAllocatesNothing(Loss loss) {
        boolean binary = loss == Loss.BINARY_CROSS_ENTROPY;
        assertNothing(
                Samples.classes(1, 67, 17, binary ? 2 : 3),
                Model.inputs(17).add(new Dense(binary ? 1 : 3)).loss(loss).labelSmoothing(0.1f));
    }

    /** Large enough that every loop is split. */
    @Test
    void threadsAllocateNothing() {
        List<Layer<?>> layers = List.of(
                dense(new L1(0.001f), new MaxNorm(3)).activityRegularizer(new L2(0.001f)),
                new Activation(Function.RELU),
                new BatchNorm(),
                new LayerNorm().gammaRegularizer(new L1(0.001f)),
                new GroupNorm(7),
                new GaussianDropout(0.1f),
                new Dense(64).dropConnect(0.2f),
                new Dropout(0.5f));
        assertNothing(Samples.classes(1, 400, 37, 3), 128, layers, new Adam(), Loss.SOFTMAX_CROSS_ENTROPY, 2);
        layers = List.of(
                dense(new ProximalL1(0.001f), new UnitNorm()).kernelTensorRegularizer(new GroupLasso(0.01f)),
                dense(null, null).kernelTensorRegularizer(new Orthogonal(0.1f)));
        assertNothing(Samples.classes(1, 400, 37, 3), 128, layers, new AdamW(), Loss.SOFTMAX_CROSS_ENTROPY, 2);
    }

    /** Forward with an integral, and backward over the batch. */
    @Test
    void derivativesAllocateNothing() {
        Tikhonov.Weight everywhere = (x, offset, n) -> x[offset] * x[offset];
        float[] points = Samples.values(2, 29, 2, 1).x();
        float[] weights = Samples.classes(2, 29, 1, 2).x();
        for (int q = 0; q < weights.length; q++) {
            weights[q] *= weights[q];
        }
        List<Layer<?>> layers = List.of(new Activation(Function.TANH), new Dense(29), new Activation(Function.GELU));
        assertNothing(
                Samples.values(1, 53, 2, 3),
                37,
                layers,
                new Tikhonov(everywhere, everywhere, everywhere).over(Quadrature.of(2, points, weights)),
                new Adam(),
                Loss.MEAN_SQUARED_ERROR,
                2);
        layers = List.of(new Activation(Function.RELU), new Dense(29), new Activation(Function.SILU));
        assertNothing(
                Samples.classes(1, 53, 11, 3),
                37,
                layers,
                new Tikhonov(0.001f, 0.001f, 0),
                new Adam(),
                Loss.SOFTMAX_CROSS_ENTROPY,
                2);
    }

    private static void assertNothing(
            Dataset data, int units, List<Layer<?>> layers, Optimizer optimizer, Loss loss, int threads) {
        assertNothing(data, units, layers, new Tikhonov(0, 0, 0), optimizer, loss, threads);
    }

    /** Gathered patches with short runs and long ones, products without, and pooling, each cut in two. */
    @Test
    void convolutionsAllocateNothing() {
        Dataset images = Samples.classes(1, 60, 14 * 15 * 2, 3);
        assertNothing(
                images,
                Model.inputs(14, 15, 2)
                        .add(new Conv2D(17, 3, 3).padding(Padding.SAME).kernelRegularizer(new L1(0.001f)))
                        .add(new MaxPool2D(2, 2))
                        .add(new Conv2D(33, 3, 3))
                        .add(new Conv2D(16, 1, 1))
                        .add(new AveragePool2D(2, 2).padding(Padding.SAME))
                        .add(new Flatten())
                        .add(new Dense(3))
                        .threads(2));
    }

    private static void assertNothing(
            Dataset data,
            int units,
            List<Layer<?>> layers,
            Tikhonov tikhonov,
            Optimizer optimizer,
            Loss loss,
            int threads) {
        ModelBuilder builder = Model.inputs(data.features()).add(new Dense(units));
        layers.forEach(builder::add);
        builder.add(new Dense(loss == Loss.BINARY_CROSS_ENTROPY ? 1 : 3)).tikhonov(tikhonov);
        assertNothing(data, builder.loss(loss).optimizer(optimizer).threads(threads));
    }

    /** Fails unless caller and workers together allocate less than a byte a step, once the loops are compiled. */
    private static void assertNothing(Dataset data, ModelBuilder builder) {
        List<Thread> others = workers();
        builder.learningRateSchedule(new CosineDecay(1_000_000, 0.5))
                .clipGradientValue(0.1f)
                .clipGradientNorm(0.1f);
        try (Model model = builder.build()) {
            Batch batch = Samples.batch(data, data.rows());
            List<Thread> own = workers();
            own.removeAll(others);
            own.add(Thread.currentThread());
            long deadline = Math.max(END_OF_WARM_UP, System.nanoTime() + WARM_UP_NANOS / 30);
            long bytes;
            do {
                long before = allocated(own);
                for (int step = 0; step < STEPS; step++) {
                    model.step(batch);
                }
                bytes = allocated(own) - before;
            } while (bytes >= STEPS && System.nanoTime() < deadline);
            long perStep = bytes / STEPS;
            assertTrue(perStep < 1, () -> "after the warm-up a step still allocates " + perStep + " bytes\n" + model);
        }
    }

    @Test
    void keepingTheBestWeightsTakesMemoryOnce() {
        try (Model model = Model.inputs(100).add(new Dense(100)).build()) {
            BestWeights best = new BestWeights(model.parameters());
            List<Thread> own = List.of(Thread.currentThread());
            best.save();
            allocated(own);
            long before = allocated(own);
            for (int epoch = 0; epoch < STEPS; epoch++) {
                best.save();
            }
            long bytes = allocated(own) - before;
            assertTrue(bytes < STEPS * 400, () -> STEPS + " saves of 40 kB allocate " + bytes + " bytes");
        }
    }

    private static long allocated(List<Thread> threads) {
        long sum = 0;
        try {
            for (Thread thread : threads) {
                sum += (long) ALLOCATED_BYTES.invokeExact(thread.threadId());
            }
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        return sum;
    }

    /** By name: the module under test, which these classes are compiled into, does not read java.management. */
    private static MethodHandle allocatedBytes() {
        try {
            Object bean = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            return MethodHandles.publicLookup()
                    .unreflect(Class.forName("com.sun.management.ThreadMXBean")
                            .getMethod("getThreadAllocatedBytes", long.class))
                    .bindTo(bean);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Thread> workers() {
        List<Thread> workers = new ArrayList<>(Thread.getAllStackTraces().keySet());
        workers.removeIf(thread -> !thread.getName().startsWith("ridgeline-"));
        return workers;
    }
}
