package dev.ridgeline.experiments.tikhonov;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.GaussianNoise;
import dev.ridgeline.plot.Ink;
import dev.ridgeline.regularizer.Quadrature;
import dev.ridgeline.regularizer.Tikhonov;
import dev.ridgeline.train.ModelBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What keeps a fitted curve smooth, with one strength λ each. */
enum Smoothing {
    /** Nothing. */
    NONE("none", Ink.BROWN),
    /** λ times the mean of y² over the interval. */
    ORDER_0("order 0", Ink.ORANGE),
    /** λ times the mean of (dy/dx)². */
    ORDER_1("order 1", Ink.BLUE),
    /** λ times the mean of (d²y/dx²)². */
    ORDER_2("order 2", Ink.GREEN),
    /** Normal noise of variance λ on each input, drawn anew in each step. */
    NOISE("input noise", Ink.VIOLET);

    /** Those that smooth. */
    static final List<Smoothing> REGULARIZERS = List.of(ORDER_0, ORDER_1, ORDER_2, NOISE);

    /** Exact for polynomials of degree 79, far beyond what the curves need on this interval. */
    private static final int NODES = 40;

    /** How often a row stands in a step under noise, each time with a noise of its own, so that the mean over it shows. */
    private static final int COPIES = 8;

    private final String title;
    private final Ink ink;

    Smoothing(String title, Ink ink) {
        this.title = title;
        this.ink = ink;
    }

    /** Returns the name in tables, files and plots. */
    String title() {
        return title;
    }

    /** Returns the colour in plots. */
    Ink ink() {
        return ink;
    }

    /** Returns the values of λ that are tried, ascending. */
    List<Double> lambdas() {
        return this == NONE ? List.of(0.0) : List.of(1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0);
    }

    /** Adds it to a model that has no layer yet. */
    void addTo(ModelBuilder builder, double lambda) {
        float h = (float) (lambda / (NoisySine.RIGHT - NoisySine.LEFT)); // the mean is the integral by the length
        switch (this) {
            case NONE -> {}
            case ORDER_0 -> builder.tikhonov(overTheInterval(h, 0, 0));
            case ORDER_1 -> builder.tikhonov(overTheInterval(0, h, 0));
            case ORDER_2 -> builder.tikhonov(overTheInterval(0, 0, h));
            case NOISE -> builder.add(new GaussianNoise((float) Math.sqrt(lambda)));
        }
    }

    private static Tikhonov overTheInterval(float h0, float h1, float h2) {
        return new Tikhonov(h0, h1, h2).over(Quadrature.gaussLegendre(NODES, NoisySine.LEFT, NoisySine.RIGHT));
    }

    /** Returns the rows of one step of training. */
    Dataset step(Dataset rows) {
        int n = rows.rows();
        return this == NOISE
                ? rows.select(IntStream.range(0, COPIES * n).map(i -> i % n).toArray())
                : rows;
    }

    /** Returns the one with a title. */
    static Smoothing of(String title) {
        return Arrays.stream(values())
                .filter(smoothing -> smoothing.title.equals(title))
                .findAny()
                .orElseThrow();
    }
}
