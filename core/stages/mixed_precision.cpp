#include "core/stages/mixed_precision.h"

#include "core/quantization/allocate_bits.h"

namespace moequant {

nlohmann::json to_json(const LayerCost& cost) {
    nlohmann::json experts = nlohmann::json::array();
    for (const ExpertCost& expert : cost.experts)
        experts.push_back(
            {{"expert", expert.expert}, {"weights", expert.weights}, {"errors", expert.errors}});
    return {{"energy", cost.energy}, {"experts", experts}};
}

LayerCost layer_cost_from_json(const nlohmann::json& document) {
    LayerCost cost;
    cost.energy = document.at("energy").get<double>();
    for (const auto& expert : document.at("experts"))
        cost.experts.push_back({expert.at("expert").get<int>(), expert.at("weights").get<std::int64_t>(),
                                expert.at("errors").get<std::vector<double>>()});
    return cost;
}

nlohmann::json assign_bits(QuantizePlan& plan, const ModelConfig& config,
                           const std::vector<LayerCost>& costs) {
    const MixedPrecision& mixed = *plan.mixed;
    struct Part {
        int layer, expert;
        std::size_t item;
        std::vector<double> errors;
    };
    std::vector<Part> parts;
    std::vector<BitItem> items;
    for (int layer = 0; layer < int(costs.size()); ++layer) {
        bool first = true;
        for (const ExpertCost& expert : costs[std::size_t(layer)].experts) {
            if (expert.weights == 0)
                continue;
            Part part{layer, expert.expert, 0, expert.errors};
            for (double& error : part.errors)
                error /= std::max(costs[std::size_t(layer)].energy, 1e-300);
            if (first || !mixed.whole_layers)
                items.push_back({0, std::vector<double>(mixed.choices.size(), 0)});
            first = false;
            part.item = items.size() - 1;
            items.back().weights += expert.weights;
            for (std::size_t c = 0; c < mixed.choices.size(); ++c)
                items.back().errors[c] += part.errors[c];
            parts.push_back(std::move(part));
        }
    }
    const Allocation allocation = allocate_bits(items, mixed.choices, mixed.average);
    std::map<std::pair<int, int>, int> bits_of;
    nlohmann::json experts = nlohmann::json::array(), uniform = nlohmann::json::object();
    for (std::size_t c = 0; c < mixed.choices.size(); ++c) {
        double sum = 0;
        for (const BitItem& item : items)
            sum += item.errors[c];
        uniform[std::to_string(mixed.choices[c])] = sum;
    }
    for (const Part& part : parts) {
        const std::size_t choice = allocation.choice[part.item];
        bits_of[{part.layer, part.expert}] = mixed.choices[choice];
        experts.push_back({{"layer", part.layer},
                           {"expert", part.expert},
                           {"bits", mixed.choices[choice]},
                           {"error", part.errors[choice]}});
    }
    for (const LinearInfo& linear : decoder_linears(config))
        if (const auto grid = plan.grids.find(linear.name); linear.expert >= 0 && grid != plan.grids.end())
            grid->second.bits = bits_of.at({linear.layer, linear.expert});
    return {{"average_bits", allocation.average_bits},
            {"predicted_error", allocation.error},
            {"uniform", uniform},
            {"exact", allocation.exact},
            {"unit", mixed.whole_layers ? "layer" : "expert"},
            {"experts", experts}};
}

} // namespace moequant
