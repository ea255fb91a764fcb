// Is there a bias of order σ²/(nε²), as the derivation in MoEQuant's repository says?
#pragma once
#include "core/hessian_lab/study.h"

namespace moequant {

struct SourceTerm {
    Scheme scheme = Scheme::Forward;
    Sampling sampling = Sampling::Common;
    double coefficient = 0, low = 0, high = 0; ///< of σ²/(nε²) in the bias, with its 95 % interval
    std::int64_t cells = 0;                    ///< (entry, ε, n) that took part
    std::int64_t outside = 0; ///< of them, those whose own 95 % interval leaves 0 out: 5 % by chance
    bool contains_zero() const { return low <= 0 && high >= 0; }
};

/// Regresses, for each scheme and sampling that varies, what sampling adds to the bias (the mean over
/// resamples less the same difference over the whole population, which carries all truncation) on σ²/(nε²),
/// each cell weighted by the variance of its mean. Cells where rounding is above a tenth of that mean's
/// standard error are left out. Empty where the losses do not vary at w.
std::vector<SourceTerm> test_source_term(const Study& study, std::int64_t resamples);

} // namespace moequant
