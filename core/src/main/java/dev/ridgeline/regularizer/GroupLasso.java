package dev.ridgeline.regularizer;

import dev.ridgeline.kernel.GemmScratch;
import dev.ridgeline.kernel.Norms;
import dev.ridgeline.kernel.Split;
import dev.ridgeline.kernel.Team;

/**
 * Group lasso by unit: λ·√rows·Σ_j ‖w_j‖ over the columns w_j, the incoming weights of one unit or filter; gradient
 * λ·√rows·w_j/‖w_j‖, and 0 where w_j = 0 (Yuan and Lin, 2006, equation 2.1, whose groups all have the size rows here).
 *
 * <p>Use it to find out how many units a layer needs: L1 empties single weights, group lasso whole units. Like L1's, its
 * gradient takes a unit close to zero and not exactly there; a unit whose norm has stayed small can be removed.
 *
 * <p>Costs a pass over kernel and gradient before the update: 5 flops and 16 bytes a parameter (w is read twice, g read
 * and written), and 8 bytes a unit of memory. Norms are taken in double: no square of a float is lost there.
 *
 * @param lambda λ, at least 0
 */
public record GroupLasso(float lambda) implements TensorRegularizer {
    /** Checks λ. */
    public GroupLasso {
        Checks.atLeastZero("GroupLasso", "lambda", lambda);
    }

    @Override
    public double value(int rows, int columns, float[] w) {
        double[] squares = new double[columns];
        Norms.columnSquares(rows, columns, 0, columns, w, squares);
        double sum = 0;
        for (double square : squares) {
            sum += Math.sqrt(square);
        }
        return lambda * Math.sqrt(rows) * sum;
    }

    @Override
    public Gradient gradient(int rows, int columns) {
        return new Units(rows, columns, lambda * Math.sqrt(rows));
    }

    /** The gradient of one tensor, cut among threads by columns. */
    private static final class Units implements Gradient, Team.Task {
        private final int rows;
        private final int columns;
        private final double factor;
        private final double[] scale;
        private float strength;
        private float[] w;
        private float[] g;

        Units(int rows, int columns, double factor) {
            this.rows = rows;
            this.columns = columns;
            this.factor = factor;
            scale = new double[columns];
        }

        @Override
        public void add(Team team, float strength, float[] w, float[] g) {
            this.strength = strength;
            this.w = w;
            this.g = g;
            team.run(24L * rows * columns, this);
        }

        @Override
        public void run(GemmScratch scratch, int part, int parts) {
            int from = Split.begin(columns, 16, part, parts);
            int to = Split.begin(columns, 16, part + 1, parts);
            Norms.columnSquares(rows, columns, from, to, w, scale);
            for (int j = from; j < to; j++) {
                scale[j] = scale[j] == 0 ? 0 : strength * factor / Math.sqrt(scale[j]);
            }
            for (int r = 0; r < rows; r++) {
                addRow(r * columns, from, to);
            }
        }

        private void addRow(int row, int from, int to) {
            for (int j = from; j < to; j++) {
                g[row + j] += (float) (scale[j] * w[row + j]);
            }
        }
    }
}
