package dev.ridgeline.experiments;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.train.Evaluation;
import dev.ridgeline.train.History;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.Predictor;
import dev.ridgeline.train.Trainer;
import java.util.LinkedHashMap;
import java.util.Map;

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
record TrainedModel(
        String name,
        long parameters,
        String digest,
        History history,
        double seconds,
        Evaluation train,
        Evaluation validation) {
    /** Trains a model and evaluates it. */
    static TrainedModel train(String name, Model model, Trainer trainer, Dataset train, Dataset validation) {
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

    int epochs() {
        return history.epochs().size();
    }

    /** Returns the model as it stands in {@code result.json}. */
    Map<String, Object> toMap() {
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
}
