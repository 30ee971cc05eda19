package dev.ridgeline.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Batch;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.AlphaDropout;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.GaussianDropout;
import dev.ridgeline.layer.GaussianNoise;
import dev.ridgeline.layer.GroupNorm;
import dev.ridgeline.layer.Initializer;
import dev.ridgeline.layer.InstanceNorm;
import dev.ridgeline.layer.LayerNorm;
import dev.ridgeline.layer.SpatialDropout;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.optimizer.AdamW;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.optimizer.RmsProp;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.GroupLasso;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxNorm;
import dev.ridgeline.regularizer.MaxWeight;
import dev.ridgeline.regularizer.NonNegative;
import dev.ridgeline.regularizer.Orthogonal;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.regularizer.UnitNorm;
import dev.ridgeline.regularizer.WeightElimination;
import dev.ridgeline.schedule.CosineDecay;
import dev.ridgeline.schedule.ExponentialDecay;
import dev.ridgeline.schedule.StepDecay;
import dev.ridgeline.schedule.WarmUp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelFileTest {
    /** A user's own penalty, which no file can bring. */
    record Quartic(float lambda) implements Regularizer {
        @Override
        public double value(float w) {
            return lambda * Math.pow(w, 4);
        }

        @Override
        public float gradient(float w) {
            return 4 * lambda * w * w * w;
        }
    }

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("model.npz");
    }

    private static ModelBuilder builder(Optimizer optimizer) {
        return Model.inputs(7)
                .optimizer(optimizer)
                .seed(5)
                .add(new Dense(12)
                        .name("hidden one")
                        .initializer(Initializer.HE_UNIFORM)
                        .kernelRegularizer(new ElasticNet(0.001f, 1e-9f))
                        .biasRegularizer(new L2(0.1f))
                        .kernelConstraint(new MaxNorm(1.5f))
                        .activityRegularizer(new L1(0.003f)))
                .add(new Activation(Activation.Function.RELU))
                .add(new Dropout(0.3f))
                .add(new BatchNorm(0.9, 1e-4))
                .add(new Dense(3).kernelRegularizer(new WeightElimination(0.01f, 0.5f)));
    }

    private static Batch batch() {
        return Samples.batch(Samples.classes(3, 20, 7, 3), 20);
    }

    private static void train(Model model, int steps) {
        for (int i = 0; i < steps; i++) {
            model.step(batch());
        }
    }

    static Stream<Optimizer> optimizers() {
        return Stream.of(
                new Sgd(0.1f),
                new Sgd(0.1f, 0.9f, true),
                new Adam(0.01, 0.8, 0.99, 1e-6),
                new AdamW(0.01, 0.1),
                new RmsProp(0.01, 0.9, 1e-6));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void trainingGoesOnBitForBit(Optimizer optimizer) throws IOException {
        try (Model whole = builder(optimizer).build();
                Model half = builder(optimizer).build()) {
            train(whole, 14);
            train(half, 9);
            half.save(file());
            try (Model loaded = Model.load(file(), 2);
                    Model restored = builder(optimizer).build()) {
                assertEquals(half.digest(), loaded.digest());
                assertEquals(9, loaded.steps());
                train(loaded, 5);
                restored.restore(file());
                train(restored, 5);
                assertEquals(whole.digest(), loaded.digest());
                assertEquals(whole.digest(), restored.digest());
            }
        }
    }

    private static ModelBuilder scheduled() {
        return Model.inputs(7)
                .learningRateSchedule(new WarmUp(4, new CosineDecay(20, 0.1)))
                .clipGradientValue(0.3f)
                .clipGradientNorm(0.7f)
                .add(new Dense(12)
                        .kernelRegularizer(new ProximalL1(0.01f))
                        .kernelSchedule(new WarmUp(5))
                        .kernelTensorRegularizer(new GroupLasso(0.01f))
                        .kernelConstraint(new UnitNorm()))
                .add(new Dense(9)
                        .kernelTensorRegularizer(new Orthogonal(0.1f, Orthogonal.Mode.COLUMNS))
                        .kernelSchedule(new StepDecay(0.5, 3))
                        .kernelConstraint(new NonNegative()))
                .add(new Dense(3).activityRegularizer(new L2(0.1f)).activitySchedule(new ExponentialDecay(0.1, 10)));
    }

    @Test
    void schedulesPenaltiesAndClippingGoOnBitForBit() throws IOException {
        try (Model whole = scheduled().build();
                Model half = scheduled().build()) {
            train(whole, 14);
            train(half, 9);
            half.save(file());
            try (Model loaded = Model.load(file(), 1)) {
                train(loaded, 5);
                assertEquals(whole.digest(), loaded.digest());
                assertEquals(whole.toString(), loaded.toString());
                assertEquals(whole.learningRateSchedule(), loaded.learningRateSchedule());
            }
            try (Model other = scheduled().clipGradientNorm(0.8f).build()) {
                String message = assertThrows(ModelFileException.class, () -> other.restore(file()))
                        .getMessage();
                assertTrue(message.contains("largest gradient norm is 0.7 there and 0.8 here"), message);
            }
        }
    }

    private static ModelBuilder noisy() {
        return Model.inputs(7)
                .labelSmoothing(0.1f)
                .add(new GaussianNoise(0.1f))
                .add(new Dense(12).dropConnect(0.3f))
                .add(new GaussianDropout(0.2f))
                .add(new Dense(9))
                .add(new AlphaDropout(0.05f))
                .add(new Dense(3));
    }

    @Test
    void masksAndNoiseGoOnBitForBit() throws IOException {
        try (Model whole = noisy().build();
                Model half = noisy().build()) {
            train(whole, 9);
            train(half, 4);
            half.save(file());
            try (Model loaded = Model.load(file(), 1);
                    Model restored = noisy().build();
                    Model plain = noisy().labelSmoothing(0).build()) {
                train(loaded, 5);
                restored.restore(file());
                train(restored, 5);
                assertEquals(whole.digest(), loaded.digest());
                assertEquals(whole.digest(), restored.digest());
                assertEquals(whole.toString(), loaded.toString());
                Exception e = assertThrows(ModelFileException.class, () -> plain.restore(file()));
                assertTrue(e.getMessage().contains("label smoothing is 0.1 there and null here"), e.getMessage());
            }
        }
    }

    @Test
    void channelsAreDroppedAfterLoadingToo() throws IOException {
        Batch batch = Samples.batch(Samples.classes(1, 8, 12, 12), 8);
        try (Model model = Model.inputs(3, 4)
                .add(new BatchNorm())
                .add(new SpatialDropout(0.25f))
                .build()) {
            model.save(file());
            try (Model loaded = Model.load(file(), 1)) {
                assertEquals(model.step(batch), loaded.step(batch));
            }
        }
    }

    @Test
    void epochsGoOnBitForBit() throws IOException {
        try (Model whole = builder(new Adam()).build();
                Model half = builder(new Adam()).build()) {
            History history = new Trainer(whole).batchSize(6).epochs(7).fit(Samples.classes(3, 20, 7, 3));
            new Trainer(half).batchSize(6).epochs(4).fit(Samples.classes(3, 20, 7, 3));
            half.save(file());
            try (Model loaded = Model.load(file(), 1)) {
                History rest = new Trainer(loaded).batchSize(6).epochs(3).fit(Samples.classes(3, 20, 7, 3));
                assertEquals(whole.digest(), loaded.digest());
                assertEquals(losses(history).subList(4, 7), losses(rest));
            }
        }
    }

    @Test
    void normalizationsComeBack() throws IOException {
        try (Model model = Model.inputs(7)
                .add(new Dense(12))
                .add(new LayerNorm(1e-5)
                        .gammaRegularizer(new L1(0.01f))
                        .betaRegularizer(new L2(0.02f))
                        .gammaConstraint(new MaxWeight(1.5f)))
                .add(new GroupNorm(3, 1e-4).betaConstraint(new MaxNorm(0.5f)))
                .add(new BatchNorm().gammaRegularizer(new L2(0.03f)))
                .add(new InstanceNorm(1e-2))
                .add(new Dense(3))
                .build()) {
            train(model, 3);
            model.save(file());
            try (Model loaded = Model.load(file(), 1)) {
                assertEquals(model.toString(), loaded.toString());
                train(model, 3);
                train(loaded, 3);
                assertEquals(model.digest(), loaded.digest());
            }
        }
    }

    private static List<Double> losses(History history) {
        return history.epochs().stream().map(History.Epoch::trainLoss).toList();
    }

    @Test
    void theConfigurationComesBack() throws IOException {
        try (Model model = builder(new Adam(0.01)).build()) {
            model.save(file());
            try (Model loaded = Model.load(file(), 1)) {
                assertEquals(model.toString(), loaded.toString());
                assertEquals(model.seed(), loaded.seed());
                assertEquals(model.optimizer(), loaded.optimizer());
            }
        }
    }

    /** As NumPy reads it: a zip of stored arrays in the format 1.0 with aligned data. */
    @Test
    void isAnNpzFile() throws IOException {
        try (Model model = builder(new Sgd(0.1f, 0.9f)).build()) {
            train(model, 1);
            model.save(file());
            try (ZipFile zip = new ZipFile(file().toFile())) {
                assertEquals(
                        List.of(
                                "configuration.npy",
                                "hidden one/kernel.npy",
                                "hidden one/bias.npy",
                                "batchnorm1/gamma.npy",
                                "batchnorm1/beta.npy",
                                "batchnorm1/moving_mean.npy",
                                "batchnorm1/moving_variance.npy",
                                "dense2/kernel.npy",
                                "dense2/bias.npy",
                                "hidden one/kernel/velocity.npy",
                                "hidden one/bias/velocity.npy",
                                "batchnorm1/gamma/velocity.npy",
                                "batchnorm1/beta/velocity.npy",
                                "dense2/kernel/velocity.npy",
                                "dense2/bias/velocity.npy"),
                        zip.stream().map(ZipEntry::getName).toList());
                byte[] kernel =
                        zip.getInputStream(zip.getEntry("dense2/kernel.npy")).readAllBytes();
                assertArrayEquals(
                        new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0}, Arrays.copyOf(kernel, 10));
                String header = new String(kernel, 10, 118, StandardCharsets.US_ASCII);
                assertEquals("{'descr': '<f4', 'fortran_order': False, 'shape': (12, 3), }", header.strip());
                assertTrue(header.endsWith("\n"));
                assertEquals(128 + 4 * 36, kernel.length);
                float first =
                        ByteBuffer.wrap(kernel).order(ByteOrder.LITTLE_ENDIAN).getFloat(128);
                assertEquals(model.layers().getLast().parameters().getFirst().value()[0], first);
            }
        }
    }

    @Test
    void theSameModelGivesTheSameFile() throws IOException {
        try (Model model = builder(new Sgd(0.1f)).build()) {
            model.save(file());
            byte[] first = Files.readAllBytes(file());
            model.save(file());
            assertArrayEquals(first, Files.readAllBytes(file()));
            try (Stream<Path> files = Files.list(folder)) {
                assertEquals(List.of(file()), files.toList(), "nothing else is left");
            }
        }
    }

    @Test
    void aFolderThatIsNotThereIsAnError() throws IOException {
        try (Model model = builder(new Sgd(0.1f)).build()) {
            Path absent = folder.resolve("absent/model.npz");
            Exception e = assertThrows(IOException.class, () -> model.save(absent));
            assertEquals(
                    absent + " cannot be written; name a file in a folder that is there and may be written to",
                    e.getMessage());
            for (Path directory : List.of(folder, folder.getRoot())) {
                Exception refused = assertThrows(IOException.class, () -> model.save(directory));
                assertEquals(directory + " is a folder; name a file in it", refused.getMessage());
            }
        }
    }

    /** Whatever is cut off, the file is refused and the model stays as it is. */
    @Test
    void aFileThatWasCutShortIsRefused() throws IOException {
        try (Model model = builder(new Adam()).build()) {
            model.save(file());
            byte[] bytes = Files.readAllBytes(file());
            String digest = model.digest();
            for (int length = 0; length < bytes.length; length += 1 + bytes.length / 50) {
                Files.write(file(), Arrays.copyOf(bytes, length));
                refused("cut short", () -> Model.load(file(), 1));
                refused("cut short", () -> model.restore(file()));
            }
            assertEquals(digest, model.digest());
        }
    }

    /** Whichever byte of an array is changed, its checksum tells. */
    @Test
    void aDamagedFileIsRefused() throws IOException {
        try (Model model = builder(new Adam()).build()) {
            model.save(file());
            byte[] bytes = Files.readAllBytes(file());
            String digest = model.digest();
            train(model, 1);
            int refusals = 0;
            for (int at = 0; at < bytes.length; at += 13) {
                byte[] damaged = bytes.clone();
                damaged[at] ^= 0x10;
                Files.write(file(), damaged);
                try (Model loaded = Model.load(file(), 1)) {
                    // a byte that nobody reads, such as a time in the zip's directory
                    assertEquals(digest, loaded.digest(), "byte " + at);
                } catch (ModelFileException e) {
                    refusals++;
                }
            }
            assertTrue(refusals > bytes.length / 13 / 2, "refused " + refusals);
        }
    }

    @Test
    void whatIsNoModelIsRefused() throws IOException {
        Files.writeString(file(), "not a zip");
        refused("no .npz file", () -> Model.load(file(), 1));
        rewrite(List.of(new Entry("x.npy", new byte[100])), false);
        refused("no array \"configuration\"", () -> Model.load(file(), 1));
        rewrite(List.of(new Entry("configuration.npy", new byte[200])), false);
        refused("format .npy 1.0", () -> Model.load(file(), 1));
        assertThrows(IOException.class, () -> Model.load(folder.resolve("absent.npz"), 1));
    }

    @Test
    void sizesThatTheFileCannotHoldAreRefusedBeforeMemoryIsTaken() throws IOException {
        change(text -> text.replace("layer 1 units = 12", "layer 1 units = 2000000000"));
        refused("a product below 2³¹", () -> Model.load(file(), 1));
        for (String units : List.of("300000000", "5000")) {
            change(text -> text.replace("layer 1 units = 12", "layer 1 units = " + units));
            refused("larger than what is there", () -> Model.load(file(), 1));
        }
        change(text -> text + "x = " + "y".repeat(2_000_000) + "\n");
        refused("at most 1048576 fit", () -> Model.load(file(), 1));
        change(text -> text.replace("inputs = 7", "inputs = 100000000"));
        refused("larger than what is there", () -> Model.load(file(), 1));
    }

    @Test
    void aChangedConfigurationIsRefused() throws IOException {
        String[][] changes = {
            {"format = 1", "format = 2", "reads format 1"},
            {"steps = 0", "steps = -3", "steps is -3"},
            {"steps = 0", "steps = many", "a number"},
            {"layer 1 units = 12", "layer 1 units = 0", "units is 0"},
            {"layer 1 units = 12", "layer 1 units = 13", "shape [7, 12], expected [7, 13]"},
            {"layer 1 kind = Dense", "layer 1 kind = Densest", "no layer of this release"},
            {"layer 1 kind = Dense", "layer 1 size = Dense", "\"kind\" is missing"},
            {"layer 3 rate = 0.3", "layer 3 rate = 1.3", "rate is 1.3"},
            {"layer 3 rate = 0.3", "layer 3 rate = 0.3\nlayer 3 taste = 1", "no setting [taste]"},
            {"MaxNorm[max=1.5]", "MaxNorm[max=-1]", "max is -1.0"},
            {"MaxNorm[max=1.5]", "MaxNorm[min=1.5]", "expected \"max=\""},
            {"MaxNorm[max=1.5]", "L1[lambda=1.5]", "no Constraint of this release; there are: [MaxNorm"},
            {"MaxNorm[max=1.5]", "MaxNorm[max=1.5]]", "expected the end"},
            {"loss = SOFT", "loss = HARD", "one of [SOFTMAX"},
            {"loss = SOFT", "lost = SOFT", "\"loss\" is missing"},
            {"seed = 5", "seed = 5\nseed = 6", "no new key = value"},
            {"Adam[", "java.lang.Runtime[", "no Optimizer of this release"}
        };
        for (String[] change : changes) {
            change(text -> {
                assertTrue(text.contains(change[0]), change[0]);
                return text.replace(change[0], change[1]);
            });
            refused(change[2], () -> Model.load(file(), 1));
        }
    }

    @Test
    void whatIsPrunedStaysPruned() throws IOException {
        try (Model model = builder(new Adam()).build();
                Model restored = builder(new Adam()).build()) {
            float[] mask = new float[36];
            Arrays.fill(mask, 5, 20, 1);
            model.parameters().get(6).mask(mask);
            train(model, 2);
            model.save(file());
            restored.parameters().get(0).mask(new float[84]);
            restored.restore(file());
            assertNull(restored.parameters().get(0).mask(), "the file says what is pruned");
            try (Model loaded = Model.load(file(), 1)) {
                for (Model same : List.of(restored, loaded)) {
                    assertArrayEquals(mask, same.parameters().get(6).mask());
                    assertEquals(model.digest(), same.digest());
                    train(same, 3);
                }
                train(model, 3);
                assertEquals(model.digest(), loaded.digest());
                assertEquals(model.digest(), restored.digest());
            }
            List<Entry> entries = new ArrayList<>(entries());
            int last = entries.size() - 1;
            assertEquals("dense2/kernel/mask.npy", entries.get(last).name);
            byte[] half = entries.get(last).data.clone();
            ByteBuffer.wrap(half).order(ByteOrder.LITTLE_ENDIAN).putFloat(128 + 12, 0.5f);
            entries.set(last, new Entry(entries.get(last).name, half));
            rewrite(entries, false);
            refused("value 3 of \"dense2/kernel/mask\" is 0.5; a mask is 0 or 1", () -> model.restore(file()));
        }
    }

    @Test
    void anotherModelIsRefused() throws IOException {
        try (Model model = builder(new Adam()).build();
                Model other = builder(new Adam(0.5)).build()) {
            model.save(file());
            String digest = other.digest();
            refused("optimizer is Adam[learningRate=0.001, ", () -> other.restore(file()));
            assertEquals(digest, other.digest());
        }
    }

    @Test
    void aCompressedFileAStrangerAndANanAreRefused() throws IOException {
        try (Model model = builder(new Sgd(1)).build()) {
            model.save(file());
            List<Entry> entries = entries();
            rewrite(entries, true);
            refused("numpy.savez", () -> model.restore(file()));
            List<Entry> more = new ArrayList<>(entries);
            more.add(new Entry("dense9/kernel.npy", new byte[128]));
            rewrite(more, false);
            refused("no place for: [dense9/kernel]", () -> model.restore(file()));
            List<Entry> poisoned = new ArrayList<>(entries);
            byte[] bias = poisoned.get(2).data.clone();
            ByteBuffer.wrap(bias).order(ByteOrder.LITTLE_ENDIAN).putFloat(128 + 8, Float.NaN);
            poisoned.set(2, new Entry(poisoned.get(2).name, bias));
            rewrite(poisoned, false);
            refused("value 2 of \"hidden one/bias\" is NaN", () -> model.restore(file()));
        }
    }

    @Test
    void aUsersOwnRegularizerIsRestoredButNotLoaded() throws IOException {
        UnaryOperator<ModelBuilder> own = b -> b.add(new Dense(3).kernelRegularizer(new Quartic(0.25f)));
        try (Model model = own.apply(Model.inputs(4)).build();
                Model same = own.apply(Model.inputs(4)).seed(42).build()) {
            train4(model);
            model.save(file());
            refused("Quartic", () -> Model.load(file(), 1));
            assertNotEquals(model.digest(), same.digest());
            same.restore(file());
            assertEquals(model.digest(), same.digest());
        }
    }

    private static void train4(Model model) {
        model.step(Samples.batch(Samples.classes(1, 8, 4, 3), 8));
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private void refused(String part, Attempt attempt) {
        ModelFileException e = assertThrows(ModelFileException.class, attempt::run, part);
        assertTrue(e.getMessage().startsWith(file() + ": "), e::getMessage);
        assertTrue(e.getMessage().contains(part), () -> part + " in " + e.getMessage());
    }

    private record Entry(String name, byte[] data) {}

    private List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file().toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                entries.add(new Entry(entry.getName(), zip.getInputStream(entry).readAllBytes()));
            }
        }
        return entries;
    }

    /** Saves a fresh model and changes the text of its configuration. */
    private void change(UnaryOperator<String> change) throws IOException {
        try (Model model = builder(new Adam()).build()) {
            model.save(file());
        }
        List<Entry> entries = new ArrayList<>(entries());
        String old = new String(entries.getFirst().data, StandardCharsets.UTF_8);
        String text = change.apply(old.substring(old.indexOf("format")));
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (" + bytes.length + ",), }";
        array.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
        array.write((header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
        array.write(bytes);
        entries.set(0, new Entry("configuration.npy", array.toByteArray()));
        rewrite(entries, false);
    }

    private void rewrite(List<Entry> entries, boolean compressed) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file()))) {
            zip.setMethod(compressed ? ZipOutputStream.DEFLATED : ZipOutputStream.STORED);
            for (Entry entry : entries) {
                ZipEntry header = new ZipEntry(entry.name);
                CRC32 crc = new CRC32();
                crc.update(entry.data);
                header.setCrc(crc.getValue());
                header.setSize(entry.data.length);
                zip.putNextEntry(header);
                zip.write(entry.data);
                zip.closeEntry();
            }
        }
    }
}
