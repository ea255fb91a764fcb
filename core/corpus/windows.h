// Where windows of tokens begin.
#pragma once
#include <cstdint>
#include <vector>

namespace moequant {

/// Starts of `count` windows of `length` in a text of `tokens` tokens, none overlapping another (the caller
/// sees to count * length <= tokens). Every placement is equally likely; the order is shuffled too. Equal
/// arguments give equal starts on every machine.
std::vector<std::int64_t> random_starts(std::int64_t tokens, std::int64_t length, std::int64_t count,
                                        std::uint64_t seed);

/// 0, length, 2*length, …
std::vector<std::int64_t> sequential_starts(std::int64_t length, std::int64_t count);

} // namespace moequant
