// Opening a checkpoint folder, float or quantized, as a source of float tensors.
#pragma once
#include "core/model/safetensors.h"
#include "core/quantization/grid.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace moequant {

/// A gptq (v1, v2) or compressed-tensors pack-quantized checkpoint, ours or another tool's: every packed
/// linear P appears as the float32 tensor "P.weight", dequantized when loaded; all else passes through.
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
    const nlohmann::json& quantization_config() const { return config_; }
    const SafetensorsFolder& files() const { return files_; }

  private:
    struct Layout {
        int bits;
        std::int64_t rows, cols, groups;
    };
    const Layout* find(const std::string& name) const; ///< layout of "P.weight", null for other names
    void add_gptq(const std::string& linear);
    void add_compressed(const std::string& linear);
    RequestError fault(const std::string& tensor, const std::string& text) const;

    std::filesystem::path folder_;
    SafetensorsFolder files_;
    nlohmann::json config_;
    bool compressed_tensors_ = false;
    bool zeros_minus_one_ = false; ///< gptq v1
    std::map<std::string, Layout> layouts_;
    std::vector<std::string> linear_names_;
};

/// Whether config.json of the folder carries a quantization_config (throws RequestError for an unreadable
/// config).
bool is_quantized_checkpoint(const std::filesystem::path& folder);

/// SafetensorsFolder for a float checkpoint, QuantizedCheckpoint for a quantized one.
std::unique_ptr<TensorSource> open_checkpoint(const std::filesystem::path& folder);

} // namespace moequant
