package dev.ridgeline.layer;

import dev.ridgeline.kernel.RandomBits;

/** How a kernel starts: uniform in ±√(g/fan), drawn from the model's seed and the layer's name. */
public enum Initializer {
    /** ±√(6/(inputs + units)), the default (Glorot and Bengio, 2010). */
    GLOROT_UNIFORM {
        @Override
        double limit(int inputs, int units) {
            return Math.sqrt(6.0 / ((double) inputs + units));
        }
    },
    /** ±√(6/inputs), for ReLU (He et al., 2015). */
    HE_UNIFORM {
        @Override
        double limit(int inputs, int units) {
            return Math.sqrt(6.0 / inputs);
        }
    },
    /** ±√(3/inputs) (LeCun et al., 1998). */
    LECUN_UNIFORM {
        @Override
        double limit(int inputs, int units) {
            return Math.sqrt(3.0 / inputs);
        }
    };

    abstract double limit(int inputs, int units);

    final void fill(long key, int inputs, int units, float[] kernel) {
        double limit = limit(inputs, units);
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (float) (limit * (2.0 * RandomBits.uniform(key, i) - 1));
        }
    }
}
