// What the quantization_config of a checkpoint says about each linear, ours or another tool's.
#pragma once
#include "core/checkpoint/format.h"

#include <nlohmann/json.hpp>

#include <regex>
#include <string>
#include <vector>

namespace moequant {

struct LinearScheme {
    int bits = 4;
    std::int64_t group_size = -1; ///< as the config says it; 0 when it does not
    bool symmetric = true, act_order = false;
};

class StoredSchemes {
  public:
    /// Throws RequestError naming `file` for a config that is malformed, of another method or version, or
    /// with bits that its format cannot hold.
    StoredSchemes(const nlohmann::json& config, std::string file);

    Format format() const { return format_; }
    /// gptq v1 stores zeros minus one.
    bool zeros_minus_one() const { return zeros_minus_one_; }
    /// gptq: the first rule under `dynamic` that matches, else the config's own keys. compressed-tensors: the
    /// group whose targets have the linear's name, then a matching pattern, then its class. Throws
    /// RequestError when no group has it.
    LinearScheme of(const std::string& linear) const;

  private:
    struct Rule {
        std::string prefix; ///< plain text with which every match begins: spares most of the matching
        std::regex pattern;
        LinearScheme scheme;
    };
    void read_gptq(const nlohmann::json& config);
    void read_compressed(const nlohmann::json& config);
    void read_awq(const nlohmann::json& config);
    void add_rule(const std::string& pattern, const LinearScheme& scheme);
    void check_bits(int bits) const;
    [[noreturn]] void fail(const std::string& fault) const;

    std::string file_;
    Format format_ = Format::gptq;
    bool zeros_minus_one_ = false, has_default_ = true;
    LinearScheme default_; ///< without a name or pattern that matches
    std::map<std::string, LinearScheme> named_;
    std::vector<Rule> rules_;
};

} // namespace moequant
