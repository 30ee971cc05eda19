package dev.ridgeline.optimizer;

import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.layer.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GradientClippingTest {
    private static final float NONE = Float.POSITIVE_INFINITY;

    /** A kernel of inputs x units and a bias, with random gradients. */
    private static List<Parameter> tensors(int inputs, int units, float scale) {
        Dense dense = new Dense(units);
        dense.build("dense1", Shape.of(inputs), 0);
        int seed = 7;
        for (Parameter p : dense.parameters()) {
            System.arraycopy(random(seed++, p.gradient().length, scale), 0, p.gradient(), 0, p.gradient().length);
        }
        return dense.parameters();
    }

    private static void clip(List<Parameter> tensors, float value, float norm, int threads) {
        try (Team team = new Team(threads)) {
            new GradientClipping(tensors, value, norm).clip(team);
        }
    }

    private static double norm(List<Parameter> tensors) {
        double sum = 0;
        for (Parameter p : tensors) {
            for (float g : p.gradient()) {
                sum += (double) g * g;
            }
        }
        return Math.sqrt(sum);
    }

    private static float[][] gradients(List<Parameter> tensors) {
        return tensors.stream().map(p -> p.gradient().clone()).toArray(float[][]::new);
    }

    @Test
    void theNormOfAllTensorsTogetherIsBounded() {
        List<Parameter> tensors = tensors(67, 131, 2);
        float[][] before = gradients(tensors);
        double norm = norm(tensors);
        clip(tensors, NONE, 3, 1);
        assertEquals(3, norm(tensors), 1e-6);
        for (int t = 0; t < 2; t++) {
            for (int i = 0; i < before[t].length; i++) {
                double expected = before[t][i] * 3 / norm;
                assertEquals(expected, tensors.get(t).gradient()[i], 2e-7 * Math.abs(expected));
            }
        }
    }

    @Test
    void aGradientWithinTheBoundKeepsEveryBit() {
        List<Parameter> tensors = tensors(5, 9, 1);
        float[][] before = gradients(tensors);
        clip(tensors, NONE, (float) norm(tensors) * 1.0001f, 1);
        clip(tensors, 1, NONE, 1);
        clip(tensors, NONE, NONE, 1);
        for (int t = 0; t < 2; t++) {
            assertSameBits(before[t], tensors.get(t).gradient(), "gradient");
        }
    }

    @Test
    void elementsAreBoundedFirst() {
        List<Parameter> tensors = tensors(1, 2, 1);
        System.arraycopy(new float[] {-9, 3}, 0, tensors.getFirst().gradient(), 0, 2);
        Arrays.fill(tensors.getLast().gradient(), 0);
        clip(tensors, 4, NONE, 1);
        assertSameBits(new float[] {-4, 3}, tensors.getFirst().gradient(), "value");
        tensors.getFirst().gradient()[0] = -9;
        clip(tensors, 4, 2.5f, 1);
        assertSameBits(new float[] {-2, 1.5f}, tensors.getFirst().gradient(), "value, then norm");
    }

    /** The model reports it; scaled to zero it would go unseen. */
    @Test
    void whatIsNotFiniteIsNotHidden() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            List<Parameter> tensors = tensors(1, 2, 1);
            System.arraycopy(new float[] {bad, 3}, 0, tensors.getFirst().gradient(), 0, 2);
            clip(tensors, NONE, 1, 1);
            assertSameBits(new float[] {bad, 3}, tensors.getFirst().gradient(), "gradient");
        }
        List<Parameter> tensors = tensors(1, 1, 1);
        tensors.getFirst().gradient()[0] = Float.NaN;
        clip(tensors, 1, NONE, 1);
        assertTrue(Float.isNaN(tensors.getFirst().gradient()[0]));
    }

    /** The square of 3e38 is no float. */
    @Test
    void hugeGradientsAreClippedToo() {
        List<Parameter> tensors = tensors(1, 2, 1);
        System.arraycopy(new float[] {3e38f, -3e38f}, 0, tensors.getFirst().gradient(), 0, 2);
        clip(tensors, NONE, 1, 1);
        assertEquals(Math.sqrt(0.5), tensors.getFirst().gradient()[0], 1e-6);
    }

    @Tag("bits")
    @Test
    void threadsDoNotChangeABit() {
        List<Parameter> one = tensors(401, 409, 2);
        clip(one, 1.5f, 0.7f, 1);
        for (int threads : new int[] {2, 3}) {
            List<Parameter> more = tensors(401, 409, 2);
            clip(more, 1.5f, 0.7f, threads);
            for (int t = 0; t < 2; t++) {
                assertSameBits(one.get(t).gradient(), more.get(t).gradient(), threads + " threads");
            }
        }
    }
}
