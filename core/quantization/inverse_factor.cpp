#include "core/quantization/inverse_factor.h"

#include "core/model/lanes.h"
#include "core/quantization/panels.h"
#include "core/quantization/tiles.h"

#include <cmath>
#include <vector>

namespace moequant {
namespace {

constexpr int kBlock = 96; ///< columns of a step, a multiple of both strips and of the panel
constexpr int kTall = 48;  ///< rows that one tile updates

/// Lower triangle of the positive definite block[kBlock][kBlock] → the inverse of its Cholesky factor, zero
/// above the diagonal. Only the first `width` rows and columns count. False when a pivot is not positive.
template <class Real>
[[gnu::always_inline]] inline bool invert_block(Real* block, int width) {
    Real row[kBlock] = {};
    for (int p = 0; p < width; ++p) {
        const Real pivot = block[p * kBlock + p];
        if (!(pivot > 0))
            return false;
        const Real inverse = 1 / std::sqrt(pivot);
        for (int j = 0; j < p; ++j) // final: row p of the inverse
            row[j] = block[p * kBlock + j] *= inverse;
        row[p] = block[p * kBlock + p] = inverse;
        for (int i = p + 1; i < width; ++i)
            row[i] = block[i * kBlock + p] *= inverse; // column p of the factor
        for (int i = p + 1; i < width; ++i) {
            Real* below = block + i * kBlock;
            const Real factor = below[p];
            below[p] = 0;
            for (int j = 0; j < kBlock; ++j)
                below[j] -= factor * row[j];
        }
    }
    for (int i = 0; i < width; ++i)
        for (int j = i + 1; j < kBlock; ++j)
            block[i * kBlock + j] = 0;
    return true;
}

MOEQUANT_CLONES bool invert_diagonal(float* block, int width) {
    return invert_block(block, width);
}
MOEQUANT_CLONES bool invert_diagonal(double* block, int width) {
    return invert_block(block, width);
}

template <class Real>
class Sweep {
  public:
    Sweep(Real* matrix, std::int64_t n, const at::TensorOptions& options)
        : a_(matrix),
          n_(n),
          strips_(at::zeros({(n + width - 1) / width, kBlock, width}, options)),
          panels_(at::zeros({(n + kPanel - 1) / kPanel, kBlock, kPanel}, options)),
          diagonal_(at::empty({kBlock / kPanel, kBlock, kPanel}, options)),
          block_(at::empty({kBlock, kBlock}, options)),
          strip_(strips_.data_ptr<Real>()),
          panel_(panels_.data_ptr<Real>()) {}

    bool run() {
        for (std::int64_t begin = 0; begin < n_; begin += kBlock)
            if (!step(begin, std::min<std::int64_t>(kBlock, n_ - begin)))
                return false;
        return true;
    }

  private:
    static constexpr std::int64_t width = kStrip<Real>;
    static_assert(kBlock % width == 0 && kBlock % kPanel == 0);

    Real* strip(std::int64_t s) { return strip_ + s * kBlock * width; }
    Real* panel(std::int64_t p) { return panel_ + p * kBlock * kPanel; }
    Real* at(std::int64_t i, std::int64_t j) { return a_ + i * n_ + j; }

    /// Columns begin … begin+size−1 of the factor, rows of the inverse, and all they update.
    bool step(std::int64_t begin, std::int64_t size) {
        Real* block = block_.data_ptr<Real>();
        for (int i = 0; i < kBlock; ++i)
            for (int j = 0; j < kBlock; ++j)
                block[i * kBlock + j] = i < size && j < size ? *at(begin + i, begin + j) : Real(i == j);
        if (!invert_diagonal(block, kBlock))
            return false;
        Real* negative = diagonal_.data_ptr<Real>(); // so that subtracting products adds them
        for (int i = 0; i < kBlock; ++i)
            for (int k = 0; k < kBlock; ++k)
                negative[(i / kPanel * kBlock + k) * kPanel + i % kPanel] = -block[i * kBlock + k];
        const auto scratch = [this] { return at::empty({kBlock, width}, strips_.options()); };
        for_tiles(strips_.size(0), scratch, [&](const at::Tensor& input, std::int64_t s) {
            fill_strip(s, begin, size, input.data_ptr<Real>());
        });
        const std::int64_t first = (begin + kBlock) / kTall, tiles = (n_ + kTall - 1) / kTall;
        if (first < tiles)
            for_tiles(tiles - first, [&](std::int64_t tile) { // the longest rows first
                update_rows((tiles - 1 - tile) * kTall, begin, size);
            });
        return true;
    }

    /// Strip s of the block row that updates the rows below: left of the diagonal block the finished inverse,
    /// there the inverse of the diagonal, right of it the factor transposed.
    void fill_strip(std::int64_t s, std::int64_t begin, std::int64_t size, Real* input) {
        Real* out = strip(s);
        const std::int64_t first = s * width, count = std::min(width, n_ - first);
        if (first >= begin && first < begin + kBlock) {
            const Real* block = block_.const_data_ptr<Real>();
            for (std::int64_t k = 0; k < kBlock; ++k)
                for (std::int64_t j = 0; j < width; ++j)
                    out[k * width + j] = block[k * kBlock + first - begin + j];
        } else {
            if (first < begin) {
                for (std::int64_t k = 0; k < kBlock; ++k)
                    for (std::int64_t j = 0; j < width; ++j)
                        input[k * width + j] = k < size ? *at(begin + k, first + j) : Real(0);
            } else {
                for (std::int64_t j = 0; j < width; ++j)
                    for (std::int64_t k = 0; k < kBlock; ++k)
                        input[k * width + j] = j < count ? *at(first + j, begin + k) : Real(0);
            }
            for (std::int64_t i = 0; i < kBlock; i += kPanel)
                subtract_product(out + i * width, width, input, diagonal_.const_data_ptr<Real>() + i * kBlock,
                                 i + kPanel, true);
        }
        if (first < begin + kBlock) {
            for (std::int64_t k = 0; k < size; ++k)
                std::copy_n(out + k * width, count, at(begin + k, first));
            return;
        }
        for (std::int64_t j = 0; j < count; ++j) {
            Real* to = panel((first + j) / kPanel) + (first + j) % kPanel;
            for (std::int64_t k = 0; k < kBlock; ++k)
                to[k * kPanel] = out[k * width + j];
        }
    }

