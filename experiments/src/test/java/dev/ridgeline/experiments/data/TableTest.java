package dev.ridgeline.experiments.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Dataset;
import java.io.ByteArrayOutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
    @TempDir
    private Path folder;

    @Test
    void textIsForClassesAndNumbersAreFeatures() throws Exception {
        Table table = read("x,colour,y\n"
                + rows(30, i -> 1.5 * i + "," + (i % 3 == 0 ? "red" : "blue") + "," + "ab".charAt(i % 2)));
        assertEquals(Task.CLASSIFICATION, table.task());
        assertEquals("the target is text", table.rule());
        assertEquals(List.of("a", "b"), table.classes());
        assertEquals(List.of("x", "colour=red"), table.features());
        assertEquals(30, table.rows());
        assertEquals(2, table.columnCount());
        assertEquals(List.of(), table.notes());
    }

    @Test
    void threeCategoriesBecomeThreeFeatures() throws Exception {
        Table table = read("size,y\n" + rows(30, i -> List.of("S", "M", "L").get(i % 3) + "," + 0.5 * i));
        assertEquals(List.of("size=L", "size=M", "size=S"), table.features());
    }

    @Test
    void theSeparatorIsTold() throws Exception {
        for (char separator : new char[] {',', ';', '\t'}) {
            String text = "\"a,;\tb\",c,y\n" + rows(24, i -> i * i + "," + -i + "," + (i % 2 == 0 ? "yes" : "no"));
            String header = "\"a,;\tb\"";
            Table table = read(header + text.substring(header.length()).replace(',', separator));
            assertEquals(List.of("a,;\tb", "c"), table.features(), "separator " + (int) separator);
        }
    }

    @Test
    void fractionsMayBeginWithACommaWhereItSeparatesNothing() throws Exception {
        Table table = read("a;y\n" + rows(24, i -> i * i + ",25;" + i + ",5"));
        assertEquals(Task.REGRESSION, table.task());
        assertEquals(1.5, table.value(1));
    }

    @Test
    void quotedCellsMayHoldSeparatorsQuotesAndLineEnds() throws Exception {
        Table table = read("a,y\r\n" + rows(24, i -> i * i + ",\"x, \"\"" + (i % 2) + "\"\"\n.\""));
        assertEquals(List.of("x, \"0\"\n.", "x, \"1\"\n."), table.classes());
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheHeader() throws Exception {
        assertEquals(
                List.of("a"),
                read("\uFEFFa,y\n" + rows(24, i -> i * i + "," + i / 2.0)).features());
    }

    @Test
    void whatIsMissingIsFilledWithTheMeanOrTheMostFrequent() throws Exception {
        List<String> gaps = List.of("", "NA", "NaN", "?", "n/a", "null");
        Table table = read("a,b,y\n"
                + rows(
                        24,
                        i -> i < 6
                                ? gaps.get(i) + "," + gaps.get(5 - i) + "," + i / 2.0
                                : i * i + "," + (i % 4 == 0 ? "p" : "q") + "," + i / 2.0));
        assertEquals(List.of("a", "b=q"), table.features());
        int[] rows = table.allRows();
        Dataset data = Preprocessing.fit(table, rows).transform(rows);
        for (int r = 0; r < 6; r++) {
            assertEquals(0, data.x()[2 * r], 1e-6, "the mean of a");
            assertTrue(data.x()[2 * r + 1] > 0, "b is q");
        }
    }

    @Test
    void aFewWholeNumbersAreClassesAndManyOrFractionsAreNot() throws Exception {
        Table few = read("a,y\n" + rows(40, i -> i * i + "," + i % 4));
        assertEquals(Task.CLASSIFICATION, few.task());
        assertEquals("the target has only 4 different values, all whole numbers", few.rule());
        Table many = read("a,y\n" + rows(60, i -> i * i + "," + i % 11));
        assertEquals(Task.REGRESSION, many.task());
        assertEquals("the target has 11 different numbers", many.rule());
        assertEquals(
                Task.REGRESSION,
                read("a,y\n" + rows(60, i -> i * i + "," + i % 4 + ".5")).task());
        assertEquals(
                Task.REGRESSION,
                read("a,y\n" + rows(40, i -> i * i + "," + i % 9)).task(),
                "under 5 rows each");
        assertEquals(
                List.of("2", "10"),
                read("a,y\n" + rows(40, i -> i * i + "," + (i % 2 == 0 ? 10 : 2)))
                        .classes());
    }

    @Test
    void theUserMaySayWhichTaskItIs() throws Exception {
        Path file = write("a,y\n" + rows(60, i -> i * i + "," + i % 4));
        Table table = Table.read(file, "y", Task.REGRESSION, Set.of(), Set.of());
        assertEquals(Task.REGRESSION, table.task());
        assertEquals("as asked", table.rule());
        Path text = write("a,y\n" + rows(60, i -> i * i + "," + "abc".charAt(i % 3)));
        refused(
                text,
                "y",
                Task.REGRESSION,
                "the target, column \"y\", is text, for example \"a\"",
                "use --task classification");
    }

    @Test
    void columnsThatTeachNothingAreLeftOutAndNamed() throws Exception {
        Table table =
                read("a,same,none,one,y\n" + rows(24, i -> i * i + ",7,NA," + (i == 3 ? "" : "1.0") + "," + i / 2.0));
        assertEquals(List.of("a"), table.features());
        assertEquals(
                List.of(
                        "column \"same\" has the same value in all rows, 7; it is left out",
                        "column \"none\" has no value in any row; it is left out",
                        "column \"one\" has the same value in all rows, 1.0; it is left out"),
                table.notes());
    }

    @Test
    void columnsThatNameTheRowsAreLeftOutUnlessKept() throws Exception {
        String csv = ",customer_id,name,a,y\n"
                + rows(24, i -> i + 1 + "," + (977 * i % 10007) + ",N" + i + "," + i * i + "," + i / 2.0);
        Table table = read(csv);
        assertEquals(List.of("a"), table.features());
        assertEquals(
                "column \"column 1\" counts the rows; it is left out (--keep keeps it)",
                table.notes().get(0));
        assertTrue(table.notes().get(1).startsWith("column \"customer_id\" is a number of its own in each row"));
        assertTrue(table.notes().get(2).startsWith("column \"name\" has 24 different texts in 24 rows"));
        Table kept = Table.read(write(csv), "y", null, Set.of(), Set.of("column 1", "customer_id", "name"));
        assertEquals(3 + 24, kept.features().size());
        assertEquals(List.of(), kept.notes());
    }

    @Test
    void theUserMayLeaveColumnsOut() throws Exception {
        Path file = write("a,b,y\n" + rows(24, i -> i * i + "," + -i * i + "," + i / 2.0));
        assertEquals(
                List.of("b"), Table.read(file, "y", null, Set.of("a"), Set.of()).features());
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Table.read(file, "y", null, Set.of("y"), Set.of()));
        assertTrue(e.getMessage().contains("\"y\", is to be ignored"), e::getMessage);
        e = assertThrows(IllegalArgumentException.class, () -> Table.read(file, "y", null, Set.of("a", "b"), Set.of()));
        assertTrue(e.getMessage().contains("no column is left to predict \"y\" from"), e::getMessage);
    }

    @Test
    void rowsWithoutATargetAreLeftOutAndCounted() throws Exception {
        Table table = read("a,y\n" + rows(30, i -> i * i + "," + (i % 10 == 0 ? "NA" : i / 2.0)));
        assertEquals(27, table.rows());
        assertEquals(List.of("3 of 30 rows have no target; they are left out"), table.notes());
    }

    @Test
    void aRareClassIsNamed() throws Exception {
        Table table = read("a,y\n" + rows(30, i -> i * i + "," + (i == 0 ? "c" : i % 2 == 0 ? "a" : "b")));
        assertEquals(List.of("class \"c\" has 1 row; what is said of it is by chance"), table.notes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x,y\\n1,2\\n3\\n | line 3 has 1 cells, the header has 2; make them equal",
                "x,y\\n1,2\\n\\n1,2,3\\n | line 4 has 3 cells, the header has 2; make them equal",
                "x,y,z,x\\n1,2,3,4\\n | columns 1 and 4 have the same name, \"x\"; rename one of them",
                "1,2.5,-3e2\\n1,2,3\\n | the first line has nothing but numbers: 1, 2.5, -3e2; put a line with the names",
                "lonely\\n1\\n | the first line is a single cell, \"lonely\"; separate the cells with commas",
                "x,y\\n | has no rows; it needs a header and a line for each row",
                "`` | has no rows; it needs a header",
                "x,y\\n1,\"2\\n3,4\\n | Unclosed quoted field at end of input (record starting at line 2); quote whole cells",
                "x,y\\n1,\"2\"3\\n | Unexpected character after closing quote",
                "x,y\\n1,2\\n3,4\\n | has 2 rows with a target; give at least 20",
            })
    void aBrokenFileIsRefusedWithTheLineAndTheRemedy(String text, String message) throws Exception {
        refused(write(text == null ? "" : text.replace("\\n", "\n")), "y", null, message);
    }

    @Test
    void aColumnThatIsNotThereIsAnsweredWithTheNearest() throws Exception {
        Path file = write("sepal length,sepal width,Species\n" + rows(24, i -> i + "," + i * i + "," + i % 2));
        refused(
                file,
                "species",
                null,
                "has no column \"species\": did you mean \"Species\" or ",
                "There are: sepal length, sepal width, Species");
        Path wide = write(columns(30) + "\n"
                + rows(24, i -> IntStream.range(0, 30).mapToObj(c -> "" + i * c).collect(Collectors.joining(","))));
        refused(wide, "c31", null, "did you mean \"c1\" or \"c3\"?", "c8, c9 and 20 more");
    }

    @Test
    void oneClassOrOneValueIsNothingToPredict() throws Exception {
        refused(
                write("a,y\n" + rows(24, i -> i * i + ",yes")),
                "y",
                null,
                "has one class only, \"yes\"; there must be at least 2");
        Path same = write("a,y\n" + rows(24, i -> i * i + ",2.5"));
        refused(same, "y", null, "is 2.5 in every row; there is nothing to predict");
    }

    @Test
    void aTargetThatDiffersInEveryRowIsNoClass() throws Exception {
        refused(
                write("a,y\n" + rows(24, i -> i * i + ",n" + i)),
                "y",
                null,
                "has 24 different values in 24 rows",
                "use another target");
    }

    @Test
    void anOddTextAmongNumbersIsAFaultAndAFewWordsAreCategories() throws Exception {
        Path file = write("a,y\n" + rows(40, i -> (i == 8 ? "12 kg" : i * i) + "," + i / 2.0));
        refused(
                file,
                "y",
                null,
                "column \"a\", line 10: \"12 kg\" is no number, as most of the others are",
                "write NA");
        assertEquals(
                4,
                read("a,y\n" + rows(40, i -> (i % 4 == 3 ? "3+" : i % 4) + "," + i / 2.0))
                        .features()
                        .size());
    }

    @ParameterizedTest
    @CsvSource({
        "inf, is infinite",
        "-Infinity, is infinite",
        "1e999, is larger than 1.0E100",
        "-2e100, is larger than 1.0E100"
    })
    void aNumberMustBeFinite(String cell, String message) throws Exception {
        Path file = write("a,y\n" + rows(24, i -> (i == 2 ? cell : i * i) + "," + i / 2.0));
        refused(file, "y", null, "column \"a\", line 4: \"" + cell + "\" " + message, "write NA for a missing value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "windows-1252"})
    void anotherEncodingIsNamedByByteAndLine(String charset) throws Exception {
        Path file = folder.resolve("data.csv");
        Files.writeString(file, "a,y\n1,b\u00E4r\n", Charset.forName(charset));
        refused(file, "y", null, "is not in UTF-8: byte 0xE4 in line 2", "iconv -t UTF-8 -f WINDOWS-1252");
    }

    @Test
    void whatIsNoTextIsRefusedForWhatItIs() throws Exception {
        Path file = folder.resolve("data.csv");
        Files.writeString(file, "a,y\n1,2\n", StandardCharsets.UTF_16);
        refused(file, "y", null, "is in UTF-16; save it as UTF-8");
        Files.write(file, new byte[] {'a', ',', 'y', '\n', '1', 0, 2});
        refused(file, "y", null, "is no text: byte 6, in line 2, is zero; give a CSV file in UTF-8");
        Files.write(file, new byte[] {'P', 'K', 3, 4, 0, 0});
        refused(file, "y", null, "is a ZIP archive or an Excel workbook; unpack it, or save the sheet as CSV");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write("a,y\n1,2\n".getBytes(StandardCharsets.UTF_8));
        }
        Files.write(file, bytes.toByteArray());
        refused(file, "y", null, "is compressed with gzip; unpack it first");
        refused(folder, "y", null, "is a folder; name a CSV file");
        refused(folder.resolve("no.csv"), "y", null, "There is no file", "check the path");
    }

    @Test
    void aReplacementCharacterOfTheFileItselfIsText() throws Exception {
        assertEquals(
                List.of("a", "\uFFFD"),
                read("x,y\n" + rows(24, i -> i * i + "," + "a\uFFFD".charAt(i % 2)))
                        .classes());
    }

    @Test
    void aHugeFileIsRefusedWithTheLimit() throws Exception {
        Path sparse = folder.resolve("huge.csv");
        try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.setLength(TextFile.MOST_BYTES + 1L);
        }
        refused(sparse, "y", null, "is larger than 100 MB; give a sample of its rows");
        Path cells = write(columns(1001) + "\n" + (",".repeat(1000) + "\n").repeat(4996));
        refused(cells, "c1", null, "has more than 5 million cells; give a sample of its rows, or fewer columns");
    }

    @Test
    void tooManyCategoriesAreRefusedWithTheWidestColumn() throws Exception {
        Path file = write("a,word,y\n" + rows(4100, i -> i * i + ",w" + i / 2 + "," + i / 2.0));
        refused(
                file,
                "y",
                null,
                "its columns become 2,051 features, at most 2,000 are taken; \"word\" alone becomes 2050");
    }

    private Table read(String text) throws Exception {
        return Table.read(write(text), "y", null, Set.of(), Set.of());
    }

    private Path write(String text) throws Exception {
        return Files.writeString(folder.resolve("table.csv"), text);
    }

    private static String rows(int count, IntFunction<String> row) {
        return IntStream.range(0, count).mapToObj(row).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String columns(int count) {
        return IntStream.range(0, count).mapToObj(c -> "c" + c).collect(Collectors.joining(","));
    }

    private static void refused(Path file, String target, Task task, String... parts) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Table.read(file, target, task, Set.of(), Set.of()));
        assertArrayEquals(
                parts, Arrays.stream(parts).filter(e.getMessage()::contains).toArray(), e::getMessage);
        assertTrue(e.getMessage().contains(file.toString()), e::getMessage);
    }
}
