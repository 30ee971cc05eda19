package dev.ridgeline.experiments.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldsTest {
    @TempDir
    private Path folder;

    @Test
    void everyRowJudgesOnceAndTrainsOtherwise() throws Exception {
        Table table = table(53, i -> i % 3 == 0 ? "a" : "b");
        Folds folds = Folds.of(table, table.allRows(), 5, 42, "test");
        int[] all = IntStream.range(0, 5)
                .flatMap(p -> Arrays.stream(folds.validation(p)))
                .sorted()
                .toArray();
        assertArrayEquals(table.allRows(), all);
        for (int p = 0; p < 5; p++) {
            int[] both = IntStream.concat(Arrays.stream(folds.validation(p)), Arrays.stream(folds.training(p)))
                    .sorted()
                    .toArray();
            assertArrayEquals(table.allRows(), both);
        }
    }

    @Test
    void partsDifferByAtMostARowOfAClass() throws Exception {
        Table table = table(101, i -> i < 13 ? "a" : i < 50 ? "b" : "c");
        Folds folds = Folds.of(table, table.allRows(), 5, 7, "test");
        for (int label = 0; label < 3; label++) {
            int wanted = label;
            long[] counts = IntStream.range(0, 5)
                    .mapToLong(p -> Arrays.stream(folds.validation(p))
                            .filter(row -> table.label(row) == wanted)
                            .count())
                    .toArray();
            long spread = Arrays.stream(counts).max().orElseThrow()
                    - Arrays.stream(counts).min().orElseThrow();
            assertTrue(spread <= 1, () -> Arrays.toString(counts));
        }
    }

    /** A plain random split would leave means some 13 of 100 apart (one standard deviation 29/sqrt(20), five parts). */
    @Test
    void partsOfARegressionHaveLikeTargets() throws Exception {
        Table table = table(100, i -> (37 * i) % 100 + 0.5 + "");
        Folds folds = Folds.of(table, table.allRows(), 5, 42, "test");
        for (int p = 0; p < 5; p++) {
            double mean = Arrays.stream(folds.validation(p))
                    .mapToDouble(table::value)
                    .average()
                    .orElseThrow();
            assertEquals(50, mean, 1.5);
        }
    }

    @Test
    void theSeedAndTheNameMakeTheSplit() throws Exception {
        Table table = table(60, i -> i % 2 == 0 ? "a" : "b");
        int[] one = Folds.of(table, table.allRows(), 5, 42, "repeat 1").validation(0);
        assertArrayEquals(
                one, Folds.of(table, table.allRows(), 5, 42, "repeat 1").validation(0));
        assertFalse(Arrays.equals(
                one, Folds.of(table, table.allRows(), 5, 42, "repeat 2").validation(0)));
        assertFalse(Arrays.equals(
                one, Folds.of(table, table.allRows(), 5, 43, "repeat 1").validation(0)));
    }

    @Test
    void partsMustHaveRows() throws Exception {
        Table table = table(60, i -> i % 2 == 0 ? "a" : "b");
        for (int count : new int[] {1, 61}) {
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class, () -> Folds.of(table, table.allRows(), count, 42, "test"));
            assertEquals("Folds: " + count + " parts of 60 rows; use from 2 to 60", e.getMessage());
        }
    }

    private Table table(int rows, IntFunction<String> target) throws Exception {
        StringBuilder csv = new StringBuilder("x,y\n");
        for (int i = 0; i < rows; i++) {
            csv.append(i * i).append(',').append(target.apply(i)).append('\n');
        }
        return Table.read(Files.writeString(folder.resolve("t.csv"), csv), "y", null, Set.of(), Set.of());
    }
}
