package dev.ridgeline.linear;

import static dev.ridgeline.linear.LogisticSamples.overlapping;
import static dev.ridgeline.linear.LogisticSamples.scaled;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Dataset;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticRegressionTest {
    private static final double TOLERANCE = 1e-9;

    /** Ten rows at +1, ten at -1; the side tells the class in {@code right} of ten. */
    private static Dataset twoSides(int right) {
        float[] x = new float[20];
        int[] labels = new int[20];
        for (int i = 0; i < 20; i++) {
            x[i] = i < 10 ? 1 : -1;
            labels[i] = (i % 10 < right) == (i < 10) ? 1 : 0;
        }
        return Dataset.classification(1, x, 2, labels);
    }

    private static double logOdds(double p) {
        return Math.log(p / (1 - p));
    }

    @Test
    void l1HasItsClosedForm() {
        // dL/dw = p(w) - 0.8, so p(w) = 0.8 - λ
        for (double lambda : new double[] {1e-6, 0.01, 0.1, 0.29}) {
            LogisticModel model = LogisticRegression.l1(lambda).fit(twoSides(8));
            assertEquals(logOdds(0.8 - lambda), model.coefficients()[0], 1e-8);
            assertEquals(0, model.intercepts()[0], 1e-8);
        }
        assertArrayEquals(
                new double[] {0}, LogisticRegression.l1(0.3).fit(twoSides(8)).coefficients());
    }

    @Test
    void l2HasItsClosedForm() {
        for (double lambda : new double[] {1e-6, 0.01, 1, 1e6}) {
            double w = LogisticRegression.l2(lambda).fit(twoSides(8)).coefficients()[0];
            assertEquals(0.8, 1 / (1 + Math.exp(-w)) + lambda * w, 1e-8);
        }
    }

    @Test
    void withoutPenaltyTheFrequenciesAreMet() {
        // 1 of 4 rows at 0 and 3 of 5 at 1 are of class 1
        Dataset data = Dataset.classification(
                1, new float[] {0, 0, 0, 0, 1, 1, 1, 1, 1}, 2, new int[] {0, 1, 0, 0, 1, 1, 0, 1, 0});
        LogisticModel model = LogisticRegression.unpenalized().fit(data);
        assertEquals(logOdds(0.25), model.intercepts()[0], 1e-8);
        assertEquals(logOdds(0.6) - logOdds(0.25), model.coefficients()[0], 1e-8);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 0.02, 0", "2, 0, 0.02", "2, 0.01, 0.01", "2, 0, 0",
        "3, 0.02, 0", "3, 0, 0.02", "3, 0.01, 0.01", "3, 0, 0",
        "4, 0.001, 0", "4, 0, 0.001", "4, 0.001, 0.001", "4, 0, 0"
    })
    void nothingNearbyIsBetter(int classes, double l1, double l2) {
        Dataset data = overlapping(classes, 80, 3, classes);
        LogisticModel model = LogisticRegression.elasticNet(l1, l2).fit(data);
        double[] w = model.coefficients();
        double[] b = model.intercepts();
        double best = LogisticSamples.objective(data, w, b, l1, l2);
        assertEquals(best, model.loss() + model.penalty(), 1e-14);
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 500; trial++) {
            double size = Math.pow(10, -1 - random.nextInt(5));
            double[] w2 = Arrays.stream(w)
                    .map(v -> v + size * (random.nextDouble() - 0.5))
                    .toArray();
            double[] b2 = Arrays.stream(b)
                    .map(v -> v + size * (random.nextDouble() - 0.5))
                    .toArray();
            assertTrue(best <= LogisticSamples.objective(data, w2, b2, l1, l2) + 1e-14);
        }
        assertTrue(
                model.certificate().violation() <= TOLERANCE,
                () -> model.certificate().toString());
        assertTrue(model.interceptGradient() <= TOLERANCE);
    }

    @Test
    void bothSolversAgree() {
        for (int classes = 2; classes <= 5; classes++) {
            Dataset data = scaled(overlapping(classes, 150, 5, classes), 1, 10, 0.1f, 1, 1);
            LogisticModel lbfgs = LogisticRegression.l2(1e-3).fit(data);
            LogisticModel newton = LogisticRegression.elasticNet(1e-12, 1e-3).fit(data);
            assertArrayEquals(newton.coefficients(), lbfgs.coefficients(), 1e-6);
            assertArrayEquals(newton.intercepts(), lbfgs.intercepts(), 1e-6);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void fromLambdaMaxOnAllCoefficientsAreZero(int classes) {
        Dataset data = overlapping(7, 90, 4, classes);
        double max = LogisticRegression.l1(1).lambdaMax(data);
        for (double factor : new double[] {1, 1.001, 100}) {
            LogisticModel model = LogisticRegression.l1(factor * max).fit(data);
            assertArrayEquals(new double[model.coefficients().length], model.coefficients());
            assertEquals(0, model.nonZeros());
            double[] p = model.probabilities(data);
            long ofClass1 = Arrays.stream(data.labels()).filter(c -> c == 1).count();
            assertEquals(ofClass1 / 90.0, p[1], 1e-12);
        }
        assertTrue(LogisticRegression.l1(0.999 * max).fit(data).nonZeros() > 0);
        assertEquals(2 * max, LogisticRegression.elasticNet(0.5, 0.5).lambdaMax(data), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 0", "3, 1, 0", "4, 1, 0", "3, 0.5, 0.5"})
    void thePathFindsWhatEachFitFindsInFewerIterations(int classes, double l1, double l2) {
        Dataset data = overlapping(11, 120, 8, classes);
        List<LogisticModel> path = LogisticRegression.elasticNet(l1, l2).path(data);
        assertEquals(50, path.size());
        double max = LogisticRegression.elasticNet(l1, l2).lambdaMax(data);
        assertEquals(max * l1, path.getFirst().certificate().l1());
        assertEquals(1e-3 * max * l1, path.getLast().certificate().l1(), 1e-12);
        assertEquals(0, path.getFirst().nonZeros());
        int warm = 0;
        int cold = 0;
        double previous = Double.POSITIVE_INFINITY;
        for (LogisticModel model : path) {
            double lambda1 = model.certificate().l1();
            double lambda2 = model.certificate().l2();
            assertEquals(l2 / l1, lambda2 / lambda1, 1e-12);
            LogisticModel alone =
                    LogisticRegression.elasticNet(lambda1, lambda2).fit(data);
            assertArrayEquals(alone.coefficients(), model.coefficients(), 1e-6);
            assertArrayEquals(alone.intercepts(), model.intercepts(), 1e-6);
            assertEquals(alone.nonZeros(), model.nonZeros());
            assertTrue(model.loss() <= previous, "a weaker penalty fits better");
            previous = model.loss();
            warm += model.iterations();
            cold += alone.iterations();
        }
        assertTrue(warm < 0.7 * cold, warm + " iterations, " + cold + " from the null model");
    }

    @Test
    void lambdasComeInAnyOrderAndL2HasAPathToo() {
        Dataset data = overlapping(5, 60, 3, 3);
        List<LogisticModel> path = LogisticRegression.l2(2).path(data, 0.01, 1, 0.1);
        assertEquals(
                List.of(2.0, 0.2, 0.02),
                path.stream().map(model -> model.certificate().l2()).toList());
        assertArrayEquals(
                LogisticRegression.l2(0.02).fit(data).coefficients(),
                path.getLast().coefficients(),
                1e-6);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void separableDataHaveNoOptimumWithoutAPenalty(int classes) {
        float[] x = new float[4 * classes];
        int[] labels = new int[x.length];
        Arrays.setAll(labels, i -> i / 4);
        for (int i = 0; i < x.length; i++) {
            x[i] = 10 * (i / 4) + i % 4;
        }
        Dataset data = Dataset.classification(1, x, classes, labels);
        refused(() -> LogisticRegression.unpenalized().fit(data), "no optimum", "separates", "l2(1e-3)");
        for (LogisticRegression penalized : List.of(LogisticRegression.l1(1e-6), LogisticRegression.l2(1e-6))) {
            LogisticModel model = penalized.fit(data);
            assertArrayEquals(labels, model.classify(data));
            assertTrue(model.certificate().violation() <= TOLERANCE);
        }
    }

    @Test
    void separableDataHaveTheirClosedFormUnderL1() {
        for (double lambda : new double[] {1e-8, 1e-3, 0.4}) {
            LogisticModel model = LogisticRegression.l1(lambda).fit(twoSides(10));
            // at 1e-8 a violation of 1e-9 is a tenth of the odds
            assertEquals(lambda, 1 - 1 / (1 + Math.exp(-model.coefficients()[0])), TOLERANCE);
        }
    }

    @Test
    void classesThatTouchHaveNoOptimumWithoutAPenaltyEither() {
        Dataset touching = Dataset.classification(1, new float[] {-1, 0, 0, 1}, 2, new int[] {0, 0, 1, 1});
        refused(() -> LogisticRegression.unpenalized().fit(touching), "no optimum", "4 rows");
        Dataset oneOfThree =
                Dataset.classification(1, new float[] {0, 1, 0, 1, 0, 5, 6}, 3, new int[] {0, 0, 1, 1, 0, 2, 2});
        refused(() -> LogisticRegression.unpenalized().fit(oneOfThree), "no optimum");
    }

    @ParameterizedTest
    @CsvSource({"2, 0.01, 0", "2, 0, 0.01", "2, 0, 0", "3, 0.01, 0", "3, 0, 0.01", "3, 0, 0"})
    void aConstantFeatureGetsNoWeight(int classes, double l1, double l2) {
        Dataset data = overlapping(3, 70, 2, classes);
        LogisticRegression regression = LogisticRegression.elasticNet(l1, l2);
        LogisticModel without = regression.fit(data);
        LogisticModel with = regression.fit(LogisticSamples.withConstant(data, 1e6f));
        double[] w = with.coefficients();
        for (int i = 0; i < w.length; i++) {
            if (i % 3 == 2) {
                assertEquals(0, w[i]);
            } else {
                assertEquals(without.coefficients()[i / 3 * 2 + i % 3], w[i], 1e-7);
            }
        }
        assertArrayEquals(without.intercepts(), with.intercepts(), 1e-7);
    }

    @ParameterizedTest
    @CsvSource({"2, 1e-3, 0", "2, 0, 1e-3", "2, 0, 0", "3, 1e-3, 0", "3, 0, 1e-3", "3, 0, 0"})
    void scalesDoNotHinder(int classes, double l1, double l2) {
        Dataset data = scaled(overlapping(9, 100, 4, classes), 1, 1e4f, 1e-4f, 1);
        LogisticModel model = LogisticRegression.elasticNet(l1, l2).fit(data);
        // a gradient by a feature of 1e4 has 1e-12 of rounding
        assertTrue(
                model.certificate().violation() <= 4 * TOLERANCE,
                () -> model.certificate().toString());
        assertTrue(model.iterations() < 200, () -> model.iterations() + " iterations");
    }

    @Test
    void withoutPenaltyScalesOnlyScaleTheCoefficients() {
        Dataset data = overlapping(13, 100, 2, 3);
        LogisticModel plain = LogisticRegression.unpenalized().fit(data);
        LogisticModel stretched = LogisticRegression.unpenalized().fit(scaled(data, 1, 0x1p13f)); // exact in float
        for (int i = 0; i < 6; i++) {
            double factor = i % 2 == 0 ? 1 : 0x1p13;
            assertEquals(plain.coefficients()[i], factor * stretched.coefficients()[i], 1e-7);
        }
        assertEquals(plain.loss(), stretched.loss(), 1e-12);
    }

    @Test
    void amongEqualOptimaTheLeastSquaresAreTaken() {
        Dataset data = overlapping(17, 100, 3, 4);
        LogisticModel free = LogisticRegression.unpenalized().fit(data);
        LogisticModel sparse = LogisticRegression.l1(1e-3).fit(data);
        for (LogisticModel model : List.of(free, sparse)) {
            assertEquals(0, Arrays.stream(model.intercepts()).sum(), 1e-14);
            double[] w = model.coefficients();
            for (int j = 0; j < 3; j++) {
                double[] column = {w[j], w[3 + j], w[6 + j], w[9 + j]};
                double sum = Arrays.stream(column).sum();
                boolean zero = Arrays.stream(column).anyMatch(v -> v == 0);
                assertTrue(Math.abs(sum) < 1e-12 || model == sparse && zero, Arrays.toString(column));
            }
        }
    }

    @Test
    void featuresInPlentyAreSelected() {
        Dataset data = overlapping(19, 30, 200, 3);
        LogisticModel model = LogisticRegression.l1(0.02).fit(data);
        assertTrue(model.nonZeros() > 0 && model.nonZeros() < 60, () -> model.nonZeros() + " non-zeros");
        assertTrue(model.certificate().violation() <= TOLERANCE);
        assertArrayEquals(data.labels(), model.classify(data));
    }

    @Test
    void theSameDataGiveTheSameBits() {
        Dataset data = overlapping(23, 60, 5, 3);
        for (LogisticRegression regression : List.of(LogisticRegression.l1(0.01), LogisticRegression.l2(0.01))) {
            assertArrayEquals(
                    regression.fit(data).coefficients(), regression.fit(data).coefficients());
        }
    }

    @Test
    void refusesAClassWithoutRows() {
        Dataset missing = Dataset.classification(1, new float[] {1, 2, 3}, 3, new int[] {0, 2, 0});
        refused(() -> LogisticRegression.l2(1).fit(missing), "class 1 of 3", "no row", "add rows");
        Dataset one = Dataset.classification(1, new float[] {1, 2, 3}, 2, new int[3]);
        refused(() -> LogisticRegression.l1(1).path(one), "class 1 of 2", "no row");
    }

    @Test
    void refusesTargets() {
        Dataset targets = Dataset.regression(1, new float[2], 1, new float[2]);
        refused(() -> LogisticRegression.l2(1).fit(targets), "1 target", "Dataset.classification");
    }

    @Test
    void refusesNonsense() {
        refused(() -> LogisticRegression.l1(-1), "l1 is -1.0", "at least 0");
        refused(() -> LogisticRegression.l2(Double.NaN), "l2 is NaN", "at least 0");
        refused(() -> LogisticRegression.elasticNet(0, Double.POSITIVE_INFINITY), "l2 is Infinity", "finite");
        refused(() -> LogisticRegression.l1(1).withTolerance(0), "tolerance is 0.0", "above 0");
        refused(() -> LogisticRegression.l1(1).withMaxIterations(0), "maxIterations is 0", "at least 1");
        Dataset data = twoSides(8);
        refused(() -> LogisticRegression.l2(1).lambdaMax(data), "l1 is 0", "set l1");
        refused(() -> LogisticRegression.l2(1).path(data), "l1 is 0", "give the lambdas");
        refused(() -> LogisticRegression.unpenalized().path(data, 1), "no penalty", "l1(1)");
        refused(() -> LogisticRegression.l1(1).path(data, new double[0]), "0 lambdas", "at least one");
        refused(() -> LogisticRegression.l1(1).path(data, 1, -2), "lambda 1", "-2.0", "above 0");
        refused(() -> LogisticRegression.l1(1).path(twoSides(5)), "lambdaMax is", "no feature");
    }

    @ParameterizedTest
    @CsvSource({"0.001, 0", "0, 0.001"})
    void aFitThatDoesNotArriveSaysHowFarItIs(double l1, double l2) {
        Dataset data = overlapping(29, 100, 6, 3);
        LogisticRegression hasty = LogisticRegression.elasticNet(l1, l2).withMaxIterations(2);
        String message =
                assertThrows(IllegalStateException.class, () -> hasty.fit(data)).getMessage();
        for (String part : List.of("2 iterations", "violated by", "tolerance is 1.0E-9", "standardize the features")) {
            assertTrue(message.contains(part), () -> part + " in " + message);
        }
        assertTrue(LogisticRegression.elasticNet(l1, l2)
                        .withTolerance(1e-2)
                        .fit(data)
                        .iterations()
                < LogisticRegression.elasticNet(l1, l2).fit(data).iterations());
    }

    private static void refused(Runnable call, String... parts) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), () -> part + " in " + message);
        }
    }
}
