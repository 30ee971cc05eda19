package dev.ridgeline.bench.cost;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sentences of a report. */
final class CostText {
    static final String TITLE = "What a regularizer adds to a training step";

    /** A fork whose first measured iteration took this many times as long as its last was not warm. */
    private static final double GETTING_FASTER = 1.1;

    /** A fork that took this many times as long as the fastest of its variant was disturbed. */
    private static final double SLOWER = 1.25;

    /** One such fork in this many is tolerated. */
    private static final int TOLERATED = 10;

    private CostText() {}

    /** Returns the answer, a line for each model: what costs, what saves, and what cannot be told. */
    static String answer(CostResult result) {
        List<Estimate> estimates = result.estimates();
        return result.settings().models().stream()
                .map(model -> answer(
                        model,
                        estimates.stream()
                                .filter(e -> e.variant().model().equals(model))
                                .toList()))
                .collect(Collectors.joining("\n"));
    }

    private static String answer(String model, List<Estimate> estimates) {
        Estimate control = estimates.stream()
                .filter(e -> e.variant().isControl())
                .findFirst()
                .orElseThrow();
        List<Estimate> others =
                estimates.stream().filter(e -> e.overhead() != null).toList();
        StringBuilder text = new StringBuilder("A step of ")
                .append(model)
                .append(" takes ")
                .append(duration(control.nanosPerStep().mean()))
                .append(" without a regularizer.");
        append(text, " It takes longer with ", others, Verdict.COSTS);
        append(text, " It takes less with ", others, Verdict.SAVES);
        append(text, " This run cannot tell for ", others, Verdict.CANNOT_TELL);
        return text.toString();
    }

    private static void append(StringBuilder text, String lead, List<Estimate> estimates, Verdict verdict) {
        boolean known = verdict != Verdict.CANNOT_TELL;
        String list = estimates.stream()
                .filter(e -> e.verdict() == verdict)
                .sorted(Comparator.comparingDouble(
                        e -> known ? -Math.abs(e.overhead().mean()) : 0))
                .map(e -> e.variant().regularizer()
                        + (known ? " (" + CostTable.signed(e.overhead().mean()) + " %)" : ""))
                .collect(Collectors.joining(", "));
        if (!list.isEmpty()) {
            text.append(lead).append(list).append('.');
        }
    }

    /** Returns what makes the numbers doubtful, or nothing. */
    static Optional<String> doubt(CostResult result) {
        Map<Variant, Double> fastest = result.samples().stream()
                .collect(Collectors.toMap(Sample::variant, s -> s.timing().nanosPerStep(), Math::min));
        long unsteady = result.samples().stream()
                .map(sample -> unsteady(sample.timing(), fastest.get(sample.variant())))
                .filter(Boolean::booleanValue)
                .count();
        int forks = result.samples().size();
        return unsteady * TOLERATED < forks
                ? Optional.empty()
                : Optional.of("Do not trust these numbers: " + unsteady + " of " + forks
                        + " JVMs were still getting faster, or took over a quarter longer than another that measured the"
                        + " same. Leave the machine idle and measure again. If that does not help, the JIT itself compiles the step"
                        + " now better, now worse: see the bytes per step of each JVM in cost.json.");
    }

    /** Returns which pairs are left out, or nothing. */
    static Optional<String> leftOut(Settings settings) {
        List<Variant> pairs = settings.leftOut();
        return pairs.isEmpty()
                ? Optional.empty()
                : Optional.of("Left out, as the regularizer is not for the model: "
                        + pairs.stream().map(Variant::toString).collect(Collectors.joining(", ")) + ".");
    }

    private static boolean unsteady(Timing timing, double fastest) {
        return timing.iterations().getFirst()
                        > GETTING_FASTER * timing.iterations().getLast()
                || timing.nanosPerStep() > SLOWER * fastest;
    }

    /** Returns for example {@code +12.3 % (+11.0 to +13.6)}. */
    static String percent(Interval overhead) {
        return CostTable.signed(overhead.mean()) + " % (" + CostTable.signed(overhead.low()) + " to "
                + CostTable.signed(overhead.high()) + ")";
    }

    private static String duration(double nanos) {
        if (nanos < 1e3) {
            return String.format(Locale.ROOT, "%.0f ns", nanos);
        }
        return nanos < 1e6
                ? String.format(Locale.ROOT, "%.1f \u00b5s", nanos / 1e3)
                : String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }

    /** Returns how to read the numbers, a paragraph each. */
    static List<String> reading() {
        return List.of(
                "Overhead is the time that a step takes with the regularizer, over the time of the same step without one,"
                        + " less 1. Behind it stands the range that the true overhead lies in, with 95 % confidence.",
                "\u201cCannot tell\u201d: the range contains 0. The overhead may be nothing, or anything else within the"
                        + " range; this run was too short or the machine too noisy to know. It does not mean that the"
                        + " regularizer is free. More rounds (--rounds) narrow the range.",
                "Of twenty such ranges about one misses the true value, and none of them is corrected for that there are"
                        + " several: a range that just clears 0 is weak evidence.",
                "B per step is what a step allocates on the heap; a few bytes are the measuring harness itself.");
    }

    /** Returns how it was measured, a paragraph each. */
    static List<String> method(CostResult result) {
        Settings settings = result.settings();
        Iterations iterations = settings.iterations();
        return List.of(
                "A step is a whole training step: forward, loss, backward and update, on a synthetic batch, repeated."
                        + " JMH (StepBenchmark.step) timed it.",
                "The run had " + settings.rounds()
                        + " rounds. Each round started every model with every regularizer once,"
                        + " in a fresh JVM and in an order drawn from seed " + settings.seed() + ", so that whatever"
                        + " drifts on the machine meets all of them alike. A JVM repeated the step until"
                        + " the JIT had nothing more to compile (8 s at most) and for " + iterations.warmups() + " x "
                        + iterations.millis() + " ms more; then " + iterations.measured() + " iterations of "
                        + iterations.millis() + " ms counted, each from the same weights.",
                "The overhead is computed within rounds: the logarithm of the ratio to \u201cnone\u201d of the same model in"
                        + " the same round, then mean and Student-t interval of these " + settings.rounds()
                        + " numbers, turned back into a ratio. The time of a step is the mean over the rounds with its"
                        + " t interval. One round counts as one observation, however many steps it measured.",
                "What is on the kernels is on those of all layers but the last. The time of a step depends very little on"
                        + " the numbers chosen, but for the order of Tikhonov's penalty."
                        + leftOut(settings).map(sentence -> " " + sentence).orElse(""));
    }
}
