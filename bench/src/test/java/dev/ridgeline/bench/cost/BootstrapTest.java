package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    @Test
    void agreesWithStudentOnNormalValues() {
        double[] values = new Random(3).doubles(30).map(u -> 5 + u).toArray();
        Interval bootstrap = Bootstrap.interval(values);
        assertEquals(Interval.of(values).mean(), bootstrap.mean(), 1e-12);
        assertTrue(bootstrap.low() < bootstrap.mean() && bootstrap.mean() < bootstrap.high(), bootstrap.toString());
        assertTrue(Bootstrap.agree(Interval.of(values), bootstrap), bootstrap.toString());
        assertEquals(bootstrap, Bootstrap.interval(values), "the same values, the same interval");
    }

    @Test
    void disagreesWhereOneValueDecides() {
        double[] values = new double[20];
        values[7] = 1;
        assertFalse(Bootstrap.agree(Interval.of(values), Bootstrap.interval(values)));
    }
}
