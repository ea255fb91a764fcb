// A source with some of its tensors replaced.
#pragma once
#include "core/model/tensor_source.h"

#include <map>
#include <memory>

namespace moequant {

/// Every tensor of `source`, except those that `replaced` has by name (of the same shape).
class ReplacedTensors : public TensorSource {
  public:
    ReplacedTensors(std::shared_ptr<const TensorSource> source, std::map<std::string, at::Tensor> replaced)
        : source_(std::move(source)), replaced_(std::move(replaced)) {}

    bool has(const std::string& name) const override { return source_->has(name); }
    std::vector<std::int64_t> shape(const std::string& name) const override { return source_->shape(name); }
    at::Tensor load(const std::string& name) const override {
        const auto found = replaced_.find(name);
        return found == replaced_.end() ? source_->load(name) : found->second;
    }
    std::vector<std::string> names() const override { return source_->names(); }

  private:
    std::shared_ptr<const TensorSource> source_;
    std::map<std::string, at::Tensor> replaced_;
};

} // namespace moequant
