package dev.ridgeline.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.DoubleLayers;
import dev.ridgeline.kernel.Window.Axis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WindowTest {
    static List<Window> windows() {
        return Windows.all();
    }

    @ParameterizedTest
    @CsvSource({"7, 3, 1, 5", "7, 3, 2, 3", "8, 3, 2, 3", "5, 5, 1, 1", "5, 5, 9, 1", "9, 2, 4, 2", "1, 1, 1, 1"})
    void validStaysInside(int inputs, int size, int stride, int outputs) {
        assertEquals(new Axis(inputs, size, stride, 0, outputs), Axis.valid(inputs, size, stride));
    }

    /** As TensorFlow pads: the odd cell is at the end. */
    @ParameterizedTest
    @CsvSource({
        "5, 3, 1, 1, 5",
        "5, 2, 1, 0, 5",
        "5, 4, 1, 1, 5",
        "7, 3, 2, 1, 4",
        "6, 3, 2, 0, 3",
        "7, 2, 2, 0, 4",
        "2, 7, 1, 3, 2",
        "1, 4, 3, 1, 1",
        "9, 2, 4, 0, 3",
        "8, 1, 3, 0, 3"
    })
    void sameStartsAtEveryStride(int inputs, int size, int stride, int before, int outputs) {
        assertEquals(new Axis(inputs, size, stride, before, outputs), Axis.same(inputs, size, stride));
    }

    @ParameterizedTest
    @CsvSource({"2, 3, 1", "0, 1, 1", "3, 0, 1", "3, 1, 0", "3, 1, -1"})
    void aWindowThatDoesNotFitIsRefused(int inputs, int size, int stride) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Axis.valid(inputs, size, stride));
        assertTrue(e.getMessage().contains("windows of " + size), e.getMessage());
    }

    @Test
    void sizesAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new Window(Axis.NONE, Axis.NONE, Axis.NONE, 0));
        assertThrows(IllegalArgumentException.class, () -> new Axis(3, 2, 1, 2, 2), "a window of padding alone");
        assertThrows(IllegalArgumentException.class, () -> new Axis(3, 2, 1, 0, 4), "a window behind the row");
        Axis huge = Axis.valid(1 << 16, 1, 1);
        assertThrows(ArithmeticException.class, () -> new Window(Axis.NONE, huge, huge, 1));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void listsTheCellsInsideTheRow(Window window) {
        int[] first = window.firstCells();
        int[] cells = window.cells();
        for (int p = 0; p < window.positions(); p++) {
            List<Integer> expected = new ArrayList<>();
            for (int e = 0; e < window.patch(); e += window.channels()) {
                int at = DoubleLayers.patchElement(window, p, e);
                if (at >= 0) {
                    expected.add(at);
                }
            }
            int[] actual = Arrays.copyOfRange(cells, first[p], first[p + 1]);
            assertArrayEquals(expected.stream().mapToInt(i -> i).toArray(), actual, window + " position " + p);
        }
    }

    @Test
    void onePositionAtStrideOneIsPointwise() {
        Axis five = Axis.valid(5, 1, 1);
        assertTrue(new Window(Axis.NONE, five, five, 7).pointwise());
        assertFalse(new Window(Axis.NONE, five, Axis.valid(5, 1, 2), 7).pointwise());
        assertFalse(new Window(Axis.NONE, five, Axis.valid(5, 2, 1), 7).pointwise());
    }
}
