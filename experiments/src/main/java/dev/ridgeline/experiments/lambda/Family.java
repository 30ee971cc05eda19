package dev.ridgeline.experiments.lambda;

/** A family of models that differ in λ; the best λ of each is looked for at each number of rows. */
enum Family {
    /** The networks of the published study with weight decay. */
    L2("L2 f=1", Penalty.L2, 1, "-0.685; -0.79"),
    /** The same with a small start. */
    L2_SMALL("L2 f=0.1", Penalty.L2, 0.1f, "-1.31"),
    /** The same with a large start. */
    L2_LARGE("L2 f=10", Penalty.L2, 10, "-0.11"),
    /** The same networks with the sum of absolute weights. */
    L1("L1 f=1", Penalty.L1, 1, ""),
    /** The theory's control, see {@link RidgeControl}; it has neither start nor steps. */
    RIDGE("ridge control", Penalty.L2, 0, "");

    /** What λ multiplies. */
    enum Penalty {
        /** ½Σw². */
        L2,
        /** Σ|w|, with its sign as gradient. */
        L1
    }

    private final String title;
    private final Penalty penalty;
    private final float start;
    private final String published;

    Family(String title, Penalty penalty, float start, String published) {
        this.title = title;
        this.penalty = penalty;
        this.start = start;
        this.published = published;
    }

    /** Returns what the family is called in tables. */
    String title() {
        return title;
    }

    /** Returns the penalty on the kernels of both layers; biases have none. */
    Penalty penalty() {
        return penalty;
    }

    /** Returns f: weights start as N(0, f/K), K the inputs of the unit; biases at 0. */
    float start() {
        return start;
    }

    /** Returns the slopes that were published for this family, or nothing: the first of L2 is of 8 to 3,240 rows. */
    String published() {
        return published;
    }
}
