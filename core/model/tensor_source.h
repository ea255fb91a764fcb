// Where named tensors come from: a float checkpoint, or a quantized one that is dequantized on the way.
#pragma once
#include <ATen/ATen.h>

#include <string>
#include <vector>

namespace moequant {

/// A checkpoint as a set of named tensors. Names are the hub's names (docs: formats). Implementations are
/// immutable and may be read from several threads.
class TensorSource {
  public:
    virtual ~TensorSource() = default;
    virtual bool has(const std::string& name) const = 0;
    /// Shape without reading the data. Throws RequestError naming the tensor when it is missing.
    virtual std::vector<std::int64_t> shape(const std::string& name) const = 0;
    /// The tensor on the CPU in its stored dtype (quantized linears: float32). Throws RequestError when
    /// missing. The result may alias the mapped file: never write to it.
    virtual at::Tensor load(const std::string& name) const = 0;
    /// All names, sorted.
    virtual std::vector<std::string> names() const = 0;
};

} // namespace moequant
