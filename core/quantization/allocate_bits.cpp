#include "core/quantization/allocate_bits.h"

#include "core/job/error.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <string>

namespace moequant {
namespace {

constexpr std::int64_t kTable = std::int64_t(1) << 27; ///< entries of the table of choices, one byte each

} // namespace

Allocation allocate_bits(std::span<const BitItem> items, std::span<const int> bits, double average) {
    Allocation result;
    if (items.empty())
        return result;
    std::int64_t weights = 0, unit = 0;
    for (const BitItem& item : items) {
        weights += item.weights;
        unit = std::gcd(unit, item.weights);
    }
    if (!(average >= bits.front()))
        throw RequestError("average of " + std::to_string(average) + " bits: the least choice is " +
                           std::to_string(bits.front()));
    // Bits beyond the least choice are what is to be spent; more than all of them never is.
    const double spare = (std::min(average, double(bits.back())) - bits.front()) * double(weights);
    while (std::int64_t(spare / double(unit)) + 1 > kTable / std::ssize(items)) {
        unit *= 2;
        result.exact = false;
    }
    const auto budget = std::int64_t(spare / double(unit) + 1e-9);
    const auto cost = [&](const BitItem& item, std::size_t choice) {
        return (item.weights * (bits[choice] - bits.front()) + unit - 1) / unit;
    };
    const auto width = std::size_t(budget + 1);
    std::vector<double> best(width, 0), next(width);
    std::vector<std::uint8_t> chosen(items.size() * width);
    for (std::size_t i = items.size();
         i-- > 0;) { // from the last, so that the walk below begins with the first
        for (std::size_t left = 0; left < width; ++left) {
            double least = std::numeric_limits<double>::infinity();
            for (std::size_t c = 0; c < bits.size(); ++c) {
                const std::int64_t spent = cost(items[i], c);
                if (spent > std::int64_t(left))
                    break;
                const double error = items[i].errors[c] + best[left - std::size_t(spent)];
                if (error < least) {
                    least = error;
                    chosen[i * width + left] = std::uint8_t(c);
                }
            }
            next[left] = least;
        }
        std::swap(best, next);
    }
    double spent_bits = 0;
    std::size_t left = width - 1;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const std::size_t c = chosen[i * width + left];
        result.choice.push_back(c);
        result.error += items[i].errors[c];
        spent_bits += double(items[i].weights) * bits[c];
        left -= std::size_t(cost(items[i], c));
    }
    result.average_bits = spent_bits / double(weights);
    return result;
}

} // namespace moequant
