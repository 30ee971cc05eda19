package dev.ridgeline.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DatasetTest {
    private static final float[] X = {1, 2, 3, 4, 5, 6};

    @Test
    void classification() {
        Dataset data = Dataset.classification(2, X, 4, new int[] {0, 3, 1});
        assertEquals(3, data.rows());
        assertEquals(2, data.features());
        assertEquals(4, data.classes());
        assertEquals(0, data.outputs());
        assertNull(data.targets());
    }

    @Test
    void regression() {
        Dataset data = Dataset.regression(3, X, 2, new float[] {7, 8, 9, 10});
        assertEquals(2, data.rows());
        assertEquals(2, data.outputs());
        assertEquals(0, data.classes());
        assertNull(data.labels());
    }

    @Test
    void selectCopiesRowsInOrder() {
        Dataset data = Dataset.classification(2, X, 3, new int[] {0, 1, 2}).select(2, 0, 2);
        assertArrayEquals(new float[] {5, 6, 1, 2, 5, 6}, data.x());
        assertArrayEquals(new int[] {2, 0, 2}, data.labels());
        assertEquals(3, data.classes());
        Dataset targets = Dataset.regression(2, X, 1, new float[] {7, 8, 9}).select(1);
        assertArrayEquals(new float[] {3, 4}, targets.x());
        assertArrayEquals(new float[] {8}, targets.targets());
    }

    static Stream<Arguments> misfits() {
        int[] labels = {0, 1, 2};
        Dataset data = Dataset.classification(2, X, 3, labels);
        return Stream.of(
                misfit(() -> Dataset.classification(0, X, 3, labels), "0 features", "at least 1"),
                misfit(() -> Dataset.classification(2, new float[0], 3, new int[0]), "empty", "at least one row"),
                misfit(() -> Dataset.classification(4, X, 3, labels), "6 values", "4 features", "check"),
                misfit(() -> Dataset.classification(2, X, 1, labels), "1 classes", "at least 2"),
                misfit(() -> Dataset.classification(2, X, 3, new int[2]), "3 rows", "2 labels", "one label a row"),
                misfit(
                        () -> Dataset.classification(2, X, 3, new int[] {0, 3, 1}),
                        "row 1 is 3",
                        "3 classes",
                        "within 0 and 2"),
                misfit(() -> Dataset.classification(2, X, 3, new int[] {0, 1, -1}), "row 2 is -1", "within 0 and 2"),
                misfit(
                        () -> Dataset.classification(2, new float[] {1, 2, 3, Float.NaN}, 2, new int[2]),
                        "feature 1 of row 1 is NaN",
                        "replace or drop"),
                misfit(
                        () -> Dataset.classification(2, new float[] {Float.NEGATIVE_INFINITY, 2}, 2, new int[1]),
                        "feature 0 of row 0 is -Infinity",
                        "finite"),
                misfit(() -> Dataset.regression(2, X, 2, new float[5]), "5 target values", "3 rows", "2 outputs"),
                misfit(() -> Dataset.regression(2, X, 0, new float[0]), "0 target values", "0 outputs"),
                misfit(
                        () -> Dataset.regression(2, X, 1, new float[] {1, Float.POSITIVE_INFINITY, 3}),
                        "target 0 of row 1 is Infinity",
                        "finite"),
                misfit(data::select, "selection is empty", "at least one row"),
                misfit(() -> data.select(0, 3), "row 3", "3 rows"),
                misfit(() -> data.select(-1), "row -1", "3 rows"));
    }

    private static Arguments misfit(Executable call, String... parts) {
        return Arguments.of(String.join(", ", parts), call, parts);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misfits")
    void whatDoesNotFitIsRefused(String name, Executable call, String[] parts) {
        Exception e = assertThrows(IllegalArgumentException.class, call);
        for (String part : parts) {
            assertTrue(e.getMessage().contains(part), () -> name + ": " + e.getMessage());
        }
    }

    @Test
    void nullIsRefusedByName() {
        missing("the features are null; give", () -> Dataset.classification(2, null, 2, new int[1]));
        missing("the labels are null; for rows", () -> Dataset.classification(2, X, 2, null));
        missing("the targets are null; for rows", () -> Dataset.regression(2, X, 1, null));
    }

    private static void missing(String part, Executable call) {
        Exception e = assertThrows(NullPointerException.class, call);
        assertTrue(e.getMessage().contains("Dataset: " + part), e.getMessage());
    }
}
