"""Bits by measurement against uniform bits and against controls, on the built-in model.

    python tests/benchmarks/mixed_precision.py [--budgets 2.5,3,3.5] [--choices 2,3,4,8] [--samples 32] [--out DIR]

Needs the corpora in $MOEQUANT_DATA and the packages of tests/oracle/requirements.txt. GPTQ in groups of 128, calibrated
on N windows of 512 of WikiText-2; all but the routed experts has 4 bits throughout. For each budget of bits a weight of the
routed experts: `--average-bits` by expert and by layer; the bits that it chose given to experts by usage (most used,
most bits) and at random; a random half of the experts at the next lower, the other at the next higher of 2, 3 and 4
bits (for whole budgets: all alike). Prints Markdown: error sum as predicted, as measured on calibration and held-out
text (8 windows of 512 of four corpora), and perplexity with the paired interval of its difference to `expert`.
The error sum is the command's: over layers, sum over experts of ||c (E'(x) - E(x))||^2 over the float layer's output
energy. Finished runs are not repeated.
"""

import argparse
import json
import math
import random
from pathlib import Path

import torch

from expert_errors import CORPORA, PERPLEXITY, ROOT, Command, Experts, held_out, wikitext_calibration


def overrides(bits_of):
    return [word for (layer, expert), bits in bits_of.items()
            for word in ("--override", f"model.layers.{layer}.mlp.experts.{expert}.*=bits:{bits}")]


def shuffled(bits_of, seed):
    values = list(bits_of.values())
    random.Random(seed).shuffle(values)
    return dict(zip(bits_of, values))


def by_usage(bits_of, tokens):
    return dict(zip(sorted(bits_of, key=tokens.get), sorted(bits_of.values())))


def split(keys, budget, seed):
    low = math.floor(budget)
    values = [low] * round(len(keys) * (low + 1 - budget))
    return shuffled(dict(zip(keys, values + [low + 1] * (len(keys) - len(values)))), seed)


def histogram(bits_of, choices):
    return " ".join(f"{choice}:{sum(b == choice for b in bits_of.values())}" for choice in choices)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--budgets", default="2.5,3,3.5")
    parser.add_argument("--choices", default="2,3,4,8")
    parser.add_argument("--samples", type=int, default=32)
    parser.add_argument("--draws", type=int, default=2, help="random controls")
    parser.add_argument("--set", type=Path, help="calibrate on this JSON Lines file with ids, all of one length, instead")
    parser.add_argument("--agq", action="store_true")
    parser.add_argument("--out", type=Path, default=Path("mixed-precision"))
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "release")
    arguments = parser.parse_args()
    command = Command(arguments.build, arguments.out)
    choices = [int(bits) for bits in arguments.choices.split(",")]
    calibration = arguments.set or arguments.out / "calibration.jsonl"
    ids = (torch.tensor([json.loads(line)["ids"] for line in calibration.read_text().splitlines()]) if arguments.set
           else wikitext_calibration(calibration, arguments.samples, 512))
    texts = [Experts(ids),
             Experts(torch.cat(list(held_out(dict.fromkeys(CORPORA, 8)).values())))]
    tokens = texts[0].tokens

    def run(name, *extra):
        result = command("q-" + name, "quantize", "sample", "--corpus", f"tokens:{calibration.resolve()}", "--bits", 4,
                         "--format", "float", *(["--agq"] if arguments.agq else []), *extra)
        checkpoint = command.out / ("q-" + name) / "checkpoint"
        values = command(name, "evaluate", checkpoint, *PERPLEXITY)["perplexity"]
        return result, [text.contribution(checkpoint) for text in texts], values

    for budget in map(float, arguments.budgets.split(",")):
        rows, names = [], []

        def add(label, bits_of, *extra):
            names.append(f"{budget:g}-{label.replace(' ', '-')}")
            result, errors, values = run(names[-1], *(extra or overrides(bits_of)))
            mixed = result.get("mixed_precision") or {}
            bits_of = bits_of or {(row["layer"], row["expert"]): row["bits"] for row in result["linears"]
                                  if isinstance(row["expert"], int)}
            rows.append((label, bits_of, mixed, errors, result["layers"][-1]["hidden_error"], values))
            return bits_of

        average = ("--average-bits", f"{budget:g}", "--bit-choices", arguments.choices)
        chosen = add("expert", None, *average)
        add("layer", None, *average, "--mixed-unit", "layer")
        add("usage", by_usage(chosen, tokens))
        for seed in range(arguments.draws):
            add(f"random {seed}", shuffled(chosen, seed))
        if budget == int(budget):
            add("uniform", dict.fromkeys(chosen, int(budget)))
        else:
            for seed in range(arguments.draws):
                add(f"two values {seed}", split(list(chosen), budget, seed))
        against = command.compare(names)
        print(f"\n### {budget:g} bits\n\n| | experts at {arguments.choices} bits | predicted | calibration text | "
              f"held-out text | hidden error | {' | '.join(CORPORA)} |")
        print("|---" * (6 + len(CORPORA)) + "|")
        for name, (label, bits_of, mixed, errors, hidden, values) in zip(names, rows):
            cells = []
            for spec in CORPORA.values():
                pair = against.get((name, spec))
                cells.append(f"{values[spec]['value']:.2f}" + (
                    f" ({pair['percent']:+.2f} %{'' if pair['shown'] else ' n.s.'})" if pair else ""))
            predicted = f"{mixed['predicted_error']:.5f}" if mixed else ""
            print(f"| {label} | {histogram(bits_of, choices)} | {predicted} | {errors[0]:.5f} | {errors[1]:.5f} | "
                  f"{hidden:.5f} | {' | '.join(cells)} |", flush=True)
            if label == "expert":
                layers = {layer: [b for (l, _), b in bits_of.items() if l == layer] for layer, _ in bits_of}
                note = (f"Mean bits by layer {', '.join(f'{sum(b) / len(b):.2f}' for b in layers.values())}; "
                        f"predicted uniform {mixed['uniform']}")
        print(f"\n{note}")


if __name__ == "__main__":
    main()
