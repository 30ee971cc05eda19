/**
 * Layers: forward, backward, their parameters and workspaces. Uses the kernel and regularizer rooms.
 */
package dev.ridgeline.layer;
