#include "core/model/layer_prefetch.h"

#include "core/job/error.h"

#include <c10/core/StreamGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <utility>

namespace moequant {

LayerPrefetch::LayerPrefetch(std::shared_ptr<const TensorSource> source, ModelConfig config, Compute compute)
    : source_(std::move(source)), config_(std::move(config)), compute_(compute) {
    // One stream for all layers: the allocator keeps the blocks of each stream apart.
    if (!compute_.device.is_cpu())
        side_ = c10::impl::VirtualGuardImpl(compute_.device.type()).getStreamFromGlobalPool(compute_.device);
}

LayerWeights LayerPrefetch::take(int layer) {
    if (!thread_.joinable() || expected_ != layer)
        start(layer);
    thread_.join();
    Loaded loaded = std::exchange(loaded_, {});
    if (loaded.error)
        std::rethrow_exception(loaded.error);
    if (loaded.copied) {
        const c10::Stream current =
            c10::impl::VirtualGuardImpl(compute_.device.type()).getStream(compute_.device);
        loaded.copied->block(current);
        // A weight dropped while this stream still reads it must not become a later layer's memory.
        for (at::Tensor& copy : loaded.copies)
            copy.record_stream(current);
    }
    if (layer + 1 < int(config_.layers.size()))
        start(layer + 1);
    return std::move(loaded.weights);
}

void LayerPrefetch::start(int layer) {
    thread_ = {}; // a load of another layer stops first
    loaded_ = {};
    expected_ = layer;
    thread_ = std::jthread([this, layer](const std::stop_token& stop) {
        try {
            loaded_ = load(layer, stop);
        } catch (...) {
            loaded_.error = std::current_exception();
        }
    });
}

LayerPrefetch::Loaded LayerPrefetch::load(int layer, const std::stop_token& stop) const {
    std::optional<c10::StreamGuard> guard; // streams and devices are chosen by thread
    if (side_)
        guard.emplace(*side_);
    Loaded loaded;
    loaded.weights = load_layer(*source_, config_, layer, [&](const at::Tensor& stored) {
        if (stop.stop_requested())
            throw Cancelled();
        if (!side_)
            return stored.to(compute_.device, compute_.dtype);
        const at::Tensor pinned =
            at::empty(stored.sizes(), at::TensorOptions().dtype(compute_.dtype).pinned_memory(true));
        pinned.copy_(stored);
        // The host allocator gives `pinned` to nobody else before this copy has ended.
        return loaded.copies.emplace_back(pinned.to(compute_.device, compute_.dtype, /*non_blocking=*/true));
    });
    if (side_)
        loaded.copied.emplace(compute_.device.type()).record(*side_);
    return loaded;
}

} // namespace moequant
