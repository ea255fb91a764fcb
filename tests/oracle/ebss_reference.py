"""A plain EBSS beam search, one forward pass of the whole prefix per candidate, as the reference for ours.

Regenerate (needs torch, safetensors, transformers >= 5, and decoder_parity.py's folders):
    python tests/oracle/ebss_reference.py            # writes tests/data/ebss/<variant>.json

Each row of a file fixes the options, the first token and the warm-up tokens (so that no random generator has to be
matched) and holds what the search must emit: ids, log_prob, sigma, score, to which `trail` adds the beams kept after
each step, best first: [ids of the beam's last token, parent's rank, score] triples.

The search: a beam of ids S with R = sum of log p(token t | tokens before it), t from 2 on (p: softmax over the whole
vocabulary, special ids included), is extended by every non-special v at a cost of -(R + log p(v)) / (len(S) + 1) +
sigma(S) / tau, lower wins; the `width` best of all beams stay, ties to the earlier beam and the lower id. Warm-up
tokens are appended to the single first beam and count in R and in the usage. At the end the score of a beam is -R / length +
sigma / tau with its own sigma, every token counted. sigma: standard deviation over a layer's experts (divisor E - 1) of
their share of the sequence's routed slots, in `unit`, mean over the MoE layers.

Units: share n/(K T), token n/T, percent 100 n/(K T), cv (standard deviation over mean), literal sqrt(E) x share.
"""
import json
import math
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM

DATA = Path(__file__).resolve().parents[1] / "data"
# Scores of the last kept and the first dropped candidate differ by at least this, so that float32 sums in another order
# select the same beams.
MARGIN = 2e-5
INFINITY = math.inf


class Model:
    """log p of the next token and expert counts of a prefix."""

    def __init__(self, folder):
        self.config = json.loads((folder / "config.json").read_text())
        self.model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager")
        self.experts = self.config["num_experts"]
        self.top_k = self.config["num_experts_per_tok"]
        self.special = {self.config[key] for key in ("bos_token_id", "eos_token_id", "pad_token_id")}
        self.chosen = []
        self.cache = {}
        for layer in self.model.model.layers:
            gate = getattr(layer.mlp, "gate", None)
            if gate is not None:
                gate.register_forward_hook(lambda _m, _i, output: self.chosen.append(output[2]))

    @torch.no_grad()
    def read(self, ids):
        """(log p of the next token [V] float64, counts [MoE layers][E] over all of ids)."""
        key = tuple(ids)
        if key not in self.cache:
            self.chosen.clear()
            logits = self.model(input_ids=torch.tensor([ids]), use_cache=False).logits[0, -1]
            counts = [torch.bincount(c.flatten(), minlength=self.experts).tolist() for c in self.chosen]
            self.cache[key] = (logits.double().log_softmax(-1).tolist(), counts)
        return self.cache[key]


def sigma(model, ids, unit):
    slots = model.top_k * len(ids)
    total = 0.0
    _, layers = model.read(ids)
    for counts in layers:
        shares = [n / slots for n in counts]
        mean = sum(shares) / len(shares)
        deviation = math.sqrt(sum((s - mean) ** 2 for s in shares) / (len(shares) - 1))
        total += deviation * {"share": 1.0, "token": model.top_k, "percent": 100.0, "cv": len(shares),
                              "literal": math.sqrt(len(shares))}[unit]
    return total / len(layers)


def search(model, first, warmup, tau, width, length, unit, sigma_of="parent", branching=None):
    """The best sequence of `length` ids, its log_prob, sigma, score, the trail and the closest decision.

    sigma_of "child": the `branching` likeliest tokens of every beam are the candidates, each with its own sigma.
    """
    ids, log_prob = [first], 0.0
    for token in warmup:
        log_prob += model.read(ids)[0][token]
        ids.append(token)
    beams, trail, closest = [(ids, log_prob)], [], INFINITY
    while len(beams[0][0]) < length:
        candidates = []
        for rank, (ids, log_prob) in enumerate(beams):
            parent_sigma = sigma(model, ids, unit)
            steps = enumerate(model.read(ids)[0])
            likely = sorted((-step, token) for token, step in steps if token not in model.special)
            if sigma_of == "child":
                closest = min(closest, likely[branching][0] - likely[branching - 1][0])
                likely = likely[:branching]
            for cost, token in likely:
                total = log_prob - cost
                balance = sigma(model, ids + [token], unit) if sigma_of == "child" else parent_sigma
                candidates.append((-total / (len(ids) + 1) + balance / tau, rank, token, total))
        candidates.sort()
        gaps = [b[0] - a[0] for a, b in zip(candidates[:width], candidates[1 : width + 1])]
        closest = min(closest, *gaps) if gaps else closest
        trail.append([[token, rank, cost] for cost, rank, token, _ in candidates[:width]])
        beams = [(beams[rank][0] + [token], total) for _, rank, token, total in candidates[:width]]
    finals = sorted((-r / len(s) + sigma(model, s, unit) / tau, i) for i, (s, r) in enumerate(beams))
    if len(finals) > 1:
        closest = min(closest, finals[1][0] - finals[0][0])
    score, best = finals[0]
    ids, log_prob = beams[best]
    return {"ids": ids, "log_prob": log_prob, "sigma": sigma(model, ids, unit), "score": score, "trail": trail}, closest


# (name, warm-up tokens, tau, width, length, unit, sigma_of, branching)
ROWS = (
    ("greedy", 0, INFINITY, 1, 16, "percent", "parent", None),
    ("beams_without_balance", 0, INFINITY, 4, 16, "percent", "parent", None),
    ("defaults", 3, 1.2, 4, 24, "percent", "parent", None),
    ("strong_balance", 3, 0.3, 4, 24, "percent", "parent", None),
    ("wide", 2, 1.2, 8, 20, "percent", "parent", None),
    ("narrow", 1, 1.2, 1, 16, "percent", "parent", None),
    ("cv", 3, 0.2, 4, 20, "cv", "parent", None),
    ("token", 3, 0.02, 3, 20, "token", "parent", None),
    ("share", 3, 0.01, 3, 20, "share", "parent", None),
    ("literal", 3, 0.03, 3, 20, "literal", "parent", None),
    ("child", 3, 0.5, 3, 16, "cv", "child", 4),
)


def make(variant):
    model = Model(DATA / "decoder" / variant)
    rows, generator = [], torch.Generator().manual_seed(3)
    for name, warmup_length, tau, width, length, unit, sigma_of, branching in ROWS:
        while True:
            drawn = torch.randint(3, model.config["vocab_size"], (1 + warmup_length,), generator=generator)
            first, *warmup = drawn.tolist()
            found, closest = search(model, first, warmup, tau, width, length, unit, sigma_of, branching)
            if closest > MARGIN:
                break
        rows.append({"name": name, "first": first, "warmup": warmup, "tau": "inf" if tau == INFINITY else tau,
                     "width": width, "length": length, "sigma_unit": unit, "sigma_of": sigma_of,
                     "branching": branching or width, **found})
        print(f"{variant} {name}: closest decision {closest:.1e}, score {found['score']:.4f}, "
              f"sigma {found['sigma']:.4f}, distinct {len(set(found['ids']))}/{length}")
    text = json.dumps({"model": f"decoder/{variant}", "special_ids": sorted(model.special), "rows": rows})
    path = DATA / "ebss" / f"{variant}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace('{"name"', '\n{"name"').replace('"trail"', '\n "trail"') + "\n")


if __name__ == "__main__":
    torch.set_num_threads(1)
    for variant_name in ("qwen2_moe", "qwen2_moe_variant"):
        make(variant_name)
