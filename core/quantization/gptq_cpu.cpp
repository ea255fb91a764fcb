#include "core/model/lanes.h"
#include "core/quantization/gptq_columns.h"
#include "core/quantization/group_scale.h"
#include "core/quantization/panels.h"
#include "core/quantization/tiles.h"

#include <cstring>
#include <limits>
#include <vector>

namespace moequant {
namespace {

constexpr std::int64_t panels_of(std::int64_t cols) {
    return (cols + kPanel - 1) / kPanel;
}

/// U by panels of 8 columns, each [rows down to its diagonal][8] and dense, with zeros below the diagonal and
/// right of the last column.
template <class Real>
class PackedUpper {
  public:
    explicit PackedUpper(const at::Tensor& upper)
        : storage_(at::empty({offset(panels_of(upper.size(0)))}, upper.options())),
          packed_(storage_.data_ptr<Real>()) {
        const at::Tensor dense = upper.contiguous();
        const Real* u = dense.const_data_ptr<Real>();
        const std::int64_t cols = dense.size(0), panels = panels_of(cols),
                           tiles = (panels + kTile - 1) / kTile;
        for_tiles(tiles, [&](std::int64_t tile) { // the longest first
            const std::int64_t first = (tiles - 1 - tile) * kTile, last = std::min(panels, first + kTile);
            for (std::int64_t k = 0; k < last * kPanel; ++k)
                for (std::int64_t p = std::max(first, k / kPanel); p < last; ++p)
                    pack(u + k * cols + p * kPanel, k < cols ? cols - p * kPanel : 0,
                         packed_ + offset(p) + k * kPanel);
        });
    }
    /// Row k of panel p.
    const Real* at(std::int64_t p, std::int64_t k) const { return packed_ + offset(p) + k * kPanel; }

  private:
    static constexpr std::int64_t kTile = 8; ///< panels packed together: they share cache lines of U
    static std::int64_t offset(std::int64_t p) { return kPanel * kPanel * p * (p + 1) / 2; }
    static void pack(const Real* from, std::int64_t count, Real* to) {
        if (count >= kPanel)
            std::memcpy(to, from, kPanel * sizeof(Real));
        else
            for (std::int64_t j = 0; j < kPanel; ++j)
                to[j] = j < count ? from[j] : Real(0);
    }

    at::Tensor storage_;
    Real* packed_;
};

/// The grid of a strip of rows in one group, as the rounding loop wants it: in steps.
template <class Real>
struct StripGrid {
    alignas(64) Real scale[kStrip<Real>], low[kStrip<Real>],
        high[kStrip<Real>]; ///< low = −zero, high = low + 2^b − 1
};

/// Rounds columns first … last−1 of a panel (w [8][strip]) and compensates those after each up to `bound`;
/// `u` is U at the panel's diagonal, `error` and `codes` begin at column `first`.
template <class Real>
[[gnu::always_inline]] inline void round_columns(Real* w, int first, int last, int bound, const Real* u,
                                                 const StripGrid<Real>& grid, Real* error,
                                                 std::uint8_t* codes) {
    // Adding and subtracting 1.5·2^(mantissa bits − 1) rounds to the nearest integer, ties to even, as
    // round() does in ATen, and unlike nearbyint vectorises everywhere.
    constexpr Real magic = Real(3) * (std::int64_t(1) << (std::numeric_limits<Real>::digits - 2));
    constexpr int strip = kStrip<Real>;
    for (int j = first; j < last; ++j, error += strip, codes += strip) {
        Real* column = w + j * strip;
        const Real diagonal = u[j * kPanel + j];
        int code[strip];
        for (int r = 0; r < strip; ++r) {
            Real steps = column[r] / grid.scale[r];
            steps = steps < grid.low[r] ? grid.low[r] : steps;
            steps = steps > grid.high[r] ? grid.high[r] : steps;
            steps = (steps + magic) - magic;
            code[r] = static_cast<int>(steps - grid.low[r]);
            error[r] = (column[r] - steps * grid.scale[r]) / diagonal;
        }
        for (int r = 0; r < strip; ++r)
            codes[r] = static_cast<std::uint8_t>(code[r]);
        for (int k = j + 1; k < bound; ++k) {
            Real* later = w + k * strip;
            const Real factor = u[j * kPanel + k];
            for (int r = 0; r < strip; ++r)
                later[r] -= error[r] * factor;
        }
    }
}

MOEQUANT_CLONES void round_panel(float* w, int first, int last, int bound, const float* u,
                                 const StripGrid<float>& grid, float* error, std::uint8_t* codes) {
    round_columns(w, first, last, bound, u, grid, error, codes);
}
MOEQUANT_CLONES void round_panel(double* w, int first, int last, int bound, const double* u,
                                 const StripGrid<double>& grid, double* error, std::uint8_t* codes) {
    round_columns(w, first, last, bound, u, grid, error, codes);
}

/// Quantizes strips of rows, one at a time: the strip's weights lie transposed in second-level cache, the
/// errors of the block in the first.
template <class Real>
class Strip {
  public:
    Strip(const ColumnLoop& loop, const PackedUpper<Real>& upper, const std::vector<std::int64_t>& position)
        : loop_(loop),
          upper_(upper),
          position_(position),
          cols_(loop.weight.size(1)),
          group_(columns_per_group(loop.grid, cols_)),
          storage_(at::zeros({panels_of(cols_) * kPanel + std::min(loop.block, cols_), strip},
                             loop.weight.options())),
          w_(storage_.data_ptr<Real>()),
          error_(w_ + panels_of(cols_) * kPanel * strip),
          original_(loop.order.defined() ? loop.order.const_data_ptr<std::int64_t>() : nullptr),
          grids_(cols_ / group_),
          codes_(std::min(loop.block, cols_) * strip),
          values_(group_) {}

