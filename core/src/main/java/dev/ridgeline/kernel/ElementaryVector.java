package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;
import static dev.ridgeline.kernel.reference.Elementary.*;
import static jdk.incubator.vector.FloatVector.broadcast;

import dev.ridgeline.kernel.reference.Elementary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link Elementary} with LANES elements at a time, step by step the same operations; the last n % LANES elements are
 * the reference's.
 *
 * <p>C2 must inline every method on vectors. It does up to 325 bytecodes each, until a compilation has about 50 vector
 * operations (18,000 nodes); from there on it inlines those of the Vector API alone. So each function calls its helpers
 * as early as it can and spells its last steps out.
 */
final class ElementaryVector {
    private ElementaryVector() {}

    static FloatVector exp(FloatVector x) {
        FloatVector low = atLeast(x, EXP_LOW);
        IntVector bits = shifted(low, SHIFT_TWO_BIAS).min(CAP_EXP);
        FloatVector n = bits.reinterpretAsFloats().sub(SHIFT_TWO_BIAS);
        IntVector half = shiftedHalf(n);
        FloatVector s = power(half);
        FloatVector t = power(bits.sub(half));
        FloatVector r = n.fma(broadcast(SPECIES, -LN2), low);
        FloatVector rest = n.mul(-LN2_REST);
        FloatVector square = r.mul(r);
        return tail(r, square)
                .fma(square, rest.fma(r, rest))
                .add(r)
                .add(1)
                .mul(s)
                .mul(t);
    }

    static FloatVector expm1(FloatVector x) {
        FloatVector low = atLeast(x, EXPM1_LOW);
        IntVector bits = shifted(low, SHIFT_TWO_BIAS).min(CAP_EXP);
        FloatVector n = bits.reinterpretAsFloats().sub(SHIFT_TWO_BIAS);
        IntVector half = shiftedHalf(n);
        FloatVector s = power(half);
        FloatVector t = power(bits.sub(half));
        FloatVector inverse = t.reinterpretAsInts().neg().add(TWO_BIAS).reinterpretAsFloats();
        FloatVector y = s.fma(expm1Near(reduce(n, low)), s.sub(inverse)).mul(t);
        return y.reinterpretAsInts().or(x.reinterpretAsInts().and(SIGN)).reinterpretAsFloats();
    }

