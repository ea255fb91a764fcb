"""Speed of factorisation and GPTQ against the published algorithm run column by column in PyTorch.

    python tests/benchmarks/gptq_speed.py build/release/bin/bench_gptq [--pairs 7] [--threads 2] [--clip mse]
        [--reference DIR] [--gptqmodel]

One expert of DeepSeek-MoE's shape: gate and up 1408x2048 share a Hessian, down 2048x1408 has its own; float32, 4 bits
per channel, symmetric. The reference below follows the paper (Frantar et al. 2023: potrf, potri, potrf; lazy batches of
128 columns), once a linear, as published. With --reference DIR also a checkout of the authors' repository (DIR/gptq.py,
DIR/quant.py), with --gptqmodel the package of that name where it is installed, both run as they are (their symmetric
scale is 2 max|w| / 15, ours max|w| / 7, so their objectives do not compare). Runs alternate; medians and the load are printed, and ours against the floor of
bench_gptq.cpp.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import types

import torch
from safetensors.torch import save_file

HIDDEN, MIDDLE, TOKENS = 2048, 1408, 6144  # tokens of an expert: 128 x 512 at balance, 6 of 64
BITS, DAMP, BLOCK = 4, 0.01, 128


def expert(seed):
    """Weights, and Hessians of inputs with outlier channels and a decaying spectrum, as hidden states have."""
    draw = torch.Generator().manual_seed(seed)
    normal = lambda *shape: torch.randn(*shape, generator=draw)

    def inputs(cols, tokens):
        rank = cols // 4
        low = normal(tokens, rank) * torch.logspace(0.7, -0.7, rank) @ (normal(rank, cols) / rank**0.5)
        return (low + 0.3 * normal(tokens, cols)) * torch.exp(0.5 * normal(cols))

    x = inputs(HIDDEN, TOKENS)
    gate, up, down = normal(MIDDLE, HIDDEN) * 0.02, normal(MIDDLE, HIDDEN) * 0.02, normal(HIDDEN, MIDDLE) * 0.02
    middle = torch.nn.functional.silu(x @ gate.T) * (x @ up.T)
    return {"gate": gate, "up": up, "down": down, "hessian.in": x.T @ x, "hessian.down": middle.T @ middle}


def reference(weight, hessian):
    """The dequantized weight, as the paper's Algorithm 1 computes it."""
    w, h = weight.clone(), hessian.clone()
    h.diagonal().add_(DAMP * h.diagonal().mean())
    upper = torch.linalg.cholesky(torch.cholesky_inverse(torch.linalg.cholesky(h)), upper=True)
    half = 2 ** (BITS - 1)
    scale = (w.abs().amax(1) / (half - 1)).half().float()
    out = torch.empty_like(w)
    cols = w.shape[1]
    for begin in range(0, cols, BLOCK):
        end = min(begin + BLOCK, cols)
        errors = torch.empty(w.shape[0], end - begin)
        for j in range(begin, end):
            out[:, j] = torch.clamp(torch.round(w[:, j] / scale), -half, half - 1) * scale
            errors[:, j - begin] = (w[:, j] - out[:, j]) / upper[j, j]
            w[:, j + 1 : end] -= torch.outer(errors[:, j - begin], upper[j, j + 1 : end])
        w[:, end:] -= errors @ upper[begin:end, end:]
    return out


def authors(folder):
    """fasterquant() of the authors' repository on one weight and Hessian."""
    sys.path.insert(0, folder)
    if "transformers" not in sys.modules:
        try:
            import transformers  # noqa: F401
        except ImportError:
            sys.modules["transformers"] = types.SimpleNamespace(Conv1D=type("Conv1D", (), {}))
    torch.cuda.synchronize = lambda *_: None  # called whatever the device
    import gptq
    import quant

    def run(weight, hessian):
        layer = torch.nn.Linear(weight.shape[1], weight.shape[0], bias=False)
        layer.weight.data = weight.clone()
        task = gptq.GPTQ(layer)
        task.quantizer = quant.Quantizer()
        task.quantizer.configure(BITS, perchannel=True, sym=True, mse=False)
        task.H = hessian.clone()
        with open(os.devnull, "w") as nowhere:
            shown, sys.stdout = sys.stdout, nowhere
            try:
                task.fasterquant(blocksize=BLOCK, percdamp=DAMP)
            finally:
                sys.stdout = shown
        return layer.weight.data

    return run


