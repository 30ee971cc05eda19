package dev.ridgeline.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.kernel.reference.Fma;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every product is compared bit for bit with a triple loop of this test's own. */
class GemmTest {
    /** A NaN that no kernel makes: what lies around C and must stay. */
    private static final float CANARY = Float.intBitsToFloat(0x7fc54321);

    private static final float[] SPECIALS = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        -0f,
        0f,
        Float.MIN_VALUE,
        -1e-40f,
        Float.MAX_VALUE,
        -Float.MAX_VALUE
    };

    enum Form {
        NN,
        TN,
        NT;

        int rowsOfA(int m, int k) {
            return this == TN ? k : m;
        }

        int columnsOfA(int m, int k) {
            return this == TN ? m : k;
        }

        int rowsOfB(int n, int k) {
            return this == NT ? n : k;
        }

        int columnsOfB(int n, int k) {
            return this == NT ? k : n;
        }

        void multiply(
                int m, int n, int k, boolean accumulate, Matrix a, Matrix b, Row bias, GemmScratch scratch, Matrix c) {
            switch (this) {
                case NN ->
                    Gemm.nn(
                            m,
                            n,
                            k,
                            accumulate,
                            a.array,
                            a.offset,
                            a.ld,
                            b.array,
                            b.offset,
                            b.ld,
                            bias.array,
                            bias.offset,
                            scratch,
                            c.array,
                            c.offset,
                            c.ld);
                case TN ->
                    Gemm.tn(
                            m,
                            n,
                            k,
                            accumulate,
                            a.array,
                            a.offset,
                            a.ld,
                            b.array,
                            b.offset,
                            b.ld,
                            bias.array,
                            bias.offset,
                            scratch,
                            c.array,
                            c.offset,
                            c.ld);
                case NT ->
                    Gemm.nt(
                            m,
                            n,
                            k,
                            accumulate,
                            a.array,
                            a.offset,
                            a.ld,
                            b.array,
                            b.offset,
                            b.ld,
                            bias.array,
                            bias.offset,
                            scratch,
                            c.array,
                            c.offset,
                            c.ld);
            }
        }

        void reference(int m, int n, int k, boolean accumulate, Matrix a, Matrix b, Row bias, Matrix c) {
            switch (this) {
                case NN ->
                    dev.ridgeline.kernel.reference.Gemm.nn(
                            m,
                            n,
                            k,
                            accumulate,
                            a.array,
                            a.offset,
                            a.ld,
                            b.array,
                            b.offset,
                            b.ld,
                            bias.array,
                            bias.offset,
                            c.array,
                            c.offset,
                            c.ld);
                case TN ->
                    dev.ridgeline.kernel.reference.Gemm.tn(
                            m,
                            n,
                            k,
                            accumulate,
                            a.array,
                            a.offset,
                            a.ld,
                            b.array,
                            b.offset,
                            b.ld,
                            bias.array,
                            bias.offset,
                            c.array,
                            c.offset,
                            c.ld);
                case NT ->
                    dev.ridgeline.kernel.reference.Gemm.nt(
                            m,
                            n,
                            k,
                            accumulate,
                            a.array,
                            a.offset,
                            a.ld,
                            b.array,
                            b.offset,
                            b.ld,
                            bias.array,
                            bias.offset,
                            c.array,
                            c.offset,
                            c.ld);
            }
        }
    }

    /** The array ends with the last element of the matrix, so that a read too far is an exception. */
    record Matrix(float[] array, int offset, int ld) {
        static Matrix of(int rows, int columns, int offset, int ld) {
            int end = rows == 0 || columns == 0 ? offset : offset + (rows - 1) * ld + columns;
            // some with room behind: kernels may read on there
            return new Matrix(new float[end + 40 * (offset & 1)], offset, ld);
        }

        float get(int row, int column) {
            return array[offset + row * ld + column];
        }

        Matrix copy() {
            return new Matrix(array.clone(), offset, ld);
        }
    }

    record Row(float[] array, int offset) {}

    private final GemmScratch scratch = new GemmScratch();
    private final Random random = new Random(5);

    /** Small shapes around the edges of the tiles, of 4, 8 and 16 lanes, in every form. */
    @Tag("bits")
    @ParameterizedTest
    @EnumSource
    void smallShapes(Form form) {
        for (int m : new int[] {0, 1, 5, 13}) {
            for (int n : new int[] {0, 1, 4, 7, 9, 17, 33}) {
                for (int k : new int[] {0, 1, 17}) {
                    check(form, m, n, k, random.nextBoolean(), random.nextBoolean(), m == 5);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyEdgeOfTheTile(Form form) {
        for (int m = 1; m <= 26; m++) {
            for (int n = 1; n <= 66; n++) {
                int k = random.nextInt(20);
                check(form, m, n, k, random.nextBoolean(), random.nextBoolean(), false);
                check(form, m, n, k, random.nextBoolean(), random.nextBoolean(), true);
            }
        }
    }

    /** Blocks of k, of A and of B, packed and read in place: see Blocking. */
    @ParameterizedTest
    @CsvSource({
        "13, 35, 1025",
        "13, 33, 2049",
        "7, 5, 3001", // two and three blocks of k
        "131, 65, 1024",
        "3700, 17, 1151", // two blocks of A
        "50, 260, 7",
        "50, 260, 12",
        "270, 259, 1201", // A transposed in strips
        "131, 10, 64",
        "70, 6, 33",
        "10, 64, 128", // few columns, one strip
        "3, 2085, 1031",
        "12, 4129, 601", // two and more blocks of B
        "61, 97, 211",
        "128, 784, 12",
        "101, 103, 107",
        "33, 203, 150",
        "32, 128, 784", // flat: NT is computed transposed
        "255, 31, 257"
    })
    void blocks(int m, int n, int k) {
        for (Form form : Form.values()) {
            check(form, m, n, k, false, true, false);
            check(form, m, n, k, true, false, false);
        }
    }

    /** Distant rows of A or B make packing worth its while: the leading dimensions are those of large matrices. */
    @ParameterizedTest
    @CsvSource({
        "61, 37, 400, 1024, 450",
        "30, 97, 90, 2048, 2100",
        "61, 70, 1100, 1100, 600",
        "270, 97, 1024, 1024, 97",
        "35, 333, 160, 400, 200"
    })
    void distantRows(int m, int n, int k, int lda, int ldb) {
        for (Form form : Form.values()) {
            int ldaOfForm = Math.max(lda, form.columnsOfA(m, k));
            int ldbOfForm = Math.max(ldb, form.columnsOfB(n, k));
            Matrix a = fill(Matrix.of(form.rowsOfA(m, k), form.columnsOfA(m, k), 3, ldaOfForm), false);
            Matrix b = fill(Matrix.of(form.rowsOfB(n, k), form.columnsOfB(n, k), 1, ldbOfForm), false);
            check(form, m, n, k, true, a, b, new Row(null, 0), n + 5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void randomShapes(Form form) {
        for (int i = 0; i < 300; i++) {
            check(
                    form,
                    random.nextInt(140),
                    random.nextInt(140),
                    random.nextInt(140),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean());
        }
    }

    /** -0 + 0·(-1) is -0; only a bias of +0 makes it +0. */
    @Tag("bits")
    @ParameterizedTest
    @EnumSource
    void minusZeroStays(Form form) {
        for (int n : new int[] {5, 40}) {
            Matrix zero = new Matrix(new float[2500], 0, 50);
            Matrix minusOne = new Matrix(new float[2500], 0, 50);
            Arrays.fill(minusOne.array, -1);
            float[] minusZeros = new float[2500];
            Arrays.fill(minusZeros, -0f);
            Matrix c = new Matrix(minusZeros.clone(), 0, 50);
            form.multiply(25, n, 3, true, zero, minusOne, new Row(null, 0), scratch, c);
            assertArrayEquals(bits(minusZeros), bits(c.array));
            form.multiply(25, n, 3, true, zero, minusOne, new Row(zero.array, 0), scratch, c);
            assertEquals(0, Float.floatToRawIntBits(c.get(24, n - 1)));
        }
    }

    /** What was computed before must not shine through the buffers and the padding of the tiles. */
    @ParameterizedTest
    @EnumSource
    void buffersHoldNothingBack(Form form) {
        int[][] shapes = {{50, 70, 40}, {5, 9, 3}, {13, 33, 17}, {1, 1, 1}};
        for (int[] shape : shapes) {
            Matrix nan = new Matrix(new float[20_000], 0, 100);
            Arrays.fill(nan.array, Float.NaN);
            Matrix discarded = new Matrix(new float[9_000], 0, 100);
            form.multiply(60, 90, 60, true, nan, nan, new Row(nan.array, 0), scratch, discarded);
            check(form, shape[0], shape[1], shape[2], false, true, false);
            check(form, shape[0], shape[1], shape[2], true, false, false);
        }
    }

    /** Threads compute parts of C: at the borders of tiles, and anywhere else. */
    @ParameterizedTest
    @EnumSource
    void partsGiveTheSameBits(Form form) {
        int m = 3 * Gemm.rowTile() + 5;
        int n = 3 * Gemm.columnTile() + 7;
        int k = 19;
        Matrix a = fill(Matrix.of(form.rowsOfA(m, k), form.columnsOfA(m, k), 0, m + k), false);
        Matrix b = fill(Matrix.of(form.rowsOfB(n, k), form.columnsOfB(n, k), 0, n + k), false);
        Matrix whole = Matrix.of(m, n, 0, n);
        form.multiply(m, n, k, false, a, b, new Row(null, 0), scratch, whole);
        int[][] borders = {{2 * Gemm.rowTile(), 2 * Gemm.columnTile()}, {m / 2, 5}, {1, n - 1}};
        for (int[] border : borders) {
            Matrix parts = Matrix.of(m, n, 0, n);
            int[] rows = {0, border[0], m};
            int[] columns = {0, border[1], n};
            for (int r = 0; r < 2; r++) {
                for (int s = 0; s < 2; s++) {
                    int i = rows[r];
                    int j = columns[s];
                    Matrix partA = new Matrix(a.array, i * (form == Form.TN ? 1 : a.ld), a.ld);
                    Matrix partB = new Matrix(b.array, j * (form == Form.NT ? b.ld : 1), b.ld);
                    Matrix partC = new Matrix(parts.array, i * n + j, n);
                    form.multiply(
                            rows[r + 1] - i,
                            columns[s + 1] - j,
                            k,
                            false,
                            partA,
                            partB,
                            new Row(null, 0),
                            scratch,
                            partC);
                }
            }
            assertArrayEquals(bits(whole.array), bits(parts.array));
        }
    }

    @Test
    void tileFitsTheMachine() {
        assertTrue(Gemm.rowTile() >= 1 && Gemm.columnTile() >= 1);
        if (Kernels.VECTOR) {
            assertEquals(2 * VectorShapes.LANES, Gemm.columnTile());
        }
    }

    @Test
    void refusesNegativeSizes() {
        float[] x = new float[100];
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> Gemm.nn(2, -1, 2, false, x, 0, 2, x, 0, 2, null, 0, scratch, x, 0, 2));
        assertEquals("m = 2, n = -1, k = 2: no size may be negative", e.getMessage());
    }

    @Test
    void refusesLeadingDimensionBelowTheColumns() {
        float[] x = new float[100];
        assertMessage(
                "A: leading dimension 2", () -> Gemm.nn(4, 4, 3, false, x, 0, 2, x, 0, 4, null, 0, scratch, x, 0, 4));
        assertMessage(
                "A: leading dimension 3", () -> Gemm.tn(4, 4, 3, false, x, 0, 3, x, 0, 4, null, 0, scratch, x, 0, 4));
        assertMessage(
                "B: leading dimension 3", () -> Gemm.nn(4, 4, 3, false, x, 0, 3, x, 0, 3, null, 0, scratch, x, 0, 4));
        assertMessage(
                "B: leading dimension 2", () -> Gemm.nt(4, 4, 3, false, x, 0, 3, x, 0, 2, null, 0, scratch, x, 0, 4));
        assertMessage(
                "C: leading dimension 3", () -> Gemm.nt(4, 4, 3, false, x, 0, 3, x, 0, 3, null, 0, scratch, x, 0, 3));
    }

    private static void assertMessage(String start, org.junit.jupiter.api.function.Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.startsWith(start), message);
    }

    /** Each array is one element too short in turn; nothing may be written then. */
    @ParameterizedTest
    @EnumSource
    void refusesWhatDoesNotFit(Form form) {
        int m = 5;
        int n = 6;
        int k = 7;
        for (int part = 0; part < 5; part++) {
            Matrix a = new Matrix(new float[1 + 34 + (part == 0 ? 0 : 1)], 1, form == Form.TN ? 5 : 7);
            Matrix b = new Matrix(new float[2 + 41 + (part == 1 ? 0 : 1)], 2, form == Form.NT ? 7 : 6);
            Row bias = new Row(new float[3 + 5 + (part == 2 ? 0 : 1)], 3);
            Matrix c = new Matrix(new float[4 + 29 + (part == 3 ? 0 : 1)], 4, 6);
            if (part == 4) {
                form.multiply(m, n, k, false, a, b, bias, scratch, c); // nothing is too short
                continue;
            }
            Arrays.fill(c.array, CANARY);
            String name = new String[] {"A: ", "B: ", "bias: ", "C: "}[part];
            String message = assertThrows(
                            IndexOutOfBoundsException.class,
                            () -> form.multiply(m, n, k, false, a, b, bias, scratch, c))
                    .getMessage();
            assertTrue(message.startsWith(name), message);
            for (float x : c.array) {
                assertEquals(Float.floatToRawIntBits(CANARY), Float.floatToRawIntBits(x));
            }
        }
    }

    @Test
    void refusesNegativeOffsetsAndOverflow() {
        float[] x = new float[100];
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Gemm.nn(2, 2, 2, false, x, -1, 2, x, 0, 2, null, 0, scratch, x, 0, 2));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Gemm.nn(1 << 16, 2, 2, false, x, 0, 1 << 16, x, 0, 2, null, 0, scratch, x, 0, 2));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Gemm.nn(2, 2, 2, false, x, Integer.MAX_VALUE, 2, x, 0, 2, null, 0, scratch, x, 0, 2));
    }

    @Test
    void refusesNullScratch() {
        float[] x = new float[100];
        assertThrows(
                NullPointerException.class, () -> Gemm.nn(2, 2, 2, false, x, 0, 2, x, 0, 2, null, 0, null, x, 0, 2));
    }

    private void check(Form form, int m, int n, int k, boolean accumulate, boolean withBias, boolean specials) {
        int columnsOfA = form.columnsOfA(m, k);
        int columnsOfB = form.columnsOfB(n, k);
        Matrix a = fill(
                Matrix.of(form.rowsOfA(m, k), columnsOfA, random.nextInt(4), columnsOfA + random.nextInt(4)), specials);
        Matrix b = fill(
                Matrix.of(form.rowsOfB(n, k), columnsOfB, random.nextInt(4), columnsOfB + random.nextInt(4)), specials);
        int biasOffset = random.nextInt(4);
        Row bias =
                withBias ? new Row(fill(Matrix.of(1, n, biasOffset, n), specials).array, biasOffset) : new Row(null, 0);
        check(form, m, n, k, accumulate, a, b, bias, Math.max(1, n + random.nextInt(4)));
    }

    private void check(Form form, int m, int n, int k, boolean accumulate, Matrix a, Matrix b, Row bias, int ldc) {
        int offset = 1 + random.nextInt(4);
        Matrix c = new Matrix(new float[offset + Math.max(0, (m - 1) * ldc + n) + random.nextInt(3)], offset, ldc);
        Arrays.fill(c.array, CANARY);
        if (accumulate) {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    c.array[offset + i * ldc + j] = random.nextInt(50) == 0 ? -0f : random.nextFloat() - 0.5f;
                }
            }
        }
        Matrix expected = c.copy();
        naive(form, m, n, k, accumulate, a, b, bias, expected);
        Matrix ofReference = c.copy();
        form.reference(m, n, k, accumulate, a, b, bias, ofReference);
        float[] beforeA = a.array.clone();
        float[] beforeB = b.array.clone();

        form.multiply(m, n, k, accumulate, a, b, bias, scratch, c);

        String what = form + " m=" + m + " n=" + n + " k=" + k + (accumulate ? " accumulate" : "")
                + (bias.array == null ? "" : " bias") + " at ";
        compare("reference " + what, m, n, expected, ofReference);
        compare(what, m, n, expected, c);
        assertArrayEquals(bits(beforeA), bits(a.array), what);
        assertArrayEquals(bits(beforeB), bits(b.array), what);
    }

    /** Inside C NaNs are all alike; around it every bit counts. */
    private static void compare(String what, int m, int n, Matrix expected, Matrix actual) {
        for (int x = 0; x < expected.array.length; x++) {
            int column = x < expected.offset ? n : (x - expected.offset) % expected.ld;
            int row = (x - expected.offset) / expected.ld;
            boolean inside = column < n && row < m;
            int e = inside ? Float.floatToIntBits(expected.array[x]) : Float.floatToRawIntBits(CANARY);
            int y = inside ? Float.floatToIntBits(actual.array[x]) : Float.floatToRawIntBits(actual.array[x]);
            if (e != y) {
                assertEquals(Integer.toHexString(e), Integer.toHexString(y), what + row + ", " + column);
            }
        }
    }

    private static void naive(
            Form form, int m, int n, int k, boolean accumulate, Matrix a, Matrix b, Row bias, Matrix c) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                float sum = accumulate ? c.get(i, j) : 0;
                for (int p = 0; p < k; p++) {
                    float x = form == Form.TN ? a.get(p, i) : a.get(i, p);
                    float y = form == Form.NT ? b.get(j, p) : b.get(p, j);
                    sum = Fma.fma(x, y, sum);
                }
                c.array[c.offset + i * c.ld + j] = bias.array == null ? sum : sum + bias.array[bias.offset + j];
            }
        }
    }

    /** Values of very different size, so that every other order of summation shows; NaN around them. */
    private Matrix fill(Matrix matrix, boolean specials) {
        float[] x = matrix.array;
        for (int i = 0; i < x.length; i++) {
            boolean special = specials && random.nextInt(40) == 0;
            x[i] = special
                    ? SPECIALS[random.nextInt(SPECIALS.length)]
                    : (random.nextFloat() - 0.5f) * (1 << random.nextInt(12));
        }
        for (int i = 0; i < matrix.offset; i++) {
            x[i] = Float.NaN;
        }
        return matrix;
    }

    private static int[] bits(float[] x) {
        int[] bits = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            bits[i] = Float.floatToRawIntBits(x[i]);
        }
        return bits;
    }
}
