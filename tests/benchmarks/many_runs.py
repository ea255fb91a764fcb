"""Run folders as a large model's quantizations leave them, for bench_window: 94 layers x 256 experts x 3 linears.

    XDG_DATA_HOME=DIR python3 tests/benchmarks/many_runs.py [COUNT]      # writes DIR/moequant/runs/...
"""
import json
import os
import random
import sys

LAYERS, EXPERTS = 94, 256


def linears(seed):
    draw = random.Random(seed)
    for layer in range(LAYERS):
        for expert in range(EXPERTS):
            tokens = int(draw.lognormvariate(6, 1))
            for part in ("gate_proj", "up_proj", "down_proj"):
                error = 0.01 * draw.lognormvariate(0, 0.4)
                yield {"name": f"model.layers.{layer}.mlp.experts.{expert}.{part}", "layer": layer, "expert": expert,
                       "rows": 1536, "columns": 4096, "bits": 4, "tokens": tokens, "affinity_sum": tokens * 0.1,
                       "effective_tokens": tokens * 0.8, "relative_output_error": error,
                       "weighted_output_error": error, "weight_mse": 1e-6, "damp": 0.01, "fallback": None,
                       "seconds": 0.1}


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    root = os.path.join(os.environ["XDG_DATA_HOME"], "moequant", "runs")
    for i in range(count):
        folder = os.path.join(root, f"20260101-{i // 60:02d}{i % 60:02d}00-quantize-large-{i:04x}")
        os.makedirs(folder, exist_ok=True)
        options = {"bits": 2 + i % 3, "method": ["gptq", "rtn"][i % 2], "agq": i % 4 == 0, "group_size": 128}
        with open(os.path.join(folder, "job.json"), "w") as file:
            json.dump({"kind": "quantize", "model": "large", "corpus": ["wikitext2"],
                       "options": options, "run": folder}, file)
        with open(os.path.join(folder, "result.json"), "w") as file:
            json.dump({"linears": list(linears(i)), "bytes_before": 470e9, "bytes_after": 120e9, "seconds": 3000,
                       "peak_memory": 8e9, "verified": True}, file)
    print(f"{count} runs under {root}")


main()
