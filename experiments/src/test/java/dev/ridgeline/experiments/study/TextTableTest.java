package dev.ridgeline.experiments.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void headingsAreBrokenAndNumbersSetFlushRight() {
        String table = TextTable.of(
                List.of("model", "train accuracy", "n"),
                List.of(List.of("base", "1.0", "12"), List.of("batch norm", "0.25", "3")));
        assertEquals("""
                               train
                model       accuracy   n
                base             1.0  12
                batch norm      0.25   3
                """, table);
    }
}
