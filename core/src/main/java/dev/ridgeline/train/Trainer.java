package dev.ridgeline.train;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.data.Shuffle;
import dev.ridgeline.kernel.Kernels;
import java.util.List;
import java.util.function.Consumer;

/**
 * Trains a model for a number of epochs. Each epoch goes through all rows once, in mini-batches, in an order that depends
 * on the seed and the epoch alone; the last batch may be smaller.
 */
public final class Trainer {
    private final Model model;
    private int batchSize = 32;
    private int epochs = 1;
    private Dataset validation;
    private Consumer<History.Epoch> listener = epoch -> {};

    /**
     * Makes a trainer.
     *
     * @param model the model to train
     */
    public Trainer(Model model) {
        this.model = model;
    }

    /**
     * Sets the number of rows of a mini-batch.
     *
     * @param rows at least 1; 32 unless set
     * @return this
     */
    public Trainer batchSize(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("Trainer: batch size is " + rows + "; it must be at least 1");
        }
        batchSize = rows;
        return this;
    }

    /**
     * Sets the number of epochs.
     *
     * @param number at least 1; 1 unless set
     * @return this
     */
    public Trainer epochs(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("Trainer: epochs is " + number + "; it must be at least 1");
        }
        epochs = number;
        return this;
    }

    /**
     * Sets the rows that are evaluated after each epoch.
     *
     * @param data the validation set
     * @return this
     */
    public Trainer validation(Dataset data) {
        model.requireFit(data);
        validation = data;
        return this;
    }

    /**
     * Sets who hears of each epoch when it ends, for example to show progress.
     *
     * @param hears called after each epoch, in the training thread
     * @return this
     */
    public Trainer listener(Consumer<History.Epoch> hears) {
        listener = hears;
        return this;
    }

    /**
     * Trains.
     *
     * @param train the training rows
     * @return what each epoch measured
     * @throws NonFiniteLossException if the loss becomes NaN or infinite: names the epoch and the first tensor
     */
    public History fit(Dataset train) {
        model.requireFit(train);
        History history = new History();
        Predictor validator = validation == null ? null : model.predictor();
        Shuffle shuffle = new Shuffle(model.seed());
        Batch batch = new Batch();
        int[] order = new int[train.rows()];
        Kernels.expect(6.0 * epochs * train.rows() * model.parameterCount());
        for (int epoch = 1; epoch <= epochs; epoch++) {
            shuffle.order(epoch - 1, order);
            double loss = 0;
            int correct = 0;
            for (int from = 0; from < order.length; from += batchSize) {
                batch.gather(train, order, from, Math.min(order.length, from + batchSize));
                loss += step(batch, epoch) * batch.rows();
                if (train.labels() != null) {
                    correct += model.loss().correct(batch.rows(), model.outputs(), model.lastOutput(), batch.labels());
                }
            }
            double rows = train.rows();
            requireFinite(epoch);
            Evaluation judged =
                    validator == null ? new Evaluation(Double.NaN, Double.NaN, Double.NaN) : validate(validator, epoch);
            double accuracy = train.labels() == null ? Double.NaN : correct / rows;
            List<Penalty> penalties = model.penalties(batch.rows());
            History.Epoch ended =
                    new History.Epoch(epoch, loss / rows, accuracy, judged.loss(), judged.accuracy(), penalties);
            history.add(ended);
            listener.accept(ended);
        }
        return history;
    }

    private void requireFinite(int epoch) {
        try {
            model.requireFiniteParameters();
        } catch (NonFiniteLossException e) {
            throw e.inEpoch(epoch);
        }
    }

    private Evaluation validate(Predictor validator, int epoch) {
        Evaluation judged = validator.evaluate(validation);
        if (!Double.isFinite(judged.loss())) {
            throw new NonFiniteLossException("the validation loss is " + judged.loss()
                            + "; the weights are finite but too large for these rows. Lower the learning rate, or scale the"
                            + " features of the validation rows like those of the training rows")
                    .inEpoch(epoch);
        }
        return judged;
    }

    private double step(Batch batch, int epoch) {
        try {
            return model.step(batch);
        } catch (NonFiniteLossException e) {
            throw e.inEpoch(epoch);
        }
    }
}
