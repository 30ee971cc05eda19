package dev.ridgeline.experiments.select;

import dev.ridgeline.bench.cost.SampleMean;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The candidate to use.
 *
 * @param offer the candidate
 * @param proven whether the table shows that it is better than none
 * @param reason why it is chosen, in one or two sentences
 */
record Choice(Offer offer, boolean proven, String reason) {
    /**
     * Chooses. Of the candidates whose benefit is proven, those count as good as the best one that are within one standard
     * error of it (Breiman, Friedman, Olshen and Stone, Classification and Regression Trees, 1984, section 3.4.3); of these
     * the cheapest per step is taken, and of those that the measurement cannot tell from free the best. If no benefit is proven, it is none.
     */
    static Choice of(List<Offer> offers, Plan plan) {
        List<Offer> proven =
                offers.stream().filter(offer -> offer.finding().proven()).toList();
        if (proven.isEmpty()) {
            return new Choice(offers.getFirst(), false, noDifference(offers));
        }
        Offer best =
                proven.stream().max(Comparator.comparingDouble(Offer::benefit)).orElseThrow();
        List<Offer> asGood = proven.stream()
                .filter(offer -> asGood(offer.finding(), best.finding(), plan.folds()))
                .toList();
        Offer cheapest = asGood.stream()
                .min(Comparator.comparingDouble(Offer::price)
                        .thenComparing(
                                Comparator.comparingDouble(Offer::benefit).reversed()))
                .orElseThrow();
        return new Choice(cheapest, true, reason(cheapest, best, proven.size(), asGood.size(), offers.getFirst()));
    }

    private static boolean asGood(Finding finding, Finding best, int folds) {
        double[] behind = IntStream.range(0, best.losses().length)
                .mapToDouble(s -> finding.losses()[s] - best.losses()[s])
                .toArray();
        SampleMean mean = Findings.corrected(behind, folds);
        return mean.mean() <= mean.error();
    }

    private static String reason(Offer chosen, Offer best, int proven, int asGood, Offer none) {
        String lowers = String.format(
                Locale.ROOT,
                "It lowers the validation loss from %.4f to %.4f (by %.4f, interval %.4f to %.4f, Holm-adjusted p = %.2g).",
                none.finding().loss(),
                chosen.finding().loss(),
                chosen.benefit(),
                chosen.finding().benefit().low(),
                chosen.finding().benefit().high(),
                chosen.finding().p());
        if (chosen == best) {
            return lowers + " No other candidate lowers it more"
                    + (asGood > 1
                            ? ", and none that is within one standard error of it costs measurably less per step."
                            : ".");
        }
        return lowers
                + String.format(
                        Locale.ROOT,
                        " Of %d candidates with a proven benefit %d are within one standard error of the best, %s (%.4f);"
                                + " of these none costs measurably less per step.",
                        proven,
                        asGood,
                        best.candidate().title(),
                        best.benefit());
    }

    private static String noDifference(List<Offer> offers) {
        Offer best = offers.stream()
                .skip(1)
                .max(Comparator.comparingDouble(Offer::benefit))
                .orElseThrow();
        return String.format(
                Locale.ROOT,
                "No difference that this data can show: no candidate's benefit is proven. The largest, %s, is %.4f with the"
                        + " interval %.4f to %.4f, which contains 0. So the choice is the cheapest: no regularizer.",
                best.candidate().title(),
                best.benefit(),
                best.finding().benefit().low(),
                best.finding().benefit().high());
    }
}
