package dev.ridgeline.regularizer;

import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintTest {

    @Test
    void maxWeightClips() {
        MaxWeight constraint = new MaxWeight(0.5f);
        assertEquals(0.5f, constraint.project(0.7f));
        assertEquals(-0.5f, constraint.project(Float.NEGATIVE_INFINITY));
        assertEquals(0.5f, constraint.project(0.5f));
        assertEquals(-0.49f, constraint.project(-0.49f));
        assertEquals(Float.floatToRawIntBits(-0f), Float.floatToRawIntBits(constraint.project(-0f)));
        assertTrue(Float.isNaN(constraint.project(Float.NaN)), "a NaN is not hidden");
        assertFalse(constraint.actsOnColumns());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 37, 784})
    void maxNormProjectsColumns(int rows) {
        int columns = 45;
        float[] w = random(rows, rows * columns, 1);
        float max = (float) Math.sqrt(rows / 3.0);
        float[] projected = w.clone();
        MaxNorm constraint = new MaxNorm(max);
        assertTrue(constraint.actsOnColumns());
        constraint.projectColumns(rows, columns, 0, columns, new float[columns], projected);
        int clipped = 0;
        for (int j = 0; j < columns; j++) {
            double square = 0;
            for (int r = 0; r < rows; r++) {
                square += (double) w[r * columns + j] * w[r * columns + j];
            }
            double factor = Math.min(1, max / Math.sqrt(square));
            clipped += factor < 1 ? 1 : 0;
            for (int r = 0; r < rows; r++) {
                float before = w[r * columns + j];
                float after = projected[r * columns + j];
                if (factor == 1) {
                    assertEquals(before, after);
                } else {
                    assertEquals(before * factor, after, 1e-6 * Math.abs(before * factor));
                }
            }
        }
        assertTrue(clipped > 0 && clipped < columns, "both sides of the ball: " + clipped);
        assertEquals(1, constraint.project(1f), "elements alone are not bounded");
    }

    @Test
    void maxNormTouchesItsColumnsAlone() {
        float[] w = {3, 3, 3, 4, 4, 4};
        new MaxNorm(1).projectColumns(2, 3, 1, 2, new float[3], w);
        assertSameBits(new float[] {3, 3 * 0.2f, 3, 4, 4 * 0.2f, 4}, w, "w");
    }

    /** The square of 1e20 is no float. */
    @Test
    void hugeWeightsAreProjectedToo() {
        float[] w = {3e20f, -4e20f};
        new MaxNorm(1).projectColumns(2, 1, 0, 1, new float[1], w);
        assertEquals(0.6f, w[0], 1e-6f);
        assertEquals(-0.8f, w[1], 1e-6f);
    }

    /** The square of 1e-22 is subnormal at best. */
    @Test
    void tinyWeightsAreProjectedToo() {
        float[] w = {3e-22f, -4e-22f};
        new MaxNorm(1e-23f).projectColumns(2, 1, 0, 1, new float[1], w);
        assertEquals(6e-24f, w[0], 1e-30f);
        assertEquals(-8e-24f, w[1], 1e-30f);
    }

    @Test
    void nonNegativeClipsAtZero() {
        NonNegative constraint = new NonNegative();
        assertEquals(0.7f, constraint.project(0.7f));
        assertEquals(Float.MIN_VALUE, constraint.project(Float.MIN_VALUE));
        for (float w : new float[] {-0.7f, -Float.MIN_VALUE, -0f, 0f, Float.NEGATIVE_INFINITY}) {
            assertEquals(0, Float.floatToRawIntBits(constraint.project(w)), () -> "at " + w);
        }
        assertTrue(Float.isNaN(constraint.project(Float.NaN)), "a NaN is not hidden");
        assertFalse(constraint.actsOnColumns());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 37, 784})
    void unitNormGivesEveryColumnTheLengthOne(int rows) {
        int columns = 45;
        float[] w = random(rows, rows * columns, 1);
        w[0] = 1; // in a matrix of one row, the one column that is left alone
        for (int r = 0; r < rows; r++) {
            w[r * columns + 7] = 0;
            w[r * columns + 8] = -0f;
        }
        float[] projected = w.clone();
        UnitNorm constraint = new UnitNorm();
        assertTrue(constraint.actsOnColumns());
        int changed = constraint.projectColumns(rows, columns, 0, columns, new float[columns], projected);
        assertEquals(rows == 1 ? columns - 3 : columns - 2, changed, "columns of zeros stay");
        for (int j = 0; j < columns; j++) {
            double square = 0;
            for (int r = 0; r < rows; r++) {
                square += (double) w[r * columns + j] * w[r * columns + j];
            }
            for (int r = 0; r < rows; r++) {
                float before = w[r * columns + j];
                double expected = square == 0 ? before : before / Math.sqrt(square);
                assertEquals(expected, projected[r * columns + j], 1e-6 * Math.abs(expected));
            }
        }
    }

    @Test
    void unitNormTouchesItsColumnsAlone() {
        float[] w = {3, 3, 3, 4, 4, 4};
        assertEquals(1, new UnitNorm().projectColumns(2, 3, 1, 2, new float[3], w));
        assertSameBits(new float[] {3, 3 * 0.2f, 3, 4, 4 * 0.2f, 4}, w, "w");
        assertEquals(0, new UnitNorm().projectColumns(1, 2, 0, 2, new float[2], new float[] {1, -1}));
    }

    /** The squares of these are no floats; nothing brings a subnormal to 1. */
    @Test
    void unitNormReachesHugeAndTinyColumns() {
        float[] w = {3e20f, 3e-25f, 1e-42f, -4e20f, -4e-25f, 0};
        assertEquals(2, new UnitNorm().projectColumns(2, 3, 0, 3, new float[3], w));
        float[] expected = {0.6f, 0.6f, 1e-42f, -0.8f, -0.8f, 0};
        for (int i = 0; i < 6; i++) {
            assertEquals(expected[i], w[i], 1e-6f, "element " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
    void aBoundThatIsNotPositiveIsRefused(float max) {
        String remedy = ": max is " + max + "; it must be a finite number above 0";
        assertEquals(
                "MaxWeight" + remedy,
                assertThrows(IllegalArgumentException.class, () -> new MaxWeight(max))
                        .getMessage());
        assertEquals(
                "MaxNorm" + remedy,
                assertThrows(IllegalArgumentException.class, () -> new MaxNorm(max))
                        .getMessage());
    }
}
