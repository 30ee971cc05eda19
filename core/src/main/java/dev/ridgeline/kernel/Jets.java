package dev.ridgeline.kernel;

import java.util.Objects;

/**
 * Derivatives carried through an element-wise function a = f(z), and their adjoints. A jet is a value with its first (and
 * second) derivatives along some directions x_1 .. x_count. By Faà di Bruno's formula
 *
 * <pre>
 *   a'_b  = f'(z)·z'_b
 *   a''_b = f''(z)·z'_b² + f'(z)·z''_b
 * </pre>
 *
 * <p>The first derivatives are {@code count} blocks of n elements, one a direction, from {@code offset} on; the second
 * derivatives are {@code count} more blocks right after them. The arrays d1, d2, d3 hold f', f'', f''' at the n values.
 * Every method works on the elements from..to-1 of each block, so that threads may share the work.
 *
 * <p>Every product and every sum is rounded; the sum over directions is one ascending chain.
 */
public final class Jets {
    private Jets() {}

    /**
     * a'_b = f'·z'_b. May work in place.
     *
     * @param n the elements of a block
     * @param from the first element
     * @param to the element after the last
     * @param count the number of directions
     * @param offset where the first derivatives start in z and a
     * @param d1 f', n elements; not modified
     * @param z the derivatives of z; not modified
     * @param a the derivatives of a; modified
     * @throws IndexOutOfBoundsException if a block does not fit into its array
     */
    public static void first(int n, int from, int to, int count, int offset, float[] d1, float[] z, float[] a) {
        check(n, from, to, count, offset, d1.length, z.length, a.length);
        int done = Kernels.vector(to - from) ? JetsVector.first(n, from, to, count, offset, d1, z, a) : from;
        dev.ridgeline.kernel.reference.Jets.first(n, done, to, count, offset, d1, z, a);
    }

    /**
     * a'_b = f'·z'_b and a''_b = f''·z'_b·z'_b + f'·z''_b. Not in place.
     *
     * @param n the elements of a block
     * @param from the first element
     * @param to the element after the last
     * @param count the number of directions
     * @param offset where the first derivatives start in z and a
     * @param d1 f', n elements; not modified
     * @param d2 f'', n elements; not modified
     * @param z the derivatives of z; not modified
     * @param a the derivatives of a; modified
     * @throws IndexOutOfBoundsException if a block does not fit into its array
     */
    public static void second(
            int n, int from, int to, int count, int offset, float[] d1, float[] d2, float[] z, float[] a) {
        check(n, from, to, 2 * count, offset, Math.min(d1.length, d2.length), z.length, a.length);
        int done = Kernels.vector(to - from) ? JetsVector.second(n, from, to, count, offset, d1, d2, z, a) : from;
        dev.ridgeline.kernel.reference.Jets.second(n, done, to, count, offset, d1, d2, z, a);
    }

    /**
     * The adjoint of {@link #first}, in place: from the gradients g_b to a'_b and v to a it makes those to z'_b and z,
     *
     * <pre>
     *   v   ← f'·v + Σ_b f''·z'_b·g_b
     *   g_b ← f'·g_b
     * </pre>
     *
     * @param n the elements of a block
     * @param from the first element
     * @param to the element after the last
     * @param count the number of directions
     * @param offset where the first derivatives start in z and gradient
     * @param d1 f', n elements; not modified
     * @param d2 f'', n elements; not modified
     * @param z the derivatives of z; not modified
     * @param gradient g; modified
     * @param value v, n elements from 0; modified; may be the array {@code gradient} if the blocks start behind it
     * @throws IndexOutOfBoundsException if a block does not fit into its array
     */
    public static void firstGradient(
            int n,
            int from,
            int to,
            int count,
            int offset,
            float[] d1,
            float[] d2,
            float[] z,
            float[] gradient,
            float[] value) {
        int points = Math.min(Math.min(d1.length, d2.length), value.length);
        check(n, from, to, count, offset, points, z.length, gradient.length);
        int done = Kernels.vector(to - from)
                ? JetsVector.firstGradient(n, from, to, count, offset, d1, d2, z, gradient, value)
                : from;
        dev.ridgeline.kernel.reference.Jets.firstGradient(n, done, to, count, offset, d1, d2, z, gradient, value);
    }

    /**
     * The adjoint of {@link #second}, in place: from the gradients g_b to a'_b, h_b to a''_b and v to a it makes those to
     * z'_b, z''_b and z,
     *
     * <pre>
     *   v   ← f'·v + Σ_b (f''·z'_b·g_b + (f'''·z'_b² + f''·z''_b)·h_b)
     *   g_b ← f'·g_b + 2·f''·z'_b·h_b
     *   h_b ← f'·h_b
     * </pre>
     *
     * @param n the elements of a block
     * @param from the first element
     * @param to the element after the last
     * @param count the number of directions
     * @param offset where the first derivatives start in z and gradient
     * @param d1 f', n elements; not modified
     * @param d2 f'', n elements; not modified
     * @param d3 f''', n elements; not modified
     * @param z the derivatives of z; not modified
     * @param gradient g, and h after it; modified
     * @param value v, n elements from 0; modified; may be the array {@code gradient} if the blocks start behind it
     * @throws IndexOutOfBoundsException if a block does not fit into its array
     */
    public static void secondGradient(
            int n,
            int from,
            int to,
            int count,
            int offset,
            float[] d1,
            float[] d2,
            float[] d3,
            float[] z,
            float[] gradient,
            float[] value) {
        int points = Math.min(Math.min(d1.length, d2.length), Math.min(d3.length, value.length));
        check(n, from, to, 2 * count, offset, points, z.length, gradient.length);
        int done = Kernels.vector(to - from)
                ? JetsVector.secondGradient(n, from, to, count, offset, d1, d2, d3, z, gradient, value)
                : from;
        dev.ridgeline.kernel.reference.Jets.secondGradient(n, done, to, count, offset, d1, d2, d3, z, gradient, value);
    }

    private static void check(int n, int from, int to, int blocks, int offset, int points, int z, int a) {
        Objects.checkFromToIndex(from, to, n);
        Objects.checkFromIndexSize(0, n, points);
        long end = offset + (long) blocks * n;
        if (n < 0 || blocks < 0 || offset < 0 || end > z || end > a) {
            throw new IndexOutOfBoundsException(blocks + " blocks of " + n + " elements from " + offset
                    + " do not fit into " + z + " and " + a + " elements");
        }
    }
}
