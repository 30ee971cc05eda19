package dev.ridgeline.experiments.lambda;

import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The values of λ that are tried: 1, 2, 4 and 8 times each power of ten from 10⁻⁵ on. */
enum LambdaGrid {
    /** Up to 8. */
    WIDE(8),
    /** Up to 0.02, as published. */
    PUBLISHED(0.02);

    private static final int FIRST_POWER = -5;
    private static final int[] FACTORS = {1, 2, 4, 8};

    private final double largest;

    LambdaGrid(double largest) {
        this.largest = largest;
    }

    /** Returns the values in ascending order; those of a shorter grid are the first of a longer one. */
    double[] lambdas() {
        return IntStream.rangeClosed(FIRST_POWER, 0)
                .boxed()
                .flatMapToDouble(LambdaGrid::decade)
                .filter(lambda -> lambda <= largest)
                .toArray();
    }

    private static DoubleStream decade(int power) {
        return IntStream.of(FACTORS).mapToDouble(factor -> Double.parseDouble(factor + "e" + power));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
