package dev.ridgeline.kernel.reference;

/**
 * Elementary functions of a float as polynomials in fma arithmetic: the same bits on every machine and at every vector
 * width. Each formula is free of branches on the size of its argument, so that its vector twin follows the same steps.
 *
 * <p>The coefficients are minimax fits (weighted for the relative error, rounded to float one after the other, the rest
 * fitted again). Errors were measured over all 2^32 arguments.
 */
public final class Elementary {
    /** 1.5·2^23: added to |x| below 2^22 it rounds x to an integer, which then stands in the low bits of the sum. */
    public static final float SHIFT = 0x1.8p23f;

    /** The bits of {@link #SHIFT}. */
    public static final int SHIFT_BITS = 0x4B400000;

    /** {@link #SHIFT} plus the bias of a float's exponent: the low bits shifted left by 23 are the float 2^n. */
    public static final float SHIFT_BIAS = SHIFT + 127;

    /** {@link #SHIFT} plus twice the bias: {@code SHIFT_TWO_BIAS + n} minus {@code SHIFT_BIAS + k} leaves n - k biased. */
    public static final float SHIFT_TWO_BIAS = SHIFT + 254;

    /** The bits of {@link #SHIFT_TWO_BIAS} with n = 128: e^x has overflowed there. */
    public static final int CAP_EXP = SHIFT_BITS + 254 + 128;

    /** The bits of {@link #SHIFT} with n = 150: e^-n is below half the smallest float there. */
    public static final int CAP_SIGMOID = SHIFT_BITS + 150;

    /** The sign bit. */
    public static final int SIGN = 0x80000000;

    /** The bits of 2·bias in the exponent: minus the bits of 2^k they are the bits of 2^-k. */
    public static final int TWO_BIAS = 254 << 23;

    /** 1/ln 2. */
    public static final float LOG2_E = 0x1.715476p0f;

    /** ln 2 rounded; x - n·LN2 is exact in one fma for |x| below 128. */
    public static final float LN2 = 0x1.62e43p-1f;

    /** ln 2 - {@link #LN2}. */
    public static final float LN2_LOW = -0x1.05c61p-29f;

    /** {@link #LN2_LOW} times 1.03, for 1.03·(1 + r) is closer to e^r than 1 + r is, for |r| up to ln 2 / 2. */
    public static final float LN2_REST = -0x1.0da07cp-29f;

    /** Below this e^x is zero. */
    public static final float EXP_LOW = -104;

    /** Below this e^x - 1 is -1. */
    public static final float EXPM1_LOW = -18;

    /** Below this 1 + e^x is 1. */
    public static final float SIGMOID_LOW = -20;

    /** The bits of {@link #SHIFT_BIAS} with n = 40: 1 - 2/(1 + 2^n) is 1 there. */
    public static final int CAP_TANH = SHIFT_BITS + 127 + 40;

    /** Below this tanh is a polynomial in x², from it on 1 - 2/(e^2x + 1). */
    public static final float TANH_SPLIT = 0.5625f;

    // (tanh(x)/x - 1)/x² in powers of x², x <= 0.5625
    public static final float T0 = -0x1.555548p-2f;
    public static final float T1 = 0x1.110c5ep-3f;
    public static final float T2 = -0x1.b905c4p-5f;
    public static final float T3 = 0x1.5811f6p-6f;
    public static final float T4 = -0x1.9454f2p-8f;

    // (e^r - 1 - r)/r² on |r| <= ln 2 / 2
    public static final float E2 = 0x1.fffffcp-2f;
    public static final float E3 = 0x1.555492p-3f;
    public static final float E4 = 0x1.5558bp-5f;
    public static final float E5 = 0x1.12398ep-7f;
    public static final float E6 = 0x1.6a4d6p-10f;

    /** The bits of 11/16: log's fraction is within [11/16, 11/8). Near 2/3 more of its bits would be lost. */
    public static final int LEAST_FRACTION = 0x3F300000;

    /** Where the exponent stands: a float's bits masked with it are 2^23 times the biased exponent. */
    public static final int EXPONENT = 0xFF800000;

    /** ln 2 per unit of an exponent that stands in the bits of a float. */
    public static final float LN2_OF_BITS = LN2 * 0x1p-23f;

