package dev.ridgeline.regularizer;

import dev.ridgeline.kernel.Gemm;
import dev.ridgeline.kernel.GemmScratch;
import dev.ridgeline.kernel.Norms;
import dev.ridgeline.kernel.Split;
import dev.ridgeline.kernel.Team;
import java.util.Objects;

/**
 * Soft orthogonality, as Keras's {@code OrthogonalRegularizer}: the mean magnitude of the cosine between two of the n
 * rows (or columns) x_i of a kernel,
 *
 * <pre>
 * R = factor·Σ_{i&lt;j} |c_ij| / (n(n-1)/2),  c_ij = u_i·u_j,  u_i = x_i·ρ_i,  ρ_i = 1/max(‖x_i‖, 10⁻⁷)
 * ∂R/∂x_i = factor/(n(n-1)/2)·ρ_i·(v_i - a_i·u_i),  v_i = Σ_{j≠i} sign(c_ij)·u_j,  a_i = Σ_{j≠i} |c_ij| = u_i·v_i
 * </pre>
 *
 * <p>with a_i = 0 in the gradient where ‖x_i‖ ≤ 10⁻⁷, because ρ_i is a constant there. The norms of the x_i are not
 * penalised. See Brock et al., Neural photo editing, 2017, for the idea and Bansal et al., 2018, for its relatives.
 *
 * <p>Use it where units come out alike: {@link Mode#COLUMNS} makes the units of a layer look at different directions.
 * No more vectors than their length can be orthogonal, so prefer the mode with the fewer. The signs pull at
 * constant strength, so that the cosines end near 0 and not at it.
 *
 * <p>Costs two matrix products before the update, 4·n flops a parameter, plus about 10 flops and 40 bytes a parameter;
 * and a workspace of 2 floats a parameter and n² more. The penalty itself costs one product when it is asked for.
 *
 * @param factor what multiplies the mean, at least 0; Keras's default is 0.01
 * @param mode what is made orthogonal
 */
public record Orthogonal(float factor, Mode mode) implements TensorRegularizer {
    /** Which vectors of a kernel are made orthogonal. */
    public enum Mode {
        /** The rows: the outgoing weights of one input. Keras's default. */
        ROWS,
        /** The columns: the incoming weights of one unit or filter. */
        COLUMNS
    }

    /** A vector shorter than this counts as this long. */
    private static final double SHORTEST = 1e-7;

    /** Checks the factor. */
    public Orthogonal {
        Checks.atLeastZero("Orthogonal", "factor", factor);
        Objects.requireNonNull(mode, "Orthogonal: mode is null; give Mode.ROWS or Mode.COLUMNS");
    }

    /**
     * Makes the rows orthogonal, as Keras does unless told otherwise.
     *
     * @param factor what multiplies the mean, at least 0
     */
    public Orthogonal(float factor) {
        this(factor, Mode.ROWS);
    }

    /** The penalty; its cosines are float products, their magnitudes are added in double. */
    @Override
    public double value(int rows, int columns, float[] w) {
        return new Pairs(rows, columns).value(w);
    }

    /**
     * Makes the gradient of one tensor.
     *
     * @throws IllegalArgumentException if the tensor has a single vector in this mode, which makes no angle
     */
    @Override
    public Gradient gradient(int rows, int columns) {
        return new Pairs(rows, columns);
    }

    /** The pairs of vectors of one tensor, cut among threads by their first vector. */
    private final class Pairs implements Gradient {
        private final int rows;
        private final int columns;
        private final int n;
        private final double scale;
        private final double[] inverse;
        private final double[] magnitudes;
        private final float[] unit;
        private final float[] cosines;
        private final float[] pull;
        private final Team.Task normalize =
                (scratch, part, parts) -> normalize(begin(part, parts), begin(part + 1, parts));
        private final Team.Task add =
                (scratch, part, parts) -> add(scratch, begin(part, parts), begin(part + 1, parts));
        private float strength;
        private float[] w;
        private float[] g;

