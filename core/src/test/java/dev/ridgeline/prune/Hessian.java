package dev.ridgeline.prune;

import dev.ridgeline.DoubleLayers;
import dev.ridgeline.Floats;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.train.Loss;
import dev.ridgeline.train.Model;
import java.util.Arrays;

/** The Gauss-Newton matrix of a model of dense layers and activations, from numeric derivatives in double; and linear algebra. */
final class Hessian {
    private final Model model;
    private final Dataset data;
    private final double[][] tensors;

    Hessian(Model model, Dataset data) {
        this.model = model;
        this.data = data;
        tensors = model.parameters().stream()
                .map(p -> Floats.doubles(p.value(), p.value().length))
                .toArray(double[][]::new);
    }

    /** The outputs of all rows. */
    double[] outputs() {
        double[] y = Floats.doubles(data.x(), data.x().length);
        int t = 0;
        for (Layer<?> layer : model.layers()) {
            if (layer instanceof Dense) {
                y = DoubleLayers.dense(data.rows(), layer.inputs(), layer.outputs(), y, tensors[t], tensors[t + 1]);
                t += 2;
            } else {
                y = DoubleLayers.activation(((Activation) layer).function(), data.rows(), layer.outputs(), y);
            }
        }
        return y;
    }

    /** The mean squared error. */
    double squaredError() {
        return DoubleLayers.meanSquaredError(outputs(), Floats.doubles(data.targets(), data.targets().length));
    }

    /** 1/P·Σ Jᵀ·(∂²ℓ/∂z²)·J over all tensors, in the order of the model. */
    double[][] matrix() {
        int n = Arrays.stream(tensors).mapToInt(t -> t.length).sum();
        int outputs = model.outputs();
        double[] z = outputs();
        double[][] columns = new double[n][];
        int at = 0;
        for (double[] tensor : tensors) {
            for (int i = 0; i < tensor.length; i++) {
                columns[at++] = derivative(tensor, i);
            }
        }
        double[][] h = new double[n][n];
        for (int row = 0; row < data.rows(); row++) {
            double[][] curvature = curvature(Arrays.copyOfRange(z, row * outputs, (row + 1) * outputs));
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    for (int a = 0; a < outputs; a++) {
                        for (int b = 0; b < outputs; b++) {
                            h[i][j] += columns[i][row * outputs + a]
                                    * curvature[a][b]
                                    * columns[j][row * outputs + b]
                                    / data.rows();
                        }
                    }
                }
            }
        }
        return h;
    }

    private double[] derivative(double[] tensor, int i) {
        double center = tensor[i];
        double step = 1e-5;
        tensor[i] = center + step;
        double[] above = outputs();
        tensor[i] = center - step;
        double[] below = outputs();
        tensor[i] = center;
        double[] derivative = new double[above.length];
        Arrays.setAll(derivative, k -> (above[k] - below[k]) / (2 * step));
        return derivative;
    }

    private double[][] curvature(double[] z) {
        double[][] curvature = new double[z.length][z.length];
        double[] p = DoubleLayers.softmax(1, z.length, z);
        for (int a = 0; a < z.length; a++) {
            for (int b = 0; b < z.length; b++) {
                curvature[a][b] = (a == b ? p[a] : 0) - p[a] * p[b];
            }
            if (model.loss() == Loss.MEAN_SQUARED_ERROR) {
                Arrays.fill(curvature[a], 0);
                curvature[a][a] = 2.0 / z.length;
            }
        }
        if (model.loss() == Loss.BINARY_CROSS_ENTROPY) {
            double probability = 1 / (1 + Math.exp(-z[0]));
            curvature[0][0] = probability * (1 - probability);
        }
        return curvature;
    }

    /** The rows and columns of some weights. */
    static double[][] part(double[][] matrix, int... indices) {
        double[][] part = new double[indices.length][indices.length];
        for (int i = 0; i < indices.length; i++) {
            for (int j = 0; j < indices.length; j++) {
                part[i][j] = matrix[indices[i]][indices[j]];
            }
        }
        return part;
    }

    /** (A + α·I)⁻¹ by Gauss-Jordan elimination with pivots. */
    static double[][] inverse(double[][] matrix, double alpha) {
        int n = matrix.length;
        double[][] a = new double[n][2 * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(matrix[i], 0, a[i], 0, n);
            a[i][i] += alpha;
            a[i][n + i] = 1;
        }
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k; i < n; i++) {
                pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
            }
            double[] row = a[pivot];
            a[pivot] = a[k];
            a[k] = row;
            double scale = row[k];
            for (int j = 0; j < 2 * n; j++) {
                row[j] /= scale;
            }
            for (int i = 0; i < n; i++) {
                double factor = a[i][k];
                for (int j = 0; i != k && j < 2 * n; j++) {
                    a[i][j] -= factor * row[j];
                }
            }
        }
        double[][] inverse = new double[n][];
        Arrays.setAll(inverse, i -> Arrays.copyOfRange(a[i], n, 2 * n));
        return inverse;
    }

    static double[] multiply(double[][] matrix, double[] x) {
        double[] y = new double[matrix.length];
        Arrays.setAll(y, i -> DoubleLayers.dot(matrix[i], x));
        return y;
    }
}