    /** Scales subnormal arguments of log up. */
    public static final float SCALE_UP = 0x1p23f;

    /** What {@link #SCALE_UP} adds to the exponent, in the bits of a float. */
    public static final int SCALE_UP_BITS = 23 << 23;

    // (log(1 + f) - f)/f² on -5/16 <= f <= 3/8
    public static final float L2 = -0x1.fffffcp-2f;
    public static final float L3 = 0x1.555516p-2f;
    public static final float L4 = -0x1.000268p-2f;
    public static final float L5 = 0x1.99c502p-3f;
    public static final float L6 = -0x1.54ac1cp-3f;
    public static final float L7 = 0x1.1fd148p-3f;
    public static final float L8 = -0x1.07159cp-3f;
    public static final float L9 = 0x1.18409ep-3f;
    public static final float L10 = -0x1.91b842p-4f;

    /** Below this magnitude softplus is a polynomial: the sum of two terms would not rise steadily there. */
    public static final float SOFTPLUS_SPLIT = 1;

    // (log(1 + e^x) - ln 2 - x/2)/x² in powers of x², |x| <= 1
    public static final float C0 = 0x1.ffffep-4f;
    public static final float C1 = -0x1.55418cp-8f;
    public static final float C2 = 0x1.6841bap-12f;
    public static final float C3 = -0x1.6d986cp-16f;

    // (log(1 + t) - t)/t² on 0 <= t <= 1/e
    public static final float P2 = -0x1.ffffc4p-2f;
    public static final float P3 = 0x1.554888p-2f;
    public static final float P4 = -0x1.fe2906p-3f;
    public static final float P5 = 0x1.89afc6p-3f;
    public static final float P6 = -0x1.0c7708p-3f;
    public static final float P7 = 0x1.b52ce4p-5f;

    /** Below this erf is a polynomial in x², from it on 1 - e^(G(x) - x²). */
    public static final float ERF_SPLIT = 0.875f;

    /** From here on erf x is 1. */
    public static final float ERF_HIGH = 3.93f;

    // erf(x)/x - 1 in powers of x², x <= 0.875
    public static final float S0 = 0x1.06eba6p-3f;
    public static final float S1 = -0x1.8126ecp-2f;
    public static final float S2 = 0x1.ce1b86p-4f;
    public static final float S3 = -0x1.b69b8ep-6f;
    public static final float S4 = 0x1.479c18p-8f;
    public static final float S5 = -0x1.3ba5acp-11f;

    // ln(1 - erf(x)) + x², 0.875 <= x <= 3.93: the square apart, so that what is left is nearly flat
    public static final float G0 = -0x1.181fbap-13f;
    public static final float G1 = -0x1.20c06cp0f;
    public static final float G2 = 0x1.73fb26p-2f;
    public static final float G3 = -0x1.ab5342p-4f;
    public static final float G4 = 0x1.6f54fep-6f;
    public static final float G5 = -0x1.954f6p-9f;
    public static final float G6 = 0x1.a58326p-13f;

    /** From here on the inverse normal is a polynomial in (p - 1/2)², below it a function of √(-log p). */
    public static final float INVERSE_NORMAL_SPLIT = 0.158f;

    /** Scales the arguments of the inverse normal's logarithm up, for none to be subnormal. */
    public static final float PROBABILITY_UP = 0x1p25f;

    /** What {@link #PROBABILITY_UP} adds to the exponent, in the bits of a float. */
    public static final int PROBABILITY_UP_BITS = 25 << 23;

    // (-log(1 - f) - f)/f² on -3/8 <= f <= 5/16, for its absolute error
    public static final float N2 = 0x1.000058p-1f;
    public static final float N3 = 0x1.55603ep-2f;
    public static final float N4 = 0x1.ffa1d8p-3f;
    public static final float N5 = 0x1.95a934p-3f;
    public static final float N6 = 0x1.5ab6f2p-3f;
    public static final float N7 = 0x1.5becacp-3f;
    public static final float N8 = 0x1.fe5cc4p-4f;

    // the inverse normal of 1/2 + a over a in powers of a², a <= 0.342
    public static final float M0 = 0x1.40d932p1f;
    public static final float M1 = 0x1.4fff3cp1f;
    public static final float M2 = 0x1.70e37p2f;
    public static final float M3 = 0x1.044d8ep4f;
    public static final float M4 = 0x1.b8fe02p4f;
    public static final float M5 = 0x1.dcf5a2p8f;
    public static final float M6 = -0x1.2503dep11f;
    public static final float M7 = 0x1.88fc9p13f;

