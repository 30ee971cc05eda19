package dev.ridgeline.bench.cost;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run sees where there is nothing to see: the A/A pair of a model, which are the two measurements of its step
 * without a regularizer in each block.
 *
 * @param model the model
 * @param difference the ratio of the second of the pair to the first, less 1, with its 95 % interval
 * @param floor the noise floor: the end of that interval that lies further from 0. Smaller effects than this appear
 *     between two things that are the same
 * @param smallestEffect the effect that this run would have told from nothing, above its floor, with a probability
 *     of 80 %
 */
public record Noise(String model, Interval difference, double floor, double smallestEffect) {
    /** The probability to miss an effect of the smallest size. */
    private static final double MISSED = 0.2;

    /** The variance of a log-ratio to the mean of two forks, 3/2 of a fork's, over that between two forks, 2 of them. */
    private static final double VARIANCE_RATIO = 0.75;

    /**
     * Judges a pair.
     *
     * @param model the model
     * @param logRatios ln(second/first) of each block
     * @param comparisons how many overheads the run judges, for Holm's correction at its strictest
     */
    static Noise of(String model, double[] logRatios, int comparisons) {
        SampleMean mean = SampleMean.of(logRatios);
        Interval difference = mean.interval();
        double floor = Math.max(Math.abs(difference.low()), Math.abs(difference.high()));
        double error = Math.sqrt(VARIANCE_RATIO) * mean.error();
        double needed = Math.max(floor, mean.quantile(Verdict.LEVEL / 2 / comparisons) * error);
        double smallest = needed + mean.quantile(MISSED) * error;
        return new Noise(model, difference.map(Math::expm1), Math.expm1(floor), Math.expm1(smallest));
    }

    /** Returns the pair as it stands in a JSON file. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("model", model);
        map.put("differencePercent", difference.map(d -> 100 * d).toMap());
        map.put("floorPercent", 100 * floor);
        map.put("smallestEffectPercent", 100 * smallestEffect);
        return map;
    }
}
