package dev.ridgeline.experiments.data;

import java.util.List;

/** A column of a table, by rows. */
sealed interface Column {
    /** Returns the name in the header. */
    String name();

    /** Returns the names of the features that it becomes. */
    List<String> features();

    /**
     * A column of numbers.
     *
     * @param name the name in the header
     * @param values by rows; NaN where missing
     */
    record Numbers(String name, double[] values) implements Column {
        @Override
        public List<String> features() {
            return List.of(name);
        }
    }

    /**
     * A column of categories. It becomes a feature a category, which is 1 in the rows of this category and 0 in others; two
     * categories become one feature.
     *
     * @param name the name in the header
     * @param categories the different values, in order
     * @param codes by rows: the place among the categories; -1 where missing
     */
    record Categories(String name, List<String> categories, int[] codes) implements Column {
        @Override
        public List<String> features() {
            return categories.stream()
                    .skip(skipped())
                    .map(category -> name + "=" + category)
                    .toList();
        }

        /** Returns the first category that has a feature. */
        int skipped() {
            return categories.size() == 2 ? 1 : 0;
        }
    }
}
