/**
 * What every study has: its options, its jobs and the journal of those that are finished, progress, tables, learning
 * curves, and runs repeated over splits and seeds with their distributions. Uses bench and core; a study's own package uses this one, and this one none of theirs.
 */
package dev.ridgeline.experiments.study;
