// Opening a checkpoint folder, float or quantized, as a source of float tensors.
#pragma once
#include "core/checkpoint/format.h"
#include "core/checkpoint/stored_scheme.h"
#include "core/model/safetensors.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace moequant {

/// A gptq (v1, v2), awq (gemm) or compressed-tensors pack-quantized checkpoint, ours or another tool's: every
/// packed linear P appears as the float32 tensor "P.weight", dequantized when loaded; all else passes
/// through.
class QuantizedCheckpoint : public TensorSource {
  public:
    /// Throws RequestError for a quantization_config that is malformed or of another method, and for packed
    /// tensors whose dtype or shape do not fit each other, naming file and tensor. Reads headers, group
    /// indices and weight_shape, no weights.
    explicit QuantizedCheckpoint(const std::filesystem::path& folder);

    bool has(const std::string& name) const override;
    std::vector<std::int64_t> shape(const std::string& name) const override;
    at::Tensor load(const std::string& name) const override;
    std::vector<std::string> names() const override;

    const std::vector<std::string>& linears() const {
        return linear_names_;
    } ///< quantized, sorted, no ".weight"
    QuantizedLinear load_quantized(const std::string& linear) const;
    /// Its grid, from config and headers alone; awq, whose config cannot say it, is symmetric when every
    /// stored zero is 8.
    GridOptions grid_of(const std::string& linear) const;
    bool act_order(const std::string& linear) const { return layout_of(linear).scheme.act_order; }
    Format format() const { return schemes_.format(); }
    const nlohmann::json& quantization_config() const { return config_; }
    const SafetensorsFolder& files() const { return files_; }

  private:
    struct Layout { // what config and headers say of one packed linear
        LinearScheme scheme;
        std::int64_t rows, cols, groups;
    };
    const Layout* find(const std::string& name) const; ///< layout of "P.weight", null for other names
    const Layout& layout_of(const std::string& linear) const;
    Layout gptq_layout(const std::string& linear) const;
    Layout awq_layout(const std::string& linear) const;
    Layout compressed_layout(const std::string& linear) const;
    QuantizedLinear load_gptq(const std::string& linear, const Layout& layout) const;
    QuantizedLinear load_awq(const std::string& linear, const Layout& layout) const;
    QuantizedLinear load_compressed(const std::string& linear, const Layout& layout) const;
    static std::int64_t group_size_of(const Layout& layout);
    at::Tensor load_scales(const std::string& name) const;
    at::Tensor load_groups(const std::string& name, const Layout& layout) const;
    void expect(const std::string& name, std::initializer_list<at::ScalarType> dtypes,
                const std::vector<std::int64_t>& shape) const;
    [[noreturn]] void fail(const std::string& tensor, const std::string& fault) const;

    std::filesystem::path folder_;
    SafetensorsFolder files_;
    nlohmann::json config_;
    StoredSchemes schemes_;
    std::map<std::string, Layout> layouts_;
    std::vector<std::string> linear_names_, names_;
    std::set<std::string> hidden_; ///< packed tensors, not served
};

/// What a checkpoint was quantized with, for exporting it again. Reads no weights.
QuantizationRecord read_record(const QuantizedCheckpoint& checkpoint);

/// Whether config.json of the folder carries a quantization_config (throws RequestError for an unreadable
/// config).
bool is_quantized_checkpoint(const std::filesystem::path& folder);

/// SafetensorsFolder for a float checkpoint, QuantizedCheckpoint for a quantized one.
std::unique_ptr<TensorSource> open_checkpoint(const std::filesystem::path& folder);

} // namespace moequant
