package dev.ridgeline.train;

import static dev.ridgeline.Floats.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Activation.Function;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.optimizer.AdamW;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.optimizer.RmsProp;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.regularizer.GroupLasso;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxNorm;
import dev.ridgeline.regularizer.MaxWeight;
import dev.ridgeline.regularizer.NonNegative;
import dev.ridgeline.regularizer.Orthogonal;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.regularizer.UnitNorm;
import dev.ridgeline.regularizer.WeightElimination;
import dev.ridgeline.schedule.CosineDecay;
import dev.ridgeline.schedule.ExponentialDecay;
import dev.ridgeline.schedule.Schedule;
import dev.ridgeline.schedule.StepDecay;
import dev.ridgeline.schedule.WarmUp;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model does with a gradient: schedules, clipping, penalties and constraints over several steps. */
class ModelUpdateTest {
    private static final Dataset DATA = Samples.classes(3, 60, 12, 3);

    static Stream<Optimizer> optimizers() {
        return Stream.of(
                new Sgd(0.1f),
                new Sgd(0.02f, 0.9f),
                new Sgd(0.02f, 0.9f, true),
                new Adam(0.01),
                new AdamW(0.01, 0.1),
                new RmsProp(0.01));
    }

    private static long zeros(Optimizer optimizer, Regularizer penalty) {
        try (Model model = Model.inputs(12)
                .add(new Dense(16).kernelRegularizer(penalty))
                .add(new Activation(Function.TANH))
                .add(new Dense(3))
                .optimizer(optimizer)
                .build()) {
            new Trainer(model).batchSize(30).epochs(60).fit(DATA);
            long zeros = 0;
            for (float w : model.parameters().getFirst().value()) {
                zeros += w == 0 ? 1 : 0;
            }
            return zeros;
        }
    }

    /** 192 weights. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void proximalStepsGiveExactZerosAndSignStepsDoNot(Optimizer optimizer) {
        long proximal = zeros(optimizer, new ProximalL1(0.02f));
        assertTrue(proximal > 40 && proximal < 192, () -> proximal + " zeros");
        assertEquals(0, zeros(optimizer, new L1(0.02f)));
    }

    static Stream<Schedule> schedules() {
        return Stream.of(
                new StepDecay(0.5, 3),
                new ExponentialDecay(0.1, 4),
                new CosineDecay(8, 0.2),
                new WarmUp(4, new StepDecay(0.5, 2)));
    }

    /** One input of 1 and a target of 0: the gradient to the weight is 2·w of the output's square; the bias is held at 0. */
    private static Model line(Dense dense, Schedule rate, float learningRate) {
        Model model = Model.inputs(1)
                .add(dense)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .optimizer(new Sgd(learningRate))
                .learningRateSchedule(rate)
                .build();
        model.parameters().getFirst().set(new float[] {3});
        return model;
    }

