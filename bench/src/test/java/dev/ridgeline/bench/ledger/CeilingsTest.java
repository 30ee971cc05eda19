package dev.ridgeline.bench.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CeilingsTest {
    /** 200 GFLOP/s; 400, 100 and 20 GB/s. */
    static final Ceilings SYNTHETIC = new Ceilings(
            200,
            List.of(
                    new Ceilings.Bandwidth("L1", 48 << 10, 24 << 10, 400),
                    new Ceilings.Bandwidth("L2", 1 << 20, 200 << 10, 100),
                    new Ceilings.Bandwidth("memory", Long.MAX_VALUE, 64 << 20, 20)));

    @Test
    void aWorkingSetLiesInTheFirstLevelThatHoldsIt() {
        assertEquals("L1", SYNTHETIC.holding(48 << 10).level());
        assertEquals("L2", SYNTHETIC.holding((48 << 10) + 1).level());
        assertEquals("memory", SYNTHETIC.holding(1L << 40).level());
    }

    @Test
    void theRoofIsTheLongerOfTwoTimes() {
        Ceilings.Bandwidth second = SYNTHETIC.bandwidths().get(1);
        assertEquals(5, SYNTHETIC.nanos(new Demand(1000, 100, 0), second));
        assertEquals(10, SYNTHETIC.nanos(new Demand(1000, 1000, 0), second));
    }

    @Test
    void memoryHasNoCapacityInJson() {
        List<?> levels = (List<?>) SYNTHETIC.toMap().get("bandwidths");
        assertEquals(200.0, SYNTHETIC.toMap().get("gigaflops"));
        assertEquals(48L << 10, ((Map<?, ?>) levels.getFirst()).get("capacityBytes"));
        assertNull(((Map<?, ?>) levels.getLast()).get("capacityBytes"));
        assertEquals(20.0, ((Map<?, ?>) levels.getLast()).get("gigabytes"));
    }
}
