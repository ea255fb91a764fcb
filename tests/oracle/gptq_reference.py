"""The published GPTQ algorithm, column by column, as the oracle of tests/quantization/tst_gptq.cpp.

    python tests/oracle/gptq_reference.py tests/data/gptq/cases.safetensors

Frantar et al. 2023, Algorithm 1 without its lazy batches: potrf, potri, potrf for the upper factor, then every column
is rounded and its error spread over all later ones at once. Where this project decides for itself, the oracle follows
docs/quantization.md: scales are rounded to their stored dtype before use; symmetric s = max|w| / (2^(b-1) - 1); a
group's scale comes from the compensated weights, with act-order from the original ones; damping is a share of the mean
of H's own diagonal; a column no input touches is rounded to nearest and kept (the published code sets its weights to
0).

For every case the file holds W (float16, exact) and H (float32) and the float64 results: unsigned codes, scales, zeros,
`to_tie` (distance of w/s from the middle between two codes, original column order), round-to-nearest codes, and the
codes of a float32 run. Options and objectives are in the metadata as JSON.
"""

import json
import sys

import torch
from safetensors.torch import save_file

DTYPES = {"float16": torch.float16, "bfloat16": torch.bfloat16}


def find_scale(w, bits, symmetric, stored):
    """Scale and zero of each row of w [rows, columns]; no group of these cases is all zero."""
    top = 2**bits - 1
    low, high = w.amin(1).clamp(max=0), w.amax(1).clamp(min=0)
    if symmetric:
        scale = torch.maximum(-low, high) / (2 ** (bits - 1) - 1)
        zero = torch.full_like(scale, 2 ** (bits - 1))
        return scale.to(DTYPES[stored]).to(w.dtype), zero
    scale = ((high - low) / top).to(DTYPES[stored]).to(w.dtype)
    return scale, torch.clamp(torch.round(-low / scale), 0, top)