    void run(std::int64_t first_row) {
        first_row_ = first_row;
        rows_ = std::min<std::int64_t>(strip, loop_.weight.size(0) - first_row);
        load();
        for (std::int64_t g = 0; loop_.static_scales && g < cols_ / group_; ++g)
            use_scales(g);
        for (std::int64_t begin = 0, end = 0; begin < cols_; begin = end) {
            end = block_end(loop_, begin);
            if (!loop_.static_scales && begin % group_ == 0)
                find_scales_of(begin);
            run_block(begin, end);
        }
    }

  private:
    static constexpr int strip = kStrip<Real>;
    static constexpr std::int64_t kLine = 64 / sizeof(Real); ///< columns copied together

    Real* column(std::int64_t j) { return w_ + j * strip; }

    /// The rows' weights, transposed into processing order; rows beyond the last are zeros.
    void load() {
        const Real* from = loop_.weight.template const_data_ptr<Real>() + first_row_ * cols_;
        if (rows_ < strip)
            std::fill_n(w_, panels_of(cols_) * kPanel * strip, Real(0));
        const std::int64_t whole = position_.empty() ? cols_ / kLine * kLine : 0;
        for (std::int64_t begin = 0; begin < whole; begin += kLine) // a line of cache at a time
            for (std::int64_t r = 0; r < rows_; ++r) {
                const Real* line = from + r * cols_ + begin;
                Real* to = column(begin) + r;
#pragma GCC unroll 16
                for (std::int64_t c = 0; c < kLine; ++c)
                    to[c * strip] = line[c];
            }
        for (std::int64_t r = 0; r < rows_ && whole < cols_; ++r)
            for (std::int64_t c = whole; c < cols_; ++c)
                column(position_.empty() ? c : position_[c])[r] = from[r * cols_ + c];
    }

    void run_block(std::int64_t begin, std::int64_t end) {
        Real* error = error_;
        for (std::int64_t p = begin / kPanel; p * kPanel < end; ++p) {
            const std::int64_t top = p * kPanel, first = std::max(begin, top),
                               last = std::min(end, top + kPanel);
            if (first > begin)
                subtract_product(column(top), strip, error, upper_.at(p, begin), first - begin, false);
            for (std::int64_t j = first, next = first; j < last; j = next) { // runs of one group
                const std::int64_t group = group_of(j);
                while (next < last && group_of(next) == group)
                    ++next;
                round_panel(column(top), int(j - top), int(next - top), int(last - top), upper_.at(p, top),
                            grids_[group], error + (j - begin) * strip, codes_.data() + (j - begin) * strip);
            }
        }
        store_codes(begin, end);
        for (std::int64_t p = end / kPanel; p * kPanel < cols_; ++p) {
            // The panel that the block's end divides has had the errors of the columns left of it.
            const std::int64_t first = p * kPanel < end ? std::max(begin, p * kPanel) : begin;
            subtract_product(column(p * kPanel), strip, error + (first - begin) * strip, upper_.at(p, first),
                             end - first, false);
        }
    }

