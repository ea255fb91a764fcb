"""The sample's architecture: Qwen2-MoE written for training on a CPU, with its reader and writer.

Tokens are sorted by expert, so that every expert runs one dense product per projection. Module names are those of the
hub's Qwen2-MoE checkpoints, hence state_dict() is the checkpoint; `evaluate.py` compares the logits with transformers.

Shapes: B sequences, S tokens each, T = B * S, H hidden, V vocabulary, E experts, K experts per token, L layers.
"""
import json
import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn


@dataclass
class ModelConfig:
    """Under the names that config.json uses."""
    vocab_size: int = 4096
    hidden_size: int = 256
    num_hidden_layers: int = 4
    num_attention_heads: int = 8
    num_key_value_heads: int = 4
    num_experts: int = 16
    num_experts_per_tok: int = 2
    moe_intermediate_size: int = 128
    shared_expert_intermediate_size: int = 128
    norm_topk_prob: bool = False
    max_position_embeddings: int = 1024
    rope_theta: float = 10000.0
    rms_norm_eps: float = 1e-6
    initializer_range: float = 0.02


def rotary_tables(config):
    """Cosines and sines of the rotary angles, both [positions, D]; channel i turns with channel i + D/2."""
    head_dim = config.hidden_size // config.num_attention_heads
    frequency = 1.0 / (config.rope_theta ** (torch.arange(0, head_dim, 2).float() / head_dim))
    angles = torch.outer(torch.arange(config.max_position_embeddings).float(), frequency)
    angles = torch.cat((angles, angles), dim=-1)
    return angles.cos(), angles.sin()


def rotate(x, cos, sin):
    first, second = x.chunk(2, dim=-1)
    return x * cos + torch.cat((-second, first), dim=-1) * sin


class Attention(nn.Module):
    def __init__(self, config):
        super().__init__()
        hidden = config.hidden_size
        self.heads, self.kv_heads = config.num_attention_heads, config.num_key_value_heads
        self.head_dim = hidden // self.heads
        self.q_proj = nn.Linear(hidden, self.heads * self.head_dim)
        self.k_proj = nn.Linear(hidden, self.kv_heads * self.head_dim)
        self.v_proj = nn.Linear(hidden, self.kv_heads * self.head_dim)
        self.o_proj = nn.Linear(self.heads * self.head_dim, hidden, bias=False)

    def forward(self, x, cos, sin):
        """x [B, S, H] -> [B, S, H]."""
        batch, length, _ = x.shape
        q = self.q_proj(x).view(batch, length, self.heads, self.head_dim).transpose(1, 2)
        k = self.k_proj(x).view(batch, length, self.kv_heads, self.head_dim).transpose(1, 2)
        v = self.v_proj(x).view(batch, length, self.kv_heads, self.head_dim).transpose(1, 2)
        mixed = F.scaled_dot_product_attention(
            rotate(q, cos, sin), rotate(k, cos, sin), v, is_causal=True, enable_gqa=self.kv_heads != self.heads)
        return self.o_proj(mixed.transpose(1, 2).reshape(batch, length, -1))


class GatedMLP(nn.Module):
    """down(silu(gate(x)) * up(x)): a routed expert, or the shared one."""

    def __init__(self, hidden, intermediate):
        super().__init__()
        self.gate_proj = nn.Linear(hidden, intermediate, bias=False)
        self.up_proj = nn.Linear(hidden, intermediate, bias=False)
        self.down_proj = nn.Linear(intermediate, hidden, bias=False)

    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


