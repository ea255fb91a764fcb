"""A random checkpoint of DeepSeek-MoE's proportions, small enough for any machine.

    python tests/benchmarks/random_model.py FOLDER [--scale 2] [--layers 5] [--dense 1] [--sequences 32] [--length 512]

DeepSeek-MoE-16B's widths divided by --scale (2: hidden 1024, experts 704 wide): 64 routed experts, 6 for a token, two
shared ones, the first layer dense. bfloat16, about 1 GB with the defaults. FOLDER also gets set.jsonl, random token
ids to calibrate with (`--corpus tokens:FOLDER/set.jsonl`); there is no tokenizer.
"""

import argparse
import json
import os

import torch
from safetensors.torch import save_file

parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--scale", type=int, default=2)
parser.add_argument("--layers", type=int, default=5)
parser.add_argument("--dense", type=int, default=1)
parser.add_argument("--experts", type=int, default=64)
parser.add_argument("--vocab", type=int, default=8192)
parser.add_argument("--sequences", type=int, default=32)
parser.add_argument("--length", type=int, default=512)
arguments = parser.parse_args()

hidden, width, dense = 2048 // arguments.scale, 1408 // arguments.scale, 10944 // arguments.scale
heads = 16 // arguments.scale
config = {
    "architectures": ["DeepseekForCausalLM"], "model_type": "deepseek", "hidden_size": hidden,
    "intermediate_size": dense, "moe_intermediate_size": width, "num_hidden_layers": arguments.layers,
    "num_attention_heads": heads, "num_key_value_heads": heads, "n_routed_experts": arguments.experts,
    "n_shared_experts": 2, "num_experts_per_tok": 6, "moe_layer_freq": 1, "first_k_dense_replace": arguments.dense,
    "norm_topk_prob": False, "scoring_func": "softmax", "hidden_act": "silu", "max_position_embeddings": 4096,
    "rms_norm_eps": 1e-6, "rope_theta": 10000.0, "rope_scaling": None, "attention_bias": False,
    "tie_word_embeddings": False, "vocab_size": arguments.vocab, "bos_token_id": 0, "eos_token_id": 1,
    "torch_dtype": "bfloat16",
}
draw = torch.Generator().manual_seed(1)


def normal(*shape, size=0.02):
    return (torch.randn(*shape, generator=draw) * size).bfloat16()


os.makedirs(arguments.folder, exist_ok=True)
weight_map, total = {}, 0


def save(name, tensors):
    global total
    save_file(tensors, os.path.join(arguments.folder, name))
    total += sum(t.nbytes for t in tensors.values())
    weight_map.update({key: name for key in tensors})


count = arguments.layers + 1
shard = lambda i: f"model-{i + 1:05d}-of-{count:05d}.safetensors"
save(shard(0), {"model.embed_tokens.weight": normal(arguments.vocab, hidden, size=1.0),
                "model.norm.weight": torch.ones(hidden).bfloat16(), "lm_head.weight": normal(arguments.vocab, hidden)})
for layer in range(arguments.layers):
    p = f"model.layers.{layer}."
    tensors = {p + n + ".weight": (1 + normal(hidden).float()).bfloat16()
               for n in ("input_layernorm", "post_attention_layernorm")}
    for name in "qkvo":
        tensors[p + f"self_attn.{name}_proj.weight"] = normal(hidden, hidden)

    def mlp(prefix, inner):
        tensors[prefix + "gate_proj.weight"] = normal(inner, hidden)
        tensors[prefix + "up_proj.weight"] = normal(inner, hidden)
        tensors[prefix + "down_proj.weight"] = normal(hidden, inner)

    if layer < arguments.dense:
        mlp(p + "mlp.", dense)
    else:
        tensors[p + "mlp.gate.weight"] = normal(arguments.experts, hidden)
        mlp(p + "mlp.shared_experts.", 2 * width)
        for e in range(arguments.experts):
            mlp(p + f"mlp.experts.{e}.", width)
    save(shard(layer + 1), tensors)
with open(os.path.join(arguments.folder, "model.safetensors.index.json"), "w") as file:
    json.dump({"metadata": {"total_size": total}, "weight_map": weight_map}, file)
with open(os.path.join(arguments.folder, "config.json"), "w") as file:
    json.dump(config, file, indent=2)
with open(os.path.join(arguments.folder, "set.jsonl"), "w") as file:
    for _ in range(arguments.sequences):
        ids = torch.randint(2, arguments.vocab, (arguments.length,), generator=draw).tolist()
        file.write(json.dumps({"ids": ids}) + "\n")
print(f"{total / 1e9:.2f} GB of weights, {arguments.sequences * arguments.length} tokens")
