package dev.ridgeline.layer;

import dev.ridgeline.kernel.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How a layer's window slides over the positions of a row, in one to three dimensions.
 *
 * @param size the cells of the window along each axis
 * @param strides the distance of two windows along each axis
 * @param padding what happens at the ends
 */
record Sliding(List<Integer> size, List<Integer> strides, Padding padding) {
    private static final List<String> AXES = List.of("depth", "height", "width");
    private static final List<Integer> EXAMPLE = List.of(16, 28, 28);

    Sliding {
        size = List.copyOf(size);
        strides = List.copyOf(strides);
    }

    /** A window that stays inside the row. */
    static Sliding of(Layer<?> layer, int[] size, int[] strides) {
        return new Sliding(positive(layer, "size", size), positive(layer, "strides", strides), Padding.VALID);
    }

    Sliding strides(Layer<?> layer, int... other) {
        return new Sliding(size, positive(layer, "strides", other), padding);
    }

    Sliding padding(Layer<?> layer, Padding other) {
        return new Sliding(size, strides, Objects.requireNonNull(other, () -> layer + ": the padding is null"));
    }

    private static List<Integer> positive(Layer<?> layer, String what, int[] numbers) {
        if (Arrays.stream(numbers).anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException(
                    layer + ": " + what + " is " + text(list(numbers).stream()) + "; each number must be at least 1");
        }
        return list(numbers);
    }

    /** Returns the window over rows of a shape. */
    Window over(Layer<?> layer, Shape shape) {
        int rank = size.size();
        if (shape.sizes().size() != rank + 1) {
            throw new IllegalArgumentException(layer + ": takes " + text(axes(rank).stream())
                    + " x channels, the layer before it gives " + shape + "; start the model with Model.inputs("
                    + String.join(", ", axes(rank)) + ", channels), for example Model.inputs("
                    + EXAMPLE.subList(3 - rank, 3).stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + ", 1)");
        }
        Window.Axis[] axes = {Window.Axis.NONE, Window.Axis.NONE, Window.Axis.NONE};
        for (int i = 0; i < rank; i++) {
            int inputs = shape.sizes().get(i);
            if (padding == Padding.VALID && size.get(i) > inputs) {
                throw new IllegalArgumentException(layer + ": its window is " + sizeText()
                        + ", the layer before it gives " + shape + "; make the window smaller, or let it reach over the"
                        + " ends with padding(Padding.SAME)");
            }
            axes[3 - rank + i] = padding == Padding.VALID
                    ? Window.Axis.valid(inputs, size.get(i), strides.get(i))
                    : Window.Axis.same(inputs, size.get(i), strides.get(i));
        }
        try {
            return new Window(axes[0], axes[1], axes[2], shape.channels());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    layer + ": its window is " + sizeText() + " over " + shape.channels()
                            + " channels, more values than an array can hold; make the window smaller",
                    e);
        }
    }

    /** Returns the shape of what the windows of rows of a shape give. */
    Shape outputs(Window window, int channels) {
        int[] outputs = {
            window.depth().outputs(), window.height().outputs(), window.width().outputs(), channels
        };
        return Shape.of(Arrays.copyOfRange(outputs, 3 - size.size(), 4));
    }

    /** Returns the cells of the window as a shape is written: 3 x 3. */
    String sizeText() {
        return text(size.stream());
    }

    /** Returns the strides as a shape is written. */
    String stridesText() {
        return text(strides.stream());
    }

    private static List<String> axes(int rank) {
        return rank == 1 ? List.of("length") : AXES.subList(3 - rank, 3);
    }

    private static List<Integer> list(int[] numbers) {
        return IntStream.of(numbers).boxed().toList();
    }

    private static String text(Stream<?> parts) {
        return parts.map(String::valueOf).collect(Collectors.joining(" x "));
    }
}
