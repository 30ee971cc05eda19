package dev.ridgeline.experiments.select;

import dev.ridgeline.experiments.data.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/** Small tables to select on. */
final class Tables {
    private Tables() {}

    /** Writes rows whose class depends on two of four features. */
    static Path classes(Path folder, int rows) throws IOException {
        return write(folder, "classes.csv", rows, true);
    }

    /** Writes rows whose target, of a mean of 500 and a deviation of about 100, depends on two of four features. */
    static Path numbers(Path folder, int rows) throws IOException {
        return write(folder, "numbers.csv", rows, false);
    }

    private static Path write(Path folder, String name, int rows, boolean classes) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        StringBuilder csv = new StringBuilder("a,b,c,d,y\n");
        for (int i = 0; i < rows; i++) {
            double[] x = random.doubles(4, -1, 1).toArray();
            double signal = x[0] - x[1] + 0.5 * (random.nextDouble() - 0.5);
            for (double v : x) {
                csv.append(String.format(Locale.ROOT, "%.4f,", v));
            }
            csv.append(classes ? signal > 0 ? "yes" : "no" : String.format(Locale.ROOT, "%.2f", 500 + 120 * signal))
                    .append('\n');
        }
        return Files.writeString(folder.resolve(name), csv);
    }

    static Table read(Path file) {
        return Table.read(file, "y", null, Set.of(), Set.of());
    }
}
