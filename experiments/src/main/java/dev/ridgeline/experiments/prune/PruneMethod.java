package dev.ridgeline.experiments.prune;

import dev.ridgeline.plot.Ink;
import dev.ridgeline.prune.MagnitudePruning;
import dev.ridgeline.prune.OptimalBrainDamage;
import dev.ridgeline.prune.OptimalBrainSurgeon;
import dev.ridgeline.prune.Pruner;
import dev.ridgeline.prune.Scope;
import dev.ridgeline.prune.UnitPruning;
import java.util.Arrays;

/** A way to choose the weights that go. */
enum PruneMethod {
    /** The smallest weights of the network. */
    MAGNITUDE("magnitude", Ink.BLUE, new MagnitudePruning(Scope.NETWORK)),
    /** The same, of a model that was trained under weight elimination. */
    ELIMINATION("weight elimination", Ink.ORANGE, new MagnitudePruning(Scope.NETWORK)),
    /** The weights of least saliency by the Hessian's diagonal. */
    DAMAGE("brain damage", Ink.GREEN, new OptimalBrainDamage()),
    /** The weights of least saliency by its inverse, and an adjustment of the others. */
    SURGEON("brain surgeon", Ink.VIOLET, new OptimalBrainSurgeon()),
    /** Whole hidden units, by their outgoing weights. */
    UNITS("units", Ink.BROWN, new UnitPruning(UnitPruning.Criterion.OUTGOING));

    private final String title;
    private final Ink ink;
    private final Pruner pruner;

    PruneMethod(String title, Ink ink, Pruner pruner) {
        this.title = title;
        this.ink = ink;
        this.pruner = pruner;
    }

    /** Returns the name in tables, files and plots. */
    String title() {
        return title;
    }

    /** Returns the colour in plots. */
    Ink ink() {
        return ink;
    }

    /** Returns what removes the weights. */
    Pruner pruner() {
        return pruner;
    }

    /** Returns the one with a title. */
    static PruneMethod of(String title) {
        return Arrays.stream(values())
                .filter(method -> method.title.equals(title))
                .findAny()
                .orElseThrow();
    }
}
