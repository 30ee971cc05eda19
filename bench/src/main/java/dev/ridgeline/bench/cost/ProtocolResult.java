package dev.ridgeline.bench.cost;

import java.util.List;

/**
 * What a {@link Protocol} found.
 *
 * @param analysis noise floor, estimates and verdicts
 * @param samples every fork, in the order in which they ran
 * @param conditions what the machine was like, one a block
 */
public record ProtocolResult(Analysis analysis, List<Sample> samples, List<Conditions> conditions) {
    /** Copies the lists. */
    public ProtocolResult {
        samples = List.copyOf(samples);
        conditions = List.copyOf(conditions);
    }

    /** Returns the answer in words: noise floor, what makes the numbers doubtful, a line for each benchmark. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(CostText.noise(analysis)).append('\n');
        CostText.doubt(samples, conditions)
                .ifPresent(doubt -> text.append(doubt).append('\n'));
        for (Estimate estimate : analysis.estimates()) {
            text.append(estimate.variant())
                    .append(": ")
                    .append(CostText.duration(estimate.nanosPerStep().mean()));
            if (estimate.overhead() != null) {
                text.append(", ")
                        .append(CostText.percent(estimate.overhead().fraction()))
                        .append(": ")
                        .append(estimate.verdict());
            }
            text.append('\n');
        }
        return text.toString();
    }
}