    /** A slope between those of the inverse normal's tail: what it leaves over is small, and so are its roundings. */
    public static final float SLOPE = 1.1875f;

    // minus the inverse normal of e^-s² minus SLOPE·s, a quotient of polynomials in s, 1.35 <= s <= 10.2
    public static final float U0 = -0x1.7a2f26p1f;
    public static final float U1 = -0x1.bbc4acp2f;
    public static final float U2 = -0x1.e1e61cp-2f;
    public static final float U3 = 0x1.e468cp-1f;
    public static final float U4 = 0x1.e1832ap-4f;
    public static final float V1 = 0x1.4b6bcap2f;
    public static final float V2 = 0x1.0f523p2f;
    public static final float V3 = 0x1.0914fap-1f;

    private Elementary() {}

    /**
     * e^x = 2^n·e^r with n = rint(x/ln 2); 2^n in two factors, so that results may be subnormal.
     *
     * @param x the argument
     * @return e^x
     */
    public static float exp(float x) {
        float low = x < EXP_LOW ? EXP_LOW : x;
        int bits = Math.min(Float.floatToRawIntBits(Fma.fma(low, LOG2_E, SHIFT_TWO_BIAS)), CAP_EXP);
        float n = Float.intBitsToFloat(bits) - SHIFT_TWO_BIAS;
        int half = Float.floatToRawIntBits(Fma.fma(n, 0.5f, SHIFT_BIAS));
        float r = Fma.fma(n, -LN2, low);
        float rest = n * -LN2_REST; // what r lacks; added to the small term it costs r no rounding
        float square = r * r;
        float p = Fma.fma(tail(r, square), square, Fma.fma(rest, r, rest)) + r + 1;
        return p * Float.intBitsToFloat(half << 23) * Float.intBitsToFloat((bits - half) << 23);
    }

    /**
     * e^x - 1 = t·(s·q + (s - 1/t)) with s·t = 2^n, q = e^r - 1.
     *
     * @param x the argument
     * @return e^x - 1, with the sign of x
     */
    public static float expm1(float x) {
        float low = x < EXPM1_LOW ? EXPM1_LOW : x;
        int bits = Math.min(Float.floatToRawIntBits(Fma.fma(low, LOG2_E, SHIFT_TWO_BIAS)), CAP_EXP);
        float n = Float.intBitsToFloat(bits) - SHIFT_TWO_BIAS;
        int half = Float.floatToRawIntBits(Fma.fma(n, 0.5f, SHIFT_BIAS));
        float s = Float.intBitsToFloat(half << 23);
        int t = (bits - half) << 23;
        float y = Fma.fma(s, expm1Near(reduce(n, low)), s - Float.intBitsToFloat(TWO_BIAS - t));
        return copySign(y * Float.intBitsToFloat(t), x);
    }

    /**
     * log x = e·ln 2 + log(1 + f), x = 2^e·(1 + f), 1 + f within [11/16, 11/8).
     *
     * @param x the argument
     * @return the natural logarithm; -∞ at ±0, NaN below
     */
    public static float log(float x) {
        boolean subnormal = x < Float.MIN_NORMAL;
        int bits = Float.floatToRawIntBits(subnormal ? x * SCALE_UP : x);
        int exponent = (bits - LEAST_FRACTION) & EXPONENT;
        float f = Float.intBitsToFloat(bits - exponent) - 1;
        float e = subnormal ? exponent - SCALE_UP_BITS : exponent;
        float square = f * f;
        float even = Fma.fma(Fma.fma(L10, square, L8), square, L6);
        even = Fma.fma(Fma.fma(even, square, L4), square, L2);
        float odd = Fma.fma(Fma.fma(Fma.fma(L9, square, L7), square, L5), square, L3);
        float sum = Fma.fma(e, LN2_OF_BITS, f);
        float lost = f - Fma.fma(e, -LN2_OF_BITS, sum); // exact: what the sum dropped
        float y = sum + Fma.fma(Fma.fma(odd, f, even), square, lost);
        y = x < Float.POSITIVE_INFINITY ? y : x;
        return x > 0 ? y : x == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
    }

