package dev.ridgeline.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Activation.Function;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.prune.IterativePruning.Round;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.Samples;
import dev.ridgeline.train.Trainer;
import java.util.List;
import org.junit.jupiter.api.Test;

class IterativePruningTest {
    private final Dataset train = Samples.classes(1, 120, 4, 3);
    private final Dataset test = Samples.classes(2, 60, 4, 3);

    private Model model() {
        return Model.inputs(4)
                .add(new Dense(20))
                .add(new Activation(Function.RELU))
                .add(new Dense(3))
                .optimizer(new Adam(0.01))
                .build();
    }

    @Test
    void eachRoundPrunesThenTrains() {
        try (Model model = model()) {
            Trainer trainer = new Trainer(model).epochs(4);
            trainer.fit(train);
            List<Round> rounds = new IterativePruning(
                            new MagnitudePruning(Scope.TENSOR), SparsitySchedule.of(0.25, 0.5, 0.9))
                    .run(trainer, train, test);
            int[] zeros = {20, 40, 72};
            assertEquals(3, rounds.size());
            for (int i = 0; i < 3; i++) {
                Round round = rounds.get(i);
                assertEquals(i + 1, round.round());
                assertEquals(List.of(0.25, 0.5, 0.9).get(i), round.fraction());
                assertEquals(80 - zeros[i], round.sparsity().getFirst().nonZeros());
                assertEquals(zeros[i], round.sparsity().getFirst().pruned());
                assertEquals(4, round.training().epochs().size());
            }
            Round last = rounds.getLast();
            assertEquals(model.predictor().evaluate(test), last.evaluation());
            assertEquals(Sparsity.of(model), last.sparsity());
            assertTrue(last.pruning().actualRise() > 0);
            assertTrue(last.training().last().trainLoss() < last.pruning().lossAfter(), "training repairs");
        }
    }

    /** What the rounds are for. */
    @Test
    void beatsPruningAtOnce() {
        try (Model gradual = model();
                Model once = model()) {
            new Trainer(gradual).epochs(10).fit(train);
            new Trainer(once).epochs(10).fit(train);
            Pruner pruner = new MagnitudePruning(Scope.NETWORK);
            List<Round> rounds = new IterativePruning(pruner, SparsitySchedule.cubic(0, 0.8, 3))
                    .run(new Trainer(gradual).epochs(5), train, test);
            pruner.prune(once, train, 0.8);
            double atOnce = once.predictor().evaluate(test).loss();
            assertTrue(rounds.getLast().evaluation().loss() < atOnce);
        }
    }
}
