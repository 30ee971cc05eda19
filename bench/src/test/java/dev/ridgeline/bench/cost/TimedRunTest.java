package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.report.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimedRunTest {
    private final CostResult result = CostRunTest.synthetic();
    private final TimedRun run = TimedRun.of("cost.json", result);

    @TempDir
    private Path temporary;

    @Test
    void aModelHasItsControlsAsOneAndEachRegularizer() {
        assertEquals(
                List.of(
                        "none on iris",
                        "l1 on iris",
                        "dropout on iris",
                        "none on mnist",
                        "l1 on mnist",
                        "dropout on mnist"),
                run.series().stream().map(Series::label).toList());
        Series none = run.series().getFirst();
        assertEquals(Math.log(1000 * Math.sqrt(1.01)), none.logTimes().getFirst(), 1e-12);
        assertFalse(none.hasOverhead());
        Series dropout = run.series().get(2);
        assertEquals(Math.log(1250), dropout.logTimes().getFirst(), 1e-12);
        assertEquals(Math.log(1.25 / Math.sqrt(1.01)), dropout.logOverheads().getFirst(), 1e-12);
        assertEquals(4, dropout.logOverheads().size());
        assertEquals(result.analysis().noises().getFirst().floor(), dropout.floor());
        assertEquals("iris", dropout.group());
    }

    @Test
    void theRulerIsOnceABlock() {
        assertEquals(4, run.logRuler().size());
        assertEquals(Math.log(100), run.logRuler().getFirst(), 1e-12);
    }

    @Test
    void whatMattersIsAmongTheConditionsAndNothingElse() {
        assertEquals(
                Set.of(
                        "cpu",
                        "vectorFlags",
                        "cores",
                        "caches",
                        "governor",
                        "quota",
                        "jdk",
                        "flags",
                        "kernels",
                        "threads",
                        "warmupIterations",
                        "measuredIterations",
                        "iterationMillis"),
                run.conditions().keySet());
    }

    @Test
    void theCommitIsNamed() {
        assertEquals(
                List.of("cost.json has 4 blocks of commit "
                        + result.environment().commit() + ", begun "
                        + result.started().truncatedTo(ChronoUnit.SECONDS) + "."),
                run.notes());
    }

    @Test
    void fewerThanTwoBlocksCannotBeCompared() {
        CostResult none = CostRunTest.begin(result.settings());
        assertEquals(
                "cost.json has 0 finished blocks; a comparison needs at least 2, a useful one 10",
                assertThrows(IllegalArgumentException.class, () -> TimedRun.of("cost.json", none))
                        .getMessage());
    }

    @Test
    void eitherFileIsReadAsWhatItIs() throws IOException {
        Path cost = Files.writeString(temporary.resolve("a.json"), Json.write(new CostReport(result).json()));
        assertTrue(TimedRun.read(cost).cost());
        assertEquals(run.series(), TimedRun.read(cost).series());
        Path jmh = Files.writeString(temporary.resolve("b.json"), "\n" + JmhFileTest.recorded());
        assertFalse(TimedRun.read(jmh).cost());
        assertEquals(jmh.toString(), TimedRun.read(jmh).name());
    }
}
