#include "core/hessian_lab/expert_curve.h"

#include "core/calibration/draw.h"
#include "core/quantization/gptq.h"
#include "core/quantization/hessian.h"
#include "core/quantization/tiles.h"

#include <ATen/ops/linalg_eigvalsh.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace moequant {
namespace {

constexpr std::int64_t most_eigenvalues = 64;

double squared_norm(const at::Tensor& matrix) {
    return matrix.square().sum().item<double>();
}

/// The two Hessians of some tokens, normalised, float64.
struct Normalised {
    at::Tensor plain, weighted; ///< the latter undefined where all affinities vanish
};

Normalised normalised(const Hessian& hessian) {
    Normalised result{hessian.unweighted().to(at::kDouble) / double(hessian.tokens()), {}};
    if (hessian.affinity_sum() > 0)
        result.weighted = hessian.weighted().to(at::kDouble) / hessian.affinity_sum();
    return result;
}

/// What the reference says of a single token's contribution: E‖x·xᵀ − H‖² and, of the weighted mean, E
/// c²‖x·xᵀ − H_c‖²/(E c)².
struct TokenSpread {
    double plain = 0, weighted = 0;
};

TokenSpread token_spread(const LinearInputs& inputs, const Normalised& mean) {
    const at::Tensor x = inputs.x.to(at::kDouble), c = inputs.affinity.to(at::kDouble);
    const at::Tensor fourth = x.square().sum(-1).square(); // ‖x·xᵀ‖²
    TokenSpread spread;
    spread.plain = fourth.mean().item<double>() - squared_norm(mean.plain);
    if (mean.weighted.defined()) {
        const at::Tensor apart =
            fourth - 2 * (at::mm(x, mean.weighted) * x).sum(-1) + squared_norm(mean.weighted);
        spread.weighted = (c.square() * apart).mean().item<double>() / std::pow(c.mean().item<double>(), 2);
    }
    return spread;
}

class Curve {
  public:
    Curve(const at::Tensor& weight, const LinearInputs& reference, const CurveOptions& options,
          std::string name)
        : weight_(weight), options_(options), name_(std::move(name)), tokens_(double(reference.x.size(0))) {
        Hessian sum(name_, weight.size(1));
        sum.add(reference.x, reference.affinity);
        reference_ = normalised(sum);
        judge_ = sum.unweighted();
        spread_ = token_spread(reference, reference_);
        own_error_ = quantized_with(judge_);
    }

    std::optional<double> reference_error() const { return own_error_; }

    CurvePoint point(const Hessian& sample, std::int64_t repeat) const {
        const Normalised now = normalised(sample);
        CurvePoint point;
        point.n = sample.tokens();
        point.repeat = repeat;
        const auto error = [](const at::Tensor& a, const at::Tensor& b) {
            const double norm = squared_norm(b);
            return norm > 0 ? std::sqrt(squared_norm(a - b) / norm) : 0;
        };
        const auto predicted = [&](double spread, const at::Tensor& mean) {
            const double norm = squared_norm(mean);
            return norm > 0 ? std::sqrt(std::max(0.0, spread) * (1 / double(point.n) + 1 / tokens_) / norm)
                            : 0;
        };
        point.hessian_error = error(now.plain, reference_.plain);
        point.predicted_error = predicted(spread_.plain, reference_.plain);
        const double trace = now.plain.trace().item<double>(), squares = squared_norm(now.plain);
        point.rank = squares > 0 ? trace * trace / squares : 0;
        point.effective_tokens = sample.effective_tokens();
        if (now.weighted.defined() && reference_.weighted.defined()) {
            point.affinity_error = error(now.weighted, reference_.weighted);
            point.affinity_predicted_error = predicted(spread_.weighted, reference_.weighted);
        }
        point.quantization_error = quantized_with(sample.unweighted());
        if (point.quantization_error && own_error_ && *own_error_ > 0)
            point.excess_error = *point.quantization_error / *own_error_ - 1;
        return point;
    }

    void describe(ExpertCurve& curve) const {
        const at::Tensor values = at::linalg_eigvalsh(reference_.plain).clamp_min(0).flip(0).contiguous();
        const auto* value = values.const_data_ptr<double>();
        const std::int64_t count = values.numel();
        const double sum = values.sum().item<double>(), damp = options_.gptq.damp * sum / double(count);
        double entropy = 0;
        for (std::int64_t i = 0; i < count; ++i)
            if (value[i] > 0)
                entropy -= value[i] / sum * std::log(value[i] / sum);
        curve.effective_rank = sum > 0 ? std::exp(entropy) : 0;
        curve.condition = value[count - 1] + damp > 0 ? (value[0] + damp) / (value[count - 1] + damp) : 0;
        const std::int64_t shown = std::min(count, most_eigenvalues);
        for (std::int64_t i = 0; i < shown && value[0] > 0; ++i)
            curve.spectrum.push_back(value[shown > 1 ? i * (count - 1) / (shown - 1) : 0] / value[0]);
    }

  private:
    std::optional<double> quantized_with(const at::Tensor& hessian) const {
        const QuantizedLinear quantized =
            gptq(weight_, factorize(hessian, options_.gptq, name_), options_.gptq, name_);
        return output_error(weight_, quantized.dequantize(), judge_, judge_).relative_output_error;
    }

    at::Tensor weight_;
    const CurveOptions& options_;
    std::string name_;
    double tokens_;
    Normalised reference_;
    at::Tensor judge_; ///< Σ x·xᵀ of the reference, float32
    TokenSpread spread_;
    std::optional<double> own_error_;
};

} // namespace

ExpertCurve measure_expert(const at::Tensor& weight, const LinearInputs& calibration,
                           const LinearInputs& reference, const CurveOptions& options,
                           const std::string& name) {
    const SingleThread alone;
    ExpertCurve curve;
    curve.tokens = calibration.x.size(0);
    curve.reference_tokens = reference.x.size(0);
    curve.dimension = weight.size(1);
    if (curve.tokens > 0) {
        const at::Tensor c = calibration.affinity.to(at::kDouble);
        const double squares = squared_norm(c);
        curve.effective_tokens = squares > 0 ? std::pow(c.sum().item<double>(), 2) / squares : 0;
    }
    if (curve.reference_tokens == 0)
        return curve;
    const Curve judge(weight, reference, options, name);
    curve.reference_error = judge.reference_error();
    judge.describe(curve);
    if (curve.tokens == 0)
        return curve;
    Hessian whole(name, curve.dimension);
    whole.add(calibration.x, calibration.affinity);
    curve.calibration = judge.point(whole, 0);

    std::vector<std::int64_t> counts = options.n;
    std::sort(counts.begin(), counts.end());
    for (std::int64_t repeat = 0; repeat < options.repeats; ++repeat) {
        std::vector<std::int64_t> order(std::size_t(curve.tokens));
        std::iota(order.begin(), order.end(), 0);
        std::mt19937_64 engine(sequence_seed(options.seed, std::uint64_t(repeat)));
        shuffle(order, engine);
        const at::Tensor index = at::tensor(order, at::kLong);
        Hessian sample(name, curve.dimension);
        for (const std::int64_t n : counts) {
            if (n > curve.tokens)
                break;
            if (const std::int64_t more = n - sample.tokens(); more > 0) {
                const at::Tensor rows = index.narrow(0, sample.tokens(), more);
                sample.add(calibration.x.index_select(0, rows), calibration.affinity.index_select(0, rows));
                curve.points.push_back(judge.point(sample, repeat));
            }
        }
    }
    return curve;
}

} // namespace moequant
