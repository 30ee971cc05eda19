/**
 * The command {@code fashion-mnist}: what regularizers buy a network with one hidden layer on images. Uses {@code image},
 * {@code study}, bench and core.
 */
package dev.ridgeline.experiments.fashion;
