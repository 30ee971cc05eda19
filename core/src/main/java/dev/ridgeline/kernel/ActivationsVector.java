package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;
import static dev.ridgeline.kernel.reference.Activations.*;
import static jdk.incubator.vector.FloatVector.broadcast;

import dev.ridgeline.kernel.reference.Activations;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** {@link Activations} with LANES elements at a time; the last n % LANES elements are the reference's. */
final class ActivationsVector {
    private ActivationsVector() {}

    private static FloatVector relu(FloatVector x) {
        return x.blend(0, x.compare(VectorOperators.LE, 0));
    }

    private static FloatVector reluGradient(FloatVector y, FloatVector dy) {
        return broadcast(SPECIES, 0).blend(dy, y.compare(VectorOperators.GT, 0));
    }

    private static FloatVector leakyRelu(FloatVector x) {
        return x.blend(x.mul(LEAK), x.compare(VectorOperators.LE, 0));
    }

    private static FloatVector leakyReluGradient(FloatVector y, FloatVector dy) {
        return dy.mul(LEAK).blend(dy, y.compare(VectorOperators.GT, 0));
    }

    private static FloatVector elu(FloatVector x) {
        return ElementaryVector.expm1(x).blend(x, x.compare(VectorOperators.GT, 0));
    }

    private static FloatVector eluGradient(FloatVector x, FloatVector dy) {
        return dy.mul(ElementaryVector.exp(x).blend(1, x.compare(VectorOperators.GT, 0)));
    }

    private static FloatVector gelu(FloatVector x) {
        FloatVector density = ElementaryVector.exp(x.mul(-0.5f).mul(x));
        FloatVector tail = density.mul(mills(ElementaryVector.magnitude(x)));
        return x.mul(broadcast(SPECIES, 1).sub(tail).blend(tail, x.compare(VectorOperators.LT, 0)));
    }

    private static FloatVector geluGradient(FloatVector x, FloatVector dy) {
        FloatVector density = ElementaryVector.exp(x.mul(-0.5f).mul(x));
        FloatVector a = ElementaryVector.magnitude(x);
        FloatVector tail = density.mul(a.fma(broadcast(SPECIES, -DENSITY), mills(a)));
        return dy.mul(broadcast(SPECIES, 1).sub(tail).blend(tail, x.compare(VectorOperators.LT, 0)));
    }

    private static FloatVector mills(FloatVector a) {
        FloatVector one = broadcast(SPECIES, 1);
        FloatVector t = one.div(a.fma(broadcast(SPECIES, MILLS), one));
        FloatVector p = broadcast(SPECIES, M8).fma(t, broadcast(SPECIES, M7));
        p = p.fma(t, broadcast(SPECIES, M6));
        p = p.fma(t, broadcast(SPECIES, M5));
        p = p.fma(t, broadcast(SPECIES, M4));
        p = p.fma(t, broadcast(SPECIES, M3));
        p = p.fma(t, broadcast(SPECIES, M2));
        p = p.fma(t, broadcast(SPECIES, M1));
        return p.fma(t, broadcast(SPECIES, M0)).mul(t);
    }

    private static FloatVector silu(FloatVector x) {
        return x.mul(ElementaryVector.sigmoid(x));
    }

    private static FloatVector siluGradient(FloatVector x, FloatVector dy) {
        FloatVector s = ElementaryVector.sigmoid(x);
        return dy.mul(x.mul(s).fma(broadcast(SPECIES, 1).sub(s), s));
    }

    private static FloatVector softplusGradient(FloatVector y, FloatVector dy) {
        return dy.mul(ElementaryVector.expm1(y.neg()).neg());
    }

    private static FloatVector tanhGradient(FloatVector y, FloatVector dy) {
        return dy.mul(y.neg().fma(y, broadcast(SPECIES, 1)));
    }

    private static FloatVector sigmoidGradient(FloatVector y, FloatVector dy) {
        return dy.mul(y.mul(broadcast(SPECIES, 1).sub(y)));
    }

    private static FloatVector load(float[] array, int index) {
        return FloatVector.fromArray(SPECIES, array, index);
    }

    static void relu(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            relu(load(x, xOffset + i)).intoArray(y, yOffset + i);
        }
        Activations.relu(n - whole, x, xOffset + whole, y, yOffset + whole);
    }

    static void reluGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            reluGradient(load(y, yOffset + i), load(dy, dyOffset + i)).intoArray(dx, dxOffset + i);
        }
        Activations.reluGradient(n - whole, y, yOffset + whole, dy, dyOffset + whole, dx, dxOffset + whole);
    }

    static void leakyRelu(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            leakyRelu(load(x, xOffset + i)).intoArray(y, yOffset + i);
        }
        Activations.leakyRelu(n - whole, x, xOffset + whole, y, yOffset + whole);
    }

    static void leakyReluGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            leakyReluGradient(load(y, yOffset + i), load(dy, dyOffset + i)).intoArray(dx, dxOffset + i);
        }
        Activations.leakyReluGradient(n - whole, y, yOffset + whole, dy, dyOffset + whole, dx, dxOffset + whole);
    }

    static void elu(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            elu(load(x, xOffset + i)).intoArray(y, yOffset + i);
        }
        Activations.elu(n - whole, x, xOffset + whole, y, yOffset + whole);
    }

    static void eluGradient(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            eluGradient(load(x, xOffset + i), load(dy, dyOffset + i)).intoArray(dx, dxOffset + i);
        }
        Activations.eluGradient(n - whole, x, xOffset + whole, dy, dyOffset + whole, dx, dxOffset + whole);
    }

    static void gelu(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            gelu(load(x, xOffset + i)).intoArray(y, yOffset + i);
        }
        Activations.gelu(n - whole, x, xOffset + whole, y, yOffset + whole);
    }

    static void geluGradient(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            geluGradient(load(x, xOffset + i), load(dy, dyOffset + i)).intoArray(dx, dxOffset + i);
        }
        Activations.geluGradient(n - whole, x, xOffset + whole, dy, dyOffset + whole, dx, dxOffset + whole);
    }

    static void silu(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            silu(load(x, xOffset + i)).intoArray(y, yOffset + i);
        }
        Activations.silu(n - whole, x, xOffset + whole, y, yOffset + whole);
    }

    static void siluGradient(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            siluGradient(load(x, xOffset + i), load(dy, dyOffset + i)).intoArray(dx, dxOffset + i);
        }
        Activations.siluGradient(n - whole, x, xOffset + whole, dy, dyOffset + whole, dx, dxOffset + whole);
    }

    static void softplusGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            softplusGradient(load(y, yOffset + i), load(dy, dyOffset + i)).intoArray(dx, dxOffset + i);
        }
        Activations.softplusGradient(n - whole, y, yOffset + whole, dy, dyOffset + whole, dx, dxOffset + whole);
    }

    static void tanhGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            tanhGradient(load(y, yOffset + i), load(dy, dyOffset + i)).intoArray(dx, dxOffset + i);
        }
        Activations.tanhGradient(n - whole, y, yOffset + whole, dy, dyOffset + whole, dx, dxOffset + whole);
    }

    static void sigmoidGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            sigmoidGradient(load(y, yOffset + i), load(dy, dyOffset + i)).intoArray(dx, dxOffset + i);
        }
        Activations.sigmoidGradient(n - whole, y, yOffset + whole, dy, dyOffset + whole, dx, dxOffset + whole);
    }
}
