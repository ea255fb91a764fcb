#include "core/checkpoint/packing.h"

#include "core/job/error.h"

#include <ATen/Parallel.h>

namespace moequant {
namespace {

std::int64_t words_for(std::int64_t n, int bits) {
    return (n * bits + 31) / 32;
}

/// Scales as stored, proved to lose nothing.
at::Tensor stored_scales(const std::string& name, const at::Tensor& scales, at::ScalarType dtype) {
    const at::Tensor stored = scales.to(dtype);
    if (!at::equal(stored.to(at::kFloat), scales))
        throw RequestError(name, std::string("a scale does not fit the format's ") + c10::toString(dtype));
    return stored;
}

} // namespace

at::Tensor pack_bits(const at::Tensor& codes, int bits) {
    const at::Tensor in = codes.contiguous();
    const std::int64_t rows = in.size(0), n = in.size(1), words = words_for(n, bits);
    const at::Tensor out = at::empty({rows, words}, at::kInt);
    at::parallel_for(0, rows, 64, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t r = begin; r < end; ++r) {
            const std::uint8_t* from = in.const_data_ptr<std::uint8_t>() + r * n;
            auto* to = reinterpret_cast<std::uint32_t*>(out.data_ptr<int>()) + r * words;
            std::uint64_t stream = 0;
            int filled = 0;
            for (std::int64_t i = 0; i < n; ++i) {
                stream |= static_cast<std::uint64_t>(from[i]) << filled;
                filled += bits;
                if (filled >= 32) {
                    *to++ = static_cast<std::uint32_t>(stream);
                    stream >>= 32;
                    filled -= 32;
                }
            }
            if (filled > 0)
                *to = static_cast<std::uint32_t>(stream);
        }
    });
    return out;
}

at::Tensor unpack_bits(const at::Tensor& words, int bits, std::int64_t n) {
    const at::Tensor in = words.contiguous();
    const std::int64_t rows = in.size(0), width = in.size(1);
    if (width != words_for(n, bits))
        throw RunError(std::to_string(width) + " words do not hold " + std::to_string(n) + " codes of " +
                       std::to_string(bits) + " bits");
    const at::Tensor out = at::empty({rows, n}, at::kByte);
    const auto mask = static_cast<std::uint64_t>((1 << bits) - 1);
    at::parallel_for(0, rows, 64, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t r = begin; r < end; ++r) {
            const auto* from = reinterpret_cast<const std::uint32_t*>(in.const_data_ptr<int>()) + r * width;
            std::uint8_t* to = out.data_ptr<std::uint8_t>() + r * n;
            std::uint64_t stream = 0;
            int filled = 0;
            for (std::int64_t i = 0; i < n; ++i) {
                if (filled < bits) {
                    stream |= static_cast<std::uint64_t>(*from++) << filled;
                    filled += 32;
                }
                to[i] = static_cast<std::uint8_t>(stream & mask);
                stream >>= bits;
                filled -= bits;
            }
        }
    });
    return out;
}

NamedTensors pack_linear(Format format, const std::string& name, const QuantizedLinear& linear) {
    const at::Tensor zeros = linear.zeros.to(at::kCPU).t(); // [groups, rows]
    const at::Tensor scales = linear.scales.to(at::kCPU);
    const at::Tensor words = pack_bits(linear.codes.to(at::kCPU), linear.bits);
    if (format == Format::gptq) {
        if (zeros.min().item<int>() < 1)
            throw RequestError(name, "gptq stores zeros minus one and cannot hold a zero of 0");
        return {{name + ".qweight", words.t().contiguous()},
                {name + ".qzeros", pack_bits(zeros.sub(1).to(at::kByte), linear.bits)},
                {name + ".scales", stored_scales(name, scales, at::kHalf).t().contiguous()},
                {name + ".g_idx", linear.group_of.to(at::kCPU)}};
    }
    NamedTensors tensors{{name + ".weight_packed", words},
                         {name + ".weight_scale", stored_scales(name, scales, linear.scale_dtype)},
                         {name + ".weight_shape", at::tensor({linear.rows(), linear.cols()}, at::kLong)}};
    if (!linear.symmetric)
        tensors.emplace_back(name + ".weight_zero_point",
                             pack_bits(zeros.to(at::kByte), linear.bits).t().contiguous());
    return tensors;
}

std::vector<PackedTensor> packed_layout(Format format, const GridOptions& grid, std::int64_t rows,
                                        std::int64_t cols) {
    const std::int64_t groups = cols / columns_per_group(grid, cols);
    if (format == Format::gptq)
        return {{".qweight", at::kInt, {words_for(cols, grid.bits), rows}},
                {".qzeros", at::kInt, {groups, words_for(rows, grid.bits)}},
                {".scales", at::kHalf, {groups, rows}},
                {".g_idx", at::kInt, {cols}}};
    std::vector<PackedTensor> layout{{".weight_packed", at::kInt, {rows, words_for(cols, grid.bits)}},
                                     {".weight_scale", grid.scale_dtype, {rows, groups}},
                                     {".weight_shape", at::kLong, {2}}};
    if (!grid.symmetric)
        layout.push_back({".weight_zero_point", at::kInt, {words_for(rows, grid.bits), groups}});
    return layout;
}

} // namespace moequant
