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
            const QuantizedCheckpoint written(folder_);
            check_headers(written.files());
            if (faults_ == 0) {
                check_floats(written.files());
                check_linears(written);
            }
            check_experts();
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
        const bool same = key.empty() ? found == expected
                                      : found.is_object() && found.contains(key) && found.at(key) == expected;
        if (!same)
            fault(file + ": the record of the quantization is not what was meant");
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
            const at::Tensor source = request_.source->load(tensor.name).contiguous();
            if (std::memcmp(stored.const_data_ptr(), source.const_data_ptr(), stored.nbytes()) != 0)
                fault("tensor " + tensor.name + ": differs from the source");
            else if (stored.is_floating_point() && !at::isfinite(stored).all().item<bool>())
                fault("tensor " + tensor.name + ": holds NaN or infinite values");
            ++result_.float_tensors;
        }
    }

    void check_linears(const QuantizedCheckpoint& written) {
        if (written.linears().size() != request_.record.quantized.size())
            fault("another number of quantized linears than meant");
        for (const std::string& name : request_.record.quantized) {
            check_stop(stop_);
            const QuantizedLinear stored = written.load_quantized(name), meant = request_.linear(name);
            if (!at::equal(stored.codes, meant.codes.cpu()))
                fault(name + ": codes differ from those computed");
            if (!at::equal(stored.scales, meant.scales.cpu()))
                fault(name + ": scales differ from those computed");
            if (!at::equal(stored.zeros, meant.zeros.cpu()))
                fault(name + ": zeros differ from those computed");
            if (!at::equal(stored.group_of, meant.group_of.cpu()))
                fault(name + ": group indices differ from those computed");
            if (!stored.scales.gt(0).all().item<bool>())
                fault(name + ": a scale is not above zero");
            ++result_.linears;
            result_.expert_linears += name.find(".experts.") != std::string::npos;
        }
    }

    /// Of a layer's routed experts either none or all are quantized: one float expert in a fused layer is
    /// fatal.
    void check_experts() {
        std::map<std::string, std::pair<std::int64_t, std::int64_t>> quantized_of; // layer: quantized, float
        const auto layer_of = [](const std::string& name) { return name.substr(0, name.find(".experts.")); };
        for (const std::string& name : request_.record.quantized)
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
