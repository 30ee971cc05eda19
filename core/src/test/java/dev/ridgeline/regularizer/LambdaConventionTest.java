package dev.ridgeline.regularizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LambdaConventionTest {
    /** For λ = 0.02, 500 patterns, batches of 32; what the systems' own loss says, worked out by hand. */
    @ParameterizedTest
    @CsvSource({
        "KERAS, 0.01, 0.02",
        "PYTORCH, 0.02, NaN",
        "DL4J, 0.02, NaN",
        "DJL, 0.01, 0.02",
        "SCIKIT_LEARN_MLP, 0.64, NaN",
        "SCIKIT_LEARN_LOGISTIC, 0.1, 0.1",
        "PRIOR, 0.1, 0.1"
    })
    void converts(LambdaConvention convention, double l2, double l1) {
        assertEquals(l2, convention.fromL2(0.02, 500, 32), 1e-15);
        if (Double.isNaN(l1)) {
            Exception e = assertThrows(UnsupportedOperationException.class, () -> convention.fromL1(0.02, 500, 32));
            assertTrue(e.getMessage().startsWith(convention + " has no L1; use "), e::getMessage);
        } else {
            assertEquals(l1, convention.fromL1(0.02, 500, 32), 1e-15);
        }
    }

    @ParameterizedTest
    @EnumSource
    void comesBack(LambdaConvention convention) {
        assertEquals(0.3, convention.toL2(convention.fromL2(0.3, 77, 8), 77, 8), 1e-15);
        if (convention == LambdaConvention.KERAS || convention == LambdaConvention.PRIOR) {
            assertEquals(0.3, convention.toL1(convention.fromL1(0.3, 77, 8), 77, 8), 1e-15);
        }
    }

    @Test
    void noPenaltyIsNoPenaltyThere() {
        assertEquals(0, LambdaConvention.KERAS.fromL2(0, 1, 1));
        assertEquals(0, LambdaConvention.SCIKIT_LEARN_MLP.toL2(0, 1, 1));
    }

    /** The mode of the posterior is the minimum of the penalised mean loss: for a mean of Gaussian data it is known. */
    @Test
    void aGaussianPriorIsRidge() {
        int n = 40;
        double lambda = 0.25;
        double variance = LambdaConvention.PRIOR.fromL2(lambda, n, 1);
        double mean = 1.7;
        // patterns of variance 1 around w: the posterior's mode is the precision-weighted mean of data and prior
        double mode = n * mean / (n + 1 / variance);
        // the minimum of (1/N)Σ½(x - w)² + ½λw²
        assertEquals(mean / (1 + lambda), mode, 1e-12);
    }

    @Test
    void refusesWhatIsNoLambda() {
        for (double value : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            Exception e =
                    assertThrows(IllegalArgumentException.class, () -> LambdaConvention.KERAS.fromL2(value, 10, 1));
            assertTrue(e.getMessage().contains("KERAS: the value is " + value), e::getMessage);
        }
        Exception e = assertThrows(IllegalArgumentException.class, () -> LambdaConvention.PRIOR.fromL2(0, 10, 1));
        assertTrue(e.getMessage().contains("above 0"), e::getMessage);
        e = assertThrows(IllegalArgumentException.class, () -> LambdaConvention.KERAS.toL1(1, 0, 1));
        assertTrue(e.getMessage().contains("0 patterns"), e::getMessage);
    }
}
