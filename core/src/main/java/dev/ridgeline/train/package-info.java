/**
 * The model, the trainer, losses, metrics, stopping policies and history: where the other rooms meet. Uses all of them.
 */
package dev.ridgeline.train;
