package dev.ridgeline.experiments.study;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of studies that train the same models several times, see {@link RepeatedRuns}; for {@code @Mixin}. */
public final class RepetitionOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--splits",
            paramLabel = "N",
            description = "How many splits into rows to train on and rows to validate on (default: ${DEFAULT-VALUE}).")
    private int splits;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "How often each model starts from other weights on each split (default: ${DEFAULT-VALUE}).")
    private int seeds = 1;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "How often each model goes through the training rows (default: ${DEFAULT-VALUE}).")
    private int epochs;

    /**
     * Makes the options of a study.
     *
     * @param splits how many splits it has by default
     * @param epochs how many epochs it has by default
     */
    public RepetitionOptions(int splits, int epochs) {
        this.splits = splits;
        this.epochs = epochs;
    }

    /**
     * Returns how many splits there are.
     *
     * @return at least 1
     * @throws ParameterException if it is below 1
     */
    public int splits() {
        return StudyOptions.atLeastOne(command, "--splits", splits);
    }

    /**
     * Returns how many seeds there are for each split.
     *
     * @return at least 1
     * @throws ParameterException if it is below 1
     */
    public int seeds() {
        return StudyOptions.atLeastOne(command, "--seeds", seeds);
    }

    /**
     * Returns how often each model goes through its rows.
     *
     * @return at least 1
     * @throws ParameterException if it is below 1
     */
    public int epochs() {
        return StudyOptions.atLeastOne(command, "--epochs", epochs);
    }

    /**
     * Returns these options for {@link StudyOptions#open}.
     *
     * @return the values by name
     * @throws ParameterException if one is below 1
     */
    public Map<String, Object> configuration() {
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("splits", splits());
        configuration.put("seeds", seeds());
        configuration.put("epochs", epochs());
        return configuration;
    }
}
