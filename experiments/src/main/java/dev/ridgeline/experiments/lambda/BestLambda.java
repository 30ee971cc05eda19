package dev.ridgeline.experiments.lambda;

/**
 * The λ with the lowest validation loss among those that one training set was tried with.
 *
 * @param rows N, the rows of the training set
 * @param seed the seed that it was drawn with
 * @param lambda the λ; of several equally good ones the smallest
 * @param loss its validation loss
 * @param atEdge whether it is the first or last of the grid: then the true one may lie beyond
 */
record BestLambda(int rows, long seed, double lambda, double loss, boolean atEdge) {
    /**
     * Selects it.
     *
     * @param grid the values of λ, ascending
     * @param losses the validation loss of each, and perhaps of further ones; NaN and infinity never win
     */
    static BestLambda of(int rows, long seed, double[] grid, double[] losses) {
        int best = -1;
        for (int i = 0; i < grid.length; i++) {
            if (Double.isFinite(losses[i]) && (best < 0 || losses[i] < losses[best])) {
                best = i;
            }
        }
        if (best < 0) {
            throw new IllegalStateException("lambda: with " + rows + " rows and seed " + seed
                    + " the validation loss of every model is NaN or infinite; leave out --raw, whose inputs are too large"
                    + " for the learning rate");
        }
        return new BestLambda(rows, seed, grid[best], losses[best], best == 0 || best == grid.length - 1);
    }
}
