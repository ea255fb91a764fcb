#include "core/calibration/degenerate.h"

#include <zlib.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace moequant {

double distinct_share(std::span<const std::int32_t> ids, int n) {
    if (ids.size() < std::size_t(n))
        return 1;
    std::set<std::vector<std::int32_t>> seen;
    const std::size_t total = ids.size() - std::size_t(n) + 1;
    for (std::size_t i = 0; i < total; ++i)
        seen.emplace(ids.begin() + std::ptrdiff_t(i), ids.begin() + std::ptrdiff_t(i) + n);
    return double(seen.size()) / double(total);
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
