package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.UnknownNameException;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Load;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CostRunTest {
    private static final Settings SETTINGS =
            new Settings(List.of("iris", "mnist"), List.of("l1", "dropout"), 4, 42, 1, Iterations.DEFAULT);

    /** A machine that is alone and keeps its speed. */
    static final Supplier<Reading> STEADY = () -> new Reading(100, new Load(0.5, 0, System.nanoTime()));

    /** A machine that gets 5 % slower each block, on which dropout takes a quarter more than none, and l1 about as much. */
    static CostResult synthetic() {
        return CostRun.measure(begin(SETTINGS), new SyntheticTimer(), STEADY, variant -> {}, result -> {});
    }

    static CostResult begin(Settings settings) {
        return CostResult.begin(settings, Environment.current(settings.threads()));
    }

    /** The clock of that machine. */
    static final class SyntheticTimer implements VariantTimer {
        private int forks;

        @Override
        public Timing time(Variant variant) {
            int block = forks++ / SETTINGS.variants().size();
            double nanos = (variant.model().equals("iris") ? 1000 : 8000) * Math.pow(1.05, block);
            nanos *= switch (variant.name()) {
                case "dropout" -> 1.25;
                case "l1" -> block % 2 == 0 ? 1.02 : 1 / 1.02;
                case "none-2" -> block % 2 == 0 ? 1.01 : 1 / 1.01;
                default -> 1;
            };
            return new Timing(nanos, 0.25, List.of(nanos, nanos));
        }
    }

    @Test
    void measuresEveryVariantOnceABlockAndTheControlTwice() {
        List<Variant> heard = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        CostResult result = CostRun.measure(
                begin(SETTINGS),
                new SyntheticTimer(),
                STEADY,
                heard::add,
                r -> kept.add(r.samples().size()));
        assertEquals(32, SETTINGS.forks());
        assertEquals(List.of(8, 16, 24, 32), kept);
        assertEquals(result.samples().stream().map(Sample::variant).toList(), heard);
        assertEquals(4, result.finished());
        Set<List<Variant>> orders = new HashSet<>();
        for (int block = 1; block <= 4; block++) {
            List<Variant> order = heard.subList(8 * block - 8, 8 * block);
            assertEquals(Set.copyOf(SETTINGS.variants()), Set.copyOf(order));
            assertEquals(
                    2,
                    order.stream()
                            .filter(v -> v.isControl() && v.model().equals("iris"))
                            .count());
            orders.add(order);
            assertEquals(block, result.samples().get(8 * block - 1).block());
            assertEquals(8, result.samples().get(8 * block - 1).position());
        }
        assertTrue(orders.size() > 1, "the order differs between blocks");
    }

    @Test
    void looksAtTheMachineBeforeAndAfterEachBlock() {
        int[] looks = {0};
        CostResult result = CostRun.measure(
                begin(SETTINGS),
                new SyntheticTimer(),
                () -> {
                    int look = looks[0]++;
                    return new Reading(100 + look, new Load(look, 10 * look, 100 * look));
                },
                variant -> {},
                r -> assertEquals(2 * r.finished(), looks[0]));
        assertEquals(4, result.conditions().size());
        assertEquals(new Conditions(102, 103, 2, 3, 0.1), result.conditions().get(1));
    }

    /** The mean of the two controls is ±ln(1.01)/2 off in turn: so are the log-ratios of dropout. */
    @Test
    void driftCancelsWithinABlock() {
        Estimate dropout = find("iris", "dropout");
        double half = 3.182446305 * Math.log(1.01) / 2 * Math.sqrt(4.0 / 3 / 4);
        assertEquals(0.25, dropout.overhead().fraction().mean(), 1e-12);
        assertEquals(1.25 * Math.exp(-half) - 1, dropout.overhead().fraction().low(), 1e-8);
        assertEquals(1.25 * Math.exp(half) - 1, dropout.overhead().fraction().high(), 1e-8);
        assertEquals(Verdict.COSTS, dropout.verdict());
        // the control's geometric mean is 1000 times 1.05 to the power of (0 + 1 + 2 + 3)/4
        assertEquals(
                0.25 * 1000 * Math.pow(1.05, 1.5), dropout.overhead().nanos().mean(), 1e-9);
        // 1250 times the mean of 1, 1.05, 1.1025, 1.157625
        assertEquals(1346.9140625, dropout.nanosPerStep().mean(), 1e-9);
        assertEquals(0.25, dropout.bytesPerStep());
    }

    @Test
    void anIntervalAroundZeroCannotTellAboveAFloorOfOnePercent() {
        Estimate l1 = find("mnist", "l1");
        assertEquals(0, l1.overhead().fraction().mean(), 1e-12);
        assertTrue(l1.overhead().fraction().halfWidth() > 0.02);
        assertEquals(Verdict.CANNOT_TELL, l1.verdict());
    }

    @Test
    void theControlsHaveNoOverhead() {
        for (String name : List.of("none", "none-2")) {
            assertNull(find("mnist", name).overhead());
            assertNull(find("mnist", name).verdict());
            assertEquals("none", new Variant("mnist", name).regularizer());
        }
    }

    @Test
    void theTimeIsEstimatedByARehearsal() {
        List<Variant> rehearsed = new ArrayList<>();
        Schedule schedule = Schedule.rehearse(SETTINGS, variant -> {
            rehearsed.add(variant);
            return new SyntheticTimer().time(variant);
        });
        assertEquals(
                List.of("iris", "mnist"), rehearsed.stream().map(Variant::model).toList());
        assertTrue(rehearsed.stream().allMatch(Variant::isControl), rehearsed.toString());
        assertTrue(schedule.fork(rehearsed.getFirst()).isPositive());

        Schedule known = new Schedule(Map.of("iris", Duration.ofSeconds(2), "mnist", Duration.ofSeconds(3)));
        assertEquals(Duration.ofSeconds(80), known.left(begin(SETTINGS)));
        assertEquals(
                "4 blocks of 8 JVMs, 2.5 s each, and the ledger: about 1 min 45 s", known.announce(begin(SETTINGS)));
        assertEquals(Duration.ofSeconds(105), known.leftWithLedger(begin(SETTINGS)));
        assertEquals(Duration.ZERO, known.left(synthetic()));
        assertEquals(Duration.ofSeconds(25), known.leftWithLedger(synthetic()));
        assertEquals("the ledger: about 0 min 25 s", known.announce(synthetic()));
        CostResult finished = synthetic();
        assertEquals(finished.took().dividedBy(32), Schedule.of(finished).fork(new Variant("mnist", "l1")));
    }

    @Test
    void theControlIsAlwaysMeasured() {
        assertEquals(List.of("none", "l1", "dropout"), SETTINGS.regularizers());
        assertEquals(new Variant("iris", "none"), SETTINGS.variants().getFirst());
    }

    @Test
    void aRegularizerThatIsNotForAModelIsLeftOut() {
        Settings settings = new Settings(
                List.of("iris", "conv"), List.of("l1", "tikhonov", "groupnorm"), 3, 42, 1, Iterations.DEFAULT);
        assertEquals(
                "[iris none, iris none-2, iris l1, iris tikhonov, conv none, conv none-2, conv l1, conv groupnorm]",
                settings.variants().toString());
        assertEquals("[iris groupnorm, conv tikhonov]", settings.leftOut().toString());
        assertEquals(24, settings.forks());
        assertEquals(
                "Left out, as the regularizer is not for the model: iris groupnorm, conv tikhonov.",
                CostText.leftOut(settings).orElseThrow());
        assertEquals(Optional.empty(), CostText.leftOut(SETTINGS));
        CostResult result = CostRun.measure(
                begin(settings), variant -> new Timing(1, 0, List.of(1.0, 1.0)), STEADY, variant -> {}, r -> {});
        assertTrue(CostText.method(result, result.analysis())
                .getLast()
                .endsWith(CostText.leftOut(settings).orElseThrow()));
        assertEquals(
                List.of("iris groupnorm", "conv tikhonov"), settings.toMap().get("leftOut"));
    }

    @Test
    void refusesWhatCannotBeMeasured() {
        assertThrows(UnknownNameException.class, () -> settings("irs", "l1", 5, 1));
        assertThrows(UnknownNameException.class, () -> settings("iris", "l3", 5, 1));
        for (String message : List.of(
                assertThrows(IllegalArgumentException.class, () -> settings("iris", "none", 5, 1))
                        .getMessage(),
                assertThrows(IllegalArgumentException.class, () -> settings("conv", "tikhonov", 5, 1))
                        .getMessage(),
                assertThrows(IllegalArgumentException.class, () -> settings("iris", "l1", 1, 1))
                        .getMessage(),
                assertThrows(IllegalArgumentException.class, () -> settings("iris", "l1", 5, 0))
                        .getMessage())) {
            assertTrue(message.startsWith("Cost: ") && message.contains("least"), message);
        }
        assertThrows(IllegalArgumentException.class, () -> new Iterations(1, 0, 10));
    }

    private static Settings settings(String model, String regularizer, int blocks, int threads) {
        return new Settings(List.of(model), List.of(regularizer), blocks, 1, threads, Iterations.DEFAULT);
    }

    private static Estimate find(String model, String name) {
        return synthetic().analysis().estimates().stream()
                .filter(e -> e.variant().equals(new Variant(model, name)))
                .findFirst()
                .orElseThrow();
    }
}