def gptq(weight, hessian, bits, group, symmetric, act_order, stored, damp=0.01):
    """weight [rows, cols] and hessian [cols, cols] of the dtype to compute in."""
    rows, cols = weight.shape
    group = cols if group == -1 else group
    w, h = weight.clone(), hessian.clone()
    share = damp * torch.mean(torch.diagonal(h))
    dead = torch.diagonal(h) == 0
    order = torch.argsort(torch.diagonal(h), descending=True, stable=True) if act_order else torch.arange(cols)
    h[dead, dead] = 1
    h.diagonal().add_(share)
    w, h = w[:, order], h[order][:, order]
    upper = torch.linalg.cholesky(torch.cholesky_inverse(torch.linalg.cholesky(h)), upper=True)

    scales = torch.zeros(rows, cols // group, dtype=w.dtype)
    zeros = torch.zeros_like(scales)
    static = act_order or group == cols
    for g in range(cols // group if static else 0):
        scales[:, g], zeros[:, g] = find_scale(weight[:, g * group : (g + 1) * group], bits, symmetric, stored)
    codes, steps = torch.zeros_like(w), torch.zeros_like(w)
    for j in range(cols):
        g = int(order[j]) // group
        if not static and j % group == 0:
            scales[:, g], zeros[:, g] = find_scale(w[:, j : j + group], bits, symmetric, stored)
        steps[:, j] = w[:, j] / scales[:, g]
        codes[:, j] = torch.clamp(torch.round(steps[:, j]) + zeros[:, g], 0, 2**bits - 1)
        error = (w[:, j] - (codes[:, j] - zeros[:, g]) * scales[:, g]) / upper[j, j]
        w[:, j + 1 :] -= torch.outer(error, upper[j, j + 1 :])
    back = torch.argsort(order)
    return codes[:, back], scales, zeros, steps[:, back]


def dequantize(codes, scales, zeros, group):
    cols = codes.shape[1]
    index = torch.arange(cols) // (cols if group == -1 else group)
    return (codes - zeros[:, index]) * scales[:, index]


def objective(weight, quantized, hessian):
    delta = quantized - weight
    return float(torch.sum((delta @ hessian) * delta) / torch.sum((weight @ hessian) * weight))


def rtn_codes(weight, bits, group, symmetric, stored):
    rows, cols = weight.shape
    parts = weight.reshape(-1, cols if group == -1 else group)
    scale, zero = find_scale(parts, bits, symmetric, stored)
    return torch.clamp(torch.round(parts / scale[:, None]) + zero[:, None], 0, 2**bits - 1).reshape(rows, cols)


def inputs(seed, rows, cols, tokens, dead):
    """A weight with a few heavy columns and a Hessian of correlated inputs whose scales span two decades."""
    draw = torch.Generator().manual_seed(seed)
    weight = torch.randn(rows, cols, generator=draw, dtype=torch.float64) * 0.05
    weight[:, ::17] *= 3
    mix = torch.randn(cols, cols, generator=draw, dtype=torch.float64) / cols**0.5
    mix += torch.eye(cols, dtype=torch.float64)
    x = torch.randn(tokens, cols, generator=draw, dtype=torch.float64) @ mix
    x *= torch.logspace(-1, 1, cols, dtype=torch.float64)[torch.randperm(cols, generator=draw)]
    if dead is not None:
        x[:, dead] = 0
    return weight.half().float(), (x.T @ x).float()


CASES = {
    #                       rows cols tokens bits group  symmetric act    stored      dead
    "sym4_channel":         (96, 160, 640, 4, -1, True, False, "float16", None),
    "sym4_group32":         (64, 128, 512, 4, 32, True, False, "float16", None),
    "sym3_channel":         (64, 144, 600, 3, -1, True, False, "float16", None),
    "asym4_group64":        (48, 128, 512, 4, 64, False, False, "float16", None),
    "asym2_group16":        (48, 96, 400, 2, 16, False, False, "float16", None),
    "sym8_channel":         (48, 96, 400, 8, -1, True, False, "bfloat16", None),
    "sym4_group96":         (32, 192, 768, 4, 96, True, False, "bfloat16", None),
    "sym4_group32_act":     (64, 128, 512, 4, 32, True, True, "float16", None),
    "asym3_channel_act":    (48, 96, 400, 3, -1, False, True, "float16", None),
    "sym4_few_tokens":      (48, 128, 20, 4, -1, True, False, "float16", None),
    "sym4_dead_column":     (48, 96, 400, 4, -1, True, False, "float16", 37),
    "sym4_dead_column_act": (48, 96, 400, 4, 32, True, True, "float16", 5),
}


def main(path):
    torch.set_num_threads(1)
    tensors, metadata = {}, {}
    for seed, (name, case) in enumerate(CASES.items()):
        rows, cols, tokens, bits, group, symmetric, act_order, stored, dead = case
        weight, hessian = inputs(seed, rows, cols, tokens, dead)
        grid = (bits, group, symmetric, act_order, stored)
        codes, scales, zeros, steps = gptq(weight.double(), hessian.double(), *grid)
        single = gptq(weight, hessian, *grid)
        rounded = rtn_codes(weight, bits, group, symmetric, stored)
        error = objective(weight.double(), dequantize(codes, scales, zeros, group), hessian.double())
        error32 = objective(weight.double(), dequantize(*[t.double() for t in single[:3]], group), hessian.double())
        metadata[name] = json.dumps({
            "bits": bits, "group_size": group, "symmetric": symmetric, "act_order": act_order, "scale_dtype": stored,
            "objective": error,
        })
        tensors.update({
            f"{name}.weight": weight.half(), f"{name}.hessian": hessian, f"{name}.codes": codes.to(torch.uint8),
            f"{name}.scales": scales.float(), f"{name}.zeros": zeros.int(), f"{name}.to_tie": torch.abs(steps - torch.floor(steps) - 0.5).half(),
            f"{name}.rtn_codes": rounded.to(torch.uint8), f"{name}.codes_float32": single[0].to(torch.uint8),
        })
        equal = (codes.float() == single[0].float()).float().mean()
        print(f"{name:22} objective {error:.6f} float32 {error32:.6f} equal codes {100 * equal:.3f} %")
    save_file({key: value.contiguous() for key, value in tensors.items()}, path, metadata)


if __name__ == "__main__":
    main(sys.argv[1])
