// Where the program's own files and the user's data lie.
#pragma once
#include <filesystem>
#include <string>

namespace moequant {

/// The resources folder: $MOEQUANT_RESOURCES, ../share/moequant beside the program, or the source tree's.
/// Throws RequestError when none of them is there.
std::filesystem::path resources_folder();

/// The folder that MODEL means: `sample` is the built-in model, everything else a path.
std::filesystem::path model_folder(const std::string& model);

/// $XDG_DATA_HOME/moequant, or ~/.local/share/moequant.
std::filesystem::path user_data_folder();

/// The folder of the running program.
std::filesystem::path program_folder();

} // namespace moequant
