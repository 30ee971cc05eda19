package dev.ridgeline.kernel.reference;

/** The reference of {@link dev.ridgeline.kernel.Interleaved}, for the models {@code from} to {@code models - 1}. */
public final class Interleaved {
    private Interleaved() {}

    /** y_rm = Σ_h a_rhm·w_hm + b_m. */
    public static void units(
            int rows, int inputs, int models, int from, float[] a, float[] w, float[] bias, float[] y) {
        for (int r = 0; r < rows; r++) {
            for (int m = from; m < models; m++) {
                float sum = 0;
                for (int h = 0; h < inputs; h++) {
                    sum = Fma.fma(a[(r * inputs + h) * models + m], w[h * models + m], sum);
                }
                y[r * models + m] = sum + bias[m];
            }
        }
    }

    /** z_rm ← z_rm·s where label_r is 0, z_rm·(-s) where it is 1. */
    public static void multiply(int rows, int models, int from, float s, int[] labels, int labelsOffset, float[] z) {
        for (int r = 0; r < rows; r++) {
            float factor = labels[labelsOffset + r] == 1 ? -s : s;
            for (int m = from; m < models; m++) {
                z[r * models + m] *= factor;
            }
        }
    }

    /** dw_hm += Σ_r a_rhm·dy_rm; a_rhm ← dy_rm·w_hm·(1 - a_rhm²). */
    public static void tanhUnitsGradient(
            int rows, int inputs, int models, int from, float[] dy, float[] w, float[] dw, float[] a) {
        for (int r = 0; r < rows; r++) {
            for (int h = 0; h < inputs; h++) {
                for (int m = from; m < models; m++) {
                    int unit = (r * inputs + h) * models + m;
                    float d = dy[r * models + m];
                    dw[h * models + m] = Fma.fma(a[unit], d, dw[h * models + m]);
                    a[unit] = Activations.tanhGradient(a[unit], d * w[h * models + m]);
                }
            }
        }
    }
}
