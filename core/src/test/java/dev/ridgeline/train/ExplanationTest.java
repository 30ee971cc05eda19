package dev.ridgeline.train;

import static dev.ridgeline.layer.Activation.Function.RELU;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.optimizer.AdamW;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxNorm;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.regularizer.Tikhonov;
import dev.ridgeline.schedule.WarmUp;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    @Test
    void saysOfEachTensorWhatHappensAndWhy() {
        try (Model model = Model.inputs(4)
                .add(new Dense(64)
                        .name("hidden")
                        .kernelRegularizer(new L2(1e-4f))
                        .kernelSchedule(new WarmUp(100))
                        .kernelConstraint(new MaxNorm(3)))
                .add(new Activation(RELU).name("relu").activityRegularizer(new L1(0.25f)))
                .add(new BatchNorm().name("norm"))
                .add(new Dropout(0.5f).name("drop"))
                .add(new Dense(3)
                        .name("out")
                        .kernelRegularizer(new ProximalL1(0.5f))
                        .biasRegularizer(new ElasticNet(0.1f, 0.2f)))
                .build()) {
            assertEquals("""
                    layer              tensor           shape   penalty         schedule                            constraint        decay  why
                    Dense "hidden"     kernel           4 x 64  lambda=1.0E-4   WarmUp[steps=100, then=Constant[]]  MaxNorm[max=3.0]  none   L2[lambda=1.0E-4] on each element, added to the gradient before Adam's rule; MaxNorm[max=3.0] after each update
                    Dense "hidden"     bias             64      none            none                                none              none   a bias is not penalised unless asked
                    Activation "relu"  activity         64      lambda=0.25     constant                            none              none   L1[lambda=0.25] on each output, divided by the rows of the batch; trains this layer and those before it
                    BatchNorm "norm"   gamma            64      none            none                                none              none   norm parameters are not penalised unless asked
                    BatchNorm "norm"   beta             64      none            none                                none              none   norm parameters are not penalised unless asked
                    BatchNorm "norm"   moving mean      64      none            none                                none              none   a statistic, not trained
                    BatchNorm "norm"   moving variance  64      none            none                                none              none   a statistic, not trained
                    BatchNorm "norm"   layer            64      none            none                                none              none   batch statistics, momentum 0.99
                    Dropout "drop"     layer            64      none            none                                none              none   rate 0.5, in training only
                    Dense "out"        kernel           64 x 3  lambda=0.5      constant                            none              none   ProximalL1[lambda=0.5] on each element, a proximal step after Adam's rule
                    Dense "out"        bias             3       l1=0.1, l2=0.2  constant                            none              none   ElasticNet[l1=0.1, l2=0.2] on each element, added to the gradient before Adam's rule
                    """.strip(), model.explain().toString());
        }
    }

    @Test
    void namesAPenaltyOnTheFunction() {
        try (Model model = Model.inputs(4)
                .add(new Dense(3))
                .tikhonov(new Tikhonov(0, 0.5f, 0))
                .build()) {
            Explanation.Line line = model.explain().lines().getLast();
            assertEquals("model", line.layer());
            assertEquals("function", line.role());
            assertEquals("h0=0.0, h1=0.5, h2=0.0", line.penalty());
            assertEquals(
                    "Tikhonov[h0=0.0, h1=0.5, h2=0.0] on the outputs as a function of the inputs, added to the gradients of"
                            + " all tensors",
                    line.why());
        }
    }

    @Test
    void namesBothPenaltiesOfATensor() {
        try (Model model = Model.inputs(4)
                .add(new Dense(3)
                        .kernelRegularizer(new L2(0.1f))
                        .kernelTensorRegularizer(new TensorVerificationTest.Sum(0.5f, 1)))
                .build()) {
            Explanation.Line kernel = model.explain().lines().getFirst();
            assertEquals("lambda=0.1 + lambda=0.5, factor=1.0", kernel.penalty());
            assertEquals(
                    "L2[lambda=0.1] on each element, added to the gradient before Adam's rule; Sum[lambda=0.5, factor=1.0]"
                            + " on the tensor as a whole, added to the gradient before Adam's rule",
                    kernel.why());
        }
    }

    @Test
    void namesTheOptimizersOwnDecay() {
        try (Model model =
                Model.inputs(4).add(new Dense(3)).optimizer(new AdamW()).build()) {
            List<Explanation.Line> lines = model.explain().lines();
            assertEquals("0.01", lines.get(0).decay());
            assertEquals(
                    "no penalty is set; each update takes the learning rate times 0.01 of each weight",
                    lines.get(0).why());
            model.parameters().getFirst().mask(new float[] {1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 1});
            assertEquals(
                    "no penalty is set; 2 of 12 elements are pruned and stay 0; each update takes the learning rate times"
                            + " 0.01 of each weight",
                    model.explain().lines().getFirst().why());
            assertEquals("none", lines.get(1).decay());
            assertEquals("a bias is not penalised unless asked", lines.get(1).why());
        }
    }
}
