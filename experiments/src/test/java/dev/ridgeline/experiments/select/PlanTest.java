package dev.ridgeline.experiments.select;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.experiments.data.Folds;
import dev.ridgeline.experiments.data.Table;
import dev.ridgeline.experiments.select.Plan.Split;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
    @TempDir
    private Path folder;

    /** The rows that judge a split must have no part in the choice of a strength there. */
    @Test
    void theInnerFoldsAreOfTheTrainingRowsAlone() throws Exception {
        Table table = Tables.read(Tables.classes(folder, 60));
        Plan plan = plan(table, 5, 2, null);
        assertEquals(10, plan.splits(table).size());
        for (Split split : plan.splits(table)) {
            Folds inner = plan.inner(table, split);
            int[] rows = IntStream.range(0, plan.innerFolds())
                    .flatMap(k -> Arrays.stream(inner.validation(k)))
                    .sorted()
                    .toArray();
            assertArrayEquals(split.training(), rows);
            assertTrue(Arrays.stream(split.validation()).noneMatch(r -> Arrays.binarySearch(rows, r) >= 0));
        }
    }

    @Test
    void aRepeatSplitsAnew() throws Exception {
        Table table = Tables.read(Tables.classes(folder, 60));
        List<Split> splits = plan(table, 5, 2, null).splits(table);
        assertNotEquals(
                Arrays.toString(splits.get(0).validation()),
                Arrays.toString(splits.get(5).validation()));
    }

    /** 66 rows: half of them are 33, which batches of 32 would end with a single row. */
    @Test
    void noBatchHasASingleRow() throws Exception {
        for (int rows : new int[] {64, 65, 66, 97, 129}) {
            Table table = Tables.read(Tables.classes(folder, rows));
            Plan plan = plan(table, 2, 1, null);
            assertTrue(plan.batchSize() > 16, "batches of " + plan.batchSize());
            assertNotEquals(1, rows % plan.batchSize());
            for (Split split : plan.splits(table)) {
                assertNotEquals(1, split.training().length % plan.batchSize());
                Folds inner = plan.inner(table, split);
                for (int k = 0; k < plan.innerFolds(); k++) {
                    assertNotEquals(1, inner.training(k).length % plan.batchSize());
                }
            }
        }
    }

    @Test
    void smallTablesAreTrainedForMoreEpochs() throws Exception {
        assertEquals(
                200, plan(Tables.read(Tables.classes(folder, 60)), 5, 2, null).epochs());
        assertEquals(
                76, plan(Tables.read(Tables.classes(folder, 500)), 5, 2, null).epochs());
        assertEquals(
                10, plan(Tables.read(Tables.classes(folder, 8000)), 5, 1, null).epochs());
        assertEquals(3, plan(Tables.read(Tables.classes(folder, 500)), 5, 2, 3).epochs());
    }

    @Test
    void theCheckpointsEndWithTheTraining() throws Exception {
        Table table = Tables.read(Tables.classes(folder, 60));
        int[] many = plan(table, 5, 2, 200).checkpoints();
        assertEquals(10, many[0]);
        assertEquals(200, many[many.length - 1]);
        assertArrayEquals(new int[] {1, 2, 3}, plan(table, 5, 2, 3).checkpoints());
    }

    @Test
    void theWorkIsCountedBeforehand() throws Exception {
        Table table = Tables.read(Tables.classes(folder, 60));
        Plan plan = plan(table, 5, 2, 10);
        assertEquals(Candidate.allTrained().size() * 10 * 4, plan.trainings());
        // 48 rows in 2 batches, three times 32 rows in 1 batch
        assertEquals(Candidate.allTrained().size() * 10L * 10 * (2 + 3), plan.steps(table));
    }

    @Test
    void moreFoldsThanTheRowsCanBearAreRefused() throws Exception {
        Table table = Tables.read(Tables.classes(folder, 60));
        for (int folds : new int[] {1, 16}) {
            String message = assertThrows(IllegalArgumentException.class, () -> plan(table, folds, 1, null))
                    .getMessage();
            assertEquals("--folds is " + folds + "; with 60 rows use from 2 to 15", message);
        }
    }

    private static Plan plan(Table table, int folds, int repeats, Integer epochs) {
        return Plan.of(table, Network.of(table, null), folds, repeats, epochs, 42);
    }
}
