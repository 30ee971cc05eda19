package dev.ridgeline.regularizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuadratureTest {
    /** Abramowitz and Stegun, table 25.4. */
    @Test
    void smallRulesAreTheTabulatedOnes() {
        assertRule(1, new double[] {0}, new double[] {2});
        assertRule(2, new double[] {-0.577350269189626, 0.577350269189626}, new double[] {1, 1});
        assertRule(
                5,
                new double[] {-0.906179845938664, -0.538469310105683, 0, 0.538469310105683, 0.906179845938664},
                new double[] {
                    0.236926885056189, 0.478628670499366, 0.568888888888889, 0.478628670499366, 0.236926885056189
                });
    }

    private static void assertRule(int n, double[] nodes, double[] weights) {
        Quadrature rule = Quadrature.gaussLegendre(n, -1, 1);
        assertEquals(n, rule.size());
        assertEquals(1, rule.inputs());
        for (int q = 0; q < n; q++) {
            assertEquals(nodes[q], rule.nodes()[q], 6e-8);
            assertEquals(weights[q], rule.weights()[q], 1.2e-7);
        }
    }

    /** xᵏ over [0.5, 2], as far as the rule is exact. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 20})
    void isExactForPolynomials(int n) {
        Quadrature rule = Quadrature.gaussLegendre(n, 0.5, 2);
        for (int k = 0; k < 2 * n; k++) {
            double exact = (Math.pow(2, k + 1) - Math.pow(0.5, k + 1)) / (k + 1);
            double sum = 0;
            for (int q = 0; q < n; q++) {
                sum += rule.weights()[q] * Math.pow(rule.nodes()[q], k);
            }
            assertEquals(exact, sum, 1e-6 * exact, "degree " + k);
        }
    }

    @Test
    void largeRulesStillAddUp() {
        Quadrature rule = Quadrature.gaussLegendre(300, -3, 5);
        double sum = 0;
        for (int q = 0; q < rule.size(); q++) {
            sum += rule.weights()[q];
            assertTrue(rule.weights()[q] > 0);
            assertTrue(q == 0 || rule.nodes()[q] > rule.nodes()[q - 1], "ascending");
        }
        assertEquals(8, sum, 1e-5);
    }

    @Test
    void keepsPointsOfYourOwn() {
        float[] points = {1, 2, 3, 4};
        float[] weights = {0.5f, 0};
        Quadrature rule = Quadrature.of(2, points, weights);
        points[0] = 9;
        weights[0] = 9;
        rule.nodes()[1] = 9;
        rule.weights()[1] = 9;
        assertArrayEquals(new float[] {1, 2, 3, 4}, rule.nodes());
        assertArrayEquals(new float[] {0.5f, 0}, rule.weights());
        assertEquals("2 nodes in 2 dimensions", rule.toString());
        assertEquals(rule, Quadrature.of(2, new float[] {1, 2, 3, 4}, new float[] {0.5f, 0}));
        assertEquals(
                rule.hashCode(),
                Quadrature.of(2, new float[] {1, 2, 3, 4}, new float[] {0.5f, 0})
                        .hashCode());
        assertNotEquals(rule, Quadrature.of(2, new float[] {1, 2, 3, 5}, new float[] {0.5f, 0}));
        assertEquals("3 nodes in 1 dimension", Quadrature.gaussLegendre(3, 0, 1).toString());
    }

    @Test
    void refusesWhatIsNoRule() {
        refuses("inputs is 0; it must be at least 1", () -> Quadrature.of(0, new float[0], new float[1]));
        refuses("3 coordinates for 2 weights and 2 inputs", () -> Quadrature.of(2, new float[3], new float[2]));
        refuses("at least one", () -> Quadrature.of(2, new float[0], new float[0]));
        refuses(
                "coordinate 1 of point 0 is NaN; it must be finite",
                () -> Quadrature.of(2, new float[] {0, Float.NaN}, new float[1]));
        refuses(
                "weight 0 is -1.0; it must be a finite number of at least 0",
                () -> Quadrature.of(1, new float[1], new float[] {-1}));
        refuses("n is 0; it must be at least 1", () -> Quadrature.gaussLegendre(0, 0, 1));
        refuses("the interval is 1.0 to 1.0; its ends must be finite", () -> Quadrature.gaussLegendre(3, 1, 1));
        refuses("the interval is 0.0 to Infinity", () -> Quadrature.gaussLegendre(3, 0, Double.POSITIVE_INFINITY));
    }

    private static void refuses(String part, Runnable call) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(message.startsWith("Quadrature: ") && message.contains(part), message);
    }
}
