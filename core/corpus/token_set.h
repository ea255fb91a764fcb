// What calibration and evaluation consume: sequences of token ids.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace moequant {

struct TokenSet {
    std::string name;                                 ///< the SPEC it came from, for reports
    std::vector<std::vector<std::int32_t>> sequences; ///< never padded, never empty
    std::int64_t tokens() const {
        std::int64_t sum = 0;
        for (const auto& ids : sequences)
            sum += std::int64_t(ids.size());
        return sum;
    }
};

} // namespace moequant
