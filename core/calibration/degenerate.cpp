#include "core/calibration/degenerate.h"

#include <zlib.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

namespace moequant {

double distinct_share(std::span<const std::int32_t> ids, int n) {
    const auto length = std::size_t(n);
    if (ids.size() < length)
        return 1;
    std::vector<std::size_t> starts(ids.size() - length + 1);
    std::iota(starts.begin(), starts.end(), std::size_t(0));
    const auto gram = [&](std::size_t start) { return ids.subspan(start, length); };
    std::sort(starts.begin(), starts.end(), [&](std::size_t a, std::size_t b) {
        return std::ranges::lexicographical_compare(gram(a), gram(b));
    });
    std::size_t distinct = 1;
    for (std::size_t i = 1; i < starts.size(); ++i)
        distinct += !std::ranges::equal(gram(starts[i - 1]), gram(starts[i]));
    return double(distinct) / double(starts.size());
}

double zlib_ratio(std::string_view text) {
    if (text.empty())
        return 1;
    uLongf size = compressBound(uLong(text.size()));
    std::vector<Bytef> out(size);
    compress2(out.data(), &size, reinterpret_cast<const Bytef*>(text.data()), uLong(text.size()), 9);
    return double(size) / double(text.size());
}

double cycle_share(std::span<const std::int32_t> ids, int longest) {
    std::size_t best = 0;
    for (std::size_t period = 1; period <= std::size_t(longest) && 2 * period <= ids.size(); ++period) {
        std::size_t run = 0;
        for (std::size_t i = period; i < ids.size(); ++i) {
            run = ids[i] == ids[i - period] ? run + 1 : 0;
            if (run >= period) // at least two full periods
                best = std::max(best, run + period);
        }
    }
    return ids.empty() ? 0 : double(best) / double(ids.size());
}

bool degenerate(std::span<const std::int32_t> ids, std::string_view text) {
    return distinct_share(ids, 4) < 0.3 || zlib_ratio(text) < 0.1 || cycle_share(ids) > 0.3;
}

} // namespace moequant
