package dev.ridgeline.experiments.study;

import dev.ridgeline.plot.Chart;
import dev.ridgeline.report.Page;
import java.util.List;

/** Charts side by side on a page. */
public final class Panels {
    private Panels() {}

    /**
     * Returns the charts of a section.
     *
     * @param charts the charts, in this order
     * @return their HTML
     */
    public static String html(List<Chart> charts) {
        return Page.panels(charts.stream().map(Chart::panel).toList());
    }
}
