"""Tiny random checkpoints of every decoder family with the logits and routing that the decoder must reproduce.

Regenerate (needs torch, safetensors, transformers >= 5):
    python tests/oracle/decoder_parity.py            # writes tests/data/decoder/<variant>/
Each folder holds config.json, the weights under the hub's names (one tensor per expert and projection), tokens.json
({"ids": [[...], [...]]}) and expected.safetensors: `logits` [B, T, V] float32 and, per MoE layer N,
`layers.N.topk_index` [B*T, k] int64 and `layers.N.topk_weight` [B*T, k] float32, the coefficients that multiply the
experts' outputs, in torch.topk's order. All arithmetic is float32 (from the rounded values where weights are bf16).
Mixtral and Qwen2-MoE come from transformers, DeepSeek v1 from deepseek_v1.py.
"""
import json
import math
import shutil
from pathlib import Path

import torch
from safetensors.torch import save_file

import deepseek_v1

DATA = Path(__file__).resolve().parents[1] / "data" / "decoder"
VOCABULARY = 96
LENGTH = 24
# The k-th and (k+1)-th expert of a token are at least this far apart in probability, so that the selection does not
# hang on the last bits of a sum.
MARGIN = 2e-4


class Tensors(dict):
    """Random tensors by name, all drawn from one generator; linears keep the size of their input."""

    def __init__(self, seed):
        super().__init__()
        self.generator = torch.Generator().manual_seed(seed)

    def normal(self, name, shape, std, mean=0.0):
        self[name] = mean + std * torch.randn(shape, generator=self.generator)

    def linear(self, name, rows, columns, gain=1.0, bias=False):
        self.normal(f"{name}.weight", (rows, columns), gain / math.sqrt(columns))
        if bias:
            self.normal(f"{name}.bias", (rows,), 0.5)

    def norm(self, name, size):
        self.normal(f"{name}.weight", (size,), 0.2, mean=1.0)

    def mlp(self, prefix, hidden, intermediate, names=("gate_proj", "up_proj", "down_proj")):
        gate, up, down = names
        self.linear(f"{prefix}.{gate}", intermediate, hidden, 1.5)
        self.linear(f"{prefix}.{up}", intermediate, hidden)
        self.linear(f"{prefix}.{down}", hidden, intermediate, 1.5)

    def attention(self, prefix, c, bias=False):
        hidden, heads, kv_heads = c["hidden_size"], c["num_attention_heads"], c["num_key_value_heads"]
        head_dim = c.get("head_dim") or hidden // heads
        # Sharp enough that positions, masks and RoPE show in the logits.
        self.linear(f"{prefix}.q_proj", heads * head_dim, hidden, 1.5, bias)
        self.linear(f"{prefix}.k_proj", kv_heads * head_dim, hidden, 1.5, bias)
        self.linear(f"{prefix}.v_proj", kv_heads * head_dim, hidden, 1.0, bias)
        self.linear(f"{prefix}.o_proj", hidden, heads * head_dim, 1.5)

    def frame(self, c, layer_body):
        """Embedding, the layers with their norms, final norm and, untied, the head."""
        hidden = c["hidden_size"]
        embedding_std = 0.5 if c["tie_word_embeddings"] else 1.0
        self.normal("model.embed_tokens.weight", (c["vocab_size"], hidden), embedding_std)
        for layer in range(c["num_hidden_layers"]):
            prefix = f"model.layers.{layer}"
            self.norm(f"{prefix}.input_layernorm", hidden)
            self.norm(f"{prefix}.post_attention_layernorm", hidden)
            layer_body(layer, prefix)
        self.norm("model.norm", hidden)
        if not c["tie_word_embeddings"]:
            self.linear("lm_head", c["vocab_size"], hidden, 2.5)


def common_config(model_type, architecture):
    return {
        "architectures": [architecture], "model_type": model_type, "bos_token_id": 1, "eos_token_id": 2,
        "pad_token_id": 0, "hidden_act": "silu", "hidden_size": 32, "intermediate_size": 64,
        "max_position_embeddings": 128, "num_attention_heads": 4, "num_key_value_heads": 2, "num_hidden_layers": 2,
        "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "rope_scaling": None, "tie_word_embeddings": False,
        "attention_dropout": 0.0, "torch_dtype": "float32", "use_cache": True, "vocab_size": VOCABULARY,
    }


