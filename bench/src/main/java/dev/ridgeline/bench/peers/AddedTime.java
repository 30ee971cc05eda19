package dev.ridgeline.bench.peers;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.bench.Models;
import dev.ridgeline.bench.cost.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a regularizer adds to a training step in one system. A system may have several forms, as PyTorch has eager and
 * compiled: the step with and the step without the regularizer are each taken in the form that was fastest over all rounds.
 *
 * @param model the model
 * @param regularizer the regularizer
 * @param system the system
 * @param form the form that was fastest with the regularizer
 * @param plain the geometric mean of the time without the regularizer, in nanoseconds
 * @param fraction the ratio of the time with it to the time without in the same round, less 1: the geometric mean over the
 *     rounds, with its 95 % interval
 */
public record AddedTime(String model, String regularizer, System system, String form, double plain, Interval fraction) {
    /** What is measured. */
    public enum System {
        /** This library. */
        RIDGELINE("Ridgeline", Map.of("ridgeline", "fused")),
        /** PyTorch. */
        PYTORCH("PyTorch", Map.of("torch", "eager", "torch-compiled", "compiled"));

        private final String words;
        private final Map<String, String> forms;

        System(String words, Map<String, String> forms) {
            this.words = words;
            this.forms = forms;
        }

        /** Returns what the reports call it. */
        @Override
        public String toString() {
            return words;
        }
    }

    private static final Comparator<StepTime> ORDER = Comparator.comparingInt(
                    (StepTime time) -> Models.names().indexOf(time.model()))
            .thenComparingInt(time -> Catalogue.names().indexOf(time.regularizer()))
            .thenComparing(StepTime::model)
            .thenComparing(StepTime::regularizer);

    /** Returns one for each model, regularizer and system that has the step with and without it in two rounds or more. */
    static List<AddedTime> of(List<StepTime> times) {
        List<AddedTime> added = new ArrayList<>();
        Set<StepTime> steps = new TreeSet<>(ORDER);
        steps.addAll(times);
        for (StepTime step : steps) {
            for (System system : System.values()) {
                Form with = Form.fastest(times, step.model(), step.regularizer(), system);
                Form plain = Form.fastest(times, step.model(), Catalogue.NONE, system);
                Set<Integer> rounds = new TreeSet<>(with.logTimes.keySet());
                rounds.retainAll(plain.logTimes.keySet());
                if (!step.regularizer().equals(Catalogue.NONE) && rounds.size() > 1) {
                    Interval logRatio = Interval.of(rounds.stream()
                            .mapToDouble(r -> with.logTimes.get(r) - plain.logTimes.get(r))
                            .toArray());
                    added.add(new AddedTime(
                            step.model(),
                            step.regularizer(),
                            system,
                            system.forms.get(with.library),
                            Math.exp(plain.mean()),
                            logRatio.map(Math::expm1)));
                }
            }
        }
        return added;
    }

    /**
     * Returns the same in nanoseconds.
     *
     * @return the added time with its 95 % interval
     */
    public Interval nanos() {
        return fraction.map(f -> plain * f);
    }

    /** Returns the added time as it stands in a JSON file. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("model", model);
        map.put("regularizer", regularizer);
        map.put("system", system);
        map.put("form", form);
        map.put("plainNanos", plain);
        map.put("overheadPercent", fraction.map(f -> 100 * f).toMap());
        return map;
    }

    /** The logarithms of the times of a library, by the round. */
    private record Form(String library, Map<Integer, Double> logTimes) {
        static Form fastest(List<StepTime> times, String model, String regularizer, System system) {
            Map<String, Form> forms = new LinkedHashMap<>();
            for (StepTime time : times) {
                if (time.model().equals(model)
                        && time.regularizer().equals(regularizer)
                        && system.forms.containsKey(time.library())) {
                    forms.computeIfAbsent(time.library(), library -> new Form(library, new TreeMap<>()))
                            .logTimes
                            .put(time.round(), Math.log(time.nanos()));
                }
            }
            // a form that failed in a later round has fewer
            return forms.values().stream()
                    .max(Comparator.comparingInt((Form form) -> form.logTimes.size())
                            .thenComparing(
                                    Comparator.comparingDouble(Form::mean).reversed()))
                    .orElse(new Form("", Map.of()));
        }

        double mean() {
            return logTimes.values().stream().mapToDouble(log -> log).average().orElse(Double.NaN);
        }
    }
}
