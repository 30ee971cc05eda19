package dev.ridgeline.experiments.study;

import dev.ridgeline.bench.Build;
import dev.ridgeline.report.Json;
import dev.ridgeline.report.OutputFolder;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The jobs that an unfinished study has done, in the file {@value #FILE} of its folder: a line of JSON for the study, then
 * one for each job. A line that a crash cut short is as if it were not there.
 */
final class Journal {
    static final String FILE = "unfinished.jsonl";

    private static final String REMEDY = "leave out --resume to start again";

    private final OutputFolder folder;
    private final Map<String, Object> header;
    private final Map<String, Map<String, Object>> finished = new ConcurrentHashMap<>();
    private boolean begun;

    /**
     * Makes the journal of a study that begins; nothing is written before the first job is done.
     *
     * @param folder where the study writes
     * @param header what the results depend on
     */
    Journal(OutputFolder folder, Map<String, Object> header) {
        this.folder = folder;
        this.header = header;
    }

    /** Returns what a study's results depend on. */
    static Map<String, Object> header(String command, Map<String, ?> configuration, String data) {
        Build build = Build.current();
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("command", command);
        header.put("release", build.version() + " " + build.commit());
        header.put("data", data);
        header.put("configuration", configuration);
        return header;
    }

    boolean exists() {
        return folder.read(FILE).isPresent();
    }

    /** Returns the key of a job: the SHA-256 of the study's header and the job's configuration. */
    String key(Map<String, ?> configuration) {
        return Sha256.ofLines(List.of(Json.line(header), Json.line(configuration)));
    }

    /** Returns the result of a finished job, or null. */
    Map<String, Object> result(String key) {
        return finished.get(key);
    }

    /** Reads the journal of the study that was interrupted in this folder, to go on with it. */
    void resume() {
        String text = folder.read(FILE)
                .orElseThrow(() -> new IllegalStateException(
                        "Nothing to resume: there is no " + FILE + " in \"" + folder.path() + "\"; " + REMEDY));
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        int number = 0;
        for (String line : whole.lines().toList()) {
            number++;
            Map<String, Object> map;
            try {
                map = Json.read(line);
                if (number > 1) {
                    finished.put((String) map.get("key"), result(map));
                }
            } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
                throw new IllegalStateException(
                        "Cannot resume: line " + number + " of " + FILE + " in \"" + folder.path() + "\" is damaged; "
                                + REMEDY,
                        e);
            }
            if (number == 1) {
                refuseDifferences(map);
            }
        }
        if (number > 0) { // else not even the header is whole
            begun = true;
            folder.write(FILE, whole);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> result(Map<String, Object> line) {
        return (Map<String, Object>) line.get("result");
    }

    private void refuseDifferences(Map<String, Object> before) {
        Map<String, Object> now = flat(Json.read(Json.line(header)));
        Map<String, Object> kept = flat(before);
        Set<String> fields = new LinkedHashSet<>(now.keySet());
        fields.addAll(kept.keySet());
        for (String field : fields) {
            if (!Objects.equals(kept.get(field), now.get(field))) {
                throw new IllegalStateException("Cannot resume: " + field + " was " + kept.get(field)
                        + " in the interrupted run and is " + now.get(field) + " now; make it the same, or " + REMEDY);
            }
        }
    }

    private static Map<String, Object> flat(Map<String, Object> header) {
        Map<String, Object> flat = new LinkedHashMap<>(header);
        if (flat.remove("configuration") instanceof Map<?, ?> configuration) {
            configuration.forEach((name, value) -> flat.put(name.toString(), value));
        }
        return flat;
    }

    /** Keeps the result of a job. */
    synchronized void add(String key, Map<String, Object> result) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("key", key);
        line.put("result", result);
        if (!begun) {
            folder.write(FILE, Json.line(header) + "\n");
            begun = true;
        }
        folder.append(FILE, Json.line(line) + "\n");
    }

    /** Removes the file of a study whose results are written. */
    void remove() {
        folder.delete(FILE);
    }
}
