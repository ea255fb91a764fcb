// The built-in sample model rounded to nearest, as a request for a checkpoint.
#pragma once
#include "core/checkpoint/writer.h"
#include "core/model/safetensors.h"
#include "core/quantization/rtn.h"

namespace moequant {

inline const std::filesystem::path sample_folder = MOEQUANT_SOURCE_DIR "/resources/sample-model";

/// All linears of the sample's layers but router and shared gate.
inline std::vector<std::string> sample_linears(const TensorSource& source) {
    std::vector<std::string> linears;
    for (const std::string& name : source.names())
        if (name.starts_with("model.layers.") && name.ends_with(".weight") &&
            source.shape(name).size() == 2 && !name.ends_with("gate.weight"))
            linears.push_back(name.substr(0, name.size() - std::string_view(".weight").size()));
    return linears;
}

inline CheckpointRequest sample_request(const TensorSource& source, Format format, GridOptions grid) {
    grid = grid_for(format, at::kBFloat16, grid);
    std::map<std::string, GridOptions> linears;
    for (const std::string& name : sample_linears(source))
        linears[name] = grid;
    return {.model = sample_folder,
            .source = &source,
            .record = {.format = format, .grid = grid, .linears = linears},
            .linear = [&source, grid](const std::string& name) {
                return rtn(source.load(name + ".weight"), grid, name);
            }};
}

/// The same with the grid of each linear by its name.
inline CheckpointRequest mixed_request(const TensorSource& source, Format format,
                                       const std::function<GridOptions(const std::string& name)>& grid_of) {
    std::map<std::string, GridOptions> linears;
    for (const std::string& name : sample_linears(source))
        linears[name] = grid_for(format, at::kBFloat16, grid_of(name));
    return {.model = sample_folder,
            .source = &source,
            .record = {.format = format, .grid = majority_grid(linears), .linears = linears},
            .linear = [&source, linears](const std::string& name) {
                return rtn(source.load(name + ".weight"), linears.at(name), name);
            }};
}

} // namespace moequant
