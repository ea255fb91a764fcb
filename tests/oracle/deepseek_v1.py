"""DeepSeek-MoE (v1) in plain PyTorch, float32: the oracle for a family that transformers does not implement.

Written from the family's description: Llama attention (RoPE, RMS norm, no biases), the first `first_k_dense_replace`
layers and those off the `moe_layer_freq` grid with a dense MLP, the others with routed experts and the shared experts
as one MLP of n_shared_experts x moe_intermediate_size. Router: softmax over all routed experts, then the top k; the
coefficients are renormalised only with `norm_topk_prob`.

`python deepseek_v1.py` checks this file against transformers where the two overlap: an all-dense model is a Llama, a
model without shared experts is a Qwen2-MoE whose shared expert is zero.

Shapes: B sequences, T tokens, H hidden, V vocabulary, k experts per token.
"""
import torch
import torch.nn.functional as F


def rms_norm(x, weight, eps):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + eps) * weight


def rotate(x, theta):
    """RoPE on [B, heads, T, D], the halves of a head paired as Llama's checkpoints pair them."""
    length, dim = x.shape[-2:]
    frequency = 1.0 / theta ** (torch.arange(0, dim, 2, dtype=torch.float32) / dim)
    angle = torch.arange(length, dtype=torch.float32)[:, None] * frequency[None, :]
    cos, sin = angle.cos(), angle.sin()
    left, right = x[..., : dim // 2], x[..., dim // 2 :]
    return torch.cat((left * cos - right * sin, right * cos + left * sin), dim=-1)


def attention(config, weights, prefix, x):
    batch, length, hidden = x.shape
    heads, kv_heads = config["num_attention_heads"], config["num_key_value_heads"]
    head_dim = hidden // heads

    def project(name, count):
        y = F.linear(x, weights[f"{prefix}.{name}_proj.weight"])
        return y.view(batch, length, count, head_dim).transpose(1, 2)

    q = rotate(project("q", heads), config["rope_theta"])
    k = rotate(project("k", kv_heads), config["rope_theta"]).repeat_interleave(heads // kv_heads, dim=1)
    v = project("v", kv_heads).repeat_interleave(heads // kv_heads, dim=1)
    scores = q @ k.transpose(-1, -2) * head_dim**-0.5
    future = torch.ones(length, length, dtype=torch.bool).triu(1)
    y = scores.masked_fill(future, float("-inf")).softmax(-1) @ v
    return F.linear(y.transpose(1, 2).reshape(batch, length, hidden), weights[f"{prefix}.o_proj.weight"])


def mlp(weights, prefix, x):
    gate = F.silu(F.linear(x, weights[f"{prefix}.gate_proj.weight"]))
    return F.linear(gate * F.linear(x, weights[f"{prefix}.up_proj.weight"]), weights[f"{prefix}.down_proj.weight"])


def moe(config, weights, prefix, x):
    """x [tokens, H] -> (output [tokens, H], index [tokens, k], weight [tokens, k], router logits)."""
    router_logits = F.linear(x, weights[f"{prefix}.gate.weight"])
    weight, index = torch.topk(router_logits.softmax(-1), config["num_experts_per_tok"], dim=-1)
    if config["norm_topk_prob"] and config["num_experts_per_tok"] > 1:
        weight = weight / weight.sum(-1, keepdim=True)
    y = torch.zeros_like(x)
    for token in range(x.shape[0]):
        for slot, expert in enumerate(index[token].tolist()):
            y[token] += weight[token, slot] * mlp(weights, f"{prefix}.experts.{expert}", x[token])
    if config["n_shared_experts"]:
        y = y + mlp(weights, f"{prefix}.shared_experts", x)
    return y, index, weight, router_logits


def is_moe(config, layer):
    return layer >= config["first_k_dense_replace"] and layer % config["moe_layer_freq"] == 0


@torch.no_grad()
def forward(config, weights, ids):
    """ids [B, T] -> (logits [B, T, V], {layer: (index [B*T, k], weight [B*T, k], router logits [B*T, E])})."""
    eps, routing = config["rms_norm_eps"], {}
    x = weights["model.embed_tokens.weight"][ids]
    for layer in range(config["num_hidden_layers"]):
        p = f"model.layers.{layer}"
        normed = rms_norm(x, weights[f"{p}.input_layernorm.weight"], eps)
        x = x + attention(config, weights, f"{p}.self_attn", normed)
        normed = rms_norm(x, weights[f"{p}.post_attention_layernorm.weight"], eps)
        if is_moe(config, layer):
            y, *routed = moe(config, weights, f"{p}.mlp", normed.flatten(0, 1))
            routing[layer] = tuple(routed)
            x = x + y.view_as(x)
        else:
            x = x + mlp(weights, f"{p}.mlp", normed)
    x = rms_norm(x, weights["model.norm.weight"], eps)
    return F.linear(x, weights["lm_head.weight"]), routing


def check_against_transformers():
    import tempfile
    from pathlib import Path

    import decoder_parity as parity

    ids = parity.random_ids(parity.VOCABULARY, seed=5)
    base = parity.deepseek_config()

    dense = {**base, "first_k_dense_replace": base["num_hidden_layers"]}
    weights = parity.deepseek_tensors(dense, seed=6)
    llama = {**dense, "model_type": "llama", "architectures": ["LlamaForCausalLM"]}
    with tempfile.TemporaryDirectory() as folder:
        parity.write_checkpoint(Path(folder), llama, weights)
        expected, _ = parity.run_transformers(Path(folder), ids)
    torch.testing.assert_close(forward(dense, weights, ids)[0], expected, rtol=1e-4, atol=1e-4)

    routed = {**base, "first_k_dense_replace": 0, "n_shared_experts": 0}
    weights = parity.deepseek_tensors(routed, seed=7)
    qwen = {**routed, "model_type": "qwen2_moe", "architectures": ["Qwen2MoeForCausalLM"], "qkv_bias": False,
            "num_experts": routed["n_routed_experts"], "shared_expert_intermediate_size": 32, "decoder_sparse_step": 1}
    zeroed = dict(weights)
    for layer in range(routed["num_hidden_layers"]):
        p = f"model.layers.{layer}.mlp"
        for name in ("gate", "up", "down"):
            zeroed[f"{p}.shared_expert.{name}_proj.weight"] = torch.zeros(32, 32)
        zeroed[f"{p}.shared_expert_gate.weight"] = torch.zeros(1, 32)
    with tempfile.TemporaryDirectory() as folder:
        parity.write_checkpoint(Path(folder), qwen, zeroed)
        expected, expected_routing = parity.run_transformers(Path(folder), ids)
    logits, routing = forward(routed, weights, ids)
    torch.testing.assert_close(logits, expected, rtol=1e-4, atol=1e-4)
    for layer, (index, weight, _) in routing.items():
        assert torch.equal(index, expected_routing[layer][0]), layer
        torch.testing.assert_close(weight, expected_routing[layer][1], rtol=1e-4, atol=1e-5)
    print("deepseek_v1.py agrees with transformers' Llama (dense layers) and Qwen2-MoE (routed experts)")


if __name__ == "__main__":
    check_against_transformers()
