package dev.ridgeline.experiments.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CsvTextTest {
    @Test
    void cellsAreQuotedWhereTheyMustBe() {
        String text = CsvText.of(csv -> {
            csv.writeRecord("model", "loss");
            csv.writeRecord("deep, activity \"L1\"", "0.5");
        });
        assertEquals("model,loss\n\"deep, activity \"\"L1\"\"\",0.5\n", text);
        assertEquals("", CsvText.of(csv -> {}));
    }
}
