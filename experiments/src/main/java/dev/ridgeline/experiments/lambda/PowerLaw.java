package dev.ridgeline.experiments.lambda;

import dev.ridgeline.bench.cost.Interval;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * λ = e^a·N^b by least squares on ln λ = a + b·ln N, with errors that are independent and normal on that scale. All
 * intervals hold 95 % and are Student's with n - 2 degrees of freedom (Draper and Smith, Applied Regression Analysis, 1998,
 * section 1.4).
 *
 * @param points n, how many λ it was fitted to
 * @param centre the mean of ln N
 * @param spread Σ(ln N - centre)²
 * @param height the mean of ln λ
 * @param slope b
 * @param deviation the standard deviation of the residuals, with divisor n - 2
 * @param least the smallest N
 * @param most the largest N
 */
record PowerLaw(
        int points,
        double centre,
        double spread,
        double height,
        double slope,
        double deviation,
        double least,
        double most) {
    private static final double TAIL = 0.025;

    /** The fewest points that leave a degree of freedom. */
    static final int FEWEST = 3;

    /**
     * Fits the law.
     *
     * @param points at least three, of at least two different numbers of rows
     * @throws IllegalArgumentException if there are fewer
     */
    static PowerLaw fit(List<BestLambda> points) {
        int n = points.size();
        double[] x = points.stream().mapToDouble(p -> Math.log(p.rows())).toArray();
        double[] y = points.stream().mapToDouble(p -> Math.log(p.lambda())).toArray();
        double least = points.stream().mapToInt(BestLambda::rows).min().orElse(0);
        double most = points.stream().mapToInt(BestLambda::rows).max().orElse(0);
        if (n < FEWEST || least == most) {
            throw new IllegalArgumentException("PowerLaw: " + n + " values of lambda from " + least + " to " + most
                    + " rows; give at least " + FEWEST + ", of at least two numbers of rows");
        }
        double centre = mean(x);
        double height = mean(y);
        double spread = 0;
        double product = 0;
        for (int i = 0; i < n; i++) {
            spread += (x[i] - centre) * (x[i] - centre);
            product += (x[i] - centre) * (y[i] - height);
        }
        double slope = product / spread;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double residual = y[i] - height - slope * (x[i] - centre);
            squares += residual * residual;
        }
        return new PowerLaw(n, centre, spread, height, slope, Math.sqrt(squares / (n - 2)), least, most);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Returns b with its confidence interval. */
    Interval slopeInterval() {
        double half = student() * deviation / Math.sqrt(spread);
        return new Interval(slope, slope - half, slope + half);
    }

    /** Returns the geometric mean of λ over training sets of so many rows, with its confidence interval. */
    Interval mean(double rows) {
        return around(rows, 0);
    }

    /** Returns λ with the interval that the best λ of one new training set of so many rows lies in. */
    Interval prediction(double rows) {
        return around(rows, 1);
    }

    /** Returns whether a number of rows lies outside of those that the law was fitted to. */
    boolean extrapolates(double rows) {
        return rows < least || rows > most;
    }

    private Interval around(double rows, double own) {
        double x = Math.log(rows) - centre;
        double at = height + slope * x;
        double half = student() * deviation * Math.sqrt(own + 1.0 / points + x * x / spread);
        return new Interval(at, at - half, at + half).map(Math::exp);
    }

    private double student() {
        return TDistribution.of(points - 2.0).inverseSurvivalProbability(TAIL);
    }
}
