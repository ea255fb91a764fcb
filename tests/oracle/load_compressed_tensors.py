"""Loads a compressed-tensors checkpoint in transformers and compares its logits with those of `moequant trace`.

    moequant trace CHECKPOINT --tokens TOKENS.json --dtype float32 -o TRACE.safetensors
    python tests/oracle/load_compressed_tensors.py CHECKPOINT TOKENS.json TRACE.safetensors [--dtype float32|bfloat16]
        [--decompress]

Prints max |difference| / max |logit| and exits with 1 beyond 1e-4 (float32) or 1e-2 (bfloat16).

What transformers 5.23.0 with compressed-tensors 0.20.0 does with these checkpoints:
* attention and shared experts keep their packed weights until the first forward, then are decompressed in the dtype of
  the loaded scales; routed experts are decompressed while loading into the fused `gate_up_proj` and `down_proj`, in the
  dtype of the stored scales. For bfloat16 scales the product code x scale is so rounded to 8 bits of mantissa, and the
  fused parameters stay bfloat16 although float32 was asked for.
* routed experts with zero points (asymmetric) are not loaded at all: its converter drops `weight_zero_point` ("Asymmetric
  quant requires zero-point values").
* all routed experts are decompressed with one group of the config: the first with a pattern that says "experts", else
  the first for a class (`Linear`). Experts with different grids are so misread or refused.
So in float32 the routed experts are decompressed here a second time by the compressed-tensors package, from scales
widened to float32 (the exact product), and checked against what transformers loaded; an asymmetric checkpoint is
decompressed whole by that package and loaded as a float one. In bfloat16 the weights are those transformers loaded, rounded as above, and the arithmetic is float32: with bfloat16
activations transformers is 1.1e-2 away from its own float32 run on the float sample, and 8.8e-2 where routing is free.
The rounded weights, too, send a few tokens whose experts are nearly tied elsewhere, and one such token changes all that
follows it. So the model is run a second time with every token sent to the experts of the trace: over all positions
that run must meet the limit, and how nearly tied the choices were that the router would have made otherwise is printed.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import torch
from compressed_tensors.compressors import PackedQuantizationCompressor
from compressed_tensors.quantization import QuantizationScheme
from compressed_tensors.utils import match_targets
from safetensors import safe_open
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM

LIMIT = {"float32": 1e-4, "bfloat16": 1e-2}


def stored_tensors(folder):
    tensors = {}
    for path in sorted(folder.glob("*.safetensors")):
        with safe_open(path, "pt") as file:
            tensors.update({name: file.get_tensor(name) for name in file.keys()})
    return tensors


def scheme_of(config, name):
    """The group of the config that the package itself chooses for a linear of this name."""
    groups = config["quantization_config"]["config_groups"].values()
    by_target = {target: group for group in groups for target in group["targets"]}
    return QuantizationScheme(**by_target[match_targets(name, torch.nn.Linear(1, 1), by_target)[0]])


def decompress(tensors, config, name):
    """The weight of one linear in float32, from scales widened to float32."""
    scheme = scheme_of(config, name)
    suffixes = ("weight_packed", "weight_scale", "weight_shape", "weight_zero_point")
    state = {suffix: tensors[f"{name}.{suffix}"] for suffix in suffixes if f"{name}.{suffix}" in tensors}
    state["weight_scale"] = state["weight_scale"].float()
    return PackedQuantizationCompressor.decompress(state, scheme)["weight"]


def widen_experts(model, folder, config):
    """Replaces the routed experts' fused weights by exact float32 ones."""
    tensors = stored_tensors(folder)
    parts = ("w1", "w3", "w2") if config["model_type"] == "mixtral" else ("gate_proj", "up_proj", "down_proj")
    for layer, block in enumerate(model.model.layers):
        experts = getattr(block.mlp, "experts", None)
        if experts is None:
            continue
        prefix = f"model.layers.{layer}." + ("block_sparse_moe" if config["model_type"] == "mixtral" else "mlp")
        gate_up, down = [], []
        for e in range(experts.gate_up_proj.shape[0]):
            gate, up, low = (decompress(tensors, config, f"{prefix}.experts.{e}.{part}") for part in parts)
            gate_up.append(torch.cat([gate, up]))
            down.append(low)
        loaded = experts.gate_up_proj.float()
        experts.gate_up_proj = torch.nn.Parameter(torch.stack(gate_up), requires_grad=False)
        experts.down_proj = torch.nn.Parameter(torch.stack(down), requires_grad=False)
        # What transformers loaded is the same up to the rounding to bfloat16: the fused layout is understood.
        assert torch.allclose(loaded, experts.gate_up_proj, rtol=2**-8, atol=0), f"layer {layer}: other experts"


