package dev.ridgeline.bench.cost;

/**
 * One fork of a run.
 *
 * @param round the round, from 1
 * @param position the place of the fork within its round, from 1
 * @param variant what was measured
 * @param timing what came out
 */
public record Sample(int round, int position, Variant variant, Timing timing) {}
