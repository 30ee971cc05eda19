/**
 * The study of how the best λ depends on the number of training rows. Uses the study package, bench and core; nothing uses
 * it but the command line.
 */
package dev.ridgeline.experiments.lambda;