class SparseMoeBlock(nn.Module):
    """Top-K routed experts and one shared expert behind a sigmoid gate."""

    def __init__(self, config):
        super().__init__()
        hidden = config.hidden_size
        self.top_k, self.norm_topk_prob = config.num_experts_per_tok, config.norm_topk_prob
        self.gate = nn.Linear(hidden, config.num_experts, bias=False)
        self.experts = nn.ModuleList(
            GatedMLP(hidden, config.moe_intermediate_size) for _ in range(config.num_experts))
        self.shared_expert = GatedMLP(hidden, config.shared_expert_intermediate_size)
        self.shared_expert_gate = nn.Linear(hidden, 1, bias=False)

    def forward(self, x):
        """x [T, H] -> output [T, H], balancing loss [], usage [E] (share of the T * K assignments).

        The balancing loss is E * sum_e(usage_e * mean probability_e): 1 under an even load, at most E.
        """
        experts = len(self.experts)
        probability = self.gate(x).softmax(-1)
        weights, chosen = torch.topk(probability, self.top_k, dim=-1)
        if self.norm_topk_prob:
            weights = weights / weights.sum(-1, keepdim=True)
        flat = chosen.reshape(-1)
        order = torch.argsort(flat, stable=True)
        counts = torch.bincount(flat, minlength=experts)
        rows = x.index_select(0, order // self.top_k).split(counts.tolist())
        outputs = torch.cat([expert(part) for expert, part in zip(self.experts, rows)])
        inverse = torch.empty_like(order)
        inverse[order] = torch.arange(len(order), device=x.device)
        outputs = outputs.index_select(0, inverse).view(len(x), self.top_k, -1)
        routed = (weights[:, :, None] * outputs).sum(1)
        shared = torch.sigmoid(self.shared_expert_gate(x)) * self.shared_expert(x)
        usage = counts.float() / flat.numel()
        return routed + shared, experts * torch.dot(usage, probability.mean(0)), usage


class DecoderLayer(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.self_attn = Attention(config)
        self.mlp = SparseMoeBlock(config)
        self.input_layernorm = nn.RMSNorm(config.hidden_size, config.rms_norm_eps)
        self.post_attention_layernorm = nn.RMSNorm(config.hidden_size, config.rms_norm_eps)

    def forward(self, x, cos, sin):
        x = x + self.self_attn(self.input_layernorm(x), cos, sin)
        mixed, balance, usage = self.mlp(self.post_attention_layernorm(x).flatten(0, 1))
        return x + mixed.view_as(x), balance, usage


class Backbone(nn.Module):
    """The checkpoint's "model." prefix."""

    def __init__(self, config):
        super().__init__()
        self.embed_tokens = nn.Embedding(config.vocab_size, config.hidden_size)
        self.layers = nn.ModuleList(DecoderLayer(config) for _ in range(config.num_hidden_layers))
        self.norm = nn.RMSNorm(config.hidden_size, config.rms_norm_eps)


class SampleMoe(nn.Module):
    """The language model; the head is the embedding, transposed."""

    def __init__(self, config):
        super().__init__()
        self.config = config
        self.model = Backbone(config)
        cos, sin = rotary_tables(config)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        self.initialize()

    @torch.no_grad()
    def initialize(self):
        """Normal weights: std 0.02 for embedding and gates, else 0.6 / sqrt(fan in).

        Projections into the residual stream are smaller by sqrt(2 L), so that its variance does not grow with depth.
        """
        for name, parameter in self.named_parameters():
            if name.endswith("bias"):
                parameter.zero_()
            elif parameter.dim() == 1:
                parameter.fill_(1.0)
            elif "embed_tokens" in name or name.endswith("gate.weight"):
                parameter.normal_(0.0, self.config.initializer_range)
            else:
                std = 0.6 / math.sqrt(parameter.shape[1])
                if name.endswith(("o_proj.weight", "down_proj.weight")):
                    std /= math.sqrt(2 * self.config.num_hidden_layers)
                parameter.normal_(0.0, std)

    def forward(self, ids):
        """ids int64 [B, S] -> logits [B, S, V], balancing loss [], usage [L, E]."""
        cos, sin = self.cos[: ids.shape[1]], self.sin[: ids.shape[1]]
        x = self.model.embed_tokens(ids)
        balances, usages = [], []
        for layer in self.model.layers:
            x, balance, usage = layer(x, cos, sin)
            balances.append(balance)
            usages.append(usage)
        logits = F.linear(self.model.norm(x), self.model.embed_tokens.weight)
        return logits, torch.stack(balances).mean(), torch.stack(usages)


def read_checkpoint(folder):
    """The model of config.json and model.safetensors, in float32."""
    from safetensors.torch import load_file

    stored = json.loads((folder / "config.json").read_text())
    model = SampleMoe(ModelConfig(**{k: v for k, v in stored.items() if k in ModelConfig.__dataclass_fields__}))
    model.load_state_dict({k: v.float() for k, v in load_file(folder / "model.safetensors").items()})
    return model.eval()


def write_checkpoint(model, tokenizer, end_id, end_text, folder):
    """model.safetensors (bf16; the tied head is not stored), tokenizer.json and the Hugging Face JSON files."""
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    tensors = {k: v.detach().to("cpu", torch.bfloat16).contiguous() for k, v in model.state_dict().items()}
    partial = folder / "model.safetensors.partial"
    save_file(tensors, partial, metadata={"format": "pt"})
    partial.chmod(0o644)
    partial.rename(folder / "model.safetensors")
    tokenizer.save(str(folder / "tokenizer.json"))
    c = model.config
    config = {
        "architectures": ["Qwen2MoeForCausalLM"], "model_type": "qwen2_moe", "attention_dropout": 0.0,
        "bos_token_id": end_id, "eos_token_id": end_id, "decoder_sparse_step": 1, "hidden_act": "silu",
        "hidden_size": c.hidden_size, "initializer_range": c.initializer_range,
        "intermediate_size": c.shared_expert_intermediate_size,
        "max_position_embeddings": c.max_position_embeddings, "max_window_layers": c.num_hidden_layers,
        "mlp_only_layers": [], "moe_intermediate_size": c.moe_intermediate_size, "norm_topk_prob": c.norm_topk_prob,
        "num_attention_heads": c.num_attention_heads, "num_experts": c.num_experts,
        "num_experts_per_tok": c.num_experts_per_tok, "num_hidden_layers": c.num_hidden_layers,
        "num_key_value_heads": c.num_key_value_heads, "output_router_logits": False, "qkv_bias": True,
        "rms_norm_eps": c.rms_norm_eps, "rope_theta": c.rope_theta, "router_aux_loss_coef": 0.001,
        "shared_expert_intermediate_size": c.shared_expert_intermediate_size, "sliding_window": None,
        "tie_word_embeddings": True, "torch_dtype": "bfloat16", "use_cache": True, "use_sliding_window": False,
        "vocab_size": c.vocab_size,
    }
    generation = {"bos_token_id": end_id, "eos_token_id": end_id, "do_sample": True, "temperature": 0.8, "top_p": 0.95}
    special = {"content": end_text, "lstrip": False, "normalized": False, "rstrip": False, "single_word": False,
               "special": True}
    tokenizer_config = {
        "tokenizer_class": "PreTrainedTokenizerFast", "add_prefix_space": False,
        "added_tokens_decoder": {str(end_id): special}, "bos_token": end_text, "eos_token": end_text,
        "pad_token": end_text, "unk_token": None, "clean_up_tokenization_spaces": False,
        "model_max_length": c.max_position_embeddings,
    }
    files = {"config": config, "generation_config": generation, "tokenizer_config": tokenizer_config}
    for name, content in files.items():
        (folder / f"{name}.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
