package dev.ridgeline.experiments.select;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.ridgeline.experiments.data.Table;
import dev.ridgeline.experiments.select.Plan.Split;
import dev.ridgeline.report.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialTest {
    @TempDir
    private Path folder;

    @Test
    void aTrialIsKeptExactly() throws Exception {
        for (Path file : List.of(Tables.classes(folder, 40), Tables.numbers(folder, 40))) {
            Table table = Tables.read(file);
            Trial trial = run(table, plan(table, 4), Recipe.dropout(0.5f));
            String line = Json.line(Trial.CODEC.write().apply(trial));
            assertEquals(trial, Trial.CODEC.read().apply(Json.read(line)));
        }
    }

    /** The weights of a training and its losses on inner folds do not change with the features of the rows that judge. */
    @Test
    void nothingLeaksFromTheRowsThatJudge() throws Exception {
        Path file = Tables.classes(folder, 40);
        Table table = Tables.read(file);
        Plan plan = plan(table, 4);
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        for (int row : plan.splits(table).getFirst().validation()) {
            String label = lines.get(row + 1).replaceAll(".*,", "");
            lines.set(row + 1, "1000,-2000,3000,4000," + label);
        }
        Table other = Tables.read(Files.write(folder.resolve("other.csv"), lines));
        Trial one = run(table, plan, Recipe.l2(0.01f));
        Trial two = run(other, plan, Recipe.l2(0.01f));
        assertEquals(one.digest(), two.digest());
        assertArrayEquals(one.inner().toArray(), two.inner().toArray());
        assertNotEquals(one.losses()[0], two.losses()[0]);
    }

    /** Early stopping is read off the training of none: at a checkpoint it must be what a training of that length gives. */
    @Test
    void aCheckpointIsTheEndOfAShorterTraining() throws Exception {
        Table table = Tables.read(Tables.classes(folder, 40));
        Plan longer = plan(table, 20);
        Plan shorter = plan(table, 8);
        int at = Arrays.binarySearch(longer.checkpoints(), 8);
        double[] expected = run(table, shorter, Recipe.NONE).losses();
        assertEquals(
                expected[expected.length - 1], run(table, longer, Recipe.NONE).losses()[at]);
    }

    @Test
    void theErrorOfARegressionHasAUnit() throws Exception {
        Table table = Tables.read(Tables.numbers(folder, 60));
        Trial trial = run(table, plan(table, 800), Recipe.NONE);
        double[] losses = trial.losses();
        assertEquals(100, trial.unit(), 30, "the deviation of the target");
        double error = Math.sqrt(losses[losses.length - 1]) * trial.unit();
        assertEquals(35, error, 25, "the noise has a deviation of 120 * 0.5 / sqrt(12) = 17");
    }

    private static Plan plan(Table table, int epochs) {
        return Plan.of(table, Network.of(table, List.of(8)), 2, 1, epochs, 42);
    }

    private static Trial run(Table table, Plan plan, Recipe recipe) {
        Split split = plan.splits(table).getFirst();
        return Trial.run(plan, table, split, recipe);
    }
}
