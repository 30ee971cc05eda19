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
 *
 * <p>The loops of exp, log and sigmoid leave out what ordinary arguments do not need, and leave vectors with others to a
 * loop for any numbers. Neither calls a helper: beside each other they are too large for C2 to inline it, and exp's stand
 * in methods that are large already. exp and log take two vectors at a time, for one test of the arguments.
 */
final class ElementaryVector {
    /** The bits of 87: up to there e^x and e^-x are normal floats. */
    private static final int NARROW = 0x42AE0000;

    /** Added to a float's bits it makes those of the least normal float the least of all integers. */
    private static final int LEAST_NORMAL = Integer.MIN_VALUE - 0x00800000;

    /** The bits of ∞ after that. */
    private static final int LEAST_INFINITE = 0x7F800000 + LEAST_NORMAL;

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

    static FloatVector inverseNormal(FloatVector p) {
        FloatVector t = p.sub(0.5f);
        FloatVector near = inverseNormalNear(magnitude(t));
        FloatVector q = broadcast(SPECIES, 1).sub(p).blend(p, p.compare(VectorOperators.LT, 0.5f));
        FloatVector s = rootOfLog(q);
        FloatVector u = broadcast(SPECIES, U4).fma(s, broadcast(SPECIES, U3));
        FloatVector v = broadcast(SPECIES, V3).fma(s, broadcast(SPECIES, V2));
        u = u.fma(s, broadcast(SPECIES, U2));
        v = v.fma(s, broadcast(SPECIES, V1));
        u = u.fma(s, broadcast(SPECIES, U1));
        v = v.fma(s, broadcast(SPECIES, 1));
        u = u.fma(s, broadcast(SPECIES, U0));
        FloatVector far = s.fma(broadcast(SPECIES, SLOPE), u.div(v));
        FloatVector y = near.blend(far, q.compare(VectorOperators.LT, INVERSE_NORMAL_SPLIT));
        FloatVector special =
                broadcast(SPECIES, Float.NaN).blend(Float.POSITIVE_INFINITY, q.compare(VectorOperators.EQ, 0));
        y = special.blend(y, q.compare(VectorOperators.GT, 0));
        return y.reinterpretAsInts().or(t.reinterpretAsInts().and(SIGN)).reinterpretAsFloats();
    }

    private static FloatVector inverseNormalNear(FloatVector a) {
        FloatVector square = a.mul(a);
        FloatVector near = broadcast(SPECIES, M7).fma(square, broadcast(SPECIES, M6));
        near = near.fma(square, broadcast(SPECIES, M5));
        near = near.fma(square, broadcast(SPECIES, M4));
        near = near.fma(square, broadcast(SPECIES, M3));
        near = near.fma(square, broadcast(SPECIES, M2));
        near = near.fma(square, broadcast(SPECIES, M1));
        return near.fma(square, broadcast(SPECIES, M0)).mul(a);
    }

