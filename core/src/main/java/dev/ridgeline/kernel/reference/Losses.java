package dev.ridgeline.kernel.reference;

/** Softmax and the losses. See {@link dev.ridgeline.kernel.Losses}. */
public final class Losses {
    /** What a row's sum adds up. */
    private enum Term {
        /** a_j. */
        VALUE,
        /** a_j·b_j. */
        PRODUCT
    }

    private Losses() {}

    /** See {@link dev.ridgeline.kernel.Losses#softmax}. */
    public static void softmax(int rows, int columns, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < rows; i++) {
            int xRow = xOffset + i * columns;
            int yRow = yOffset + i * columns;
            subtractMax(columns, x, xRow, y, yRow);
            Elementary.exp(columns, y, yRow, y, yRow);
            divideBySum(columns, y, yRow);
        }
    }

    /** See {@link dev.ridgeline.kernel.Losses#softmaxGradient}. */
    public static void softmaxGradient(
            int rows, int columns, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        for (int i = 0; i < rows; i++) {
            int row = i * columns;
            float dot = sum(Term.PRODUCT, columns, y, yOffset + row, dy, dyOffset + row);
            for (int j = row; j < row + columns; j++) {
                dx[dxOffset + j] = y[yOffset + j] * (dy[dyOffset + j] - dot);
            }
        }
    }

    /** See {@link dev.ridgeline.kernel.Losses#softmaxCrossEntropy}. */
    public static void softmaxCrossEntropy(
            int rows,
            int columns,
            float[] logits,
            int offset,
            int[] labels,
            int labelsOffset,
            float[] rowLoss,
            int lossOffset,
            float[] gradient,
            int gradientOffset) {
        for (int i = 0; i < rows; i++) {
            int row = gradientOffset + i * columns;
            int label = row + labels[labelsOffset + i];
            subtractMax(columns, logits, offset + i * columns, gradient, row);
            float shifted = gradient[label];
            Elementary.exp(columns, gradient, row, gradient, row);
            rowLoss[lossOffset + i] = crossEntropyRow(columns, gradient, row, label, shifted, 1f / rows);
        }
    }

    /** See {@link dev.ridgeline.kernel.Losses#smoothSoftmaxCrossEntropy}. */
    public static void smoothSoftmaxCrossEntropy(
            int rows,
            int columns,
            float smoothing,
            float[] logits,
            int offset,
            int[] labels,
            int labelsOffset,
            float[] rowLoss,
            int lossOffset,
            float[] gradient,
            int gradientOffset) {
        float share = smoothing / columns / rows;
        for (int i = 0; i < rows; i++) {
            int label = labels[labelsOffset + i];
            int row = gradientOffset + i * columns;
            double own = logits[offset + i * columns + label];
            double lead = 0;
            for (int j = 0; j < columns; j++) {
                lead += own - logits[offset + i * columns + j];
                gradient[row + j] -= share;
            }
            gradient[row + label] += smoothing / rows;
            rowLoss[lossOffset + i] += (float) (smoothing * (lead / columns));
        }
    }

    /** See {@link dev.ridgeline.kernel.Losses#binaryCrossEntropy}. */
    public static void binaryCrossEntropy(
            int n,
            float[] logits,
            int offset,
            int[] labels,
            int labelsOffset,
            float[] rowLoss,
            int lossOffset,
            float[] gradient,
            int gradientOffset) {
        binaryCrossEntropy(
                0, n, 1f / n, logits, offset, labels, labelsOffset, rowLoss, lossOffset, gradient, gradientOffset);
    }

    /** The elements from..n-1, with 1/(elements of the whole batch) as {@code scale}. */
    public static void binaryCrossEntropy(
            int from,
            int n,
            float scale,
            float[] logits,
            int offset,
            int[] labels,
            int labelsOffset,
            float[] rowLoss,
            int lossOffset,
            float[] gradient,
            int gradientOffset) {
        for (int i = from; i < n; i++) {
            int flip = labels[labelsOffset + i] << 31; // label 1 is label 0 with the opposite logit
            float z = flip(logits[offset + i], flip);
            rowLoss[lossOffset + i] = Elementary.softplus(z);
            gradient[gradientOffset + i] = flip(Elementary.sigmoid(z) * scale, flip);
        }
    }

    /** See {@link dev.ridgeline.kernel.Losses#smoothBinaryCrossEntropy}. */
    public static void smoothBinaryCrossEntropy(
            int n,
            float smoothing,
            float[] logits,
            int offset,
            int[] labels,
            int labelsOffset,
            float[] rowLoss,
            int lossOffset,
            float[] gradient,
            int gradientOffset) {
        float scale = 1f / n;
        for (int i = 0; i < n; i++) {
            float shift = smoothing * (labels[labelsOffset + i] - 0.5f);
            rowLoss[lossOffset + i] += shift * logits[offset + i];
            gradient[gradientOffset + i] += shift * scale;
        }
    }

    /** See {@link dev.ridgeline.kernel.Losses#meanSquaredError}. */
    public static void meanSquaredError(
            int n,
            float[] outputs,
            int offset,
            float[] targets,
            int targetsOffset,
            float[] elementLoss,
            int lossOffset,
            float[] gradient,
            int gradientOffset) {
        float scale = 2f / n;
        for (int i = 0; i < n; i++) {
            float difference = outputs[offset + i] - targets[targetsOffset + i];
            elementLoss[lossOffset + i] = difference * difference;
            gradient[gradientOffset + i] = difference * scale;
        }
    }

    /** y_j = x_j - max x. */
    public static void subtractMax(int columns, float[] x, int xRow, float[] y, int yRow) {
        float max = max(columns, x, xRow);
        for (int j = 0; j < columns; j++) {
            y[yRow + j] = x[xRow + j] - max;
        }
    }

    /** y_j ← y_j/Σy. */
    public static void divideBySum(int columns, float[] y, int row) {
        float inverse = 1 / sum(columns, y, row);
        for (int j = row; j < row + columns; j++) {
            y[j] *= inverse;
        }
    }

    /**
     * Turns a row of exponentials into the gradient and returns the row's loss.
     *
     * @param columns the number of classes
     * @param e e^(z_j - max) on entry, (softmax - onehot)·scale on return
     * @param row where the row starts
     * @param label where the label's element is
     * @param shifted z_label - max
     * @param scale 1/rows
     * @return log Σe - shifted, accurate for small losses too
     */
    public static float crossEntropyRow(int columns, float[] e, int row, int label, float shifted, float scale) {
        float own = e[label];
        e[label] = 0;
        float others = sum(columns, e, row);
        float factor = scale / (others + own);
        for (int j = row; j < row + columns; j++) {
            e[j] *= factor;
        }
        e[label] = 0 - others * factor; // softmax - 1 without the difference, and never -0
        return crossEntropy(others, own, shifted);
    }

    /**
     * log(others + own) - shifted, own = e^shifted. Where the label leads (shifted is 0, own is 1) it is log1p(others), which
     * keeps small losses: what rounding 1 + t to u loses, t/(u - 1) puts back (Goldberg, 1991, theorem 4). No branches: which
     * label leads is for nobody to predict.
     */
    private static float crossEntropy(float others, float own, float shifted) {
        float u = others + own;
        float log = Elementary.log(u);
        float uMinus1 = u - 1;
        float leading = ifZero(uMinus1, others, log * (others / uMinus1));
        return ifZero(shifted, leading, log - shifted);
    }

    /** Returns {@code zero} if x is zero, else {@code other}. */
    private static float ifZero(float x, float zero, float other) {
        int magnitude = Float.floatToRawIntBits(x) << 1;
        int mask = (magnitude | -magnitude) >> 31; // all ones unless it is zero
        return Float.intBitsToFloat(Float.floatToRawIntBits(zero) & ~mask | Float.floatToRawIntBits(other) & mask);
    }

    /** The maximum of a row, by integers of the same order: those are compared without branches. */
    private static float max(int columns, float[] x, int row) {
        int max = ordered(Float.floatToRawIntBits(x[row]));
        for (int j = row + 1; j < row + columns; j++) {
            max = Math.max(ordered(Float.floatToRawIntBits(x[j])), max);
        }
        return Float.intBitsToFloat(ordered(max));
    }

    /** Turns the bits of floats into integers of the same order and back. */
    private static int ordered(int bits) {
        return bits ^ (bits >> 31) >>> 1;
    }

    /** x, or -x where the sign bit of flip is set. */
    private static float flip(float x, int flip) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(x) ^ flip);
    }

    /** The sum of a row. Up to 16 columns, the common case, most lanes are +0 and leave a short tree. */
    private static float sum(int columns, float[] a, int row) {
        if (columns > 16) {
            return sum(Term.VALUE, columns, a, row, null, 0);
        }
        return (quarter(0, columns, a, row) + quarter(2, columns, a, row))
                + (quarter(1, columns, a, row) + quarter(3, columns, a, row));
    }

    private static float quarter(int i, int columns, float[] a, int row) {
        return (lane(i, columns, a, row) + lane(i + 8, columns, a, row))
                + (lane(i + 4, columns, a, row) + lane(i + 12, columns, a, row));
    }

    private static float lane(int i, int columns, float[] a, int row) {
        return i < columns ? a[row + i] : 0;
    }

    /** The sum of a row's terms: 64 lanes folded by halves. The last folds first, as a tree seen from its root. */
    private static float sum(Term term, int columns, float[] a, int aRow, float[] b, int bRow) {
        return (quarter(0, term, columns, a, aRow, b, bRow) + quarter(2, term, columns, a, aRow, b, bRow))
                + (quarter(1, term, columns, a, aRow, b, bRow) + quarter(3, term, columns, a, aRow, b, bRow));
    }

    /** The sum of the lanes i, i+4, i+8 ... */
    private static float quarter(int i, Term term, int columns, float[] a, int aRow, float[] b, int bRow) {
        return (sixteenth(i, term, columns, a, aRow, b, bRow) + sixteenth(i + 8, term, columns, a, aRow, b, bRow))
                + (sixteenth(i + 4, term, columns, a, aRow, b, bRow)
                        + sixteenth(i + 12, term, columns, a, aRow, b, bRow));
    }

    /** The sum of the lanes i, i+16, i+32, i+48. */
    private static float sixteenth(int i, Term term, int columns, float[] a, int aRow, float[] b, int bRow) {
        return (lane(i, term, columns, a, aRow, b, bRow) + lane(i + 32, term, columns, a, aRow, b, bRow))
                + (lane(i + 16, term, columns, a, aRow, b, bRow) + lane(i + 48, term, columns, a, aRow, b, bRow));
    }

    /** The chain of the elements i, i+64, i+128 ... */
    private static float lane(int i, Term term, int columns, float[] a, int aRow, float[] b, int bRow) {
        float sum = 0;
        for (int j = i; j < columns; j += 64) {
            sum = add(term, j, a, aRow, b, bRow, sum);
        }
        return sum;
    }

    private static float add(Term term, int j, float[] a, int aRow, float[] b, int bRow, float sum) {
        return switch (term) {
            case VALUE -> sum + a[aRow + j];
            case PRODUCT -> Fma.fma(a[aRow + j], b[bRow + j], sum);
        };
    }
}
