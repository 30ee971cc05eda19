package dev.ridgeline.train;

/**
 * What an inference pass over a data set found.
 *
 * @param loss the mean data loss, without penalties
 * @param accuracy the fraction of rows classified as labelled; NaN for regression
 * @param totalLoss the loss with all penalties on weights and activations
 */
public record Evaluation(double loss, double accuracy, double totalLoss) {}
