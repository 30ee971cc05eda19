package dev.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.jr.ob.JSON;

class JsonTest {
    @Test
    void readsBackAsItWas() throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("text", "\"ü\"\n");
        map.put("number", 0.1);
        map.put("whole", 7L);
        map.put("truth", true);
        map.put("absent", null);
        map.put("nested", Map.of("list", List.of(1, 2)));
        String json = Json.write(map);
        Map<String, Object> read = JSON.std.mapFrom(json);
        assertEquals(List.copyOf(map.keySet()), List.copyOf(read.keySet()));
        assertEquals("\"ü\"\n", read.get("text"));
        assertEquals(0.1, read.get("number"));
        assertEquals(Map.of("list", List.of(1, 2)), read.get("nested"));
        assertTrue(json.endsWith("}\n"), json);
    }

    @Test
    void writesWhatJsonHasNotAsNull() throws IOException {
        Map<String, Object> read = JSON.std.mapFrom(
                Json.write(Map.of("a", new double[] {1, Double.NaN, Double.NEGATIVE_INFINITY}, "b", Float.NaN)));
        assertEquals(Arrays.asList(1.0, null, null), read.get("a"));
        assertTrue(read.containsKey("b"));
        assertEquals(null, read.get("b"));
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThrows(IllegalArgumentException.class, () -> Json.write(Map.of("x", new Object())));
    }

    @Test
    void aLineLosesNoNumber() {
        double[] numbers = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0.1, 1e-320, 7};
        Map<String, Object> back = Json.read(Json.line(Map.of("numbers", numbers)));
        assertArrayEquals(numbers, Json.numbers(back.get("numbers")));
        assertEquals(1, Json.line(Map.of("text", "a\nb")).lines().count());
    }
}
