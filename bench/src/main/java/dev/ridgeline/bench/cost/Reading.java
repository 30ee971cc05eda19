package dev.ridgeline.bench.cost;

import dev.ridgeline.report.Load;

/**
 * What the machine is like at a moment.
 *
 * @param ruler the time of the {@link Ruler} in nanoseconds
 * @param load how busy the machine is
 */
public record Reading(double ruler, Load load) {}
