/**
 * The study of Tikhonov's penalties and of input noise on a noisy sine: command, models, statistics, charts and page. Uses
 * the study package, bench and core; nothing uses it but the command line.
 */
package dev.ridgeline.experiments.tikhonov;
