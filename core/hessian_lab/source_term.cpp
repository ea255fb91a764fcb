#include "core/hessian_lab/source_term.h"

#include <cmath>

namespace moequant {

std::vector<SourceTerm> test_source_term(const Study& study, std::int64_t resamples) {
    constexpr double normal95 = 1.959963984540054; // a mean of 200 resamples or more is normal enough
    std::vector<SourceTerm> terms;
    if (!(study.sigma > 0))
        return terms;
    for (const Scheme scheme : kSchemes)
        for (const Sampling sampling : {Sampling::Common, Sampling::Independent}) {
            SourceTerm term{scheme, sampling};
            double with_bias = 0, squares = 0;
            for (const StudyCell& cell : study.cells) {
                const double error = std::sqrt(cell.variance / double(resamples));
                if (cell.scheme != scheme || cell.sampling != sampling || !(error > 10 * cell.rounding))
                    continue;
                const double bias = cell.mean - cell.exact;
                const double claimed =
                    study.sigma * study.sigma / (double(cell.n) * cell.epsilon * cell.epsilon);
                with_bias += claimed * bias / (error * error);
                squares += claimed * claimed / (error * error);
                ++term.cells;
                term.outside += std::abs(bias) > normal95 * error;
            }
            if (term.cells == 0)
                continue;
            term.coefficient = with_bias / squares;
            term.low = term.coefficient - normal95 / std::sqrt(squares);
            term.high = term.coefficient + normal95 / std::sqrt(squares);
            terms.push_back(term);
        }
    return terms;
}

} // namespace moequant
