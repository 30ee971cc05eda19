/**
 * The ledger of a training step: what its kernels must compute and move, what they achieve, and how far that is from what
 * the machine could do. It uses core and JMH.
 */
package dev.ridgeline.bench.ledger;
