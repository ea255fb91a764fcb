// The next layer's weights are read, and copied to the device, while the caller works on this layer.
#pragma once
#include "core/model/weights.h"

#include <c10/core/Event.h>
#include <c10/core/Stream.h>

#include <exception>
#include <memory>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

namespace moequant {

/// Loads layers in a thread of its own, one ahead of the one taken last: two layers are in memory then. On a
/// device a tensor goes through pinned host memory and is copied on a stream of its own; on the CPU there is
/// neither, and weights are what load_layer gives. Used by one thread. Destruction gives up a load that is
/// under way after the tensor that it reads. Not yet run on a device.
class LayerPrefetch {
  public:
    LayerPrefetch(std::shared_ptr<const TensorSource> source, ModelConfig config, Compute compute);

    /// Weights of `layer`, ready for the calling thread's current stream; loading of the next one, if there
    /// is one, has begun. A layer that is not the one expected is loaded now, and what was expected is given
    /// up. Throws what load_layer throws, and c10::Error when memory (pinned, of the device) is used up; the
    /// layer may then be taken again.
    LayerWeights take(int layer);

  private:
    struct Loaded {
        LayerWeights weights;
        std::vector<at::Tensor> copies;   ///< all of them, on a device
        std::optional<c10::Event> copied; ///< after the last copy, on a device
        std::exception_ptr error;
    };

    void start(int layer);
    Loaded load(int layer, const std::stop_token& stop) const;

    std::shared_ptr<const TensorSource> source_;
    ModelConfig config_;
    Compute compute_;
    std::optional<c10::Stream> side_; ///< where copies go, on a device
    int expected_ = -1;               ///< the layer that thread_ loads
    Loaded loaded_;                   ///< written by thread_, read once it is joined
    std::jthread thread_;             ///< last: it stops and ends before what it uses
};

} // namespace moequant
