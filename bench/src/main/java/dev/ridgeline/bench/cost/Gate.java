package dev.ridgeline.bench.cost;

import dev.ridgeline.bench.Names;
import dev.ridgeline.bench.UnknownNameException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit that a run must keep: {@value #GRAMMAR}. The first limits what a regularizer adds in one run, the second how much
 * slower a step became from one run to the other.
 *
 * @param text the gate as the user wrote it
 * @param label what is limited, as {@link Series#label}
 * @param change whether the limit is on the change from one run to the other
 * @param limit the limit as a fraction
 */
public record Gate(String text, String label, boolean change, double limit) {
    /** How a gate is written. */
    public static final String GRAMMAR = "\"NAME on MODEL <= X%\" or \"NAME on MODEL slower <= X%\"";

    /** Stands between regularizer and model. */
    static final String ON = " on ";

    /** No one measures more blocks than these. */
    private static final int MANY_BLOCKS = 1000;

    private static final Pattern FORM =
            Pattern.compile("(?<label>\\S.*?)(?<change>\\s+slower)?\\s*<=\\s*(?<limit>\\d+(\\.\\d+)?)\\s*%");

    /** What came of a gate. */
    public enum Result {
        /** The whole interval keeps the limit. */
        HOLDS("holds"),
        /** The whole interval is beyond the limit. */
        BREACHED("is breached"),
        /** The limit lies within the interval. */
        CANNOT_TELL("cannot tell");

        private final String words;

        Result(String words) {
            this.words = words;
        }

        /** Returns the result in words. */
        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * A gate that was judged.
     *
     * @param gate the gate
     * @param measured what is limited, with its 95 % interval, as a fraction; null where one fork alone leaves none
     * @param machine by how much the machine itself may have changed between the two runs: the interval that is held
     *     against the limit is wider by that at both ends; 0 for an overhead
     * @param result what came of it
     */
    public record Judged(Gate gate, Interval measured, double machine, Result result) {
        /** Holds an interval against the limit. */
        static Judged of(Gate gate, Interval measured, double machine) {
            Result result = Result.CANNOT_TELL;
            if (measured != null && measured.high() + machine <= gate.limit) {
                result = Result.HOLDS;
            } else if (measured != null && measured.low() - machine > gate.limit) {
                result = Result.BREACHED;
            }
            return new Judged(gate, measured, machine, result);
        }

        /** Says what came of it, and why. */
        @Override
        public String toString() {
            String reason = measured == null
                    ? "one fork alone has no interval"
                    : CostText.percent(measured)
                            + (machine > 0 ? ", the machine itself up to " + CostTable.percent(machine) + " %" : "")
                            + switch (result) {
                                case HOLDS -> " is within the limit";
                                case BREACHED -> ", so the whole interval is beyond the limit";
                                case CANNOT_TELL ->
                                    machine > 0
                                            ? ", so the limit lies within what both leave open"
                                            : ", so the limit lies within the interval";
                            };
            return gate + " " + result + ": " + reason + ".";
        }

        /** Returns the judged gate as it stands in a JSON file. */
        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("gate", gate.text);
            map.put("limitPercent", 100 * gate.limit);
            map.put(
                    "measuredPercent",
                    measured == null ? null : measured.map(m -> 100 * m).toMap());
            map.put("machinePercent", 100 * machine);
            map.put("result", result);
            return map;
        }
    }

    /**
     * Reads a gate.
     *
     * @param text the gate, see {@link #GRAMMAR}
     * @return the gate
     * @throws IllegalArgumentException if it is written otherwise
     */
    public static Gate parse(String text) {
        Matcher form = FORM.matcher(text.strip().replaceAll("\\s+", " "));
        if (!form.matches()) {
            throw new IllegalArgumentException("Gate \"" + text + "\": write " + GRAMMAR);
        }
        return new Gate(
                text.strip(),
                form.group("label"),
                form.group("change") != null,
                Double.parseDouble(form.group("limit")) / 100);
    }

    /**
     * Judges this gate.
     *
     * @param run the run whose overhead is limited, the second of two
     * @param comparison the comparison of the two, or null if there is one run alone
     * @return what came of it
     * @throws IllegalArgumentException if the gate names what was not measured, or a change where there is one run alone
     * @throws IllegalStateException if the limit is below the noise floor, or below what the machine itself may have changed
     *     between the two runs, so that they cannot see it
     */
    public Judged judge(TimedRun run, Comparison comparison) {
        return change ? judgeChange(run, comparison) : judgeOverhead(run);
    }

    private Judged judgeOverhead(TimedRun run) {
        if (!run.cost()) {
            throw new IllegalArgumentException(
                    this + ": " + run.name() + " is written by JMH and has no control to tell an"
                            + " overhead from; limit the change between two files: \"" + label + " slower <= "
                            + percent(limit) + "\"");
        }
        Series series =
                find(run, run.series().stream().filter(Series::hasOverhead).toList());
        refuseBelowFloor(run, series);
        return Judged.of(this, series.overhead().interval().map(Math::expm1), 0);
    }

    private Judged judgeChange(TimedRun run, Comparison comparison) {
        if (comparison == null) {
            throw new IllegalArgumentException(this + ": a change needs two files, and there is " + run.name()
                    + " alone; name the one before it too");
        }
        Map<String, Comparison.Row> rows = new LinkedHashMap<>();
        comparison.rows().forEach(row -> rows.put(row.label(), row));
        find(run, run.series().stream().filter(s -> rows.containsKey(s.label())).toList());
        double machine = comparison.machine();
        if (limit < machine) {
            throw new IllegalStateException(this
                    + " is below what the machine itself may have changed between the two runs, "
                    + percent(machine) + " by the ruler; measure both again, one right after the other on an idle"
                    + " machine, or raise the limit");
        }
        for (TimedRun either : List.of(comparison.b(), comparison.a())) {
            either.series().stream().filter(s -> s.label().equals(label)).forEach(s -> refuseBelowFloor(either, s));
        }
        return Judged.of(this, rows.get(label).time().change(), machine);
    }

    /** Finds what the label names, and offers the nearest names where there is nothing. */
    private Series find(TimedRun run, List<Series> series) {
        Map<String, Series> byLabel = new LinkedHashMap<>();
        series.forEach(s -> byLabel.put(s.label(), s));
        Series found = byLabel.get(label);
        if (found != null) {
            return found;
        }
        try {
            if (!run.cost()) {
                return Names.find("benchmark", label, byLabel);
            }
            int on = label.lastIndexOf(ON);
            if (on < 0) {
                throw new IllegalArgumentException(this + ": write " + GRAMMAR);
            }
            String model = label.substring(on + ON.length());
            Map<String, String> models = new LinkedHashMap<>();
            series.forEach(s -> models.put(s.group(), s.group()));
            Names.find("model", model, models);
            byLabel.values().removeIf(s -> !s.group().equals(model));
            Map<String, Series> names = new LinkedHashMap<>();
            byLabel.forEach((key, value) -> names.put(key.substring(0, key.lastIndexOf(ON)), value));
            return Names.find("regularizer", label.substring(0, on), names);
        } catch (UnknownNameException e) {
            throw new IllegalArgumentException(this + " in " + run.name() + ": " + e.getMessage(), e);
        }
    }

    private void refuseBelowFloor(TimedRun run, Series series) {
        double floor = series.floor();
        if (limit < floor) {
            int blocks = series.logTimes().size();
            double needed = Math.ceil(blocks * Math.pow(floor / limit, 2));
            String more = needed <= MANY_BLOCKS
                    ? "measure about " + (int) needed + " blocks in place of " + blocks + " on an idle machine"
                    : "measure more blocks than " + blocks + " on an idle machine";
            throw new IllegalStateException(this + " is below the noise floor of " + percent(floor) + " on "
                    + series.group() + " in " + run.name()
                    + ": between two measurements of the same step the run sees as much; " + more
                    + ", or raise the limit");
        }
    }

    /** Returns a fraction in percent, rounded up to 0.01 %, so that no limit equals a floor that is above it. */
    private static String percent(double fraction) {
        double percent = Math.ceil(1e4 * fraction - 1e-6) / 100;
        return percent >= 1e4
                ? CostTable.format("%.0e", percent) + "%"
                : CostTable.format("%.2f", percent).replaceFirst("\\.?0+$", "") + "%";
    }

    /** Returns the gate as messages call it. */
    @Override
    public String toString() {
        return "Gate \"" + text + "\"";
    }
}
