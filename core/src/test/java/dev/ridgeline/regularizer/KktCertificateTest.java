package dev.ridgeline.regularizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KktCertificateTest {
    @Test
    void aNonZeroWeightBalancesGradientAndPenalty() {
        assertEquals(0, KktCertificate.violation(0.5, 0.25, 2, -1));
        assertEquals(0, KktCertificate.violation(0.5, 0.25, -2, 1));
        assertEquals(2, KktCertificate.violation(0.5, 0.25, 2, 1));
        assertEquals(0.125, KktCertificate.violation(0.5, 0, -1e-9, 0.625));
    }

    @Test
    void aZeroWeightBearsAGradientUpToL1() {
        for (double zero : new double[] {0, -0.0}) {
            assertEquals(0, KktCertificate.violation(0.5, 0.25, zero, 0.5));
            assertEquals(0, KktCertificate.violation(0.5, 0.25, zero, -0.5));
            assertEquals(0.25, KktCertificate.violation(0.5, 0.25, zero, -0.75));
        }
    }

    @Test
    void namesTheWorstWeight() {
        KktCertificate certificate =
                KktCertificate.of(0.5, 0, new double[] {0, 1, -0.0, -2}, new double[] {0.5, -0.75, 1.25, 0.5});
        assertEquals(new KktCertificate(0.5, 0, 0.75, 2, 2, 4), certificate);
        assertEquals(1.5, certificate.relativeViolation());
    }

    @Test
    void namesTheFirstOfEquallyBadWeights() {
        assertEquals(
                1,
                KktCertificate.of(0.5, 0, new double[3], new double[] {0.5, 2, -2})
                        .index());
    }

    @Test
    void floatsAreExaminedInDouble() {
        float[] w = {0, 1e-3f, -2};
        float[] gradient = {0.1f, -0.25f, 0.5f};
        KktCertificate expected =
                KktCertificate.of(0.25, 1, new double[] {0, 1e-3f, -2}, new double[] {0.1f, -0.25f, 0.5f});
        assertEquals(expected, KktCertificate.of(0.25, 1, w, gradient));
        assertEquals(2.5 - 0.25 + 2 - 2.5 - 0.5 + 0.5, expected.violation());
        assertEquals(2, expected.index());
    }

    @Test
    void withoutL1ThereIsNoShareOfIt() {
        KktCertificate certificate = KktCertificate.of(0, 1, new double[] {1}, new double[] {-0.5});
        assertEquals(0.5, certificate.violation());
        assertTrue(Double.isNaN(certificate.relativeViolation()));
    }

    @Test
    void noWeightsViolateNothing() {
        assertEquals(new KktCertificate(1, 0, 0, -1, 0, 0), KktCertificate.of(1, 0, new float[0], new float[0]));
        assertEquals(0, KktCertificate.of(1, 0, new float[1], new float[1]).index());
    }

    @Test
    void refusesWhatProvesNothing() {
        refused(() -> KktCertificate.of(-1, 0, new double[1], new double[1]), "l1 is -1.0", "at least 0");
        refused(() -> KktCertificate.of(0, Double.NaN, new double[1], new double[1]), "l2 is NaN", "at least 0");
        refused(
                () -> KktCertificate.of(Double.POSITIVE_INFINITY, 0, new double[1], new double[1]),
                "l1 is Infinity",
                "finite");
        refused(() -> KktCertificate.of(0, 0, new float[2], new float[3]), "2 weights", "3 gradients", "same tensor");
        refused(
                () -> KktCertificate.of(0, 0, new double[] {0, 1}, new double[] {0, Double.NaN}),
                "weight 1",
                "NaN",
                "smaller step");
        refused(
                () -> KktCertificate.of(0, 0, new float[] {Float.POSITIVE_INFINITY}, new float[1]),
                "weight 0 is Infinity");
    }

    private static void refused(Runnable call, String... parts) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), () -> part + " in " + message);
        }
    }
}
