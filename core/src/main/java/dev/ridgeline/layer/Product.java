package dev.ridgeline.layer;

import dev.ridgeline.kernel.Gemm;
import dev.ridgeline.kernel.GemmScratch;
import dev.ridgeline.kernel.Split;
import dev.ridgeline.kernel.Team;

/**
 * One dense matrix product C = A·B (+ bias) of a layer, cut among threads at tile borders along the longer side of C.
 * Made once; a run allocates nothing.
 */
final class Product implements Team.Task {
    /** Which operand is stored transposed. */
    enum Form {
        /** C[m x n] = A[m x k]·B[k x n]. */
        NN,
        /** C[m x n] = Aᵀ·B with A stored k x m. */
        TN,
        /** C[m x n] = A·Bᵀ with B stored n x k. */
        NT
    }

    private final Form form;
    private int m;
    private int n;
    private int k;
    private int first;
    private float[] a;
    private float[] b;
    private float[] bias;
    private float[] c;

    Product(Form form) {
        this.form = form;
    }

    /** Computes the product; the bias may be null. */
    void run(Team team, int rows, int columns, int depth, float[] left, float[] right, float[] offset, float[] out) {
        run(team, rows, columns, 0, depth, left, right, offset, out);
    }

    /** C = Aᵀ·B of the rows {@code from} to {@code to - 1} of both. */
    void runRows(Team team, int rows, int columns, int from, int to, float[] left, float[] right, float[] out) {
        run(team, rows, columns, from, to - from, left, right, null, out);
    }

    private void run(
            Team team,
            int rows,
            int columns,
            int from,
            int depth,
            float[] left,
            float[] right,
            float[] offset,
            float[] out) {
        first = from;
        m = rows;
        n = columns;
        k = depth;
        a = left;
        b = right;
        bias = offset;
        c = out;
        team.run(2L * m * n * k, this);
    }

    @Override
    public void run(GemmScratch scratch, int part, int parts) {
        int top = 0;
        int bottom = m;
        int left = 0;
        int right = n;
        if (n >= m) {
            left = Split.begin(n, Gemm.columnTile(), part, parts);
            right = Split.begin(n, Gemm.columnTile(), part + 1, parts);
        } else {
            top = Split.begin(m, Gemm.rowTile(), part, parts);
            bottom = Split.begin(m, Gemm.rowTile(), part + 1, parts);
        }
        int rows = bottom - top;
        int columns = right - left;
        int out = top * n + left;
        switch (form) {
            case NN -> Gemm.nn(rows, columns, k, false, a, top * k, k, b, left, n, bias, left, scratch, c, out, n);
            case TN ->
                Gemm.tn(
                        rows,
                        columns,
                        k,
                        false,
                        a,
                        first * m + top,
                        m,
                        b,
                        first * n + left,
                        n,
                        bias,
                        left,
                        scratch,
                        c,
                        out,
                        n);
            case NT -> Gemm.nt(rows, columns, k, false, a, top * k, k, b, left * k, k, bias, left, scratch, c, out, n);
        }
    }
}
