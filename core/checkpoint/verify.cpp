#include "core/checkpoint/plan.h"
#include "core/checkpoint/reader.h"
#include "core/job/error.h"

#include <cstring>
#include <fstream>
#include <map>

namespace moequant {
namespace {

constexpr std::size_t kFaultsKept = 20;

class Verifier {
  public:
    Verifier(const CheckpointRequest& request, const std::filesystem::path& folder,
             const std::stop_token& stop)
        : request_(request), folder_(folder), stop_(stop), plan_(plan_checkpoint(request)) {}

    Verification run() {
        try {
            check_config("config.json", "quantization_config");
            if (request_.record.format == Format::gptq)
                check_config("quantize_config.json", "");
            if (request_.record.format == Format::floating) {
                const SafetensorsFolder written(folder_);
                check_headers(written);
                if (faults_ == 0) {
                    check_floats(written);
                    check_dequantized(written);
                }
            } else {
                const QuantizedCheckpoint written(folder_);
                check_headers(written.files());
                if (faults_ == 0) {
                    check_floats(written.files());
                    check_linears(written);
                }
                check_experts();
            }
        } catch (const RequestError& error) {
            fault(error.what());
        }
        result_.ok = faults_ == 0;
        return result_;
    }

  private:
    void fault(const std::string& text) {
        if (++faults_ <= kFaultsKept)
            result_.faults.push_back(text);
    }

    void check_config(const std::string& file, const std::string& key) {
        std::ifstream in(folder_ / file);
        const nlohmann::json found = nlohmann::json::parse(in, nullptr, /*allow_exceptions=*/false);
        const nlohmann::json expected = nlohmann::json::parse(planned_config(request_, plan_).dump());
        if (!found.is_object())
            return fault(file + ": is no JSON object");
        if ((key.empty() ? found : found.value(key, nlohmann::json())) != expected)
            fault(file + ": the record of the quantization is not what was meant");
        for (const auto& [name, value] : request_.config_changes.items())
            if (!key.empty() && found.value(name, nlohmann::json()) != value)
                fault(file + ": '" + name + "' is not what was meant");
    }

    /// The set of names, and every shape and dtype.
    void check_headers(const SafetensorsFolder& files) {
        std::map<std::string, const PlannedTensor*> expected;
        for (const PlannedTensor& tensor : plan_.tensors)
            expected[tensor.name] = &tensor;
        for (const std::string& name : files.names()) {
            const auto found = expected.find(name);
            if (found == expected.end()) {
                fault("tensor " + name + ": unexpected");
                continue;
            }
            const TensorEntry& entry = files.entry(name);
            if (entry.dtype != found->second->dtype || entry.shape != found->second->shape)
                fault("tensor " + name + ": another dtype or shape than meant");
            expected.erase(found);
        }
        for (const auto& missing : expected)
            fault("tensor " + missing.first + ": missing");
    }

    void check_floats(const SafetensorsFolder& files) {
        for (const PlannedTensor& tensor : plan_.tensors) {
            if (!tensor.linear.empty())
                continue;
            check_stop(stop_);
            const at::Tensor stored = files.load(tensor.name).contiguous();
            const at::Tensor source = request_.source->load(tensor.name).to(tensor.dtype).contiguous();
            if (std::memcmp(stored.const_data_ptr(), source.const_data_ptr(), stored.nbytes()) != 0)
                fault("tensor " + tensor.name + ": differs from the source");
            else if (stored.is_floating_point() && !at::isfinite(stored).all().item<bool>())
                fault("tensor " + tensor.name + ": holds NaN or infinite values");
            ++result_.float_tensors;
        }
    }

    void count_linear(const std::string& name) {
        ++result_.linears;
        result_.expert_linears += name.find(".experts.") != std::string::npos;
    }

