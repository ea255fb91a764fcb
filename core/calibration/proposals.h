// The continuations that a search tries: the most probable tokens of every row, or a draw without
// replacement.
#pragma once
#include <ATen/ATen.h>

#include <cstdint>
#include <span>
#include <vector>

namespace moequant {

struct Proposal {
    std::int32_t token = 0;
    float log_p = 0; ///< of the full softmax, whatever is masked
};

/// What one row asks for.
struct ProposalRow {
    std::int64_t count = 1;           ///< distinct tokens; fewer are given when fewer are left
    std::vector<std::int32_t> banned; ///< tokens that may not be proposed here, beside the masked ones
    /// Empty: the `count` most probable, ties to the smaller id. Otherwise `count` uniform numbers in [0, 1):
    /// draws one after the other without replacement from p^(1/noise), the distribution of the `count`
    /// largest values of log p + noise · Gumbel (Yellott 1977; Kool, van Hoof and Welling, "Stochastic Beams
    /// and Where to Find Them", 2019, section 2).
    std::vector<double> draws;
    double noise = 1;
};

/// logits float32 [R, vocab] (any device), `allowed` one byte an id. Returns R lists, most probable first, or
/// in the order drawn. One pass a row and no sorting of the vocabulary.
std::vector<std::vector<Proposal>> propose(const at::Tensor& logits, std::span<const std::uint8_t> allowed,
                                           std::span<const ProposalRow> rows);

/// Tokens that would repeat an n-gram of `ids` right after them; none for n = 0.
std::vector<std::int32_t> ngram_repeats(std::span<const std::int32_t> ids, std::int64_t n);

/// log p of one id in each row of logits [R, vocab].
std::vector<float> log_probability(const at::Tensor& logits, std::span<const std::int32_t> ids);

} // namespace moequant
