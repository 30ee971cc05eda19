/**
 * Other libraries as JMH benchmarks, the Python worker, and the command that measures all of them beside Ridgeline. Only
 * the profile {@code peers} builds this room.
 */
package dev.ridgeline.peers;
