package dev.ridgeline.train;

import java.util.ArrayList;
import java.util.List;

/** Histories made of given numbers. */
final class Recorded {
    static final double NAN = Double.NaN;

    private Recorded() {}

    /** Returns a history whose validation loss is given; the training loss is the number of the epoch. */
    static History validation(double... losses) {
        List<History.Epoch> epochs = new ArrayList<>();
        for (double loss : losses) {
            int epoch = epochs.size() + 1;
            epochs.add(new History.Epoch(epoch, new Evaluation(epoch, NAN), new Evaluation(loss, NAN)));
        }
        return History.of(epochs);
    }

    /** Returns a history of training and validation losses. */
    static History losses(double[] train, double[] validation) {
        List<History.Epoch> epochs = new ArrayList<>();
        for (int i = 0; i < train.length; i++) {
            epochs.add(new History.Epoch(i + 1, new Evaluation(train[i], NAN), new Evaluation(validation[i], NAN)));
        }
        return History.of(epochs);
    }

    /** Returns a history of losses and accuracies on a validation set. */
    static History accuracies(double[] losses, double[] accuracies) {
        List<History.Epoch> epochs = new ArrayList<>();
        for (int i = 0; i < losses.length; i++) {
            epochs.add(new History.Epoch(i + 1, new Evaluation(9, 0), new Evaluation(losses[i], accuracies[i])));
        }
        return History.of(epochs);
    }

    /** Returns a history of losses of a run without a validation set. */
    static History training(double... losses) {
        List<History.Epoch> epochs = new ArrayList<>();
        for (double loss : losses) {
            epochs.add(new History.Epoch(epochs.size() + 1, new Evaluation(loss, NAN), null));
        }
        return History.of(epochs);
    }
}
