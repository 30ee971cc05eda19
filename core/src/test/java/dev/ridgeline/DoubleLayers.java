package dev.ridgeline;

import dev.ridgeline.kernel.Window;
import dev.ridgeline.layer.Activation;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;

/** Layers and losses forward in double, as their definitions read, and numeric derivatives of them. */
public final class DoubleLayers {
    private DoubleLayers() {}

    /** Returns dL/d{@code at} by central differences; {@code loss} must read {@code at}. */
    public static double[] gradient(double[] at, DoubleSupplier loss) {
        double[] gradient = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            double center = at[i];
            double h = 1e-5 * Math.max(1, Math.abs(center));
            at[i] = center + h;
            double above = loss.getAsDouble();
            at[i] = center - h;
            double below = loss.getAsDouble();
            at[i] = center;
            gradient[i] = (above - below) / (2 * h);
        }
        return gradient;
    }

    /** X·W + b. */
    public static double[] dense(int rows, int inputs, int units, double[] x, double[] w, double[] b) {
        double[] y = new double[rows * units];
        for (int r = 0; r < rows; r++) {
            for (int u = 0; u < units; u++) {
                double sum = b[u];
                for (int i = 0; i < inputs; i++) {
                    sum += x[r * inputs + i] * w[i * units + u];
                }
                y[r * units + u] = sum;
            }
        }
        return y;
    }

    /** The convolution of each window with each filter, plus b; padding is 0. */
    public static double[] convolution(int rows, Window window, int filters, double[] x, double[] w, double[] b) {
        double[] y = new double[rows * window.positions() * filters];
        for (int q = 0; q < rows * window.positions(); q++) {
            System.arraycopy(b, 0, y, q * filters, filters);
            for (int e = 0; e < window.patch(); e++) {
                int at = patchElement(window, q, e);
                for (int f = 0; at >= 0 && f < filters; f++) {
                    y[q * filters + f] += x[at] * w[e * filters + f];
                }
            }
        }
        return y;
    }

    /** The largest value, or the mean, of each window and channel; padding takes no part. */
    public static double[] pool(int rows, Window window, boolean max, double[] x) {
        int channels = window.channels();
        double[] y = new double[rows * window.positions() * channels];
        for (int i = 0; i < y.length; i++) {
            double largest = Double.NEGATIVE_INFINITY;
            double sum = 0;
            int n = 0;
            for (int e = i % channels; e < window.patch(); e += channels) {
                int at = patchElement(window, i / channels, e);
                if (at >= 0) {
                    largest = Math.max(largest, x[at]);
                    sum += x[at];
                    n++;
                }
            }
            y[i] = max ? largest : sum / n;
        }
        return y;
    }

    /** Returns where element e of the patch of position q (of all rows) is in x, or -1 if it is padding. */
    public static int patchElement(Window window, int q, int e) {
        Window.Axis depth = window.depth();
        Window.Axis height = window.height();
        Window.Axis width = window.width();
        int cell = e / window.channels();
        int w = cell(width, q, cell);
        int h = cell(height, q / width.outputs(), cell / width.size());
        int d = cell(depth, q / width.outputs() / height.outputs(), cell / width.size() / height.size());
        int row = q / window.positions();
        return d < 0 || h < 0 || w < 0
                ? -1
                : (((row * depth.inputs() + d) * height.inputs() + h) * width.inputs() + w) * window.channels()
                        + e % window.channels();
    }

    private static int cell(Window.Axis axis, int output, int cell) {
        int i = output % axis.outputs() * axis.stride() - axis.before() + cell % axis.size();
        return i < axis.inputs() ? i : -1;
    }

    /** f(x), softmax by rows. */
    public static double[] activation(Activation.Function function, int rows, int columns, double[] x) {
        return switch (function) {
            case LINEAR -> map(x, t -> t);
            case RELU -> map(x, t -> Math.max(0, t));
            case LEAKY_RELU -> map(x, t -> t > 0 ? t : 0.01 * t);
            case ELU -> map(x, t -> t > 0 ? t : Math.expm1(t));
            case GELU -> map(x, t -> t * (1 + erf(t / Math.sqrt(2))) / 2);
            case SILU -> map(x, t -> t / (1 + Math.exp(-t)));
            case SOFTPLUS -> map(x, DoubleLayers::softplus);
            case TANH -> map(x, Math::tanh);
            case SIGMOID -> map(x, t -> 1 / (1 + Math.exp(-t)));
            case SOFTMAX -> softmax(rows, columns, x);
        };
    }

    private static double[] map(double[] x, DoubleUnaryOperator f) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = f.applyAsDouble(x[i]);
        }
        return y;
    }

    private static double softplus(double x) {
        return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /** The error function: its power series near 0, the continued fraction of erfc far out. */
    public static double erf(double x) {
        double size = Math.abs(x);
        if (size < 2.5) {
            double term = x;
            double sum = x;
            for (int n = 1; n < 80; n++) {
                term *= -x * x / n;
                sum += term / (2 * n + 1);
            }
            return 2 / Math.sqrt(Math.PI) * sum;
        }
        double tail = 0;
        for (int k = 120; k > 0; k--) {
            tail = k / 2.0 / (size + tail);
        }
        return Math.signum(x) * (1 - Math.exp(-size * size) / Math.sqrt(Math.PI) / (size + tail));
    }

    /** Softmax of each row. */
    public static double[] softmax(int rows, int columns, double[] x) {
        double[] y = new double[rows * columns];
        for (int r = 0; r < rows; r++) {
            double logSum = logSumExp(columns, x, r * columns);
            for (int j = 0; j < columns; j++) {
                y[r * columns + j] = Math.exp(x[r * columns + j] - logSum);
            }
        }
        return y;
    }

    private static double logSumExp(int n, double[] x, int offset) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            largest = Math.max(largest, x[offset + j]);
        }
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += Math.exp(x[offset + j] - largest);
        }
        return largest + Math.log(sum);
    }

    /** Element by element x·m. */
    public static double[] masked(double[] x, float[] mask) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = x[i] * mask[i];
        }
        return y;
    }

    /** Mean and biased variance of each column: {mean, variance}. */
    public static double[][] statistics(int rows, int columns, double[] x) {
        double[] mean = new double[columns];
        double[] variance = new double[columns];
        for (int j = 0; j < columns; j++) {
            for (int r = 0; r < rows; r++) {
                mean[j] += x[r * columns + j] / rows;
            }
            for (int r = 0; r < rows; r++) {
                double d = x[r * columns + j] - mean[j];
                variance[j] += d * d / rows;
            }
        }
        return new double[][] {mean, variance};
    }

    /** γ·(x - μ)/√(σ² + ε) + β with the given {μ, σ²}. */
    public static double[] normalize(
            int rows, int columns, double[] x, double[][] statistics, double epsilon, double[] gamma, double[] beta) {
        double[] y = new double[rows * columns];
        for (int i = 0; i < y.length; i++) {
            int j = i % columns;
            y[i] = gamma[j] * (x[i] - statistics[0][j]) / Math.sqrt(statistics[1][j] + epsilon) + beta[j];
        }
        return y;
    }

    /** Each row's groups of channels normalized over their positions; one position, one group: layer normalization. */
    public static double[] groupNormalize(
            int rows,
            int positions,
            int channels,
            int groups,
            double[] x,
            double epsilon,
            double[] gamma,
            double[] beta) {
        double[] y = new double[x.length];
        int width = channels / groups;
        int n = positions * width;
        for (int rg = 0; rg < rows * groups; rg++) {
            int start = rg / groups * positions * channels + rg % groups * width;
            double mean = 0;
            double variance = 0;
            for (int i = 0; i < n; i++) {
                mean += x[start + i / width * channels + i % width] / n;
            }
            for (int i = 0; i < n; i++) {
                double d = x[start + i / width * channels + i % width] - mean;
                variance += d * d / n;
            }
            for (int i = 0; i < n; i++) {
                int at = start + i / width * channels + i % width;
                int c = at % channels;
                y[at] = gamma[c] * (x[at] - mean) / Math.sqrt(variance + epsilon) + beta[c];
            }
        }
        return y;
    }

    /** The mean over rows of -log softmax(z)_label. */
    public static double softmaxCrossEntropy(int rows, int columns, double[] z, int[] labels) {
        double sum = 0;
        for (int r = 0; r < rows; r++) {
            sum += logSumExp(columns, z, r * columns) - z[r * columns + labels[r]];
        }
        return sum / rows;
    }

    /** The mean over rows of log(1 + e^z) - label·z. */
    public static double binaryCrossEntropy(int rows, double[] z, int[] labels) {
        double sum = 0;
        for (int r = 0; r < rows; r++) {
            sum += softplus(z[r]) - labels[r] * z[r];
        }
        return sum / rows;
    }

    /** The mean over all elements of (y - target)². */
    public static double meanSquaredError(double[] y, double[] targets) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += (y[i] - targets[i]) * (y[i] - targets[i]);
        }
        return sum / y.length;
    }

    /** Σ x·y. */
    public static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
