package dev.ridgeline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void countsTheLettersThatDiffer() {
        assertEquals(0, Names.distance("l1", "l1"));
        assertEquals(3, Names.distance("kitten", "sitting"));
        assertEquals(4, Names.distance("", "iris"));
        assertEquals(4, Names.distance("iris", ""));
    }

    @Test
    void offersTheNearestFirst() {
        assertEquals("dropout", Names.nearest("Droput", Catalogue.names()).getFirst());
        assertEquals(List.of("l1", "l2"), Names.nearest("l3", Catalogue.names()));
        assertEquals(List.of("Species", "size"), Names.nearest("species", List.of("size", "width", "Species")));
    }

    @Test
    void anUnknownNameIsRefusedWithAnOffer() {
        String regularizer = assertThrows(UnknownNameException.class, () -> Catalogue.named("batch-norm"))
                .getMessage();
        assertEquals(
                "Unknown regularizer \"batch-norm\": did you mean \"batchnorm\" or",
                regularizer.substring(0, regularizer.lastIndexOf(" \"", regularizer.indexOf('?'))));
        String model = assertThrows(UnknownNameException.class, () -> Models.named("mnist12"))
                .getMessage();
        assertEquals(
                "Unknown model \"mnist12\": did you mean \"mnist128\" or \"mnist\"? There are: iris, mnist, mnist128,"
                        + " activity, wide, lambda, conv",
                model);
    }
}
