package dev.ridgeline.experiments.lambda;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.experiments.study.Sha256;
import dev.ridgeline.kernel.Elementary;
import dev.ridgeline.kernel.Gemm;
import dev.ridgeline.kernel.GemmScratch;
import dev.ridgeline.kernel.Interleaved;
import dev.ridgeline.kernel.Losses;
import dev.ridgeline.kernel.RandomBits;
import java.util.Arrays;
import java.util.List;

/**
 * Small networks trained side by side on the same rows: one hidden layer of tanh units, one sigmoid output, binary
 * cross-entropy, gradient descent. They start from the same normal numbers, scaled, and differ in their penalties. Each gets
 * the weights that {@link dev.ridgeline.train.Model} gives it alone, bit for bit.
 *
 * <p>With M networks of H hidden units and K inputs, all hidden layers are one product of rows x (K+1) by (K+1) x H·M, whose
 * last input is 1 and whose last row holds the biases. The output units are {@link Interleaved}. A step goes through the rows
 * in blocks, so that what a block needs stays in the caches; the gradients are one chain over all of them.
 *
 * <p>Costs, a row and network of 10-15-1: some 990 flops (330 forward and 330 for the gradient in the hidden layer's products,
 * 120 at the output, some 210 for 15 tanh by their polynomials). A Model takes 27 to 30 ns for them, at 8 rows 140; 96 networks
 * side by side 15 ns, at 8 rows 21 (one core of a Zen 5, 512-bit vectors): 4.4 for tanh, 3.4 and 2.7 for the products of the
 * hidden layer, 4 for the output and its gradient. Under a large λ weights become subnormal, which costs more.
 */
final class Perceptrons {
    /** A block's hidden outputs, 24 rows of 1,440 for 96 networks, take 138 KB. */
    private static final int BLOCK = 24;

    /** Networks are filled up to a multiple of the widest vector. */
    private static final int LANES = 16;

    private final int inputs;
    private final int hidden;
    private final int models;
    private final int padded;
    private final int columns;

    /** The kernels of the hidden layers, then a row of their biases: (inputs + 1) x hidden x padded. */
    private final float[] hiddenWeights;

    /** The kernels of the output units: hidden x padded. */
    private final float[] outputWeights;

    private final float[] outputBias;

    private final Decay hiddenDecay;
    private final Decay outputDecay;
    private final float[] hiddenGradient;
    private final float[] outputGradient;
    private final float[] biasGradient;

    private final GemmScratch scratch = new GemmScratch();
    private final float[] ones = new float[BLOCK];
    private final float[] units;
    private final float[] logits;
    private float[] x = new float[0];

    /** The λ of each weight: 0 at biases and where the network has another penalty. */
    private record Decay(float[] l1, float[] l2) {}

    /**
     * One of the networks.
     *
     * @param family its penalty and start
     * @param lambda λ
     */
    record Network(Family family, float lambda) {}

    Perceptrons(int inputs, int hidden, long seed, List<Network> networks) {
        this.inputs = inputs;
        this.hidden = hidden;
        models = networks.size();
        padded = Math.ceilDiv(models, LANES) * LANES;
        columns = hidden * padded;
        hiddenWeights = new float[(inputs + 1) * columns];
        outputWeights = new float[columns];
        outputBias = new float[padded];
        start(RandomBits.key(seed, "hidden"), inputs, hidden, networks, hiddenWeights);
        start(RandomBits.key(seed, "output"), hidden, 1, networks, outputWeights);
        hiddenDecay = decay(inputs * hidden, networks, hiddenWeights.length);
        outputDecay = decay(hidden, networks, outputWeights.length);
        hiddenGradient = new float[hiddenWeights.length];
        outputGradient = new float[outputWeights.length];
        biasGradient = new float[padded];
        units = new float[BLOCK * columns];
        logits = new float[BLOCK * padded];
        Arrays.fill(ones, 1);
    }

    /** Fills kernels with N(0, f/inputs). */
    private void start(long key, int inputsOfUnit, int unitsOfNetwork, List<Network> networks, float[] weights) {
        float[] normals = new float[inputsOfUnit * unitsOfNetwork];
        GaussianClasses.addNormals(key, 1, normals);
        for (int m = 0; m < models; m++) {
            float deviation = (float) Math.sqrt(networks.get(m).family().start() / inputsOfUnit);
            for (int i = 0; i < normals.length; i++) {
                weights[i * padded + m] = deviation * normals[i];
            }
        }
    }

    private Decay decay(int penalised, List<Network> networks, int length) {
        Decay decay = new Decay(new float[length], new float[length]);
        for (int m = 0; m < models; m++) {
            Network network = networks.get(m);
            float[] strength = network.family().penalty() == Family.Penalty.L1 ? decay.l1 : decay.l2;
            for (int i = 0; i < penalised; i++) {
                strength[i * padded + m] = network.lambda();
            }
        }
        return decay;
    }

