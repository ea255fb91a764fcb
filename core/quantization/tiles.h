// Work cut into fixed tiles and sums in a fixed order, so that results depend neither on the number of
// threads nor on how tokens are cut into batches.
#pragma once
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <atomic>
#include <cstdint>

namespace moequant {

/// While alive, ATen and BLAS calls of this thread use one thread: their results depend on how many they use.
/// Inside a parallel region too, where MKL's factorisations would split their work as for many threads though
/// they get one.
class SingleThread {
  public:
    SingleThread() : restore_(at::get_num_threads()) {
        if (restore_ > 1)
            at::set_num_threads(1);
    }
    ~SingleThread() {
        if (restore_ > 1)
            at::set_num_threads(restore_);
    }
    SingleThread(const SingleThread&) = delete;
    SingleThread& operator=(const SingleThread&) = delete;

  private:
    int restore_;
};

/// Calls body(scratch, tile) for every tile 0 … count−1: tiles in parallel, each wholly on one thread, taken
/// in order as threads become free. `scratch` is what make() returned for that thread. Tiles must not share
/// results. May be nested in another parallel region, then it is serial.
template <class Make, class Body>
void for_tiles(std::int64_t count, const Make& make, const Body& body) {
    std::atomic<std::int64_t> next = 0;
    const std::int64_t threads =
        at::in_parallel_region() ? 1 : std::min<std::int64_t>(at::get_num_threads(), count);
    at::parallel_for(0, threads, 1, [&](std::int64_t, std::int64_t) {
        const SingleThread one;
        auto scratch = make();
        for (std::int64_t tile = next++; tile < count; tile = next++)
            body(scratch, tile);
    });
}

/// The same for bodies that need no scratch: body(tile).
template <class Body>
void for_tiles(std::int64_t count, const Body& body) {
    for_tiles(
        count, [] { return 0; }, [&body](int, std::int64_t tile) { body(tile); });
}

/// `start` plus the values one after another, in float64.
inline double add_in_order(double start, const at::Tensor& values) {
    const at::Tensor wide = values.to(at::kCPU, at::kDouble).contiguous();
    const auto* value = wide.const_data_ptr<double>();
    for (std::int64_t i = 0; i < wide.numel(); ++i)
        start += value[i];
    return start;
}

} // namespace moequant
