"""Loads a float checkpoint in transformers and compares its logits with those of `moequant trace`, of it or of another.

    moequant trace CHECKPOINT --tokens TOKENS.json --dtype float32 -o TRACE.safetensors
    python tests/oracle/load_float.py CHECKPOINT TOKENS.json TRACE.safetensors [--limit 1e-4]

For `--format float` and for rotated models: the trace of the model before it was rotated is what a rotated one must
give, up to the rounding of its weights to the dtype in which they are stored. Prints max |difference| / max |logit| in
float32 and exits with 1 beyond the limit.
"""

import argparse
import json
import sys
from pathlib import Path

import torch
from safetensors import safe_open
from transformers import AutoModelForCausalLM


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("tokens", type=Path)
    parser.add_argument("trace", type=Path)
    parser.add_argument("--limit", type=float, default=1e-4)
    arguments = parser.parse_args()
    ids = json.loads(arguments.tokens.read_text())["ids"]
    with safe_open(arguments.trace, "pt") as file:
        expected = file.get_tensor("logits")
    options = {"dtype": torch.float32, "attn_implementation": "eager"}
    model, report = AutoModelForCausalLM.from_pretrained(arguments.checkpoint, output_loading_info=True, **options)
    wrong = {key: names for key, names in report.items() if names}
    if wrong:
        print(f"not loaded as it stands: {wrong}")
        return 1
    with torch.no_grad():
        logits = torch.cat([model.eval()(torch.tensor([row])).logits for row in ids])
    difference = float((logits - expected).abs().max() / expected.abs().max())
    same = float((logits.argmax(-1) == expected.argmax(-1)).float().mean())
    print(f"max difference / max logit = {difference:.2e}; limit {arguments.limit:.0e}; "
          f"same first choice at {same:.2%} of {expected.shape[0] * expected.shape[1]} positions")
    return 0 if difference <= arguments.limit else 1


if __name__ == "__main__":
    sys.exit(main())
