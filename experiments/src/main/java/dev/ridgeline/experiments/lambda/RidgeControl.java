package dev.ridgeline.experiments.lambda;

import dev.ridgeline.kernel.RandomBits;

/**
 * A model for which theory gives the best λ exactly: linear regression y = Wᵀx + e with weights from N(0, τ²), errors from N(0,
 * σ²) and inputs from N(0, 1). The weights that minimise (1/2N)·Σ‖y - Wᵀx‖² + ½λ‖W‖² have the smallest expected error at λ* =
 * σ²/(τ²N), whatever the inputs (Hoerl and Kennard, Ridge regression, 1970; Lindley and Smith, Bayes estimates for the linear
 * model, 1972). Here τ = 1 and σ = {@value #NOISE}, so λ* = 16/N: a slope of exactly -1.
 *
 * <p>It says what the study's own machinery (grid, selection, geometric mean, regression) does to a slope that is known. There
 * are {@value #OUTPUTS} outputs, so that the expectation over weights and errors is an average within each training set.
 */
final class RidgeControl {
    static final int INPUTS = 10;
    static final int OUTPUTS = 400;
    static final double NOISE = 4;

    private static final int ROW = INPUTS + OUTPUTS;

    private final float[] weights = new float[INPUTS * OUTPUTS];

    /** XᵀX/N. */
    private final double[][] gram = new double[INPUTS][INPUTS];

    /** XᵀY/N. */
    private final double[][] moment = new double[INPUTS][OUTPUTS];

    /**
     * Draws weights and a training set.
     *
     * @param seed the seed
     * @param rows N
     */
    RidgeControl(long seed, int rows) {
        GaussianClasses.addNormals(RandomBits.key(seed, "ridge weights"), 1, weights);
        long key = RandomBits.key(seed, "ridge rows");
        for (int r = 0; r < rows; r++) {
            float[] row = new float[ROW];
            GaussianClasses.addNormals(key + r, 1, row);
            add(row, 1.0 / rows);
        }
    }

    /** Adds a row, inputs and then errors, to the moments. */
    private void add(float[] row, double share) {
        double[] y = new double[OUTPUTS];
        for (int o = 0; o < OUTPUTS; o++) {
            y[o] = NOISE * row[INPUTS + o];
        }
        for (int i = 0; i < INPUTS; i++) {
            for (int o = 0; o < OUTPUTS; o++) {
                y[o] += (double) row[i] * weights[i * OUTPUTS + o];
            }
        }
        for (int i = 0; i < INPUTS; i++) {
            double x = share * row[i];
            for (int j = 0; j < INPUTS; j++) {
                gram[i][j] += x * row[j];
            }
            for (int o = 0; o < OUTPUTS; o++) {
                moment[i][o] += x * y[o];
            }
        }
    }

    /** Returns for each λ the mean squared error of an output on new rows, as it is in expectation: σ² + ‖Ŵ - W‖²/outputs. */
    double[] losses(double... lambdas) {
        double[] losses = new double[lambdas.length];
        for (int l = 0; l < lambdas.length; l++) {
            double[][] estimate = solve(lambdas[l]);
            double squares = 0;
            for (int i = 0; i < INPUTS; i++) {
                for (int o = 0; o < OUTPUTS; o++) {
                    double error = estimate[i][o] - weights[i * OUTPUTS + o];
                    squares += error * error;
                }
            }
            losses[l] = NOISE * NOISE + squares / OUTPUTS;
        }
        return losses;
    }

    /** Solves (XᵀX/N + λI)·Ŵ = XᵀY/N by Cholesky's factors; λ &gt; 0 makes the matrix positive definite. */
    private double[][] solve(double lambda) {
        double[][] factor = new double[INPUTS][INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = gram[i][j] + (i == j ? lambda : 0);
                for (int k = 0; k < j; k++) {
                    sum -= factor[i][k] * factor[j][k];
                }
                factor[i][j] = i == j ? Math.sqrt(sum) : sum / factor[j][j];
            }
        }
        double[][] w = new double[INPUTS][];
        for (int i = 0; i < INPUTS; i++) {
            w[i] = moment[i].clone();
            for (int k = 0; k < i; k++) {
                subtract(factor[i][k], w[k], w[i]);
            }
            divide(w[i], factor[i][i]);
        }
        for (int i = INPUTS - 1; i >= 0; i--) {
            for (int k = i + 1; k < INPUTS; k++) {
                subtract(factor[k][i], w[k], w[i]);
            }
            divide(w[i], factor[i][i]);
        }
        return w;
    }

    private static void subtract(double factor, double[] from, double[] row) {
        for (int o = 0; o < row.length; o++) {
            row[o] -= factor * from[o];
        }
    }

    private static void divide(double[] row, double by) {
        for (int o = 0; o < row.length; o++) {
            row[o] /= by;
        }
    }
}
