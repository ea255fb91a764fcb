"""What affinity-guided weights (AGQ) buy on the built-in model, by method, bits and exponent.

    python tests/benchmarks/agq.py [--methods gptq,rotated,awq] [--bits 2,3,4] [--group-size -1] [--samples 128] [--out DIR]

Needs the corpora in $MOEQUANT_DATA and the packages of tests/oracle/requirements.txt. Calibrates on random windows of
512 of WikiText-2's train part, with the recipes of the presets gptq, quarot-gptq and awq. Prints Markdown:
(a) on the calibration text, the weighted output error of each routed linear with AGQ (exponent 1) over that without;
(b) on held-out text (64 windows of WikiText-2's test part; 22 each of C4, GSM8K and HumanEval), the error of each
    expert's output with exponents 1 and 2 over that with 0 (no AGQ), geometric mean over experts with a paired 95 %
    bootstrap interval; (c) with --perplexity BITS for these bits the perplexity with the paired interval of its difference. Finished runs are not repeated.
"""

import argparse
import itertools
import sys
from pathlib import Path

import torch

from expert_errors import CORPORA, PERPLEXITY, ROOT, Command, Experts, held_out, ratio_cell, wikitext_calibration

PRESETS = {"gptq": "gptq", "rotated": "quarot-gptq", "awq": "awq"}
HELD_OUT = {"WikiText-2 test": {"wikitext2": 64}, "C4, GSM8K, HumanEval": {"c4": 22, "gsm8k": 22, "humaneval": 22}}


def reported(result):
    """(layer, expert, part) -> weighted output error of each routed linear, as the report says."""
    return {(row["layer"], row["expert"], row["name"].rsplit(".", 1)[1].removesuffix("_proj")):
            row["weighted_output_error"] for row in result["linears"] if isinstance(row["expert"], int)}


def lower_cell(new, old, keys):
    ratio = torch.tensor([new[k] / old[k] for k in keys], dtype=torch.float64)
    return f"{100 * (ratio < 1).double().mean():.1f} % | {ratio.log().mean().exp():.4f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--methods", default="gptq,rotated,awq")
    parser.add_argument("--bits", default="2,3,4")
    parser.add_argument("--perplexity", default="", help="bits at which perplexity is measured too")
    parser.add_argument("--group-size", default="-1")
    parser.add_argument("--samples", type=int, default=128)
    parser.add_argument("--out", type=Path, default=Path("agq"))
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "release")
    arguments = parser.parse_args()
    command = Command(arguments.build, arguments.out)
    calibration = arguments.out / "calibration.jsonl"
    texts = {"calibration": wikitext_calibration(calibration, arguments.samples, 512)}
    for name, count in HELD_OUT.items():
        texts[name] = torch.cat([ids for ids in held_out(count).values() if len(ids)])
    texts = {name: Experts(ids) for name, ids in texts.items()}
    for name, text in texts.items():
        print(f"{name}: {sum(text.tokens.values())} routed tokens, {min(text.tokens.values())} in the rarest expert\n")
    exponents = ["0", "1", "2"]
    tables = {"a": [], "b": [], "c": []}

    def add(letter, row):
        tables[letter].append(row)
        print(row, file=sys.stderr, flush=True)

    for bits, method in itertools.product(arguments.bits.split(","), arguments.methods.split(",")):
        label, read = f"{method}, {bits} bits", bits in arguments.perplexity.split(",")
        reports, errors, values = {}, {}, {}
        runs = {exponent: f"{method}{bits}-g{arguments.group_size}-p{exponent}" for exponent in exponents}
        folders = {exponent: command.out / ("q-" + run) / "checkpoint" for exponent, run in runs.items()}
        for exponent, run in runs.items():
            agq = () if exponent == "0" else ("--agq", "--agq-exponent", exponent)
            reports[exponent] = reported(command("q-" + run, "quantize", "sample", "--preset", PRESETS[method], "--corpus",
                                                 f"tokens:{calibration.resolve()}", "--bits", bits, "--group-size",
                                                 arguments.group_size, "--format", "float", *agq))
            errors[exponent] = {name: text.errors(folders[exponent], (1, 2)) for name, text in texts.items()
                                if exponent != "2" or name != "calibration"}
            if read:
                values[exponent] = command(run, "evaluate", folders[exponent], *PERPLEXITY)["perplexity"]
        new, old = reports["1"], reports["0"]
        first = [key for key in new if key[0] == 0 and key[2] != "down"]
        row = f"| {label} | {lower_cell(new, old, first)} | {lower_cell(new, old, list(new))} | "
        if method != "awq":
            same = [texts["calibration"].linear_errors(folders[exponent]) for exponent in ("1", "0")]
            row += lower_cell(*same, list(same[0]))
        else:
            row += " | "
        add("a", f"{row} | {ratio_cell(errors['1']['calibration'][1], errors['0']['calibration'][1])} |")
        for exponent in exponents[1:]:
            cells = [ratio_cell(errors[exponent][name][power], errors["0"][name][power])
                     for name in HELD_OUT for power in (1, 2)]
            add("b", f"| {label} | {exponent} | " + " | ".join(cells) + " |")
        against = command.compare(list(runs.values())) if read else {}
        for exponent in exponents if read else ():
            cells = []
            for spec in CORPORA.values():
                cell = f"{values[exponent][spec]['value']:.2f}"
                if (pair := against.get((runs[exponent], spec))):
                    cell += f" ({pair['percent']:+.2f} %{'' if pair['shown'] else ' n.s.'})"
                cells.append(cell)
            add("c", f"| {label} | {exponent} | " + " | ".join(cells) + " |")
    print("\n| | layer 0, gate and up: lower | ratio | all, as reported: lower | ratio | all, equal inputs: lower | ratio "
          "| whole expert |\n|---|---|---|---|---|---|---|---|")
    print("\n".join(tables["a"]))
    heads = " | ".join(f"{name}, c^{power}" for name in HELD_OUT for power in (1, 2))
    print(f"\n| | exponent | {heads} |\n|---|---|---|---|---|---|")
    print("\n".join(tables["b"]))
    print("\n| | exponent | " + " | ".join(CORPORA) + " |\n|---|---|---|---|---|---|")
    print("\n".join(tables["c"]))


if __name__ == "__main__":
    main()