    /// The written weights are the dequantized ones in the planned dtype.
    void check_dequantized(const SafetensorsFolder& files) {
        for (const PlannedTensor& tensor : plan_.tensors) {
            if (tensor.linear.empty())
                continue;
            check_stop(stop_);
            const at::Tensor meant = request_.linear(tensor.linear).dequantize().cpu().to(tensor.dtype);
            const at::Tensor stored = files.load(tensor.name);
            if (!at::isfinite(stored).all().item<bool>())
                fault("tensor " + tensor.name + ": holds NaN or infinite values");
            else if (!at::equal(stored, meant))
                fault("tensor " + tensor.name + ": differs from the dequantized weights");
            count_linear(tensor.linear);
        }
    }

    void check_linears(const QuantizedCheckpoint& written) {
        if (written.linears().size() != request_.record.linears.size())
            fault("another number of quantized linears than meant");
        for (const auto& [name, grid] : request_.record.linears) {
            check_stop(stop_);
            const QuantizedLinear stored = written.load_quantized(name);
            const QuantizedLinear meant = as_stored(request_.linear(name));
            if (stored.bits != grid.bits || meant.bits != grid.bits)
                fault(name + ": not the bits that were meant");
            if (!at::equal(stored.codes, meant.codes))
                fault(name + ": codes differ from those computed");
            if (!at::equal(stored.scales, meant.scales))
                fault(name + ": scales differ from those computed");
            if (!at::equal(stored.zeros, meant.zeros))
                fault(name + ": zeros differ from those computed");
            if (!at::equal(stored.group_of, meant.group_of))
                fault(name + ": group indices differ from those computed");
            if (!stored.scales.gt(0).all().item<bool>())
                fault(name + ": a scale is not above zero");
            count_linear(name);
        }
    }

    /// On the CPU, with the groups that the format stores: awq repeats the single scale of a row.
    QuantizedLinear as_stored(QuantizedLinear linear) const {
        for (at::Tensor* tensor : {&linear.codes, &linear.scales, &linear.zeros, &linear.group_of})
            *tensor = tensor->cpu();
        const std::int64_t width = stored_group_size(request_.record.format, linear.group_size);
        if (width != linear.group_size) {
            linear.scales = linear.scales.repeat({1, linear.cols() / width});
            linear.zeros = linear.zeros.repeat({1, linear.cols() / width});
            linear.group_of = at::arange(linear.cols(), at::kInt).floor_divide_(width);
        }
        return linear;
    }

    /// Of a layer's routed experts either none or all are quantized: one float expert in a fused layer is
    /// fatal.
    void check_experts() {
        std::map<std::string, std::pair<std::int64_t, std::int64_t>> quantized_of; // layer: quantized, float
        const auto layer_of = [](const std::string& name) { return name.substr(0, name.find(".experts.")); };
        for (const auto& [name, grid] : request_.record.linears)
            if (name.find(".experts.") != std::string::npos)
                ++quantized_of[layer_of(name)].first;
        for (const std::string& name : plan_.float_linears)
            if (name.find(".experts.") != std::string::npos)
                ++quantized_of[layer_of(name)].second;
        for (const auto& [layer, counts] : quantized_of)
            if (counts.first > 0 && counts.second > 0)
                fault(layer + ".experts: " + std::to_string(counts.second) +
                      " linears of its experts are not quantized");
    }

    const CheckpointRequest& request_;
    const std::filesystem::path& folder_;
    const std::stop_token& stop_;
    CheckpointPlan plan_;
    Verification result_;
    std::size_t faults_ = 0;
};

} // namespace

nlohmann::json to_json(const Verification& verification) {
    return {{"ok", verification.ok},
            {"linears", verification.linears},
            {"expert_linears", verification.expert_linears},
            {"float_tensors", verification.float_tensors},
            {"faults", verification.faults}};
}

Verification verify_checkpoint(const CheckpointRequest& request, const std::filesystem::path& folder,
                               const std::stop_token& stop) {
    return Verifier(request, folder, stop).run();
}

} // namespace moequant
