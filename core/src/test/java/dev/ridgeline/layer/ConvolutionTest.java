package dev.ridgeline.layer;

import static dev.ridgeline.DoubleLayers.convolution;
import static dev.ridgeline.DoubleLayers.dot;
import static dev.ridgeline.DoubleLayers.gradient;
import static dev.ridgeline.DoubleLayers.patchElement;
import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.kernel.Window;
import dev.ridgeline.kernel.Window.Axis;
import dev.ridgeline.kernel.reference.Fma;
import dev.ridgeline.regularizer.L2;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionTest {
    private final Team team = new Team(1);
    private final Pass pass = new Pass(team, true);

    @AfterEach
    void close() {
        team.close();
    }

    /** Each layer with the shape of its rows, and the window that it should slide. */
    static Stream<Arguments> layers() {
        Axis none = Axis.NONE;
        return Stream.of(
                Arguments.of(new Conv1D(2, 3), Shape.of(7, 4), new Window(none, none, Axis.valid(7, 3, 1), 4)),
                Arguments.of(
                        new Conv1D(5, 2).padding(Padding.SAME),
                        Shape.of(5, 1),
                        new Window(none, none, Axis.same(5, 2, 1), 1)),
                Arguments.of(
                        new Conv1D(3, 2).strides(5), Shape.of(13, 3), new Window(none, none, Axis.valid(13, 2, 5), 3)),
                Arguments.of(
                        new Conv1D(1, 9).padding(Padding.SAME),
                        Shape.of(3, 2),
                        new Window(none, none, Axis.same(3, 9, 1), 2)),
                Arguments.of(
                        new Conv2D(9, 3, 2),
                        Shape.of(6, 5, 1),
                        new Window(none, Axis.valid(6, 3, 1), Axis.valid(5, 2, 1), 1)),
                Arguments.of(
                        new Conv2D(17, 3, 3).padding(Padding.SAME),
                        Shape.of(2, 3, 6),
                        new Window(none, Axis.same(2, 3, 1), Axis.same(3, 3, 1), 6)),
                Arguments.of(
                        new Conv2D(4, 4, 2).strides(2, 3).padding(Padding.SAME),
                        Shape.of(5, 7, 9),
                        new Window(none, Axis.same(5, 4, 2), Axis.same(7, 2, 3), 9)),
                Arguments.of(
                        new Conv2D(3, 1, 1),
                        Shape.of(3, 4, 5),
                        new Window(none, Axis.valid(3, 1, 1), Axis.valid(4, 1, 1), 5)),
                Arguments.of(
                        new Conv2D(3, 1, 1).strides(2, 1),
                        Shape.of(3, 4, 5),
                        new Window(none, Axis.valid(3, 1, 2), Axis.valid(4, 1, 1), 5)),
                Arguments.of(
                        new Conv2D(2, 3, 3).padding(Padding.SAME),
                        Shape.of(1, 1, 3),
                        new Window(none, Axis.same(1, 3, 1), Axis.same(1, 3, 1), 3)),
                Arguments.of(
                        new Conv3D(4, 2, 3, 2),
                        Shape.of(3, 4, 5, 2),
                        new Window(Axis.valid(3, 2, 1), Axis.valid(4, 3, 1), Axis.valid(5, 2, 1), 2)),
                Arguments.of(
                        new Conv3D(2, 3, 2, 3).strides(2, 1, 2).padding(Padding.SAME),
                        Shape.of(3, 3, 4, 7),
                        new Window(Axis.same(3, 3, 2), Axis.same(3, 2, 1), Axis.same(4, 3, 2), 7)));
    }

    private static void start(Convolution<?> layer, Shape shape) {
        layer.build("conv", shape, 7);
        layer.kernel.set(random(1, layer.kernel.value().length, 1));
        layer.bias.set(random(2, layer.bias.value().length, 1));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void backwardIsTheDerivativeOfForward(Convolution<?> layer, Shape shape, Window window) {
        start(layer, shape);
        int rows = 2;
        int filters = layer.outputShape().channels();
        float[] x = random(3, rows * layer.inputs(), 1);
        float[] dy = random(4, rows * layer.outputs(), 1);
        double[] wideX = doubles(x, x.length);
        double[] wideDy = doubles(dy, dy.length);
        double[] w = doubles(layer.kernel.value(), layer.kernel.value().length);
        double[] b = doubles(layer.bias.value(), filters);
        assertClose(convolution(rows, window, filters, wideX, w, b), layer.forward(pass, rows, x), 1e-5, "y");
        DoubleSupplier loss = () -> dot(convolution(rows, window, filters, wideX, w, b), wideDy);
        float[] dx = layer.backward(pass, rows, x, dy, true);
        assertClose(gradient(wideX, loss), dx, 1e-5, "dx");
        assertClose(gradient(w, loss), layer.kernel.gradient(), 1e-5, "kernel");
        assertClose(gradient(b, loss), layer.bias.gradient(), 1e-5, "bias");
    }

    /** The chains that the class documents, written out, for a batch that grows and shrinks. */
    @Tag("bits")
    @ParameterizedTest
    @MethodSource("layers")
    void everyElementIsOneChain(Convolution<?> layer, Shape shape, Window window) {
        start(layer, shape);
        for (int rows : new int[] {2, 1, 4, 1}) {
            checkChains(layer, window, rows, 1);
        }
    }

    /** Many blocks of positions, shared by threads; short and long runs, few filters and many. */
    @Tag("bits")
    @Tag("jit")
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void blocksAndThreadsKeepTheChains(int threads) {
        Window first = new Window(Axis.NONE, Axis.same(30, 3, 1), Axis.same(29, 3, 1), 1);
        Window second = new Window(Axis.NONE, Axis.valid(12, 3, 1), Axis.valid(13, 3, 1), 20);
        Window third = new Window(Axis.NONE, Axis.same(9, 5, 2), Axis.same(11, 4, 1), 70);
        Conv2D one = new Conv2D(18, 3, 3).padding(Padding.SAME);
        start(one, Shape.of(30, 29, 1));
        checkChains(one, first, 9, threads);
        Conv2D two = new Conv2D(33, 3, 3);
        start(two, Shape.of(12, 13, 20));
        checkChains(two, second, 5, threads);
        Conv2D three = new Conv2D(5, 5, 4).strides(2, 1).padding(Padding.SAME);
        start(three, Shape.of(9, 11, 70));
        checkChains(three, third, 3, threads);
    }

    private static void checkChains(Convolution<?> layer, Window window, int rows, int threads) {
        int filters = layer.outputShape().channels();
        int positions = rows * window.positions();
        int patch = window.patch();
        float[] x = random(3, rows * layer.inputs(), 1);
        float[] dy = random(4, rows * layer.outputs(), 1);
        float[] w = layer.kernel.value();
        float[] y = new float[dy.length];
        float[] dw = new float[w.length];
        float[] db = new float[filters];
        float[] dx = new float[x.length];
        for (int q = 0; q < positions; q++) {
            for (int e = 0; e < patch; e++) {
                int at = patchElement(window, q, e);
                float value = at < 0 ? 0 : x[at];
                float sum = 0;
                for (int f = 0; f < filters; f++) {
                    y[q * filters + f] = Fma.fma(value, w[e * filters + f], y[q * filters + f]);
                    dw[e * filters + f] = Fma.fma(value, dy[q * filters + f], dw[e * filters + f]);
                    sum = Fma.fma(dy[q * filters + f], w[e * filters + f], sum);
                }
                if (at >= 0) {
                    dx[at] += sum;
                }
            }
            for (int f = 0; f < filters; f++) {
                y[q * filters + f] += layer.bias.value()[f];
                db[f] += dy[q * filters + f];
            }
        }
        try (Team team = new Team(threads)) {
            Pass pass = new Pass(team, true);
            assertSameBits(y, Arrays.copyOf(layer.forward(pass, rows, x), y.length), "y");
            assertSameBits(dx, Arrays.copyOf(layer.backward(pass, rows, x, dy, true), dx.length), "dx");
        }
        assertSameBits(dw, layer.kernel.gradient(), "kernel");
        assertSameBits(db, layer.bias.gradient(), "bias");
    }

    @Test
    void noInputGradientUnlessWanted() {
        for (int size : new int[] {1, 2}) {
            Conv2D layer = new Conv2D(2, size, size);
            start(layer, Shape.of(3, 3, 2));
            float[] x = random(3, 18, 1);
            layer.forward(pass, 1, x);
            assertNull(layer.backward(pass, 1, x, random(4, layer.outputs(), 1), false));
            assertNotEquals(0f, layer.kernel.gradient()[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aTwinSharesTheWeightsAndNothingElse(Convolution<?> layer, Shape shape, Window window) {
        start(layer, shape);
        Convolution<?> twin = (Convolution<?>) layer.share();
        float[] x = random(3, layer.inputs(), 1);
        float[] y = layer.forward(pass, 1, x).clone();
        assertSameBits(y, twin.forward(pass, 1, x).clone(), "the twin's y");
        twin.forward(pass, 1, random(5, layer.inputs(), 1));
        assertSameBits(y, layer.activation(), "y after the twin has gone on");
        float[] hundred = new float[layer.bias.value().length];
        Arrays.fill(hundred, 100);
        layer.bias.set(hundred);
        assertTrue(twin.forward(pass, 1, new float[layer.inputs()])[0] == 100);
        assertEquals(layer.outputShape(), twin.outputShape());
    }

    /** Glorot's fans count the cells that a weight serves: inputs = cells x channels, outputs = cells x filters. */
    @Test
    void startsByTheReceptiveField() {
        Conv2D layer = new Conv2D(40, 3, 5);
        layer.build("conv", Shape.of(8, 8, 20), 3);
        float largest = 0;
        for (float w : layer.kernel.value()) {
            largest = Math.max(largest, Math.abs(w));
        }
        double limit = Math.sqrt(6.0 / (15 * 20 + 15 * 40));
        assertTrue(largest <= limit * (1 + 1e-6) && largest > 0.99 * limit, limit + " " + largest);
        assertEquals(Shape.of(3, 5, 20, 40), layer.kernel.shape());
        assertEquals("Conv2D \"conv\" kernel 3 x 5 x 20 x 40", layer.kernel.toString());
    }

    /** What is not finite stays where the window sees it; padding counts as 0. */
    @Test
    void anInfinityStaysInItsWindows() {
        Conv1D layer = new Conv1D(1, 3).padding(Padding.SAME);
        start(layer, Shape.of(6, 1));
        float[] y = layer.forward(pass, 1, new float[] {Float.POSITIVE_INFINITY, 1, 1, 1, 1, 1});
        assertTrue(!Float.isFinite(y[0]) && !Float.isFinite(y[1]));
        for (int i = 2; i < 6; i++) {
            assertTrue(Float.isFinite(y[i]), "y " + i);
        }
    }

    @Test
    void aShapeOfAnotherRankIsRefused() {
        Layer<?>[] layers = {new Conv1D(2, 3), new Conv2D(2, 3, 3), new Conv3D(2, 3, 3, 3)};
        String[] texts = {
            "Conv1D \"c\": takes length x channels, the layer before it gives 784; start the model with"
                    + " Model.inputs(length, channels), for example Model.inputs(28, 1)",
            "Conv2D \"c\": takes height x width x channels, the layer before it gives 784; start the model with"
                    + " Model.inputs(height, width, channels), for example Model.inputs(28, 28, 1)",
            "Conv3D \"c\": takes depth x height x width x channels, the layer before it gives 784; start the model"
                    + " with Model.inputs(depth, height, width, channels), for example Model.inputs(16, 28, 28, 1)"
        };
        for (int i = 0; i < 3; i++) {
            Layer<?> layer = layers[i];
            Exception e = assertThrows(
                    IllegalArgumentException.class, () -> layer.name("c").build("x", Shape.of(784), 0));
            assertEquals(texts[i], e.getMessage());
        }
    }

    @Test
    void aKernelThatDoesNotFitIsRefused() {
        Conv2D layer = new Conv2D(2, 3, 5).name("c");
        Exception e = assertThrows(IllegalArgumentException.class, () -> layer.build("x", Shape.of(9, 4, 2), 0));
        assertEquals(
                "Conv2D \"c\": its window is 3 x 5, the layer before it gives 9 x 4 x 2; make the window smaller, or let"
                        + " it reach over the ends with padding(Padding.SAME)",
                e.getMessage());
    }

    @Test
    void impossibleNumbersAreRefused() {
        Exception filters = assertThrows(IllegalArgumentException.class, () -> new Conv2D(0, 3, 3));
        assertEquals("Conv2D: filters is 0; it must be at least 1", filters.getMessage());
        Exception size = assertThrows(IllegalArgumentException.class, () -> new Conv3D(2, 3, 0, 3));
        assertEquals("Conv3D: size is 3 x 0 x 3; each number must be at least 1", size.getMessage());
        Exception strides = assertThrows(
                IllegalArgumentException.class, () -> new Conv1D(2, 3).name("c").strides(-1));
        assertEquals("Conv1D \"c\": strides is -1; each number must be at least 1", strides.getMessage());
        Exception padding = assertThrows(
                NullPointerException.class, () -> new Conv1D(2, 3).name("c").padding(null));
        assertEquals("Conv1D \"c\": the padding is null", padding.getMessage());
    }

    @Test
    void aBuiltLayerIsNotConfigured() {
        Conv1D layer = new Conv1D(2, 1);
        start(layer, Shape.of(2, 2));
        assertThrows(IllegalStateException.class, () -> layer.strides(2));
        assertThrows(IllegalStateException.class, () -> layer.padding(Padding.SAME));
        assertThrows(IllegalStateException.class, () -> layer.kernelRegularizer(new L2(1)));
    }
}