    /**
     * tanh x: x + x³·T(x²) near zero, 1 - 2/(e^2|x| + 1) with the sign of x elsewhere.
     *
     * @param x the argument
     * @return the hyperbolic tangent
     */
    public static float tanh(float x) {
        float a = Math.abs(x);
        float square = a * a;
        float near = Fma.fma(T4, square, T3);
        near = Fma.fma(near, square, T2);
        near = Fma.fma(near, square, T1);
        near = Fma.fma(near, square, T0);
        near = Fma.fma(near, square * a, a);
        float twice = a + a;
        int bits = Math.min(Float.floatToRawIntBits(Fma.fma(twice, LOG2_E, SHIFT_BIAS)), CAP_TANH);
        float r = Fma.fma(Float.intBitsToFloat(bits) - SHIFT_BIAS, -LN2, twice);
        float far = 1 - 2 / Fma.fma(expNear(r), Float.intBitsToFloat(bits << 23), 1);
        return copySign(a < TANH_SPLIT ? near : far, x);
    }

    /**
     * 1/(1 + e^-x) = t/(t + s·e^r) with s/t = 2^n, n = rint(-x/ln 2).
     *
     * @param x the argument
     * @return the logistic function
     */
    public static float sigmoid(float x) {
        float low = -x < SIGMOID_LOW ? SIGMOID_LOW : -x;
        int bits = Math.min(Float.floatToRawIntBits(Fma.fma(low, LOG2_E, SHIFT)), CAP_SIGMOID);
        float n = Float.intBitsToFloat(bits) - SHIFT;
        int half = Float.floatToRawIntBits(Fma.fma(n, 0.5f, SHIFT_BIAS));
        float r = reduce(n, low);
        float s = Float.intBitsToFloat(half << 23);
        float t = Float.intBitsToFloat((half - bits) << 23);
        float sum = s + t;
        float lost = t - (sum - s); // exact: what the sum dropped
        float square = r * r;
        return t / (Fma.fma(tail(r, square), square * s, Fma.fma(r, s, lost)) + sum);
    }

    /**
     * log(1 + e^x) = max(x, 0) + log(1 + e^-|x|); (x/2 + x²·C(x²)) + ln 2 near zero.
     *
     * @param x the argument
     * @return the softplus function
     */
    public static float softplus(float x) {
        float a = Math.abs(x);
        float t = exp(-a);
        float p = Fma.fma(P7, t, P6);
        p = Fma.fma(p, t, P5);
        p = Fma.fma(p, t, P4);
        p = Fma.fma(p, t, P3);
        p = Fma.fma(p, t, P2);
        float far = (x > 0 ? x : 0) + Fma.fma(p, t * t, t);
        float square = x * x;
        float near = Fma.fma(C3, square, C2);
        near = Fma.fma(near, square, C1);
        near = Fma.fma(near, square, C0);
        near = Fma.fma(x, 0.5f, near * square) + LN2;
        return a < SOFTPLUS_SPLIT ? near : far;
    }

    /**
     * erf x: x + x·S(x²) near zero, 1 - e^(G(|x|) - x²) with the sign of x elsewhere.
     *
     * @param x the argument
     * @return the error function
     */
    public static float erf(float x) {
        float a = Math.abs(x);
        a = a > ERF_HIGH ? ERF_HIGH : a;
        float square = a * a;
        float near = Fma.fma(S5, square, S4);
        near = Fma.fma(near, square, S3);
        near = Fma.fma(near, square, S2);
        near = Fma.fma(near, square, S1);
        near = Fma.fma(near, square, S0);
        near = Fma.fma(near, a, a);
        float g = Fma.fma(G6, a, G5);
        g = Fma.fma(g, a, G4);
        g = Fma.fma(g, a, G3);
        g = Fma.fma(g, a, G2);
        g = Fma.fma(g, a, G1);
        g = Fma.fma(-a, a, Fma.fma(g, a, G0));
        float bits = Fma.fma(g, LOG2_E, SHIFT_BIAS);
        float r = Fma.fma(bits - SHIFT_BIAS, -LN2, g);
        float far = Fma.fma(expNear(r), -Float.intBitsToFloat(Float.floatToRawIntBits(bits) << 23), 1);
        return copySign(a < ERF_SPLIT ? near : far, x);
    }

