#!/usr/bin/env python3
"""Times matrix products and training steps in NumPy and PyTorch: the Python half of "mvn -q -Ppeers".

usage: peers.py numpy|torch|torch-compiled [THREADS]

The first line that it prints is "ready" and what it measures with, or "missing" and the remedy. Then it reads requests,
one a line, and answers each with "nanos" and the time of one call, or with "failed" and the reason:

    gemm FORM M K N                                     FORM nn, tn (A is stored transposed) or nt (B is)
    step BATCH INPUTS LAYERS OPTIMIZER LOSS             as below
    step 32 784 dense:128,relu,dense:10 adam,0.001,0.9,0.999,1e-07 softmax_cross_entropy
    step 32 28,28,1 conv:16:3,relu,maxpool:2,flatten,dense:10 sgd,0.01 softmax_cross_entropy
    step 32 784 dense:128:l1=0.0001:l2=0.0001,relu,dropout:0.5,batchnorm:0.99:0.001,dense:10 sgd,0.01 softmax_cross_entropy

Behind a layer's numbers stands what is on its kernel: l1=X adds X times the sum of |w| to the loss, l2=X adds X/2 times
the sum of w squared, maxnorm=X scales the weights into each unit to the norm X where theirs is larger. dropout has the probability to drop, batchnorm the weight of the old value and epsilon.

By hand: echo "gemm nn 256 256 256" | python3 peers.py numpy
Set OPENBLAS_CORETYPE=Haswell for OpenBLAS's AVX2 kernels and unset it for the best it has; THREADS (1) is set here.
"""

import os
import statistics
import sys
import timeit

WARM_UP_SECONDS = 0.3
ITERATIONS = 5
ITERATION_SECONDS = 0.05

# After so many steps a model starts again, as in Ridgeline's StepBenchmark: weights that decay would become subnormal.
RESTART = 500


def nanoseconds(statement, names, setup="pass", most=1_000_000_000):
    """The median over the iterations of the mean time of a statement. An iteration repeats it at most so many times."""
    timer = timeit.Timer(statement, setup, globals=names)
    times, warm = 1, 0.0
    while warm < WARM_UP_SECONDS:
        seconds = timer.timeit(times)
        warm += max(seconds, 1e-4)
        times = max(1, min(most, round(times * ITERATION_SECONDS / max(seconds, 1e-9)), 10 * times))
    return 1e9 * statistics.median(timer.repeat(ITERATIONS, times)) / times


def check(product, expected, k):
    """Refuses a product that is not the one asked for."""
    if not abs(product - expected).max() <= 1e-5 * k:
        raise ArithmeticError("the product is wrong")


class NumPy:
    """Products by OpenBLAS."""

    def __init__(self, threads):
        import numpy

        self.np = numpy
        self.description = f"NumPy {numpy.__version__}, {self.blas()}"

    def blas(self):
        """What the BLAS that is loaded says of itself: version and kernels."""
        import ctypes

        with open("/proc/self/maps", encoding="utf-8") as maps:
            libraries = sorted({line.split()[-1] for line in maps if "openblas" in line})
        for library in libraries:
            for name in ("scipy_openblas_get_{}64_", "openblas_get_{}64_", "openblas_get_{}"):
                config = getattr(ctypes.CDLL(library), name.format("config"), None)
                core = getattr(ctypes.CDLL(library), name.format("corename"), None)
                if config is not None and core is not None:
                    config.restype = core.restype = ctypes.c_char_p
                    return " ".join(config().decode().split()[:2] + [core().decode(), "kernels"])
        return "BLAS unknown"

    def gemm(self, form, m, k, n):
        np = self.np
        random = np.random.default_rng(42)
        a = random.uniform(-1, 1, (k, m) if form == "tn" else (m, k)).astype(np.float32)
        b = random.uniform(-1, 1, (n, k) if form == "nt" else (k, n)).astype(np.float32)
        a = a.T if form == "tn" else a
        b = b.T if form == "nt" else b
        c = np.full((m, n), np.nan, np.float32)
        nanos = nanoseconds("dot(a, b, c)", {"dot": np.dot, "a": a, "b": b, "c": c})
        check(c[:8], a[:8].astype(float) @ b.astype(float), k)
        return nanos


