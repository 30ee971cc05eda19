package dev.ridgeline.prune;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.train.Loss;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.OutputDerivative;
import java.util.function.Consumer;

/**
 * The Gauss-Newton approximation of the Hessian of the mean data loss L = 1/P·Σ ℓ(z), over the P rows of a data set:
 *
 * <pre>
 * H = 1/P·Σ_p Jᵀ·(∂²ℓ/∂z²)·J,   J = ∂z/∂w
 *   = 1/P·Σ x·xᵀ                             with for each row and output o, J_o being a row of J:
 * squared error, mean of O outputs:  x = √(2/O)·J_o
 * softmax cross-entropy:             x = √p_o·(J_o - Σ_j p_j·J_j),  since diag(p) - p·pᵀ = Σ_o p_o·(e_o - p)(e_o - p)ᵀ
 * binary cross-entropy:              x = √(p·(1 - p))·J,  p = sigmoid(z)
 * </pre>
 *
 * <p>What it leaves out is Σ (∂ℓ/∂z)·∂²z/∂w²: nothing where the outputs are linear in the weights, little where the model
 * fits. For both cross-entropies it is also the Fisher information. J is computed row by row in float, in inference
 * mode; the rest in double. Costs 6 flops a weight of the model for each row and output.
 */
final class GaussNewton {
    private final Model model;
    private final Dataset data;
    private final Weights weights;

    GaussNewton(Object method, Model model, Dataset data, Weights weights) {
        this.model = model;
        this.data = data;
        this.weights = weights;
        switch (model.loss()) {
            case MEAN_SQUARED_ERROR, SOFTMAX_CROSS_ENTROPY, BINARY_CROSS_ENTROPY -> {}
            default ->
                throw new IllegalArgumentException(method + ": the curvature of the loss " + model.loss()
                        + " is not known; prune by magnitude, or train with squared error or cross-entropy");
        }
    }

    /** Calls back with each x, in the order of the rows and outputs; the array is used again. */
    void forEachFactor(Consumer<double[]> factor) {
        OutputDerivative derivative = model.outputDerivative();
        int outputs = model.outputs();
        double[][] jacobian = new double[outputs][weights.size()];
        float[] unit = new float[outputs];
        double[] z = new double[outputs];
        for (int row = 0; row < data.rows(); row++) {
            for (int o = 0; o < outputs; o++) {
                unit[o] = 1;
                float[] y = derivative.at(data.x(), row, unit);
                unit[o] = 0;
                z[o] = y[o];
                weights.gradients(jacobian[o]);
            }
            scale(model.loss(), z, jacobian);
            for (double[] x : jacobian) {
                factor.accept(x);
            }
        }
    }

    /** Turns the Jacobian of a row into its x. */
    private static void scale(Loss loss, double[] z, double[][] jacobian) {
        int outputs = z.length;
        if (loss == Loss.MEAN_SQUARED_ERROR) {
            for (double[] x : jacobian) {
                multiply(Math.sqrt(2.0 / outputs), x);
            }
        } else if (loss == Loss.BINARY_CROSS_ENTROPY) {
            // p(1 - p), without loss of digits where p is near 1
            double e = StrictMath.exp(-Math.abs(z[0]));
            multiply(Math.sqrt(e) / (1 + e), jacobian[0]);
        } else {
            double[] p = softmax(z);
            for (int i = 0; i < jacobian[0].length; i++) {
                double mean = 0;
                for (int o = 0; o < outputs; o++) {
                    mean += p[o] * jacobian[o][i];
                }
                for (int o = 0; o < outputs; o++) {
                    jacobian[o][i] = Math.sqrt(p[o]) * (jacobian[o][i] - mean);
                }
            }
        }
    }

    private static void multiply(double factor, double[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= factor;
        }
    }

    private static double[] softmax(double[] z) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double logit : z) {
            largest = Math.max(largest, logit);
        }
        double[] p = new double[z.length];
        double sum = 0;
        for (int o = 0; o < z.length; o++) {
            p[o] = StrictMath.exp(z[o] - largest);
            sum += p[o];
        }
        multiply(1 / sum, p);
        return p;
    }
}
