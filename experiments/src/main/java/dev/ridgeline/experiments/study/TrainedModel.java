package dev.ridgeline.experiments.study;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.report.Json;
import dev.ridgeline.train.Evaluation;
import dev.ridgeline.train.History;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.Predictor;
import dev.ridgeline.train.Trainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a study keeps of a model that it has trained.
 *
 * @param name the model's name
 * @param parameters the values in its tensors, moving statistics included
 * @param digest the SHA-256 of its tensors
 * @param history what each epoch measured
 * @param seconds how long the training took, validation included
 * @param train the training rows in one pass of inference after the training
 * @param validation the validation rows, likewise
 */
public record TrainedModel(
        String name,
        long parameters,
        String digest,
        History history,
        double seconds,
        Evaluation train,
        Evaluation validation) {
    /** How a study keeps trained models; of their evaluations it keeps loss and accuracy. */
    public static final Codec<TrainedModel> CODEC = new Codec<>(TrainedModel::write, TrainedModel::read);

    /**
     * Trains a model and evaluates it.
     *
     * @param name the model's name
     * @param model the model
     * @param trainer how to train it
     * @param train the rows to train on
     * @param validation the rows to validate on
     * @return what came out
     */
    public static TrainedModel train(String name, Model model, Trainer trainer, Dataset train, Dataset validation) {
        long start = System.nanoTime();
        History history = trainer.validation(validation).fit(train);
        double seconds = (System.nanoTime() - start) / 1e9;
        Predictor predictor = model.predictor();
        return new TrainedModel(
                name,
                model.parameterCount(),
                model.digest(),
                history,
                seconds,
                predictor.evaluate(train),
                predictor.evaluate(validation));
    }

    /**
     * Returns how many epochs were trained.
     *
     * @return the number
     */
    public int epochs() {
        return history.epochs().size();
    }

    /**
     * Returns the model as it stands in {@code result.json}.
     *
     * @return the values by name, in a fixed order
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("parameters", parameters);
        map.put("epochs", epochs());
        map.put("seconds", Math.round(seconds * 1e3) / 1e3);
        map.put("trainAccuracy", train.accuracy());
        map.put("validationAccuracy", validation.accuracy());
        map.put("trainLoss", train.loss());
        map.put("validationLoss", validation.loss());
        return map;
    }

    private Map<String, Object> write() {
        List<History.Epoch> all = history.epochs();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("parameters", parameters);
        map.put("digest", digest);
        map.put("seconds", seconds);
        map.put("train", List.of(train.loss(), train.accuracy()));
        map.put("validation", List.of(validation.loss(), validation.accuracy()));
        map.put("trainLoss", column(all, History.Epoch::trainLoss));
        map.put("trainAccuracy", column(all, History.Epoch::trainAccuracy));
        map.put("validationLoss", column(all, History.Epoch::validationLoss));
        map.put("validationAccuracy", column(all, History.Epoch::validationAccuracy));
        return map;
    }

    private static double[] column(List<History.Epoch> epochs, ToDoubleFunction<History.Epoch> value) {
        return epochs.stream().mapToDouble(value).toArray();
    }

    private static TrainedModel read(Map<String, Object> map) {
        List<Evaluation> train = evaluations(map.get("trainLoss"), map.get("trainAccuracy"));
        List<Evaluation> validation = evaluations(map.get("validationLoss"), map.get("validationAccuracy"));
        List<History.Epoch> epochs = new ArrayList<>();
        for (int i = 0; i < train.size(); i++) {
            epochs.add(new History.Epoch(i + 1, train.get(i), validation.get(i)));
        }
        return new TrainedModel(
                (String) map.get("name"),
                ((Number) map.get("parameters")).longValue(),
                (String) map.get("digest"),
                History.of(epochs),
                Json.number(map.get("seconds")),
                evaluation((List<?>) map.get("train")),
                evaluation((List<?>) map.get("validation")));
    }

    private static Evaluation evaluation(List<?> pair) {
        return new Evaluation(Json.number(pair.get(0)), Json.number(pair.get(1)));
    }

    private static List<Evaluation> evaluations(Object losses, Object accuracies) {
        List<?> loss = (List<?>) losses;
        List<?> accuracy = (List<?>) accuracies;
        return IntStream.range(0, loss.size())
                .mapToObj(i -> evaluation(List.of(loss.get(i), accuracy.get(i))))
                .toList();
    }
}
