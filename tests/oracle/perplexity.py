"""Perplexity of the sample model by transformers in float32, the figures that `moequant evaluate` must reproduce.

    MOEQUANT_DATA=<data folder> python tests/oracle/perplexity.py [--model DIR] [--limit N]

Conventions: WikiText-2 is its test rows joined by two newlines; the other corpora are their evaluation records joined
by the EOS id (GSM8K: test file, question, newline, answer; HumanEval: problems from the 63rd on, prompt + canonical
solution; C4 as one file: its second half of records). Tokenized without special tokens, cut into non-overlapping
windows, tail dropped, no BOS, first token of a window not scored; value = exp(mean loss over the scored tokens).
Prints one JSON object a line.
"""
import argparse
import json
import math
import os
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import AutoModelForCausalLM

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample-model"


def wikitext_rows(path):
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    return "\n\n".join("" if not line.strip() else line + "\n" for line in lines)


def records(path, text_of):
    return [text_of(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def corpora(data, tokenizer, eos):
    """(name, ids, window length, most windows)."""
    wikitext = tokenizer.encode(wikitext_rows(data / "wikitext-2" / "wiki.test.raw"), add_special_tokens=False).ids
    yield "wikitext2", wikitext, 1024, None
    yield "wikitext2", wikitext, 512, None
    yield "wikitext2", wikitext, 512, 32
    (gsm8k,) = sorted((data / "gsm8k").glob("test*.jsonl"))
    (humaneval,) = sorted((data / "humaneval").glob("*.jsonl"))
    c4 = records(data / "c4" / "c4.jsonl", lambda r: r["prefix"] + r["gold_completion"])
    for name, texts in (
        ("gsm8k", records(gsm8k, lambda r: r["question"] + "\n" + r["answer"])),
        ("humaneval", records(humaneval, lambda r: r["prompt"] + r["canonical_solution"])[62:]),
        ("c4", c4[len(c4) // 2 :]),
    ):
        ids = []
        for text in texts:
            ids += ([eos] if ids else []) + tokenizer.encode(text, add_special_tokens=False).ids
        yield name, ids, 512, 32


@torch.no_grad()
def perplexity(model, ids, length, limit, batch=8):
    starts = range(0, len(ids) - length + 1, length)[:limit]
    windows = torch.tensor([ids[s : s + length] for s in starts])
    total = 0.0
    for part in windows.split(batch):
        logits = model(input_ids=part, use_cache=False).logits[:, :-1].double()
        total -= logits.log_softmax(-1).gather(-1, part[:, 1:, None]).sum().item()
    tokens = len(windows) * (length - 1)
    return {"value": math.exp(total / tokens), "nll": total / tokens, "tokens": tokens, "windows": len(windows)}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", type=Path, default=SAMPLE)
    p.add_argument("--limit", type=int, help="most windows of every row, for a quick look")
    args = p.parse_args()
    if "MOEQUANT_DATA" not in os.environ:
        raise SystemExit("perplexity.py: set MOEQUANT_DATA to the data folder")
    tokenizer = Tokenizer.from_file(str(args.model / "tokenizer.json"))
    eos = json.loads((args.model / "config.json").read_text())["eos_token_id"]
    model = AutoModelForCausalLM.from_pretrained(args.model, dtype=torch.float32).eval()
    for name, ids, length, limit in corpora(Path(os.environ["MOEQUANT_DATA"]), tokenizer, eos):
        most = min(x for x in (limit, args.limit, len(ids)) if x is not None)
        row = {"corpus": name, "length": length, "ids": len(ids), **perplexity(model, ids, length, most)}
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
