#include "core/quantization/rotation.h"

#include "core/quantization/hadamard.h"

#include <algorithm>
#include <map>

namespace moequant {
namespace {

constexpr const char* kEmbedding = "model.embed_tokens.weight";
constexpr const char* kHead = "lm_head.weight";
constexpr const char* kFinalNorm = "model.norm.weight";

class RotatedSource : public TensorSource {
  public:
    RotatedSource(std::shared_ptr<const TensorSource> source, const ModelConfig& config, std::uint64_t seed,
                  std::set<std::string> float32_linears)
        : source_(std::move(source)),
          rotation_(config.hidden_size, seed),
          float32_linears_(std::move(float32_linears)) {
        plan_[kEmbedding] = {Kind::reads, "", ""};
        plan_[kHead] = {Kind::reads, kFinalNorm, config.tie_word_embeddings ? kEmbedding : ""};
        plan_[kFinalNorm] = {Kind::norm, "", ""};
        for (int i = 0; i < int(config.layers.size()); ++i) {
            const std::string input = layer_prefix(i) + ".input_layernorm.weight",
                              post = layer_prefix(i) + ".post_attention_layernorm.weight";
            plan_[input] = plan_[post] = {Kind::norm, "", ""};
            for (const LinearInfo& linear : layer_linears(config, i)) {
                const bool attention =
                    linear.role == Role::Q || linear.role == Role::K || linear.role == Role::V;
                if (linear.role == Role::O || linear.role == Role::Down) {
                    plan_[linear.name + ".weight"] = {Kind::writes, "", ""};
                    if (linear.bias)
                        plan_[linear.name + ".bias"] = {Kind::bias, "", ""};
                } else {
                    plan_[linear.name + ".weight"] = {Kind::reads, attention ? input : post, ""};
                }
            }
        }
    }

    bool has(const std::string& name) const override { return name == kHead || source_->has(name); }

    std::vector<std::int64_t> shape(const std::string& name) const override {
        return source_->shape(stored_name(name));
    }

    std::vector<std::string> names() const override {
        std::vector<std::string> names = source_->names();
        if (!source_->has(kHead))
            names.insert(std::lower_bound(names.begin(), names.end(), kHead), kHead);
        return names;
    }

    at::Tensor load(const std::string& name) const override {
        at::Tensor stored = source_->load(stored_name(name));
        const auto found = plan_.find(name);
        if (found == plan_.end())
            return stored;
        const Part& part = found->second;
        if (part.kind == Kind::norm)
            return at::ones_like(stored);
        at::Tensor rotated;
        if (part.kind == Kind::reads)
            rotated = rotation_.rows(stored, part.norm.empty() ? at::Tensor() : source_->load(part.norm));
        else if (part.kind == Kind::writes)
            rotated = rotation_.columns(stored);
        else
            rotated = rotation_.rows(stored.unsqueeze(0)).squeeze(0);
        const std::string linear = name.substr(0, name.rfind('.'));
        const bool exact = part.kind != Kind::bias && float32_linears_.contains(linear);
        return rotated.to(exact ? at::kFloat : stored.scalar_type());
    }

  private:
    enum class Kind {
        norm,   ///< becomes ones
        reads,  ///< [out, hidden]: reads the residual stream through a norm, or is the embedding
        writes, ///< [hidden, in]: adds to the residual stream
        bias    ///< [hidden], of one that writes
    };
    struct Part {
        Kind kind;
        std::string norm;   ///< whose weights are folded in, or empty
        std::string stored; ///< under another name than its own, or empty
    };

    std::string stored_name(const std::string& name) const {
        const auto found = plan_.find(name);
        return found == plan_.end() || found->second.stored.empty() ? name : found->second.stored;
    }

    std::shared_ptr<const TensorSource> source_;
    RandomRotation rotation_;
    std::set<std::string> float32_linears_;
    std::map<std::string, Part> plan_;
};

} // namespace

std::shared_ptr<const TensorSource> rotate(std::shared_ptr<const TensorSource> source,
                                           const ModelConfig& config, std::uint64_t seed,
                                           std::set<std::string> float32_linears) {
    return std::make_shared<RotatedSource>(std::move(source), config, seed, std::move(float32_linears));
}

ModelConfig rotated_config(const ModelConfig& config) {
    ModelConfig rotated = config;
    rotated.tie_word_embeddings = false;
    rotated.raw.merge_patch(rotated_config_changes());
    return rotated;
}

nlohmann::json rotated_config_changes() {
    return {{"tie_word_embeddings", false}};
}

} // namespace moequant
