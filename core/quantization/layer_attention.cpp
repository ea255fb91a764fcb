#include "core/quantization/layer_work.h"

namespace moequant {

at::Tensor LayerWork::normed(std::size_t b, const at::Tensor& norm) const {
    return rms_norm(inputs_->hidden[b].to(norm.options()).view({-1, config_.hidden_size}), norm,
                    config_.rms_norm_eps);
}

at::Tensor LayerWork::scored(const at::Tensor& x, std::size_t b) const {
    if (inputs_->skip == 0)
        return x;
    const std::int64_t batch = inputs_->hidden[b].size(0), length = inputs_->hidden[b].size(1);
    return x.view({batch, length, x.size(1)})
        .narrow(1, inputs_->skip, length - inputs_->skip)
        .reshape({-1, x.size(1)});
}

void LayerWork::write_back(std::size_t b, const at::Tensor& value) {
    at::Tensor& hidden = inputs_->hidden[b];
    const at::Tensor sum = hidden.to(value.options()).view(value.sizes()) + value;
    hidden = sum.view(hidden.sizes()).to(hidden.options());
}

at::Tensor LayerWork::attended(std::size_t b) const {
    const at::Tensor x = normed(b, weights_.input_norm);
    return attend(config_, layer_, project_qkv(config_, weights_, x, inputs_->hidden[b].size(0), 0, *rope_));
}

void LayerWork::attention() {
    const std::size_t batches = inputs_->hidden.size();
    const bool calibrated = any_selected({Role::Q, Role::K, Role::V}, LinearInfo::none);
    InputStatistics inputs = statistics(Role::Q, LinearInfo::none, false);
    for (std::size_t b = 0; calibrated && b < batches; ++b) {
        check_stop(stop_);
        inputs.add(scored(normed(b, weights_.input_norm), b), {});
    }
    if (scaling() && calibrated)
        scale_attention_inputs(inputs);
    const Calibration qkv = known(inputs);
    // AWQ takes o's scale out of v, but knows it only from what the quantized q, k and v give.
    const bool through_v = scaling() && any_selected({Role::O}, LinearInfo::none);
    const std::size_t v = find(Role::V, LinearInfo::none);
    const at::Tensor v_weight = weights_.v;
    if (!through_v) {
        quantize_group({Role::Q, Role::K, Role::V}, LinearInfo::none, qkv);
    } else {
        quantize_group({Role::Q, Role::K}, LinearInfo::none, qkv);
        if (selected(linears_[v]))
            quantize_one(v, qkv, {}, Clock::now(), {}, /*final=*/false);
    }
    std::vector<at::Tensor> heads(batches);
    const auto attend_all = [&] {
        InputStatistics sums = statistics(Role::O, LinearInfo::none, false);
        for (std::size_t b = 0; b < batches; ++b) {
            check_stop(stop_);
            heads[b] = attended(b);
            if (any_selected({Role::O}, LinearInfo::none))
                sums.add(scored(heads[b], b), {});
        }
        return sums;
    };
    InputStatistics outputs = attend_all();
    if (through_v) {
        weights_.v = v_weight;
        const at::Tensor scale = scale_values(outputs);
        if (selected(linears_[v]))
            quantize_one(v, qkv, {}, Clock::now(), scale);
        if (scale.defined())
            outputs = attend_all();
    }
    quantize_group({Role::O}, LinearInfo::none, known(outputs));
    for (std::size_t b = 0; b < batches; ++b) {
        write_back(b, linear(heads[b], weights_.o, weights_.o_bias));
        heads[b].reset();
    }
}

} // namespace moequant
