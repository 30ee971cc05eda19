/** The study of penalties on activations, on Iris. Uses the study room and the Iris data. */
package dev.ridgeline.experiments.activity;
