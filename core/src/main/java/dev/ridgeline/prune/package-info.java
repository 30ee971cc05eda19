/**
 * Pruning: weights and units that are removed from a trained model and stay removed while it trains on. Uses every other
 * room.
 *
 * <p>A {@link dev.ridgeline.prune.Pruner} says which weights go: {@link dev.ridgeline.prune.MagnitudePruning},
 * {@link dev.ridgeline.prune.UnitPruning}, {@link dev.ridgeline.prune.OptimalBrainDamage},
 * {@link dev.ridgeline.prune.OptimalBrainSurgeon}. {@link dev.ridgeline.prune.IterativePruning} alternates it with
 * training. {@link dev.ridgeline.prune.Compaction} then makes a smaller model with equal outputs.
 */
package dev.ridgeline.prune;
