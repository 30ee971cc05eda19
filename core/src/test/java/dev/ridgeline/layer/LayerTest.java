package dev.ridgeline.layer;

import static dev.ridgeline.DoubleLayers.dense;
import static dev.ridgeline.DoubleLayers.dot;
import static dev.ridgeline.DoubleLayers.gradient;
import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.GroupLasso;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxNorm;
import dev.ridgeline.schedule.WarmUp;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class LayerTest {

    @Test
    void anActivityPenaltyIsDividedByTheBatch() {
        int rows = 6;
        ElasticNet penalty = new ElasticNet(0.3f, 0.7f);
        Dense layer = new Dense(4).activityRegularizer(penalty);
        layer.build("d", Shape.of(5), 1);
        float[] x = random(1, rows * 5, 1);
        float[] dy = random(2, rows * 4, 1);
        double[] wideX = doubles(x, x.length);
        double[] wideDy = doubles(dy, dy.length);
        double[] w = doubles(layer.parameters().get(0).value(), 20);
        double[] b = new double[4];
        DoubleSupplier loss = () -> {
            double[] y = dense(rows, 5, 4, wideX, w, b);
            double sum = 0;
            for (double v : y) {
                sum += 0.3f * Math.abs(v) + 0.5 * 0.7f * v * v;
            }
            return dot(y, wideDy) + sum / rows;
        };
        try (Team team = new Team(1)) {
            Pass pass = new Pass(team, true);
            layer.forward(pass, rows, x);
            float[] dx = layer.backward(pass, rows, x, dy, true);
            assertClose(gradient(wideX, loss), dx, 1e-5, "dx");
            assertClose(gradient(w, loss), layer.parameters().get(0).gradient(), 1e-5, "kernel");
            assertClose(gradient(b, loss), layer.parameters().get(1).gradient(), 1e-5, "bias");
        }
    }

    @Test
    void aBlankNameIsRefused() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Dense(1).name(" "));
        assertEquals(
                "Dense: the name \" \" is blank or has a control character; give it one that is unique in the model",
                e.getMessage());
    }

    @Test
    void printsKindAndName() {
        assertEquals("Dropout", new Dropout(0.5f).toString());
        assertEquals("Dropout \"late\"", new Dropout(0.5f).name("late").toString());
        BatchNorm norm = new BatchNorm();
        norm.build("norm", Shape.of(3), 0);
        assertEquals(
                List.of(
                        "BatchNorm \"norm\" gamma 3",
                        "BatchNorm \"norm\" beta 3",
                        "BatchNorm \"norm\" moving mean 3",
                        "BatchNorm \"norm\" moving variance 3"),
                norm.parameters().stream().map(Parameter::toString).toList());
    }

    @Test
    void nullIsRefusedByName() {
        missing("Dense: the name is null; leave it out", () -> new Dense(3).name(null));
        missing("Activation: the function is null; give one", () -> new Activation(null));
        missing(
                "Dense \"a\": the initializer is null",
                () -> new Dense(3).name("a").initializer(null));
        missing("Dense: the schedule of its kernel penalty is null; leave", () -> new Dense(3).kernelSchedule(null));
        missing("Dense: the schedule of its bias penalty is null", () -> new Dense(3).biasSchedule(null));
        missing("Dense: the schedule of its activity penalty is null", () -> new Dense(3).activitySchedule(null));
        missing("BatchNorm: the schedule of its gamma penalty is null", () -> new BatchNorm().gammaSchedule(null));
        missing("BatchNorm: the schedule of its beta penalty is null", () -> new BatchNorm().betaSchedule(null));
    }

    private static void missing(String part, Executable call) {
        Exception e = assertThrows(NullPointerException.class, call);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    /** It would be there in name only. */
    @Test
    void aScheduleWithoutAPenaltyIsRefused() {
        idle("Dense \"a\" kernel", new Dense(3).kernelSchedule(new WarmUp(5)).kernelConstraint(new MaxNorm(1)));
        idle("Dense \"a\" bias", new Dense(3).kernelRegularizer(new L2(1)).biasSchedule(new WarmUp(5)));
        idle("Dense \"a\" activity", new Dense(3).activitySchedule(new WarmUp(5)));
        idle("BatchNorm \"a\" gamma", new BatchNorm().gammaSchedule(new WarmUp(5)));
        idle("BatchNorm \"a\" beta", new BatchNorm().betaSchedule(new WarmUp(5)));
        new Dense(3)
                .kernelTensorRegularizer(new GroupLasso(1))
                .kernelSchedule(new WarmUp(5))
                .build("a", Shape.of(3), 0);
    }

    private static void idle(String where, Layer<?> layer) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> layer.build("a", Shape.of(3), 0));
        assertEquals(
                where
                        + ": the schedule WarmUp[steps=5, then=Constant[]] has no penalty to change; set a regularizer there,"
                        + " or leave the schedule out",
                e.getMessage());
    }
}
