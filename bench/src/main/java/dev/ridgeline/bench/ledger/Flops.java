package dev.ridgeline.bench.ledger;

import dev.ridgeline.layer.Activation;
import dev.ridgeline.train.Loss;

/**
 * The flops of functions, an element each, as the kernels compute them. Exponentials and their kin are polynomials in fma
 * arithmetic without a branch, so that their operations can be counted in {@link dev.ridgeline.kernel.reference.Elementary}.
 */
final class Flops {
    static final int EXP = 26;
    static final int EXPM1 = 25;
    static final int LOG = 31;
    static final int TANH = 35;
    static final int SIGMOID = 29;
    static final int SOFTPLUS = 53;
    static final int INVERSE_NORMAL = 59;

    /** e^(a²/2)·Φ(-a), a polynomial in 1/(1 + c·a). */
    static final int MILLS = 20;

    private Flops() {}

    /** Returns the flops of f(x). */
    static int of(Activation.Function function) {
        return switch (function) {
            case LINEAR -> 0;
            case RELU -> 1;
            case LEAKY_RELU -> 2;
            case ELU -> EXPM1 + 1;
            case GELU -> EXP + MILLS + 6;
            case SILU -> SIGMOID + 1;
            case SOFTPLUS -> SOFTPLUS;
            case TANH -> TANH;
            case SIGMOID -> SIGMOID;
            case SOFTMAX -> EXP + 4; // largest, difference, sum, quotient
        };
    }

    /** Returns the flops of dy·f'(x). */
    static int ofGradient(Activation.Function function) {
        return switch (function) {
            case LINEAR -> 0;
            case RELU -> 1;
            case LEAKY_RELU -> 2;
            case ELU -> EXP + 2;
            case GELU -> EXP + MILLS + 8;
            case SILU -> SIGMOID + 5;
            case SOFTPLUS -> EXPM1 + 1;
            case TANH -> 3;
            case SIGMOID -> 3;
            case SOFTMAX -> 4; // dot product, difference, product
        };
    }

    /**
     * Returns the demand of a loss with its gradient and its mean: outputs read, gradients written, a label or target read for
     * each row or element, a loss written and read again.
     */
    static Demand of(Loss loss, int rows, int outputs, boolean smoothed) {
        long n = (long) rows * outputs;
        return switch (loss) {
            // a row: the sum with the label's term, its inverse and the label's gradient, the logarithm, its share of
            // the mean
            case SOFTMAX_CROSS_ENTROPY ->
                Demand.each(n, EXP + 4 + (smoothed ? 3 : 0), 8 + (smoothed ? 12 : 0))
                        .plus(Demand.each(rows, LOG + 8, 12));
            case BINARY_CROSS_ENTROPY ->
                Demand.each(n, SOFTPLUS + SIGMOID + 2 + (smoothed ? 4 : 0), 20 + (smoothed ? 24 : 0));
            case MEAN_SQUARED_ERROR -> Demand.each(n, 4, 20);
        };
    }
}
