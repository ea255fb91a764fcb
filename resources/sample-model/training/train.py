#!/usr/bin/env python3
"""Train the sample model from raw text to a Hugging Face checkpoint folder.

    python train.py --wikitext wikitext2_train.txt --wikitext-valid wiki.valid.tokens \\
        --gsm8k train.jsonl --mbpp mbpp.jsonl --python-tree /usr/lib/python3.11 --out-dir build/sample

Reads three domains (corpora.py), trains a byte-level BPE on them, then a small Mixture-of-Experts (sample_moe.py) with
AdamW and a cosine schedule on batches mixed in fixed proportions. Everything random comes from --seed, so the same
inputs, arguments and library versions give the same batches and nearly the same weights (sums depend on the BLAS).
"""
import argparse
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import corpora
from corpora import DOMAINS, END_OF_TEXT
from sample_moe import ModelConfig, SampleMoe, write_checkpoint


def learning_rate(step, args):
    """Linear warm-up to --lr, then a cosine to 3 % of it."""
    if step < args.warmup:
        return args.lr * (step + 1) / args.warmup
    return args.lr * (0.03 + 0.97 * 0.5 * (1.0 + math.cos(math.pi * step / args.steps)))


def balance_coefficient(step, args):
    """Weight of the balancing loss: falls to --balance-coef over the first 30 % of the run.

    Strong while the router is still arbitrary, so that no expert dies, then weak, so that experts may specialise.
    """
    remaining = max(0.0, 1.0 - step / args.steps / 0.3)
    return args.balance_coef + remaining * (args.balance_coef_start - args.balance_coef)


def make_optimizer(model, weight_decay):
    """AdamW; only matrices decay, not norms, biases or the embedding."""
    decayed, free = [], []
    for name, parameter in model.named_parameters():
        (decayed if parameter.dim() == 2 and "embed_tokens" not in name else free).append(parameter)
    groups = [{"params": decayed, "weight_decay": weight_decay}, {"params": free, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.95), eps=1e-8, fused=True)


@torch.no_grad()
def held_out_loss(model, stream, length, limit, device):
    """Mean next-token loss in nats over the stream's first blocks, at most `limit` of them."""
    starts = list(range(0, len(stream) - length - 1, length))[:limit]
    ids = torch.from_numpy(np.stack([stream[s : s + length + 1] for s in starts]).astype(np.int64)).to(device)
    logits = model(ids[:, :-1])[0]
    return F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten()).item()


