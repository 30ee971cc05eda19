package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JmhBenchmarkTest {
    @Test
    void isNamedByClassMethodAndParameters() {
        JmhBenchmark plain = JmhBenchmark.named("com.acme.Parser.parse");
        JmhBenchmark sized = plain.with("size", 1000).with("text", "a b");
        assertEquals("Parser.parse", plain.toString());
        assertEquals("Parser.parse size=1000 text=a b", sized.toString());
        assertEquals(Map.of("size", "1000", "text", "a b"), sized.parameters());
        assertEquals(Map.of(), plain.parameters());
        assertEquals("Parser.parse", JmhBenchmark.named("Parser.parse").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "parse", ".parse", "com.acme."})
    void needsClassAndMethod(String name) {
        String message = assertThrows(IllegalArgumentException.class, () -> JmhBenchmark.named(name))
                .getMessage();
        assertTrue(message.startsWith("Benchmark \"" + name + "\": give the class and the method"), message);
    }
}
