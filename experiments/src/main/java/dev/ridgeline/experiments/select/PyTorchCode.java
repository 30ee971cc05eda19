package dev.ridgeline.experiments.select;

import static dev.ridgeline.regularizer.LambdaConvention.PYTORCH;

import java.util.ArrayList;
import java.util.List;

/**
 * A model as Python, for PyTorch; the λ of L2 as its optimizers count it. The other penalties, which its optimizers do not
 * have, are added to the loss.
 */
final class PyTorchCode {
    private PyTorchCode() {}

    static String of(Code code) {
        StringBuilder python = new StringBuilder("import torch\nfrom torch import nn\n\n");
        python.append("# ").append(code.heading()).append('\n');
        python.append("torch.manual_seed(").append(KerasCode.seed(code)).append(")\n\n");
        if (code.recipe().noise() > 0) {
            python.append("""

                    class GaussianNoise(nn.Module):
                        def __init__(self, deviation):
                            super().__init__()
                            self.deviation = deviation

                        def forward(self, x):
                            return x + self.deviation * torch.randn_like(x) if self.training else x


                    """);
        }
        python.append("model = nn.Sequential(\n");
        stack(code).forEach(layer -> python.append("    ").append(layer).append(",\n"));
        python.append("""
                )
                for layer in model:
                    if isinstance(layer, nn.Linear):
                        nn.init.xavier_uniform_(layer.weight)
                        nn.init.zeros_(layer.bias)
                kernels = [layer.weight for layer in model if isinstance(layer, nn.Linear)]
                """);
        optimizer(python, code);
        python.append("loss = nn.")
                .append(code.classifies() ? "CrossEntropyLoss" : "MSELoss")
                .append("()\n\n");
        code.expects().forEach(comment -> python.append("# ").append(comment).append('\n'));
        python.append(
                code.classifies() ? "# tensors: x float32, y int64\n" : "# tensors: x float32, y float32, rows x 1\n");
        python.append("rows = torch.utils.data.TensorDataset(x, y)\n");
        python.append("batches = torch.utils.data.DataLoader(rows, batch_size=%d, shuffle=True)\n"
                .formatted(code.batchSize()));
        python.append("model.train()\nfor epoch in range(%d):\n".formatted(code.epochs()));
        python.append("    for batch, target in batches:\n");
        python.append("        optimizer.zero_grad()\n");
        python.append("        (loss(model(batch), target)" + penalty(code.recipe()) + ").backward()\n");
        python.append("        optimizer.step()\n");
        python.append(afterStep(code.recipe()));
        python.append("model.eval()\n");
        return python.toString();
    }

    private static List<String> stack(Code code) {
        Recipe recipe = code.recipe();
        List<String> stack = new ArrayList<>();
        if (recipe.noise() > 0) {
            stack.add("GaussianNoise(" + Recipe.decimal(recipe.noise()) + ")");
        }
        int before = code.network().inputs();
        for (int units : code.network().hidden()) {
            stack.add("nn.Linear(" + before + ", " + units + ")");
            stack.add("nn.ReLU()");
            if (recipe.batchNorm()) { // PyTorch's momentum is the weight of the new value
                stack.add("nn.BatchNorm1d(%d, eps=%s, momentum=%s)"
                        .formatted(units, Recipe.EPSILON, KerasCode.number(1 - Recipe.MOMENTUM)));
            }
            if (recipe.dropout() > 0) {
                stack.add("nn.Dropout(" + Recipe.decimal(recipe.dropout()) + ")");
            }
            before = units;
        }
        stack.add("nn.Linear(" + before + ", " + code.network().outputs() + ")");
        return stack;
    }

    private static void optimizer(StringBuilder python, Code code) {
        String settings = "lr=" + Recipe.OPTIMIZER.learningRate() + ", eps=" + Recipe.OPTIMIZER.epsilon() + ")\n";
        if (code.recipe().l2() == 0) {
            python.append("optimizer = torch.optim.Adam(model.parameters(), ").append(settings);
            return;
        }
        String decay = KerasCode.number(PYTORCH.fromL2(code.recipe().l2(), code.rows(), code.batchSize()));
        python.append("others = [p for p in model.parameters() if not any(p is kernel for kernel in kernels)]\n");
        python.append("optimizer = torch.optim.Adam(\n    [{\"params\": kernels, \"weight_decay\": ")
                .append(decay)
                .append("}, {\"params\": others}], ")
                .append(settings);
    }

    /** Returns what is added to the loss. */
    private static String penalty(Recipe recipe) {
        if (recipe.l1() > 0) {
            return " + " + Recipe.decimal(recipe.l1()) + " * sum(w.abs().sum() for w in kernels)";
        }
        if (recipe.elimination() > 0) {
            return " + %s * sum((w**2 / (%s + w**2)).sum() for w in kernels)"
                    .formatted(Recipe.decimal(recipe.elimination()), Recipe.decimal(Recipe.W0 * Recipe.W0));
        }
        return "";
    }

    /** Returns what happens to the weights after a step: the proximal step, with Adam's own step of each weight, or the bound. */
    private static String afterStep(Recipe recipe) {
        if (recipe.proximalL1() > 0) {
            return """
                            with torch.no_grad():
                                for w in kernels:
                                    state = optimizer.state[w]
                                    v = state["exp_avg_sq"] / (1 - %s ** state["step"])
                                    threshold = %s * %s / (v.sqrt() + %s)
                                    w.copy_(w.sign() * (w.abs() - threshold).clamp(min=0))
                    """.formatted(
                            Recipe.OPTIMIZER.beta2(),
                            Recipe.decimal(recipe.proximalL1()),
                            Recipe.OPTIMIZER.learningRate(),
                            Recipe.OPTIMIZER.epsilon());
        }
        if (recipe.maxNorm() > 0) {
            return """
                            with torch.no_grad():
                                for w in kernels[:-1]:
                                    w.mul_((%s / w.norm(dim=1, keepdim=True)).clamp(max=1))
                    """.formatted(Recipe.decimal(recipe.maxNorm()));
        }
        return "";
    }
}
