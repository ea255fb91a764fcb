#!/usr/bin/env python3
"""Measure a sample checkpoint: the figures of MODEL_CARD.md, written to --out as JSON.

    python evaluate.py --model .. --wikitext-test wiki.test.raw --gsm8k-test test.jsonl \\
        --humaneval HumanEval.jsonl --out evaluation.json

Agreement of sample_moe.py with transformers, perplexity on the three test sets, expert usage, perplexity after rounding
to nearest at several widths, and freely sampled text. float32 arithmetic on the stored bf16 weights.
"""
import argparse
import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F

from corpora import END_OF_TEXT, read_jsonl
from sample_moe import read_checkpoint

WIKITEXT, ROWS, GSM8K, HUMANEVAL = "WikiText-2 test", "WikiText-2 test, rows", "GSM8K test", "HumanEval"
SETS = (WIKITEXT, GSM8K, HUMANEVAL)
# Examples of each set that the comparison of widths reads.
SUBSET = {WIKITEXT: 64, GSM8K: 150, HUMANEVAL: 124}
QUANTIZED = tuple(f"{name}_proj.weight" for name in ("q", "k", "v", "o", "gate", "up", "down"))
PROMPTS = ("", "= History of the city = \n",
           "Question: Anna has 12 apples. She gives 5 apples to Tom. How many apples does Anna have left?\nAnswer:",
           "def is_even(n):\n", "import os\n")


def blocks_of(ids, length):
    """Non-overlapping blocks, the tail dropped; the first token of a block is not scored."""
    return [(ids[s : s + length], 1) for s in range(0, len(ids) - length + 1, length)]


def load_sets(args):
    """(examples, packed, facts) by set.

    examples: lists of (ids, first scored position); packed: the same text as one stream of ids, on which expert usage
    is counted.
    """
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(args.model / "tokenizer.json"))
    end = tokenizer.token_to_id(END_OF_TEXT)
    text = args.wikitext_test.read_text(encoding="utf-8")
    ids = tokenizer.encode(text).ids
    rows = ["" if not line.strip() else line + "\n" for line in text.split("\n")[:-1]]
    row_ids = tokenizer.encode("\n\n".join(rows)).ids
    examples = {WIKITEXT: blocks_of(ids, args.context), ROWS: blocks_of(row_ids, args.max_context)}
    packed = {WIKITEXT: ids}
    facts = {WIKITEXT: {"tokens": len(ids), "bytes": len(text.encode()),
                        "words": len(text.split()) + text.count("\n")},
             ROWS: {"tokens": len(row_ids), "rows": len(rows)}}
    pairs = {
        GSM8K: [(f"Question: {r['question']}\nAnswer:", f" {r['answer']}\n") for r in read_jsonl(args.gsm8k_test)],
        HUMANEVAL: [(r["prompt"], r["canonical_solution"]) for r in read_jsonl(args.humaneval)],
    }
    for name, texts in pairs.items():
        examples[name], packed[name] = [], []
        for prompt, answer in texts:
            head, tail = tokenizer.encode(prompt).ids, tokenizer.encode(answer).ids
            # Of GSM8K only the answer is scored.
            first = 1 + len(head) if name == GSM8K else 1
            examples[name].append(([end, *head, *tail][: args.max_context], first))
            packed[name] += [*head, *tail, end]
        facts[name] = {"tokens": len(packed[name]), "bytes": sum(len((p + a).encode()) for p, a in texts)}
    return examples, packed, facts


@torch.no_grad()
def perplexity(model, examples, batch_tokens=4096):
    """Total nats and perplexity over the scored tokens; right padding cannot reach them through causal attention."""
    ordered = sorted(examples, key=lambda e: len(e[0]))
    total, count = 0.0, 0
    while ordered:
        rows = max(1, batch_tokens // len(ordered[-1][0]))
        part, ordered = ordered[-rows:], ordered[:-rows]
        width = len(part[-1][0])
        ids = torch.zeros(len(part), width, dtype=torch.long)
        scored = torch.zeros(len(part), width, dtype=torch.bool)
        for row, (tokens, first) in enumerate(part):
            ids[row, : len(tokens)] = torch.tensor(tokens)
            scored[row, first : len(tokens)] = True
        losses = F.cross_entropy(model(ids)[0][:, :-1].transpose(1, 2), ids[:, 1:], reduction="none")
        total += losses[scored[:, 1:]].double().sum().item()
        count += int(scored[:, 1:].sum())
    return {"nll": total, "tokens": count, "perplexity": math.exp(total / count)}


@torch.no_grad()
def expert_usage(model, ids, context, limit):
    """Share of the routed assignments, [L][E], each row summing to 1."""
    blocks = torch.tensor([block for block, _ in blocks_of(ids, context)[:limit]])
    return torch.stack([model(block[None])[2] for block in blocks]).mean(0).tolist()


@torch.no_grad()
def quantize_rtn(model, bits):
    """Round the linears to nearest in place: symmetric, one scale max|w| / (2^(bits-1) - 1) per output channel."""
    top = 2 ** (bits - 1) - 1
    for name, weight in model.named_parameters():
        if name.endswith(QUANTIZED):
            scale = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-12) / top
            weight.copy_((weight / scale).round().clamp(-top, top) * scale)


