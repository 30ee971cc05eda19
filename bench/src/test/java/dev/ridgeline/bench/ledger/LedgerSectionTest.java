package dev.ridgeline.bench.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.ledger.LedgerEntry.Step;
import dev.ridgeline.report.Section;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LedgerSectionTest {
    private static String html(Ledger ledger) {
        return new LedgerSection(ledger).sections().stream().map(Section::html).collect(Collectors.joining());
    }

    private static String markdown(Ledger ledger) {
        return new LedgerSection(ledger)
                .sections().stream().map(Section::markdown).collect(Collectors.joining("\n"));
    }

    private static List<String> headings(Ledger ledger) {
        return new LedgerSection(ledger)
                .sections().stream().map(Section::heading).toList();
    }

    private static void assertHas(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), () -> part + " is not in\n" + text);
        }
    }

    @Test
    void eachStepStandsBesideWhatItMustDo() {
        String text = markdown(LedgerTest.synthetic());
        assertHas(
                text,
                "| model | regularizer | Mflop | MB | random kbit | ns per step | GFLOP/s | GB/s | % peak"
                        + " | % bandwidth | % roof | B allocated |\n",
                "| iris | none | 1.76 | 0.63 | 0 | 20,000 | 88.1 | 31.7 | 44.0 | 31.7 | ",
                "| iris | dropout | 1.78 | 0.63 | 184 | 25,000 | 71.4 | 25.4 | 35.7 | 25.4 | ",
                " KiB of iris in L2. Under % roof");
        assertTrue(text.lines().anyMatch(line -> line.matches("\\| iris \\| l2 \\|.*\\| 0\\.3 \\|")), text);
        assertTrue(
                text.lines().anyMatch(line -> line.matches("\\| iris \\| dropout \\| 1\\.78.*\\|  \\|")),
                "a VM that does not count bytes leaves the cell empty");
    }

    @Test
    void theCeilingsSayWhatTheyWereMeasuredOver() {
        assertHas(
                markdown(LedgerTest.synthetic()),
                "with 2 threads",
                "| fma peak | 200.0 GFLOP/s | registers |",
                "| L2 bandwidth | 100.0 GB/s | 200 KiB a thread |",
                "| memory bandwidth | 20.0 GB/s | 64 MiB a thread |");
    }

    @Test
    void thePartsAreShownToAddUp() {
        String text = markdown(LedgerTest.synthetic());
        assertHas(
                text,
                "The parts add up to the whole within 5 % in all 4 steps.",
                "| model | regularizer | forward ns | loss ns | backward ns | function ns | update ns | sum ns"
                        + " | whole ns | difference % | adds up |\n");
        LedgerEntry none = LedgerTest.synthetic().entries().getFirst();
        assertHas(
                text,
                LedgerTable.format(
                        "| iris | none | %,.0f | 160 | %,.0f | 0 | %,.0f | %,.0f | %,.0f | -2.0 | yes |\n",
                        none.nanos(Phase.FORWARD),
                        none.nanos(Phase.BACKWARD),
                        none.nanos(Phase.UPDATE),
                        none.measured().times().sumNanos(),
                        none.measured().times().wholeNanos()));
    }

    @Test
    void whatDoesNotAddUpSaysSo() {
        Ledger ledger = Ledger.measure(LedgerTest.STEPS, 2, new SyntheticLedgerTimer(0.9, Map.of()), step -> {});
        assertHas(
                markdown(ledger),
                "within 5 % in 0 of 4 steps. It does not add up, so do not trust the parts, in iris none (+11.1 %), iris l2"
                        + " (+11.1 %), iris dropout (+11.1 %), iris tikhonov (+11.1 %). The machine was not idle",
                " | +11.1 | does not add up |");
    }

    /** The penalty's 2 flops for each of 2,304 weights take a nanosecond for each hundred. */
    @Test
    void theShareOfAFusedPenaltyIsUpdateWithLessUpdateWithout() {
        String text = markdown(LedgerTest.synthetic());
        assertHas(text, "| iris | l2 | +0 | +0 | +0 | +0 | +46 | +46 |\n");
        assertFalse(text.contains("| iris | none | +0"), "the control is compared with nothing");
        Ledger alone =
                Ledger.measure(LedgerTest.STEPS.subList(0, 1), 2, new SyntheticLedgerTimer(1, Map.of()), step -> {});
        assertFalse(markdown(alone).contains("What a regularizer adds"));
        assertFalse(markdown(alone).contains("function ns"), "no step has a penalty on the function");
    }

    @Test
    void everyKernelHasItsRow() {
        String text = markdown(LedgerTest.synthetic());
        assertHas(
                text,
                "### Every kernel of a step of iris, without a regularizer",
                "| backward | dense2 | dX = dYW\u1d40 | 4,920 | ",
                "### What regularizers add to it or change",
                "| forward | dropout1 | relu, mask | 159 | ",
                "| update | dense1 | kernel: Adam + L2 | ");
        assertEquals(1, text.split("\\| forward \\| dense1 \\| Y = XW \\+ b \\|", -1).length - 1);
    }

    @Test
    void eachLayerHasItsShareOfEachPhase() {
        LedgerEntry none = LedgerTest.synthetic().entries().getFirst();
        List<String> rows = markdown(LedgerTest.synthetic())
                .lines()
                .dropWhile(line -> !line.startsWith("### Layer by layer"))
                .skip(4)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        assertEquals(6, rows.size(), rows::toString);
        double dense3 = 0;
        for (LedgerEntry.TimedKernel timed : none.timed()) {
            dense3 += timed.kernel().layer().equals("dense3") ? timed.nanos() : 0;
        }
        assertTrue(rows.get(4).startsWith("| iris | dense3 | 239 | 0 | 479 | "), rows::toString);
        assertTrue(rows.get(4).contains(LedgerTable.format("| %,.0f | ", dense3)), rows::toString);
        assertEquals("| iris | (model) | 0 | 160 | 0 | 0 | 160 | 0.9 |", rows.get(5));
        double percent = rows.stream()
                .mapToDouble(row -> Double.parseDouble(row.split(" \\| ")[7].replace(" |", "")))
                .sum();
        assertEquals(100, percent, 0.3);
    }

    @Test
    void whatIsNotKnownOfAnOwnRegularizerIsSaid() {
        String said = "What the formula of a regularizer of your own computes is not known";
        assertFalse(markdown(LedgerTest.synthetic()).contains(said));
        LedgerEntry l2 = LedgerTest.synthetic().entries().get(1);
        LedgerEntry own = new LedgerEntry(new Step("iris", "acme.Cubic", 20_000, 0), l2.kernels(), null);
        assertHas(markdown(new Ledger(1, CeilingsTest.SYNTHETIC, List.of(own), "", List.of())), said);
    }

    @Test
    void memoryThatWasNotReachedIsNoted() {
        String remedy = "Give java more with -Xmx.";
        assertFalse(markdown(LedgerTest.synthetic()).contains(remedy));
        Ceilings small = new Ceilings(
                200,
                List.of(
                        new Ceilings.Bandwidth("L1", 1 << 20, 1 << 19, 400),
                        new Ceilings.Bandwidth("memory", Long.MAX_VALUE, (1 << 20) - 1, 20)));
        assertHas(markdown(new Ledger(1, small, List.of(), "", List.of())), remedy);
        assertFalse(markdown(new Ledger(3, small, List.of(), "", List.of())).contains(remedy));
    }

    @Test
    void aPeakThatKernelsBeatIsNotedAsTooLow() {
        String noted = "Some kernels were faster than the peak that was measured, so it is too low";
        assertFalse(markdown(LedgerTest.synthetic()).contains(noted));
        Ceilings low = new Ceilings(96, CeilingsTest.SYNTHETIC.bandwidths()); // the products reach 99.9 GFLOP/s
        assertHas(markdown(new Ledger(1, low, LedgerTest.synthetic().entries(), "", List.of())), noted);
    }

    @Test
    void countersStandWherePerfAnswers() {
        assertHas(markdown(LedgerTest.synthetic()), "None: perf does not answer on this machine: No supported events.");
        Ledger ledger = Ledger.measure(
                LedgerTest.STEPS, 2, new SyntheticLedgerTimer(1, Map.of("cycles", 61_234.0, "IPC", 3.456)), step -> {});
        assertHas(markdown(ledger), "| model | regularizer | IPC | cycles |\n", "| iris | none | 3.46 | 61,234 |\n");
    }

    @Test
    void thePageHasARooflineForEachModel() {
        String page = html(LedgerTest.synthetic());
        assertHas(page, "Roofline of a step of iris", "<figcaption>Every kernel of a step of iris", "lie in L2.");
        assertEquals(2, page.split("<svg", -1).length - 1, "for wide and for narrow screens");
        assertHas(page, "<summary>Data of", "backward dense2 dX = dYW\u1d40</td><td class=\"number\">9.057</td>");
        assertHas(markdown(LedgerTest.synthetic()), "The plot is on the page. Every kernel of a step of iris");
        assertEquals(List.of("Ledger", "Roofline", "Where the time of a step goes"), headings(LedgerTest.synthetic()));
        List<Section> sections = new LedgerSection(LedgerTest.synthetic()).sections();
        assertEquals(
                Map.of("ledger", LedgerTest.synthetic().toMap()),
                sections.getFirst().json());
        assertEquals(Map.of(), sections.getLast().json());
    }

    @Test
    void whatCouldNotBeMeasuredIsNamed() {
        Ledger ledger =
                new Ledger(1, null, List.of(), "no perf", List.of("Measuring the ceilings of the machine failed: x."));
        String text = markdown(ledger);
        assertHas(text, "Not measured: Measuring the ceilings of the machine failed: x.");
        assertFalse(text.contains("% peak"));
        assertEquals(List.of("Ledger"), headings(ledger));
        assertHas(html(ledger), "Not measured: Measuring the ceilings");
    }

    @Test
    void withoutCeilingsTheKernelsStillStand() {
        Ledger with = LedgerTest.synthetic();
        String text = markdown(new Ledger(1, null, with.entries(), "", List.of()));
        assertHas(text, "| backward | dense2 | dX = dYW\u1d40 | 4,920 | ", "perf does not answer on this machine.");
        assertFalse(text.contains("% roof"));
        assertEquals(
                List.of("Ledger", "Where the time of a step goes"),
                headings(new Ledger(1, null, with.entries(), "", List.of())));
    }
}
