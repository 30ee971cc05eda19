package dev.ridgeline.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveTest {
    @Test
    void theFirstEpochsAreShownOneByOne() {
        Curve curve = Curve.ofEpochs("train", Ink.BLUE, new double[] {3, 1, 2});
        assertArrayEquals(new double[] {1, 2, 3}, curve.x(), 1e-12);
        assertArrayEquals(new double[] {3, 1, 2}, curve.y());
        assertArrayEquals(curve.y(), curve.low());
        assertArrayEquals(curve.y(), curve.high());
    }

    @Test
    void aLongRunKeepsItsMeansAndExtremesInFewPoints() {
        double[] values = IntStream.range(0, 2000).mapToDouble(i -> i % 2).toArray();
        values[1234] = 9;
        Curve curve = Curve.ofEpochs("train", Ink.BLUE, values);
        int n = curve.x().length;
        assertTrue(n > 60 && n < 150, "points: " + n);
        int last = n - 1;
        assertEquals(0.5, curve.y()[last], 0.05);
        assertEquals(0, curve.low()[last]);
        assertEquals(1, curve.high()[last]);
        assertEquals(1, IntStream.range(0, n).filter(i -> curve.high()[i] == 9).count());
        for (int i = 1; i < n; i++) {
            assertTrue(curve.x()[i] > curve.x()[i - 1], "ascending at " + i);
        }
        assertTrue(curve.x()[last] <= 2000 && curve.x()[last] > 1900, "the end: " + curve.x()[last]);
    }

    @Test
    void theBandOfSeveralRunsHoldsThemAll() {
        Curve curve = Curve.ofEpochs("train", Ink.BLUE, new double[] {3, 1}, new double[] {5, 2}, new double[] {1, 0});
        assertArrayEquals(new double[] {3, 1}, curve.y());
        assertArrayEquals(new double[] {1, 0}, curve.low());
        assertArrayEquals(new double[] {5, 2}, curve.high());
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> Curve.ofEpochs("train", Ink.BLUE, new double[3], new double[2]));
        assertTrue(e.getMessage().startsWith("Curve \"train\": runs of [3, 2] epochs; give "), e::getMessage);
    }

    @Test
    void lengthsThatDisagreeAreRefused() {
        double[] one = {1};
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> new Curve("train", Ink.BLUE, Curve.Style.SOLID, one, one, one, new double[2]));
        assertTrue(e.getMessage().startsWith("Curve \"train\": 1 positions"), e::getMessage);
        double[] none = {};
        assertThrows(IllegalArgumentException.class, () -> Curve.ofEpochs("train", Ink.BLUE, none));
    }
}
