package dev.ridgeline.prune;

/**
 * One weight that was removed by itself, in the order of removal.
 *
 * @param tensor the name of its tensor
 * @param element its place there, row-major
 * @param weight its value before
 * @param predictedRise by how much the mean data loss was to rise
 * @param actualRise by how much it rose
 */
public record Removal(String tensor, int element, double weight, double predictedRise, double actualRise) {}
