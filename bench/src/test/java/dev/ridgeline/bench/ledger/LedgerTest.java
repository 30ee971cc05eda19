package dev.ridgeline.bench.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.ledger.LedgerEntry.Step;
import dev.ridgeline.report.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
    static final List<Step> STEPS = List.of(
            new Step("iris", "none", 20_000, 0),
            new Step("iris", "l2", 20_200, 0.3),
            new Step("iris", "dropout", 25_000, Double.NaN),
            new Step("iris", "tikhonov", 80_000, 0));

    static Ledger synthetic() {
        return Ledger.measure(STEPS, 2, new SyntheticLedgerTimer(1.02, Map.of()), step -> {});
    }

    @Test
    void measuresTheCeilingsThenEachStep() {
        List<Step> heard = new ArrayList<>();
        Ledger ledger = Ledger.measure(STEPS, 2, new SyntheticLedgerTimer(1, Map.of()), heard::add);
        assertEquals(CeilingsTest.SYNTHETIC, ledger.ceilings());
        List<Step> expected = new ArrayList<>(STEPS);
        expected.addFirst(null);
        assertEquals(expected, heard);
        assertEquals(STEPS, ledger.entries().stream().map(LedgerEntry::step).toList());
        assertEquals(List.of(), ledger.gaps());
        assertEquals(List.of("iris"), ledger.models());
        assertEquals(STEPS.getFirst(), ledger.control("iris").orElseThrow().step());
        assertTrue(ledger.control("mnist").isEmpty());
    }

    @Test
    void aStepIsComparedWithTheRoofs() {
        LedgerEntry none = synthetic().entries().getFirst();
        assertEquals(1_761_327 / 20_000.0, none.gigaflops());
        assertEquals(634_700 / 20_000.0, none.gigabytes());
        assertEquals("L2", none.level(CeilingsTest.SYNTHETIC).level());
        double roof = 0;
        for (Kernel kernel : none.kernels().kernels()) {
            roof += Math.max(kernel.demand().flops() / 200.0, kernel.demand().bytes() / 100.0);
        }
        assertEquals(roof, none.roofNanos(CeilingsTest.SYNTHETIC), 1e-9);
    }

    @Test
    void phasesAddUpToTheSum() {
        LedgerEntry none = synthetic().entries().getFirst();
        double sum = 0;
        for (Phase phase : Phase.values()) {
            sum += none.nanos(phase);
        }
        assertEquals(none.measured().times().sumNanos(), sum, 1e-6);
        assertEquals(5 + 154.8, none.nanos(Phase.LOSS), 1e-9);
        assertEquals(0, none.nanos(Phase.FUNCTION));
    }

    @Test
    void whatFailsIsNamedAndTheRestIsKept() {
        LedgerTimer failing = new LedgerTimer() {
            @Override
            public Ceilings ceilings(int threads) {
                throw new MeasurementException("Measuring the ceilings of the machine failed: no memory", null);
            }

            @Override
            public Measured step(String model, String regularizer, int threads) {
                if (regularizer.equals("l2")) {
                    throw new MeasurementException("Measuring iris l2 failed: killed", null);
                }
                return new SyntheticLedgerTimer(1, Map.of()).step(model, regularizer, threads);
            }

            @Override
            public String withoutCounters() {
                return "no perf";
            }
        };
        Ledger ledger = Ledger.measure(STEPS, 1, failing, step -> {});
        assertEquals(
                List.of(
                        "Measuring the ceilings of the machine failed: no memory.",
                        "Measuring iris l2 failed: killed."),
                ledger.gaps());
        assertNull(ledger.ceilings());
        assertNull(ledger.entries().get(1).measured());
        assertEquals(4, ledger.entries().size());
        Map<String, Object> json = Json.read(Json.write(ledger.toMap()));
        assertTrue(json.containsKey("ceilings") && json.get("ceilings") == null);
        Map<?, ?> second = (Map<?, ?>) ((List<?>) json.get("entries")).get(1);
        assertFalse(second.containsKey("split") || second.containsKey("peakPercent"));
        assertEquals(ledger.gaps(), json.get("gaps"));
    }

    @Test
    void jsonHoldsEveryNumber() {
        Map<String, Object> json = Json.read(Json.write(synthetic().toMap()));
        assertEquals(2, json.get("threads"));
        assertEquals(200.0, ((Map<?, ?>) json.get("ceilings")).get("gigaflops"));
        assertEquals("No supported events.", json.get("withoutCounters"));
        Map<?, ?> dropout = (Map<?, ?>) ((List<?>) json.get("entries")).get(2);
        assertEquals("dropout", dropout.get("regularizer"));
        assertEquals(184_320, dropout.get("randomBits"));
        assertEquals(25_000.0, dropout.get("nanosPerStep"));
        assertEquals("L2", dropout.get("level"));
        Map<?, ?> split = (Map<?, ?>) dropout.get("split");
        assertEquals(true, split.get("addsUp"));
        List<?> kernels = (List<?>) split.get("kernels");
        assertEquals(22, kernels.size());
        Map<?, ?> mask = (Map<?, ?>) kernels.get(1);
        assertEquals("dropout1", mask.get("layer"));
        assertEquals("relu, mask", mask.get("name"));
        assertEquals(2 * 7_680, mask.get("flops"));
        assertEquals(5 + 153.6, (double) mask.get("nanos"), 1e-9);
    }
}
