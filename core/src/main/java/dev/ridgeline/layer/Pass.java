package dev.ridgeline.layer;

import dev.ridgeline.kernel.Dropout;
import dev.ridgeline.kernel.Team;

/**
 * What the layers of a model share while a batch goes through them: the threads, the mode, the step's number. There are
 * three modes: training, inference, and sampling, which is inference with the random masks and noise of training.
 */
public final class Pass {
    private final Team team;
    private final boolean training;
    private final boolean stochastic;
    private int step;
    private long firstRow;

    /**
     * Makes a pass.
     *
     * @param team the threads
     * @param training true for training mode (dropout drops, batch statistics normalize)
     */
    public Pass(Team team, boolean training) {
        this(team, training, training);
    }

    private Pass(Team team, boolean training, boolean stochastic) {
        this.team = team;
        this.training = training;
        this.stochastic = stochastic;
    }

    /**
     * Makes a pass that predicts with random masks and noise, for Monte Carlo estimates. Layers that use the statistics of
     * a batch in training use their moving statistics, as in inference.
     *
     * @param team the threads
     * @return the pass
     */
    public static Pass sampling(Team team) {
        return new Pass(team, false, true);
    }

    /**
     * Returns the threads.
     *
     * @return the team
     */
    public Team team() {
        return team;
    }

    /**
     * Returns whether the batch is trained on: its statistics normalize, and a backward pass may follow.
     *
     * @return true in training mode
     */
    public boolean training() {
        return training;
    }

    /**
     * Returns whether masks are drawn and noise is added.
     *
     * @return true in training mode and for Monte Carlo estimates
     */
    public boolean stochastic() {
        return stochastic;
    }

    /**
     * Returns the training step, which random masks depend on.
     *
     * @return the number of updates so far; negative for a Monte Carlo estimate, so that none repeats a mask of training
     */
    public int step() {
        return step;
    }

    /**
     * Sets the training step.
     *
     * @param step the number of updates so far; -1, -2 ... for the first, second ... Monte Carlo estimate
     */
    public void step(int step) {
        this.step = step;
    }

    /**
     * Returns where the rows stand in their batch, which random masks depend on too.
     *
     * @return the number of rows that went through before them; 0 in training
     */
    public long firstRow() {
        return firstRow;
    }

    /**
     * Says where the rows stand in a batch that goes through in parts: its masks are those of the whole batch.
     *
     * @param row the number of rows that went through before them, a multiple of 256
     */
    public void firstRow(long row) {
        if (row < 0 || row % Dropout.CHUNK != 0) {
            throw new IllegalArgumentException(
                    "first row: " + row + " must be a multiple of " + Dropout.CHUNK + ", not negative");
        }
        firstRow = row;
    }
}
