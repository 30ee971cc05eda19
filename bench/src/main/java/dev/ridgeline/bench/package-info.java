/**
 * JMH benchmarks of kernels and whole training steps, and the models and regularizers they are named by. Uses every room
 * of core.
 */
package dev.ridgeline.bench;