def mixtral_config(**changes):
    return {**common_config("mixtral", "MixtralForCausalLM"), "intermediate_size": 32, "num_local_experts": 8,
            "num_experts_per_tok": 2, "sliding_window": None, "rope_theta": 1000000.0, **changes}


def mixtral_tensors(c, seed):
    t = Tensors(seed)

    def layer(_, p):
        t.attention(f"{p}.self_attn", c)
        t.linear(f"{p}.block_sparse_moe.gate", c["num_local_experts"], c["hidden_size"], 1.5)
        for e in range(c["num_local_experts"]):
            t.mlp(f"{p}.block_sparse_moe.experts.{e}", c["hidden_size"], c["intermediate_size"], ("w1", "w3", "w2"))

    t.frame(c, layer)
    return t


def qwen2_moe_config(**changes):
    return {**common_config("qwen2_moe", "Qwen2MoeForCausalLM"), "moe_intermediate_size": 32, "num_experts": 8,
            "num_experts_per_tok": 3, "shared_expert_intermediate_size": 64, "norm_topk_prob": False,
            "decoder_sparse_step": 1, "mlp_only_layers": [], "qkv_bias": True, "sliding_window": None,
            "use_sliding_window": False, "max_window_layers": 2, "rms_norm_eps": 1e-6, **changes}


def qwen2_moe_tensors(c, seed):
    t = Tensors(seed)
    hidden = c["hidden_size"]

    def layer(n, p):
        t.attention(f"{p}.self_attn", c, bias=True)
        if n in c["mlp_only_layers"] or (n + 1) % c["decoder_sparse_step"] != 0:
            t.mlp(f"{p}.mlp", hidden, c["intermediate_size"])
            return
        t.linear(f"{p}.mlp.gate", c["num_experts"], hidden, 1.5)
        t.linear(f"{p}.mlp.shared_expert_gate", 1, hidden)
        t.mlp(f"{p}.mlp.shared_expert", hidden, c["shared_expert_intermediate_size"])
        for e in range(c["num_experts"]):
            t.mlp(f"{p}.mlp.experts.{e}", hidden, c["moe_intermediate_size"])

    t.frame(c, layer)
    return t


def deepseek_config(**changes):
    return {**common_config("deepseek", "DeepseekForCausalLM"), "moe_intermediate_size": 32, "n_routed_experts": 8,
            "num_experts_per_tok": 3, "n_shared_experts": 2, "norm_topk_prob": False, "first_k_dense_replace": 1,
            "moe_layer_freq": 1, "scoring_func": "softmax", "num_hidden_layers": 3, "num_key_value_heads": 4,
            "attention_bias": False, "rms_norm_eps": 1e-6, **changes}


def deepseek_tensors(c, seed):
    t = Tensors(seed)
    hidden, intermediate = c["hidden_size"], c["moe_intermediate_size"]

    def layer(n, p):
        t.attention(f"{p}.self_attn", c)
        if not deepseek_v1.is_moe(c, n):
            t.mlp(f"{p}.mlp", hidden, c["intermediate_size"])
            return
        t.linear(f"{p}.mlp.gate", c["n_routed_experts"], hidden, 1.5)
        if c["n_shared_experts"]:
            t.mlp(f"{p}.mlp.shared_experts", hidden, c["n_shared_experts"] * intermediate)
        for e in range(c["n_routed_experts"]):
            t.mlp(f"{p}.mlp.experts.{e}", hidden, intermediate)

    t.frame(c, layer)
    return t


def random_ids(vocabulary, seed):
    """Two sequences [2, LENGTH]; ids 0 to 2 are the special ones."""
    return torch.randint(3, vocabulary, (2, LENGTH), generator=torch.Generator().manual_seed(seed))


def write_checkpoint(folder, config, tensors, shards=1):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    plain = {name: tensor.contiguous() for name, tensor in tensors.items()}
    if shards == 1:
        save_file(plain, folder / "model.safetensors", metadata={"format": "pt"})
        return
    names, weight_map = list(plain), {}
    per_shard = math.ceil(len(names) / shards)
    for shard in range(shards):
        file = f"model-{shard + 1:05d}-of-{shards:05d}.safetensors"
        part = names[shard * per_shard : (shard + 1) * per_shard]
        save_file({n: plain[n] for n in part}, folder / file, metadata={"format": "pt"})
        weight_map.update({n: file for n in part})
    total = sum(t.numel() * t.element_size() for t in plain.values())
    index = {"metadata": {"total_size": total}, "weight_map": dict(sorted(weight_map.items()))}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index, indent=1) + "\n")


