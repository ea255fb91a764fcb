"""What to do for experts with few calibration tokens: `--starved` and `--min-tokens` on the built-in model.

    python tests/benchmarks/starved_experts.py [--corpora wikitext2,gsm8k] [--samples 4,16,64] [--bits 3,4] [--out DIR]

Needs the corpora in $MOEQUANT_DATA and the packages of tests/oracle/requirements.txt. From N sequences of 128 tokens of
each corpus it quantizes four times: with GPTQ left alone (`--min-tokens 1`), and with every expert treated as starved by
rtn, shrink and route-all; all of it also with --agq. Each expert then tells, at its number of tokens, what each treatment
is worth: the ratio of its output error on held-out text (8 windows of 512 of four corpora, tokens weighed by c^2) to
that of GPTQ left alone. Prints Markdown: these ratios by tokens over input width (with AGQ: effective tokens), and for
several --min-tokens for all experts and the quarter of each layer that the calibration set uses least. Geometric means;
95 % intervals by the bootstrap over the model's experts, all measurements of an expert drawn together. --check runs
--min-tokens and --starved as they are, with perplexities. Finished runs are not repeated.
"""

import argparse
import itertools
import math
from pathlib import Path

import torch

from expert_errors import CORPORA, PERPLEXITY, ROOT, Command, Experts, held_out

WIDTH = 256
TREATMENTS = ("rtn", "shrink", "route-all")
EDGES = (0, 0.125, 0.25, 0.5, 1, 2, 4, math.inf)
THRESHOLDS = (0.25, 0.5, 1, 2, 4, math.inf)


def interval(items, draws=4000, seed=0):
    """items: (expert, log ratio). Geometric mean and its 95 % interval, experts drawn with replacement."""
    if not items:
        return "–"
    names = sorted({name for name, _ in items})
    place = {name: i for i, name in enumerate(names)}
    total, count = torch.zeros(len(names), dtype=torch.float64), torch.zeros(len(names), dtype=torch.float64)
    for name, value in items:
        total[place[name]] += value
        count[place[name]] += 1
    drawn = torch.randint(len(names), (draws, len(names)), generator=torch.Generator().manual_seed(seed))
    means = total[drawn].sum(1) / count[drawn].sum(1)
    low, high = torch.quantile(means, torch.tensor([0.025, 0.975], dtype=torch.float64))
    return f"{math.exp(total.sum() / count.sum()):.3f} [{math.exp(low):.3f}, {math.exp(high):.3f}]"


def tokens_of(result, field):
    return {(row["layer"], row["expert"]): row[field] for row in result["linears"]
            if isinstance(row["expert"], int) and row["name"].endswith("gate_proj")}


