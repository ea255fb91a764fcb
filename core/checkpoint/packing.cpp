#include "core/checkpoint/packing.h"

#include "core/job/error.h"

#include <ATen/Parallel.h>

#include <array>

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

/// Only gptq has g_idx: elsewhere the groups must follow each other.
void check_groups_in_order(Format format, const std::string& name, const QuantizedLinear& linear) {
    const std::int64_t cols = linear.cols(), groups = linear.groups();
    const std::int64_t width = (cols + groups - 1) / groups;
    const at::Tensor in_order = at::arange(cols, at::kInt).floor_divide_(width);
    if (!at::equal(linear.group_of.to(at::kCPU, at::kInt), in_order))
        throw RequestError(name, "its groups are not in the order of the columns, which " +
                                     format_name(format) + " cannot say; gptq can");
}

/// The order of codes in a word of AWQ's gemm kernels, and its inverse.
const std::array<std::int64_t, 8> kAwqOrder{0, 2, 4, 6, 1, 3, 5, 7}, kAwqBack{0, 4, 1, 5, 2, 6, 3, 7};

at::Tensor reordered(const at::Tensor& codes, const std::array<std::int64_t, 8>& order) {
    const at::Tensor index = at::tensor(at::ArrayRef<std::int64_t>(order), at::kLong);
    return codes.view({codes.size(0), -1, 8}).index_select(2, index).view(codes.sizes());
}

NamedTensors pack_awq_linear(const std::string& name, const QuantizedLinear& linear, const at::Tensor& zeros,
                             const at::Tensor& scales) {
    if (linear.bits != 4)
        throw RequestError(name, "awq holds 4 bits, not " + std::to_string(linear.bits));
    check_groups_in_order(Format::awq, name, linear);
    // A row's single scale is written once for every 128 columns.
    const std::int64_t repeat =
        linear.group_size == -1 ? linear.cols() / stored_group_size(Format::awq, -1) : 1;
    return {{name + ".qweight", pack_awq(linear.codes.to(at::kCPU).t().contiguous())},
            {name + ".qzeros", pack_awq(zeros.to(at::kByte).repeat_interleave(repeat, 0))},
            {name + ".scales",
             stored_scales(name, scales, at::kHalf).t().repeat_interleave(repeat, 0).contiguous()}};
}

} // namespace

at::Tensor pack_awq(const at::Tensor& codes) {
    return pack_bits(reordered(codes.contiguous(), kAwqOrder), 4);
}

at::Tensor unpack_awq(const at::Tensor& words, std::int64_t n) {
    return reordered(unpack_bits(words, 4, n), kAwqBack);
}

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
    if (format == Format::awq)
        return pack_awq_linear(name, linear, zeros, scales);
    const at::Tensor words = pack_bits(linear.codes.to(at::kCPU), linear.bits);
    if (format == Format::gptq) {
        if (zeros.min().item<int>() < 1)
            throw RequestError(name, "gptq stores zeros minus one and cannot hold a zero of 0");
        return {{name + ".qweight", words.t().contiguous()},
                {name + ".qzeros", pack_bits(zeros.sub(1).to(at::kByte), linear.bits)},
                {name + ".scales", stored_scales(name, scales, at::kHalf).t().contiguous()},
                {name + ".g_idx", linear.group_of.to(at::kCPU)}};
    }
    check_groups_in_order(format, name, linear);
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
    const std::int64_t stored = stored_group_size(format, grid.group_size);
    const std::int64_t groups = stored > 0 ? cols / stored : 1;
    if (format == Format::awq)
        return {{".qweight", at::kInt, {cols, rows / 8}},
                {".qzeros", at::kInt, {groups, rows / 8}},
                {".scales", at::kHalf, {groups, rows}}};
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
