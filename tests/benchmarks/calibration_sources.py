"""What each calibration set buys: GPTQ of the built-in model from sets of equal tokens.

    python tests/benchmarks/calibration_sources.py NAME=SPEC… [--bits 3,4] [--agq] [--all NAME=SPEC] [--out DIR]

Needs the corpora in $MOEQUANT_DATA. NAME=SPEC are sets as `moequant quantize --corpus` takes them; --all NAME=SPEC one that feeds every token to every
expert (`--expert-tokens all`). Prints Markdown: perplexity of each on four corpora (32 windows of 512) with the paired
95 % interval of the difference to the first set, and the output error of experts on held-out text (the same four
corpora), for all experts and for the quarter that this text uses least. The error of an expert is the mean over its
three linears of sum |(W - Q) x|^2 / sum |W x|^2 over the tokens that the float model routes to it.
"""

import argparse
import json
import os
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import AutoModelForCausalLM

from expert_errors import CORPORA, PERPLEXITY, ROOT, SAMPLE, Command, checkpoint_reader, perplexity


def held_out_ids():
    """The first eight windows of 512 of each corpus, as the oracle cuts them: [N, 512]."""
    tokenizer = Tokenizer.from_file(str(SAMPLE / "tokenizer.json"))
    eos = json.loads((SAMPLE / "config.json").read_text())["eos_token_id"]
    data = Path(os.environ["MOEQUANT_DATA"])
    windows = {name: [ids[i * 512 : (i + 1) * 512] for i in range(8)]
               for name, ids, length, limit in perplexity.corpora(data, tokenizer, eos) if (length, limit) == (512, 32)}
    return torch.tensor([window for name in CORPORA for window in windows[name]])


class HeldOut:
    """Inputs of every expert's linears in the float model on held-out text."""

    @torch.no_grad()
    def __init__(self, ids):
        model = AutoModelForCausalLM.from_pretrained(SAMPLE, dtype=torch.float32, attn_implementation="sdpa").eval()
        inputs, chosen = {}, {}
        for index, layer in enumerate(model.model.layers):
            layer.mlp.register_forward_pre_hook(
                lambda _m, args, index=index: inputs.setdefault(index, []).append(args[0].reshape(-1, args[0].shape[-1])))
            layer.mlp.gate.register_forward_hook(
                lambda _m, _i, out, index=index: chosen.setdefault(index, []).append(out[2]))
        for row in ids:
            model(row[None])
        stored = checkpoint_reader.read_folder(SAMPLE)
        self.weights = {name: torch.from_numpy(checkpoint_reader.to_float(tensor)) for name, tensor in stored.items()
                        if ".experts." in name}
        self.inputs, self.tokens = {}, {}
        for layer in inputs:
            x, experts = torch.cat(inputs[layer]), torch.cat(chosen[layer])
            for expert in range(model.config.num_experts):
                rows = x[(experts == expert).any(-1)]
                prefix = f"model.layers.{layer}.mlp.experts.{expert}."
                gate, up = (rows @ self.weights[f"{prefix}{part}_proj.weight"].T for part in ("gate", "up"))
                hidden = torch.nn.functional.silu(gate) * up
                for part, value in (("gate", rows), ("up", rows), ("down", hidden)):
                    self.inputs[f"{prefix}{part}_proj"] = value
                self.tokens[prefix] = len(rows)

    def errors(self, checkpoint, bits):
        """expert prefix -> error."""
        tensors = checkpoint_reader.read_folder(checkpoint)
        result = {}
        for prefix in self.tokens:
            parts = []
            for part in ("gate_proj", "up_proj", "down_proj"):
                weight, x = self.weights[f"{prefix}{part}.weight"], self.inputs[prefix + part]
                quantized = torch.from_numpy(checkpoint_reader.gptq_weight(tensors, prefix + part, bits)).float()
                parts.append(float((x @ (weight - quantized).T).square().sum() / (x @ weight.T).square().sum()))
            result[prefix] = sum(parts) / 3
        return result


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--all", action="append", default=[])
    parser.add_argument("--bits", default="3,4")
    parser.add_argument("--agq", action="store_true")
    parser.add_argument("--out", type=Path, default=Path("calibration-sources"))
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "release")
    arguments = parser.parse_args()
    command = Command(arguments.build, arguments.out)
    sets = [(text.split("=", 1), []) for text in arguments.sets]
    sets += [(text.split("=", 1), ["--expert-tokens", "all"]) for text in arguments.all]
    held_out = HeldOut(held_out_ids())
    quarter = sorted(held_out.tokens, key=held_out.tokens.get)[: len(held_out.tokens) // 4]
    print(f"Held-out text: {sum(held_out.tokens.values())} routed tokens; the least-used quarter of experts gets "
          f"{100 * sum(held_out.tokens[e] for e in quarter) / sum(held_out.tokens.values()):.1f} % of them.\n")
    float_result = command("float", "evaluate", "sample", *PERPLEXITY)
    for bits in map(int, arguments.bits.split(",")):
        rows, names = [], []
        for (name, spec), extra in sets:
            run = f"{'agq-' if arguments.agq else ''}{bits}bit-{name}"
            command("q-" + run, "quantize", "sample", "--corpus", spec, "--bits", bits, *extra,
                    *(["--agq"] if arguments.agq else []))
            checkpoint = command.out / ("q-" + run) / "checkpoint"
            result = command(run, "evaluate", checkpoint, *PERPLEXITY)
            errors = held_out.errors(checkpoint, bits)
            rows.append((name, result["perplexity"], mean(errors.values()), mean(errors[e] for e in quarter)))
            names.append(run)
        against = command.compare(names)
        print(f"### GPTQ{'+AGQ' if arguments.agq else ''}, {bits} bits\n")
        print("| set | " + " | ".join(CORPORA) + " | error, all | error, least-used quarter |")
        print("|---|" + "---|" * (len(CORPORA) + 2))
        print("| float | " + " | ".join(f"{float_result['perplexity'][spec]['value']:.2f}"
                                        for spec in CORPORA.values()) + " | | |")
        for run, (name, values, every, least) in zip(names, rows):
            cells = []
            for spec in CORPORA.values():
                cell = f"{values[spec]['value']:.2f}"
                pair = against.get((run, spec))
                if pair:
                    sign = "" if pair["shown"] else " n.s."
                    cell += f" ({pair['percent']:+.2f} %{sign})"
                cells.append(cell)
            print(f"| {name} | " + " | ".join(cells) + f" | {every:.5f} | {least:.5f} |")
        print(flush=True)


if __name__ == "__main__":
    main()
