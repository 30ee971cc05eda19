/**
 * The user's own tables: a CSV file read into typed columns, and the preprocessing that is fitted on the training rows of
 * a split alone; and rows split by class. Uses the core's data room.
 */
package dev.ridgeline.experiments.data;
