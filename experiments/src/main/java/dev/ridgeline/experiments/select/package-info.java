/**
 * Which regularizer for the user's own table, and at what price: nested cross-validation, the cost of a step, a choice with
 * its reason, and the chosen model as code. Uses the data and study rooms, and bench for its statistics.
 */
package dev.ridgeline.experiments.select;
