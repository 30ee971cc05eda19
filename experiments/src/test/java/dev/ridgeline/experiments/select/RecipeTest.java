package dev.ridgeline.experiments.select;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.experiments.data.Preprocessing;
import dev.ridgeline.experiments.data.Table;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.train.Model;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeTest {
    @TempDir
    private Path folder;

    @Test
    void allModelsStartFromTheSameWeights() throws Exception {
        Network network = Network.of(Tables.read(Tables.classes(folder, 40)), null);
        List<float[]> expected = kernels(Recipe.NONE.build(network, 3));
        assertEquals(3, expected.size());
        for (Recipe recipe : Candidate.allTrained()) {
            List<float[]> kernels = kernels(recipe.build(network, 3));
            for (int k = 0; k < 3; k++) {
                assertArrayEquals(expected.get(k), kernels.get(k), recipe::toString);
            }
        }
    }

    private static List<float[]> kernels(Model model) {
        try (model) {
            return model.parameters().stream()
                    .filter(p -> p.role() == Parameter.Role.KERNEL)
                    .map(Parameter::value)
                    .toList();
        }
    }

    /** No strength is so weak that it changes nothing, or stands where it cannot act. */
    @Test
    void eachRegularizerActsOnATrainingStep() throws Exception {
        Table table = Tables.read(Tables.classes(folder, 40));
        Dataset rows = Preprocessing.fit(table, table.allRows()).transform(table.allRows());
        Network network = Network.of(table, null);
        for (Recipe recipe : Candidate.allTrained()) {
            try (Model model = recipe.build(network, 3)) {
                String active = model.verifyActive(rows).toString();
                assertEquals(recipe.equals(Recipe.NONE), active.isBlank() || active.contains("no regularizer"), active);
            }
        }
    }

    @Test
    void noTwoRecipesAreTheSameAndEachGridAscends() {
        List<Recipe> trained = Candidate.allTrained();
        assertEquals(trained.size(), new HashSet<>(trained).size());
        for (Candidate candidate : Candidate.values()) {
            List<Recipe> grid = candidate.grid(new int[] {5, 10, 20, 40});
            assertFalse(grid.isEmpty(), candidate.title());
            for (Recipe recipe : grid) {
                assertTrue(trained.contains(recipe.stoppedAfter(0)), recipe::toString);
            }
        }
        assertEquals(
                List.of(5, 10, 20),
                Candidate.EARLY_STOPPING.grid(new int[] {5, 10, 20, 40}).stream()
                        .map(Recipe::epochs)
                        .toList());
    }

    @Test
    void aRecipeSaysWhatItUses() {
        assertEquals("no regularizer", Recipe.NONE.toString());
        assertEquals(
                "dropout 0.25, L2 0.003", Recipe.dropout(0.25f).withL2(0.003f).toString());
        assertEquals("0.25, 0.003", Recipe.dropout(0.25f).withL2(0.003f).strength());
        assertEquals("batch norm, L2 0.01", Recipe.normalized().withL2(0.01f).toString());
        assertEquals("stop after 1 epoch", Recipe.NONE.stoppedAfter(1).toString());
        assertEquals(
                "{l1=3.0E-4, l2=3.0E-4}", Recipe.elasticNet(0.0003f).toMap().toString());
        assertEquals("L1 0.0003", Recipe.l1(0.0003f).toString());
    }

    @Test
    void theSizesFollowTheFeatures() throws Exception {
        Table table = Tables.read(Tables.classes(folder, 40));
        assertEquals("4-32-16-2", Network.of(table, null).toString());
        assertEquals("4-7-2", Network.of(table, List.of(7)).toString());
        assertEquals(5 * 7 + 8 * 2, Network.of(table, List.of(7)).parameters());
        Table numbers = Tables.read(Tables.numbers(folder, 40));
        assertEquals("4-32-16-1", Network.of(numbers, null).toString());
    }

    @Test
    void aConstraintIsOnTheHiddenKernelsAndAPenaltyOnAll() throws Exception {
        Network network = Network.of(Tables.read(Tables.classes(folder, 40)), null);
        try (Model bounded = Recipe.maxNorm(1).build(network, 3);
                Model penalised = Recipe.l2(0.01f).build(network, 3)) {
            assertEquals(List.of(true, true, false), kernelsWith(bounded, p -> p.constraint() != null));
            assertEquals(List.of(true, true, true), kernelsWith(penalised, Parameter::penalised));
        }
    }

    private static List<Boolean> kernelsWith(Model model, java.util.function.Predicate<Parameter> property) {
        Stream<Parameter> kernels = model.parameters().stream().filter(p -> p.role() == Parameter.Role.KERNEL);
        return Arrays.asList(kernels.map(property::test).toArray(Boolean[]::new));
    }
}
