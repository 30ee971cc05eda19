package dev.ridgeline.bench.ledger;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.bench.ledger.LedgerEntry.TimedKernel;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.report.Markdown;
import dev.ridgeline.report.Page;
import dev.ridgeline.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A ledger as sections of a report. */
public final class LedgerSection {
    private static final String LEDGER = "Ledger";
    private static final String ROOFLINE = "Roofline";
    private static final String SPLIT = "Where the time of a step goes";

    private final Ledger ledger;
    private final List<LedgerEntry> measured;

    /**
     * Makes the sections.
     *
     * @param ledger what they show
     */
    public LedgerSection(Ledger ledger) {
        this.ledger = ledger;
        measured = ledger.entries().stream()
                .filter(entry -> entry.measured() != null)
                .toList();
    }

    /** One section in the making: the same text for the page and in Markdown. */
    private static final class Draft {
        private final String title;
        private final StringBuilder html = new StringBuilder();
        private final StringBuilder markdown = new StringBuilder();

        Draft(String title) {
            this.title = title;
        }

        void heading(String text) {
            html.append("<h3>").append(Page.escape(text)).append("</h3>\n");
            markdown.append("### ").append(text).append("\n\n");
        }

        void paragraph(String text) {
            html.append(Page.paragraph(text));
            markdown.append(text).append("\n\n");
        }

        void table(LedgerTable table) {
            html.append(Page.table(table.header(), table.rows()));
            markdown.append(Markdown.table(table.header(), table.rows())).append('\n');
        }

        void plot(String caption, Chart chart, LedgerTable data) {
            html.append(chart.figure(caption, Page.table(data.header(), data.rows())));
            markdown.append("The plot is on the page. ").append(caption).append("\n\n");
        }

        Section section(Map<String, ?> json) {
            return new Section(title, html.toString(), markdown.toString().stripTrailing() + "\n", json);
        }
    }

