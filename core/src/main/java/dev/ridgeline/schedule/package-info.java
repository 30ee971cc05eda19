/**
 * How a learning rate or the strength of a penalty changes from step to step: one formula a file. Uses no other room.
 */
package dev.ridgeline.schedule;
