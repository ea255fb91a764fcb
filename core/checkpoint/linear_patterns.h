// Regular expressions that pick linears by name, as the configs of the formats want them.
#pragma once
#include <set>
#include <string>
#include <vector>

namespace moequant {

/// The parts of a hub name such as "model.layers.3.mlp.experts.7.up_proj".
struct LinearPlace {
    int layer = -1;     ///< −1: not in a layer
    std::string parent; ///< "mlp.experts", "self_attn"; the whole name outside the layers
    int expert = -1;    ///< of a routed expert, else −1
    std::string part;   ///< "up_proj"
    auto operator<=>(const LinearPlace&) const = default;
};
LinearPlace place_of(const std::string& linear);

/// As few patterns as we can find that among the names in `all` (a superset of `chosen`) match exactly
/// `chosen` when tried from the start of a name, for Python's `re.match` and ECMAScript alike. Names outside
/// the layers are left out. `any` stands for whatever precedes the part of a name within its layer. With
/// `fused_names` a pattern that has all of q/k/v or gate/up also matches qkv_proj or gate_up_proj, under
/// which names servers look for them.
std::vector<std::string> linear_patterns(const std::set<std::string>& chosen,
                                         const std::set<std::string>& all, const std::string& any,
                                         bool fused_names = false);

} // namespace moequant
