package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.UnknownNameException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CostRunTest {
    private static final Settings SETTINGS =
            new Settings(List.of("iris", "mnist"), List.of("l1", "dropout"), 4, 42, 1, Iterations.DEFAULT);

    /** A machine that gets 5 % slower each round, on which dropout takes a quarter more than none, and l1 about as much. */
    static CostResult synthetic() {
        int[] forks = {0};
        return CostRun.measure(
                SETTINGS,
                variant -> {
                    int round = forks[0]++ / SETTINGS.variants().size();
                    double nanos = (variant.model().equals("iris") ? 1000 : 8000) * Math.pow(1.05, round);
                    nanos *= switch (variant.regularizer()) {
                        case "dropout" -> 1.25;
                        case "l1" -> round % 2 == 0 ? 1.01 : 1 / 1.01;
                        default -> 1;
                    };
                    return new Timing(nanos, 0.25, List.of(nanos, nanos));
                },
                sample -> {});
    }

    @Test
    void measuresEveryVariantOnceARound() {
        List<Sample> heard = new ArrayList<>();
        List<Variant> timed = new ArrayList<>();
        CostResult result = CostRun.measure(
                SETTINGS,
                variant -> {
                    timed.add(variant);
                    return new Timing(1, 0, List.of(1.0));
                },
                heard::add);
        assertEquals(24, SETTINGS.forks());
        assertEquals(result.samples(), heard);
        assertEquals(timed, heard.stream().map(Sample::variant).toList());
        Set<List<Variant>> orders = new HashSet<>();
        for (int round = 1; round <= 4; round++) {
            List<Variant> order = timed.subList(6 * round - 6, 6 * round);
            assertEquals(Set.copyOf(SETTINGS.variants()), Set.copyOf(order));
            orders.add(order);
            assertEquals(round, heard.get(6 * round - 1).round());
            assertEquals(6, heard.get(6 * round - 1).position());
        }
        assertTrue(orders.size() > 1, "the order differs between rounds");
    }

    @Test
    void theOrderDependsOnSeedAndRoundAlone() {
        assertArrayEquals(CostRun.order(42, 1, 20), CostRun.order(42, 1, 20));
        assertFalse(Arrays.equals(CostRun.order(42, 1, 20), CostRun.order(42, 2, 20)));
        assertFalse(Arrays.equals(CostRun.order(42, 1, 20), CostRun.order(43, 1, 20)));
        assertArrayEquals(
                IntStream.range(0, 20).toArray(),
                IntStream.of(CostRun.order(42, 1, 20)).sorted().toArray());
    }

    @Test
    void driftCancelsWithinARound() {
        List<Estimate> estimates = synthetic().estimates();
        Estimate dropout = find(estimates, "iris", "dropout");
        assertEquals(0.25, dropout.overhead().mean(), 1e-12);
        assertEquals(0.25, dropout.overhead().low(), 1e-9);
        assertEquals(0.25, dropout.overhead().high(), 1e-9);
        assertEquals(Verdict.COSTS, dropout.verdict());
        // 1250 times the mean of 1, 1.05, 1.1025, 1.157625
        assertEquals(1346.9140625, dropout.nanosPerStep().mean(), 1e-9);
        assertTrue(dropout.nanosPerStep().halfWidth() > 100);
        assertEquals(0.25, dropout.bytesPerStep());
    }

    /** The log-ratios are ±a with a = ln 1.01: mean 0, s² = 4a²/3, t(0.975; 3) = 3.182446. */
    @Test
    void anIntervalAroundZeroCannotTell() {
        Estimate l1 = find(synthetic().estimates(), "mnist", "l1");
        double half = 3.182446305 * Math.log(1.01) * Math.sqrt(4.0 / 3 / 4);
        assertEquals(0, l1.overhead().mean(), 1e-12);
        assertEquals(Math.expm1(-half), l1.overhead().low(), 1e-8);
        assertEquals(Math.expm1(half), l1.overhead().high(), 1e-8);
        assertEquals(Verdict.CANNOT_TELL, l1.verdict());
    }

    @Test
    void theControlHasNoOverhead() {
        Estimate none = find(synthetic().estimates(), "mnist", "none");
        assertNull(none.overhead());
        assertNull(none.verdict());
        assertEquals(Verdict.SAVES, Verdict.of(new Interval(-2, -3, -1)));
        assertEquals(Verdict.CANNOT_TELL, Verdict.of(new Interval(1, 0, 2)));
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
                "[iris none, iris l1, iris tikhonov, conv none, conv l1, conv groupnorm]",
                settings.variants().toString());
        assertEquals("[iris groupnorm, conv tikhonov]", settings.leftOut().toString());
        assertEquals(18, settings.forks());
        assertEquals(
                "Left out, as the regularizer is not for the model: iris groupnorm, conv tikhonov.",
                CostText.leftOut(settings).orElseThrow());
        assertEquals(Optional.empty(), CostText.leftOut(SETTINGS));
        CostResult result = CostRun.measure(settings, variant -> new Timing(1, 0, List.of(1.0, 1.0)), sample -> {});
        assertTrue(CostText.method(result)
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

    private static Settings settings(String model, String regularizer, int rounds, int threads) {
        return new Settings(List.of(model), List.of(regularizer), rounds, 1, threads, Iterations.DEFAULT);
    }

    private static Estimate find(List<Estimate> estimates, String model, String regularizer) {
        return estimates.stream()
                .filter(e -> e.variant().equals(new Variant(model, regularizer)))
                .findFirst()
                .orElseThrow();
    }
}
