package dev.ridgeline.train;

import static dev.ridgeline.layer.Activation.Function.RELU;
import static dev.ridgeline.layer.Activation.Function.TANH;
import static dev.ridgeline.train.Proofs.DATA;
import static dev.ridgeline.train.Proofs.inactive;
import static dev.ridgeline.train.Proofs.model;
import static dev.ridgeline.train.Proofs.verify;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Conv2D;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.Flatten;
import dev.ridgeline.layer.GroupNorm;
import dev.ridgeline.layer.InstanceNorm;
import dev.ridgeline.layer.LayerNorm;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxNorm;
import dev.ridgeline.regularizer.NonNegative;
import dev.ridgeline.regularizer.Orthogonal;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.regularizer.Tikhonov;
import dev.ridgeline.schedule.CosineDecay;
import dev.ridgeline.schedule.WarmUp;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VerificationTest {
    @Test
    void theReportNamesEachRegularizer() {
        ActiveRegularizers proved = verify(Model.inputs(4)
                .add(new Dense(64).name("hidden").kernelRegularizer(new L1(0.5f)))
                .add(new Activation(RELU).name("relu").activityRegularizer(new L2(0.1f)))
                .add(new BatchNorm().name("norm"))
                .add(new Dropout(0.5f).name("drop"))
                .add(new Dense(3))
                .optimizer(new Sgd(0.25f)));
        List<String> lines = proved.toString().lines().toList();
        assertEquals(4, lines.size(), proved::toString);
        assertEquals(
                "Dense \"hidden\" kernel       L1[lambda=0.5]                   changes a weight by up to 1.3e-01",
                lines.get(0));
        assertTrue(lines.get(1).startsWith("Activation \"relu\" activity  L2[lambda=0.1]"), lines.get(1));
        assertTrue(lines.get(1).contains("changes a weight below by up to "), lines.get(1));
        assertTrue(lines.get(2).startsWith("BatchNorm \"norm\"            batch statistics"), lines.get(2));
        assertTrue(
                lines.get(3).contains("rate 0.5 ") && lines.get(3).contains("changes an output by up to "),
                lines.get(3));
        assertEquals("no regularizer is configured", verify(model(new Dense(6))).toString());
    }

    @ParameterizedTest
    @MethodSource("dev.ridgeline.train.Proofs#optimizers")
    void theModelIsLeftAsItWas(Optimizer optimizer) {
        Batch batch = Samples.batch(DATA, 50);
        String[] ends = new String[2];
        for (int run = 0; run < 2; run++) {
            try (Model model = Model.inputs(4)
                    .add(new Dense(6).kernelRegularizer(new L1(0.01f)).kernelConstraint(new MaxNorm(1)))
                    .add(new BatchNorm())
                    .add(new Activation(RELU).activityRegularizer(new L1(0.1f)))
                    .add(new Dropout(0.25f))
                    .add(new Dense(3).biasRegularizer(new L2(0.1f)))
                    .optimizer(optimizer)
                    .build()) {
                for (int i = 0; i < 3; i++) {
                    model.step(batch);
                }
                if (run == 1) {
                    String before = model.digest();
                    List<float[]> gradients = gradients(model);
                    List<Penalty> penalties = model.penalties(50);
                    List<float[]> states = states(model);
                    model.verifyActive(DATA);
                    assertEquals(before, model.digest());
                    assertEquals(3, model.steps());
                    assertEquals(penalties, model.penalties(50));
                    assertSame(gradients, gradients(model));
                    assertSame(states, states(model));
                }
                for (int i = 0; i < 3; i++) {
                    model.step(batch);
                }
                ends[run] = model.digest();
            }
        }
        assertEquals(ends[0], ends[1]);
    }

    @Test
    void theModelIsLeftAsItWasByAFailureToo() {
        try (Model model = model(new Dense(6).biasRegularizer(new L2(1e-12f))).build()) {
            String before = model.digest();
            assertThrows(InactiveRegularizerException.class, () -> model.verifyActive(DATA));
            assertEquals(before, model.digest());
        }
    }

    private static List<float[]> gradients(Model model) {
        return model.parameters().stream()
                .filter(p -> p.role().trained())
                .map(p -> p.gradient().clone())
                .toList();
    }

    private static List<float[]> states(Model model) {
        return model.optimizerStates().stream().map(s -> s.values().clone()).toList();
    }

    private static void assertSame(List<float[]> expected, List<float[]> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i));
        }
    }

    @Test
    void aGradientToActivationsThatIsNotTheSlopeIsFound() {
        for (float factor : new float[] {-1, 0, 0.99f, 2, Float.NaN}) {
            inactive(
                    model(new Dense(6))
                            .add(new Activation(TANH)
                                    .activityRegularizer(new TensorVerificationTest.Wrong(0.1f, factor))),
                    "Activation \"tanh2\" activity",
                    "does not act as its formula says",
                    "Correct gradient()");
        }
    }

    @Test
    void aPenaltyOfZeroIsNamed() {
        inactive(model(new Dense(6).kernelRegularizer(new L1(0))), "kernel", "L1[lambda=0.0]", "λ is 0", "Remove it");
        inactive(model(new Dense(6).biasRegularizer(new ElasticNet(0, 0))), "bias", "ElasticNet", "λ is 0");
        inactive(model(new Dense(6).activityRegularizer(new L2(0))), "activity", "L2[lambda=0.0]", "λ is 0");
        inactive(
                model(new Dense(6).kernelTensorRegularizer(new TensorVerificationTest.Sum(0, 1))),
                "kernel",
                "Sum[lambda=0.0",
                "λ is 0",
                "Remove it");
    }

    @Test
    void aPenaltyOnActivationsThatNothingTrainedProducesActsOnNothing() {
        inactive(
                Model.inputs(4)
                        .add(new Activation(TANH).name("early").activityRegularizer(new L1(1)))
                        .add(new Dense(3)),
                "Activation \"early\" activity",
                "acts on nothing",
                "later layer");
    }

    /** Of many rows and rectifiers some switch however little the weights move, and the penalty jumps there. */
    @Test
    void aPenaltyOnTheFunctionOfRectifiersIsProved() {
        Dataset rows = Samples.classes(2, 256, 20, 3);
        try (Model model = Model.inputs(20)
                .add(new Dense(128))
                .add(new Activation(Activation.Function.RELU))
                .add(new Dense(64))
                .add(new Activation(Activation.Function.RELU))
                .add(new Dense(3))
                .tikhonov(new Tikhonov(0, 1e-3f, 0))
                .build()) {
            assertEquals("model", model.verifyActive(rows).entries().getFirst().where());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.ridgeline.train.Proofs#optimizers")
    void aPenaltyOnTheFunctionIsProved(Optimizer optimizer) {
        for (Tikhonov penalty :
                List.of(new Tikhonov(0.1f, 0, 0), new Tikhonov(0, 0.1f, 0), new Tikhonov(0.1f, 0.2f, 0.3f))) {
            ActiveRegularizers.Entry entry = verify(
                            model(new Dense(6)).tikhonov(penalty).optimizer(optimizer))
                    .entries()
                    .getFirst();
            assertEquals("model", entry.where());
            assertEquals(penalty.toString(), entry.what());
            assertTrue(entry.effect() > 0);
        }
        inactive(
                model(new Dense(6)).tikhonov(new Tikhonov(0, 0, 0)).optimizer(optimizer),
                "model",
                "Tikhonov[",
                "Remove it");
        inactive(
                Model.inputs(4)
                        .add(new Dense(3))
                        .tikhonov(new Tikhonov(0, 0, 1))
                        .optimizer(optimizer),
                "model",
                "is the same at all weights",
                "another order");
        inactive(
                model(new Dense(6)).tikhonov(new Tikhonov(0, 1e-14f, 0)).optimizer(optimizer),
                "model: Tikhonov[",
                "too weak",
                "times stronger");
    }

    @Test
    void aConvolutionIsProvedAsADenseLayerIs() {
        try (Model model = Model.inputs(6, 6, 2)
                .add(new Conv2D(5, 3, 3)
                        .kernelRegularizer(new ProximalL1(1e-3f))
                        .kernelTensorRegularizer(new Orthogonal(0.1f))
                        .kernelConstraint(new MaxNorm(2))
                        .activityRegularizer(new L1(1e-3f)))
                .add(new Activation(RELU))
                .add(new LayerNorm())
                .add(new Flatten())
                .add(new Dense(3))
                .build()) {
            String before = model.digest();
            assertEquals(
                    5,
                    model.verifyActive(Samples.classes(1, 20, 72, 3)).entries().size());
            assertEquals(before, model.digest());
        }
    }

    /** A penalty that warms up is judged at its full strength, one that has ended at what is left. */
    @Test
    void aScheduleIsJudgedWhereItIsStrongestFromNowOn() {
        float lambda = 1e-4f;
        double full = verify(model(new Dense(6).kernelRegularizer(new L1(lambda))))
                .entries()
                .getFirst()
                .effect();
        double warmed = verify(
                        model(new Dense(6).kernelRegularizer(new L1(lambda)).kernelSchedule(new WarmUp(1 << 20))))
                .entries()
                .getFirst()
                .effect();
        assertEquals(full, warmed, 1e-3 * full);
        verify(model(new Dense(6).activityRegularizer(new L1(lambda)).activitySchedule(new WarmUp(1 << 20))));
        verify(model(new Dense(6).kernelRegularizer(new L1(lambda))).learningRateSchedule(new WarmUp(1 << 20)));
        try (Model model = model(new Dense(6).kernelRegularizer(new L1(lambda)).kernelSchedule(new CosineDecay(5)))
                .build()) {
            model.verifyActive(DATA);
            Batch batch = Samples.batch(DATA, 50);
            for (int i = 0; i < 6; i++) {
                model.step(batch);
            }
            Exception e = assertThrows(InactiveRegularizerException.class, () -> model.verifyActive(DATA));
            assertTrue(
                    e.getMessage().contains("is 0 in every step from step 6 on")
                            && e.getMessage().contains("change the schedules"),
                    e.getMessage());
        }
    }

    @Test
    void aLayerThatDoesNothingIsNamed() {
        inactive(
                Model.inputs(4)
                        .add(new Dense(6))
                        .add(new Dropout(0).name("drop"))
                        .add(new Dense(3)),
                "Dropout \"drop\"",
                "rate 0.0",
                "changes no output",
                "Give it a rate above 0");
        assertEquals(
                1,
                verify(Model.inputs(4).add(new Dropout(0.1f)).add(new Dense(3)))
                        .entries()
                        .size());
        assertEquals(
                1,
                verify(Model.inputs(4)
                                .add(new Dense(6))
                                .add(new Activation(RELU))
                                .add(new Dropout(0.1f))
                                .add(new Dense(3)))
                        .entries()
                        .size());
    }

    @Test
    void aDataSetThatDoesNotFitIsRefused() {
        try (Model model = model(new Dense(6)).build()) {
            Dataset wide = Samples.classes(1, 9, 5, 3);
            assertThrows(IllegalArgumentException.class, () -> model.verifyActive(wide));
        }
    }

    @Test
    void weightsThatAreNotFiniteAreNamed() {
        try (Model model = model(new Dense(6).kernelRegularizer(new L2(0.1f))).build()) {
            model.parameters().get(0).value()[5] = Float.NaN;
            Exception e = assertThrows(NonFiniteLossException.class, () -> model.verifyActive(DATA));
            assertTrue(e.getMessage().contains("Dense \"dense1\" kernel, element 5 is NaN"), e.getMessage());
            model.parameters().get(0).value()[5] = 0;
            Arrays.fill(model.parameters().get(2).value(), 3e38f);
            e = assertThrows(NonFiniteLossException.class, () -> model.verifyActive(DATA));
            assertTrue(
                    e.getMessage().contains("on the first 50 rows")
                            && e.getMessage().contains("smaller weights"),
                    e.getMessage());
        }
    }

    @Test
    void whatIsPrunedStaysPruned() {
        try (Model model = model(new Dense(6).kernelRegularizer(new L1(0.1f)).kernelConstraint(new MaxNorm(1)))
                .build()) {
            float[] mask = new float[24];
            mask[3] = 1;
            mask[17] = 1;
            model.parameters().getFirst().mask(mask);
            String before = model.digest();
            assertEquals(2, model.verifyActive(DATA).entries().size());
            assertEquals(before, model.digest());
        }
    }

    /** More rows than the proof takes, and one alone. */
    @Test
    void anyNumberOfRowsWillDo() {
        for (int rows : new int[] {1, 2, 300}) {
            try (Model model = model(
                            new Dense(6).kernelRegularizer(new L2(0.1f)).activityRegularizer(new L1(0.1f)))
                    .build()) {
                assertEquals(
                        2,
                        model.verifyActive(Samples.classes(1, rows, 4, 3))
                                .entries()
                                .size());
            }
        }
    }

    /** A constraint that allows all weights as they are, such as the scales of a normalization, may forbid their opposites. */
    @Test
    void aBoundOnOneSideIsProvedAtWeightsOfTheOtherSign() {
        ActiveRegularizers proved = verify(Model.inputs(4)
                .add(new Dense(3))
                .add(new LayerNorm().gammaConstraint(new NonNegative()))
                .add(new Dense(3)));
        assertEquals("NonNegative[]", proved.entries().getFirst().what());
        assertTrue(proved.entries().getFirst().effect() > 0);
    }

    /** The mean over one value is that value, so that nothing is left of it. */
    @Test
    void aNormalizationOfSingleValuesIsFound() {
        inactive(
                Model.inputs(4).add(new Dense(3)).add(new InstanceNorm()).add(new Dense(3)),
                "InstanceNorm \"instancenorm1\": its outputs are its offsets, whatever goes in",
                "more positions");
        inactive(Model.inputs(4).add(new Dense(6)).add(new GroupNorm(6)).add(new Dense(3)), "GroupNorm");
        verify(Model.inputs(4).add(new Dense(6)).add(new GroupNorm(3)).add(new Dense(3)));
    }
}
