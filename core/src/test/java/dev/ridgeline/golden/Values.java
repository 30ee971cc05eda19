package dev.ridgeline.golden;

import dev.ridgeline.layer.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * An array of a golden case.
 *
 * @param shape its dimensions
 * @param data its elements, row-major
 */
record Values(int[] shape, double[] data) {

    static Values of(Object json, String name) {
        if (!(json instanceof Map<?, ?> array)
                || !(array.get("shape") instanceof List<?> shape)
                || !(array.get("data") instanceof List<?> data)) {
            throw new AssertionError("the case has no array " + name);
        }
        Values values = new Values(
                shape.stream().mapToInt(n -> ((Number) n).intValue()).toArray(),
                data.stream().mapToDouble(x -> ((Number) x).doubleValue()).toArray());
        if (Arrays.stream(values.shape).reduce(1, Math::multiplyExact) != values.data.length) {
            throw new AssertionError(name + ": " + values.data.length + " numbers in the shape " + shape);
        }
        return values;
    }

    /** Returns the elements as the nearest floats; inputs were floats. */
    float[] floats() {
        float[] floats = new float[data.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) data[i];
        }
        return floats;
    }

    /** Returns the number of samples of a batch: the first dimension. */
    int samples() {
        return shape[0];
    }

    /** Returns the shape of one sample of a batch: all dimensions but the first. */
    Shape row() {
        return Shape.of(Arrays.copyOfRange(shape, 1, shape.length));
    }

    /** Returns the last dimension. */
    int columns() {
        return shape[shape.length - 1];
    }

    /** Returns the product of all dimensions but the last. */
    int rows() {
        return data.length / columns();
    }

    /** Returns the largest magnitude. */
    double largest() {
        return Arrays.stream(data).map(Math::abs).max().orElse(0);
    }

    /** Fails unless every element is within {@code tolerance} times the largest magnitude expected. */
    void assertClose(double tolerance, float[] actual, String what) {
        assertWithin(tolerance * largest(), actual, what);
    }

    /** Fails unless every element is within an absolute tolerance. */
    void assertWithin(double tolerance, float[] actual, String what) {
        if (actual.length < data.length) {
            throw new AssertionError(what + ": " + actual.length + " elements, expected " + data.length);
        }
        for (int i = 0; i < data.length; i++) {
            check(tolerance, data[i], actual[i], what + " element " + i);
        }
    }

    /** Fails unless every element is within a tolerance relative to itself, with a floor. */
    void assertElementwise(double tolerance, double floor, float[] actual, String what) {
        if (actual.length != data.length) {
            throw new AssertionError(what + ": " + actual.length + " elements, expected " + data.length);
        }
        for (int i = 0; i < data.length; i++) {
            check(Math.max(tolerance * Math.abs(data[i]), floor), data[i], actual[i], what + " element " + i);
        }
    }

    /** Fails unless {@code actual} is within an absolute tolerance; NaN never is. */
    static void check(double tolerance, double expected, double actual, String what) {
        if (!(Math.abs(actual - expected) <= tolerance)) {
            throw new AssertionError(what + " is " + actual + ", expected " + expected + " within " + tolerance);
        }
    }
}
