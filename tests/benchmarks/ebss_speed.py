"""EBSS's speed on the built-in model, as ratios of times measured in one run.

    python tests/benchmarks/ebss_speed.py [--build build/release] [--repeat 3]

* against transformers: a straightforward search of the same width (KV cache, one sequence at a time, usage kept by a
  hook, log-softmax and top-k by torch), emitted tokens a second;
* against the floor: the same rows and steps of our decoder with no search around them (bench_beam_forward);
* time against length (64…512) and against width (1…16): slope of the least-squares line in log-log.
Every time is the least of the repetitions.
"""

import argparse
import json
import math
import os
import subprocess
import tempfile
import time
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, DynamicCache

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample-model"


def moequant(build, *arguments):
    """The result document of one command."""
    environment = dict(os.environ, OMP_WAIT_POLICY="passive")
    with tempfile.TemporaryDirectory() as run:
        text = subprocess.run([build / "bin" / "moequant", *map(str, arguments), "--run", run, "--json"], check=True,
                              capture_output=True, text=True, env=environment).stdout
    return json.loads(text)


def sample_seconds(build, repeat, *options):
    return min(moequant(build, "sample", "sample", *options)["seconds"] for _ in range(repeat))


def bare_seconds(build, repeat, sequences, width, length):
    command = [build / "bin" / "bench_beam_forward", SAMPLE, sequences, width, length]
    environment = dict(os.environ, OMP_WAIT_POLICY="passive")
    return min(float(subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True,
                                    env=environment).stdout) for _ in range(repeat))


@torch.no_grad()
def transformers_search(model, first, length, width, tau, special):
    """The paper's search of one sequence; returns its ids."""
    config = model.config
    counts = torch.zeros(width, config.num_hidden_layers, config.num_experts)
    chosen = []
    hooks = [layer.mlp.gate.register_forward_hook(lambda _m, _i, out: chosen.append(out[2]))
             for layer in model.model.layers]
    cache, ids, log_prob = DynamicCache(), torch.tensor([[first]] * width), torch.zeros(width)
    for step in range(1, length):
        chosen.clear()
        out = model(input_ids=ids[:, -1:], past_key_values=cache, use_cache=True)
        for layer, index in enumerate(chosen):
            counts[:, layer].scatter_add_(1, index, torch.ones_like(index, dtype=torch.float))
        share = 100 * counts / counts.sum(-1, keepdim=True)
        sigma = share.std(-1).mean(-1)
        log_p = out.logits[:, -1].float().log_softmax(-1)
        log_p[:, special] = -math.inf
        top, token = log_p.topk(width, dim=-1)
        total = log_prob[:, None] + top
        score = -total / (step + 1) + (sigma / tau)[:, None]
        if step == 1:
            score[1:] = math.inf  # all beams are the same at the start
        best = score.flatten().topk(width, largest=False).indices
        parent = best // width
        ids = torch.cat([ids[parent], token.flatten()[best][:, None]], 1)
        log_prob = total.flatten()[best]
        counts = counts[parent]
        cache.reorder_cache(parent)
    for hook in hooks:
        hook.remove()
    return ids[0].tolist()


def slope(points):
    xs, ys = [math.log(x) for x, _ in points], [math.log(y) for _, y in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / sum((x - mean_x) ** 2 for x in xs)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "release")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--length", type=int, default=512)
    arguments = parser.parse_args()
    build, repeat, length = arguments.build.resolve(), arguments.repeat, arguments.length
    paper = ("--preset", "paper")

    model = AutoModelForCausalLM.from_pretrained(SAMPLE, dtype=torch.float32, attn_implementation="sdpa").eval()
    transformers_search(model, 100, 16, 4, 1.2, [0])  # warm
    begin = time.perf_counter()
    transformers_search(model, 100, length, 4, 1.2, [0])
    theirs = length / (time.perf_counter() - begin)
    seconds = sample_seconds(build, repeat, *paper, "--sequences", 128, "--length", length)
    ours = 128 * length / seconds
    print(f"emitted tokens a second, width 4, length {length}: ours {ours:.0f} (128 sequences), transformers "
          f"{theirs:.0f} (one at a time): ratio {ours / theirs:.1f}", flush=True)

    bare = bare_seconds(build, repeat, 128, 4, length)
    print(f"bare forwards of the same rows and steps {bare:.1f} s, search {seconds:.1f} s: ratio {seconds / bare:.2f}",
          flush=True)

    by_length = [(n, sample_seconds(build, repeat, *paper, "--sequences", 32, "--length", n))
                 for n in (64, 128, 256, 512)]
    print("seconds by length:", ", ".join(f"{n}: {s:.2f}" for n, s in by_length), f"-> slope {slope(by_length):.2f}",
          flush=True)
    by_width = [(w, sample_seconds(build, repeat, *paper, "--sequences", 32, "--length", 128, "--width", w))
                for w in (1, 2, 4, 8, 16)]
    print("seconds by width:", ", ".join(f"{w}: {s:.2f}" for w, s in by_width), f"-> slope {slope(by_width):.2f}",
          flush=True)


if __name__ == "__main__":
    main()
