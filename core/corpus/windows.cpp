#include "core/corpus/windows.h"

#include "core/corpus/draw.h"

#include <algorithm>
#include <set>

namespace moequant {

std::vector<std::int64_t> random_starts(std::int64_t tokens, std::int64_t length, std::int64_t count,
                                        std::uint64_t seed) {
    // Taking length-1 tokens out of every window leaves `slots` places of which `count` distinct ones are
    // chosen: one choice for every placement without overlap. Floyd's algorithm draws them without a table of
    // all slots.
    const std::int64_t slots = tokens - count * (length - 1);
    std::mt19937_64 engine(seed);
    std::set<std::int64_t> chosen;
    for (std::int64_t top = slots - count; top < slots; ++top) {
        const auto drawn = std::int64_t(draw_below(engine, std::uint64_t(top) + 1));
        chosen.insert(chosen.contains(drawn) ? top : drawn);
    }
    std::vector<std::int64_t> starts;
    starts.reserve(chosen.size());
    for (const auto slot : chosen)
        starts.push_back(slot + std::int64_t(starts.size()) * (length - 1));
    shuffle(starts, engine);
    return starts;
}

std::vector<std::int64_t> sequential_starts(std::int64_t length, std::int64_t count) {
    std::vector<std::int64_t> starts;
    for (std::int64_t i = 0; i < count; ++i)
        starts.push_back(i * length);
    return starts;
}

} // namespace moequant
