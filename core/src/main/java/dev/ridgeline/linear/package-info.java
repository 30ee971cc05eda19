/**
 * Linear classifiers solved to the optimum, in double. Uses the data room, and the regularizer room for the
 * certificate of optimality.
 */
package dev.ridgeline.linear;
