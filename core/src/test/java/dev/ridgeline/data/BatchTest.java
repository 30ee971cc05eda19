package dev.ridgeline.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class BatchTest {
    private static final float[] X = {1, 2, 3, 4, 5, 6, 7, 8};

    @Test
    void gathersRowsByTheirOrder() {
        Dataset data = Dataset.classification(2, X, 5, new int[] {4, 3, 2, 1});
        Batch batch = new Batch();
        batch.gather(data, new int[] {3, 0, 2, 1}, 1, 3);
        assertEquals(2, batch.rows());
        assertArrayEquals(new float[] {1, 2, 5, 6}, batch.x());
        assertArrayEquals(new int[] {4, 2}, batch.labels());
    }

    @Test
    void gathersTargets() {
        Dataset data = Dataset.regression(4, X, 2, new float[] {9, 10, 11, 12});
        Batch batch = new Batch();
        batch.gather(data, new int[] {1, 0}, 0, 2);
        assertArrayEquals(new float[] {11, 12, 9, 10}, batch.targets());
    }

    @Test
    void reusesItsBuffers() {
        Dataset data = Dataset.classification(2, X, 5, new int[] {4, 3, 2, 1});
        int[] order = {0, 1, 2, 3};
        Batch batch = new Batch();
        batch.gather(data, order, 0, 3);
        float[] x = batch.x();
        int[] labels = batch.labels();
        batch.gather(data, order, 3, 4);
        assertSame(x, batch.x());
        assertSame(labels, batch.labels());
        assertEquals(1, batch.rows());
        assertArrayEquals(new float[] {7, 8}, Arrays.copyOf(batch.x(), 2));
    }

    @Test
    void rowsThatAreNotThereAreRefusedAndNothingChanges() {
        Dataset data = Dataset.classification(2, X, 5, new int[] {4, 3, 2, 1});
        Batch batch = new Batch();
        batch.gather(data, new int[] {2}, 0, 1);
        refused("row 4, the data set has 4 rows", () -> batch.gather(data, new int[] {0, 4}, 0, 2));
        refused("row -1, the data set has 4 rows", () -> batch.gather(data, new int[] {-1}, 0, 1));
        refused("rows 0 to 3 of an order of 2 rows", () -> batch.gather(data, new int[] {0, 1}, 0, 3));
        refused("rows -1 to 1 of an order of 2 rows", () -> batch.gather(data, new int[] {0, 1}, -1, 1));
        assertEquals(1, batch.rows());
        assertEquals(5, batch.x()[0]);
    }

    private static void refused(String part, Executable call) {
        Exception e = assertThrows(IllegalArgumentException.class, call);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
