// Bits for each of many parts of a model under a budget of bits: a multiple-choice knapsack.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace moequant {

struct BitItem {
    std::int64_t weights = 0;   ///< how many weights get the same bits
    std::vector<double> errors; ///< what each choice of bits costs, ≥ 0, in the order of the choices
};

struct Allocation {
    std::vector<std::size_t> choice; ///< of each item
    double error = 0;                ///< sum of the chosen errors
    double average_bits = 0;         ///< Σ weights·bits / Σ weights
    bool exact =
        true; ///< false: costs were rounded up to keep the table small; within the budget, near the optimum
};

/// Least sum of errors with Σ weights·bits ≤ average · Σ weights, by dynamic programming over the bits spent,
/// in units of the greatest common divisor of the weights: exact for experts of equal size. Of equal sums the
/// one with fewer bits in earlier items. `bits` ascending. Throws RequestError when the average is below the
/// least choice.
Allocation allocate_bits(std::span<const BitItem> items, std::span<const int> bits, double average);

} // namespace moequant
