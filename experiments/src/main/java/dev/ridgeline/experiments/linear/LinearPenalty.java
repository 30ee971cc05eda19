package dev.ridgeline.experiments.linear;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.linear.LogisticRegression;

/** The penalties of the study, each multiplied by the λ of a path. */
enum LinearPenalty {
    /** λ Σ|w|. */
    L1("L1"),
    /** ½ λ Σw². */
    L2("L2"),
    /** λ (r Σ|w| + ½ (1 - r) Σw²). */
    ELASTIC_NET("elastic net");

    /** How far a path goes down from the λ at which L1 leaves no coefficient. */
    private static final double LEAST = 1e-4;

    /** How far the path of L2 goes up from there: it leaves no coefficient zero, but there they are small. */
    private static final double L2_MOST = 100;

    private final String title;

    LinearPenalty(String title) {
        this.title = title;
    }

    /** Returns the name in tables, files and plots. */
    String title() {
        return title;
    }

    /** Returns the regression whose penalty a path multiplies. */
    LogisticRegression regression(double l1Ratio) {
        return switch (this) {
            case L1 -> LogisticRegression.l1(1);
            case L2 -> LogisticRegression.l2(1);
            case ELASTIC_NET -> LogisticRegression.elasticNet(l1Ratio, 1 - l1Ratio);
        };
    }

    /**
     * Returns the λ of a path on a logarithmic grid. With L1 it begins where all coefficients are zero.
     *
     * @param data the rows to fit on, standardised
     * @param l1Ratio the share r of L1 in the elastic net
     * @param number how many, at least 2
     * @return the λ, descending
     */
    double[] lambdas(Dataset data, double l1Ratio, int number) {
        double lasso = L1.regression(l1Ratio).lambdaMax(data);
        if (!(lasso > 0)) {
            throw new IllegalArgumentException("linear: no feature tells the classes apart in the " + data.rows()
                    + " rows to fit on, so every coefficient is zero for any penalty; give features that vary");
        }
        double most = this == L2 ? L2_MOST * lasso : regression(l1Ratio).lambdaMax(data);
        double[] lambdas = new double[number];
        for (int i = 0; i < number; i++) {
            lambdas[i] = most * StrictMath.pow(LEAST * lasso / most, i / (number - 1.0));
        }
        return lambdas;
    }
}
