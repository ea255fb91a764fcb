// Choosing windows of real text that use the experts evenly: a greedy top-up of neglected experts, after
// EAQuant (arXiv 2506.13329), which adds text until every expert has r times its uniform share. Here the
// number of windows is given and the text that tops up is chosen instead of added.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace moequant {

/// How often each window of a pool uses the experts of one MoE layer.
struct WindowCounts {
    std::int64_t experts = 0;
    std::span<const std::int32_t> slots; ///< routed slots [windows, experts], row by row
};

/// Indices of `samples` of the `windows` windows, in the order of choice. Let n_e be the slots of expert e
/// over the windows chosen so far and a candidate, and u their mean over the layer's experts. An expert is in
/// need by max(0, r − n_e/u); the candidate with the least squared need, summed over the experts and averaged
/// over them and the layers, is taken; ties go to the lower index. With r beyond the greatest n_e/u this
/// minimises the squared coefficient of variation. Costs samples·windows·layers·experts. Throws
/// std::invalid_argument for fewer windows than samples.
std::vector<std::size_t> select_balanced(std::span<const WindowCounts> layers, std::size_t windows,
                                         std::size_t samples, double r);

} // namespace moequant
