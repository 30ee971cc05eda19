package dev.ridgeline.layer;

import static dev.ridgeline.DoubleLayers.dot;
import static dev.ridgeline.DoubleLayers.gradient;
import static dev.ridgeline.DoubleLayers.pool;
import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.kernel.Window;
import dev.ridgeline.kernel.Window.Axis;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PoolTest {
    private final Team team = new Team(1);
    private final Pass pass = new Pass(team, true);

    @AfterEach
    void close() {
        team.close();
    }

    /** Each layer with the shape of its rows, and the window that it should slide. */
    static Stream<Arguments> layers() {
        Axis none = Axis.NONE;
        Window sequence = new Window(none, none, Axis.valid(7, 2, 2), 3);
        Window overlapping = new Window(none, none, Axis.same(7, 3, 2), 1);
        Window image = new Window(none, Axis.valid(5, 2, 2), Axis.valid(7, 3, 3), 18);
        Window apart = new Window(none, Axis.same(5, 2, 3), Axis.same(7, 3, 1), 4);
        Window pixel = new Window(none, Axis.same(1, 2, 2), Axis.same(1, 3, 3), 5);
        Window volume = new Window(Axis.valid(4, 2, 2), Axis.valid(5, 2, 2), Axis.valid(3, 3, 3), 2);
        Window steps = new Window(Axis.same(4, 3, 1), Axis.same(2, 3, 2), Axis.same(3, 2, 1), 17);
        return Stream.of(
                Arguments.of(new MaxPool1D(2), sequence),
                Arguments.of(new AveragePool1D(2), sequence),
                Arguments.of(new MaxPool1D(3).strides(2).padding(Padding.SAME), overlapping),
                Arguments.of(new AveragePool1D(3).strides(2).padding(Padding.SAME), overlapping),
                Arguments.of(new MaxPool2D(2, 3), image),
                Arguments.of(new AveragePool2D(2, 3), image),
                Arguments.of(new MaxPool2D(2, 3).strides(3, 1).padding(Padding.SAME), apart),
                Arguments.of(new AveragePool2D(2, 3).strides(3, 1).padding(Padding.SAME), apart),
                Arguments.of(new MaxPool2D(2, 3).padding(Padding.SAME), pixel),
                Arguments.of(new AveragePool2D(2, 3).padding(Padding.SAME), pixel),
                Arguments.of(new MaxPool3D(2, 2, 3), volume),
                Arguments.of(new AveragePool3D(2, 2, 3), volume),
                Arguments.of(new MaxPool3D(3, 3, 2).strides(1, 2, 1).padding(Padding.SAME), steps),
                Arguments.of(new AveragePool3D(3, 3, 2).strides(1, 2, 1).padding(Padding.SAME), steps));
    }

    private static Shape shape(Layer<?> layer, Window window) {
        List<Integer> sizes = List.of(
                window.depth().inputs(),
                window.height().inputs(),
                window.width().inputs(),
                window.channels());
        return new Shape(sizes.subList(3 - (layer.kind().charAt(layer.kind().length() - 2) - '0'), 4));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void backwardIsTheDerivativeOfForward(Pool<?> layer, Window window) {
        layer.build("pool", shape(layer, window), 0);
        assertEquals(window.positions() * window.channels(), layer.outputs());
        boolean max = layer.kind().startsWith("Max");
        for (int rows : new int[] {2, 1, 3}) {
            float[] x = random(3, rows * layer.inputs(), 1);
            float[] dy = random(4, rows * layer.outputs(), 1);
            double[] wideX = doubles(x, x.length);
            double[] wideDy = doubles(dy, dy.length);
            assertClose(pool(rows, window, max, wideX), layer.forward(pass, rows, x), 1e-6, "y");
            double[] expected = gradient(wideX, () -> dot(pool(rows, window, max, wideX), wideDy));
            assertClose(expected, layer.backward(pass, rows, x, dy, true), 1e-5, "dx");
        }
        assertNull(layer.backward(pass, 1, new float[layer.inputs()], new float[layer.outputs()], false));
    }

    @Tag("bits")
    @Test
    void threadsDoNotChangeTheBits() {
        for (String kind : List.of("max", "average")) {
            float[] x = random(3, 7 * 31 * 33 * 18, 1);
            float[] dy = random(4, 7 * 16 * 17 * 18, 1);
            float[][] first = null;
            for (int threads = 1; threads <= 3; threads++) {
                Pool<?> layer = kind.equals("max")
                        ? new MaxPool2D(3, 3).strides(2, 2).padding(Padding.SAME)
                        : new AveragePool2D(3, 3).strides(2, 2).padding(Padding.SAME);
                layer.build("pool", Shape.of(31, 33, 18), 0);
                try (Team members = new Team(threads)) {
                    Pass shared = new Pass(members, true);
                    float[][] now = {layer.forward(shared, 7, x), layer.backward(shared, 7, x, dy, true)};
                    first = first == null ? now : first;
                    assertSameBits(first[0], now[0], kind + " y, threads " + threads);
                    assertSameBits(first[1], now[1], kind + " dx, threads " + threads);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aTwinHasBuffersOfItsOwn(Pool<?> layer, Window window) {
        layer.build("pool", shape(layer, window), 0);
        Layer<?> twin = layer.share();
        float[] x = random(3, layer.inputs(), 1);
        float[] y = layer.forward(pass, 1, x).clone();
        assertSameBits(y, twin.forward(pass, 1, x).clone(), "the twin's y");
        twin.forward(pass, 1, random(5, layer.inputs(), 1));
        assertSameBits(y, layer.activation(), "y after the twin has gone on");
    }

    @Test
    void tiesGoToTheFirst() {
        MaxPool1D layer = new MaxPool1D(3);
        layer.build("pool", Shape.of(3, 1), 0);
        float[] x = {1, 2, 2};
        layer.forward(pass, 1, x);
        assertArrayEquals(new float[] {0, 5, 0}, layer.backward(pass, 1, x, new float[] {5}, true));
    }

    /** Padding is neither a maximum nor part of a mean. */
    @Test
    void paddingTakesNoPart() {
        MaxPool1D max = new MaxPool1D(3).padding(Padding.SAME);
        max.build("max", Shape.of(4, 1), 0);
        float[] x = {-3, -4, -5, -7};
        assertArrayEquals(new float[] {-3, -5}, max.forward(pass, 1, x));
        AveragePool1D average = new AveragePool1D(3).padding(Padding.SAME);
        average.build("average", Shape.of(4, 1), 0);
        assertArrayEquals(new float[] {-3.5f, -6}, average.forward(pass, 1, x));
    }

    @Test
    void aNaNIsTheMaximum() {
        MaxPool1D layer = new MaxPool1D(2);
        layer.build("pool", Shape.of(4, 1), 0);
        float[] y =
                layer.forward(pass, 1, new float[] {1, Float.NaN, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY});
        assertArrayEquals(new float[] {Float.NaN, Float.NEGATIVE_INFINITY}, Arrays.copyOf(y, 2));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Exception rank = assertThrows(
                IllegalArgumentException.class,
                () -> new MaxPool2D(2, 2).name("p").build("x", Shape.of(28, 28), 0));
        assertEquals(
                "MaxPool2D \"p\": takes height x width x channels, the layer before it gives 28 x 28; start the model with"
                        + " Model.inputs(height, width, channels), for example Model.inputs(28, 28, 1)",
                rank.getMessage());
        Exception size = assertThrows(
                IllegalArgumentException.class,
                () -> new AveragePool1D(3).name("p").build("x", Shape.of(2, 1), 0));
        assertEquals(
                "AveragePool1D \"p\": its window is 3, the layer before it gives 2 x 1; make the window smaller, or let it"
                        + " reach over the ends with padding(Padding.SAME)",
                size.getMessage());
        Exception zero = assertThrows(IllegalArgumentException.class, () -> new MaxPool3D(2, 2, 0));
        assertEquals("MaxPool3D: size is 2 x 2 x 0; each number must be at least 1", zero.getMessage());
        Exception strides = assertThrows(IllegalArgumentException.class, () -> new AveragePool2D(2, 2).strides(0, 1));
        assertEquals("AveragePool2D: strides is 0 x 1; each number must be at least 1", strides.getMessage());
    }
}
