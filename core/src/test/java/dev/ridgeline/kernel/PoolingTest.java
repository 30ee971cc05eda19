package dev.ridgeline.kernel;

import static dev.ridgeline.DoubleLayers.patchElement;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.canaries;
import static dev.ridgeline.Floats.special;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ridgeline.kernel.Window.Axis;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("bits")
class PoolingTest {
    private static final int ROWS = 3;

    static List<Window> windows() {
        return Windows.all();
    }

    /** Returns the values of a window and channel that lie inside the row: where they are in x. */
    private static int[] inside(Window window, int output) {
        int channels = window.channels();
        int[] found = new int[window.patch()];
        int n = 0;
        for (int e = output % channels; e < window.patch(); e += channels) {
            int at = patchElement(window, output / channels, e);
            if (at >= 0) {
                found[n++] = at;
            }
        }
        return Arrays.copyOf(found, n);
    }

    private static int outputs(Window window) {
        return ROWS * window.positions() * window.channels();
    }

    @ParameterizedTest
    @MethodSource("windows")
    void maximumByDefinition(Window window) {
        float[] x = special(1, ROWS * window.inputs());
        float[] dy = special(2, outputs(window));
        float[] expected = canaries(outputs(window));
        float[] expectedGradient = new float[x.length];
        for (int o = window.positions() * window.channels(); o < expected.length; o++) {
            int[] cells = inside(window, o);
            expected[o] = x[cells[0]];
            for (int at : cells) {
                expected[o] = Math.max(expected[o], x[at]);
            }
            float largest = expected[o];
            int first = Arrays.stream(cells)
                    .filter(at -> x[at] == largest || Float.isNaN(x[at]))
                    .findFirst()
                    .orElseThrow();
            expectedGradient[first] += dy[o];
        }
        Pooling pooling = new Pooling(window);
        float[] y = canaries(expected.length);
        pooling.max(1, ROWS, x, y);
        assertSameBits(expected, y, window + " y");
        float[] dx = canaries(x.length);
        Arrays.fill(dx, 0, window.inputs(), 0);
        pooling.maxGradient(1, ROWS, x, y, dy, dx);
        assertSameBits(expectedGradient, dx, window + " dx");
    }

    @ParameterizedTest
    @MethodSource("windows")
    void meanByDefinition(Window window) {
        float[] x = special(1, ROWS * window.inputs());
        float[] dy = special(2, outputs(window));
        float[] expected = canaries(outputs(window));
        float[] expectedGradient = new float[x.length];
        for (int o = window.positions() * window.channels(); o < expected.length; o++) {
            int[] cells = inside(window, o);
            float sum = x[cells[0]];
            for (int i = 1; i < cells.length; i++) {
                sum += x[cells[i]];
            }
            expected[o] = sum / cells.length;
            for (int at : cells) {
                expectedGradient[at] += dy[o] / cells.length;
            }
        }
        Pooling pooling = new Pooling(window);
        float[] y = canaries(expected.length);
        pooling.average(1, ROWS, x, y);
        assertSameBits(expected, y, window + " y");
        float[] dx = canaries(x.length);
        Arrays.fill(dx, 0, window.inputs(), 0);
        pooling.averageGradient(1, ROWS, dy, dx);
        assertSameBits(expectedGradient, dx, window + " dx");
    }

    /** One window of four cells over 20 channels, so that both the vector and the scalar loop see each case. */
    @Test
    void theFirstOfEqualCellsHasTheGradient() {
        float nan = Float.NaN;
        float[][] cases = {
            {2, 5, 5, 5},
            {1, 1, 1, 1},
            {-0f, 0, -0f, 0},
            {nan, 9, nan, 1},
            {3, nan, 7, nan},
            {Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY}
        };
        int[] winner = {1, 0, 0, 0, 1, 0};
        Pooling pooling = new Pooling(new Window(Axis.NONE, Axis.valid(2, 2, 2), Axis.valid(2, 2, 2), 20));
        for (int i = 0; i < cases.length; i++) {
            float[] x = new float[80];
            float[] dy = new float[20];
            float[] expected = new float[80];
            for (int c = 0; c < 20; c++) {
                for (int cell = 0; cell < 4; cell++) {
                    x[cell * 20 + c] = cases[i][cell];
                }
                dy[c] = c + 1;
                expected[winner[i] * 20 + c] = c + 1;
            }
            float[] y = new float[20];
            float[] dx = new float[80];
            pooling.max(0, 1, x, y);
            pooling.maxGradient(0, 1, x, y, dy, dx);
            assertArrayEquals(expected, dx, Arrays.toString(cases[i]));
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Pooling pooling = new Pooling(Windows.all().get(1)); // 7 x 5 to 5 x 5
        float[] x = new float[70];
        float[] y = new float[50];
        assertThrows(IndexOutOfBoundsException.class, () -> pooling.max(0, 3, x, y));
        assertThrows(IndexOutOfBoundsException.class, () -> pooling.average(0, 2, x, new float[49]));
        assertThrows(IndexOutOfBoundsException.class, () -> pooling.maxGradient(0, 2, x, y, y, new float[69]));
        assertThrows(IndexOutOfBoundsException.class, () -> pooling.averageGradient(-1, 2, y, x));
    }
}
