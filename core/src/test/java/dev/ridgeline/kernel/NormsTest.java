package dev.ridgeline.kernel;

import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormsTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 101})
    void sumsAreExactToTheLastDigits(int n) {
        float[] x = random(n, n + 8, 3);
        BigDecimal squares = BigDecimal.ZERO;
        BigDecimal magnitudes = BigDecimal.ZERO;
        for (int i = 5; i < 5 + n; i++) {
            squares = squares.add(new BigDecimal(x[i]).pow(2));
            magnitudes = magnitudes.add(new BigDecimal(x[i]).abs());
        }
        assertEquals(squares.doubleValue(), Norms.squares(5, 5 + n, x), 1e-14 * squares.doubleValue());
        assertEquals(magnitudes.doubleValue(), Norms.magnitudes(5, 5 + n, x), 1e-14 * magnitudes.doubleValue());
    }

    @Test
    void squaresOfEveryFloatFit() {
        assertEquals(2e80, Norms.squares(0, 2, new float[] {1e38f, 1e38f}) * 1e4, 1e74);
        double smallest = Float.MIN_VALUE;
        assertEquals(smallest * smallest, Norms.squares(0, 1, new float[] {-Float.MIN_VALUE}));
        assertTrue(Double.isNaN(Norms.squares(0, 9, new float[] {1, 1, 1, 1, 1, 1, 1, 1, Float.NaN})));
    }

    @Test
    void columnsAreSummedDownTheRows() {
        float[] w = {1, 2, 3, 4, 5, 6, 7, 8};
        double[] squares = {-1, -1, -1, -1};
        Norms.columnSquares(2, 4, 1, 3, w, squares);
        assertEquals(-1, squares[0]);
        assertEquals(2 * 2 + 6 * 6, squares[1]);
        assertEquals(3 * 3 + 7 * 7, squares[2]);
        assertEquals(-1, squares[3]);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        float[] six = new float[6];
        assertThrows(IndexOutOfBoundsException.class, () -> Norms.squares(0, 7, six));
        assertThrows(IndexOutOfBoundsException.class, () -> Norms.magnitudes(-1, 3, six));
        assertThrows(IndexOutOfBoundsException.class, () -> Norms.columnSquares(3, 3, 0, 3, six, new double[3]));
        assertThrows(IndexOutOfBoundsException.class, () -> Norms.columnSquares(2, 3, 0, 4, six, new double[4]));
        assertThrows(IndexOutOfBoundsException.class, () -> Norms.columnSquares(2, 3, 0, 3, six, new double[2]));
    }
}
