package dev.ridgeline.bench.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgeline.kernel.reference.Activations;
import dev.ridgeline.kernel.reference.Elementary;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.train.Loss;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the ledger states, against the instructions that javac has made of the formulas. */
class FlopsTest {
    private static final Map<Opcode, Integer> FLOPS = Map.of(
            Opcode.FADD, 1,
            Opcode.FSUB, 1,
            Opcode.FMUL, 1,
            Opcode.FDIV, 1,
            Opcode.FCMPL, 1,
            Opcode.FCMPG, 1);

    @ParameterizedTest
    @CsvSource({"exp, 26", "expm1, 25", "log, 31", "tanh, 35", "sigmoid, 29", "softplus, 53", "inverseNormal, 59"})
    void elementaryFunctionsTakeWhatTheirFormulasSay(String function, int flops) throws IOException {
        assertEquals(
                flops,
                Map.of(
                                "exp", Flops.EXP,
                                "expm1", Flops.EXPM1,
                                "log", Flops.LOG,
                                "tanh", Flops.TANH,
                                "sigmoid", Flops.SIGMOID,
                                "softplus", Flops.SOFTPLUS,
                                "inverseNormal", Flops.INVERSE_NORMAL)
                        .get(function));
        assertEquals(flops, counted(Elementary.class, function));
    }

    @ParameterizedTest
    @CsvSource({
        "RELU, relu",
        "LEAKY_RELU, leakyRelu",
        "ELU, elu",
        "GELU, gelu",
        "SILU, silu",
        "SOFTPLUS, softplus",
        "TANH, tanh",
        "SIGMOID, sigmoid"
    })
    void activationsTakeWhatTheirFormulasSay(Activation.Function function, String method) throws IOException {
        boolean elementary = method.matches("softplus|tanh|sigmoid");
        assertEquals(counted(elementary ? Elementary.class : Activations.class, method), Flops.of(function));
        assertEquals(counted(Activations.class, method + "Gradient"), Flops.ofGradient(function));
    }

    @Test
    void aLinearActivationComputesNothing() {
        assertEquals(0, Flops.of(Activation.Function.LINEAR));
        assertEquals(0, Flops.ofGradient(Activation.Function.LINEAR));
    }

    @Test
    void softmaxIsAnExponentialAndAQuotientOverASum() {
        assertEquals(30, Flops.of(Activation.Function.SOFTMAX));
        assertEquals(4, Flops.ofGradient(Activation.Function.SOFTMAX));
    }

    @Test
    void lossesTakeTheirFunctionsAndTheMean() {
        // 6 logits: largest, difference, e^x, sum, scale; 2 rows: a logarithm and 8 more
        assertEquals(new Demand(6 * 30 + 2 * 39, 6 * 8 + 2 * 12, 0), Flops.of(Loss.SOFTMAX_CROSS_ENTROPY, 2, 3, false));
        assertEquals(new Demand(6 * 33 + 2 * 39, 6 * 20 + 2 * 12, 0), Flops.of(Loss.SOFTMAX_CROSS_ENTROPY, 2, 3, true));
        assertEquals(new Demand(5 * 84, 5 * 20, 0), Flops.of(Loss.BINARY_CROSS_ENTROPY, 5, 1, false));
        assertEquals(new Demand(5 * 88, 5 * 44, 0), Flops.of(Loss.BINARY_CROSS_ENTROPY, 5, 1, true));
        assertEquals(new Demand(6 * 4, 6 * 20, 0), Flops.of(Loss.MEAN_SQUARED_ERROR, 2, 3, false));
    }

    /** Counts the flops of a method of floats without a loop, and of all that it calls. */
    private static int counted(Class<?> type, String name) throws IOException {
        int flops = 0;
        for (CodeElement element : method(type, name).code().orElseThrow()) {
            if (element instanceof OperatorInstruction operator) {
                flops += FLOPS.getOrDefault(operator.opcode(), 0);
            } else if (element instanceof InvokeInstruction call) {
                flops += of(type, call);
            }
        }
        return flops;
    }

    private static int of(Class<?> type, InvokeInstruction call) throws IOException {
        String name = call.name().stringValue();
        return switch (call.owner().asInternalName().replaceAll(".*/", "")) {
            case "Fma" -> 2;
            case "Math" -> name.equals("sqrt") ? 1 : 0; // min is of integers, abs of a sign
            case "Elementary" -> counted(Elementary.class, name);
            case "Activations" -> counted(type, name);
            case "Float" -> 0;
            default -> throw new AssertionError(call.toString());
        };
    }

    private static MethodModel method(Class<?> type, String name) throws IOException {
        try (InputStream bytes = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            ClassModel model = ClassFile.of().parse(bytes.readAllBytes());
            return model.methods().stream()
                    .filter(method -> method.methodName().equalsString(name)
                            && method.methodType().stringValue().matches("\\(F+\\)F"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