def least_used(tokens):
    layers = sorted({layer for layer, _ in tokens})
    return {key for layer in layers for key in sorted((k for k in tokens if k[0] == layer), key=tokens.get)
            [: sum(k[0] == layer for k in tokens) // 4]}


def table(measured, treatments, bits, agq):
    title = f"### {bits} bits{', AGQ' if agq else ''}"
    rows = [row for row in measured if row["bits"] == bits and row["agq"] == agq]
    print(f"\n{title}\n\n| tokens / width | cases | {' | '.join(treatments)} |\n|---|---{'|---' * len(treatments)}|")
    for low, high in zip(EDGES, EDGES[1:]):
        found = [row for row in rows if low <= row["tokens"] / WIDTH < high]
        cells = [interval([(row["expert"], row[t]) for row in found]) for t in treatments]
        print(f"| {low:g} – {high:g} | {len(found)} | {' | '.join(cells)} |")
    for name, kept in (("least-used quarter", [row for row in rows if row["least"]]), ("all experts", rows)):
        print(f"\n| {name}: --min-tokens | starved | {' | '.join(treatments)} |\n|---|---{'|---' * len(treatments)}|")
        for limit in THRESHOLDS:
            below = [row["tokens"] < limit * WIDTH for row in kept]
            cells = [interval([(row["expert"], row[t] if starved else 0.0) for row, starved in zip(kept, below)])
                     for t in treatments]
            print(f"| {limit:g} × width | {100 * sum(below) / len(below):.0f} % | {' | '.join(cells)} |", flush=True)


def check(command, text, cases):
    """Runs as a user would, perplexity against --min-tokens 1."""
    for corpus, samples, bits, agq in cases:
        names, results, errors = [], [], []
        for limit, treatment in [(1, "rtn"), *itertools.product((128, 256, 1024), TREATMENTS)]:
            name = f"check-{corpus}{samples}-{bits}{'-agq' if agq else ''}-{limit}-{treatment}"
            quantized = command("q-" + name, "quantize", "sample", "--corpus", f"{corpus}?samples={samples}&length=128",
                                "--bits", bits, "--format", "float", "--min-tokens", limit, "--starved", treatment,
                                *(["--agq"] if agq else []))
            checkpoint = command.out / ("q-" + name) / "checkpoint"
            errors.append(dict(zip(text.tokens, text.errors(checkpoint, (2,))[2].tolist())))
            results.append((limit, treatment, sum(row["fallbacks"] for row in quantized["layers"]),
                            command(name, "evaluate", checkpoint, *PERPLEXITY)["perplexity"]))
            names.append(name)
            least = least_used(tokens_of(quantized, "tokens"))
        against = command.compare(names)
        print(f"\n{samples} × 128 of {corpus}, {bits} bits{', AGQ' if agq else ''}\n")
        print(f"| --min-tokens | --starved | starved | error, least-used quarter | {' | '.join(CORPORA)} |")
        print("|---" * (4 + len(CORPORA)) + "|")
        for name, error, (limit, treatment, starved, values) in zip(names, errors, results):
            ratio = interval([(key, math.log(error[key] / errors[0][key])) for key in least])
            cells = []
            for spec in CORPORA.values():
                pair = against.get((name, spec))
                cells.append(f"{values[spec]['value']:.2f}" + (
                    f" ({pair['percent']:+.2f} %{'' if pair['shown'] else ' n.s.'})" if pair else ""))
            print(f"| {limit} | {treatment} | {starved} | {ratio} | {' | '.join(cells)} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", default="wikitext2,gsm8k")
    parser.add_argument("--samples", default="4,16,64")
    parser.add_argument("--bits", default="3,4")
    parser.add_argument("--check", action="append", default=[], metavar="CORPUS,SAMPLES,BITS[,agq]")
    parser.add_argument("--agq", default="no,yes", help="no, yes or both")
    parser.add_argument("--own", action="store_true", help="held-out text of the calibration's own corpus instead: 32 windows")
    parser.add_argument("--damp", action="append", default=[], help="instead of the three treatments, every expert with this damping")
    parser.add_argument("--out", type=Path, default=Path("starved-experts"))
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "release")
    arguments = parser.parse_args()
    command = Command(arguments.build, arguments.out)
    names = arguments.corpora.split(",")
    texts = ({name: Experts(held_out({name: 32})[name]) for name in names} if arguments.own else
             dict.fromkeys(names, Experts(torch.cat(list(held_out(dict.fromkeys(CORPORA, 8)).values())))))
    text = texts[names[0]]
    print("Held-out text: " + "; ".join(f"{sum(text.tokens.values())} routed tokens, {min(text.tokens.values())} in the rarest "
                                        "expert" for text in dict.fromkeys(texts.values())))
    cases = [case.split(",") for case in arguments.check]
    if cases:
        return check(command, text, [(corpus, samples, bits, bool(agq)) for corpus, samples, bits, *agq in cases])
    measured = []
    all_bits, agqs = [int(bits) for bits in arguments.bits.split(",")], [word == "yes" for word in arguments.agq.split(",")]
    treatments = [f"damp {share}" for share in arguments.damp] or TREATMENTS
    for bits, agq, corpus, samples in itertools.product(all_bits, agqs, names, arguments.samples.split(",")):
        text = texts[corpus]
        logs, base = {}, f"{corpus}{samples}-{bits}{'-agq' if agq else ''}"
        for treatment in ("none", *treatments):
            extra = (("--min-tokens", "1") if treatment == "none" else ("--damp", treatment.split()[1]) if arguments.damp
                     else ("--min-tokens", "1000000000", "--starved", treatment))
            run = f"{base}-{treatment.replace(' ', '-')}"
            result = command(run, "quantize", "sample", "--corpus",
                             f"{corpus}?samples={samples}&length=128", "--bits", bits, "--format", "float", *extra,
                             *(["--agq"] if agq else []))
            if treatment == "none":
                used, tokens = tokens_of(result, "tokens"), tokens_of(result, "effective_tokens" if agq else "tokens")
            logs[treatment] = text.errors(command.out / run / "checkpoint", (2,))[2].log()
        least = least_used(used)
        for i, key in enumerate(text.tokens):
            measured.append({"bits": bits, "agq": agq, "expert": key, "tokens": tokens[key], "least": key in least,
                             **{t: float(logs[t][i] - logs["none"][i]) for t in treatments}})
    for bits, agq in itertools.product(all_bits, agqs):
        table(measured, treatments, bits, agq)


if __name__ == "__main__":
    main()