    std::int64_t original(std::int64_t column) const {
        return original_ ? original_[column] : column;
    }
    std::int64_t group_of(std::int64_t column) const {
        return original(column) / group_;
    }

    /// The group begins at column `begin`, which all earlier ones have compensated.
    void find_scales_of(std::int64_t begin) {
        const std::int64_t group = begin / group_;
        for (std::int64_t r = 0; r < rows_; ++r) {
            for (std::int64_t k = 0; k < group_; ++k)
                values_[k] = column(begin + k)[r];
            const ScaleAndZero found = group_scale(values_.data(), group_, loop_.grid);
            loop_.scales.scales.template data_ptr<float>()[at(r, group)] = found.scale;
            loop_.scales.zeros.template data_ptr<int>()[at(r, group)] = found.zero;
        }
        use_scales(group);
    }

    void use_scales(std::int64_t group) {
        StripGrid<Real>& grid = grids_[group];
        const Real top = static_cast<Real>((1 << loop_.grid.bits) - 1);
        for (std::int64_t r = 0; r < strip; ++r) { // rows beyond the last: zeros on a grid of ones
            grid.scale[r] =
                r < rows_ ? loop_.scales.scales.template const_data_ptr<float>()[at(r, group)] : 1;
            grid.low[r] = r < rows_ ? -loop_.scales.zeros.template const_data_ptr<int>()[at(r, group)] : 0;
            grid.high[r] = top + grid.low[r];
        }
    }

    void store_codes(std::int64_t begin, std::int64_t end) {
        for (std::int64_t r = 0; r < rows_; ++r) {
            std::uint8_t* row = loop_.codes.template data_ptr<std::uint8_t>() + (first_row_ + r) * cols_;
            for (std::int64_t j = begin; j < end; ++j)
                row[original(j)] = codes_[(j - begin) * strip + r];
        }
    }

    std::int64_t at(std::int64_t row, std::int64_t group) const {
        return (first_row_ + row) * (cols_ / group_) + group;
    }

    const ColumnLoop& loop_;
    const PackedUpper<Real>& upper_;
    const std::vector<std::int64_t>&
        position_; ///< of each original column in the processing order; empty: its own
    std::int64_t cols_, group_, first_row_ = 0, rows_ = 0;
    at::Tensor storage_;
    Real* w_;     ///< [cols, strip], processing order, as compensated so far; done columns are stale
    Real* error_; ///< [block, strip]: (w − ŵ)/U_jj
    const std::int64_t* original_; ///< the order, or null
    std::vector<StripGrid<Real>> grids_;
    std::vector<std::uint8_t> codes_;
    std::vector<Real> values_;
};

template <class Real>
void quantize(const ColumnLoop& loop) {
    const PackedUpper<Real> upper(loop.upper);
    std::vector<std::int64_t> position(loop.order.defined() ? loop.weight.size(1) : 0);
    for (std::size_t j = 0; j < position.size(); ++j)
        position[loop.order.const_data_ptr<std::int64_t>()[j]] = std::int64_t(j);
    for_tiles((loop.weight.size(0) + kStrip<Real> - 1) / kStrip<Real>,
              [&] { return Strip<Real>(loop, upper, position); },
              [](Strip<Real>& strip, std::int64_t tile) { strip.run(tile * kStrip<Real>); });
}

} // namespace

void quantize_on_cpu(const ColumnLoop& loop) {
    if (loop.weight.scalar_type() == at::kDouble)
        quantize<double>(loop);
    else
        quantize<float>(loop);
}

} // namespace moequant
