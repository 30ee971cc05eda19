package dev.ridgeline.train;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.data.Shuffle;
import dev.ridgeline.kernel.Kernels;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Trains a model for a number of epochs. Each epoch goes through all rows once, in mini-batches, in an order that depends
 * on the seed and the epoch alone; the last batch may be smaller. A model that was trained before goes on where it stopped:
 * two calls of {@link #fit} for 5 epochs do what one for 10 does, though each counts its epochs from 1.
 */
public final class Trainer {
    private final Model model;
    private int batchSize = 32;
    private int epochs = 1;
    private Dataset validation;
    private List<Metric> metrics = List.of();
    private StoppingPolicy policy;
    private Consumer<History.Epoch> listener = epoch -> {};

    /**
     * Makes a trainer.
     *
     * @param model the model to train
     */
    public Trainer(Model model) {
        this.model = Objects.requireNonNull(model, "Trainer: the model is null");
    }

    /**
     * Returns what is trained.
     *
     * @return the model
     */
    public Model model() {
        return model;
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
     * Sets the metrics that each epoch computes, on the training rows and on the validation set. They cost a copy of all
     * outputs in memory, rows x outputs floats for either set.
     *
     * @param measured the metrics; none unless set
     * @return this
     * @throws IllegalArgumentException if two have the same name
     */
    public Trainer metrics(Metric... measured) {
        Set<String> names = new HashSet<>();
        for (Metric metric : measured) {
            Objects.requireNonNull(metric, "Trainer: a metric is null");
            if (!names.add(metric.name())) {
                throw new IllegalArgumentException(
                        "Trainer: two metrics are called \"" + metric.name() + "\"; names must be unique");
            }
        }
        metrics = List.of(measured);
        return this;
    }

    /**
     * Sets when to stop before the last epoch. Unless the policy declines, the weights of its best epoch are kept, all
     * tensors, moving statistics included, and put back when training ends, stopped or not; the optimizer's state stays that
     * of the last epoch. Each {@link #fit} begins afresh. A run that ends with an exception restores nothing.
     *
     * @param when the policy
     * @return this
     */
    public Trainer stopping(StoppingPolicy when) {
        policy = Objects.requireNonNull(when, "Trainer: the stopping policy is null; leave it out to train all epochs");
        return this;
    }

    /**
     * Sets who hears of each epoch when it ends, for example to show progress.
     *
     * @param hears called after each epoch, in the training thread
     * @return this
     */
    public Trainer listener(Consumer<History.Epoch> hears) {
        listener = Objects.requireNonNull(hears, "Trainer: the listener is null; leave it out if nobody listens");
        return this;
    }

    /**
     * Trains.
     *
     * @param train the training rows
     * @return what each epoch measured, and where the stopping policy, if any, ended the run
     * @throws NonFiniteLossException if the loss becomes NaN or infinite: names the epoch and the first tensor
     * @throws IllegalStateException if the stopping policy needs a figure that the epochs do not have
     */
    public History fit(Dataset train) {
        model.requireFit(train);
        History history = new History();
        StoppingRun run = policy == null ? null : new StoppingRun(policy);
        BestWeights best = new BestWeights(model.parameters());
        Predictor validator = validation == null ? null : model.predictor();
        Outputs trainedOutputs = new Outputs(model.loss(), model.outputs(), metrics);
        Outputs judgedOutputs = new Outputs(model.loss(), model.outputs(), metrics);
        Shuffle shuffle = new Shuffle(model.seed());
        Batch batch = new Batch();
        int[] order = new int[train.rows()];
        Kernels.expect(6.0 * epochs * train.rows() * model.parameterCount());
        for (int epoch = 1; epoch <= epochs && !(run != null && run.stopped()); epoch++) {
            shuffle.order(model.epochs(), order);
            Evaluation trained = train(train, order, batch, trainedOutputs, epoch);
            Evaluation judged = validator == null ? null : validate(validator, judgedOutputs, epoch);
            History.Epoch ended = new History.Epoch(epoch, trained, judged);
            history.add(ended);
            model.endEpoch();
            if (run != null && run.improvedBy(ended) && policy.restoresBest()) {
                best.save();
            }
            listener.accept(ended);
        }
        best.restore();
        history.end(run == null ? History.untouched(epochs) : run.outcome(epochs));
        return history;
    }

    /** Takes a step with each batch of an epoch. */
    private Evaluation train(Dataset train, int[] order, Batch batch, Outputs outputs, int epoch) {
        double loss = 0;
        int correct = 0;
        for (int from = 0; from < order.length; from += batchSize) {
            batch.gather(train, order, from, Math.min(order.length, from + batchSize));
            loss += step(batch, epoch) * batch.rows();
            if (train.labels() != null) {
                correct += model.loss().correct(batch.rows(), model.outputs(), model.lastOutput(), batch.labels());
            }
            outputs.put(train, batch.rows(), model.lastOutput(), order, from);
        }
        requireFinite(epoch);
        double rows = train.rows();
        double accuracy = train.labels() == null ? Double.NaN : correct / rows;
        return new Evaluation(loss / rows, accuracy, model.penalties(batch.rows()), outputs.measure(train));
    }

    private void requireFinite(int epoch) {
        try {
            model.requireFiniteParameters();
        } catch (NonFiniteLossException e) {
            throw e.inEpoch(epoch);
        }
    }

    private Evaluation validate(Predictor validator, Outputs outputs, int epoch) {
        Evaluation judged = validator.evaluate(validation, outputs);
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
