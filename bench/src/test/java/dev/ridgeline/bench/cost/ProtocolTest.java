package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProtocolTest {
    private static final JmhBenchmark OLD =
            JmhBenchmark.named("com.acme.Parser.old").with("size", 9);
    private static final JmhBenchmark NEW =
            JmhBenchmark.named("com.acme.Parser.generated").with("size", 9);
    private static final JmhBenchmark SAME =
            JmhBenchmark.named("com.acme.Parser.copy").with("size", 9);

    @Test
    void runsTheProtocolAndGivesVerdicts() {
        List<String> timed = new ArrayList<>();
        ProtocolResult result = Protocol.of(OLD, NEW, SAME)
                .blocks(3)
                .run(
                        variant -> {
                            timed.add(variant.toString());
                            double nanos = variant.name().startsWith("Parser.generated") ? 500 : 1000;
                            return new Timing(nanos, 0, List.of(nanos));
                        },
                        CostRunTest.STEADY);
        assertEquals(12, timed.size());
        for (int block = 0; block < 3; block++) {
            assertEquals(
                    Set.of("Parser.old size=9", "Parser.old size=9-2", "Parser.generated size=9", "Parser.copy size=9"),
                    Set.copyOf(timed.subList(4 * block, 4 * block + 4)));
        }
        assertEquals("""
                Noise floor on Parser.old size=9: 0.0 %. Smallest effect that this run could have seen: 0.0 %.
                Parser.old size=9: 1.0 \u00b5s
                Parser.old size=9-2: 1.0 \u00b5s
                Parser.generated size=9: 500 ns, -50.0 % (-50.0 to -50.0): saves
                Parser.copy size=9: 1.0 \u00b5s, +0.0 % (+0.0 to +0.0): free
                """, result.toString());
        assertEquals(12, result.samples().size());
        assertEquals(3, result.conditions().size());
    }

    @Test
    void saysWhatMakesItDoubtful() {
        int[] looks = {0};
        ProtocolResult result = Protocol.of(OLD, NEW)
                .blocks(2)
                .run(
                        variant -> new Timing(1000, 0, List.of(1500.0, 1000.0)),
                        () -> new Reading(
                                100 + 10 * looks[0]++, CostRunTest.STEADY.get().load()));
        assertTrue(result.toString().contains("\nDo not trust these numbers: 6 of 6 JVMs"), result.toString());
        assertTrue(result.toString().contains("\nThe machine did not keep its speed"), result.toString());
    }

    @Test
    void refusesWhatCannotBeCompared() {
        assertRefused("give at least one other benchmark, each once", () -> Protocol.of(OLD));
        assertRefused("Protocol of Parser.old size=9 with", () -> Protocol.of(OLD, OLD));
        assertRefused("each once", () -> Protocol.of(OLD, NEW, NEW));
        assertRefused(
                "Protocol: 1 blocks; an interval needs at least 2",
                () -> Protocol.of(OLD, NEW).blocks(1));
    }

    private static void assertRefused(String reason, Runnable making) {
        String message =
                assertThrows(IllegalArgumentException.class, making::run).getMessage();
        assertTrue(message.contains(reason), message);
    }
}
