package dev.ridgeline.bench.cost;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sentences of a report. */
final class CostText {
    static final String TITLE = "What a regularizer adds to a training step";

    static final String FORKS =
            "Nanoseconds per step of each JVM, by block. cost.json holds the same with every iteration; cost.schema.json beside"
                    + " it tells what its fields mean.";

    /** A fork whose first measured iteration took this many times as long as its last was not warm. */
    private static final double GETTING_FASTER = 1.1;

    /** A fork that took this many times as long as the fastest of its variant was disturbed. */
    private static final double SLOWER = 1.25;

    /** One such fork in this many is tolerated. */
    private static final int TOLERATED = 10;

    private CostText() {}

    /** Returns how much this run can see, a line for each model: noise floor and smallest effect. */
    static String noise(Analysis analysis) {
        return analysis.noises().stream().map(CostText::noise).collect(Collectors.joining("\n"));
    }

    static String noise(Noise noise) {
        String line = "Noise floor on " + noise.model() + ": " + CostTable.percent(noise.floor())
                + " %. Smallest effect that this run could have seen: "
                + CostTable.percent(noise.smallestEffect()) + " %.";
        return noise.floor() <= Verdict.MARGIN
                ? line
                : line + " The floor is above 1 %, so nothing on " + noise.model() + " can be called free.";
    }

