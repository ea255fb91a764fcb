// Work cut into fixed tiles, so that results do not depend on the number of threads.
#pragma once
#include <ATen/Parallel.h>

#include <cstdint>

namespace moequant {

/// While alive, ATen and BLAS calls of this thread use one thread: their results depend on how many they use. Inside a
/// parallel region too, where MKL's factorisations would split their work as for many threads though they get one.
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

/// Calls body(tile) for every tile 0 … count−1: tiles in parallel, each wholly on one thread. Tiles must not
/// share results. May be nested in another parallel region, then it is serial.
template <class Body>
void for_tiles(std::int64_t count, const Body& body) {
    at::parallel_for(0, count, 1, [&](std::int64_t begin, std::int64_t end) {
        const SingleThread one;
        for (std::int64_t tile = begin; tile < end; ++tile)
            body(tile);
    });
}

} // namespace moequant
