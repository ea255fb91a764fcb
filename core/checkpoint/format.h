// The two checkpoint formats we write, what each can hold, and what the config says about it.
#pragma once
#include "core/quantization/grid.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace moequant {

enum class Format {
    gptq,               ///< "gptq": GPTQ v1, int32 words packed along the input, zeros stored minus one
    compressed_tensors, ///< "compressed-tensors": pack-quantized, int32 words packed along the input
};

/// Throws RequestError for an unknown name, listing the known ones.
Format parse_format(const std::string& name);
std::string format_name(Format format);

/// The dtype of stored scales: gptq fp16; compressed-tensors the model's own when it is bf16 or fp16, else
/// fp16.
at::ScalarType scale_dtype_of(Format format, at::ScalarType model_dtype);

/// Sets what the format decides about the grid: scale_dtype and min_zero.
GridOptions grid_for(Format format, at::ScalarType model_dtype, GridOptions grid);

struct LinearShape {
    std::string name; ///< hub name without ".weight"
    std::int64_t rows, cols;
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
/// routed experts) cannot be held, or when the format does not know the number of bits; a lone linear stays
/// float. `model_type` as in config.json ("deepseek" keeps its attention float in gptq: vLLM builds it
/// without a name).
FormatCheck check_format(Format format, const GridOptions& grid, const std::string& model_type,
                         const std::vector<LinearShape>& linears);

struct QuantizationRecord {
    Format format = Format::gptq;
    GridOptions grid = {};
    bool act_order = false;
    double damp = 0.01;                 ///< recorded only
    std::vector<std::string> quantized; ///< names of the quantized linears, without ".weight"
};

/// The object config.json carries as quantization_config (gptq: also the content of quantize_config.json).
/// `float_linears`: the linears that stay float (lm_head, routers, shared gates, those check_format left
/// out).
nlohmann::ordered_json quantization_config(const QuantizationRecord& record,
                                           const std::vector<std::string>& float_linears);

} // namespace moequant
