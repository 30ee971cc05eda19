package dev.ridgeline.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.Floats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassShiftTest {
    @ParameterizedTest
    @CsvSource({"3, 1, 0.5", "4, 1, 0.5", "5, 0.1, 2", "4, 0, 1", "10, 2, 0.1", "7, 1, 0", "3, 1e-12, 1"})
    void noOtherShiftHasALowerPenalty(int classes, double l1, double l2) {
        for (int seed = 0; seed < 20; seed++) {
            double[] u = Floats.doubles(Floats.random(seed, classes, 3), classes);
            ClassShift.shift(l1, l2, u, 0, 1);
            double penalty = penalty(u, 0, l1, l2);
            for (double c = -3; c <= 3; c += 1e-2) {
                assertTrue(penalty <= penalty(u, c, l1, l2) + 1e-12);
            }
            assertTrue(penalty <= penalty(u, 1e-6, l1, l2) + 1e-15);
            assertTrue(penalty <= penalty(u, -1e-6, l1, l2) + 1e-15);
        }
    }

    private static double penalty(double[] u, double c, double l1, double l2) {
        double sum = 0;
        for (double value : u) {
            sum += l1 * Math.abs(value - c) + 0.5 * l2 * (value - c) * (value - c);
        }
        return sum;
    }

    @Test
    void theMedianOfOddlyManyBecomesExactlyZero() {
        double[] u = {0.1, -3, 0.3};
        ClassShift.shift(1, 0, u, 0, 1);
        assertEquals(0, u[0]);
    }

    @Test
    void amongEqualsTheLeastSquaresWin() {
        double[] centred = {4, 1, 2, 3};
        ClassShift.shift(1, 0, centred, 0, 1);
        assertArrayEquals(new double[] {1.5, -1.5, -0.5, 0.5}, centred);
        double[] atTheEnd = {100, 1, 2, 3};
        ClassShift.shift(1, 0, atTheEnd, 0, 1);
        assertArrayEquals(new double[] {97, -2, -1, 0}, atTheEnd);
        double[] free = {1, 2, 6};
        ClassShift.shift(0, 0, free, 0, 1);
        assertArrayEquals(new double[] {-2, -1, 3}, free);
    }

    @Test
    void takesOneColumnOfAMatrix() {
        double[] matrix = {1, 10, 2, 20, 3, 60};
        ClassShift.shift(0, 1, matrix, 1, 2);
        assertArrayEquals(new double[] {1, -20, 2, -10, 3, 30}, matrix);
    }
}
