package dev.ridgeline.layer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of one row of a batch: the sizes of the positions, then the channels (NHWC without the N). A row of plain
 * features has channels only; an image is height x width x channels. Rows lie in memory one after the other, row-major.
 *
 * @param sizes each at least 1; the last is the number of channels
 */
public record Shape(List<Integer> sizes) {
    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if there is none, one is below 1, or their product does not fit an int
     */
    public Shape {
        sizes = List.copyOf(sizes);
        long product = 1;
        for (int size : sizes) {
            product = size < 1 || product > Integer.MAX_VALUE ? -1 : product * size;
        }
        if (sizes.isEmpty() || product < 1 || product > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "Shape: " + sizes + "; give at least one size, each at least 1, with a product below 2³¹");
        }
    }

    /**
     * Returns a shape.
     *
     * @param sizes each at least 1; the last is the number of channels
     * @return the shape
     */
    public static Shape of(int... sizes) {
        return new Shape(Arrays.stream(sizes).boxed().toList());
    }

    /**
     * Returns the number of values of a row.
     *
     * @return the product of all sizes
     */
    public int size() {
        int product = 1;
        for (int i = 0; i < sizes.size(); i++) {
            product *= sizes.get(i);
        }
        return product;
    }

    /**
     * Returns the number of channels.
     *
     * @return the last size
     */
    public int channels() {
        return sizes.getLast();
    }

    /**
     * Returns the number of positions.
     *
     * @return the product of all sizes but the last; 1 for plain features
     */
    public int positions() {
        return size() / channels();
    }

    /**
     * Returns whether a row is plain features.
     *
     * @return true if there are channels only
     */
    public boolean flat() {
        return sizes.size() == 1;
    }

    @Override
    public String toString() {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining(" x "));
    }
}
