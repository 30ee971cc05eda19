package dev.ridgeline.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.DoubleLayers;
import dev.ridgeline.Floats;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StandardizerTest {
    @Test
    void fittedRowsHaveMeanZeroAndDeviationOne() {
        int rows = 40;
        float[] x = Floats.random(1, rows * 3, 5);
        for (int i = 0; i < x.length; i += 3) {
            x[i] += 1e4f;
        }
        float[] before = x.clone();
        Dataset data = Dataset.classification(3, x, 2, new int[rows]);
        float[] z = Standardizer.fit(data).transform(data).x();
        double[][] statistics = DoubleLayers.statistics(rows, 3, Floats.doubles(z, z.length));
        for (int j = 0; j < 3; j++) {
            assertEquals(0, statistics[0][j], 1e-6);
            assertEquals(1, statistics[1][j], 1e-5);
        }
        assertArrayEquals(before, x, "the data set keeps its features");
    }

    @Test
    void aConstantFeatureIsOnlyShifted() {
        float[] x = new float[200];
        Arrays.fill(x, 0.1f);
        Dataset data = Dataset.regression(2, x, 1, new float[100]);
        Standardizer standardizer = Standardizer.fit(data);
        for (float z : standardizer.transform(data).x()) {
            assertEquals(0, z, 1e-9f);
        }
        Dataset other = Dataset.regression(2, new float[] {1.1f, 0.1f}, 1, new float[1]);
        assertEquals(1, standardizer.transform(other).x()[0], 1e-6f);
    }

    @Test
    void otherRowsAreMeasuredByTheFit() {
        Dataset train = Dataset.classification(1, new float[] {1, 3}, 2, new int[] {0, 1});
        Dataset test = Dataset.classification(1, new float[] {5, 2}, 2, new int[] {1, 1});
        Dataset transformed = Standardizer.fit(train).transform(test);
        assertArrayEquals(new float[] {3, 0}, transformed.x());
        assertArrayEquals(test.labels(), transformed.labels());
    }

    @Test
    void otherColumnsAreRefused() {
        Standardizer standardizer = Standardizer.fit(Dataset.classification(1, new float[] {1, 3}, 2, new int[2]));
        Dataset wide = Dataset.classification(2, new float[] {1, 3}, 2, new int[1]);
        Exception e = assertThrows(IllegalArgumentException.class, () -> standardizer.transform(wide));
        assertTrue(e.getMessage().contains("fitted to 1") && e.getMessage().contains("has 2"), e.getMessage());
    }

    /** Rows far from those of the fit: the quotient is no float. */
    @Test
    void aTransformedValueStaysFinite() {
        Standardizer standardizer = Standardizer.fit(Dataset.classification(1, new float[] {0, 1e-30f}, 2, new int[2]));
        Dataset far = Dataset.classification(1, new float[] {1e30f}, 2, new int[1]);
        Exception e = assertThrows(IllegalArgumentException.class, () -> standardizer.transform(far));
        assertTrue(e.getMessage().contains("feature 0 of row 0"), e.getMessage());
    }
}
