package dev.ridgeline.golden;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Numbers computed in double by PyTorch, Keras and scikit-learn hold here too. The cases are the resources in golden/,
 * and every *.json below the folder that the system property {@code golden.dir} names.
 */
class GoldenTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void holds(GoldenCase golden) {
        // reports that show no display name still name the case
        try {
            GoldenChecks.check(golden);
        } catch (AssertionError e) {
            throw new AssertionError(golden.title() + ": " + e.getMessage(), e);
        }
    }

    static Stream<Named<GoldenCase>> cases() throws IOException, URISyntaxException {
        List<GoldenCase> cases = new ArrayList<>(resources());
        String more = System.getProperty("golden.dir", "");
        if (!more.isBlank()) {
            // a relative path starts at the module, where its tests run, or at the top of the build
            Path folder = Path.of(more);
            cases.addAll(GoldenCase.below(
                    Files.exists(folder) ? folder : Path.of("..").resolve(folder)));
        }
        return cases.stream().map(golden -> Named.of(golden.title(), golden));
    }

    static List<GoldenCase> resources() throws IOException, URISyntaxException {
        return GoldenCase.below(
                Path.of(GoldenTest.class.getResource("/golden/penalty.json").toURI())
                        .getParent());
    }
}
