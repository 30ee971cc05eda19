package dev.ridgeline.experiments.linear;

import dev.ridgeline.experiments.study.Distribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The tables of the study. */
final class LinearTable {
    static final List<String> HEADER = List.of(
            "penalty",
            "lambda",
            "train accuracy",
            "validation accuracy",
            "train loss",
            "validation loss",
            "exact zeros",
            "of");

    static final List<String> PROOF_HEADER = List.of(
            "penalty", "lambda 1", "lambda 2", "violation", "at", "by intercepts", "iterations", "largest on the path");

    /** As many coefficients as a table can have and still be read; the files have all. */
    private static final int MOST_ROWS = 40;

    private LinearTable() {}

    /** Returns a row for each penalty: the model that cross-validation chooses; means over the splits if there are several. */
    static List<List<String>> rows(LinearStudy study) {
        return Arrays.stream(LinearPenalty.values())
                .map(penalty -> List.of(
                        penalty.title(),
                        study.settings().seeds() == 1
                                ? lambda(study.path(penalty, 0).chosen().lambda())
                                : lambda(study.distribution(penalty, PathPoint::lambda)
                                        .median()),
                        study.distribution(penalty, p -> p.train().accuracy()).text("%.4f"),
                        study.distribution(penalty, p -> p.validation().accuracy())
                                .text("%.4f"),
                        study.distribution(penalty, p -> p.train().loss()).text("%.4f"),
                        study.distribution(penalty, p -> p.validation().loss()).text("%.4f"),
                        zeros(study.distribution(penalty, PathPoint::exactZeros)),
                        Integer.toString(study.coefficients())))
                .toList();
    }

    private static String zeros(Distribution zeros) {
        return zeros.text(zeros.values().length == 1 ? "%.0f" : "%.1f");
    }

    static List<String> coefficientsHeader(LinearStudy study) {
        List<String> header = new ArrayList<>(List.of("class", "feature"));
        for (LinearPenalty penalty : LinearPenalty.values()) {
            header.add(penalty.title());
            if (study.settings().seeds() > 1) {
                header.add("zero in");
            }
        }
        return header;
    }

    /** Returns a row for each coefficient of the first split's chosen models: class, feature, its value for each penalty. */
    static List<List<String>> coefficients(LinearStudy study) {
        List<String> features = study.rows().features();
        List<List<String>> rows = new ArrayList<>();
        for (int output = 0; output < study.outputs().size(); output++) {
            for (int feature : features(study)) {
                int index = output * features.size() + feature;
                List<String> row = new ArrayList<>(List.of(study.outputs().get(output), features.get(feature)));
                for (LinearPenalty penalty : LinearPenalty.values()) {
                    row.add(coefficient(study.path(penalty, 0).chosen().coefficients()[index]));
                    if (study.settings().seeds() > 1) {
                        row.add(study.zeros(penalty, index) + " of "
                                + study.settings().seeds());
                    }
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Returns the features that the table shows, in their order: all, or of many those with the largest coefficients. */
    static int[] features(LinearStudy study) {
        return largest(study, Math.max(1, MOST_ROWS / study.outputs().size()))
                .sorted()
                .toArray();
    }

    /** Tells which features the table leaves out, if any. */
    static Optional<String> leftOut(LinearStudy study) {
        int features = study.rows().features().size();
        int shown = features(study).length;
        return shown == features
                ? Optional.empty()
                : Optional.of("Shown are the " + shown + " of " + features
                        + " features with the largest coefficients; path.csv has all.");
    }

    /** Returns the features with the largest coefficients in any of the first split's chosen models, the largest first. */
    static IntStream largest(LinearStudy study, int number) {
        int features = study.rows().features().size();
        double[] magnitude = new double[features];
        for (LinearPenalty penalty : LinearPenalty.values()) {
            double[] coefficients = study.path(penalty, 0).chosen().coefficients();
            for (int i = 0; i < coefficients.length; i++) {
                magnitude[i % features] = Math.max(magnitude[i % features], Math.abs(coefficients[i]));
            }
        }
        return IntStream.range(0, features)
                .boxed()
                .sorted(Comparator.comparingDouble(feature -> -magnitude[feature]))
                .limit(number)
                .mapToInt(Integer::intValue);
    }

    /** Returns a row for each penalty: how far the first split's chosen model is from the optimum. */
    static List<List<String>> proof(LinearStudy study) {
        return Arrays.stream(LinearPenalty.values())
                .map(penalty -> {
                    PathPoint chosen = study.path(penalty, 0).chosen();
                    return List.of(
                            penalty.title(),
                            lambda(chosen.l1()),
                            lambda(chosen.l2()),
                            tiny(chosen.violation()),
                            study.outputOf(chosen.violatedAt()) + ": " + study.featureOf(chosen.violatedAt()),
                            tiny(chosen.interceptGradient()),
                            Integer.toString(chosen.iterations()),
                            tiny(study.largestViolation(penalty)));
                })
                .toList();
    }

    /** Writes a λ. */
    static String lambda(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, value < 1e-3 ? "%.2e" : "%.3g", value);
    }

    private static String tiny(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.0e", value);
    }

    /** Writes a coefficient, an exact zero as 0 alone. */
    private static String coefficient(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, Math.abs(value) < 5e-4 ? "%.1e" : "%.3f", value);
    }
}
