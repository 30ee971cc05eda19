/**
 * What each regularizer adds to a training step: the protocol that measures it, its statistics and its report. Uses the
 * benchmarks and the report room.
 */
package dev.ridgeline.bench.cost;
