package dev.ridgeline.train;

/**
 * What a Monte Carlo prediction found: for each output of each row the mean over the masks that were drawn, and the
 * standard deviation over them, √(Σ_t (p_t - mean)²/(draws - 1)). Of a model trained with a cross-entropy loss these are
 * of the class probabilities, so that the means of a row sum to 1 under softmax; of one trained for regression they are of
 * the values.
 *
 * @param mean rows x outputs, row-major
 * @param deviation rows x outputs, row-major
 */
public record MonteCarlo(float[] mean, float[] deviation) {}
