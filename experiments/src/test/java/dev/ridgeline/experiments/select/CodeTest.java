package dev.ridgeline.experiments.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.experiments.data.Preprocessing;
import dev.ridgeline.experiments.data.Table;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.Trainer;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeTest {
    private static final List<Recipe> RECIPES = Stream.concat(
                    Candidate.allTrained().stream(), Stream.of(Recipe.NONE.stoppedAfter(2)))
            .toList();

    @TempDir
    private Path folder;

    /** Each program is compiled, makes the recommended model, and trains it as the command would. */
    @Test
    void theProgramForThisLibraryIsTheRecommendedModel() throws Exception {
        Table classes = Tables.read(Tables.classes(folder, 40));
        Table numbers = Tables.read(Tables.numbers(folder, 40));
        List<Code> codes = new ArrayList<>();
        for (Recipe recipe : RECIPES) {
            codes.add(Code.of(plan(classes), classes, recipe));
        }
        codes.add(Code.of(plan(numbers), numbers, Recipe.l2(0.01f)));
        compile(codes);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            for (int i = 0; i < codes.size(); i++) {
                Code code = codes.get(i);
                Table table = code.classifies() ? classes : numbers;
                Dataset rows = Preprocessing.fit(table, table.allRows()).transform(table.allRows());
                try (Model expected = code.recipe().build(code.network(), code.seed());
                        Model pasted = train(loader.loadClass("Program" + i), rows)) {
                    new Trainer(expected)
                            .batchSize(code.batchSize())
                            .epochs(code.epochs())
                            .fit(rows);
                    assertEquals(expected.toString(), pasted.toString());
                    assertEquals(expected.digest(), pasted.digest(), code::heading);
                }
            }
        }
    }

    private static Plan plan(Table table) {
        return Plan.of(table, Network.of(table, List.of(6, 5)), 2, 1, 3, -42);
    }

    private void compile(List<Code> codes) throws Exception {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < codes.size(); i++) {
            // a source file without a class needs a main method
            String program = RidgelineCode.of(codes.get(i)) + "\nvoid main() {}\n";
            files.add(Files.writeString(folder.resolve("Program" + i + ".java"), program));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean done = compiler.getTask(
                            messages,
                            manager,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-d",
                                    folder.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertTrue(done, messages::toString);
        }
    }

    private static Model train(Class<?> program, Dataset rows) throws Exception {
        Constructor<?> constructor = program.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object instance = constructor.newInstance();
        Method model = program.getDeclaredMethod("model");
        model.setAccessible(true);
        Model made = (Model) model.invoke(instance);
        Object y = rows.labels() == null ? rows.targets() : rows.labels();
        Method train = program.getDeclaredMethod("train", Model.class, float[].class, y.getClass());
        train.setAccessible(true);
        train.invoke(instance, made, rows.x(), y);
        return made;
    }

    @Test
    void theProgramsForKerasAndPyTorchArePython() throws Exception {
        assumeTrue(onPath("python3"), "python3 is not installed");
        Table classes = Tables.read(Tables.classes(folder, 40));
        Table numbers = Tables.read(Tables.numbers(folder, 40));
        List<String> command = new ArrayList<>(
                List.of("python3", "-c", "import ast, sys\nfor f in sys.argv[1:]: ast.parse(open(f).read(), f)"));
        for (Recipe recipe : RECIPES) {
            for (Table table : List.of(classes, numbers)) {
                Code code = Code.of(plan(table), table, recipe);
                for (String program : List.of(KerasCode.of(code), PyTorchCode.of(code))) {
                    Path file = folder.resolve("program" + command.size() + ".py");
                    command.add(Files.writeString(file, program).toString());
                }
            }
        }
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends");
        assertEquals(0, process.exitValue(), Files.readString(output));
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    @Test
    void strengthsAreWhatTheOthersCallThem() throws Exception {
        assertContains(keras(Recipe.l2(0.01f)), "kernel_regularizer=keras.regularizers.L2(0.005)");
        assertContains(pyTorch(Recipe.l2(0.01f)), "\"weight_decay\": 0.01}");
        assertContains(keras(Recipe.l1(0.0003f)), "kernel_regularizer=keras.regularizers.L1(0.0003)");
        assertContains(pyTorch(Recipe.l1(0.0003f)), "loss(model(batch), target) + 0.0003 * sum(w.abs().sum()");
        assertContains(keras(Recipe.elasticNet(0.003f)), "keras.regularizers.L1L2(l1=0.003, l2=0.0015)");
        assertContains(pyTorch(Recipe.elasticNet(0.003f)), "\"weight_decay\": 0.003}", " + 0.003 * sum(w.abs().sum()");
        assertContains(keras(Recipe.proximalL1(0.01f)), "keras.regularizers.L1(0.01)", "no proximal step");
        assertContains(
                pyTorch(Recipe.proximalL1(0.01f)),
                "v = state[\"exp_avg_sq\"] / (1 - 0.999 ** state[\"step\"])",
                "threshold = 0.01 * 0.001 / (v.sqrt() + 1.0E-8)");
        assertContains(keras(Recipe.elimination(0.03f)), "kernel_regularizer=WeightElimination(0.03, 1)");
        assertContains(pyTorch(Recipe.elimination(0.03f)), "+ 0.03 * sum((w**2 / (1 + w**2)).sum()");
        assertContains(keras(Recipe.maxNorm(0.5f)), "kernel_constraint=keras.constraints.MaxNorm(0.5, axis=0)");
        assertContains(pyTorch(Recipe.maxNorm(0.5f)), "for w in kernels[:-1]:", "(0.5 / w.norm(dim=1, keepdim=True))");
        assertContains(keras(Recipe.normalized()), "layers.BatchNormalization(momentum=0.9, epsilon=0.001)");
        assertContains(pyTorch(Recipe.normalized()), "nn.BatchNorm1d(6, eps=0.001, momentum=0.1)");
        assertContains(keras(Recipe.noise(0.3f)), "layers.GaussianNoise(0.3)");
        assertContains(pyTorch(Recipe.noise(0.3f)), "    GaussianNoise(0.3),");
        assertContains(keras(Recipe.dropout(0.25f)), "layers.Dropout(0.25)", "batch_size=32, epochs=3");
        assertContains(pyTorch(Recipe.dropout(0.25f)), "nn.Dropout(0.25)", "range(3)");
        assertContains(keras(Recipe.NONE.stoppedAfter(2)), "epochs=2)");
        assertFalse(keras(Recipe.NONE).contains("regularizer="), keras(Recipe.NONE));
    }

    private String keras(Recipe recipe) throws Exception {
        Table table = Tables.read(Tables.classes(folder, 40));
        return KerasCode.of(Code.of(plan(table), table, recipe));
    }

    private String pyTorch(Recipe recipe) throws Exception {
        Table table = Tables.read(Tables.classes(folder, 40));
        return PyTorchCode.of(Code.of(plan(table), table, recipe));
    }

    private static void assertContains(String program, String... parts) {
        for (String part : parts) {
            assertTrue(program.contains(part), () -> part + " in\n" + program);
        }
    }
}
