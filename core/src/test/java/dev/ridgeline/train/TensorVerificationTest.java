package dev.ridgeline.train;

import static dev.ridgeline.train.Proofs.inactive;
import static dev.ridgeline.train.Proofs.model;
import static dev.ridgeline.train.Proofs.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.optimizer.Updater;
import dev.ridgeline.regularizer.Constraint;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.GroupLasso;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxNorm;
import dev.ridgeline.regularizer.MaxWeight;
import dev.ridgeline.regularizer.NonNegative;
import dev.ridgeline.regularizer.Orthogonal;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.regularizer.TensorRegularizer;
import dev.ridgeline.regularizer.UnitNorm;
import dev.ridgeline.regularizer.WeightElimination;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TensorVerificationTest {
    static Stream<Regularizer> builtIn() {
        return Stream.of(
                new L1(1e-4f),
                new L1(3),
                new L2(1e-4f),
                new L2(100),
                new ElasticNet(1e-3f, 1e-2f),
                new WeightElimination(1e-3f, 0.1f),
                new WeightElimination(1e-3f, 10),
                new ProximalL1(1e-3f),
                new ProximalL1(10));
    }

    @ParameterizedTest
    @MethodSource("dev.ridgeline.train.Proofs#optimizers")
    void everyBuiltInPenaltyActsOnEveryTensor(Optimizer optimizer) {
        builtIn().forEach(penalty -> {
            ActiveRegularizers proved = verify(model(new Dense(6)
                            .kernelRegularizer(penalty)
                            .biasRegularizer(penalty)
                            .activityRegularizer(penalty.hasGradient() ? penalty : new L1(0.1f)))
                    .optimizer(optimizer));
            assertEquals(
                    List.of("Dense \"dense1\" kernel", "Dense \"dense1\" bias", "Dense \"dense1\" activity"),
                    proved.entries().stream()
                            .map(ActiveRegularizers.Entry::where)
                            .toList());
            assertTrue(proved.entries().stream().allMatch(e -> e.effect() > 0), proved.toString());
        });
    }

    @ParameterizedTest
    @MethodSource("dev.ridgeline.train.Proofs#optimizers")
    void everyBuiltInPenaltyOnAWholeTensorActs(Optimizer optimizer) {
        Stream.of(new GroupLasso(1e-3f), new GroupLasso(10), new Orthogonal(0.01f), new Orthogonal(3))
                .forEach(penalty -> assertEquals(
                        penalty.toString(),
                        verify(model(new Dense(6).kernelTensorRegularizer(penalty))
                                        .optimizer(optimizer))
                                .entries()
                                .getFirst()
                                .what()));
    }

    /** Many rows, so that some of the cosines are near 0, where they have no derivative. */
    @Test
    void aSumOfManyKinksIsProved() {
        try (Model model = Model.inputs(300)
                .add(new Dense(40).kernelTensorRegularizer(new Orthogonal(0.01f)))
                .add(new Dense(3))
                .build()) {
            assertEquals(
                    1,
                    model.verifyActive(Samples.classes(1, 20, 300, 3)).entries().size());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.ridgeline.train.Proofs#optimizers")
    void everyBuiltInConstraintActs(Optimizer optimizer) {
        Stream.of(
                        new MaxNorm(3),
                        new MaxNorm(0.1f),
                        new MaxNorm(1000),
                        new MaxWeight(0.5f),
                        new MaxWeight(1e-3f),
                        new UnitNorm(),
                        new NonNegative())
                .forEach(constraint -> assertEquals(
                        2,
                        verify(model(new Dense(6).kernelConstraint(constraint).biasConstraint(constraint))
                                        .optimizer(optimizer))
                                .entries()
                                .size()));
    }

    /** In one plain step L1 moves every weight by η·λ: the largest change is that of a step with no momentum. */
    @Test
    void theEffectIsThatOfAStep() {
        ActiveRegularizers proved =
                verify(model(new Dense(6).kernelRegularizer(new L1(0.5f)).kernelConstraint(new MaxWeight(0.125f)))
                        .optimizer(new Sgd(0.25f)));
        assertEquals(0.125, proved.entries().get(0).effect(), 1e-6);
        assertEquals(ActiveRegularizers.Measure.WEIGHT, proved.entries().get(0).measure());
        assertTrue(proved.entries().get(1).effect() > 0.125, proved.toString());
    }

    /** ½λw² with a gradient that is wrong by a factor. */
    record Wrong(float lambda, float factor) implements Regularizer {
        @Override
        public double value(float w) {
            return 0.5 * lambda * w * w;
        }

        @Override
        public float gradient(float w) {
            return factor * lambda * w;
        }
    }

    @ParameterizedTest
    @MethodSource("dev.ridgeline.train.Proofs#optimizers")
    void aGradientThatIsNotTheSlopeIsFound(Optimizer optimizer) {
        for (float lambda : new float[] {1e-3f, 100}) {
            for (float factor : new float[] {-1, 0, 0.99f, 2, Float.NaN}) {
                inactive(
                        model(new Dense(6).kernelRegularizer(new Wrong(lambda, factor)))
                                .optimizer(optimizer),
                        "Dense \"dense1\" kernel",
                        "Wrong[lambda=" + lambda,
                        "does not act as its formula says",
                        "the slope of value() is",
                        "gradient() is",
                        "Correct");
            }
        }
        verify(model(new Dense(6).kernelRegularizer(new Wrong(0.1f, 1))).optimizer(optimizer));
    }

    /** Right for weights above 0 alone. */
    record WrongSomewhere() implements Regularizer {
        @Override
        public double value(float w) {
            return Math.abs((double) w);
        }

        @Override
        public float gradient(float w) {
            return w > 0 ? Math.signum(w) : 0;
        }
    }

    @Test
    void aGradientThatIsWrongOnOneSideIsFound() {
        inactive(
                model(new Dense(6).kernelRegularizer(new WrongSomewhere())),
                "at w = -",
                "is -1.0",
                "gradient() is 0.0");
    }

    record NoValue(float bad) implements Regularizer {
        @Override
        public double value(float w) {
            return w < 0 ? bad : w;
        }

        @Override
        public float gradient(float w) {
            return 1;
        }
    }

    @Test
    void aValueThatIsNotFiniteIsNamed() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            inactive(
                    model(new Dense(6).kernelRegularizer(new NoValue(bad))),
                    "Dense \"dense1\" kernel",
                    "value(-",
                    "is " + (double) bad,
                    "must be finite");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.ridgeline.train.Proofs#optimizers")
    void aPenaltyTooWeakForFloatsIsNamedWithTheOneThatActs(Optimizer optimizer) {
        for (Regularizer weak : List.of(new L1(1e-12f), new L2(1e-12f))) {
            ModelBuilder builder = model(new Dense(6).biasRegularizer(weak)).optimizer(optimizer);
            Exception e = assertThrows(InactiveRegularizerException.class, () -> verify(builder));
            String text = e.getMessage();
            assertTrue(text.startsWith("Dense \"dense1\" bias: " + weak + " is too weak"), text);
            float enough = Float.parseFloat(text.replaceAll(".*Make lambda at least (\\S+), or remove it", "$1"));
            assertTrue(enough > 1e-12f && enough < 1e-2f, text);
            Regularizer right = weak instanceof L1 ? new L1(enough) : new L2(enough);
            verify(model(new Dense(6).biasRegularizer(right)).optimizer(optimizer));
            Regularizer less = weak instanceof L1 ? new L1(enough * 0.8f) : new L2(enough * 0.8f);
            inactive(model(new Dense(6).biasRegularizer(less)).optimizer(optimizer), "too weak");
        }
        inactive(
                model(new Dense(6).biasRegularizer(new ElasticNet(0, 1e-12f))).optimizer(optimizer),
                "too weak",
                "times stronger");
        inactive(
                model(new Dense(6).activityRegularizer(new L2(1e-14f))).optimizer(optimizer),
                "Dense \"dense1\" activity",
                "too weak",
                "Make lambda at least");
    }

    /** Keeps the weights in 0..max, or claims to. */
    record Bound(float max, float slack) implements Constraint {
        @Override
        public float project(float w) {
            return w > max ? max + slack * (w - max) : w;
        }
    }

    /** Does nothing. */
    record Idle() implements Constraint {}

    /** Makes weights infinite. */
    record Bursting() implements Constraint {
        @Override
        public float project(float w) {
            return w / 0f;
        }
    }

    @Test
    void aConstraintThatDoesNotHoldIsNamed() {
        verify(model(new Dense(6).kernelConstraint(new Bound(1, 0))));
        inactive(
                model(new Dense(6).kernelConstraint(new Bound(1, 0.5f))),
                "Dense \"dense1\" kernel",
                "Bound[max=1.0",
                "if applied again",
                "must leave what it allows");
        inactive(model(new Dense(6).biasConstraint(new Idle())), "bias", "Idle[]", "changes no weight", "tighter");
        inactive(model(new Dense(6).biasConstraint(new MaxWeight(1e30f))), "MaxWeight", "changes no weight");
        inactive(model(new Dense(6).biasConstraint(new Bursting())), "Bursting", "Infinity", "finite");
    }

    /** λ(Σw)², whose gradient is 2λΣw everywhere, times a factor that should be 1. */
    record Sum(float lambda, float factor) implements TensorRegularizer {
        private static double sum(float[] w) {
            double sum = 0;
            for (float v : w) {
                sum += v;
            }
            return sum;
        }

        @Override
        public double value(int rows, int columns, float[] w) {
            return lambda * sum(w) * sum(w);
        }

        @Override
        public Gradient gradient(int rows, int columns) {
            return (team, strength, w, g) -> {
                float step = (float) (strength * factor * 2 * lambda * sum(w));
                for (int i = 0; i < g.length; i++) {
                    g[i] += step;
                }
            };
        }
    }

    @ParameterizedTest
    @MethodSource("dev.ridgeline.train.Proofs#optimizers")
    void aPenaltyOnATensorIsProvedByItsValue(Optimizer optimizer) {
        assertEquals(
                1,
                verify(model(new Dense(6).kernelTensorRegularizer(new Sum(0.1f, 1)))
                                .optimizer(optimizer))
                        .entries()
                        .size());
        for (float factor : new float[] {-1, 0, 0.5f, 2, Float.NaN}) {
            inactive(
                    model(new Dense(6).kernelTensorRegularizer(new Sum(0.1f, factor)))
                            .optimizer(optimizer),
                    "Dense \"dense1\" kernel",
                    "Sum[lambda=0.1",
                    "does not act as its formula says",
                    "its gradient says");
        }
        inactive(
                model(new Dense(6).kernelTensorRegularizer(new Sum(1e-14f, 1))).optimizer(optimizer),
                "Sum",
                "too weak",
                "Make lambda at least");
    }

    /** Soft thresholding at a factor times λ. */
    record Shrinkage(float lambda, float factor) implements Regularizer {
        @Override
        public double value(float w) {
            return lambda * Math.abs((double) w);
        }

        @Override
        public float gradient(float w) {
            return -0f;
        }

        @Override
        public float proximal(float w, float t) {
            return Math.signum(w) * Math.max(Math.abs(w) - t * lambda * factor, 0);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.ridgeline.train.Proofs#optimizers")
    void aProximalStepIsProvedByItsMinimum(Optimizer optimizer) {
        for (float lambda : new float[] {1e-3f, 1000}) {
            assertEquals(
                    1,
                    verify(model(new Dense(6).biasRegularizer(new Shrinkage(lambda, 1)))
                                    .optimizer(optimizer))
                            .entries()
                            .size());
            for (float factor : new float[] {-1, 0.98f, 2, Float.NaN}) {
                inactive(
                        model(new Dense(6).biasRegularizer(new Shrinkage(lambda, factor)))
                                .optimizer(optimizer),
                        "Dense \"dense1\" bias",
                        "Shrinkage",
                        "its proximal step of length",
                        "Correct proximal()");
            }
        }
        inactive(
                model(new Dense(6).biasRegularizer(new Shrinkage(1e-14f, 1))).optimizer(optimizer),
                "too weak",
                "Make lambda at least");
    }

    record Deaf() implements Optimizer {
        @Override
        public Updater bind(List<Parameter> parameters) {
            return new DeafUpdater(parameters);
        }
    }

    /** Gradient descent that knows no penalty and no constraint. */
    private static final class DeafUpdater extends Updater {
        DeafUpdater(List<Parameter> parameters) {
            super(parameters.stream().map(Plain::new).toList());
        }

        @Override
        protected void prepare(int step, double factor) {
            // the rate is fixed
        }

        private static final class Plain extends Updater.Tensor {
            Plain(Parameter parameter) {
                super(parameter);
            }

            @Override
            protected void update(int from, int to) {
                for (int i = from; i < to; i++) {
                    parameter.value()[i] -= 0.1f * parameter.gradient()[i];
                }
            }
        }
    }

    @Test
    void anOptimizerThatIgnoresAPenaltyIsNamed() {
        inactive(
                model(new Dense(6).kernelRegularizer(new L2(0.1f))).optimizer(new Deaf()),
                "a step of Deaf[] does not add the gradient of L2[lambda=0.1]");
        inactive(
                model(new Dense(6).kernelRegularizer(new Shrinkage(0.1f, 1))).optimizer(new Deaf()),
                "a step of Deaf[] does not take");
        inactive(
                model(new Dense(6).kernelConstraint(new MaxWeight(0.1f))).optimizer(new Deaf()),
                "a step of Deaf[] ends at",
                "must apply it");
    }
}
