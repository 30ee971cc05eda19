package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.ledger.Ceilings;
import dev.ridgeline.bench.ledger.Ledger;
import dev.ridgeline.bench.ledger.LedgerEntry.Step;
import dev.ridgeline.bench.ledger.LedgerSection;
import dev.ridgeline.bench.ledger.LedgerTimer;
import dev.ridgeline.report.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostLedgerTest {
    private static final CostResult RESULT = CostRunTest.synthetic();
    private static final Schedule SCHEDULE =
            new Schedule(Map.of("iris", Duration.ofSeconds(2), "mnist", Duration.ofSeconds(3)));

    /** Knows the ceilings, and no step. */
    private static final class CeilingsAlone implements LedgerTimer {
        @Override
        public Ceilings ceilings(int threads) {
            return new Ceilings(100 * threads, List.of(new Ceilings.Bandwidth("memory", Long.MAX_VALUE, 1 << 20, 10)));
        }

        @Override
        public Measured step(String model, String regularizer, int threads) {
            throw new MeasurementException(
                    "Measuring " + model + " " + regularizer + " failed: killed", new IllegalStateException());
        }

        @Override
        public String withoutCounters() {
            return "No supported events.";
        }
    }

    private static Ledger ledger(List<Duration> parts) {
        return CostLedger.measure(RESULT, SCHEDULE, new CeilingsAlone(), parts::add);
    }

    @Test
    void everyVariantHasAnEntryWithTheTimeOfTheRunButTheSecondControl() {
        Ledger ledger = ledger(new ArrayList<>());
        assertEquals(
                List.of("iris none", "iris l1", "iris dropout", "mnist none", "mnist l1", "mnist dropout"),
                ledger.entries().stream().map(e -> e.step().toString()).toList());
        Step dropout = ledger.entries().get(2).step();
        Estimate estimate = RESULT.analysis().estimates().get(3);
        assertEquals(new Variant("iris", "dropout"), estimate.variant());
        assertEquals(estimate.nanosPerStep().mean(), dropout.nanos());
        assertEquals(0.25, dropout.allocated());
        assertEquals(1, ledger.threads());
    }

    @Test
    void itTakesAboutAsLongAsABlockAndTheCeilings() {
        List<Duration> parts = new ArrayList<>();
        ledger(parts);
        assertEquals(Duration.ofSeconds(10 + 3 * 2 + 3 * 3), CostLedger.takes(RESULT.settings(), SCHEDULE));
        assertEquals(
                CostLedger.takes(RESULT.settings(), SCHEDULE),
                parts.stream().reduce(Duration.ZERO, Duration::plus),
                "the progress bar arrives");
    }

    @Test
    void theReportHasItBetweenOverheadsAndMethod() {
        Ledger ledger = ledger(new ArrayList<>());
        CostReport report = new CostReport(RESULT, new LedgerSection(ledger).sections());
        String page = report.html();
        assertTrue(page.indexOf(">Overhead<") < page.indexOf(">Ledger<"));
        assertTrue(page.indexOf(">Ledger<") < page.indexOf(">How to read it<"));
        String text = report.markdown();
        assertTrue(text.contains("\n## Ledger\n\nWhat each step must do"), text);
        assertTrue(text.contains("Not measured: Measuring iris l1 failed: killed.\n"), text);
        assertTrue(text.indexOf("## Ledger") < text.indexOf("## How to read it"));
        Map<?, ?> json = (Map<?, ?>) Json.read(Json.write(report.json())).get("ledger");
        assertEquals(6, ((List<?>) json.get("entries")).size());
        assertEquals(100.0, ((Map<?, ?>) json.get("ceilings")).get("gigaflops"));
    }
}
