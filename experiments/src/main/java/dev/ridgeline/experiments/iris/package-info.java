/** The Iris study: command, models, data, table and page. */
package dev.ridgeline.experiments.iris;
