#include "core/quantization/gptq_columns.h"
#include "core/quantization/grid_rule.h"
#include "core/quantization/tiles.h"

#include <array>
#include <limits>

// One binary for all x86-64 machines, the loop compiled for each level. Sanitizers cannot instrument the
// resolver.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define MOEQUANT_CPU_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define MOEQUANT_CPU_CLONES
#endif

namespace moequant {
namespace {

constexpr int kRows = 64; ///< rows of a tile; 128 columns of them fill half the first-level cache

/// The state of a tile's rows within a block of columns; arrays are [column of the block][row of the tile].
template <class Real>
struct Block {
    Real* w;                                  ///< weights as compensated so far
    Real* error;                              ///< out: (w − ŵ)/U_jj of the finished columns
    std::uint8_t* codes;                      ///< out
    const Real* u;                            ///< U at the block's first row and column
    std::int64_t stride;                      ///< of U
    std::int64_t width;                       ///< columns of the block
    std::array<Real, kRows> scale, low, high; ///< low = −zero, high = 2^b − 1 − zero, in steps
};

/// Rounds columns first … last−1 and compensates all later columns of the block.
template <class Real>
[[gnu::always_inline]] inline void round_columns(Block<Real>& block, std::int64_t first, std::int64_t last) {
    // Adding and subtracting 1.5·2^(mantissa bits − 1) rounds to the nearest integer, ties to even, as
    // round() does in ATen, and unlike nearbyint vectorises everywhere.
    constexpr Real magic = Real(3) * (std::int64_t(1) << (std::numeric_limits<Real>::digits - 2));
    for (std::int64_t j = first; j < last; ++j) {
        Real* w = block.w + j * kRows;
        Real* error = block.error + j * kRows;
        std::uint8_t* codes = block.codes + j * kRows;
        const Real* u = block.u + j * block.stride;
        const Real diagonal = u[j];
        for (int r = 0; r < kRows; ++r) {
            Real steps = w[r] / block.scale[r];
            steps = steps < block.low[r] ? block.low[r] : steps;
            steps = steps > block.high[r] ? block.high[r] : steps;
            steps = (steps + magic) - magic;
            codes[r] = static_cast<std::uint8_t>(static_cast<int>(steps - block.low[r]));
            error[r] = (w[r] - steps * block.scale[r]) / diagonal;
        }
        for (std::int64_t k = j + 1; k < block.width; ++k) {
            Real* later = block.w + k * kRows;
            const Real factor = u[k];
            for (int r = 0; r < kRows; ++r)
                later[r] -= error[r] * factor;
        }
    }
}

MOEQUANT_CPU_CLONES void round_in_block(Block<float>& block, std::int64_t first, std::int64_t last) {
    round_columns(block, first, last);
}
MOEQUANT_CPU_CLONES void round_in_block(Block<double>& block, std::int64_t first, std::int64_t last) {
    round_columns(block, first, last);
}

template <class Real>
class Tile {
  public:
    Tile(const ColumnLoop& loop, std::int64_t first_row)
        : loop_(loop),
          first_row_(first_row),
          rows_(std::min<std::int64_t>(kRows, loop.weight.size(0) - first_row)),
          cols_(loop.weight.size(1)),
          group_(columns_per_group(loop.grid, cols_)),
          work_(::at::zeros({kRows, cols_}, loop.weight.options())),
          error_(at::empty({loop.block, kRows}, loop.weight.options())),
          w_(loop.block * kRows),
          codes_(loop.block * kRows) {
        const at::Tensor mine = loop.weight.narrow(0, first_row, rows_);
        work_.narrow(0, 0, rows_).copy_(loop.order.defined() ? mine.index_select(1, loop.order) : mine);
        block_.scale.fill(1); // rows beyond the last one are zeros on a grid of ones
        block_.low.fill(0);
        block_.high.fill(0);
    }

    void run() {
        for (std::int64_t begin = 0, end = 0; begin < cols_; begin = end) {
            end = block_end(begin, cols_, loop_.block, group_);
            run_block(begin, end);
        }
    }

