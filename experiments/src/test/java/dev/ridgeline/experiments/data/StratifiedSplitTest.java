package dev.ridgeline.experiments.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StratifiedSplitTest {
    /** 150 rows, 50 of each class, the classes mixed. */
    private final int[] labels = IntStream.range(0, 150).map(row -> row % 3).toArray();

    @ParameterizedTest
    @CsvSource({"0.25, 38", "0.2, 30", "0.5, 75", "0.001, 3", "0.999, 147"})
    void theShareIsRoundedUpAndEachRowIsOnOneSide(double share, int validation) {
        StratifiedSplit split = StratifiedSplit.draw(labels, 3, share, 42);
        assertEquals(validation, split.validation().length);
        int[] all = IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.validation()))
                .sorted()
                .toArray();
        assertArrayEquals(IntStream.range(0, 150).toArray(), all);
        assertArrayEquals(Arrays.stream(split.train()).sorted().toArray(), split.train(), "ascending");
        for (int count : counts(split.validation())) {
            assertTrue(Math.abs(count - validation / 3.0) < 1, () -> Arrays.toString(counts(split.validation())));
        }
    }

    @Test
    void theSeedAloneDrawsRowsAndTheOddOnesOut() {
        StratifiedSplit one = StratifiedSplit.draw(labels, 3, 0.25, 1);
        assertArrayEquals(
                one.validation(), StratifiedSplit.draw(labels, 3, 0.25, 1).validation());
        Set<Integer> smaller = new HashSet<>();
        Set<String> drawn = new HashSet<>();
        for (int seed = 0; seed < 30; seed++) {
            int[] validation = StratifiedSplit.draw(labels, 3, 0.25, seed).validation();
            drawn.add(Arrays.toString(validation));
            int[] counts = counts(validation); // 13, 13 and 12 in some order
            smaller.add(IntStream.range(0, 3)
                    .filter(k -> counts[k] == 12)
                    .findFirst()
                    .orElseThrow());
        }
        assertEquals(30, drawn.size());
        assertEquals(Set.of(0, 1, 2), smaller);
    }

    /** Over many splits each row validates equally often: 25 % of 400, with a standard deviation of 9. */
    @Test
    void noRowIsPreferred() {
        int[] times = new int[150];
        for (int seed = 0; seed < 400; seed++) {
            for (int row : StratifiedSplit.draw(labels, 3, 0.25, seed).validation()) {
                times[row]++;
            }
        }
        assertTrue(Arrays.stream(times).allMatch(t -> Math.abs(t - 101) < 45), () -> Arrays.toString(times));
    }

    @Test
    void aSmallClassKeepsARowOnEitherSide() {
        int[] few = new int[40];
        few[7] = few[9] = 1;
        StratifiedSplit split = StratifiedSplit.draw(few, 3, 0.1, 42); // of class 2 there is none
        assertEquals(
                1,
                Arrays.stream(split.validation()).filter(row -> few[row] == 1).count());
        assertEquals(
                1, Arrays.stream(split.train()).filter(row -> few[row] == 1).count());
    }

    @Test
    void aClassOfOneRowIsRefused() {
        int[] single = new int[40];
        single[7] = 1;
        String message = assertThrows(IllegalArgumentException.class, () -> StratifiedSplit.draw(single, 2, 0.25, 42))
                .getMessage();
        assertTrue(message.contains("class 1 has 1 row") && message.contains("; give it another"), message);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.2, 1.5, Double.NaN})
    void aShareThatLeavesNothingIsRefused(double share) {
        String message = assertThrows(IllegalArgumentException.class, () -> StratifiedSplit.draw(labels, 3, share, 42))
                .getMessage();
        assertTrue(message.contains("is " + share + "; it must be above 0 and below 1"), message);
        assertFalse(message.contains("row"), message);
    }

    private int[] counts(int[] rows) {
        int[] counts = new int[3];
        for (int row : rows) {
            counts[labels[row]]++;
        }
        return counts;
    }
}
