package dev.ridgeline.experiments.lambda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.ridgeline.data.Dataset;
import org.junit.jupiter.api.Test;

class GaussianClassesTest {
    private static final int ROWS = 100_000;

    @Test
    void theBestClassifierErrsIn19Percent() {
        Dataset data = new GaussianClasses(true).draw(1, "rows", ROWS);
        int wrong = 0;
        for (int r = 0; r < ROWS; r++) {
            wrong += (data.x()[r * 10] > 0 ? 1 : 0) == data.labels()[r] ? 0 : 1;
        }
        assertEquals(0.193, wrong / (double) ROWS, 0.004);
    }

    @Test
    void theClassesAreSphericalAndApart() {
        Dataset data = new GaussianClasses(true).draw(1, "rows", ROWS);
        for (int f = 0; f < 10; f++) {
            double[] sum = new double[2];
            double[] squares = new double[2];
            for (int r = 0; r < ROWS; r++) {
                double x = data.x()[r * 10 + f];
                sum[data.labels()[r]] += x;
                squares[data.labels()[r]] += x * x;
            }
            double half = ROWS / 2.0;
            for (int c = 0; c < 2; c++) {
                double mean = sum[c] / half;
                assertEquals(f > 0 ? 0 : c == 1 ? 6.93 : -6.93, mean, 0.15, "feature " + f);
                assertEquals(8, Math.sqrt(squares[c] / half - mean * mean), 0.1, "feature " + f);
            }
        }
    }

    @Test
    void inputsAreDividedByTheDeviation() {
        float[] raw = new GaussianClasses(true).draw(2, "rows", 20).x();
        float[] divided = new GaussianClasses(false).draw(2, "rows", 20).x();
        for (int i = 0; i < raw.length; i++) {
            assertEquals(raw[i] / 8, divided[i], 1e-5);
        }
    }

    @Test
    void aNameAndASeedGiveTheSameRows() {
        float[] rows = new GaussianClasses(false).draw(2, "rows", 20).x();
        assertArrayEquals(rows, new GaussianClasses(false).draw(2, "rows", 20).x());
        assertNotEquals(rows[0], new GaussianClasses(false).draw(3, "rows", 20).x()[0]);
        assertNotEquals(
                rows[0], new GaussianClasses(false).draw(2, "others", 20).x()[0]);
    }
}
