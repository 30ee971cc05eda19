/**
 * Data sets, batches, shuffles and scaling. Uses the kernel room, for random bits.
 */
package dev.ridgeline.data;
