package dev.ridgeline.regularizer;

/**
 * What the λ of this library is called elsewhere. Here the loss is the mean over the patterns plus ½λΣw² or λΣ|w|; other
 * systems leave out the ½, sum over the patterns, or state a prior. A value is converted for a number of training
 * patterns N and a batch size B, which only some systems depend on.
 *
 * <pre>
 *                          L2: theirs    L1: theirs
 * KERAS                    λ/2           λ           keras.regularizers.L2(x), L1(x)
 * PYTORCH, DL4J            λ             -           weight_decay of an optimizer (coupled); DL4J's weightDecay
 * DJL                      λ/2           λ           ai.djl.training.loss.L2WeightDecay, L1WeightDecay
 * SCIKIT_LEARN_MLP         λ·B           -           MLPClassifier(alpha=x), MLPRegressor(alpha=x)
 * SCIKIT_LEARN_LOGISTIC    1/(λN)        1/(λN)      LogisticRegression(C=x)
 * PRIOR                    1/(λN)        1/(λN)      variance of a Gaussian prior; scale of a Laplace prior
 * </pre>
 *
 * <p>The prior is that of maximum a posteriori estimation (MacKay, 1992): minus the log posterior, divided by N, is the
 * mean loss plus Σw²/(2Nσ²), or Σ|w|/(Nb).
 */
public enum LambdaConvention {
    /** Keras's regularizers. */
    KERAS(Relation.HALF, Relation.SAME),
    /** PyTorch's optimizers. */
    PYTORCH(Relation.SAME, Relation.NONE),
    /** Deeplearning4j's weight decay. */
    DL4J(Relation.SAME, Relation.NONE),
    /** Deep Java Library's weight decay losses. */
    DJL(Relation.HALF, Relation.SAME),
    /** scikit-learn's multilayer perceptrons. */
    SCIKIT_LEARN_MLP(Relation.TIMES_BATCH, Relation.NONE),
    /** scikit-learn's logistic regression. */
    SCIKIT_LEARN_LOGISTIC(Relation.RECIPROCAL, Relation.RECIPROCAL),
    /** The variance of a Gaussian prior on each weight, the scale of a Laplace prior. */
    PRIOR(Relation.RECIPROCAL, Relation.RECIPROCAL);

    /** How their number follows from λ. */
    private enum Relation {
        SAME,
        HALF,
        TIMES_BATCH,
        RECIPROCAL,
        NONE
    }

    private final Relation l2;
    private final Relation l1;

    LambdaConvention(Relation l2, Relation l1) {
        this.l2 = l2;
        this.l1 = l1;
    }

    /**
     * Returns what the λ of {@link L2} is there.
     *
     * @param lambda λ, at least 0; above 0 where theirs is a reciprocal
     * @param patterns the number of training patterns N
     * @param batch the batch size B
     * @return their number
     */
    public double fromL2(double lambda, int patterns, int batch) {
        return convert(l2, false, lambda, patterns, batch);
    }

    /**
     * Returns the λ of {@link L2} for a number of theirs.
     *
     * @param theirs their number
     * @param patterns the number of training patterns N
     * @param batch the batch size B
     * @return λ
     */
    public double toL2(double theirs, int patterns, int batch) {
        return convert(l2, true, theirs, patterns, batch);
    }

    /**
     * Returns what the λ of {@link L1} is there.
     *
     * @param lambda λ, at least 0; above 0 where theirs is a reciprocal
     * @param patterns the number of training patterns N
     * @param batch the batch size B
     * @return their number
     * @throws UnsupportedOperationException if they have no L1
     */
    public double fromL1(double lambda, int patterns, int batch) {
        return convert(l1, false, lambda, patterns, batch);
    }

    /**
     * Returns the λ of {@link L1} for a number of theirs.
     *
     * @param theirs their number
     * @param patterns the number of training patterns N
     * @param batch the batch size B
     * @return λ
     * @throws UnsupportedOperationException if they have no L1
     */
    public double toL1(double theirs, int patterns, int batch) {
        return convert(l1, true, theirs, patterns, batch);
    }

    private double convert(Relation relation, boolean toOurs, double value, int patterns, int batch) {
        if (patterns < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    this + ": " + patterns + " patterns in batches of " + batch + "; there must be at least 1 of each");
        }
        boolean positive = relation == Relation.RECIPROCAL;
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY) || positive && value == 0) {
            throw new IllegalArgumentException(this + ": the value is " + value + "; it must be a finite number "
                    + (positive ? "above 0, as the other side is its reciprocal" : "of at least 0"));
        }
        return switch (relation) {
            case SAME -> value;
            case HALF -> toOurs ? 2 * value : value / 2;
            case TIMES_BATCH -> toOurs ? value / batch : value * batch;
            case RECIPROCAL -> 1 / (value * patterns);
            case NONE ->
                throw new UnsupportedOperationException(
                        this + " has no L1; use a system that has, such as " + KERAS + ", or write the penalty there");
        };
    }
}
