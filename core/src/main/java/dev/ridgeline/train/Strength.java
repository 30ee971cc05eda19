package dev.ridgeline.train;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.regularizer.TensorRegularizer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How strong a penalty must be for floats to notice it. */
final class Strength {
    private static final int DOUBLINGS = 100;
    private static final int BISECTIONS = 7;
    private static final Pattern LAMBDA = Pattern.compile("\\blambda=([^,\\]]+)");

    private Strength() {}

    /**
     * Returns the size of a penalty's effect.
     *
     * @param effect how far the penalty moves a weight if it is multiplied by a factor; 0 if no float changes
     * @throws InactiveRegularizerException if the effect is 0 at factor 1, but not at a larger one: names the smallest λ
     */
    static double requireEffect(String name, Object penalty, DoubleUnaryOperator effect) {
        double moved = effect.applyAsDouble(1);
        if (moved > 0) {
            return moved;
        }
        double enough = 1;
        for (int i = 0; i < DOUBLINGS && !(moved > 0); i++) {
            enough *= 2;
            moved = effect.applyAsDouble(enough);
        }
        if (!(moved > 0)) {
            return 0;
        }
        double tooWeak = enough / 2;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = Math.sqrt(tooWeak * enough);
            if (effect.applyAsDouble(middle) > 0) {
                enough = middle;
            } else {
                tooWeak = middle;
            }
        }
        throw new InactiveRegularizerException(name + ": " + penalty
                + " is too weak to move any weight: each step ends at the same floats with and without it. "
                + remedy(penalty.toString(), enough));
    }

    private static String remedy(String penalty, double factor) {
        Matcher lambda = LAMBDA.matcher(penalty);
        try {
            return lambda.find()
                    ? "Make lambda at least " + rounded(Double.parseDouble(lambda.group(1)) * factor) + ", or remove it"
                    : "Make it at least " + rounded(factor) + " times stronger, or remove it";
        } catch (NumberFormatException e) {
            return "Make it at least " + rounded(factor) + " times stronger, or remove it";
        }
    }

    /** Two digits, rounded up. */
    private static String rounded(double value) {
        BigDecimal digits = new BigDecimal(value).round(new MathContext(2, RoundingMode.UP));
        return String.valueOf(digits.doubleValue());
    }

    /** A penalty times a factor; only its derivative and its proximal step. */
    record Element(Regularizer penalty, float factor) implements Regularizer {
        @Override
        public double value(float w) {
            return factor * penalty.value(w);
        }

        @Override
        public float gradient(float w) {
            return factor * penalty.gradient(w);
        }

        @Override
        public float proximal(float w, float t) {
            return penalty.proximal(w, factor * t);
        }
    }

    /** A penalty on a tensor times a factor. */
    record Whole(TensorRegularizer penalty, float factor) implements TensorRegularizer {
        @Override
        public double value(int rows, int columns, float[] w) {
            return factor * penalty.value(rows, columns, w);
        }

        @Override
        public Gradient gradient(int rows, int columns) {
            Gradient gradient = penalty.gradient(rows, columns);
            return (Team team, float strength, float[] w, float[] g) -> gradient.add(team, factor * strength, w, g);
        }
    }
}
