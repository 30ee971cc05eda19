package dev.ridgeline.train;

/**
 * The value of one penalty of a model.
 *
 * @param name what is penalised, for example {@code Dense "dense1" kernel}
 * @param value its share in the total loss
 */
public record Penalty(String name, double value) {}
