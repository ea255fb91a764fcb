"""Errors of the built-in model's experts on text: what agq.py, starved_experts.py and mixed_precision.py share.

Every expert is judged on the inputs that the float model gives it, by its whole output E(x) = down(silu(gate(x)) * up(x))
without the affinity: sum of w ||E'(x) - E(x)||^2 / sum of w ||E(x)||^2 over the tokens routed to it, with w = c^p for the
affinity c. Checkpoints are read dequantized (`--format float`), rotated and rescaled ones included: the rotation is
recovered exactly from the embedding, scales stand in the norm and cancel inside an expert.
"""

import json
import math
import os
import random
import subprocess
import sys
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import AutoModelForCausalLM

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample-model"
sys.path.insert(0, str(ROOT / "tests" / "oracle"))
import checkpoint_reader  # noqa: E402
import perplexity  # noqa: E402

CORPORA = {name: f"{name}?samples=max:32&length=512" for name in ("wikitext2", "c4", "gsm8k", "humaneval")}
PERPLEXITY = [word for spec in CORPORA.values() for word in ("--perplexity", spec)]


class Command:
    """Runs the command; a finished run folder OUT/name is not repeated."""

    def __init__(self, build, out):
        self.program, self.out = build.resolve() / "bin" / "moequant", out.resolve()

    def __call__(self, name, *arguments):
        run = subprocess.run([self.program, *map(str, arguments), "--run", self.out / name, "--json"],
                             capture_output=True, text=True, env=dict(os.environ, OMP_WAIT_POLICY="passive"))
        if run.returncode != 0:
            sys.exit(f"{name}: {run.stderr.splitlines()[-1] if run.stderr else run.returncode}")
        return json.loads(run.stdout)

    def compare(self, names):
        """(run, corpus) -> the paired difference of its perplexity to that of the first run."""
        text = subprocess.run([self.program, "compare", *[self.out / name for name in names], "--json"], check=True,
                              capture_output=True, text=True).stdout
        return {(row["run"], row["corpus"]): row for row in json.loads(text)["differences"]
                if row["against"] == names[0]}


def tokenizer_and_eos():
    config = json.loads((SAMPLE / "config.json").read_text())
    return Tokenizer.from_file(str(SAMPLE / "tokenizer.json")), config["eos_token_id"]


def held_out(count, length=512):
    """name -> the first `count[name]` windows of each corpus's evaluation part: [N, length]."""
    tokenizer, eos = tokenizer_and_eos()
    found = {}
    for name, ids, window, _ in perplexity.corpora(Path(os.environ["MOEQUANT_DATA"]), tokenizer, eos):
        if window == 512:
            windows = [ids[i : i + length] for i in range(0, len(ids) - length + 1, length)][: count.get(name, 0)]
            found[name] = torch.tensor(windows)
    return found


def wikitext_calibration(path, samples, length, seed=0):
    """Random windows of WikiText-2's train part, written as `tokens:` reads them."""
    folder = Path(os.environ["MOEQUANT_DATA"]) / "wikitext-2"
    (train,) = [next(file for pattern in ("wiki.train.raw", "*train*") for file in sorted(folder.glob(pattern)))]
    ids = tokenizer_and_eos()[0].encode(perplexity.wikitext_rows(train), add_special_tokens=False).ids
    starts = random.Random(seed).sample(range(len(ids) // length), samples)
    windows = [ids[i * length : (i + 1) * length] for i in starts]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps({"ids": window}) + "\n" for window in windows))
    return torch.tensor(windows)


def rms(hidden, epsilon):
    return hidden * torch.rsqrt(hidden.square().mean(-1, keepdim=True) + epsilon)


def swiglu(gate, up, x):
    return torch.nn.functional.silu(x @ gate.T) * (x @ up.T)


class Weights:
    """A dequantized checkpoint of the built-in model, every expert in the float model's own basis."""

    def __init__(self, folder, embedding=None):
        self.tensors = checkpoint_reader.read_folder(Path(folder))
        self.rotation = None
        stored = self["model.embed_tokens"]
        if embedding is not None and not torch.equal(stored, embedding):
            side = math.sqrt(embedding.shape[1])
            signs = (torch.linalg.lstsq(embedding, stored).solution * side).round()
            assert torch.equal(signs.abs(), torch.ones_like(signs)), "the embedding is not a Hadamard rotation's"
            self.rotation = signs / side

    def __getitem__(self, name):
        return torch.from_numpy(checkpoint_reader.to_float(self.tensors[name + ".weight"]))

    def expert(self, layer, expert):
        """gate, up, down for inputs that are normed but not yet multiplied by the norm's weight."""
        prefix = f"model.layers.{layer}.mlp.experts.{expert}."
        norm = self[f"model.layers.{layer}.post_attention_layernorm"]
        gate, up, down = self[prefix + "gate_proj"] * norm, self[prefix + "up_proj"] * norm, self[prefix + "down_proj"]
        if self.rotation is not None:
            gate, up, down = gate @ self.rotation.T, up @ self.rotation.T, self.rotation @ down
        return gate, up, down