    /**
     * The x that a standard normal variable stays below with probability p. With q = min(p, 1 - p) and the sign of
     * p - 1/2: a·M(a²) with a = 1/2 - q in the middle, SLOPE·s + U(s)/V(s) with s = √(-log q) in the tails.
     *
     * @param p the probability
     * @return Φ⁻¹(p); -∞ at ±0, ∞ at 1, NaN outside
     */
    public static float inverseNormal(float p) {
        float t = p - 0.5f; // exact from 1/4 on, as 1 - p is from 1/2 on
        float q = p < 0.5f ? p : 1 - p;
        float a = Math.abs(t);
        float square = a * a;
        float near = Fma.fma(Fma.fma(M7, square, M6), square, M5);
        near = Fma.fma(Fma.fma(near, square, M4), square, M3);
        near = Fma.fma(Fma.fma(near, square, M2), square, M1);
        near = Fma.fma(near, square, M0) * a;
        int bits = Float.floatToRawIntBits(q * PROBABILITY_UP);
        int exponent = (bits - LEAST_FRACTION) & EXPONENT;
        float f = 1 - Float.intBitsToFloat(bits - exponent);
        float e = exponent - PROBABILITY_UP_BITS;
        float fraction = f * f;
        float even = Fma.fma(Fma.fma(Fma.fma(N8, fraction, N6), fraction, N4), fraction, N2);
        float odd = Fma.fma(Fma.fma(N7, fraction, N5), fraction, N3);
        float w = Fma.fma(e, -LN2_OF_BITS, Fma.fma(Fma.fma(odd, f, even), fraction, f));
        float s = (float) Math.sqrt(w);
        float u = Fma.fma(Fma.fma(Fma.fma(Fma.fma(U4, s, U3), s, U2), s, U1), s, U0);
        float v = Fma.fma(Fma.fma(Fma.fma(V3, s, V2), s, V1), s, 1);
        float far = Fma.fma(s, SLOPE, u / v);
        float y = q < INVERSE_NORMAL_SPLIT ? far : near;
        y = q > 0 ? y : q == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        return copySign(y, t);
    }

    /** r = x - n·ln 2. */
    private static float reduce(float n, float x) {
        return Fma.fma(n, -LN2_LOW, Fma.fma(n, -LN2, x));
    }

    /** (e^r - 1 - r)/r², even and odd powers in chains of their own. */
    private static float tail(float r, float square) {
        float p = Fma.fma(E6, square, Fma.fma(E5, r, E4));
        return Fma.fma(p, square, Fma.fma(E3, r, E2));
    }

    /** e^r for |r| up to ln 2 / 2. */
    private static float expNear(float r) {
        return expm1Near(r) + 1;
    }

    /** e^r - 1 for |r| up to ln 2 / 2. */
    private static float expm1Near(float r) {
        float square = r * r;
        return Fma.fma(tail(r, square), square, r);
    }

    /** y, not negative or of x's sign, with the sign of x. */
    private static float copySign(float y, float x) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(y) | (Float.floatToRawIntBits(x) & SIGN));
    }

    /** Array form of {@link #exp(float)}. */
    public static void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = exp(x[xOffset + i]);
        }
    }

    /** Array form of {@link #expm1(float)}. */
    public static void expm1(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = expm1(x[xOffset + i]);
        }
    }

    /** Array form of {@link #log(float)}. */
    public static void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = log(x[xOffset + i]);
        }
    }

    /** Array form of {@link #tanh(float)}. */
    public static void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = tanh(x[xOffset + i]);
        }
    }

    /** Array form of {@link #sigmoid(float)}. */
    public static void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = sigmoid(x[xOffset + i]);
        }
    }

    /** Array form of {@link #softplus(float)}. */
    public static void softplus(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = softplus(x[xOffset + i]);
        }
    }

    /** Array form of {@link #erf(float)}. */
    public static void erf(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = erf(x[xOffset + i]);
        }
    }

    /** Array form of {@link #inverseNormal(float)}. */
    public static void inverseNormal(int n, float[] p, int pOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = inverseNormal(p[pOffset + i]);
        }
    }
}