    static FloatVector log(FloatVector x) {
        var subnormal = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
        IntVector bits = x.blend(x.mul(SCALE_UP), subnormal).reinterpretAsInts();
        IntVector exponent = bits.sub(TWO_THIRDS).lanewise(VectorOperators.ASHR, 23);
        FloatVector f = bits.sub(exponent.lanewise(VectorOperators.LSHL, 23))
                .reinterpretAsFloats()
                .sub(1);
        FloatVector e = exponent.add(SHIFT_BITS)
                .reinterpretAsFloats()
                .sub(broadcast(SPECIES, SHIFT).blend(SHIFT + 23, subnormal));
        FloatVector p = logNear(f);
        FloatVector sum = e.fma(broadcast(SPECIES, LN2_SHORT), f);
        FloatVector lost = f.sub(e.neg().fma(broadcast(SPECIES, LN2_SHORT), sum));
        FloatVector y = sum.add(e.fma(broadcast(SPECIES, LN2_SHORT_LOW), p).add(lost));
        y = x.blend(y, x.compare(VectorOperators.LT, Float.POSITIVE_INFINITY));
        FloatVector special =
                broadcast(SPECIES, Float.NaN).blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0));
        return special.blend(y, x.compare(VectorOperators.GT, 0));
    }

    /** log(1 + f) - f for |f| up to 1/3. */
    private static FloatVector logNear(FloatVector f) {
        FloatVector p = broadcast(SPECIES, L10).fma(f, broadcast(SPECIES, L9));
        p = p.fma(f, broadcast(SPECIES, L8));
        p = p.fma(f, broadcast(SPECIES, L7));
        p = p.fma(f, broadcast(SPECIES, L6));
        p = p.fma(f, broadcast(SPECIES, L5));
        p = p.fma(f, broadcast(SPECIES, L4));
        p = p.fma(f, broadcast(SPECIES, L3));
        return p.fma(f, broadcast(SPECIES, -0.5f)).mul(f.mul(f));
    }

    static FloatVector tanh(FloatVector x) {
        FloatVector a = magnitude(x);
        FloatVector near = tanhNear(a);
        FloatVector y = tanhFar(a.add(a)).blend(near, a.compare(VectorOperators.LT, TANH_SPLIT));
        return y.reinterpretAsInts().or(x.reinterpretAsInts().and(SIGN)).reinterpretAsFloats();
    }

    private static FloatVector tanhNear(FloatVector a) {
        FloatVector square = a.mul(a);
        FloatVector near = broadcast(SPECIES, T4).fma(square, broadcast(SPECIES, T3));
        near = near.fma(square, broadcast(SPECIES, T2));
        near = near.fma(square, broadcast(SPECIES, T1));
        near = near.fma(square, broadcast(SPECIES, T0));
        return near.fma(square.mul(a), a);
    }

    private static FloatVector tanhFar(FloatVector twice) {
        IntVector bits = shifted(twice, SHIFT_BIAS).min(CAP_TANH);
        FloatVector m = power(bits);
        FloatVector r = bits.reinterpretAsFloats().sub(SHIFT_BIAS).fma(broadcast(SPECIES, -LN2), twice);
        FloatVector one = broadcast(SPECIES, 1);
        return one.sub(broadcast(SPECIES, 2).div(expNear(r).fma(m, one)));
    }

    static FloatVector sigmoid(FloatVector x) {
        FloatVector low = atLeast(x.neg(), SIGMOID_LOW);
        IntVector bits = shifted(low, SHIFT).min(CAP_SIGMOID);
        FloatVector n = bits.reinterpretAsFloats().sub(SHIFT);
        IntVector half = shiftedHalf(n);
        FloatVector s = power(half);
        FloatVector t = power(half.sub(bits));
        FloatVector r = reduce(n, low);
        FloatVector sum = s.add(t);
        FloatVector lost = t.sub(sum.sub(s));
        FloatVector square = r.mul(r);
        return t.div(tail(r, square).fma(square.mul(s), r.fma(s, lost)).add(sum));
    }

    static FloatVector softplus(FloatVector x) {
        FloatVector a = magnitude(x);
        FloatVector t = exp(a.neg());
        FloatVector p = broadcast(SPECIES, P7).fma(t, broadcast(SPECIES, P6));
        p = p.fma(t, broadcast(SPECIES, P5));
        p = p.fma(t, broadcast(SPECIES, P4));
        p = p.fma(t, broadcast(SPECIES, P3));
        p = p.fma(t, broadcast(SPECIES, P2));
        FloatVector positive = broadcast(SPECIES, 0).blend(x, x.compare(VectorOperators.GT, 0));
        FloatVector far = positive.add(p.fma(t.mul(t), t));
        FloatVector square = x.mul(x);
        FloatVector near = broadcast(SPECIES, C3).fma(square, broadcast(SPECIES, C2));
        near = near.fma(square, broadcast(SPECIES, C1));
        near = near.fma(square, broadcast(SPECIES, C0));
        near = x.fma(broadcast(SPECIES, 0.5f), near.mul(square)).add(LN2);
        return far.blend(near, a.compare(VectorOperators.LT, SOFTPLUS_SPLIT));
    }

    static FloatVector erf(FloatVector x) {
        FloatVector a = atMost(magnitude(x), ERF_HIGH);
        FloatVector near = erfNear(a);
        FloatVector y = erfFar(a).blend(near, a.compare(VectorOperators.LT, ERF_SPLIT));
        return y.reinterpretAsInts().or(x.reinterpretAsInts().and(SIGN)).reinterpretAsFloats();
    }

    private static FloatVector erfNear(FloatVector a) {
        FloatVector square = a.mul(a);
        FloatVector near = broadcast(SPECIES, S5).fma(square, broadcast(SPECIES, S4));
        near = near.fma(square, broadcast(SPECIES, S3));
        near = near.fma(square, broadcast(SPECIES, S2));
        near = near.fma(square, broadcast(SPECIES, S1));
        near = near.fma(square, broadcast(SPECIES, S0));
        return near.fma(a, a);
    }

    private static FloatVector erfFar(FloatVector a) {
        FloatVector g = broadcast(SPECIES, G6).fma(a, broadcast(SPECIES, G5));
        g = g.fma(a, broadcast(SPECIES, G4));
        g = g.fma(a, broadcast(SPECIES, G3));
        g = g.fma(a, broadcast(SPECIES, G2));
        g = g.fma(a, broadcast(SPECIES, G1));
        g = a.neg().fma(a, g.fma(a, broadcast(SPECIES, G0)));
        FloatVector bits = g.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, SHIFT_BIAS));
        FloatVector m = power(bits.reinterpretAsInts());
        FloatVector r = bits.sub(SHIFT_BIAS).fma(broadcast(SPECIES, -LN2), g);
        return expNear(r).fma(m.neg(), broadcast(SPECIES, 1));
    }

    /** x, but low where x is below it; NaN stays. Cheaper than max, which has to order ±0. */
    private static FloatVector atLeast(FloatVector x, float low) {
        return x.blend(low, x.compare(VectorOperators.LT, low));
    }

    /** x, but high where x is above it; NaN stays. */
    private static FloatVector atMost(FloatVector x, float high) {
        return x.blend(high, x.compare(VectorOperators.GT, high));
    }

    /** The bits of rint(x/ln 2) + shift. */
    private static IntVector shifted(FloatVector x, float shift) {
        return x.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, shift)).reinterpretAsInts();
    }

    /** The bits of rint(n/2) + SHIFT_BIAS. */
    private static IntVector shiftedHalf(FloatVector n) {
        return n.fma(broadcast(SPECIES, 0.5f), broadcast(SPECIES, SHIFT_BIAS)).reinterpretAsInts();
    }

    /** 2^k, where k plus the bias stands in the low bits. */
    private static FloatVector power(IntVector biased) {
        return biased.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    }

    /** r = x - n·ln 2. */
    private static FloatVector reduce(FloatVector n, FloatVector x) {
        return n.fma(broadcast(SPECIES, -LN2_LOW), n.fma(broadcast(SPECIES, -LN2), x));
    }

    /** (e^r - 1 - r)/r². */
    private static FloatVector tail(FloatVector r, FloatVector square) {
        FloatVector p = broadcast(SPECIES, E5).fma(r, broadcast(SPECIES, E4));
        p = broadcast(SPECIES, E6).fma(square, p);
        return p.fma(square, broadcast(SPECIES, E3).fma(r, broadcast(SPECIES, E2)));
    }

    /** e^r for |r| up to ln 2 / 2. */
    private static FloatVector expNear(FloatVector r) {
        return expm1Near(r).add(1);
    }

    /** e^r - 1 for |r| up to ln 2 / 2. */
    private static FloatVector expm1Near(FloatVector r) {
        FloatVector square = r.mul(r);
        return tail(r, square).fma(square, r);
    }

    /** |x|. */
    static FloatVector magnitude(FloatVector x) {
        return x.reinterpretAsInts().and(~SIGN).reinterpretAsFloats();
    }

    /** {@link #exp(FloatVector)} spelled out: the loop stands in methods where C2 no longer inlines helpers. */
    static void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
            FloatVector low = v.blend(EXP_LOW, v.compare(VectorOperators.LT, EXP_LOW));
            IntVector bits = low.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, SHIFT_TWO_BIAS))
                    .reinterpretAsInts()
                    .min(CAP_EXP);
            FloatVector k = bits.reinterpretAsFloats().sub(SHIFT_TWO_BIAS);
            IntVector half = k.fma(broadcast(SPECIES, 0.5f), broadcast(SPECIES, SHIFT_BIAS))
                    .reinterpretAsInts();
            FloatVector s = half.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            FloatVector t = bits.sub(half).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            FloatVector r = k.fma(broadcast(SPECIES, -LN2), low);
            FloatVector rest = k.mul(-LN2_REST);
            FloatVector square = r.mul(r);
            FloatVector p = broadcast(SPECIES, E5).fma(r, broadcast(SPECIES, E4));
            p = broadcast(SPECIES, E6).fma(square, p);
            p = p.fma(square, broadcast(SPECIES, E3).fma(r, broadcast(SPECIES, E2)));
            p.fma(square, rest.fma(r, rest)).add(r).add(1).mul(s).mul(t).intoArray(y, yOffset + i);
        }
        Elementary.exp(n - whole, x, xOffset + whole, y, yOffset + whole);
    }

    static void expm1(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            expm1(FloatVector.fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
        }
        Elementary.expm1(n - whole, x, xOffset + whole, y, yOffset + whole);
    }

    static void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            log(FloatVector.fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
        }
        Elementary.log(n - whole, x, xOffset + whole, y, yOffset + whole);
    }

    static void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            tanh(FloatVector.fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
        }
        Elementary.tanh(n - whole, x, xOffset + whole, y, yOffset + whole);
    }

    static void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            sigmoid(FloatVector.fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
        }
        Elementary.sigmoid(n - whole, x, xOffset + whole, y, yOffset + whole);
    }

    static void softplus(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            softplus(FloatVector.fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
        }
        Elementary.softplus(n - whole, x, xOffset + whole, y, yOffset + whole);
    }

    static void erf(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            erf(FloatVector.fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
        }
        Elementary.erf(n - whole, x, xOffset + whole, y, yOffset + whole);
    }
}