@torch.no_grad()
def run_transformers(folder, ids):
    """Loads the folder in float32 and returns (logits, {layer: (index, weight, router logits)}).

    Fails on a tensor name that the hub format does not have.
    """
    from transformers import AutoModelForCausalLM

    model, info = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager", output_loading_info=True)
    for fault in ("missing_keys", "unexpected_keys", "mismatched_keys"):
        assert not info[fault], (folder.name, fault, info[fault])
    routing, hooks = {}, []
    for n, layer in enumerate(model.model.layers):
        gate = getattr(layer.mlp, "gate", None)
        if gate is not None:
            def keep(_module, _inputs, output, n=n):
                routing[n] = (output[2].clone(), output[1].float().clone(), output[0].float().clone())
            hooks.append(gate.register_forward_hook(keep))
    logits = model.eval()(input_ids=ids, use_cache=False).logits
    for hook in hooks:
        hook.remove()
    return logits, routing


def router_margin(routing):
    """Smallest gap in probability between neighbours in the order of a token's first k+1 experts."""
    gaps = []
    for index, _, router_logits in routing.values():
        top = router_logits.softmax(-1).sort(-1, descending=True).values[:, : index.shape[1] + 1]
        gaps.append((top[:, :-1] - top[:, 1:]).min().item())
    return min(gaps)


VARIANTS = {
    # name: (config, tensors, stored dtype, shards)
    "mixtral": (mixtral_config(), mixtral_tensors, torch.float32, 1),
    "mixtral_window": (mixtral_config(sliding_window=7, head_dim=12, num_local_experts=4, torch_dtype="bfloat16"),
                       mixtral_tensors, torch.bfloat16, 2),
    "qwen2_moe": (qwen2_moe_config(num_key_value_heads=4), qwen2_moe_tensors, torch.float32, 1),
    "qwen2_moe_variant": (
        qwen2_moe_config(norm_topk_prob=True, tie_word_embeddings=True, num_hidden_layers=6, mlp_only_layers=[3],
                         decoder_sparse_step=2, torch_dtype="bfloat16"),
        qwen2_moe_tensors, torch.bfloat16, 1),
    "deepseek": (deepseek_config(), deepseek_tensors, torch.float32, 1),
    "deepseek_variant": (
        deepseek_config(norm_topk_prob=True, moe_layer_freq=2, num_hidden_layers=5, n_shared_experts=1,
                        num_key_value_heads=2, torch_dtype="bfloat16"),
        deepseek_tensors, torch.bfloat16, 1),
}


def make(name):
    config, tensors_of, dtype, shards = VARIANTS[name]
    folder = DATA / name
    ids = random_ids(config["vocab_size"], seed=11)
    for seed in range(100, 1100):
        tensors = {n: t.to(dtype) for n, t in tensors_of(config, seed).items()}
        shutil.rmtree(folder, ignore_errors=True)
        write_checkpoint(folder, config, tensors, shards)
        if config["model_type"] == "deepseek":
            logits, routing = deepseek_v1.forward(config, {n: t.float() for n, t in tensors.items()}, ids)
        else:
            logits, routing = run_transformers(folder, ids)
        margin = router_margin(routing)
        if margin > MARGIN:
            break
    else:
        raise SystemExit(f"{name}: no seed with a clear routing")
    (folder / "tokens.json").write_text(json.dumps({"ids": ids.tolist()}) + "\n")
    expected = {"logits": logits.contiguous()}
    for layer, (index, weight, _) in routing.items():
        expected[f"layers.{layer}.topk_index"] = index.to(torch.int64).contiguous()
        expected[f"layers.{layer}.topk_weight"] = weight.to(torch.float32).contiguous()
    save_file(expected, folder / "expected.safetensors")
    size = sum(f.stat().st_size for f in folder.iterdir())
    shares = [torch.bincount(r[0].flatten(), minlength=1).div(r[0].numel()) for r in routing.values()]
    print(f"{name}: seed {seed}, margin {margin:.1e}, {size / 1000:.0f} kB, |logits| mean {logits.abs().mean():.2f} "
          f"max {logits.abs().max():.1f}, MoE layers {sorted(routing)}, "
          f"expert share {min(s.min() for s in shares):.3f} to {max(s.max() for s in shares):.3f}")


if __name__ == "__main__":
    torch.set_num_threads(1)
    for variant in VARIANTS:
        make(variant)
