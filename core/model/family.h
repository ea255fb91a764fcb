// The families: each a description of how its config.json maps to ModelConfig. Adding one is one
// family_*.cpp, one line in `families()` and one parity test.
#pragma once
#include "core/model/config.h"

#include <cstdint>
#include <string>
#include <vector>

namespace moequant {

/// Typed access to config.json with errors that name the file and the key.
class ConfigReader {
  public:
    ConfigReader(const nlohmann::json& document, std::string file)
        : document_(document), file_(std::move(file)) {}
    bool has(const std::string& key) const; ///< present and not null
    std::int64_t integer(const std::string& key, std::int64_t low, std::int64_t high) const;
    std::int64_t integer_or(const std::string& key, std::int64_t low, std::int64_t high,
                            std::int64_t fallback) const;
    double number_or(const std::string& key, double fallback) const;
    bool boolean_or(const std::string& key, bool fallback) const;
    std::string text_or(const std::string& key, const std::string& fallback) const;
    std::vector<std::int64_t> integers_or_empty(const std::string& key) const;
    [[noreturn]] void fault(const std::string& key, const std::string& text) const;

  private:
    const nlohmann::json& document_;
    std::string file_;
};

struct Family {
    std::string model_type;
    /// Fills layers, names and biases; everything common is already read.
    void (*describe)(const ConfigReader& reader, ModelConfig& config);
};

const std::vector<Family>& families();

void describe_mixtral(const ConfigReader& reader, ModelConfig& config);
void describe_qwen2_moe(const ConfigReader& reader, ModelConfig& config);
void describe_deepseek(const ConfigReader& reader, ModelConfig& config);

} // namespace moequant
