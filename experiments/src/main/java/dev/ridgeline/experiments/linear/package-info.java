/**
 * The study of logistic regression with L1, L2 and elastic net: the whole path over λ, each model proved optimal. Uses the
 * study room, the data room and the Iris data.
 */
package dev.ridgeline.experiments.linear;
