/**
 * Ridgeline beside other libraries in one run: the protocol, its statistics and its report. The other libraries
 * themselves are not known here; the profile {@code peers} brings them. Uses the benchmarks, the cost room's intervals and
 * the report room.
 */
package dev.ridgeline.bench.peers;
