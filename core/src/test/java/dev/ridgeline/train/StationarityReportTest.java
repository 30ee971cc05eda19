package dev.ridgeline.train;

import static dev.ridgeline.layer.Activation.Function.RELU;
import static dev.ridgeline.layer.Activation.Function.TANH;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.linear.LogisticModel;
import dev.ridgeline.linear.LogisticRegression;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.KktCertificate;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.Tikhonov;
import java.util.List;
import org.junit.jupiter.api.Test;

class StationarityReportTest {
    private static final Dataset DATA = Samples.classes(3, 600, 5, 2);

    /** At the optimum found by another algorithm every condition holds, and away from it none need. */
    @Test
    void theOptimumOfALinearModelIsCertified() {
        LogisticModel optimum = LogisticRegression.elasticNet(0.05, 0.1).fit(DATA);
        try (Model model = Model.inputs(5)
                .add(new Dense(1).kernelRegularizer(new ElasticNet(0.05f, 0.1f)))
                .loss(Loss.BINARY_CROSS_ENTROPY)
                .build()) {
            assertTrue(certificates(model).getFirst().violation() > 0.1, "at the start");
            Parameter kernel = model.parameters().get(0);
            for (int i = 0; i < 5; i++) {
                kernel.value()[i] = (float) optimum.coefficients()[i];
            }
            model.parameters().get(1).value()[0] = (float) optimum.intercepts()[0];
            KktCertificate certificate = certificates(model).getFirst();
            assertEquals(0, certificate.violation(), 1e-6);
            assertEquals(optimum.nonZeros(), certificate.nonZeros());
            assertTrue(certificate.nonZeros() < 5, "some are zero");
            kernel.value()[certificate.index()] += 0.5f;
            assertTrue(certificates(model).getFirst().violation() > 0.01);
        }
    }

    /** Without dropout and batch statistics the mean over all batches is that of one full batch. */
    @Test
    void theGradientIsThatOfTheWholeSet() {
        try (Model model = Model.inputs(5)
                .add(new Dense(7)
                        .kernelRegularizer(new L1(0.1f))
                        .kernelTensorRegularizer(new TensorVerificationTest.Sum(0.2f, 1)))
                .add(new Activation(TANH).activityRegularizer(new L2(0.3f)))
                .add(new Dense(2).kernelRegularizer(new L2(0.1f)).biasRegularizer(new ElasticNet(0.2f, 0.3f)))
                .tikhonov(new Tikhonov(0.1f, 0.1f, 0))
                .optimizer(new Sgd(0.1f))
                .build()) {
            List<StationarityReport.Entry> entries = model.certificate(DATA).entries();
            float[] w = model.parameters().get(0).value().clone();
            model.step(Samples.batch(DATA, 600));
            // the update has added the penalty of the whole tensor to it
            float[] gradient = model.parameters().get(0).gradient();
            assertEquals(
                    List.of("Dense \"dense1\" kernel", "Dense \"dense2\" bias"),
                    entries.stream().map(StationarityReport.Entry::tensor).toList());
            KktCertificate expected = KktCertificate.of(0.1f, 0, w, gradient);
            assertEquals(expected.violation(), entries.get(0).certificate().violation(), 1e-6);
            assertEquals(expected.index(), entries.get(0).certificate().index());
            assertEquals(35, entries.get(0).certificate().nonZeros());
            assertEquals(0.2f, entries.get(1).certificate().l1());
            assertEquals(0.3f, entries.get(1).certificate().l2());
            assertEquals(0, entries.get(1).certificate().nonZeros());
        }
    }

    /** Dropout is out of the way, normalization uses its moving statistics, and nothing of the model changes. */
    @Test
    void itIsTakenInInferenceModeAndLeavesTheModelAsItWas() {
        try (Model plain = Model.inputs(5)
                        .add(new Dense(6).kernelRegularizer(new L1(0.1f)))
                        .add(new Activation(RELU))
                        .add(new Dense(2))
                        .build();
                Model noisy = Model.inputs(5)
                        .add(new Dense(6).kernelRegularizer(new L1(0.1f)))
                        .add(new Activation(RELU))
                        .add(new Dropout(0.5f))
                        .add(new BatchNorm(0.99, 1e-12))
                        .add(new Dense(2))
                        .build()) {
            String before = noisy.digest();
            float[] gradient = noisy.parameters().get(0).gradient();
            gradient[3] = 17;
            float[] kept = gradient.clone();
            // moving mean 0 and variance 1: the normalization changes nothing
            assertEquals(
                    certificates(plain).getFirst().violation(),
                    certificates(noisy).getFirst().violation(),
                    1e-6);
            assertEquals(before, noisy.digest());
            assertArrayEquals(kept, gradient);
        }
    }

    @Test
    void printsOneLineATensor() {
        KktCertificate certificate = new KktCertificate(0.5, 0, 0.125, 3, 1200, 5000);
        assertEquals(
                "Dense \"a\" kernel  lambda 0.500  largest violation 0.125 (0.250 times lambda)  non-zeros 1,200 of 5,000",
                new StationarityReport(List.of(new StationarityReport.Entry("Dense \"a\" kernel", certificate)))
                        .toString());
        try (Model model =
                Model.inputs(5).add(new Dense(2).kernelRegularizer(new L1(0))).build()) {
            assertEquals("no tensor has an L1 penalty", model.certificate(DATA).toString());
            Dataset wide = Samples.classes(1, 9, 6, 2);
            assertThrows(IllegalArgumentException.class, () -> model.certificate(wide));
        }
    }

    private static List<KktCertificate> certificates(Model model) {
        return model.certificate(DATA).entries().stream()
                .map(StationarityReport.Entry::certificate)
                .toList();
    }
}
