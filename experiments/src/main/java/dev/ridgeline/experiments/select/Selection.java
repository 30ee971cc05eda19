package dev.ridgeline.experiments.select;

import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.experiments.data.Table;
import dev.ridgeline.experiments.data.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answer for a table.
 *
 * @param table the table
 * @param plan what was trained
 * @param findings what the candidates buy
 * @param cost what their steps cost
 * @param offers both together
 * @param choice the candidate to use
 */
record Selection(Table table, Plan plan, Findings findings, StepCost cost, List<Offer> offers, Choice choice) {
    static Selection of(Table table, Plan plan, Findings findings, StepCost cost) {
        List<Offer> offers = Offer.of(findings, cost, plan.stepsPerEpoch(table.rows()));
        return new Selection(table, plan, findings, cost, offers, Choice.of(offers, plan));
    }

    SelectTable rows() {
        return new SelectTable(table.task(), offers, choice);
    }

    ParetoCharts charts() {
        return new ParetoCharts(table.task(), offers, choice);
    }

    /** Returns the description of the chosen model. */
    Code code() {
        return Code.of(plan, table, choice.offer().finding().recipe());
    }

    /** Returns the answer in a sentence. */
    String answer() {
        Recipe recipe = choice.offer().finding().recipe();
        return (choice.proven() ? "Use " + recipe + "." : "Use no regularizer.") + " " + choice.reason();
    }

    /** Returns the candidates as they stand in {@code result.json} and {@code candidates.csv}. */
    List<Map<String, Object>> candidates() {
        return offers.stream().map(this::toMap).toList();
    }

    private Map<String, Object> toMap(Offer offer) {
        Finding finding = offer.finding();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", offer.candidate().title());
        map.put("recipe", finding.recipe().toString());
        map.put("settings", finding.recipe().toMap());
        map.put("parameters", parameters(finding.recipe()));
        map.put("epochs", code(finding.recipe()).epochs());
        map.put("trainAccuracy", finding.trainAccuracy());
        map.put("validationAccuracy", finding.accuracy());
        map.put("trainLoss", finding.trainLoss());
        map.put("validationLoss", finding.loss());
        map.put("rootMeanSquareError", finding.rootMeanSquare());
        put(map, "benefit", finding.benefit(), 1);
        map.put("p", finding.p());
        map.put("nanosPerStep", offer.stepNanos());
        put(map, "overheadPercent", offer.overhead(), 100);
        map.put("overheadVerdict", offer.verdict().toString());
        map.put("bestEpoch", finding.bestEpoch());
        map.put("secondsToBest", offer.secondsToBest());
        map.put("strengthAtEdge", finding.atEdge());
        map.put("dominatedPerStep", offer.dearStep());
        map.put("dominatedInTime", offer.dearTime());
        map.put("chosen", offer == choice.offer());
        return map;
    }

    private Code code(Recipe recipe) {
        return Code.of(plan, table, recipe);
    }

    private long parameters(Recipe recipe) {
        try (var model = recipe.build(plan.network(), plan.seed())) {
            return model.parameterCount();
        }
    }

    private static void put(Map<String, Object> map, String name, Interval interval, double factor) {
        map.put(name, factor * interval.mean());
        map.put(name + "Low", factor * interval.low());
        map.put(name + "High", factor * interval.high());
    }

    /** Returns how the losses are to be read. */
    String lossUnit() {
        return table.task() == Task.CLASSIFICATION
                ? "cross-entropy in nats"
                : "squared error of the standardised target: 1 is what predicting the mean would give";
    }
}