class Torch:
    """Products and training steps, eager."""

    def __init__(self, threads):
        import torch

        self.torch = torch
        torch.set_num_threads(threads)
        torch.manual_seed(42)
        self.description = f"PyTorch {torch.__version__}, {torch.backends.cpu.get_cpu_capability()}"

    def compiled(self, function):
        return function

    def gemm(self, form, m, k, n):
        torch = self.torch
        a = torch.rand((k, m) if form == "tn" else (m, k)) * 2 - 1
        b = torch.rand((n, k) if form == "nt" else (k, n)) * 2 - 1
        a = a.t() if form == "tn" else a
        b = b.t() if form == "nt" else b
        c = torch.full((m, n), torch.nan)
        with torch.inference_mode():
            nanos = nanoseconds("mm(a, b, out=c)", {"mm": torch.mm, "a": a, "b": b, "c": c})
            check(c[:8], a[:8].double() @ b.double(), k)
        return nanos

    def step(self, batch, inputs, layers, optimizer, loss):
        torch = self.torch
        x, y = self.data(batch, inputs, int(layers[-1].split(":")[1]), loss)
        model, on_kernels = self.model(x, layers)
        measure = getattr(torch.nn.functional, LOSSES[loss])
        loss_of = self.compiled(self.penalized(lambda: measure(model(x), y), on_kernels["l1"]))
        penalize = self.penalize(on_kernels["l1"])
        updater = self.optimizer(self.groups(model, on_kernels["l2"]), *optimizer)
        constrain = self.constrain(on_kernels["maxnorm"])
        start = [p.detach().clone() for p in model.parameters()]

        def reset():
            with torch.no_grad():
                for p, s in zip(model.parameters(), start):
                    p.copy_(s)
            for state in updater.state.values():
                for moment in state.values():
                    if torch.is_tensor(moment):
                        moment.zero_()

        def step():
            updater.zero_grad()
            loss_of().backward()
            penalize()
            updater.step()
            constrain()

        step()
        if any(torch.equal(p, s) for p, s in zip(model.parameters(), start)):
            raise ArithmeticError("a step leaves a parameter as it was")
        return nanoseconds("step()", {"step": step, "reset": reset}, "reset()", RESTART)

    def penalized(self, loss, l1):
        """The loss as it is: eager, the sign is cheaper to add to the gradients than |w| to the loss."""
        return loss

    def penalize(self, l1):
        """What adds the L1 penalty's gradient, its strength times the sign of w, to that of the loss; all kernels at once."""
        torch = self.torch
        if not l1:
            return lambda: None
        (strength,) = set(l1.values())
        kernels = list(l1)

        @torch.no_grad()
        def penalize():
            torch._foreach_add_([k.grad for k in kernels], torch._foreach_sign(kernels), alpha=strength)

        return penalize

    def constrain(self, maxnorm):
        """What scales the weights into each unit, a row of the kernel, to the greatest norm where theirs is larger."""
        if not maxnorm:
            return lambda: None

        @self.torch.no_grad()
        def constrain():
            for kernel, norm in maxnorm.items():
                kernel.renorm_(2, 0, norm)

        return constrain

    def groups(self, model, l2):
        """The parameters as the optimizer takes them: the L2 penalty is its weight_decay."""
        free = [p for p in model.parameters() if p not in l2]
        groups = [{"params": free}]
        for strength in set(l2.values()):
            decayed = [kernel for kernel, decay in l2.items() if decay == strength]
            groups.append({"params": decayed, "weight_decay": strength})
        return groups

    def model(self, x, layers):
        """The layers by their names; Glorot's uniform weights, biases 0. They take their inputs from those of x.

        Returns the model, and what is on its kernels: by name, the numbers by kernel.
        """
        nn = self.torch.nn
        model, on_kernels = nn.Sequential(), {"l1": {}, "l2": {}, "maxnorm": {}}
        for layer in layers:
            kind, *words = layer.split(":")
            numbers = [float(word) if "." in word or "e" in word else int(word) for word in words if "=" not in word]
            shape = model(x).shape
            inputs = shape[1]
            made = {
                "dense": lambda units: nn.Linear(inputs, units),
                "conv": lambda filters, size: nn.Conv2d(inputs, filters, size),
                "maxpool": nn.MaxPool2d,
                "flatten": nn.Flatten,
                "relu": nn.ReLU,
                "tanh": nn.Tanh,
                "dropout": nn.Dropout,
                "batchnorm": lambda momentum, epsilon: (nn.BatchNorm1d if len(shape) == 2 else nn.BatchNorm2d)(
                    inputs, epsilon, 1 - momentum
                ),
            }[kind](*numbers)
            if kind in ("dense", "conv"):
                nn.init.xavier_uniform_(made.weight)
                nn.init.zeros_(made.bias)
            for what, number in (word.split("=") for word in words if "=" in word):
                on_kernels[what][made.weight] = float(number)
            model.append(made)
        return model, on_kernels

    def data(self, batch, inputs, outputs, loss):
        """Rows 2i and 2i+1 have the same features and different labels: no model can fit them (as Ridgeline's data).

        An image is height x width x channels in the request, channels x height x width here.
        """
        torch = self.torch
        shape = inputs[-1:] + inputs[:-1]
        x = (torch.rand((batch + 1) // 2, *shape) * 2 - 1).repeat_interleave(2, 0)[:batch].contiguous()
        classes = max(2, outputs)
        y = torch.randint(classes, ((batch + 1) // 2,)).repeat_interleave(2)[:batch]
        y = (y + torch.arange(batch) % 2) % classes
        return x, y if loss == "softmax_cross_entropy" else y.float().unsqueeze(1)

    def optimizer(self, parameters, name, rate, *numbers):
        optim = self.torch.optim
        if name == "adam":
            beta1, beta2, epsilon = numbers
            return optim.Adam(parameters, rate, (beta1, beta2), epsilon, fused=True)
        return optim.SGD(parameters, rate, fused=True)


class TorchCompiled(Torch):
    """The same steps with forward, loss and backward compiled. A product alone is the same call as in eager mode."""

    def compiled(self, function):
        return self.torch.compile(function)

    def penalized(self, loss, l1):
        """The loss with the L1 penalty: compiled, it is cheaper there than added to the gradients."""
        if not l1:
            return loss
        return lambda: loss() + sum(strength * kernel.abs().sum() for kernel, strength in l1.items())

    def penalize(self, l1):
        return lambda: None


LOSSES = {
    "softmax_cross_entropy": "cross_entropy",
    "binary_cross_entropy": "binary_cross_entropy_with_logits",
}
SYSTEMS = {
    "numpy": (NumPy, "numpy"),
    "torch": (Torch, "torch==2.13.0+cpu"),
    "torch-compiled": (TorchCompiled, "torch==2.13.0+cpu"),
}


def answer(system, kind, *words):
    if kind == "gemm":
        form, *sizes = words
        return system.gemm(form, *map(int, sizes))
    batch, inputs, layers, optimizer, loss = words
    name, *numbers = optimizer.split(",")
    inputs = [int(size) for size in inputs.split(",")]
    return system.step(int(batch), inputs, layers.split(","), (name, *map(float, numbers)), loss)


def main(name, threads="1"):
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = threads
    os.environ["TORCHINDUCTOR_COMPILE_THREADS"] = "1"  # no helper processes beside what is measured
    replies = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    os.dup2(2, 1)  # what libraries print must not be taken for a reply
    kind, package = SYSTEMS[name]
    try:
        system = kind(int(threads))
    except ImportError as e:
        missing = e.name == package.split("=")[0]
        print(f"missing not installed: pip install {package}" if missing else f"missing {e}", file=replies)
        return
    print("ready", system.description, file=replies)
    for line in sys.stdin:
        try:
            print("nanos", answer(system, *line.split()), file=replies)
        except Exception as e:  # whatever it is, it is the answer to this request
            print("failed", f"{type(e).__name__}: {e}".splitlines()[0], file=replies)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or sys.argv[1] not in SYSTEMS:
        print(__doc__)
        sys.exit(0 if "--help" in sys.argv or "-h" in sys.argv else 2)
    main(*sys.argv[1:])
