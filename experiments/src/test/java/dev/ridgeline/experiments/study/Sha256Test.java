package dev.ridgeline.experiments.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgeline.data.Dataset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class Sha256Test {
    /** What {@code printf 'abc\nd\n' | sha256sum} prints. */
    @Test
    void linesAreDigestedAsSha256sumDoes() {
        assertEquals(
                "f1282259787bfe9fdf238df6902c274868c76f7682758c9ec0fbe5fe47c82677",
                Sha256.ofLines(List.of("abc", "d")));
    }

    @Test
    void everyPartOfADataSetCounts() {
        float[] x = new float[40_000];
        float[] changed = x.clone();
        changed[39_999] = 1;
        int[] labels = new int[20_000];
        int[] otherLabels = labels.clone();
        otherLabels[5] = 1;
        float[] targets = new float[20_000];
        List<Dataset> sets = List.of(
                Dataset.classification(2, x, 2, labels),
                Dataset.classification(2, x, 3, labels),
                Dataset.classification(2, changed, 2, labels),
                Dataset.classification(2, x, 2, otherLabels),
                Dataset.regression(2, x, 1, targets),
                Dataset.classification(2, Arrays.copyOf(x, 20_000), 2, new int[10_000]));
        List<String> digests = Stream.concat(
                        sets.stream().map(Sha256::of), Stream.of(Sha256.of(sets.get(0), sets.get(1))))
                .toList();
        assertEquals(
                digests.size(), digests.stream().collect(Collectors.toSet()).size());
        assertEquals(digests.getFirst(), Sha256.of(Dataset.classification(2, x.clone(), 2, labels.clone())));
    }
}
