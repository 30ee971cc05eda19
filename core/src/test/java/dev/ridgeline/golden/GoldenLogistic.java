package dev.ridgeline.golden;

import static dev.ridgeline.golden.GoldenCase.number;
import static dev.ridgeline.golden.GoldenCase.string;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.linear.LogisticModel;
import dev.ridgeline.linear.LogisticRegression;
import java.util.Arrays;

/** Logistic regressions solved by scikit-learn. */
final class GoldenLogistic {
    /** Relative to the largest coefficient, for the intercepts too. */
    private static final double COEFFICIENTS = 1e-4;

    private GoldenLogistic() {}

    static void check(GoldenCase golden) {
        Values x = golden.values("x");
        int[] names = Arrays.stream(golden.labels()).sorted().distinct().toArray();
        int[] labels = Arrays.stream(golden.labels())
                .map(label -> Arrays.binarySearch(names, label))
                .toArray();
        Dataset data = Dataset.classification(x.columns(), x.floats(), names.length, labels);
        LogisticModel model = regression(golden, x.rows()).fit(data);
        Values coefficients = golden.values("coef");
        double scale = coefficients.largest();
        check(coefficients, scale, model.coefficients(), "coef");
        check(golden.values("intercept"), scale, model.intercepts(), "intercept");
        if (model.certificate().l1() > 0) {
            support(coefficients, model.coefficients());
        }
    }

    /** Minimises C Σ loss + r Σ|w| + (1 - r) ½ Σw². */
    private static LogisticRegression regression(GoldenCase golden, int rows) {
        Object penalty = golden.fields().get("penalty");
        if (penalty == null || penalty.equals("none")) {
            return LogisticRegression.unpenalized();
        }
        double lambda = 1 / (number(golden.fields(), "C") * rows);
        double share = switch (string(golden.fields(), "penalty")) {
            case "l1" -> 1;
            case "l2" -> 0;
            case "elasticnet" -> number(golden.fields(), "l1Ratio");
            default -> throw GoldenTypes.unknown("penalty", penalty.toString());
        };
        return LogisticRegression.elasticNet(share * lambda, (1 - share) * lambda);
    }

    private static void check(Values expected, double scale, double[] actual, String what) {
        if (actual.length != expected.data().length) {
            throw new AssertionError(what + ": " + actual.length + " elements, expected " + expected.data().length);
        }
        for (int i = 0; i < actual.length; i++) {
            Values.check(COEFFICIENTS * scale, expected.data()[i], actual[i], what + " element " + i);
        }
    }

    private static void support(Values expected, double[] actual) {
        for (int i = 0; i < actual.length; i++) {
            if ((expected.data()[i] != 0) != (actual[i] != 0)) {
                throw new AssertionError("coef element " + i + " is " + actual[i] + ", expected " + expected.data()[i]);
            }
        }
    }
}