    /** Returns the answer, a line for each model: what costs, what is free, what saves, and what cannot be told. */
    static String answer(Analysis analysis) {
        return analysis.noises().stream()
                .map(noise -> answer(
                        noise.model(),
                        analysis.estimates().stream()
                                .filter(e -> e.variant().model().equals(noise.model()))
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
        append(text, " Free within \u00b11 %: ", others, Verdict.FREE);
        append(text, " Free within \u00b11 %, but measurable: ", others, Verdict.FREE_MEASURABLE);
        boolean mute = others.stream().allMatch(e -> e.verdict() == Verdict.CANNOT_TELL);
        append(
                text,
                mute
                        ? " The machine was too noisy, or the run too short, to say anything of "
                        : " This run cannot tell for ",
                others,
                Verdict.CANNOT_TELL);
        return text.toString();
    }

    private static void append(StringBuilder text, String lead, List<Estimate> estimates, Verdict verdict) {
        boolean known = verdict != Verdict.CANNOT_TELL;
        String list = estimates.stream()
                .filter(e -> e.verdict() == verdict)
                .sorted(Comparator.comparingDouble(
                        e -> known ? -Math.abs(e.overhead().fraction().mean()) : 0))
                .map(e -> e.variant().name()
                        + (known
                                ? " ("
                                        + CostTable.signed(
                                                e.overhead().fraction().mean()) + " %)"
                                : ""))
                .collect(Collectors.joining(", "));
        if (!list.isEmpty()) {
            text.append(lead).append(list).append('.');
        }
    }

    /** Returns what makes the numbers doubtful, a line for each reason, or nothing. */
    static Optional<String> doubt(List<Sample> samples, List<Conditions> conditions) {
        return Stream.of(unsteadyForks(samples), new Drift(conditions).doubt())
                .flatMap(Optional::stream)
                .reduce((first, second) -> first + "\n" + second);
    }

    private static Optional<String> unsteadyForks(List<Sample> samples) {
        Map<Variant, Double> fastest = samples.stream()
                .collect(Collectors.toMap(Sample::variant, s -> s.timing().nanosPerStep(), Math::min));
        long unsteady = samples.stream()
                .map(sample -> unsteady(sample.timing(), fastest.get(sample.variant())))
                .filter(Boolean::booleanValue)
                .count();
        int forks = samples.size();
        return unsteady * TOLERATED < forks
                ? Optional.empty()
                : Optional.of("Do not trust these numbers: " + unsteady + " of " + forks
                        + " JVMs were still getting faster, or took over a quarter longer than another that measured the"
                        + " same. Leave the machine idle and measure again. If that does not help, the JIT itself compiles the step"
                        + " now better, now worse: see the bytes per step of each JVM.");
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

    static String duration(double nanos) {
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
                "Each block measures the step without a regularizer twice, as none and as none-2. The noise floor is the larger"
                        + " end, without its sign, of the 95 % interval of the difference between these two: so far apart may"
                        + " be what is the same. The smallest effect is the one that this run would have told from nothing"
                        + " with a probability of 80 %.",
                "p is the probability of such a difference by chance if the regularizer added nothing, corrected by Holm's"
                        + " method for the number of overheads in the table.",
                "\u201cCosts\u201d and \u201csaves\u201d: p is at most 0.05 and the overhead is above the noise floor.",
                "\u201cFree\u201d: two one-sided tests (Holm-corrected as well) prove that the overhead lies within"
                        + " \u00b11 %, and the noise floor is at most 1 %. \u201cFree (measurable)\u201d: so it does, and it"
                        + " is not 0 either, for p is at most 0.05.",
                "\u201cCannot tell\u201d: none of this is proven. The overhead may be nothing, or anything else within the"
                        + " range; this run was too short or the machine too noisy to know. It does not mean that the"
                        + " regularizer is free. More blocks (--blocks) narrow the range.",
                "B per step is what a step allocates on the heap; a few bytes are the measuring harness itself.");
    }

    /** Returns how it was measured, a paragraph each. */
    static List<String> method(CostResult result, Analysis analysis) {
        Settings settings = result.settings();
        Iterations iterations = settings.iterations();
        return List.of(
                "A step is a whole training step: forward, loss, backward and update, on a synthetic batch, repeated."
                        + " JMH (StepBenchmark.step) timed it.",
                "The run had " + settings.blocks()
                        + " randomized complete blocks. Each block started every model with every regularizer once, and"
                        + " without one twice, in a fresh JVM and in an order drawn from seed " + settings.seed()
                        + ", so that whatever drifts on the machine meets all of them alike. A JVM repeated the step until"
                        + " the JIT had nothing more to compile (8 s at most) and for " + iterations.warmups() + " x "
                        + iterations.millis() + " ms more; then " + iterations.measured() + " iterations of "
                        + iterations.millis() + " ms counted, each from the same weights." + interruptions(result),
                "One variant a JVM was chosen over JVMs that hold all variants of a model and interleave them in slices of"
                        + " 10 ms. Both were tried in turn, two minutes a model, on a busy machine of two cores. Slices"
                        + " meet the same load, so their noise floor was lower by far: 3 % on iris, where that of whole"
                        + " JVMs was beyond 100 %. But their overheads were wrong. In 10 of 19 such JVMs a step of iris"
                        + " with L2 took 32 \u00b5s, in the others about 20 \u00b5s, as in a JVM of its own and as"
                        + " without a regularizer: what the JIT makes of the code that the variants share depends on"
                        + " which of them it saw first. No number of slices takes that out, and the pair"
                        + " without a regularizer does not show it. What whole JVMs lack in precision, an idle machine and"
                        + " more blocks give; a bias stays.",
                "The overhead is computed within blocks: the logarithm of the time less the mean of the logarithms of the two"
                        + " controls of the same model in the same block, then mean and Student-t interval of these "
                        + settings.blocks()
                        + " numbers, turned back into a ratio. In nanoseconds it is this ratio of the"
                        + " controls' geometric mean. The time of a step is the mean over the blocks. One block counts as one"
                        + " observation, however many steps it measured." + bootstrap(settings, analysis),
                "What is on the kernels is on those of all layers but the last. The time of a step depends very little on"
                        + " the numbers chosen, but for the order of Tikhonov's penalty."
                        + leftOut(settings).map(sentence -> " " + sentence).orElse(""));
    }

    private static String interruptions(CostResult result) {
        int times = result.interruptions();
        return times == 0
                ? ""
                : " The run was interrupted " + (times == 1 ? "once" : times + " times")
                        + " and went on with the block that it was in, from its start.";
    }

    private static String bootstrap(Settings settings, Analysis analysis) {
        if (settings.blocks() < Bootstrap.NEEDED) {
            return " A bootstrap of the blocks checks the intervals from " + Bootstrap.NEEDED + " blocks on.";
        }
        String doubtful = analysis.estimates().stream()
                .filter(e -> e.overhead() != null && e.overhead().doubtful())
                .map(e -> e.variant().toString())
                .collect(Collectors.joining(", "));
        return doubtful.isEmpty()
                ? " A bootstrap of the blocks gives about the same intervals."
                : " A bootstrap of the blocks gives other intervals for " + doubtful
                        + ": look for a disturbed block among the forks below.";
    }
}