    /**
     * Returns the sections: the ledger, the roofline, where the time of a step goes. What was not measured is left out.
     *
     * @return one to three; the first has the ledger's numbers as {@code ledger}
     */
    public List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        sections.add(demandsAndCeilings().section(Map.of("ledger", ledger.toMap())));
        if (!measured.isEmpty() && ledger.ceilings() != null) {
            sections.add(rooflines().section(Map.of()));
        }
        if (!measured.isEmpty()) {
            sections.add(times().section(Map.of()));
        }
        return sections;
    }

    private Draft demandsAndCeilings() {
        Draft to = new Draft(LEDGER);
        demands().forEach(to::paragraph);
        to.table(LedgerTable.steps(ledger));
        if (ledger.ceilings() != null) {
            to.heading("What the machine can do");
            to.paragraph(ceilings());
            to.table(LedgerTable.ceilings(ledger.ceilings()));
        }
        to.heading("Counters of the processor");
        counters(to);
        ledger.gaps().forEach(gap -> to.paragraph("Not measured: " + gap));
        return to;
    }

    private Draft rooflines() {
        Draft to = new Draft(ROOFLINE);
        to.paragraph(roofline());
        if (measured.stream().anyMatch(entry -> entry.beats(ledger.ceilings()))) {
            to.paragraph(
                    "Some kernels were faster than the peak that was measured, so it is too low: something else ran on the"
                            + " machine meanwhile. Leave it idle and measure again.");
        }
        measuredModels().forEach(control -> roofline(to, control));
        return to;
    }

    private Draft times() {
        Draft to = new Draft(SPLIT);
        to.paragraph(split());
        to.paragraph(sums());
        to.table(LedgerTable.phases(measured));
        LedgerTable shares = LedgerTable.shares(ledger, measured);
        if (!shares.rows().isEmpty()) {
            to.heading("What a regularizer adds to each phase");
            to.paragraph(
                    "The time of each phase with the regularizer, less that without. A penalty that is fused into the"
                            + " update has no loop of its own: its share is the update with it, less the update without. The two were"
                            + " measured in one JVM each, so what is within the noise floor of the overheads above is noise here too.");
            to.table(shares);
        }
        if (!measuredModels().isEmpty()) {
            to.heading("Layer by layer, without a regularizer");
            to.table(LedgerTable.layers(measuredModels()));
        }
        for (LedgerEntry control : measuredModels()) {
            to.heading("Every kernel of a step of " + control.step().model() + ", without a regularizer");
            to.table(LedgerTable.kernels(control, control.timed(), ledger.ceilings()));
            List<TimedKernel> added = added(control);
            if (!added.isEmpty()) {
                to.heading("What regularizers add to it or change");
                to.table(LedgerTable.kernels(control, added, ledger.ceilings()));
            }
        }
        return to;
    }

    private void roofline(Draft to, LedgerEntry control) {
        RooflineChart chart = new RooflineChart(ledger.ceilings(), control, added(control));
        to.plot(
                "Every kernel of a step of " + control.step().model()
                        + ", below the roofs of this machine. Blue: matrix"
                        + " products; orange: all other loops; green, hollow: what regularizers add or change. Those that take"
                        + " longest are named, the data names all. The arrays of the step lie in "
                        + control.level(ledger.ceilings()).level() + ".",
                chart.chart(),
                LedgerTable.points(chart.drawn()));
    }

    /** Returns the steps without a regularizer whose times are known, one a model. */
    private List<LedgerEntry> measuredModels() {
        return ledger.models().stream()
                .flatMap(model -> ledger.control(model).stream())
                .filter(control -> control.measured() != null)
                .toList();
    }

    /** Returns the kernels of a model's steps with regularizers that the step without one has not. */
    private List<TimedKernel> added(LedgerEntry control) {
        List<TimedKernel> added = new ArrayList<>();
        for (LedgerEntry entry : ledger.entries(control.step().model())) {
            if (entry.measured() != null) {
                entry.timed().stream()
                        .filter(timed -> control.kernels().kernels().stream().noneMatch(timed::does))
                        .filter(timed -> added.stream().noneMatch(other -> timed.does(other.kernel())))
                        .forEach(added::add);
            }
        }
        return added;
    }

    private List<String> demands() {
        List<String> text = new ArrayList<>();
        text.add("What each step must do, predicted from its layers alone, and how fast it did it. An addition, a"
                + " multiplication, a comparison is one flop, a fused multiply-add two. The bytes are compulsory: each array"
                + " that a loop goes through is read once and, if it changes, written once. ns per step and B allocated are"
                + " those of the overheads above.");
        if (ledger.ceilings() != null) {
            text.add(
                    "Under % peak and % bandwidth stands what that is of the ceilings below, the bandwidth being that of the"
                            + " level that all arrays of the step lie in: "
                            + ledger.models().stream().map(this::level).collect(Collectors.joining(", "))
                            + ". Under % roof stands the time in which no loop of the step could be faster, over the time that it"
                            + " took: the sum over all loops of the longer of flops over peak and bytes over bandwidth. A loop that"
                            + " finds in a nearer cache what the loop before it has written there may beat it.");
        }
        if (ledger.entries().stream()
                .anyMatch(entry -> !Catalogue.names().contains(entry.step().regularizer()))) {
            text.add("What the formula of a regularizer of your own computes is not known and counts no flop.");
        }
        return text;
    }

    /** Returns for example {@code 179 KiB of iris in L2}. */
    private String level(String model) {
        LedgerEntry first = ledger.entries(model).getFirst();
        return LedgerTable.size(first.kernels().workingSet()) + " of " + model + " in "
                + first.level(ledger.ceilings()).level();
    }

    private String ceilings() {
        return "Measured in this run with " + ledger.threads() + (ledger.threads() == 1 ? " thread" : " threads")
                + ", the best of several JVMs. fma peak: independent chains of fused multiply-adds on vectors in registers."
                + " Bandwidth: w \u2190 w + s\u00b7g over two arrays that lie in the level, 12 bytes an element."
                + (ledger.ceilings().reachesMemory(ledger.threads())
                        ? ""
                        : " The heap had no room for arrays twice as large as the last cache: what stands for memory may be"
                                + " faster than it is. Give java more with -Xmx.");
    }

    private void counters(Draft to) {
        LedgerTable counters = LedgerTable.counters(measured);
        if (counters.header().size() > 2) {
            to.paragraph("As perf counts them, a step each, over steps with and without instruments.");
            to.table(counters);
        } else {
            String reason = ledger.withoutCounters();
            to.paragraph("None: perf does not answer on this machine" + (reason.isEmpty() ? "." : ": " + reason));
        }
    }

    private static String roofline() {
        return "A kernel cannot do more flops a second than the peak, nor more than its flops a byte times the bandwidth with"
                + " which its bytes come (Williams, Waterman and Patterson, 2009). What lies near a roof is bound by it; what"
                + " lies far below all of them is bound by something else: latency, a chain of dependent operations, calls.";
    }

    private static String split() {
        return "From steps with instruments: the clock is read after each loop of the step, and what a reading costs is taken"
                + " out. Whole is the same step without instruments in the same JVM, in turn with the other, so that it is seen"
                + " whether the parts add up. Of both the fastest quarter of their rounds of "
                + TimedStep.STEPS + " steps counts.";
    }

    private String sums() {
        List<LedgerEntry> off = measured.stream()
                .filter(entry -> !entry.measured().times().addsUp())
                .toList();
        String limit = LedgerTable.format("%.0f %%", 100 * StepTimes.TOLERANCE);
        if (off.isEmpty()) {
            return "The parts add up to the whole within " + limit + " in all " + measured.size() + " steps.";
        }
        return "The parts add up to the whole within " + limit + " in " + (measured.size() - off.size()) + " of "
                + measured.size() + " steps. It does not add up, so do not trust the parts, in "
                + off.stream()
                        .map(entry -> entry.step()
                                + LedgerTable.format(
                                        " (%+.1f %%)",
                                        100 * entry.measured().times().difference()))
                        .collect(Collectors.joining(", "))
                + ". The machine was not idle, or the loops are too short for the clock.";
    }
}