def decompressed_model(folder, config, options):
    """The whole checkpoint decompressed in float32, loaded as a float one."""
    tensors = stored_tensors(folder)
    suffix = ".weight_packed"
    linears = [name.removesuffix(suffix) for name in tensors if name.endswith(suffix)]
    packed = tuple(f"{name}.weight_" for name in linears)
    floats = {name: tensor for name, tensor in tensors.items() if not name.startswith(packed)}
    floats.update({f"{name}.weight": decompress(tensors, config, name) for name in linears})
    config = {key: value for key, value in config.items() if key != "quantization_config"}
    with tempfile.TemporaryDirectory() as temporary:
        save_file(floats, Path(temporary) / "model.safetensors", {"format": "pt"})
        (Path(temporary) / "config.json").write_text(json.dumps(config))
        return AutoModelForCausalLM.from_pretrained(temporary, **options)


def run(model, ids):
    """logits [B, T, V] and, for each MoE layer, the router's logits [B, T, E]; one sequence after the other."""
    with torch.no_grad():
        outputs = [model(torch.tensor([row]), output_router_logits=True) for row in ids]
    routers = [torch.stack(layer).float() for layer in zip(*(output.router_logits for output in outputs))]
    return torch.cat([output.logits.float() for output in outputs]), routers


def route_as(model, indices):
    """Every router of the model chooses the given experts: a list of int64 [B, T, k], one a MoE layer."""
    gates = [layer.mlp.gate for layer in model.model.layers if hasattr(layer.mlp, "gate")]
    for gate, index in zip(gates, indices, strict=True):
        rows = iter(index)

        def forward(hidden, free=gate.forward, normalise=getattr(gate, "norm_topk_prob", True), rows=rows):
            logits, scores, _ = free(hidden)
            chosen = next(rows).view(len(logits), -1)
            weight = torch.softmax(logits.float(), -1).gather(-1, chosen)
            return logits, (weight / weight.sum(-1, keepdim=True) if normalise else weight).to(scores.dtype), chosen

        gate.forward = forward


def widest_tie(routers, indices):
    """Over all tokens whose top-k is not the trace's: how many, and the largest gap in probability between the least
    likely expert of the router's top-k and the least likely one of the trace."""
    moved, widest = 0, 0.0
    for router, index in zip(routers, indices, strict=True):
        probability = torch.softmax(router, -1)
        least = probability.topk(index.shape[-1]).values[..., -1]
        gap = least - probability.gather(-1, index).amin(-1)
        moved += int((gap > 0).sum())
        widest = max(widest, float(gap.max()))
    return moved, widest


def moe_layers(trace):
    return sorted(int(key.split(".")[1]) for key in trace if key.endswith(".topk_index"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("tokens", type=Path)
    parser.add_argument("trace", type=Path)
    parser.add_argument("--dtype", choices=list(LIMIT), default="float32")
    parser.add_argument("--decompress", action="store_true", help="decompress before loading: for experts that differ")
    arguments = parser.parse_args()
    config = json.loads((arguments.checkpoint / "config.json").read_text())
    ids = json.loads(arguments.tokens.read_text())["ids"]
    with safe_open(arguments.trace, "pt") as file:
        trace = {name: file.get_tensor(name) for name in file.keys()}
    options = {"dtype": getattr(torch, arguments.dtype), "attn_implementation": "eager"}
    groups = config["quantization_config"]["config_groups"].values()
    symmetric = all(group["weights"]["symmetric"] for group in groups)
    if symmetric and not arguments.decompress:
        model = AutoModelForCausalLM.from_pretrained(arguments.checkpoint, **options).eval()
        if arguments.dtype == "float32":
            widen_experts(model, arguments.checkpoint, config)
    else:
        model = decompressed_model(arguments.checkpoint, config, options).eval()
    loaded = symmetric and not arguments.decompress
    how = "loaded by transformers" if loaded else "decompressed by compressed-tensors"

    if arguments.dtype == "bfloat16":
        run(model, ids[:1])  # the first forward decompresses, in bfloat16
        model = torch.nn.Module.float(model)
    logits, routers = run(model, ids)
    difference = (logits - trace["logits"]).abs().max() / trace["logits"].abs().max()
    print(f"{arguments.dtype} {how}: max difference / max logit = {difference:.2e}", end="")
    if arguments.dtype == "bfloat16":
        shape = routers[0].shape[:2]
        indices = [trace[f"layers.{n}.topk_index"].view(*shape, -1) for n in moe_layers(trace)]
        route_as(model, indices)
        logits, routers = run(model, ids)
        moved, gap = widest_tie(routers, indices)
        difference = (logits - trace["logits"]).abs().max() / trace["logits"].abs().max()
        print(f"; {difference:.2e} with the trace's routing, of which {moved} of {len(routers) * shape.numel()} choices "
              f"are not the router's own, at most {gap:.1e} of probability apart", end="")
    limit = LIMIT[arguments.dtype]
    print(f"; limit {limit:.0e}, over {logits.shape[0] * logits.shape[1]} positions")
    return 0 if difference <= limit else 1


if __name__ == "__main__":
    sys.exit(main())
