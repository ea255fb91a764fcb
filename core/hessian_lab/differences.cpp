#include "core/hessian_lab/differences.h"

#include <cmath>
#include <limits>

namespace moequant {

const char* scheme_name(Scheme scheme) {
    return scheme == Scheme::Forward ? "forward" : "symmetric";
}

std::array<Evaluation, 4> evaluations(Scheme scheme) {
    if (scheme == Scheme::Forward)
        return {{{1, 1, 1}, {1, 0, -1}, {0, 1, -1}, {0, 0, 1}}};
    return {{{1, 1, 1}, {1, -1, -1}, {-1, 1, -1}, {-1, -1, 1}}};
}

double divisor(Scheme scheme) {
    return scheme == Scheme::Forward ? 1 : 4;
}

int truncation_order(Scheme scheme) {
    return scheme == Scheme::Forward ? 1 : 2;
}

at::Tensor truncation_coefficient(Scheme scheme, const Derivatives& d) {
    return scheme == Scheme::Forward ? (d.aab + d.abb) / 2 : (d.aaab + d.abbb) / 6;
}

double independent_variance(Scheme scheme, double loss_variance, double epsilon, double n) {
    return 4 * loss_variance / (n * std::pow(divisor(scheme) * epsilon * epsilon, 2));
}

double rounding_error(Scheme scheme, double loss, double epsilon) {
    return 4 * std::abs(loss) * std::numeric_limits<double>::epsilon() / 2 /
           (divisor(scheme) * epsilon * epsilon);
}

} // namespace moequant
