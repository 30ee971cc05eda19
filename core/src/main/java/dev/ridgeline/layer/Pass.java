package dev.ridgeline.layer;

import dev.ridgeline.kernel.Team;

/** What the layers of a model share while a batch goes through them: the threads, the mode, the step's number. */
public final class Pass {
    private final Team team;
    private final boolean training;
    private int step;

    /**
     * Makes a pass.
     *
     * @param team the threads
     * @param training true for training mode (dropout drops, batch statistics normalize)
     */
    public Pass(Team team, boolean training) {
        this.team = team;
        this.training = training;
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
     * Returns the mode.
     *
     * @return true in training mode
     */
    public boolean training() {
        return training;
    }

    /**
     * Returns the training step, which random masks depend on.
     *
     * @return the number of updates so far
     */
    public int step() {
        return step;
    }

    /**
     * Sets the training step.
     *
     * @param step the number of updates so far
     */
    public void step(int step) {
        this.step = step;
    }
}