  private:
    void run_block(std::int64_t begin, std::int64_t end) {
        const std::int64_t width = end - begin;
        const Real* work = work_.const_data_ptr<Real>();
        for (int r = 0; r < kRows; ++r)
            for (std::int64_t j = 0; j < width; ++j)
                w_[j * kRows + r] = work[r * cols_ + begin + j];
        block_.w = w_.data();
        block_.error = error_.data_ptr<Real>();
        block_.codes = codes_.data();
        block_.stride = loop_.upper.stride(0);
        block_.u = loop_.upper.const_data_ptr<Real>() + begin * block_.stride + begin;
        block_.width = width;
        for (std::int64_t j = 0, next = 0; j < width; j = next) {
            next = j + 1;
            while (next < width && group_of(begin + next) == group_of(begin + j))
                ++next;
            const std::int64_t group = group_of(begin + j);
            if (!loop_.static_scales && (begin + j) % group_ == 0)
                find_group(group, begin, j, width);
            use_group(group);
            round_in_block(block_, j, next);
        }
        store_codes(begin, width);
        if (end < cols_)
            work_.narrow(1, end, cols_ - end)
                .addmm_(error_.narrow(0, 0, width).t(),
                        loop_.upper.narrow(0, begin, width).narrow(1, end, cols_ - end), 1, -1);
    }

    std::int64_t original(std::int64_t column) const {
        return loop_.order.defined() ? loop_.order.const_data_ptr<std::int64_t>()[column] : column;
    }
    std::int64_t group_of(std::int64_t column) const { return original(column) / group_; }

    /// The group begins at column j of the block; it lies whole in it, or began with it and reaches into
    /// work_.
    void find_group(std::int64_t group, std::int64_t begin, std::int64_t j, std::int64_t width) {
        const Real* work = work_.const_data_ptr<Real>();
        for (int r = 0; r < rows_; ++r) {
            Real low = 0, high = 0;
            for (std::int64_t k = 0; k < group_; ++k) {
                const Real value = j + k < width ? w_[(j + k) * kRows + r] : work[r * cols_ + begin + j + k];
                low = std::min(low, value);
                high = std::max(high, value);
            }
            const ScaleAndZero found = scale_and_zero(low, high, loop_.grid);
            loop_.scales.scales.data_ptr<float>()[at(r, group)] = found.scale;
            loop_.scales.zeros.data_ptr<int>()[at(r, group)] = found.zero;
        }
    }

    void use_group(std::int64_t group) {
        const Real top = static_cast<Real>((1 << loop_.grid.bits) - 1);
        for (int r = 0; r < rows_; ++r) {
            block_.scale[r] = loop_.scales.scales.const_data_ptr<float>()[at(r, group)];
            block_.low[r] = static_cast<Real>(-loop_.scales.zeros.const_data_ptr<int>()[at(r, group)]);
            block_.high[r] = top + block_.low[r];
        }
    }

    void store_codes(std::int64_t begin, std::int64_t width) {
        for (int r = 0; r < rows_; ++r) {
            std::uint8_t* row = loop_.codes.data_ptr<std::uint8_t>() + (first_row_ + r) * cols_;
            for (std::int64_t j = 0; j < width; ++j)
                row[original(begin + j)] = codes_[j * kRows + r];
        }
    }

    std::int64_t at(int row, std::int64_t group) const {
        return (first_row_ + row) * (cols_ / group_) + group;
    }

    const ColumnLoop& loop_;
    std::int64_t first_row_, rows_, cols_, group_;
    at::Tensor work_;  ///< [kRows, cols], processing order; columns of finished blocks are stale
    at::Tensor error_; ///< [block, kRows]
    std::vector<Real> w_;
    std::vector<std::uint8_t> codes_;
    Block<Real> block_{};
};

} // namespace

void quantize_on_cpu(const ColumnLoop& loop) {
    const std::int64_t tiles = (loop.weight.size(0) + kRows - 1) / kRows;
    for_tiles(tiles, [&](std::int64_t tile) {
        if (loop.weight.scalar_type() == at::kDouble)
            Tile<double>(loop, tile * kRows).run();
        else
            Tile<float>(loop, tile * kRows).run();
    });
}

} // namespace moequant
