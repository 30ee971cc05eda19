package dev.ridgeline.experiments.select;

import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.bench.cost.SampleMean;

/**
 * What cross-validation says of a candidate.
 *
 * @param candidate the candidate
 * @param recipe the strength to use on the whole table: of the lowest mean loss over the splits
 * @param atEdge whether that is the weakest or the strongest of several tried
 * @param losses by split: the loss on the rows that judge, with the strength that the inner folds chose there
 * @param loss the mean of the losses
 * @param accuracy the mean accuracy, likewise; NaN for regression
 * @param trainLoss the mean loss on the rows trained on, likewise
 * @param trainAccuracy the mean accuracy on the rows trained on, likewise; NaN for regression
 * @param rootMeanSquare the mean over splits of the root of the mean squared error in the target's unit, likewise; NaN for
 *     classification
 * @param difference the mean of (loss of none - loss) over the splits, with the error corrected for shared training rows
 * @param benefit the same with the interval that contains 0 exactly if {@code p} exceeds 0.05
 * @param p the p-value of "it makes no difference", Holm-adjusted over the candidates; NaN for none itself
 * @param bestEpoch the checkpoint with the lowest mean loss of the recipe
 */
record Finding(
        Candidate candidate,
        Recipe recipe,
        boolean atEdge,
        double[] losses,
        double loss,
        double accuracy,
        double trainLoss,
        double trainAccuracy,
        double rootMeanSquare,
        SampleMean difference,
        Interval benefit,
        double p,
        int bestEpoch) {
    /** The probability of a false claim anywhere in a table. */
    static final double LEVEL = 0.05;

    /** Returns whether the table shows that it lowers the loss. */
    boolean proven() {
        return p <= LEVEL && benefit.mean() > 0;
    }

    /** Returns whether the table shows that it raises the loss. */
    boolean harmful() {
        return p <= LEVEL && benefit.mean() < 0;
    }
}
