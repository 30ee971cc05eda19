package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    /** Four blocks in which l2 adds about 2 % (1.5 to 2.5), with a noise floor of 1 %. */
    private static final TimedRun B = run("b.json", 1.05, 0.02);

    private static final Comparison COMPARISON = Comparison.of(run("a.json", 1, 0.02), B, 0.01, false);

    private static TimedRun run(String name, double time, double overhead) {
        return new TimedRun(
                name,
                true,
                Map.of(),
                List.of(
                        new Series("none on iris", "iris", around(time), List.of(), 0.01),
                        new Series("l2 on iris", "iris", around(time), around(1 + overhead), 0.01),
                        new Series("l2 on wide", "wide", around(time), around(1 + overhead), 0.01),
                        new Series("dropout on wide", "wide", around(time), around(1 + overhead), 0.01)),
                List.of(),
                List.of());
    }

    /** Its 95 % interval is about ±0.5 %. */
    private static List<Double> around(double value) {
        return DoubleStream.of(-0.003, 0.003, -0.003, 0.003)
                .mapToObj(d -> Math.log(value) + d)
                .toList();
    }

    private static Gate.Judged judge(String gate) {
        return Gate.parse(gate).judge(B, COMPARISON);
    }

    private static String refusal(String gate) {
        return assertThrows(IllegalArgumentException.class, () -> judge(gate)).getMessage();
    }

    @ParameterizedTest
    @CsvSource({
        "l2 on iris <= 3%, HOLDS", "l2 on iris <= 1.2%, BREACHED", "l2 on iris <= 2.2%, CANNOT_TELL",
        "l2 on iris <= 1.8%, CANNOT_TELL", "'  l2   on iris<=3 %  ', HOLDS", "l2 on iris <= 100%, HOLDS",
        "l2 on iris slower <= 6%, HOLDS", "l2 on iris slower <= 4%, BREACHED", "l2 on iris slower<=5%, CANNOT_TELL",
        "none on iris slower <= 4%, BREACHED"
    })
    void isBreachedOnlyWhereTheWholeIntervalIsBeyondTheLimit(String gate, Gate.Result result) {
        assertEquals(result, judge(gate).result());
    }

    @Test
    void saysWhy() {
        assertEquals(
                "Gate \"l2 on iris <= 1.2%\" is breached: +2.0 % (+1.4 to +2.6), so the whole interval is beyond the"
                        + " limit.",
                judge("l2 on iris <= 1.2%").toString());
        assertEquals(
                "Gate \"l2 on iris <= 2%\" cannot tell: +2.0 % (+1.4 to +2.6), so the limit lies within the interval.",
                judge("l2 on iris <= 2%").toString());
        assertEquals(
                "Gate \"l2 on iris <= 3%\" holds: +2.0 % (+1.4 to +2.6) is within the limit.",
                judge("l2 on iris <= 3%").toString());
        Map<String, Object> map = judge("l2 on iris <= 3%").toMap();
        assertEquals(3.0, map.get("limitPercent"));
        assertEquals(Gate.Result.HOLDS, map.get("result"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "l2",
                "l2 on iris",
                "l2 on iris < 2%",
                "l2 on iris <= 2",
                "l2 on iris <= -2%",
                "<= 2%",
                "l2 on iris <= two%",
                "l2 on iris >= 2%",
                "l2 on iris <= 2% or so"
            })
    void aMalformedGateShowsTheGrammar(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Gate.parse(text))
                .getMessage();
        assertEquals("Gate \"" + text + "\": write \"NAME on MODEL <= X%\" or \"NAME on MODEL slower <= X%\"", message);
    }

    @Test
    void anUnknownNameOffersTheNearest() {
        assertEquals(
                "Gate \"l2 on irs <= 3%\" in b.json: Unknown model \"irs\": did you mean \"iris\" or \"wide\"? There"
                        + " are: iris, wide",
                refusal("l2 on irs <= 3%"));
        String message = refusal("droput on wide <= 3%");
        assertTrue(message.contains("Unknown regularizer \"droput\": did you mean \"dropout\""), message);
        assertTrue(refusal("dropout on iris <= 3%").contains("There are: l2"), "on iris dropout was not measured");
        assertTrue(refusal("none on iris <= 3%").contains("Unknown regularizer \"none\""), "it adds nothing to itself");
        assertTrue(refusal("l2 <= 3%").endsWith("write " + Gate.GRAMMAR));
    }

    @Test
    void aLimitBelowTheNoiseFloorIsRefused() {
        for (String gate : List.of("l2 on iris <= 0.5%", "l2 on iris slower <= 0.5%")) {
            String message =
                    assertThrows(IllegalStateException.class, () -> judge(gate)).getMessage();
            assertEquals(
                    "Gate \"" + gate
                            + "\" is below the noise floor of 1% on iris in b.json: between two measurements of"
                            + " the same step the run sees as much; measure about 16 blocks in place of 4 on an idle"
                            + " machine, or raise the limit",
                    message);
        }
        String zero = assertThrows(IllegalStateException.class, () -> judge("l2 on iris <= 0%"))
                .getMessage();
        String many = "; measure more blocks than 4 on an idle machine, or raise the limit";
        assertTrue(zero.endsWith(many), zero);
        String tiny = assertThrows(IllegalStateException.class, () -> judge("l2 on iris <= 0.001%"))
                .getMessage();
        assertTrue(tiny.endsWith(many), tiny);
        TimedRun mad = new TimedRun(
                "b.json",
                true,
                Map.of(),
                List.of(new Series("l2 on iris", "iris", around(1), around(1.02), 4_342_737.5)),
                List.of(),
                List.of());
        String huge = assertThrows(
                        IllegalStateException.class,
                        () -> Gate.parse("l2 on iris <= 2%").judge(mad, null))
                .getMessage();
        assertTrue(huge.contains("the noise floor of 4e+08% on iris") && huge.endsWith(many), huge);
    }

    @Test
    void theFloorOfEitherRunCounts() {
        TimedRun noisy = new TimedRun(
                "noisy.json",
                true,
                Map.of(),
                List.of(new Series("l2 on iris", "iris", around(1), around(1.02), 0.04)),
                List.of(),
                List.of());
        for (TimedRun[] runs : new TimedRun[][] {{noisy, B}, {B, noisy}}) {
            Comparison comparison = Comparison.of(runs[0], runs[1], 0.01, false);
            Gate gate = Gate.parse("l2 on iris slower <= 3%");
            String message = assertThrows(IllegalStateException.class, () -> gate.judge(runs[1], comparison))
                    .getMessage();
            assertTrue(message.contains("the noise floor of 4% on iris in noisy.json"), message);
        }
    }

    /** The step became 5 % slower and the ruler 2 %, both with intervals of about 0.7 %. */
    @Test
    void whatTheMachineMayHaveDoneIsNotTheSteps() {
        TimedRun a = ruled(run("a.json", 1, 0.02), 1);
        TimedRun b = ruled(B, 1.02);
        Comparison comparison = Comparison.of(a, b, 0.01, false);
        Gate.Judged judged = Gate.parse("l2 on iris slower <= 4%").judge(b, comparison);
        assertEquals(Gate.Result.CANNOT_TELL, judged.result());
        assertEquals(
                "Gate \"l2 on iris slower <= 4%\" cannot tell: +5.0 % (+4.4 to +5.6), the machine itself up to 2.6 %, so the"
                        + " limit lies within what both leave open.",
                judged.toString());
        assertEquals(100 * comparison.machine(), judged.toMap().get("machinePercent"));
        assertEquals(
                Gate.Result.CANNOT_TELL,
                Gate.parse("l2 on iris slower <= 6%").judge(b, comparison).result());
        assertEquals(
                Gate.Result.HOLDS,
                Gate.parse("l2 on iris slower <= 10%").judge(b, comparison).result());
        Gate below = Gate.parse("l2 on iris slower <= 2%");
        String message = assertThrows(IllegalStateException.class, () -> below.judge(b, comparison))
                .getMessage();
        assertTrue(
                message.matches(
                        "Gate \"l2 on iris slower <= 2%\" is below what the machine itself may have changed between"
                                + " the two runs, 2.[67]\\d% by the ruler; measure both again, .* or raise the limit"),
                message);
        assertEquals(
                Gate.Result.HOLDS,
                Gate.parse("l2 on iris <= 3%").judge(b, comparison).result(),
                "a ratio within blocks");
    }

    private static TimedRun ruled(TimedRun run, double ruler) {
        return new TimedRun(run.name(), true, Map.of(), run.series(), around(ruler), List.of());
    }

    @Test
    void aFloorIsRoundedUpSoThatItDoesNotReadAsTheLimit() {
        TimedRun run = new TimedRun(
                "b.json",
                true,
                Map.of(),
                List.of(new Series("l2 on iris", "iris", around(1), around(1.02), 0.010001)),
                List.of(),
                List.of());
        Gate gate = Gate.parse("l2 on iris <= 1%");
        String message = assertThrows(IllegalStateException.class, () -> gate.judge(run, null))
                .getMessage();
        assertTrue(message.contains("is below the noise floor of 1.01% on iris"), message);
    }

    @Test
    void oneFileHasNoChange() {
        Gate gate = Gate.parse("l2 on iris slower <= 3%");
        String message = assertThrows(IllegalArgumentException.class, () -> gate.judge(B, null))
                .getMessage();
        assertEquals(
                "Gate \"l2 on iris slower <= 3%\": a change needs two files, and there is b.json alone; name the one"
                        + " before it too",
                message);
        assertEquals(
                Gate.Result.HOLDS, Gate.parse("l2 on iris <= 3%").judge(B, null).result());
    }

    @Test
    void aFileOfJmhHasChangesAlone() {
        List<Series> series = List.of(new Series("B.fast n=1", "B", around(1), List.of(), 0));
        TimedRun run = new TimedRun("jmh.json", false, Map.of(), series, List.of(), List.of());
        Comparison comparison = Comparison.of(run, run, 0.01, false);
        assertEquals(
                Gate.Result.HOLDS,
                Gate.parse("B.fast n=1 slower <= 3%").judge(run, comparison).result());
        String overhead = assertThrows(
                        IllegalArgumentException.class,
                        () -> Gate.parse("B.fast n=1 <= 3%").judge(run, comparison))
                .getMessage();
        assertTrue(overhead.endsWith("limit the change between two files: \"B.fast n=1 slower <= 3%\""), overhead);
        String unknown = assertThrows(
                        IllegalArgumentException.class,
                        () -> Gate.parse("B.last n=1 slower <= 3%").judge(run, comparison))
                .getMessage();
        assertTrue(unknown.contains("Unknown benchmark \"B.last n=1\": did you mean \"B.fast n=1\"?"), unknown);
    }

    @Test
    void oneForkCannotTell() {
        List<Series> series = List.of(new Series("B.c", "B", List.of(1.0), List.of(), 0));
        TimedRun run = new TimedRun("jmh.json", false, Map.of(), series, List.of(), List.of());
        Gate.Judged judged = Gate.parse("B.c slower <= 3%").judge(run, Comparison.of(run, run, 0.01, false));
        assertEquals(Gate.Result.CANNOT_TELL, judged.result());
        assertTrue(judged.toString().endsWith("cannot tell: one fork alone has no interval."), judged::toString);
        assertFalse(judged.toMap().get("measuredPercent") instanceof Map);
    }
}