class Experts:
    """Every expert's inputs and outputs in the float model on one text."""

    @torch.no_grad()
    def __init__(self, ids):
        model = AutoModelForCausalLM.from_pretrained(SAMPLE, dtype=torch.float32, attn_implementation="sdpa").eval()
        config = model.config
        self.float = Weights(SAMPLE)
        self.embedding = self.float["model.embed_tokens"]
        residual, self.energy, self.hessians = {}, {}, {}
        for index, layer in enumerate(model.model.layers):
            layer.post_attention_layernorm.register_forward_pre_hook(
                lambda _m, args, index=index: residual.setdefault(index, []).append(args[0].reshape(-1, args[0].shape[-1])))
            layer.register_forward_hook(
                lambda _m, _i, out, index=index: self.energy.update(
                    {index: self.energy.get(index, 0) + float((out[0] if isinstance(out, tuple) else out).double().square().sum())}))
        for part in ids.split(8):
            model.model(part, use_cache=False)
        self.inputs, self.affinity, self.outputs, self.tokens = {}, {}, {}, {}
        for layer, parts in residual.items():
            x = rms(torch.cat(parts), config.rms_norm_eps)
            norm = self.float[f"model.layers.{layer}.post_attention_layernorm"]
            probability = ((x * norm) @ self.float[f"model.layers.{layer}.mlp.gate"].T).softmax(-1)
            value, chosen = probability.topk(config.num_experts_per_tok)
            if config.norm_topk_prob:
                value = value / value.sum(-1, keepdim=True)
            for expert in range(config.num_experts):
                row, slot = (chosen == expert).nonzero(as_tuple=True)
                key = layer, expert
                self.inputs[key], self.affinity[key] = x[row], value[row, slot].double()
                gate, up, down = self.float.expert(layer, expert)
                self.outputs[key] = swiglu(gate, up, x[row]) @ down.T
                self.tokens[key] = len(row)

    def least_used(self):
        """The quarter of each layer's experts that this text uses least."""
        layers = sorted({layer for layer, _ in self.tokens})
        return [key for layer in layers for key in sorted((k for k in self.tokens if k[0] == layer), key=self.tokens.get)
                [: sum(k[0] == layer for k in self.tokens) // 4]]

    @torch.no_grad()
    def errors(self, checkpoint, powers=(0, 1, 2)):
        """power -> tensor of errors, in the order of self.tokens."""
        weights = Weights(checkpoint, self.embedding)
        rows = {power: [] for power in powers}
        for key in self.tokens:
            gate, up, down = weights.expert(*key)
            difference = (swiglu(gate, up, self.inputs[key]) @ down.T - self.outputs[key]).square().sum(-1).double()
            energy = self.outputs[key].square().sum(-1).double()
            for power in powers:
                w = self.affinity[key] ** power
                rows[power].append(float((w * difference).sum() / (w * energy).sum()))
        return {power: torch.tensor(values, dtype=torch.float64) for power, values in rows.items()}

    @torch.no_grad()
    def contribution(self, checkpoint):
        """Over layers, sum of ||c (E'(x) - E(x))||^2 over all experts, by the energy of the float layer's output."""
        weights, total = Weights(checkpoint, self.embedding), 0.0
        for key in self.tokens:
            gate, up, down = weights.expert(*key)
            difference = (swiglu(gate, up, self.inputs[key]) @ down.T - self.outputs[key]).square().sum(-1).double()
            total += float((self.affinity[key] ** 2 * difference).sum()) / self.energy[key[0]]
        return total

    @torch.no_grad()
    def linear_errors(self, checkpoint):
        """(layer, expert, part) -> error weighed by c of gate, up and down on the float model's inputs; not for AWQ,
        whose scale between up and down is not known from a checkpoint."""
        weights = Weights(checkpoint, self.embedding)
        rows = {}
        for key in self.tokens:
            original = self.float.expert(*key)
            if key not in self.hessians:
                x, c = self.inputs[key], self.affinity[key].float()[:, None]
                hidden = swiglu(*original[:2], x)
                self.hessians[key] = (x * c).T @ x, (hidden * c).T @ hidden
            first, second = self.hessians[key]
            for part, hessian, old, new in zip(("gate", "up", "down"), (first, first, second), original,
                                               weights.expert(*key)):
                delta = new - old
                rows[*key, part] = float(((delta @ hessian) * delta).sum() / ((old @ hessian) * old).sum())
        return rows


def ratio_interval(new, old, draws=10_000, seed=0):
    """Geometric mean of new/old and its 95 % interval by the bootstrap over the (paired) items."""
    log = (new / old).log()
    generator = torch.Generator().manual_seed(seed)
    means = log[torch.randint(len(log), (draws, len(log)), generator=generator)].mean(1)
    low, high = torch.quantile(means, torch.tensor([0.025, 0.975], dtype=log.dtype))
    return math.exp(log.mean()), math.exp(low), math.exp(high)


def ratio_cell(new, old):
    value, low, high = ratio_interval(new, old)
    return f"{value:.4f} [{low:.4f}, {high:.4f}]"
