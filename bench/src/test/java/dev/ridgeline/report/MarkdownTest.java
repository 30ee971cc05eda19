package dev.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkdownTest {
    @Test
    void aTableHasALineBelowItsHeaderAndKeepsItsCellsTogether() {
        assertEquals(
                "| name | value |\n| --- | --- |\n| a\\|b | 1 |\n",
                Markdown.table(List.of("name", "value"), List.of(List.of("a|b", "1"))));
    }

    @Test
    void paragraphsAreApartAndPropertiesAList() {
        assertEquals("one\n\ntwo\n", Markdown.paragraphs(List.of("one", "two")));
        assertEquals("- cores: 2\n", Markdown.properties(Map.of("cores", 2)));
    }
}
