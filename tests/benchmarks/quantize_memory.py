"""Memory, time a layer and throughput of `quantize` on a model of DeepSeek-MoE's proportions.

    python tests/benchmarks/random_model.py MODEL
    python tests/benchmarks/quantize_memory.py build/release/bin/moequant MODEL [--memory 512MiB] [-- OPTIONS…]

Samples the anonymous memory of the process every 5 ms and prints its peak beside what `inspect` plans and beside
1.5 x (largest layer + its Hessians + hidden states), the seconds of every layer, weights a second of the MoE layers,
and what the published algorithm (gptq_speed.py) takes for the matrices of one expert, times all of them.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(__file__))

parser = argparse.ArgumentParser()
parser.add_argument("program")
parser.add_argument("model")
parser.add_argument("--memory", default="1GiB")
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--no-reference", action="store_true")
parser.add_argument("options", nargs="*")
arguments = parser.parse_args()

config = json.load(open(os.path.join(arguments.model, "config.json")))
hidden, width = config["hidden_size"], config["moe_intermediate_size"]
experts, dense = config["n_routed_experts"], config["intermediate_size"]
set_file = os.path.join(arguments.model, "set.jsonl")
tokens = sum(len(json.loads(line)["ids"]) for line in open(set_file))
environment = dict(os.environ, OMP_WAIT_POLICY="passive")


def anonymous(pid):
    with open(f"/proc/{pid}/status") as file:
        for line in file:
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
    return 0


plan = json.loads(subprocess.run([arguments.program, "inspect", arguments.model, "--calibration-tokens", str(tokens),
                                  "--threads", str(arguments.threads), "--memory", arguments.memory, "--json"],
                                 capture_output=True, text=True, check=True).stdout)["memory_plan"]
with tempfile.TemporaryDirectory() as folder:
    run = os.path.join(folder, "run")
    command = [arguments.program, "quantize", arguments.model, "--corpus", "tokens:" + set_file, "-o",
               os.path.join(folder, "out"), "--run", run, "--group-size", "-1", "--threads", str(arguments.threads),
               "--memory", arguments.memory] + arguments.options
    print("load", " ".join(f"{load:.2f}" for load in os.getloadavg()))
    begin = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    peak, trail = 0, []

    def watch():
        global peak
        while process.poll() is None:
            try:
                now = anonymous(process.pid)
            except OSError:
                return
            peak = max(peak, now)
            trail.append((time.perf_counter() - begin, now))
            time.sleep(0.005)

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, said = process.communicate()
    watcher.join()
    if process.returncode:
        sys.exit(said)
    result = json.load(open(os.path.join(run, "result.json")))

per_expert = 3 * hidden * width
layer_weights = experts * per_expert + 3 * hidden * width * config["n_shared_experts"] + 4 * hidden * hidden
hessians = experts * 4 * (hidden * hidden + width * width)
hidden_states = 2 * 4 * tokens * hidden
largest = max(4 * layer_weights, 12 * hidden * dense * (config["first_k_dense_replace"] > 0))
bound = 1.5 * (largest + hessians + hidden_states)
mib = 1 << 20
print(f"peak anonymous memory {peak / mib:.0f} MiB; planned {plan['peak_bytes'] / mib:.0f} MiB "
      f"({plan['peak_bytes'] / peak - 1:+.1%}); bound {bound / mib:.0f} MiB")
print("plan", {key: f"{value / mib:.0f} MiB" if key.endswith("_bytes") else value for key, value in plan.items()})
seconds = [layer["seconds"] for layer in result["layers"]]
print("seconds a layer", " ".join(f"{s:.1f}" for s in seconds), f"total {result['seconds']:.1f}")
for i in range(0, len(trail), max(1, len(trail) // 24)):
    print(f"  {trail[i][0]:6.1f} s {trail[i][1] / mib:6.0f} MiB")
moe = seconds[config["first_k_dense_replace"]:]
print(f"weights a second in MoE layers {layer_weights / (sum(moe) / len(moe)) / 1e6:.2f} million")
if not arguments.no_reference:
    import torch
    import gptq_speed

    torch.set_num_threads(arguments.threads)
    gptq_speed.HIDDEN, gptq_speed.MIDDLE, gptq_speed.TOKENS = hidden, width, tokens * 6 // experts
    tensors = gptq_speed.expert(1)
    begin = time.perf_counter()
    for name, hessian in (("gate", "hessian.in"), ("up", "hessian.in"), ("down", "hessian.down")):
        gptq_speed.reference(tensors[name], tensors[hessian])
    spent = time.perf_counter() - begin
    print(f"the published algorithm: {spent:.2f} s an expert, {per_expert / spent / 1e6:.2f} million weights a second "
          "(factorising and rounding alone, without any forward pass or Hessian)")