    private static Batch one() {
        return Samples.batch(Dataset.regression(1, new float[] {1}, 1, new float[] {0}), 1);
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void aLearningRateFollowsItsSchedule(Schedule schedule) {
        double w = 3;
        double b = 0;
        try (Model model = line(new Dense(1), schedule, 0.1f)) {
            Batch batch = one();
            for (int step = 0; step < 10; step++) {
                double gradient = 2 * (w + b);
                w -= 0.1 * schedule.at(step) * gradient;
                b -= 0.1 * schedule.at(step) * gradient;
                model.step(batch);
                assertEquals(w, model.parameters().getFirst().value()[0], 1e-5, "step " + step);
            }
            model.resetOptimizer();
            w = model.parameters().getFirst().value()[0];
            b = model.parameters().getLast().value()[0];
            model.step(batch);
            w -= 0.1 * schedule.at(0) * 2 * (w + b);
            assertEquals(w, model.parameters().getFirst().value()[0], 1e-5, "back at step 0");
        }
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void aPenaltyFollowsItsSchedule(Schedule schedule) {
        for (Regularizer penalty : List.of(new L2(0.5f), new ProximalL1(0.5f))) {
            double w = 3;
            double b = 0;
            Dense dense = new Dense(1).kernelRegularizer(penalty).kernelSchedule(schedule);
            try (Model model = line(dense, step0(), 0.1f)) {
                Batch batch = one();
                for (int step = 0; step < 10; step++) {
                    double strength = 0.5 * schedule.at(step);
                    double gradient = 2 * (w + b);
                    double z = w - 0.1 * (gradient + (penalty instanceof L2 ? strength * w : 0));
                    w = penalty instanceof L2 ? z : Math.signum(z) * Math.max(Math.abs(z) - 0.1 * strength, 0);
                    b -= 0.1 * gradient;
                    assertEquals(
                            schedule.at(step)
                                    * penalty.value(
                                            model.parameters().getFirst().value()[0]),
                            model.penalties(1).getFirst().value(),
                            1e-12,
                            "the reported penalty");
                    model.step(batch);
                    assertEquals(w, model.parameters().getFirst().value()[0], 1e-5, penalty + " step " + step);
                }
            }
        }
    }

    private static Schedule step0() {
        return new StepDecay(1, 1);
    }

    /** What a step of rate 1 subtracts is the clipped gradient, and the whole penalty on top. */
    @Test
    void clippingBoundsTheGradientOfTheDataAndNotThePenalty() {
        float[][] plain = moved(Model.inputs(12), null);
        double norm = 0;
        for (float[] tensor : plain) {
            for (float g : tensor) {
                norm += (double) g * g;
            }
        }
        float bound = (float) Math.sqrt(norm) / 3;
        float[][] byNorm = moved(Model.inputs(12).clipGradientNorm(bound), null);
        float[][] byValue = moved(Model.inputs(12).clipGradientValue(0.02f), null);
        float[][] penalised = moved(Model.inputs(12).clipGradientNorm(bound), new L2(0.5f));
        boolean clipped = false;
        for (int t = 0; t < plain.length; t++) {
            for (int i = 0; i < plain[t].length; i++) {
                assertEquals(plain[t][i] / 3, byNorm[t][i], 1e-6);
                assertEquals(Math.max(-0.02f, Math.min(0.02f, plain[t][i])), byValue[t][i], 1e-6);
                clipped |= Math.abs(plain[t][i]) > 0.021f;
                double decay = t == 0 ? 0.5 * start(i) : 0;
                assertEquals(byNorm[t][i] + decay, penalised[t][i], 1e-6);
            }
        }
        assertTrue(clipped);
    }

    private static float start(int i) {
        return (i % 7 - 3) / 8f;
    }

    private static float[][] moved(ModelBuilder builder, Regularizer penalty) {
        try (Model model = builder.add(new Dense(8).kernelRegularizer(penalty))
                .add(new Activation(Function.TANH))
                .add(new Dense(3))
                .optimizer(new Sgd(1))
                .build()) {
            for (Parameter p : model.parameters()) {
                for (int i = 0; i < p.value().length; i++) {
                    p.value()[i] = start(i);
                }
            }
            model.step(Samples.batch(DATA, 60));
            return model.parameters().stream()
                    .map(p -> {
                        float[] step = new float[p.value().length];
                        for (int i = 0; i < step.length; i++) {
                            step[i] = start(i) - p.value()[i];
                        }
                        return step;
                    })
                    .toArray(float[][]::new);
        }
    }

    @Tag("bits")
    @Test
    void threadsDoNotChangeABit() {
        float[][] one = trained(1);
        for (int threads : new int[] {2, 3}) {
            float[][] more = trained(threads);
            for (int t = 0; t < one.length; t++) {
                assertSameBits(one[t], more[t], threads + " threads, tensor " + t);
            }
        }
    }

    /** Large enough that every loop is cut. */
    private static float[][] trained(int threads) {
        Dataset data = Samples.classes(4, 8, 300, 3);
        try (Model model = Model.inputs(300)
                .add(new Dense(256)
                        .kernelRegularizer(new ProximalL1(0.001f))
                        .kernelTensorRegularizer(new GroupLasso(0.001f))
                        .kernelConstraint(new UnitNorm()))
                .add(new Activation(Function.TANH))
                .add(new Dense(20).kernelTensorRegularizer(new Orthogonal(0.1f)))
                .add(new Activation(Function.RELU))
                .add(new Dense(3).kernelConstraint(new NonNegative()))
                .optimizer(new AdamW(0.01, 0.1))
                .learningRateSchedule(new WarmUp(2, new CosineDecay(5)))
                .clipGradientNorm(0.5f)
                .threads(threads)
                .build()) {
            for (int step = 0; step < 3; step++) {
                model.step(Samples.batch(data, 8));
            }
            return model.parameters().stream().map(p -> p.value().clone()).toArray(float[][]::new);
        }
    }

    @Test
    void theUnitsThatAConstraintChangedAreCounted() {
        try (Model model = Model.inputs(12)
                .add(new Dense(5).kernelConstraint(new UnitNorm()))
                .add(new Dense(4).kernelConstraint(new MaxNorm(1e-3f)))
                .add(new Dense(6).kernelConstraint(new MaxWeight(1e-3f)))
                .add(new Dense(3).kernelConstraint(new NonNegative()))
                .optimizer(new Sgd(0.01f))
                .build()) {
            float[] positive = model.parameters().get(6).value();
            Arrays.fill(positive, 0.5f);
            positive[4] = -1; // of unit 1
            float[] mask = new float[positive.length];
            Arrays.fill(mask, 1);
            mask[2] = 0; // of unit 2: a pruned weight is no clipped one
            model.parameters().get(6).mask(mask);
            model.step(Samples.batch(DATA, 60));
            List<Parameter> kernels = model.parameters().stream()
                    .filter(p -> p.role() == Parameter.Role.KERNEL)
                    .toList();
            assertTrue(kernels.get(0).clippedUnits() > 0);
            assertEquals(4, kernels.get(1).clippedUnits());
            assertEquals(6, kernels.get(2).clippedUnits());
            assertEquals(1, kernels.get(3).clippedUnits());
            assertEquals(0, model.parameters().get(7).clippedUnits(), "a bias without a constraint");
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
    void aBoundThatIsNotPositiveIsRefused(float bad) {
        String remedy = " is " + bad + "; it must be a finite number above 0";
        assertEquals(
                "Model: clipGradientValue" + remedy,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Model.inputs(1).clipGradientValue(bad))
                        .getMessage());
        assertEquals(
                "Model: clipGradientNorm" + remedy,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Model.inputs(1).clipGradientNorm(bad))
                        .getMessage());
    }

    @Test
    void aProximalPenaltyOnActivationsIsRefused() {
        Dense dense = new Dense(3).name("hidden1");
        String message = assertThrows(
                        IllegalArgumentException.class, () -> dense.activityRegularizer(new ProximalL1(0.1f)))
                .getMessage();
        for (String part : new String[] {"Dense \"hidden1\"", "ProximalL1[lambda=0.1]", "no gradient", "use L1"}) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void theTableCountsTheWeightsThatWeightEliminationLeaves() {
        try (Model model = Model.inputs(2)
                .add(new Dense(2).kernelRegularizer(new WeightElimination(0.1f, 0.5f)))
                .build()) {
            model.parameters().getFirst().set(new float[] {0.5f, -0.5f, 1e6f, 0});
            assertTrue(model.toString().contains("(2.0 effective weights)"), model::toString);
        }
    }
}
