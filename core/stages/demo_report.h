// What `demo` tells at its end.
#pragma once
#include "core/evaluation/compare.h"
#include "core/stages/demo_plan.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace moequant {

/// The finished parts of a demo, read back from their run folders.
struct DemoReport {
    const DemoPlan& plan;
    std::vector<RunFacts> usage;       ///< a calibration set each
    Comparison comparison;             ///< row 0 is the float model, then the variants in order
    Comparison shown;                  ///< the columns of it that fit a terminal
    std::vector<std::int64_t> windows; ///< a corpus each
    double seconds = 0;
};
DemoReport read_demo(const DemoPlan& plan, double seconds);

std::string demo_text(const DemoReport& report, const std::vector<std::string>& last_lines);
std::string demo_markdown(const DemoReport& report);

} // namespace moequant