    /// Rows row … row+kTall−1, all strips up to their diagonal; what it writes above that is never read.
    void update_rows(std::int64_t row, std::int64_t begin, std::int64_t size) {
        const std::int64_t end = std::min(row + kTall, n_);
        for (std::int64_t first = 0; first < end; first += width) {
            const bool fresh = first >= begin && first < begin + kBlock;
            for (std::int64_t i = row; i < end; i += kPanel)
                if (i + kPanel > first)
                    update_tile(i, first, size, fresh);
        }
    }

    void update_tile(std::int64_t i, std::int64_t first, std::int64_t size, bool fresh) {
        const Real *columns = strip(first / width), *rows = panel(i / kPanel);
        if (i + kPanel <= n_ && first + width <= n_) {
            subtract_product(at(i, first), n_, columns, rows, size, fresh);
            return;
        }
        const std::int64_t height = std::min<std::int64_t>(kPanel, n_ - i),
                           count = std::min(width, n_ - first);
        Real tile[kPanel * width] = {};
        for (std::int64_t r = 0; r < height; ++r)
            std::copy_n(at(i + r, first), count, tile + r * width);
        subtract_product(tile, width, columns, rows, size, fresh);
        for (std::int64_t r = 0; r < height; ++r)
            std::copy_n(tile + r * width, count, at(i + r, first));
    }

    Real* a_; ///< [n, n]
    std::int64_t n_;
    at::Tensor strips_;   ///< [·, kBlock, width]: the block row
    at::Tensor panels_;   ///< [·, kBlock, kPanel]: the factor's block column
    at::Tensor diagonal_; ///< [·, kBlock, kPanel]: −inverse of the diagonal block
    at::Tensor block_;    ///< [kBlock, kBlock]: that inverse
    Real *strip_, *panel_;
};

/// Rows of a tile when whole matrices are copied.
constexpr std::int64_t kCopied = 32;

template <class Real>
void copy_reversed(const at::Tensor& matrix, const at::Tensor& diagonal, const at::Tensor& order, Real* out) {
    const std::int64_t n = matrix.size(0);
    const Real *from = matrix.const_data_ptr<Real>(), *mine = diagonal.const_data_ptr<Real>();
    const std::int64_t* original = order.defined() ? order.const_data_ptr<std::int64_t>() : nullptr;
    for_tiles((n + kCopied - 1) / kCopied, [&](std::int64_t tile) {
        for (std::int64_t i = tile * kCopied; i < std::min(n, (tile + 1) * kCopied); ++i) {
            const std::int64_t r = original ? original[n - 1 - i] : n - 1 - i;
            const Real* row = from + r * n;
            if (original)
                for (std::int64_t j = 0; j < i; ++j)
                    out[i * n + j] = row[original[n - 1 - j]];
            else
                std::reverse_copy(row + n - i, row + n, out + i * n);
            out[i * n + i] = mine[r];
        }
    });
}

/// `a` holds a lower triangle and anything above: turns it round into an upper one and zeros. False when it
/// holds what is not finite.
template <class Real>
bool reverse_in_place(Real* a, std::int64_t n) {
    const std::int64_t pairs = (n + 1) / 2;
    std::atomic<bool> finite = true;
    for_tiles((pairs + kCopied - 1) / kCopied, [&](std::int64_t tile) {
        std::vector<Real> kept(n);
        Real sum = 0;
        for (std::int64_t i = tile * kCopied; i < std::min(pairs, (tile + 1) * kCopied); ++i) {
            const std::int64_t other = n - 1 - i;
            Real *top = a + i * n, *bottom = a + other * n;
            std::copy_n(top, i + 1, kept.begin());
            for (std::int64_t j = 0; j <= i; ++j)
                sum += kept[j] * 0;
            for (std::int64_t j = 0; j <= other; ++j)
                sum += bottom[j] * 0;
            if (i != other)
                std::reverse_copy(bottom, bottom + other + 1, top + i);
            std::fill_n(top, i, Real(0));
            std::fill_n(bottom, other, Real(0));
            std::reverse_copy(kept.begin(), kept.begin() + i + 1, bottom + other);
        }
        if (sum != 0) // NaN
            finite = false;
    });
    return finite;
}

template <class Real>
at::Tensor invert(const at::Tensor& matrix, const at::Tensor& diagonal, const at::Tensor& order) {
    const std::int64_t n = matrix.size(0);
    at::Tensor upper = at::empty_like(matrix);
    Real* a = upper.data_ptr<Real>();
    copy_reversed<Real>(matrix, diagonal, order, a);
    const bool whole = Sweep<Real>(a, n, matrix.options()).run() && reverse_in_place(a, n);
    return whole ? upper : at::Tensor();
}

} // namespace

at::Tensor inverse_factor(const at::Tensor& matrix, const at::Tensor& diagonal, const at::Tensor& order) {
    return matrix.scalar_type() == at::kDouble ? invert<double>(matrix, diagonal, order)
                                               : invert<float>(matrix, diagonal, order);
}

} // namespace moequant
