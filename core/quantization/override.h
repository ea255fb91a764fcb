// Other grids for some linears: what `--override 'PATTERN=bits:8,group_size:32'` says.
#pragma once
#include "core/quantization/grid.h"

#include <optional>
#include <string>

namespace moequant {

struct Override {
    std::string text;    ///< as given, for messages
    std::string pattern; ///< of a linear's name without ".weight"; * stands for any characters, ? for one
    bool skip = false;   ///< stays float
    std::optional<int> bits;
    std::optional<std::int64_t> group_size;
    std::optional<bool> symmetric;
    std::optional<Clip> clip;
};

/// Reads `PATTERN=skip` or `PATTERN=KEY:VALUE,…` with the keys bits (2 … 8), group_size (−1 or at least 1),
/// sym (true, false) and clip (none, mse). Throws RequestError naming the text and the fault.
Override parse_override(const std::string& text);

bool matches(const std::string& pattern, const std::string& name);

/// `grid` with what the override says instead.
GridOptions apply(const Override& change, GridOptions grid);

} // namespace moequant
