package dev.ridgeline.train;

import dev.ridgeline.DoubleLayers;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Activation.Function;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.regularizer.Tikhonov;
import java.util.List;

/** Tikhonov's penalty of a chain of layers in double: values and derivatives forward, from closed forms. */
final class DoubleTikhonov {
    private final List<Layer<?>> layers;
    private final Tikhonov tikhonov;
    private final int inputs;
    private final float[] x;
    private final double[] weights;

    /** Kernel and bias of each dense layer, in order; may be changed. */
    final double[][] tensors;

    /** Over the rows of x with the weights that they count. */
    DoubleTikhonov(Model model, Tikhonov tikhonov, float[] x, double[] weights) {
        layers = model.layers();
        inputs = model.inputs();
        this.tikhonov = tikhonov;
        this.x = x;
        this.weights = weights;
        tensors = model.parameters().stream()
                .map(p -> dev.ridgeline.Floats.doubles(p.value(), p.value().length))
                .toArray(double[][]::new);
    }

    double value() {
        double sum = 0;
        for (int n = 0; n < weights.length; n++) {
            double[] h = new double[3];
            for (int r = 0; r < 3; r++) {
                h[r] = tikhonov.h(r).weight(x, n * inputs, inputs);
            }
            for (int i = 0; i < inputs; i++) {
                double[][] jet = jet(n, i);
                // the values count once, not once for each input
                sum += weights[n] * (i == 0 ? h[0] * DoubleLayers.dot(jet[0], jet[0]) : 0);
                sum += weights[n] * h[1] * DoubleLayers.dot(jet[1], jet[1]);
                sum += weights[n] * h[2] * DoubleLayers.dot(jet[2], jet[2]);
            }
        }
        return sum;
    }

    /** Returns y, ∂y/∂x_i, ∂²y/∂x_i² at a row. */
    private double[][] jet(int row, int i) {
        double[][] jet = new double[3][inputs];
        for (int j = 0; j < inputs; j++) {
            jet[0][j] = x[row * inputs + j];
        }
        jet[1][i] = 1;
        int tensor = 0;
        for (Layer<?> layer : layers) {
            if (layer instanceof Dense dense) {
                double[] w = tensors[tensor++];
                double[] b = tensors[tensor++];
                double[] none = new double[b.length];
                for (int r = 0; r < 3; r++) {
                    jet[r] = DoubleLayers.dense(1, dense.inputs(), dense.outputs(), jet[r], w, r == 0 ? b : none);
                }
            } else {
                for (int j = 0; j < layer.outputs(); j++) {
                    double[] f = derivatives(((Activation) layer).function(), jet[0][j]);
                    double first = jet[1][j];
                    jet[0][j] = f[0];
                    jet[1][j] = f[1] * first;
                    jet[2][j] = f[2] * first * first + f[1] * jet[2][j];
                }
            }
        }
        return jet;
    }

    /** f, f', f''. */
    private static double[] derivatives(Function function, double z) {
        double f = DoubleLayers.activation(function, 1, 1, new double[] {z})[0];
        double s = 1 / (1 + Math.exp(-z));
        double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        return switch (function) {
            case LINEAR -> new double[] {f, 1, 0};
            case RELU -> new double[] {f, z > 0 ? 1 : 0, 0};
            case LEAKY_RELU -> new double[] {f, z > 0 ? 1 : 0.01, 0};
            case ELU -> new double[] {f, z > 0 ? 1 : Math.exp(z), z > 0 ? 0 : Math.exp(z)};
            case GELU ->
                new double[] {f, (1 + DoubleLayers.erf(z / Math.sqrt(2))) / 2 + z * density, density * (2 - z * z)};
            case SILU -> new double[] {f, s + z * s * (1 - s), s * (1 - s) * (2 + z * (1 - 2 * s))};
            case SOFTPLUS -> new double[] {f, s, s * (1 - s)};
            case TANH -> new double[] {f, 1 - f * f, -2 * f * (1 - f * f)};
            case SIGMOID -> new double[] {f, s * (1 - s), s * (1 - s) * (1 - 2 * s)};
            case SOFTMAX -> throw new AssertionError(function);
        };
    }
}
