"""Calibration sets of equal tokens side by side on the built-in model, and what balance costs.

    python tests/benchmarks/ebss_sets.py [--sequences 128] [--length 512] [--curve] [--out DIR]

Prints Markdown: pooled CV, perplexity (5, 50 and 95 % quantiles over sequences for sampled sets), degenerate share,
distinct-1/2/8, zlib ratio, 4-grams shared by two sequences, seconds. Real text needs $MOEQUANT_DATA. --curve adds
balance against perplexity over tau, width and branching (32 sequences of 256). Finished runs in DIR are not repeated;
sets lie in DIR/NAME/set.jsonl.
"""

import argparse
import json
import math
import os
import struct
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

SAMPLED = {
    "plain samples": ("--preset", "paper", "--tau", "inf", "--width", "1", "--noise", "1"),
    "paper": ("--preset", "paper"),
    "default": (),
    "best": ("--width", "4"),
}
REAL = ("wikitext2", "balanced:wikitext2")


def command(build, run, *arguments):
    environment = dict(os.environ, OMP_WAIT_POLICY="passive")
    words = [build / "bin" / "moequant", *arguments, "--run", run, "--json"]
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        sys.exit(f"{run}: {done.stderr.splitlines()[-1] if done.stderr else done.returncode}")
    return json.loads(done.stdout)


def window_quantiles(run, spec, length):
    """Quantiles of perplexity over an evaluation's windows, from the summed losses it stores."""
    data = (run / "windows.safetensors").read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    begin, end = json.loads(data[8 : 8 + size])[spec]["data_offsets"]
    losses = struct.unpack(f"<{(end - begin) // 8}d", data[8 + size + begin : 8 + size + end])
    values = sorted(math.exp(loss / (length - 1)) for loss in losses)
    return "[" + " ".join(f"{values[int(q * (len(values) - 1) + 0.5)]:.1f}" for q in (0.05, 0.5, 0.95)) + "]"


def spread(values, digits=3):
    return f"{values['mean']:.{digits}f} [{values['q05']:.{digits}f}–{values['q95']:.{digits}f}]"


def row(name, result, perplexity, seconds):
    quality = result["quality"]
    print(f"| {name} | {result['balance']['cv']:.4f} | {perplexity} | {100 * quality['degenerate_share']:.1f} % | "
          f"{spread(quality['distinct1'])} | {quality['distinct2']['mean']:.3f} | {quality['distinct8']['mean']:.3f} | "
          f"{spread(quality['zlib_ratio'])} | {100 * quality['shared4']:.1f} % | {seconds} |", flush=True)


def table(build, out, sequences, length):
    experts, top_k = 16, 2
    floor = math.sqrt((experts / top_k) * (1 - top_k / experts) / (sequences * length))
    print(f"{sequences} sequences of {length}; multinomial floor of the CV {floor:.4f}\n")
    print("| set | CV | perplexity [q05 q50 q95] | degenerate | distinct-1 | distinct-2 | distinct-8 | zlib ratio | "
          "shared 4-grams | seconds |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for kind in REAL:
        size = f"samples={sequences}&length={length}"
        result = command(build, out / kind.replace(":", "-"), "profile", "sample", "--corpus", f"{kind}?{size}")
        perplexity = "–"
        if kind == "wikitext2":
            spec = f"{kind}?{size}&split=train"
            found = command(build, out / "wikitext2-perplexity", "evaluate", "sample", "--perplexity", spec)
            perplexity = f"{found['perplexity'][spec]['value']:.2f} {window_quantiles(out / 'wikitext2-perplexity', spec, length)}"
        row(kind, result, perplexity, "–")
    for name, options in SAMPLED.items():
        result = command(build, out / name.replace(" ", "-"), "sample", "sample", "--sequences", sequences, "--length",
                         length, *options)
        q = result["perplexity_quantiles"]
        row(name, result, f"{result['perplexity']:.2f} [{q['q05']:.1f} {q['q50']:.1f} {q['q95']:.1f}]",
            f"{result['seconds']:.0f}")


def curve(build, out):
    print("\n| tau | width | branching | CV | perplexity | degenerate | seconds |\n|---|---|---|---|---|---|---|")
    result = command(build, out / "curve", "sweep", "sample", "--tau", "0.01,0.03,0.06,0.1,0.3", "--width", "1,2,4",
                     "--branching", "2,4,8", "--sequences", 32, "--length", 256)
    for cell in result["cells"]:
        print(f"| {cell['tau']} | {cell['width']} | {cell['branching']} | {cell['balance']['cv']:.4f} | "
              f"{cell['perplexity']:.2f} | {100 * cell['degenerate_share']:.0f} % | {cell['seconds']:.1f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "release")
    parser.add_argument("--out", type=Path, default=Path("ebss-sets"))
    parser.add_argument("--sequences", type=int, default=128)
    parser.add_argument("--length", type=int, default=512)
    parser.add_argument("--curve", action="store_true")
    arguments = parser.parse_args()
    build, out = arguments.build.resolve(), arguments.out.resolve()
    table(build, out, arguments.sequences, arguments.length)
    if arguments.curve:
        curve(build, out)


if __name__ == "__main__":
    main()
