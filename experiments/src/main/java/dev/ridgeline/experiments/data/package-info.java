/**
 * The user's own tables: a CSV file read into typed columns, splits of its rows, and the preprocessing that is fitted on
 * the training rows of a split alone. Uses the core's data room.
 */
package dev.ridgeline.experiments.data;
