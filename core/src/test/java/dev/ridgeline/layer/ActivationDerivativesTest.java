package dev.ridgeline.layer;

import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ridgeline.DoubleLayers;
import dev.ridgeline.layer.Activation.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationDerivativesTest {
    private static final int N = 67;

    /** Against differences of the function at seven points, in double. */
    @ParameterizedTest
    @EnumSource(value = Function.class, names = "SOFTMAX", mode = EnumSource.Mode.EXCLUDE)
    void areTheDerivativesOfTheFunction(Function function) {
        for (float scale : new float[] {1, 6}) {
            float[] z = random(3, N, scale);
            for (int i = 0; i < N; i++) {
                // kinks at 0 are no place for differences
                z[i] += Math.copySign(0.05f, z[i]);
            }
            float[] y = new float[N];
            function.apply(N, 1, 0, z, y);
            ActivationDerivatives f = new ActivationDerivatives();
            f.grow(N);
            f.at(function, 0, 40, z, y);
            f.at(function, 40, N, z, y);
            for (int i = 0; i < N; i++) {
                double h = 0.01;
                double[] x = {z[i] - 3 * h, z[i] - 2 * h, z[i] - h, z[i], z[i] + h, z[i] + 2 * h, z[i] + 3 * h};
                double[] v = DoubleLayers.activation(function, 1, x.length, x);
                double first = (45 * (v[4] - v[2]) - 9 * (v[5] - v[1]) + v[6] - v[0]) / (60 * h);
                double second =
                        (270 * (v[4] + v[2]) - 27 * (v[5] + v[1]) + 2 * (v[6] + v[0]) - 490 * v[3]) / (180 * h * h);
                double third = (v[0] - v[6] + 8 * (v[5] - v[1]) + 13 * (v[2] - v[4])) / (8 * h * h * h);
                String where = function + " at " + doubles(z, N)[i];
                assertEquals(first, f.first()[i], 1e-6, () -> where + ": f'");
                assertEquals(second, f.second()[i], 1e-6, () -> where + ": f''");
                assertEquals(third, f.third()[i], 2e-6, () -> where + ": f'''");
            }
        }
    }

    /** At 0 the branch counts that the function itself takes there. */
    @Test
    void kinksTakeTheSideOfTheFunction() {
        assertEquals(0, at(Function.RELU, 0).first()[0]);
        assertEquals(0.01f, at(Function.LEAKY_RELU, 0).first()[0]);
        assertEquals(1, at(Function.ELU, 0).first()[0]);
        assertEquals(1, at(Function.ELU, 0).second()[0]);
        assertEquals(0, at(Function.ELU, 1e-6f).second()[0]);
    }

    /** Far out the functions are straight. */
    @ParameterizedTest
    @EnumSource(value = Function.class, names = "SOFTMAX", mode = EnumSource.Mode.EXCLUDE)
    void vanishFarOut(Function function) {
        for (float z : new float[] {-200, 200}) {
            ActivationDerivatives f = at(function, z);
            assertEquals(0, f.second()[0], 1e-30f);
            assertEquals(0, f.third()[0], 1e-30f);
        }
    }

    @Test
    void softmaxHasNone() {
        assertThrows(IllegalArgumentException.class, () -> at(Function.SOFTMAX, 1));
    }

    private static ActivationDerivatives at(Function function, float z) {
        float[] y = new float[1];
        function.apply(1, 1, 0, new float[] {z}, y);
        ActivationDerivatives f = new ActivationDerivatives();
        f.grow(1);
        f.at(function, 0, 1, new float[] {z}, y);
        return f;
    }
}
