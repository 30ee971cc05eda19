package dev.ridgeline.layer;

import static dev.ridgeline.layer.InputDerivatives.add;

import dev.ridgeline.kernel.Team;

/**
 * C = Aᵀ·B for the gradient of a kernel over a stack: the rows of a batch, once for every derivative. They are many, and
 * one sum over all of them would lose digits; so every {@value #PIECE} rows are a sum of their own, and these are added.
 */
final class TallProduct {
    private static final int PIECE = 256;

    private final Product product = new Product(Product.Form.TN);
    private float[] piece = new float[0];

    /** Computes C[m x n] from A[rows x m] and B[rows x n]. */
    void run(Team team, int m, int n, int rows, float[] a, float[] b, float[] c) {
        product.runRows(team, m, n, 0, Math.min(PIECE, rows), a, b, c);
        for (int from = PIECE; from < rows; from += PIECE) {
            piece = Layer.atLeast(piece, m * n);
            product.runRows(team, m, n, from, Math.min(from + PIECE, rows), a, b, piece);
            add(m * n, 0, piece, 0, c);
        }
    }
}
