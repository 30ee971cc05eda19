package dev.ridgeline.layer;

import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.regularizer.Constraint;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxWeight;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.schedule.Constant;
import dev.ridgeline.schedule.Schedule;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What all normalizations have in common. */
class NormalizationTest {
    /** So large that every loop is cut in three. */
    private static final Shape SHAPE = Shape.of(6, 5, 48);

    private static final int ROWS = 70;

    static Stream<Named<Supplier<Normalization<?>>>> layers() {
        return Stream.of(
                Named.of("BatchNorm", BatchNorm::new),
                Named.of("LayerNorm", LayerNorm::new),
                Named.of("GroupNorm", () -> new GroupNorm(3)),
                Named.of("InstanceNorm", InstanceNorm::new));
    }

    @Test
    void whatRegularizesScaleAndOffsetIsOnThem() {
        Regularizer first = new L1(0.1f);
        Regularizer second = new L2(0.2f);
        Constraint most = new MaxWeight(2);
        Constraint least = new MaxWeight(1);
        Schedule always = new Constant();
        Schedule ever = new Constant();
        LayerNorm layer = new LayerNorm()
                .gammaRegularizer(first)
                .gammaSchedule(always)
                .gammaConstraint(most)
                .betaRegularizer(second)
                .betaSchedule(ever)
                .betaConstraint(least);
        layer.build("norm", Shape.of(4), 0);
        Parameter gamma = layer.parameters().get(0);
        Parameter beta = layer.parameters().get(1);
        assertSame(first, gamma.regularizer());
        assertSame(always, gamma.strength());
        assertSame(most, gamma.constraint());
        assertSame(second, beta.regularizer());
        assertSame(ever, beta.strength());
        assertSame(least, beta.constraint());
        assertEquals(0.1f * 4, gamma.penalty(0), 1e-7, "gamma starts at 1");
        assertEquals(0, beta.penalty(0), "beta starts at 0");
    }

    @ParameterizedTest
    @MethodSource("layers")
    void nothingRegularizesScaleAndOffsetUnlessAsked(Supplier<Normalization<?>> type) {
        Normalization<?> layer = type.get();
        layer.build("norm", Shape.of(2, 3), 0);
        for (Parameter p : layer.parameters()) {
            assertNull(p.regularizer());
            assertNull(p.constraint());
            assertEquals(3, p.value().length, () -> p + ": one value a channel");
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aBuiltLayerIsNotConfigured(Supplier<Normalization<?>> type) {
        Normalization<?> layer = type.get();
        layer.build("norm", Shape.of(2, 3), 0);
        for (Runnable setter : List.<Runnable>of(
                () -> layer.gammaRegularizer(new L1(1)),
                () -> layer.gammaSchedule(new Constant()),
                () -> layer.gammaConstraint(new MaxWeight(1)),
                () -> layer.betaRegularizer(new L1(1)),
                () -> layer.betaSchedule(new Constant()),
                () -> layer.betaConstraint(new MaxWeight(1)))) {
            Exception e = assertThrows(IllegalStateException.class, setter::run);
            assertEquals(layer + " is built: configure it before it is added to a model", e.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void threadsDoNotChangeABit(Supplier<Normalization<?>> type) {
        float[][] alone = results(type.get(), 1);
        for (int threads = 2; threads <= 3; threads++) {
            float[][] together = results(type.get(), threads);
            for (int i = 0; i < alone.length; i++) {
                assertSameBits(
                        alone[i],
                        together[i],
                        List.of("y", "dx", "dGamma", "dBeta").get(i));
            }
        }
    }

    /** {y, dx, dγ, dβ}; the second batch of two is smaller. */
    private static float[][] results(Normalization<?> layer, int threads) {
        layer.build("norm", SHAPE, 0);
        layer.parameters().get(0).set(random(1, SHAPE.channels(), 2));
        layer.parameters().get(1).set(random(2, SHAPE.channels(), 2));
        try (Team team = new Team(threads)) {
            Pass pass = new Pass(team, true);
            layer.forward(pass, ROWS + 1, random(5, (ROWS + 1) * SHAPE.size(), 3));
            float[] x = random(3, ROWS * SHAPE.size(), 3);
            float[] y = layer.forward(pass, ROWS, x).clone();
            float[] dx = layer.backward(pass, ROWS, x, random(4, x.length, 1), true);
            return new float[][] {
                y,
                dx,
                layer.parameters().get(0).gradient(),
                layer.parameters().get(1).gradient()
            };
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aTwinPredictsTheSameWithBuffersOfItsOwn(Supplier<Normalization<?>> type) {
        Normalization<?> layer = type.get();
        layer.build("norm", SHAPE, 0);
        layer.parameters().get(0).set(random(1, SHAPE.channels(), 2));
        float[] x = random(3, 5 * SHAPE.size(), 3);
        try (Team team = new Team(1)) {
            Pass inference = new Pass(team, false);
            float[] y = layer.forward(inference, 5, x);
            float[] expected = y.clone();
            Layer<?> twin = layer.share();
            assertSameBits(expected, twin.forward(inference, 5, x), "y of the twin");
            twin.forward(inference, 3, random(4, x.length, 1));
            assertSameBits(expected, y, "y after the twin's next batch");
            assertSame(layer.parameters().get(0), twin.parameters().get(0));
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void parametersLearnWithoutTheInputGradient(Supplier<Normalization<?>> type) {
        Normalization<?> layer = type.get();
        layer.build("norm", Shape.of(2, 3), 0);
        try (Team team = new Team(1)) {
            Pass pass = new Pass(team, true);
            float[] x = random(3, 24, 3);
            layer.forward(pass, 4, x);
            assertNull(layer.backward(
                    pass,
                    4,
                    x,
                    new float[] {1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3},
                    false));
            assertSameBits(new float[] {8, 16, 24}, layer.parameters().get(1).gradient(), "dBeta");
        }
    }

    static Stream<Arguments> epsilons() {
        return Stream.of(0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY, 1e-50)
                .flatMap(epsilon -> Stream.of(
                        of("BatchNorm", epsilon, e -> new BatchNorm(0.99, e)),
                        of("LayerNorm", epsilon, LayerNorm::new),
                        of("GroupNorm", epsilon, e -> new GroupNorm(2, e)),
                        of("InstanceNorm", epsilon, InstanceNorm::new)));
    }

    private static Arguments of(String kind, double epsilon, DoubleFunction<Normalization<?>> type) {
        return Arguments.of(kind, epsilon, type);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("epsilons")
    void anEpsilonThatIsNotPositiveIsRefused(String kind, double epsilon, DoubleFunction<Normalization<?>> type) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> type.apply(epsilon));
        assertEquals(kind + ": epsilon is " + epsilon + "; it must be a finite number above 0", e.getMessage());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void epsilonIsOneThousandthUnlessSet(Supplier<Normalization<?>> type) {
        assertEquals(1e-3, type.get().epsilon());
    }
}
