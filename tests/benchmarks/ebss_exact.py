"""EBSS on the built-in model against transformers: every record of a set recomputed, and a plain search of equal width.

    python tests/benchmarks/ebss_exact.py SET.jsonl[=UNIT,TAU]… [--build build/release]

For each set: the greatest difference of log_prob a token, of sigma and of score from one whole forward pass of every
sequence. Then the preset `paper` without warm-up and ebss_speed.py's search from the same first tokens: mean scores.
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM

from ebss_speed import ROOT, SAMPLE, transformers_search

SCALE = {"percent": lambda e: 100, "cv": lambda e: e}


class Recompute:
    def __init__(self):
        self.model = AutoModelForCausalLM.from_pretrained(SAMPLE, dtype=torch.float32, attn_implementation="sdpa").eval()
        self.chosen = []
        for layer in self.model.model.layers:
            layer.mlp.gate.register_forward_hook(lambda _m, _i, out: self.chosen.append(out[2]))

    @torch.no_grad()
    def __call__(self, ids, unit, tau):
        """(log_prob, sigma, score) of one sequence."""
        self.chosen.clear()
        log_p = self.model(torch.tensor([ids])).logits[0, :-1].double().log_softmax(-1)
        log_prob = log_p.gather(-1, torch.tensor(ids[1:])[:, None]).sum().item()
        experts = self.model.config.num_experts
        shares = [torch.bincount(c.flatten(), minlength=experts).double() / c.numel() for c in self.chosen]
        sigma = sum(s.std().item() for s in shares) / len(shares) * SCALE[unit](experts)
        return log_prob, sigma, -log_prob / len(ids) + sigma / tau


def check_set(recompute, path, unit, tau):
    worst = [0.0, 0.0, 0.0]
    records = [json.loads(line) for line in path.read_text().splitlines()]
    for record in records:
        log_prob, sigma, score = recompute(record["ids"], unit, tau)
        found = (abs(log_prob - record["log_prob"]) / len(record["ids"]), abs(sigma - record["sigma"]),
                 abs(score - record["score"]))
        worst = [max(pair) for pair in zip(worst, found)]
    print(f"{path}: {len(records)} sequences, greatest difference of log_prob a token {worst[0]:.1e}, sigma "
          f"{worst[1]:.1e}, score {worst[2]:.1e}", flush=True)


def compare_searches(recompute, build, sequences=16, length=128):
    with tempfile.TemporaryDirectory() as run:
        subprocess.run([build / "bin" / "moequant", "sample", "sample", "--preset", "paper", "--warmup", "0",
                        "--first-token", "sequential", "--sequences", str(sequences), "--length", str(length), "--run",
                        run], check=True, capture_output=True)
        ours = [json.loads(line) for line in (Path(run) / "set.jsonl").read_text().splitlines()]
    theirs = []
    for record in ours:
        ids = transformers_search(recompute.model, record["ids"][0], length, 4, 1.2, [0])
        theirs.append(recompute(ids, "percent", 1.2)[2])
    mine = [record["score"] for record in ours]
    print(f"paper without warm-up, {sequences} x {length}: mean score {sum(mine) / sequences:.5f}, plain search of equal "
          f"width {sum(theirs) / sequences:.5f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "release")
    arguments = parser.parse_args()
    recompute = Recompute()
    for text in arguments.sets:
        path, _, how = text.partition("=")
        unit, tau = (how or "cv,0.05").split(",")
        check_set(recompute, Path(path), unit, float(tau))
    compare_searches(recompute, arguments.build.resolve())


if __name__ == "__main__":
    main()
