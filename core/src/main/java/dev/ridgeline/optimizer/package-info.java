/**
 * Update rules, fused with a tensor's penalty and constraint. Uses the kernel, regularizer, schedule and layer rooms.
 */
package dev.ridgeline.optimizer;
