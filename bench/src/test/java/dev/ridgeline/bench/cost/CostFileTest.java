package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.report.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostFileTest {
    private final CostResult result = CostRunTest.synthetic();
    private final String text = Json.write(new CostReport(result).json());

    @Test
    void readsTheWholeRunBack() {
        CostResult read = CostFile.read("cost.json", text, CostFile.DAMAGED);
        assertEquals(result.settings(), read.settings());
        assertEquals(result.environment(), read.environment());
        assertEquals(result.started(), read.started());
        assertEquals(result.took().toMillis(), read.took().toMillis());
        assertEquals(result.samples(), read.samples());
        assertEquals(Json.write(result.toMap()), Json.write(read.toMap()));
    }

    @Test
    void refusesAnotherVersionAndNamesTheReleaseThatWroteIt() {
        String other = text.replace("\"schemaVersion\" : " + CostReport.SCHEMA_VERSION, "\"schemaVersion\" : 99");
        assertEquals(
                "cost.json has schema version 99, and this release reads " + CostReport.SCHEMA_VERSION
                        + "; measure again, or use the release that wrote it, "
                        + result.environment().version(),
                refusal(other));
        assertEquals(
                "cost.json has schema version null, and this release reads " + CostReport.SCHEMA_VERSION
                        + "; measure again, or use the release that wrote it",
                refusal("{\"command\" : \"cost\"}"));
    }

    @Test
    void refusesWhatIsNoSuchFile() {
        assertEquals("cost.json is not written by the command cost", refusal("{\"command\" : \"iris\"}"));
        assertEquals("cost.json is not written by the command cost", refusal("{}"));
    }

    @Test
    void aFieldThatIsMissingOrOfAnotherKindIsSaidInWords() {
        for (String damaged : List.of(
                text.replaceFirst("\"samples\"", "\"simples\""),
                text.replaceFirst("\"threads\" : 1", "\"threads\" : \"one\""),
                text.replaceFirst("\"cpu\" : \"", "\"cpu\" : 3, \"gpu\" : \""))) {
            assertEquals(
                    "cost.json is damaged: a field is missing or holds what it cannot, see cost.schema.json"
                            + "; copy it again, or measure again",
                    refusal(damaged));
        }
    }

    @Test
    void refusesWhatIsDamaged() {
        for (String damaged : List.of(
                "",
                text.substring(0, text.length() / 2),
                text.replaceFirst("\"block\" : 1", "\"block\" : 7"),
                text.replaceFirst("\"block\" : 1", "\"block\" : 2"),
                text.replaceFirst("\"nanosPerStep\" : [0-9.]+", "\"nanosPerStep\" : -1"),
                text.replaceFirst("\"nanosPerStep\" : [0-9.]+", "\"nanosPerStep\" : null"),
                text.replaceFirst("\"samples\"", "\"simples\""),
                text.replaceFirst("\"threads\" : 1", "\"threads\" : \"one\""),
                text.replaceFirst("\"started\" : \"", "\"started\" : \"x"))) {
            String message = refusal(damaged);
            assertTrue(message.startsWith("cost.json is damaged: "), message);
            assertTrue(message.endsWith("; copy it again, or measure again"), message);
        }
    }

    private static String refusal(String text) {
        return assertThrows(IllegalArgumentException.class, () -> CostFile.read("cost.json", text, CostFile.DAMAGED))
                .getMessage();
    }
}
