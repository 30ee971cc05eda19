/**
 * The command line: {@link dev.ridgeline.experiments.Main} and the commands that are no study. Each study has a package
 * of its own below; what they share is in {@code study}. Uses bench and core; core knows nothing of it.
 */
package dev.ridgeline.experiments;