@torch.no_grad()
def agreement(folder, packed, context):
    """Largest logit difference to transformers over four blocks of each set, and whether every tensor was known."""
    from transformers import AutoModelForCausalLM

    theirs, info = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, output_loading_info=True)
    ours, theirs = read_checkpoint(folder), theirs.eval()
    difference, agree, count = 0.0, 0, 0
    for name in SETS:
        ids = torch.tensor([packed[name][i * context : (i + 1) * context] for i in range(4)])
        a, b = ours(ids)[0], theirs(ids).logits
        difference = max(difference, (a - b).abs().max().item())
        agree += int((a.argmax(-1) == b.argmax(-1)).sum())
        count += ids.numel()
    return {"missing": sorted(info["missing_keys"]), "unexpected": sorted(info["unexpected_keys"]),
            "max_abs_logit_difference": difference, "top1_agreement": agree / count, "tokens": count}


def free_samples(folder):
    """Text at temperature 0.8 and top-p 0.95, one seed a prompt."""
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    results = []
    for seed, prompt in enumerate(PROMPTS):
        torch.manual_seed(seed)
        ids = tokenizer(END_OF_TEXT + prompt, add_special_tokens=False, return_tensors="pt")["input_ids"]
        out = model.generate(input_ids=ids, attention_mask=torch.ones_like(ids), do_sample=True, temperature=0.8,
                             top_p=0.95, max_new_tokens=110, pad_token_id=tokenizer.eos_token_id)
        results.append({"prompt": END_OF_TEXT + prompt, "seed": seed, "text": tokenizer.decode(out[0][ids.shape[1] :])})
    return results


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("model", "wikitext-test", "gsm8k-test", "humaneval", "out"):
        p.add_argument(f"--{name}", type=Path, required=True)
    p.add_argument("--context", type=int, default=512, help="block length, tokens")
    p.add_argument("--max-context", type=int, default=1024, help="longest example, tokens")
    p.add_argument("--usage-blocks", type=int, default=100)
    p.add_argument("--bits", type=int, nargs="*", default=[8, 4, 3, 2])
    p.add_argument("--limit", type=int, default=10**9, help="examples a set, for a quick look")
    args = p.parse_args()

    examples, packed, facts = load_sets(args)
    examples = {name: part[: args.limit] for name, part in examples.items()}
    model = read_checkpoint(args.model)
    result = {"facts": facts, "agreement": agreement(args.model, packed, args.context),
              "perplexity": {name: perplexity(model, part) for name, part in examples.items()},
              "usage": {n: expert_usage(model, packed[n], args.context, args.usage_blocks) for n in SETS}}
    wiki = result["perplexity"][WIKITEXT]
    # The tail and each block's first token are not scored: scale to the whole text before dividing.
    whole = wiki["nll"] / wiki["tokens"] * facts[WIKITEXT]["tokens"]
    wiki["bits_per_byte"] = whole / math.log(2) / facts[WIKITEXT]["bytes"]
    wiki["word_perplexity"] = math.exp(whole / facts[WIKITEXT]["words"])
    result["quantization"] = {}
    for bits in (None, *args.bits):
        model = read_checkpoint(args.model)
        if bits is not None:
            quantize_rtn(model, bits)
        result["quantization"]["bf16" if bits is None else f"{bits} bits"] = {
            n: perplexity(model, examples[n][: SUBSET[n]])["perplexity"] for n in SETS}
    result["samples"] = free_samples(args.model)
    args.out.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps({k: result[k] for k in ("agreement", "perplexity", "quantization")}, indent=1))


if __name__ == "__main__":
    main()
