package dev.ridgeline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.regularizer.TensorRegularizer;
import dev.ridgeline.regularizer.UnitNorm;
import dev.ridgeline.train.Model;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnClassTest {
    /** A penalty of one's own. */
    public record Strong(float lambda) implements Regularizer {
        /** Makes one for the command line. */
        public Strong() {
            this(0.5f);
        }

        @Override
        public double value(float w) {
            return 0.5 * lambda * w * w;
        }

        @Override
        public float gradient(float w) {
            return lambda * w;
        }
    }

    /** Has no constructor without arguments. */
    public record Unmade(float lambda) {}

    /** Is no regularizer. */
    public record Nothing() {}

    /** Throws. */
    public static final class Broken {
        /** Throws. */
        public Broken() {
            throw new IllegalStateException("not today");
        }
    }

    @Test
    void isPutOnTheKernels() {
        String name = Strong.class.getName();
        Catalogue.Entry own = Catalogue.named(name);
        assertEquals(name, own.name());
        assertEquals("Strong[lambda=0.5] on the kernels", own.setting());
        assertNotEquals(digest(Catalogue.named(Catalogue.NONE)), digest(own), "it acts");
    }

    private static String digest(Catalogue.Entry regularizer) {
        StepModel shape = Models.named("iris");
        try (Model model = shape.build(regularizer, 1, 1)) {
            model.step(shape.data(1));
            return model.digest();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nothing", "Unmade", "Broken", "Absent"})
    void whatIsNoneIsRefusedWithTheRemedy(String simple) {
        String name = OwnClassTest.class.getName() + "$" + simple;
        String message = assertThrows(IllegalArgumentException.class, () -> Catalogue.named(name))
                .getMessage();
        assertTrue(message.contains("\"" + name + "\": "), message);
        String remedy = switch (simple) {
            case "Nothing" -> "let it implement Regularizer, TensorRegularizer or Constraint";
            case "Unmade" -> "give it a public constructor without arguments";
            case "Broken" -> "its constructor throws java.lang.IllegalStateException: not today";
            default -> "no such class on the class path; start with java -cp ridgeline.jar";
        };
        assertTrue(message.contains(remedy), message);
    }

    @Test
    void aWordThatIsNoClassIsLeftToTheCatalogue() {
        assertEquals(Optional.empty(), OwnClass.make("droput"));
        assertEquals(Optional.empty(), OwnClass.make("-"));
    }

    /** A penalty on a whole tensor: of gradient 1 everywhere. */
    public record Sum() implements TensorRegularizer {
        @Override
        public double value(int rows, int columns, float[] w) {
            return 0;
        }

        @Override
        public Gradient gradient(int rows, int columns) {
            return (team, strength, w, g) -> {
                for (int i = 0; i < rows * columns; i++) {
                    g[i] += strength;
                }
            };
        }
    }

    @Test
    void everyKindActs() {
        String none = digest(Catalogue.named(Catalogue.NONE));
        assertNotEquals(none, digest(Catalogue.named(Sum.class.getName())));
        assertNotEquals(none, digest(Catalogue.named(UnitNorm.class.getName())));
    }
}
