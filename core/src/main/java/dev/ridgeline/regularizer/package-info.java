/**
 * Penalties and constraints, one file each: formula, gradient, projection. Uses the kernel room.
 *
 * <p>A new element-wise penalty is one record that implements {@link dev.ridgeline.regularizer.Regularizer}.
 */
package dev.ridgeline.regularizer;