    /** √(-log q) for 0 < q < 1. */
    private static FloatVector rootOfLog(FloatVector q) {
        IntVector bits = q.mul(PROBABILITY_UP).reinterpretAsInts();
        IntVector exponent = bits.sub(LEAST_FRACTION).and(EXPONENT);
        FloatVector f = broadcast(SPECIES, 1).sub(bits.sub(exponent).reinterpretAsFloats());
        FloatVector e = exponent.sub(PROBABILITY_UP_BITS)
                .convert(VectorOperators.I2F, 0)
                .reinterpretAsFloats();
        FloatVector square = f.mul(f);
        FloatVector even = broadcast(SPECIES, N8).fma(square, broadcast(SPECIES, N6));
        FloatVector odd = broadcast(SPECIES, N7).fma(square, broadcast(SPECIES, N5));
        even = even.fma(square, broadcast(SPECIES, N4));
        odd = odd.fma(square, broadcast(SPECIES, N3));
        even = even.fma(square, broadcast(SPECIES, N2));
        return e.fma(broadcast(SPECIES, -LN2_OF_BITS), odd.fma(f, even).fma(square, f))
                .sqrt();
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

    /**
     * Where all results are normal floats, 2^n is added to the exponent: the same bits as those of {@link
     * #exp(FloatVector)}.
     */
    static void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int pairs = n - n % (2 * LANES);
        for (int i = 0; i < pairs; i += 2 * LANES) {
            FloatVector x0 = FloatVector.fromArray(SPECIES, x, xOffset + i);
            FloatVector x1 = FloatVector.fromArray(SPECIES, x, xOffset + i + LANES);
            IntVector largest =
                    x0.reinterpretAsInts().and(~SIGN).max(x1.reinterpretAsInts().and(~SIGN));
            if (largest.compare(VectorOperators.GT, NARROW).anyTrue()) {
                expAny(2 * LANES, x, xOffset + i, y, yOffset + i);
                continue;
            }
            FloatVector bits0 = x0.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, SHIFT));
            FloatVector bits1 = x1.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, SHIFT));
            FloatVector n0 = bits0.sub(SHIFT);
            FloatVector n1 = bits1.sub(SHIFT);
            FloatVector r0 = n0.fma(broadcast(SPECIES, -LN2), x0);
            FloatVector r1 = n1.fma(broadcast(SPECIES, -LN2), x1);
            FloatVector rest0 = n0.mul(-LN2_REST);
            FloatVector rest1 = n1.mul(-LN2_REST);
            FloatVector square0 = r0.mul(r0);
            FloatVector square1 = r1.mul(r1);
            FloatVector p0 = broadcast(SPECIES, E5).fma(r0, broadcast(SPECIES, E4));
            FloatVector p1 = broadcast(SPECIES, E5).fma(r1, broadcast(SPECIES, E4));
            FloatVector q0 = broadcast(SPECIES, E3).fma(r0, broadcast(SPECIES, E2));
            FloatVector q1 = broadcast(SPECIES, E3).fma(r1, broadcast(SPECIES, E2));
            p0 = broadcast(SPECIES, E6).fma(square0, p0).fma(square0, q0);
            p1 = broadcast(SPECIES, E6).fma(square1, p1).fma(square1, q1);
            p0 = p0.fma(square0, rest0.fma(r0, rest0)).add(r0).add(1);
            p1 = p1.fma(square1, rest1.fma(r1, rest1)).add(r1).add(1);
            IntVector y0 =
                    bits0.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(p0.reinterpretAsInts());
            IntVector y1 =
                    bits1.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(p1.reinterpretAsInts());
            y0.reinterpretAsFloats().intoArray(y, yOffset + i);
            y1.reinterpretAsFloats().intoArray(y, yOffset + i + LANES);
        }
        expAny(n - pairs, x, xOffset + pairs, y, yOffset + pairs);
    }

    /** {@link #exp(FloatVector)} of any numbers. */
    private static void expAny(int n, float[] x, int xOffset, float[] y, int yOffset) {
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

    /** Where all arguments are positive normal floats, nothing else is looked at. */
    static void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int pairs = n - n % (2 * LANES);
        for (int i = 0; i < pairs; i += 2 * LANES) {
            IntVector bits0 = FloatVector.fromArray(SPECIES, x, xOffset + i).reinterpretAsInts();
            IntVector bits1 =
                    FloatVector.fromArray(SPECIES, x, xOffset + i + LANES).reinterpretAsInts();
            IntVector largest = bits0.add(LEAST_NORMAL).max(bits1.add(LEAST_NORMAL));
            if (largest.compare(VectorOperators.GE, LEAST_INFINITE).anyTrue()) {
                logAny(2 * LANES, x, xOffset + i, y, yOffset + i);
                continue;
            }
            IntVector exponent0 = bits0.sub(LEAST_FRACTION).and(EXPONENT);
            IntVector exponent1 = bits1.sub(LEAST_FRACTION).and(EXPONENT);
            FloatVector f0 = bits0.sub(exponent0).reinterpretAsFloats().sub(1);
            FloatVector f1 = bits1.sub(exponent1).reinterpretAsFloats().sub(1);
            FloatVector e0 = exponent0.convert(VectorOperators.I2F, 0).reinterpretAsFloats();
            FloatVector e1 = exponent1.convert(VectorOperators.I2F, 0).reinterpretAsFloats();
            FloatVector square0 = f0.mul(f0);
            FloatVector square1 = f1.mul(f1);
            FloatVector even0 = broadcast(SPECIES, L10).fma(square0, broadcast(SPECIES, L8));
            FloatVector even1 = broadcast(SPECIES, L10).fma(square1, broadcast(SPECIES, L8));
            FloatVector odd0 = broadcast(SPECIES, L9).fma(square0, broadcast(SPECIES, L7));
            FloatVector odd1 = broadcast(SPECIES, L9).fma(square1, broadcast(SPECIES, L7));
            even0 = even0.fma(square0, broadcast(SPECIES, L6)).fma(square0, broadcast(SPECIES, L4));
            even1 = even1.fma(square1, broadcast(SPECIES, L6)).fma(square1, broadcast(SPECIES, L4));
            odd0 = odd0.fma(square0, broadcast(SPECIES, L5)).fma(square0, broadcast(SPECIES, L3));
            odd1 = odd1.fma(square1, broadcast(SPECIES, L5)).fma(square1, broadcast(SPECIES, L3));
            even0 = even0.fma(square0, broadcast(SPECIES, L2));
            even1 = even1.fma(square1, broadcast(SPECIES, L2));
            FloatVector sum0 = e0.fma(broadcast(SPECIES, LN2_OF_BITS), f0);
            FloatVector sum1 = e1.fma(broadcast(SPECIES, LN2_OF_BITS), f1);
            FloatVector lost0 = f0.sub(e0.fma(broadcast(SPECIES, -LN2_OF_BITS), sum0));
            FloatVector lost1 = f1.sub(e1.fma(broadcast(SPECIES, -LN2_OF_BITS), sum1));
            odd0.fma(f0, even0).fma(square0, lost0).add(sum0).intoArray(y, yOffset + i);
            odd1.fma(f1, even1).fma(square1, lost1).add(sum1).intoArray(y, yOffset + i + LANES);
        }
        logAny(n - pairs, x, xOffset + pairs, y, yOffset + pairs);
    }

    /** log of any numbers. */
    private static void logAny(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
            var subnormal = v.compare(VectorOperators.LT, Float.MIN_NORMAL);
            IntVector bits = v.blend(v.mul(SCALE_UP), subnormal).reinterpretAsInts();
            IntVector exponent = bits.sub(LEAST_FRACTION).and(EXPONENT);
            FloatVector f = bits.sub(exponent).reinterpretAsFloats().sub(1);
            FloatVector e = exponent.convert(VectorOperators.I2F, 0).reinterpretAsFloats();
            e = e.blend(e.sub(SCALE_UP_BITS), subnormal);
            FloatVector square = f.mul(f);
            FloatVector even = broadcast(SPECIES, L10).fma(square, broadcast(SPECIES, L8));
            FloatVector odd = broadcast(SPECIES, L9).fma(square, broadcast(SPECIES, L7));
            even = even.fma(square, broadcast(SPECIES, L6)).fma(square, broadcast(SPECIES, L4));
            odd = odd.fma(square, broadcast(SPECIES, L5)).fma(square, broadcast(SPECIES, L3));
            even = even.fma(square, broadcast(SPECIES, L2));
            FloatVector sum = e.fma(broadcast(SPECIES, LN2_OF_BITS), f);
            FloatVector lost = f.sub(e.fma(broadcast(SPECIES, -LN2_OF_BITS), sum));
            FloatVector positive = odd.fma(f, even).fma(square, lost).add(sum);
            positive = v.blend(positive, v.compare(VectorOperators.LT, Float.POSITIVE_INFINITY));
            FloatVector special =
                    broadcast(SPECIES, Float.NaN).blend(Float.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, 0));
            special.blend(positive, v.compare(VectorOperators.GT, 0)).intoArray(y, yOffset + i);
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

    /** Where e^-x is a normal float everywhere, it needs one factor: the same bits as {@link #sigmoid(FloatVector)}. */
    static void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int whole = n - n % LANES;
        FloatVector one = broadcast(SPECIES, 1);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
            if (v.reinterpretAsInts()
                    .and(~SIGN)
                    .compare(VectorOperators.GT, NARROW)
                    .anyTrue()) {
                sigmoidAny(LANES, x, xOffset + i, y, yOffset + i);
                continue;
            }
            FloatVector bits = v.fma(broadcast(SPECIES, -LOG2_E), broadcast(SPECIES, SHIFT_BIAS));
            FloatVector k = bits.sub(SHIFT_BIAS);
            FloatVector s =
                    bits.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            FloatVector r = k.fma(broadcast(SPECIES, -LN2), v.neg());
            r = k.fma(broadcast(SPECIES, -LN2_LOW), r);
            FloatVector sum = s.add(one);
            FloatVector lost = one.sub(sum.sub(s));
            FloatVector square = r.mul(r);
            FloatVector p = broadcast(SPECIES, E5).fma(r, broadcast(SPECIES, E4));
            p = broadcast(SPECIES, E6).fma(square, p);
            p = p.fma(square, broadcast(SPECIES, E3).fma(r, broadcast(SPECIES, E2)));
            p = p.fma(square.mul(s), r.fma(s, lost)).add(sum);
            one.div(p).intoArray(y, yOffset + i);
        }
        Elementary.sigmoid(n - whole, x, xOffset + whole, y, yOffset + whole);
    }

    /** {@link #sigmoid(FloatVector)} of any numbers. */
    private static void sigmoidAny(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
            FloatVector low = v.neg();
            low = low.blend(SIGMOID_LOW, low.compare(VectorOperators.LT, SIGMOID_LOW));
            IntVector bits = low.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, SHIFT))
                    .reinterpretAsInts()
                    .min(CAP_SIGMOID);
            FloatVector k = bits.reinterpretAsFloats().sub(SHIFT);
            IntVector half = k.fma(broadcast(SPECIES, 0.5f), broadcast(SPECIES, SHIFT_BIAS))
                    .reinterpretAsInts();
            FloatVector s = half.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            FloatVector t = half.sub(bits).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            FloatVector r = k.fma(broadcast(SPECIES, -LN2), low);
            r = k.fma(broadcast(SPECIES, -LN2_LOW), r);
            FloatVector sum = s.add(t);
            FloatVector lost = t.sub(sum.sub(s));
            FloatVector square = r.mul(r);
            FloatVector p = broadcast(SPECIES, E5).fma(r, broadcast(SPECIES, E4));
            p = broadcast(SPECIES, E6).fma(square, p);
            p = p.fma(square, broadcast(SPECIES, E3).fma(r, broadcast(SPECIES, E2)));
            p = p.fma(square.mul(s), r.fma(s, lost)).add(sum);
            t.div(p).intoArray(y, yOffset + i);
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

    static void inverseNormal(int n, float[] p, int pOffset, float[] y, int yOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            inverseNormal(FloatVector.fromArray(SPECIES, p, pOffset + i)).intoArray(y, yOffset + i);
        }
        Elementary.inverseNormal(n - whole, p, pOffset + whole, y, yOffset + whole);
    }
}
