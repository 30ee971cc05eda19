package dev.ridgeline.experiments.select;

import dev.ridgeline.experiments.data.Table;
import dev.ridgeline.experiments.data.Task;
import dev.ridgeline.train.Loss;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sizes of a multilayer perceptron with ReLU.
 *
 * @param inputs the features
 * @param hidden the units of each hidden layer, at least one layer
 * @param outputs the classes, or 1 for regression
 * @param loss softmax cross-entropy, or the mean squared error
 */
record Network(int inputs, List<Integer> hidden, int outputs, Loss loss) {
    private static final int LEAST_UNITS = 32;
    private static final int MOST_UNITS = 256;

    /** Makes a network for a table; hidden layers of null stand for two, large enough to overfit. */
    static Network of(Table table, List<Integer> hidden) {
        int inputs = table.features().size();
        boolean classes = table.task() == Task.CLASSIFICATION;
        return new Network(
                inputs,
                List.copyOf(hidden == null ? sizes(inputs) : hidden),
                classes ? table.classes().size() : 1,
                classes ? Loss.SOFTMAX_CROSS_ENTROPY : Loss.MEAN_SQUARED_ERROR);
    }

    /** The power of two that holds twice the features, within bounds, and half of it. */
    private static List<Integer> sizes(int inputs) {
        int first = LEAST_UNITS;
        while (first < 2 * inputs && first < MOST_UNITS) {
            first *= 2;
        }
        return List.of(first, first / 2);
    }

    /** Returns the number of weights and biases. */
    long parameters() {
        long sum = 0;
        int before = inputs;
        for (int units : Stream.concat(hidden.stream(), Stream.of(outputs)).toList()) {
            sum += (before + 1L) * units;
            before = units;
        }
        return sum;
    }

    /** Returns the sizes, for example {@code 4-32-16-3}. */
    @Override
    public String toString() {
        return Stream.of(List.of(inputs), hidden, List.of(outputs))
                .flatMap(List::stream)
                .map(String::valueOf)
                .collect(Collectors.joining("-"));
    }
}
