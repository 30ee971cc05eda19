package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    /** Fraction, p, p of equivalence, noise floor: all as the report defines them. */
    @ParameterizedTest
    @CsvSource({
        "0.05, 0.01, 1, 0.02, costs",
        "0.05, 0.05, 1, 0.04, costs",
        "0.05, 0.06, 1, 0.02, cannot tell",
        "0.05, 0.01, 1, 0.06, cannot tell",
        "-0.05, 0.01, 1, 0.02, saves",
        "-0.05, 0.01, 1, 0.06, cannot tell",
        "0.001, 0.5, 0.01, 0.01, free",
        "0.001, 0.5, 0.01, 0.011, cannot tell",
        "0.001, 0.5, 0.06, 0.005, cannot tell",
        "0.006, 0.01, 0.01, 0.004, free (measurable)",
        "-0.006, 0.01, 0.01, 0.004, free (measurable)",
        "0.006, 0.01, 0.2, 0.004, costs"
    })
    void followsItsDefinition(double fraction, double p, double equivalenceP, double floor, String verdict) {
        assertEquals(verdict, Verdict.of(fraction, p, equivalenceP, floor).toString());
    }
}
