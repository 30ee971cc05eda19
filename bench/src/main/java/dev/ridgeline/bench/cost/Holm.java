package dev.ridgeline.bench.cost;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Holm's step-down correction (Scandinavian Journal of Statistics, 1979) of several p-values. */
public final class Holm {
    private Holm() {}

    /**
     * Returns the adjusted p-values, in the order given: the i-th smallest of m becomes the largest of (m - j + 1)·p(j)
     * over j &lt;= i, and 1 at most. To reject whatever is at most 0.05 errs anywhere in one family of 20, however the
     * p-values depend on each other.
     *
     * @param p the p-values
     * @return the adjusted ones
     */
    public static double[] adjust(double... p) {
        int[] ascending = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(i -> i)
                .toArray();
        double[] adjusted = new double[p.length];
        double largest = 0;
        for (int i = 0; i < p.length; i++) {
            largest = Math.max(largest, Math.min(1, (p.length - i) * p[ascending[i]]));
            adjusted[ascending[i]] = largest;
        }
        return adjusted;
    }
}
