package dev.ridgeline.bench.peers;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.bench.Models;
import dev.ridgeline.bench.StepModel;
import java.util.ArrayList;
import java.util.List;

/** What is timed: the same work for every library. */
public sealed interface Work {
    /**
     * Returns what the reports call it.
     *
     * @return a name that no other work has
     */
    String name();

    /**
     * Returns its floating-point operations.
     *
     * @return the operations of its matrix products, a fused multiply-add counted as two
     */
    long flops();

    /**
     * A matrix product of M x K and K x N float elements.
     *
     * @param form {@code nn}; {@code tn} stores A transposed, {@code nt} B
     * @param m the rows of A
     * @param k the columns of A, the rows of B
     * @param n the columns of B
     */
    record Product(String form, int m, int k, int n) implements Work {
        /** Checks form and sizes. */
        public Product {
            if (!form.matches("nn|tn|nt")) {
                throw new IllegalArgumentException("form " + form + ": use nn, tn or nt");
            }
            if (m < 1 || k < 1 || n < 1) {
                throw new IllegalArgumentException("shape " + m + "x" + k + "x" + n + ": sizes start at 1");
            }
        }

        /**
         * Reads a shape.
         *
         * @param form the form
         * @param shape {@code MxKxN}
         * @return the product
         */
        public static Product of(String form, String shape) {
            if (!shape.matches("\\d{1,5}x\\d{1,5}x\\d{1,5}")) {
                throw new IllegalArgumentException("shape " + shape + ": use MxKxN, three sizes from 1 to 99999");
            }
            String[] sizes = shape.split("x");
            return new Product(
                    form, Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), Integer.parseInt(sizes[2]));
        }

        /**
         * Returns the sizes.
         *
         * @return {@code MxKxN}
         */
        public String shape() {
            return m + "x" + k + "x" + n;
        }

        @Override
        public String name() {
            return "gemm " + form + " " + shape();
        }

        @Override
        public long flops() {
            return 2L * m * k * n;
        }
    }

    /**
     * A whole training step.
     *
     * @param model the model
     * @param regularizer the regularizer's name in the {@link Catalogue}
     */
    record Step(StepModel model, String regularizer) implements Work {
        /** Checks that the regularizer is for the model. */
        public Step {
            if (!model.takes(Catalogue.named(regularizer))) {
                throw new IllegalArgumentException(regularizer + " is not for " + model.name() + ", whose inputs are "
                        + model.inputs() + "; leave one of them out");
            }
        }

        /**
         * A step without a regularizer.
         *
         * @param model the model
         */
        public Step(StepModel model) {
            this(model, Catalogue.NONE);
        }

        /**
         * Returns the steps of models, some of them with regularizers as well.
         *
         * @param models the models' names
         * @param regularized those of them that have a step with each regularizer too
         * @param regularizers the regularizers' names
         * @return the steps, model by model
         * @throws IllegalArgumentException if there is no such name, or one of the regularized is not among the models
         */
        public static List<Step> of(List<String> models, List<String> regularized, List<String> regularizers) {
            for (String name : regularized) {
                Models.named(name);
                if (!models.contains(name)) {
                    throw new IllegalArgumentException("--regularized " + name + ": it is not among --models ("
                            + (models.isEmpty() ? "none" : String.join(", ", models))
                            + "); add it there, or leave it out here");
                }
            }
            List<Step> steps = new ArrayList<>();
            for (String name : models) {
                StepModel model = Models.named(name);
                steps.add(new Step(model));
                if (regularized.contains(name)) {
                    regularizers.forEach(regularizer -> steps.add(new Step(model, regularizer)));
                }
            }
            return steps;
        }

        /**
         * Returns whether nothing is added to the step.
         *
         * @return true if it is without a regularizer
         */
        public boolean plain() {
            return regularizer.equals(Catalogue.NONE);
        }

        @Override
        public String name() {
            return "step " + model.name() + (plain() ? "" : " " + regularizer);
        }

        @Override
        public long flops() {
            return model.flops();
        }
    }
}
