package dev.ridgeline.kernel;

import static dev.ridgeline.DoubleLayers.patchElement;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.canaries;
import static dev.ridgeline.Floats.special;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("bits")
class PatchesTest {
    private static final int ROWS = 3;

    static List<Window> windows() {
        return Windows.all();
    }

    @ParameterizedTest
    @MethodSource("windows")
    void gathersWhatTheWindowsSee(Window window) {
        int positions = ROWS * window.positions();
        int patch = window.patch();
        for (int first : new int[] {0, positions / 2}) {
            check(window, first, positions - first, 0, patch);
            check(window, first, (positions - first) / 2, patch / 3, patch);
            check(window, first, positions - first, patch / 2, patch / 2 + patch % 2);
            check(window, first, positions - first, 0, patch - patch / 3);
            check(window, first, positions - first, 0, 1);
            check(window, first, positions - first, patch - 1, patch);
            check(window, first, 1, patch / 4, patch - patch / 4);
            check(window, first, 0, 0, patch);
        }
    }

    private static void check(Window window, int first, int count, int from, int to) {
        float[] x = special(1, ROWS * window.inputs());
        int n = to - from;
        float[] expected = canaries(count * n + 5);
        float[] transposed = canaries(count * n + 5);
        for (int i = 0; i < count; i++) {
            for (int e = 0; e < n; e++) {
                int at = patchElement(window, first + i, from + e);
                expected[i * n + e] = at < 0 ? 0 : x[at];
                transposed[e * count + i] = expected[i * n + e];
            }
        }
        float[] patches = canaries(expected.length);
        new Patches(window).gather(first, count, from, to, x, patches);
        assertSameBits(expected, patches, window + " positions " + first + "+" + count + " of " + from + ".." + to);
        patches = canaries(expected.length);
        new Patches(window).gatherTransposed(first, count, from, to, x, patches);
        assertSameBits(transposed, patches, window + " transposed " + first + "+" + count + " of " + from + ".." + to);
    }

    @ParameterizedTest
    @MethodSource("windows")
    void addsInAscendingOrderOfThePositions(Window window) {
        int positions = ROWS * window.positions();
        int patch = window.patch();
        for (int first : new int[] {0, positions / 2}) {
            int count = (positions - first + 1) / 2;
            float[] patches = special(2, count * patch);
            float[] x = special(3, ROWS * window.inputs() + 5);
            float[] expected = x.clone();
            for (int i = 0; i < count; i++) {
                for (int e = 0; e < patch; e++) {
                    int at = patchElement(window, first + i, e);
                    if (at >= 0) {
                        expected[at] += patches[i * patch + e];
                    }
                }
            }
            new Patches(window).scatterAdd(first, count, patches, x);
            assertSameBits(expected, x, window + " positions " + first + "+" + count);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Patches patches = new Patches(Windows.all().get(1)); // 7 x 5, 5 positions of 15 values
        float[] x = new float[35];
        assertThrows(IndexOutOfBoundsException.class, () -> patches.gather(0, 5, 0, 15, x, new float[74]));
        assertThrows(IndexOutOfBoundsException.class, () -> patches.gather(1, 5, 0, 15, x, new float[75]));
        assertThrows(IndexOutOfBoundsException.class, () -> patches.gather(0, 5, 0, 16, x, new float[99]));
        assertThrows(IndexOutOfBoundsException.class, () -> patches.gatherTransposed(-1, 5, 0, 15, x, new float[75]));
        assertThrows(IndexOutOfBoundsException.class, () -> patches.scatterAdd(0, 5, new float[75], new float[34]));
    }
}
