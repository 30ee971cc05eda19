package dev.ridgeline.bench.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.bench.Models;
import dev.ridgeline.bench.StepModel;
import dev.ridgeline.layer.AveragePool1D;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Flatten;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.optimizer.RmsProp;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.optimizer.Updater;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.train.Model;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StepKernelsTest {
    static Stream<String> models() {
        return Models.names().stream();
    }

    private static StepKernels of(String model, String regularizer) {
        StepModel shape = Models.named(model);
        try (Model built = shape.build(Catalogue.named(regularizer), 42, 1)) {
            return StepKernels.of(built, shape.batch());
        }
    }

    private static Demand demand(StepKernels step, String kernel) {
        return step.kernels().stream()
                .filter(one -> one.toString().equals(kernel))
                .findFirst()
                .orElseThrow(() -> new AssertionError(kernel + " is not among " + step.kernels()))
                .demand();
    }

    /** 4-64-32-3, 120 rows, ReLU, Adam: 2,499 parameters. */
    @Test
    void irisByHand() {
        StepKernels iris = of("iris", "none");
        assertEquals(new Demand(61_440 + 7_680, 33_920, 0), demand(iris, "forward dense1 Y = XW + b"));
        assertEquals(new Demand(7_680, 61_440, 0), demand(iris, "forward relu1 relu"));
        assertEquals(new Demand(15_480, 4_320, 0), demand(iris, "loss loss"));
        assertEquals(new Demand(491_520, 54_272, 0), demand(iris, "backward dense2 dX = dYW\u1d40"));
        assertEquals(new Demand(491_520, 54_272, 0), demand(iris, "backward dense2 dW = X\u1d40dY"));
        assertEquals(new Demand(3_840, 15_488, 0), demand(iris, "backward dense2 db = \u03a3dY"));
        assertEquals(new Demand(7_680, 92_160, 0), demand(iris, "backward relu1 relu'"));
        assertEquals(new Demand(13 * 2_048, 28 * 2_048, 0), demand(iris, "update dense2 kernel: Adam"));
        assertEquals(new Demand(1_761_327, 634_700, 0), iris.demand());
        // batch 480, outputs and their gradients 39,840 with dX of the upper two layers, four arrays a parameter
        assertEquals(4 * (480 + 7_680 * 2 + 3_840 * 2 + 360 * 2 + 7_680 + 3_840 + 4 * 2_499), iris.workingSet());
    }

    /** 784-128-64-10, 128 rows, ReLU, SGD: 109,386 parameters. */
    @Test
    void mnistByHand() {
        StepKernels mnist = of("mnist128", "none");
        assertEquals(new Demand(25_690_112, 868_352, 0), demand(mnist, "backward dense1 dW = X\u1d40dY"));
        assertEquals(new Demand(2 * 100_352, 12 * 100_352, 0), demand(mnist, "update dense1 kernel: Sgd"));
        assertEquals(new Demand(58_526_228, 4_172_232, 0), mnist.demand());
        assertEquals(
                List.of("forward dense1 Y = XW + b", "forward relu1 relu", "forward dense2 Y = XW + b"),
                mnist.kernels().subList(0, 3).stream().map(Kernel::toString).toList());
        assertTrue(mnist.kernels().stream().noneMatch(k -> k.toString().equals("backward dense1 dX = dYW\u1d40")));
        assertEquals(5, mnist.indexOfLoss());
        assertEquals(21, mnist.tasks());
        assertEquals(22, mnist.kernels().size());
    }

    /** 6·rows·Σ inputs·units less the first layer's dX: the model's own count, which convolutions have too. */
    @ParameterizedTest
    @MethodSource("models")
    void theProductsAreTheFlopsThatTheModelStates(String name) {
        StepModel shape = Models.named(name);
        StepKernels step = of(name, "none");
        long products = 0;
        for (Kernel kernel : step.kernels()) {
            products +=
                    kernel.name().matches("(Y|dW|dX) = .*") ? kernel.demand().flops() : 0;
        }
        long biases = StepKernels.sum(step.kernels().stream()
                        .filter(kernel -> kernel.name().startsWith("db"))
                        .toList())
                .flops();
        assertEquals(shape.flops(), products - biases, "a bias is added to each output that a gradient is summed over");
    }

    /** 192 hidden units and 128 rows make 24,576 activations, the hidden layers 108,544 weights. */
    @ParameterizedTest
    @CsvSource({
        "l1, 325632, 0, 0",
        "l2, 217088, 0, 0",
        "elasticnet, 542720, 0, 0",
        "weight-elimination, 868352, 0, 0",
        "l1-proximal, 434176, 0, 0",
        "group-lasso, 542720, 1736704, 0",
        "maxnorm, 325632, 1302528, 0",
        "unitnorm, 325632, 1302528, 0",
        "maxweight, 217088, 0, 0",
        "nonnegative, 108544, 0, 0",
        "dropout, 49152, 0, 393216", // a product each way; the rectifier in it moves what it moved alone
        "alpha-dropout, 98304, 393216, 786432",
        "gaussian-dropout, 3145728, 393216, 1572864",
        "noise, 1548288, 196608, 786432",
        "dropconnect, 217088, 1736704, 3473408",
        "batchnorm, 443136, 496128, 0", // 18 flops and 20 bytes an activation, SGD on 384 values
        "layernorm, 492288, 889344, 0",
        "activity-l1, 49152, 196608, 0", // 128 units
        "label-smoothing, 3840, 15360, 0"
    })
    void aRegularizerAddsWhatItsClassStates(String regularizer, long flops, long bytes, long bits) {
        Demand none = of("mnist128", "none").demand();
        Demand with = of("mnist128", regularizer).demand();
        assertEquals(flops, with.flops() - none.flops(), "flops");
        assertEquals(bytes, with.bytes() - none.bytes(), "bytes");
        assertEquals(bits, with.randomBits(), "bits");
    }

    @Test
    void tikhonovIsOneKernelOfCoresOwnEstimate() {
        StepKernels step = of("iris", "tikhonov");
        Kernel kernel = step.kernels().stream()
                .filter(one -> one.phase() == Phase.FUNCTION)
                .findFirst()
                .orElseThrow();
        // backward: a step's 13,888 flops a row again, and for each of 3 outputs 3 products and 5 flops for 96
        // activations
        assertEquals(120 * (13_888 + 3 * (3 * 4_800 + 5 * 96)), kernel.demand().flops());
        assertEquals(21, step.tasks());
        assertTrue(step.has(Phase.FUNCTION) && !of("iris", "none").has(Phase.FUNCTION));
    }

    @Test
    void aCopyWithoutATaskIsPartOfTheNextKernel() {
        try (Model model =
                Model.inputs(2, 3).add(new Flatten()).add(new Dense(2)).build()) {
            Kernel product = StepKernels.of(model, 5).kernels().getFirst();
            assertEquals("forward dense1 Y = XW + b", product.toString());
            assertEquals(4 * (30 + 12 + 10 + 2) + 8 * 30, product.demand().bytes());
        }
    }

    @Test
    void otherRulesHaveTheirOwnDemands() {
        for (Optimizer rule : List.of(new RmsProp(), new Sgd(0.1f, 0.9f))) {
            try (Model model = Model.inputs(3).add(new Dense(2)).optimizer(rule).build()) {
                Kernel update = StepKernels.of(model, 5).kernels().get(4);
                int flops = rule instanceof Sgd ? 4 : 7;
                assertEquals(new Demand(flops * 6, 20 * 6, 0), update.demand());
            }
        }
    }

    @Test
    void aPenaltyOfTheUsersOwnCountsNothing() {
        record Own() implements Regularizer {
            @Override
            public double value(float w) {
                return w * w;
            }

            @Override
            public float gradient(float w) {
                return 2 * w;
            }
        }
        try (Model model = Model.inputs(3)
                .add(new Dense(2).kernelRegularizer(new Own()))
                .optimizer(new Sgd(0.1f))
                .build()) {
            assertEquals(
                    new Kernel(Phase.UPDATE, "dense1", "kernel: Sgd + Own", new Demand(12, 72, 0)),
                    StepKernels.of(model, 5).kernels().get(4));
        }
    }

    @Test
    void whatIsUnknownIsRefused() {
        Optimizer own = new Optimizer() {
            @Override
            public Updater bind(List<Parameter> parameters) {
                return new Sgd(0.1f).bind(parameters);
            }

            @Override
            public String toString() {
                return "my rule";
            }
        };
        try (Model model = Model.inputs(3).add(new Dense(2)).optimizer(own).build()) {
            assertRefused(model, "the demand of my rule is unknown", "add it to UpdateKernels");
        }
        try (Model model = Model.inputs(4, 2)
                .add(new AveragePool1D(2))
                .add(new Flatten())
                .add(new Dense(2))
                .build()) {
            assertRefused(model, "the demand of AveragePool1D \"averagepool1d1\" is unknown", "add it to LayerKernels");
        }
    }

    private static void assertRefused(Model model, String problem, String remedy) {
        String message = assertThrows(IllegalArgumentException.class, () -> StepKernels.of(model, 5))
                .getMessage();
        assertTrue(message.contains(problem) && message.contains(remedy), message);
    }
}
