// The checkpoint formats we write, what each can hold, and what the config says about it.
#pragma once
#include "core/quantization/grid.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace moequant {

enum class Format {
    gptq,               ///< "gptq": GPTQ v1, int32 words packed along the input, zeros stored minus one
    compressed_tensors, ///< "compressed-tensors": pack-quantized, int32 words packed along the input
    awq,                ///< "awq": gemm, 4 bits, int32 words packed along the output in AWQ's order
    floating,           ///< "float": dequantized weights in the model's dtype, for what nothing else loads
};

/// Throws RequestError for an unknown name, listing the known ones.
Format parse_format(const std::string& name);
std::string format_name(Format format);

/// The dtype of stored scales: gptq and awq fp16; compressed-tensors the model's own when it is bf16 or fp16,
/// else fp16; float, which stores none, fp32.
at::ScalarType scale_dtype_of(Format format, at::ScalarType model_dtype);

/// Sets what the format decides about the grid: scale_dtype and min_zero.
GridOptions grid_for(Format format, at::ScalarType model_dtype, GridOptions grid);

/// Columns that share a stored scale. −1 stays −1 except in awq, which writes the row's scale once for each
/// 128 columns.
std::int64_t stored_group_size(Format format, std::int64_t group_size);

struct LinearShape {
    std::string name; ///< hub name without ".weight"
    std::int64_t rows, cols;
    GridOptions grid; ///< the one it is to be quantized to
};

struct LinearVerdict {
    std::string name;
    bool quantize;
    std::string reason; ///< why it stays float, empty otherwise
};

struct FormatCheck {
    std::vector<LinearVerdict> linears; ///< in the order given
    std::vector<std::string>
        notes; ///< what serving software refuses although the format holds it, one line each
};

/// Before the work starts: which of the linears that the method would quantize this format can hold. Throws
/// RequestError naming the linear when one that serving software fuses with others (q/k/v, gate/up, the
/// routed experts) cannot be held, or when the format does not know its number of bits; a lone linear stays
/// float. `model_type` as in config.json ("deepseek" keeps its attention float in gptq: vLLM builds it
/// without a name). `skipped`: linears that the request keeps float, refused where the others they are fused
/// with are quantized.
FormatCheck check_format(Format format, const std::string& model_type,
                         const std::vector<LinearShape>& linears,
                         const std::vector<std::string>& skipped = {});

struct QuantizationRecord {
    Format format = Format::gptq;
    GridOptions grid = {}; ///< what the config's own keys say: majority_grid(linears)
    bool act_order = false;
    double damp = 0.01;                         ///< recorded only
    std::map<std::string, GridOptions> linears; ///< the quantized linears, without ".weight"
};

/// Whether both grids have the same codes: bits, group size and symmetry.
bool same_codes(const GridOptions& a, const GridOptions& b);

/// The grid of most linears; of equally many the first in the map's order. A default grid for none.
GridOptions majority_grid(const std::map<std::string, GridOptions>& linears);

/// The object config.json carries as quantization_config (gptq: also the content of quantize_config.json);
/// null for float.
/// `float_linears`: the linears that stay float (lm_head, routers, shared gates, those check_format left
/// out).
nlohmann::ordered_json quantization_config(const QuantizationRecord& record,
                                           const std::vector<std::string>& float_linears);

} // namespace moequant