        Pairs(int rows, int columns) {
            this.rows = rows;
            this.columns = columns;
            n = mode == Mode.ROWS ? rows : columns;
            if (n < 2) {
                throw new IllegalArgumentException(Orthogonal.this + ": a kernel of " + rows + " x " + columns
                        + " has a single one of its " + mode + ", which makes no angle; use the other mode, or none");
            }
            scale = factor / (0.5 * n * (n - 1));
            inverse = new double[n];
            magnitudes = new double[n];
            unit = new float[rows * columns];
            cosines = new float[Math.multiplyExact(n, n)];
            pull = new float[rows * columns];
        }

        double value(float[] w) {
            this.w = w;
            normalize(0, n);
            cosines(new GemmScratch(), 0, n);
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += magnitudes[i];
            }
            return scale * sum / 2;
        }

        @Override
        public void add(Team team, float strength, float[] w, float[] g) {
            this.strength = strength;
            this.w = w;
            this.g = g;
            team.run(16L * rows * columns, normalize);
            team.run(4L * n * rows * columns, add);
        }

        private int begin(int part, int parts) {
            return Split.begin(n, mode == Mode.ROWS ? Gemm.rowTile() : Gemm.columnTile(), part, parts);
        }

        /** ρ_i and u_i. */
        private void normalize(int from, int to) {
            if (mode == Mode.ROWS) {
                for (int i = from; i < to; i++) {
                    inverse[i] = inverse(Norms.squares(i * columns, (i + 1) * columns, w));
                    for (int k = i * columns; k < (i + 1) * columns; k++) {
                        unit[k] = (float) (inverse[i] * w[k]);
                    }
                }
            } else {
                Norms.columnSquares(rows, columns, from, to, w, inverse);
                for (int j = from; j < to; j++) {
                    inverse[j] = inverse(inverse[j]);
                }
                for (int row = 0; row < rows * columns; row += columns) {
                    for (int j = from; j < to; j++) {
                        unit[row + j] = (float) (inverse[j] * w[row + j]);
                    }
                }
            }
        }

        private static double inverse(double square) {
            return 1 / Math.max(Math.sqrt(square), SHORTEST);
        }

        /** c_ij for j ≠ i, 0 for j = i, and a_i. */
        private void cosines(GemmScratch scratch, int from, int to) {
            int m = to - from;
            if (mode == Mode.ROWS) {
                Gemm.nt(
                        m,
                        n,
                        columns,
                        false,
                        unit,
                        from * columns,
                        columns,
                        unit,
                        0,
                        columns,
                        null,
                        0,
                        scratch,
                        cosines,
                        from * n,
                        n);
            } else {
                Gemm.tn(
                        m, n, rows, false, unit, from, columns, unit, 0, columns, null, 0, scratch, cosines, from * n,
                        n);
            }
            for (int i = from; i < to; i++) {
                cosines[i * n + i] = 0;
                magnitudes[i] = Norms.magnitudes(i * n, (i + 1) * n, cosines);
            }
        }

        private void add(GemmScratch scratch, int from, int to) {
            cosines(scratch, from, to);
            for (int k = from * n; k < to * n; k++) {
                cosines[k] = Math.signum(cosines[k]);
            }
            int m = to - from;
            if (mode == Mode.ROWS) {
                Gemm.nn(
                        m,
                        columns,
                        n,
                        false,
                        cosines,
                        from * n,
                        n,
                        unit,
                        0,
                        columns,
                        null,
                        0,
                        scratch,
                        pull,
                        from * columns,
                        columns);
                for (int i = from; i < to; i++) {
                    double factor = strength * scale * inverse[i];
                    double along = along(i);
                    for (int k = i * columns; k < (i + 1) * columns; k++) {
                        g[k] += (float) (factor * (pull[k] - along * unit[k]));
                    }
                }
            } else {
                Gemm.nt(
                        rows, m, n, false, unit, 0, columns, cosines, from * n, n, null, 0, scratch, pull, from,
                        columns);
                for (int j = from; j < to; j++) {
                    magnitudes[j] = along(j);
                }
                for (int row = 0; row < rows * columns; row += columns) {
                    for (int j = from; j < to; j++) {
                        double across = pull[row + j] - magnitudes[j] * unit[row + j];
                        g[row + j] += (float) (strength * scale * inverse[j] * across);
                    }
                }
            }
        }

        /** a_i in the gradient. */
        private double along(int i) {
            return inverse[i] < 1 / SHORTEST ? magnitudes[i] : 0;
        }
    }
}
