package dev.ridgeline.train;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Parameter;
import java.util.Arrays;

/** Lets tests of other packages compute Tikhonov's penalty alone. */
public final class TikhonovProbe {
    private TikhonovProbe() {}

    /** Returns the penalty of a model at some rows and leaves its gradient, and nothing else, in the parameters. */
    public static double evaluate(Model model, int rows, float[] x) {
        for (Parameter p : model.parameters()) {
            Arrays.fill(p.gradient(), 0);
        }
        TikhonovPenalty penalty = model.functionPenalty(model.layers());
        if (penalty == null) {
            return 0;
        }
        try (Team team = new Team(1)) {
            penalty.addGradient(team, rows, x);
        }
        return penalty.value();
    }
}
