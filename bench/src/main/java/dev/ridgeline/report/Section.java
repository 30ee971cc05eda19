package dev.ridgeline.report;

import java.util.Map;

/**
 * A part of a report in the three forms that a report has.
 *
 * @param heading its heading
 * @param html what stands below the heading on the page, made by {@link Page}
 * @param markdown the same for the Markdown file, made by {@link Markdown}
 * @param json the same for the JSON file: entries beside those of the result, whose names no other part uses
 */
public record Section(String heading, String html, String markdown, Map<String, ?> json) {}