def train(args):
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    args.out_dir.mkdir(parents=True, exist_ok=True)
    documents = corpora.load_documents(args)
    tokenizer = corpora.train_tokenizer(documents, args.vocab_size, args.seed, args.out_dir / "tokenizer.json")
    streams = {d: corpora.encode(tokenizer, documents[d][0]) for d in DOMAINS}
    held_out = {d: corpora.encode(tokenizer, documents[d][1]) for d in DOMAINS}
    print("tokens:", {d: len(s) for d, s in streams.items()}, flush=True)

    torch.manual_seed(args.seed)
    config = ModelConfig(**{name: getattr(args, name) for name in SHAPE}, norm_topk_prob=args.norm_topk_prob)
    model = SampleMoe(config).to(args.device)
    optimizer = make_optimizer(model, args.weight_decay)
    batches = corpora.MixedBatches(streams, dict(zip(DOMAINS, args.mix)), args.seed + 1)
    parameters = sum(p.numel() for p in model.parameters())
    print(f"{parameters} parameters", flush=True)

    history, window, began = [], [], time.monotonic()
    for step in range(args.steps):
        rate = learning_rate(step, args)
        for group in optimizer.param_groups:
            group["lr"] = rate
        # The last steps see sequences as long as the model's positions, so that those are trained too.
        long = step >= args.steps * (1.0 - args.long_fraction)
        length = config.max_position_embeddings if long else args.seq_len
        inputs, targets = (t.to(args.device) for t in batches.next(max(1, args.batch_tokens // length), length))
        logits, balance, usage = model(inputs)
        loss = F.cross_entropy(logits.flatten(0, 1), targets.flatten())
        (loss + balance_coefficient(step, args) * balance).backward()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        window.append(torch.cat((loss.detach()[None], balance.detach()[None], usage.flatten())))

        done, last = step + 1, step + 1 == args.steps
        if done % args.log_every == 0 or last:
            mean = torch.stack(window).mean(0)
            window.clear()
            record = {
                "step": done, "tokens": sum(batches.tokens_drawn.values()),
                "seconds": round(time.monotonic() - began, 1), "lr": round(rate, 7),
                "loss": round(mean[0].item(), 4), "balance_loss": round(mean[1].item(), 4),
                "grad_norm": round(norm.item(), 3), "min_share": round(mean[2:].min().item(), 4),
                "max_share": round(mean[2:].max().item(), 4),
            }
            if done % args.check_every == 0 or last:
                for d in DOMAINS:
                    record[f"held_out_{d}"] = round(
                        held_out_loss(model, held_out[d], args.seq_len, args.check_blocks, args.device), 4)
            history.append(record)
            print(json.dumps(record), flush=True)
        if done % args.export_every == 0 or last:
            write_checkpoint(model, tokenizer, tokenizer.token_to_id(END_OF_TEXT), END_OF_TEXT, args.out_dir)

    summary = {
        "arguments": {k: getattr(args, k) for k in (*SHAPE, *RUN)}, "parameters": parameters, "steps": args.steps,
        "tokens_seen": sum(batches.tokens_drawn.values()), "tokens_seen_per_domain": batches.tokens_drawn,
        "stream_tokens": {d: len(s) for d, s in streams.items()}, "history": history,
    }
    (args.out_dir / "training.json").write_text(json.dumps(summary, indent=1) + "\n")


SHAPE = ("vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads",
         "num_experts", "num_experts_per_tok", "moe_intermediate_size", "shared_expert_intermediate_size",
         "max_position_embeddings")
# Run settings with the values that the shipped sample was trained with.
RUN = {"steps": 3734, "batch_tokens": 4096, "seq_len": 512, "long_fraction": 0.1, "lr": 2e-3, "warmup": 60,
       "weight_decay": 0.1, "balance_coef_start": 5e-2, "balance_coef": 1e-3, "seed": 20240607, "threads": 2,
       "log_every": 25, "check_every": 250, "check_blocks": 16, "export_every": 500}


def parse_arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--wikitext", type=Path, nargs="+", required=True, help="WikiText files, never the test split")
    p.add_argument("--wikitext-paragraphs", type=Path, nargs="*", default=[], help="WikiText without headings")
    p.add_argument("--wiki-extract", type=Path, nargs="*", default=[], help="WikiExtractor files")
    p.add_argument("--wikitext-valid", type=Path, required=True, help="for the loss curve only")
    p.add_argument("--gsm8k", type=Path, required=True, help="GSM8K train.jsonl")
    p.add_argument("--mbpp", type=Path, required=True, help="mbpp.jsonl; its test split is skipped")
    p.add_argument("--python-tree", type=Path, nargs="+", required=True, help="roots of Python sources")
    p.add_argument("--out-dir", type=Path, required=True, help="the checkpoint folder, with training.json")
    p.add_argument("--device", default="cpu")
    p.add_argument("--mix", type=float, nargs=3, default=[0.45, 0.25, 0.30], help="shares of prose, maths, code")
    p.add_argument("--norm-topk-prob", action="store_true")
    for name in SHAPE:
        p.add_argument("--" + name.replace("_", "-"), type=int, default=getattr(ModelConfig, name))
    for name, value in RUN.items():
        p.add_argument("--" + name.replace("_", "-"), type=type(value), default=value)
    return p.parse_args()


if __name__ == "__main__":
    train(parse_arguments())
