"""Reads a gptq (v1), awq or compressed-tensors checkpoint with numpy alone and compares it with expected weights.

    python tests/oracle/checkpoint_reader.py CHECKPOINT [EXPECTED] [--float MODEL]

Independent of the C++ reader: the safetensors header, the bit streams and the formulas are decoded here from the
formats' descriptions, and which bits a linear has is found as GPTQModel and compressed-tensors find it. EXPECTED, a
file or a checkpoint's folder (`moequant export --format float` of a float32 model), holds dequantized weights under the
names "P.weight"; without it only the structure is checked. --float MODEL compares every tensor that is not quantized with the float checkpoint bit for bit. Exit status 1
when anything differs.
"""

import argparse
import json
import re
import struct
import sys
from pathlib import Path

import numpy as np

DTYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2", "I64": "<i8", "I32": "<i4", "U8": "u1"}


def read_file(path, ours=False):
    """name -> (dtype name, array as stored; BF16 as its 16 bits). `ours`: what our writer promises holds too."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    if ours:
        assert length % 8 == 0, f"{path}: header not padded to 8 bytes"
        assert metadata["format"] == "pt"
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        flat = np.frombuffer(data[8 + length + begin : 8 + length + end], DTYPES[entry["dtype"]])
        tensors[name] = (entry["dtype"], flat.reshape(entry["shape"]))
    return tensors


def read_folder(folder, ours=False):
    index = folder / "model.safetensors.index.json"
    if not index.exists():
        return read_file(folder / "model.safetensors", ours)
    where = json.loads(index.read_text())
    tensors = {}
    for shard in sorted(set(where["weight_map"].values())):
        found = read_file(folder / shard, ours)
        assert all(where["weight_map"][name] == shard for name in found), f"{shard}: not what the index says"
        tensors.update(found)
    assert set(tensors) == set(where["weight_map"])
    assert where["metadata"]["total_size"] == sum(array.nbytes for _, array in tensors.values())
    return tensors


def to_float(stored):
    dtype, array = stored
    if dtype == "BF16":
        return (array.astype(np.uint32) << 16).view(np.float32)
    return array.astype(np.float32)


def bits_of(words, bits, count):
    """The first `count` values of `bits` bits of each row of a little-endian int32 stream [rows, words]."""
    octets = np.ascontiguousarray(words.astype("<i4")).view(np.uint8).reshape(words.shape[0], -1)
    stream = np.unpackbits(octets, axis=1, bitorder="little")[:, : count * bits].reshape(words.shape[0], count, bits)
    return (stream.astype(np.int32) << np.arange(bits)).sum(2)


def gptq_weight(tensors, name, bits):
    groups = tensors[f"{name}.g_idx"][1]
    words = tensors[f"{name}.qweight"][1]
    scales = to_float(tensors[f"{name}.scales"])
    codes = bits_of(words.T, bits, len(groups))
    zeros = bits_of(tensors[f"{name}.qzeros"][1], bits, words.shape[1]).T + 1
    assert tensors[f"{name}.scales"][0] == "F16" and (scales > 0).all() and np.isfinite(scales).all()
    return (codes - zeros[:, groups]) * scales.T[:, groups]


def gptq_bits(config, name):
    """The first rule that matches decides."""
    for rule, values in config["dynamic"].items():
        if re.match(rule.removeprefix("-:").removeprefix("+:"), name):
            assert not rule.startswith("-:"), f"{name} is quantized and excluded"
            return values.get("bits", config["bits"])
    return config["bits"]


def awq_weight(tensors, name):
    back = np.array([0, 4, 1, 5, 2, 6, 3, 7])
    words, scales = tensors[f"{name}.qweight"][1], to_float(tensors[f"{name}.scales"])
    cols, rows = words.shape[0], words.shape[1] * 8
    codes = bits_of(words, 4, rows).reshape(cols, -1, 8)[:, :, back].reshape(cols, rows)
    zeros = bits_of(tensors[f"{name}.qzeros"][1], 4, rows).reshape(len(scales), -1, 8)[:, :, back].reshape(-1, rows)
    groups = np.arange(cols) // (cols // len(scales))
    assert tensors[f"{name}.scales"][0] == "F16" and (scales > 0).all() and np.isfinite(scales).all()
    return ((codes - zeros[groups]) * scales[groups]).T


def compressed_scheme(config, name):
    """Patterns of a name go before the class."""
    groups = config["config_groups"].values()
    for group in groups:
        if any(target.startswith("re:") and re.match(target[3:], name) for target in group["targets"]):
            return group["weights"]
    (scheme,) = [group["weights"] for group in groups if "Linear" in group["targets"]]
    return scheme


def compressed_weight(tensors, name, bits, symmetric):
    rows, cols = tensors[f"{name}.weight_shape"][1]
    scales = to_float(tensors[f"{name}.weight_scale"])
    codes = bits_of(tensors[f"{name}.weight_packed"][1], bits, cols)
    groups = np.arange(cols) // (cols // scales.shape[1])
    zeros = np.full(scales.shape, 2 ** (bits - 1))
    if not symmetric:
        zeros = bits_of(tensors[f"{name}.weight_zero_point"][1].T, bits, rows).T
    assert (scales > 0).all() and np.isfinite(scales).all()
    return (codes - zeros[:, groups]) * scales[:, groups]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("expected", type=Path, nargs="?")
    parser.add_argument("--float", type=Path)
    options = parser.parse_args()
    config = json.loads((options.checkpoint / "config.json").read_text())["quantization_config"]
    tensors = read_folder(options.checkpoint, ours=True)
    method = config["quant_method"]
    suffix = ".weight_packed" if method == "compressed-tensors" else ".qweight"
    linears = [name[: -len(suffix)] for name in tensors if name.endswith(suffix)]
    weights = {}
    for name in linears:
        if method == "gptq":
            kind = name.split(".", 3)[3]
            assert any(kind in modules for modules in config["modules_in_block_to_quantize"]), f"{name} is not listed"
            weights[name] = gptq_weight(tensors, name, gptq_bits(config, name))
        elif method == "awq":
            assert not any(float_name in name for float_name in config["modules_to_not_convert"]), f"{name} is excluded"
            weights[name] = awq_weight(tensors, name)
        else:
            assert not any(re.match(pattern.removeprefix("re:"), name) for pattern in config["ignore"]), name
            scheme = compressed_scheme(config, name)
            weights[name] = compressed_weight(tensors, name, scheme["num_bits"], scheme["symmetric"])
    if method == "gptq":
        assert json.loads((options.checkpoint / "quantize_config.json").read_text()) == config
    assert not any(f"{name}.weight" in tensors for name in linears), "a quantized linear also has a float weight"

    wrong = []
    if options.expected:
        if options.expected.is_dir():
            stored = {name: tensor for name, tensor in read_folder(options.expected).items() if name.removesuffix(".weight") in weights}
        else:
            stored = read_file(options.expected)
        expected = {name: to_float(tensor) for name, tensor in stored.items()}
        wrong += sorted(set(expected) ^ {f"{name}.weight" for name in linears})
        wrong += [name for name in linears if not np.array_equal(weights[name], expected.get(f"{name}.weight"))]
    floats = 0
    if options.float:
        for name, (dtype, array) in read_folder(options.float).items():
            if name.removesuffix(".weight") in weights:
                continue
            floats += 1
            if name not in tensors or tensors[name][0] != dtype or tensors[name][1].tobytes() != array.tobytes():
                wrong.append(name)
    for name in wrong[:20]:
        print(f"differs: {name}")
    compared = "equal to the expected weights" if options.expected else "read"
    print(f"{method}: {len(linears)} linears {compared}, {floats} float tensors compared, {len(wrong)} wrong")
    return 1 if wrong or not linears else 0


if __name__ == "__main__":
    sys.exit(main())
