/**
 * What every study has: its options, its jobs and the journal of those that are finished, progress, tables, learning
 * curves. Uses bench and core; a study's own package uses this one, and this one none of theirs.
 */
package dev.ridgeline.experiments.study;
