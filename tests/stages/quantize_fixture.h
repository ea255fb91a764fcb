// Tiny models and a small calibration set to quantize them with.
#pragma once
#include "tests/stages/stage_fixture.h"

namespace moequant {

inline const std::string fixtures = std::string(MOEQUANT_SOURCE_DIR) + "/tests/data/decoder/";

inline std::string small_set(const StageFixture& fixture) {
    std::string lines;
    for (int s = 0; s < 8; ++s) {
        nlohmann::json ids = nlohmann::json::array();
        for (int i = 0; i < 24; ++i)
            ids.push_back(3 + (s * 31 + i * i * 7 + i) % 90);
        lines += nlohmann::json{{"ids", ids}}.dump() + "\n";
    }
    return fixture.write("set.jsonl", lines);
}

} // namespace moequant