def gptqmodel():
    """GPTQModel's quantize() on one weight and Hessian."""
    from gptqmodel import QuantizeConfig
    from gptqmodel.quantization.gptq import GPTQ

    config = QuantizeConfig(bits=BITS, group_size=-1, sym=True, desc_act=False, act_group_aware=False, damp_percent=DAMP)

    def run(weight, hessian):
        layer = torch.nn.Linear(weight.shape[1], weight.shape[0], bias=False)
        layer.weight.data = weight.clone()
        task = GPTQ(layer, config)
        task.quantizer.configure(perchannel=True)
        task.H, task.nsamples = hessian.clone(), TOKENS
        return task.quantize(blocksize=BLOCK)[0]

    return run


def objective(tensors, results):
    total = 0.0
    for name, hessian in (("gate", "hessian.in"), ("up", "hessian.in"), ("down", "hessian.down")):
        delta = (results[name] - tensors[name]).double()
        total += float(((delta @ tensors[hessian].double()) * delta).sum())
    return total


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--clip", default="none", choices=["none", "mse"])
    parser.add_argument("--reference", help="checkout of the authors' repository")
    parser.add_argument("--gptqmodel", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    tensors = expert(1)
    rivals = {"column by column in PyTorch": reference}
    if arguments.reference:
        rivals["the authors' repository"] = authors(arguments.reference)
    if arguments.gptqmodel:
        rivals["GPTQModel"] = gptqmodel()

    def once(run):
        begin = time.perf_counter()
        with torch.no_grad():
            results = {n: run(tensors[n], tensors[h]) for n, h in
                       (("gate", "hessian.in"), ("up", "hessian.in"), ("down", "hessian.down"))}
        return time.perf_counter() - begin, results

    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "expert.safetensors")
        save_file(tensors, path)
        ours = subprocess.Popen([arguments.program, path, str(arguments.threads), arguments.clip],
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                env=dict(os.environ, OMP_WAIT_POLICY="passive"))
        found = json.loads(ours.stdout.readline())
        rows, seconds = [], {name: [] for name in rivals}
        print("load", " ".join(f"{load:.2f}" for load in os.getloadavg()), "threads", arguments.threads)
        for pair in range(arguments.pairs + 1):  # the first warms up
            for name, run in rivals.items():
                spent, results = once(run)
                ours.stdin.write("run\n")
                ours.stdin.flush()
                row = json.loads(ours.stdout.readline())
                if pair:
                    seconds[name].append(spent)
                    rows.append(row)
                else:
                    ratio = found["objective"] / objective(tensors, results)
                    print(f"objective, ours / {name}: 1 {ratio - 1:+.2e}")
        ours.stdin.close()
        ours.wait()
    print("load", " ".join(f"{load:.2f}" for load in os.getloadavg()))
    part = lambda *names: statistics.median(sum(row[name] for name in names) for row in rows)
    total, floor = part("factor", "columns"), part("floor_factor", "floor_columns")
    print(f"ours {total:.3f} s: factors {part('factor'):.3f}, columns {part('columns'):.3f}; condition", found["condition"])
    print(f"floor {floor:.3f} s: factors {part('floor_factor'):.3f}, columns {part('floor_columns'):.3f};"
          f" ours / floor {total / floor:.2f}")
    for index, (name, spent) in enumerate(seconds.items()):
        pairs = [a / (row["factor"] + row["columns"]) for a, row in zip(spent, rows[index :: len(rivals)])]
        print(f"{name} {statistics.median(spent):.3f} s, {statistics.median(pairs):.1f} times ours"
              f" ({min(pairs):.1f} to {max(pairs):.1f}, {len(pairs)} pairs)")


if __name__ == "__main__":
    main()
