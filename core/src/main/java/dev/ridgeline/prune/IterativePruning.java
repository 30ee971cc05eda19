package dev.ridgeline.prune;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.train.Evaluation;
import dev.ridgeline.train.History;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.Predictor;
import dev.ridgeline.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Prunes a trained model little by little and trains it after each round, so that the weights that are left take over.
 *
 * <p>Source: S. Han, J. Pool, J. Tran and W. Dally, "Learning both weights and connections for efficient neural networks",
 * NeurIPS 2015, who leave 1/9 of AlexNet's weights this way, and 1/5 in one step, at the same accuracy.
 *
 * <p>When to use: whenever there is time to train. Costs what its rounds of pruning and training cost.
 *
 * @param pruner which weights go
 * @param schedule which fraction is to be zero after each round
 */
public record IterativePruning(Pruner pruner, SparsitySchedule schedule) {
    /** Refuses null. */
    public IterativePruning {
        Objects.requireNonNull(pruner, "IterativePruning: the pruner is null");
        Objects.requireNonNull(schedule, "IterativePruning: the schedule is null");
    }

    /**
     * One round: pruning, then training.
     *
     * @param round its number, from 1
     * @param fraction the fraction that was to be zero
     * @param pruning what the pruner did, with the loss before the training
     * @param training what the epochs measured
     * @param evaluation loss and accuracy on the judging rows after the training
     * @param sparsity what is left of each trained tensor after the training
     */
    public record Round(
            int round,
            double fraction,
            PruningReport pruning,
            History training,
            Evaluation evaluation,
            List<Sparsity> sparsity) {}

    /**
     * Runs all rounds. The optimizer's state goes on from round to round.
     *
     * @param trainer the training of each round: its model, its epochs and its batch size
     * @param train the rows to prune and train with
     * @param judge the rows to judge each round by
     * @return the rounds in order
     */
    public List<Round> run(Trainer trainer, Dataset train, Dataset judge) {
        Model model = trainer.model();
        model.requireFit(judge);
        Predictor predictor = model.predictor();
        List<Round> rounds = new ArrayList<>();
        for (double fraction : schedule.fractions()) {
            PruningReport pruning = pruner.prune(model, train, fraction);
            History training = trainer.fit(train);
            rounds.add(new Round(
                    rounds.size() + 1, fraction, pruning, training, predictor.evaluate(judge), Sparsity.of(model)));
        }
        return List.copyOf(rounds);
    }
}
