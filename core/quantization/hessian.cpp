#include "core/quantization/hessian.h"

#include "core/job/error.h"
#include "core/quantization/tiles.h"

#include <algorithm>

namespace moequant {
namespace {

constexpr std::int64_t kTileCols = 256; ///< edge of the squares that one thread computes at a time

struct Square {
    std::int64_t top, left, height, width;
    at::Tensor of(const at::Tensor& matrix) const {
        return matrix.narrow(0, top, height).narrow(1, left, width);
    }
};

/// The squares that cover the upper triangle of [cols, cols].
std::vector<Square> upper_squares(std::int64_t cols) {
    std::vector<Square> squares;
    for (std::int64_t top = 0; top < cols; top += kTileCols)
        for (std::int64_t left = top; left < cols; left += kTileCols)
            squares.push_back({top, left, std::min(kTileCols, cols - top), std::min(kTileCols, cols - left)});
    return squares;
}

} // namespace

void add_outer_products(const at::Tensor& sum, const at::Tensor& x, const at::Tensor& c) {
    const at::Tensor scaled = c.defined() ? x.mul(c.unsqueeze(1)) : x;
    if (!sum.device().is_cpu()) {
        sum.addmm_(scaled.t(), x);
        return;
    }
    const std::vector<Square> squares = upper_squares(sum.size(0));
    for_tiles(std::ssize(squares), [&](std::int64_t i) {
        const Square& square = squares[i];
        square.of(sum).addmm_(scaled.narrow(1, square.top, square.height).t(),
                              x.narrow(1, square.left, square.width));
    });
}

void HessianSums::count(double c, const std::string& name) {
    if (!std::isfinite(c) || c < 0)
        throw RunError("an affinity for " + name + " is negative or not finite");
    ++tokens;
    weight_sum += c;
    square_sum += c * c;
    weights_seen = weights_seen || c != 1;
}

Hessian::Hessian(std::string name, const HessianSums& sums)
    : name_(std::move(name)),
      cols_(sums.plain.size(0)),
      device_(sums.plain.device()),
      plain_(sums.plain),
      weighted_(sums.weighted),
      kept_({sums.rows}),
      counts_(sums) {
    for (at::Tensor* tensor : {&counts_.plain, &counts_.weighted, &counts_.rows})
        tensor->reset();
}

Hessian::Hessian(std::string name, std::int64_t cols, at::Device device)
    : name_(std::move(name)),
      cols_(cols),
      device_(device),
      plain_(at::zeros({cols, cols}, at::TensorOptions(device).dtype(at::kFloat))) {}

void Hessian::add(const at::Tensor& x, const std::optional<at::Tensor>& weights) {
    TORCH_CHECK(x.dim() == 2 && x.size(1) == cols_, name_, ": inputs of shape ", x.sizes(), " for ", cols_,
                " columns");
    TORCH_CHECK(!weights || (weights->dim() == 1 && weights->size(0) == x.size(0)), name_,
                ": a weight for each row");
    const std::int64_t count = x.size(0);
    if (count == 0)
        return;
    if (!at::isfinite(x).all().item<bool>())
        throw RunError("the inputs of " + name_ + " hold NaN or infinite values");
    const at::Tensor c = weights ? weights->to(at::kCPU, at::kDouble).contiguous() : at::Tensor();
    for (std::int64_t i = 0; i < count; ++i)
        counts_.count(c.defined() ? c.const_data_ptr<double>()[i] : 1, name_);
    for (std::int64_t done = 0; done < count;) {
        const std::int64_t taken = std::min(count - done, kTileRows - filled_);
        const std::int64_t capacity = rows_.defined() ? rows_.size(0) : 0;
        if (filled_ + taken > capacity) { // most experts see few rows: grow instead of reserving a whole tile
            const std::int64_t wanted = std::min(kTileRows, std::max(filled_ + taken, 2 * capacity));
            const at::Tensor rows = at::empty({wanted, cols_}, plain_.options());
            const at::Tensor row_weights = at::empty({wanted}, plain_.options());
            if (filled_ > 0) {
                rows.narrow(0, 0, filled_).copy_(rows_.narrow(0, 0, filled_));
                row_weights.narrow(0, 0, filled_).copy_(row_weights_.narrow(0, 0, filled_));
            }
            rows_ = rows;
            row_weights_ = row_weights;
        }
        rows_.narrow(0, filled_, taken).copy_(x.narrow(0, done, taken));
        if (weights)
            row_weights_.narrow(0, filled_, taken).copy_(weights->narrow(0, done, taken));
        else
            row_weights_.narrow(0, filled_, taken).fill_(1);
        filled_ += taken;
        done += taken;
        if (filled_ == kTileRows)
            flush();
    }
}

void Hessian::flush() {
    const at::Tensor x = rows_.narrow(0, 0, filled_);
    if (counts_.weights_seen && !weighted_.defined())
        weighted_ = plain_.clone(); // every row before this tile had c = 1
    if (weighted_.defined())
        add_outer_products(weighted_, x, row_weights_.narrow(0, 0, filled_));
    add_outer_products(plain_, x, {});
    if (kept_.size() < kKeptTiles)
        kept_.push_back(x.narrow(0, 0, std::min(filled_, kKeptRows)).clone());
    filled_ = 0;
}

at::Tensor Hessian::some_rows() const {
    std::vector<at::Tensor> rows = kept_;
    if (filled_ > 0 && rows.size() < kKeptTiles)
        rows.push_back(rows_.narrow(0, 0, std::min(filled_, kKeptRows)));
    return rows.empty() ? at::empty({0, cols_}, plain_.options()) : at::cat(rows);
}

at::Tensor Hessian::finished(const at::Tensor& sum, bool weighted) const {
    at::Tensor total = sum.clone();
    if (filled_ > 0)
        add_outer_products(total, rows_.narrow(0, 0, filled_),
                           weighted ? row_weights_.narrow(0, 0, filled_) : at::Tensor());
    return total.triu().add_(total.triu(1).t());
}

at::Tensor Hessian::unweighted() const {
    return finished(plain_, false);
}

at::Tensor Hessian::weighted() const {
    return finished(weighted_.defined() ? weighted_ : plain_, counts_.weights_seen);
}

double Hessian::effective_tokens() const {
    return counts_.square_sum > 0 ? counts_.weight_sum * counts_.weight_sum / counts_.square_sum : 0;
}

OutputError output_error(const at::Tensor& weight, const at::Tensor& quantized, const at::Tensor& unweighted,
                         const at::Tensor& weighted) {
    // tr(A·H·Aᵀ) = Σ H∘(AᵀA): the Gram squares of Δ and W, computed once, serve both Hessians.
    const at::Tensor delta = quantized - weight;
    OutputError error;
    {
        const SingleThread alone; // the order of the sum must not depend on their number
        error.weight_mse = delta.square().mean(at::kDouble).item<double>();
    }
    if (!unweighted.defined())
        return error;
    const std::vector<Square> squares = upper_squares(weight.size(1));
    std::vector<std::array<double, 4>> parts(squares.size());
    const auto add_square = [&](std::int64_t i) {
        const Square& square = squares[i];
        const double times = square.top == square.left ? 1 : 2;
        const auto gram = [&](const at::Tensor& a) {
            return a.narrow(1, square.top, square.height).t().mm(a.narrow(1, square.left, square.width));
        };
        const auto weigh = [&](const at::Tensor& g, const at::Tensor& h) {
            return times * g.mul(square.of(h)).sum(at::kDouble).item<double>();
        };
        const at::Tensor of_delta = gram(delta), of_weight = gram(weight);
        parts[i] = {weigh(of_delta, unweighted), weigh(of_weight, unweighted), weigh(of_delta, weighted),
                    weigh(of_weight, weighted)};
    };
    if (weight.device().is_cpu())
        for_tiles(std::ssize(squares), add_square);
    else
        for (std::int64_t i = 0; i < std::ssize(squares); ++i)
            add_square(i);
    std::array<double, 4> total{};
    for (const auto& part : parts)
        for (std::size_t i = 0; i < total.size(); ++i)
            total[i] += part[i];
    const auto ratio = [](double above, double below) -> std::optional<double> {
        if (!(below > 0))
            return std::nullopt;
        return std::max(above, 0.0) / below;
    };
    error.relative_output_error = ratio(total[0], total[1]);
    error.weighted_output_error = ratio(total[2], total[3]);
    return error;
}

} // namespace moequant
