package dev.ridgeline.layer;

import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Activation.Function;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputDerivativesTest {
    /** Builds a chain on so many inputs, with weights that matter. */
    private static List<Layer<?>> built(int inputs, Layer<?>... layers) {
        Shape shape = Shape.of(inputs);
        long seed = 1;
        for (Layer<?> layer : layers) {
            layer.build("layer" + seed, shape, seed);
            shape = layer.outputShape();
            for (Parameter p : layer.parameters()) {
                p.set(random(seed++, p.value().length, p.role() == Parameter.Role.BIAS ? 0.5f : 0.8f));
            }
        }
        return List.of(layers);
    }

    private static List<Layer<?>> network(Function function, int... sizes) {
        List<Layer<?>> layers = new ArrayList<>();
        for (int i = 1; i < sizes.length; i++) {
            layers.add(new Dense(sizes[i]));
            if (i < sizes.length - 1) {
                layers.add(new Activation(function));
            }
        }
        return built(sizes[0], layers.toArray(new Layer<?>[0]));
    }

    /** What a pass finds: the sum, and the gradient of each tensor. */
    private record Result(double sum, List<float[]> gradients) {
        static Result of(List<Layer<?>> layers, InputDerivatives derivatives, int threads, int rows, float[]... c) {
            List<Parameter> parameters =
                    layers.stream().flatMap(l -> l.parameters().stream()).toList();
            parameters.forEach(p -> Arrays.fill(p.gradient(), 0));
            float[] x = random(77, rows * layers.getFirst().inputs(), 1.5f);
            try (Team team = new Team(threads)) {
                derivatives.forward(team, rows, x);
                derivatives.addGradient(team, c);
            }
            return new Result(
                    derivatives.sum(c),
                    parameters.stream().map(p -> p.gradient().clone()).toList());
        }
    }

    private static float[] positive(long seed, int n) {
        float[] c = random(seed, n, 0.4f);
        for (int i = 0; i < n; i++) {
            c[i] += 0.5f;
        }
        return c;
    }

    @ParameterizedTest
    @EnumSource(value = Function.class, names = "SOFTMAX", mode = EnumSource.Mode.EXCLUDE)
    void bothWaysAgree(Function function) {
        for (int[] sizes : new int[][] {{1, 5, 1}, {7, 9, 6, 2}, {3, 17, 5}, {4, 2}, {6, 1, 3, 1}}) {
            for (int rows : new int[] {1, 2, 13}) {
                List<Layer<?>> layers = network(function, sizes);
                float[][] c = {positive(8, rows), positive(9, rows), null};
                Result forward = Result.of(layers, new ForwardDerivatives(layers, 1), 1, rows, c);
                Result backward = Result.of(layers, new ReverseDerivatives(layers), 1, rows, c);
                assertSame(forward, backward, function + " " + Arrays.toString(sizes) + " rows " + rows);
            }
        }
    }

    private static void assertSame(Result expected, Result actual, String what) {
        assertEquals(expected.sum, actual.sum, 1e-5 * expected.sum, what);
        for (int i = 0; i < expected.gradients.size(); i++) {
            float[] gradient = expected.gradients.get(i);
            assertClose(doubles(gradient, gradient.length), actual.gradients.get(i), 1e-5, what + ", tensor " + i);
        }
    }

    /** Activations in a row, and one at the end. */
    @Test
    void bothWaysAgreeOnAnyChain() {
        List<Layer<?>> layers = built(
                5,
                new Dense(7),
                new Activation(Function.SILU),
                new Activation(Function.TANH),
                new Dense(6),
                new Dense(3),
                new Activation(Function.SIGMOID));
        float[][] c = {null, positive(9, 11), null};
        Result forward = Result.of(layers, new ForwardDerivatives(layers, 1), 1, 11, c);
        assertSame(forward, Result.of(layers, new ReverseDerivatives(layers), 1, 11, c), "chain");
        assertTrue(forward.sum > 0);
    }

    /** The workspaces of a large batch hold nothing that a small one sees. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aBatchLeavesNothingBehind(int order) {
        List<Layer<?>> layers = network(Function.GELU, 4, 9, 3, 2);
        float[][] small = weights(order, 3);
        float[][] large = weights(order, 20);
        for (boolean forward : order == 1 ? new boolean[] {true, false} : new boolean[] {true}) {
            InputDerivatives fresh = make(forward, layers, order);
            InputDerivatives used = make(forward, layers, order);
            Result expected = Result.of(layers, fresh, 1, 3, small);
            Result.of(layers, used, 1, 20, large);
            Result actual = Result.of(layers, used, 1, 3, small);
            assertEquals(expected.sum, actual.sum);
            for (int i = 0; i < expected.gradients.size(); i++) {
                assertSameBits(expected.gradients.get(i), actual.gradients.get(i), "tensor " + i);
            }
        }
    }

    private static InputDerivatives make(boolean forward, List<Layer<?>> layers, int order) {
        return forward ? new ForwardDerivatives(layers, order) : new ReverseDerivatives(layers);
    }

    private static float[][] weights(int order, int rows) {
        float[][] c = new float[3][];
        for (int r = 0; r <= order; r++) {
            c[r] = positive(r, rows);
        }
        return c;
    }

    /** Large enough that every loop is cut. */
    @Tag("jit")
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void threadsDoNotChangeTheBits(int threads) {
        List<Layer<?>> layers = network(Function.TANH, 5, 133, 67, 3);
        for (boolean forward : new boolean[] {true, false}) {
            int order = forward ? 2 : 1;
            float[][] c = weights(order, 150);
            Result one = Result.of(layers, make(forward, layers, order), 1, 150, c);
            Result more = Result.of(layers, make(forward, layers, order), threads, 150, c);
            assertEquals(one.sum, more.sum);
            for (int i = 0; i < one.gradients.size(); i++) {
                assertSameBits(one.gradients.get(i), more.gradients.get(i), "tensor " + i);
            }
        }
    }

    @Test
    void addsToTheGradientThatIsThere() {
        List<Layer<?>> layers = network(Function.TANH, 2, 3, 1);
        InputDerivatives derivatives = InputDerivatives.of(layers, 2);
        float[][] c = weights(2, 4);
        Result alone = Result.of(layers, derivatives, 1, 4, c);
        try (Team team = new Team(1)) {
            derivatives.addGradient(team, c);
        }
        for (int i = 0, tensor = 0; i < layers.size(); i++) {
            for (Parameter p : layers.get(i).parameters()) {
                float[] twice = alone.gradients.get(tensor++).clone();
                for (int j = 0; j < twice.length; j++) {
                    twice[j] += twice[j];
                }
                assertSameBits(twice, p.gradient(), p.name());
            }
        }
    }

    @Test
    void takesTheCheaperWay() {
        assertInstanceOf(ReverseDerivatives.class, InputDerivatives.of(network(Function.TANH, 20, 30, 2), 1));
        assertInstanceOf(ForwardDerivatives.class, InputDerivatives.of(network(Function.TANH, 2, 30, 20), 1));
        assertInstanceOf(ForwardDerivatives.class, InputDerivatives.of(network(Function.TANH, 20, 30, 2), 2));
        assertInstanceOf(ForwardDerivatives.class, InputDerivatives.of(network(Function.TANH, 20, 30, 2), 0));
    }

    /**
     * 784-128-64-10 by hand. A step: 2·(2·100,352 + 3·8,832) = 454,400 flops a row. Second order: 2·2·100,352 + 1,569 · 3 ·
     * 2·8,832 + 784·19·192 = 86,405,888. First order, backward: 454,400 + 10·(6·109,184 + 5·192) = 7,015,040.
     */
    @Test
    void refusesWhatCostsTooMuchWithItsFigures() {
        List<Layer<?>> layers = network(Function.TANH, 784, 128, 64, 10);
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> InputDerivatives.of(layers, 2));
        assertEquals(
                "Tikhonov: 2 derivatives for each of 784 inputs make a step take 8.686e+07 flops a row instead of"
                        + " 4.544e+05, 191 times as much (the limit is 100); use fewer inputs, or h1 alone (16.4 times)",
                refusal.getMessage());
        assertEquals(7_015_040, InputDerivatives.flops(layers, 1));
        assertInstanceOf(ReverseDerivatives.class, InputDerivatives.of(layers, 1));
    }

    @Test
    void refusesTheFirstOrderToo() {
        List<Layer<?>> layers = network(Function.TANH, 300, 40, 40, 300);
        String message = assertThrows(IllegalArgumentException.class, () -> InputDerivatives.of(layers, 1))
                .getMessage();
        assertTrue(message.startsWith("Tikhonov: 300 directions (the fewer of inputs and outputs) make"), message);
        assertTrue(message.endsWith("; use fewer inputs or outputs"), message);
    }

    @Test
    void refusesLayersByName() {
        refuses(1, "BatchNorm \"layer3\"", "not of BatchNorm; leave the layer out", new Dense(3), new BatchNorm());
        refuses(0, "Dropout \"layer3\"", "not of Dropout; leave the layer out", new Dense(3), new Dropout(0.5f));
        refuses(1, "Activation \"layer3\"", "SOFTMAX", new Dense(3), new Activation(Function.SOFTMAX));
        refuses(1, "Activation \"layer1\"", "add one before it", new Activation(Function.TANH), new Dense(3));
    }

    @ParameterizedTest
    @EnumSource(
            value = Function.class,
            names = {"RELU", "LEAKY_RELU"})
    void refusesASecondDerivativeThatIsNone(Function function) {
        refuses(
                2,
                "Activation \"layer3\"",
                function + " is 0 almost everywhere, a penalty on it would say nothing; use SOFTPLUS",
                new Dense(3),
                new Activation(function),
                new Dense(1));
        InputDerivatives.of(network(function, 2, 3, 1), 1);
    }

    private static void refuses(int order, String thing, String remedy, Layer<?>... layers) {
        List<Layer<?>> chain = built(2, layers);
        String message = assertThrows(IllegalArgumentException.class, () -> InputDerivatives.of(chain, order))
                .getMessage();
        assertTrue(message.startsWith(thing) && message.contains(remedy), message);
    }
}