    /** Returns the number of weights of a network. */
    static int parameters(int inputs, int hidden) {
        return (inputs + 1) * hidden + hidden + 1;
    }

    /** Takes one step of gradient descent with each network. */
    void step(Batch batch, float learningRate) {
        int rows = batch.rows();
        withOnes(rows, batch.x(), 0);
        Arrays.fill(outputGradient, 0);
        for (int from = 0; from < rows; from += BLOCK) {
            int n = Math.min(BLOCK, rows - from);
            boolean accumulate = from > 0;
            forward(from, n);
            Interleaved.crossEntropyGradient(n, padded, 1f / rows, batch.labels(), from, logits);
            Gemm.nn(1, padded, n, accumulate, ones, 0, n, logits, 0, padded, null, 0, scratch, biasGradient, 0, padded);
            Interleaved.tanhUnitsGradient(n, hidden, padded, logits, outputWeights, outputGradient, units);
            Gemm.tn(
                    inputs + 1,
                    columns,
                    n,
                    accumulate,
                    x,
                    from * (inputs + 1),
                    inputs + 1,
                    units,
                    0,
                    columns,
                    null,
                    0,
                    scratch,
                    hiddenGradient,
                    0,
                    columns);
        }
        descend(learningRate, hiddenDecay, hiddenGradient, hiddenWeights);
        descend(learningRate, outputDecay, outputGradient, outputWeights);
        for (int m = 0; m < padded; m++) {
            outputBias[m] -= learningRate * biasGradient[m];
        }
    }

    /** w ← w - η·(g + λ₂·w + λ₁·sign(w)). */
    private static void descend(float rate, Decay decay, float[] gradient, float[] weights) {
        float[] l1 = decay.l1;
        float[] l2 = decay.l2;
        for (int i = 0; i < weights.length; i++) {
            float w = weights[i];
            weights[i] = w - rate * (gradient[i] + (l2[i] * w + l1[i] * Math.signum(w)));
        }
    }

    /** Computes hidden outputs and logits of n rows of x. */
    private void forward(int from, int n) {
        Gemm.nn(
                n,
                columns,
                inputs + 1,
                false,
                x,
                from * (inputs + 1),
                inputs + 1,
                hiddenWeights,
                0,
                columns,
                null,
                0,
                scratch,
                units,
                0,
                columns);
        Elementary.tanh(n * columns, units, 0, units, 0);
        Interleaved.units(n, hidden, padded, units, outputWeights, outputBias, logits);
    }

    /** Copies rows into x, a 1 after each. */
    private void withOnes(int rows, float[] features, int offset) {
        int width = inputs + 1;
        if (x.length < rows * width) {
            x = new float[rows * width];
        }
        for (int r = 0; r < rows; r++) {
            System.arraycopy(features, offset + r * inputs, x, r * width, inputs);
            x[r * width + inputs] = 1;
        }
    }

    /** Returns the mean cross-entropy of each network; NaN or infinite for one that has diverged. */
    double[] crossEntropy(Dataset data) {
        int[] labels = new int[BLOCK * padded];
        float[] losses = new float[BLOCK * padded];
        double[] sums = new double[padded];
        for (int from = 0; from < data.rows(); from += BLOCK) {
            int n = Math.min(BLOCK, data.rows() - from);
            withOnes(n, data.x(), from * inputs);
            forward(0, n);
            for (int r = 0; r < n; r++) {
                Arrays.fill(labels, r * padded, (r + 1) * padded, data.labels()[from + r]);
            }
            Losses.binaryCrossEntropy(n * padded, logits, 0, labels, 0, losses, 0, logits, 0);
            for (int r = 0; r < n; r++) {
                for (int m = 0; m < padded; m++) {
                    sums[m] += losses[r * padded + m];
                }
            }
        }
        return Arrays.stream(sums, 0, models).map(sum -> sum / data.rows()).toArray();
    }

    /** Returns the SHA-256 of all weights. */
    String digest() {
        return Sha256.of(hiddenWeights, outputWeights, outputBias);
    }

    /** Returns the tensors of one network in the order of a model's: kernel, bias, kernel, bias. */
    float[][] weights(int model) {
        return new float[][] {
            every(hiddenWeights, 0, inputs * hidden, model),
            every(hiddenWeights, inputs * hidden, (inputs + 1) * hidden, model),
            every(outputWeights, 0, hidden, model),
            every(outputBias, 0, 1, model)
        };
    }

    private float[] every(float[] interleaved, int from, int to, int model) {
        float[] values = new float[to - from];
        for (int i = from; i < to; i++) {
            values[i - from] = interleaved[i * padded + model];
        }
        return values;
    }
}
