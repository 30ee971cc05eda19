/**
 * The study of what pruning leaves of the accuracy: command, models, data, statistics, charts and page. Uses the packages
 * study, iris, image, bench and core; nothing uses it but the command line.
 */
package dev.ridgeline.experiments.prune;
