#include "core/job/resources.h"

#include "core/job/error.h"

#include <cstdlib>
#include <vector>

namespace moequant {
namespace {

std::filesystem::path environment_path(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

} // namespace

std::filesystem::path program_folder() {
    std::error_code error;
    return std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
}

std::filesystem::path resources_folder() {
    if (const auto given = environment_path("MOEQUANT_RESOURCES"); !given.empty()) {
        if (!std::filesystem::is_directory(given))
            throw RequestError(given.string(), "$MOEQUANT_RESOURCES is no folder");
        return given;
    }
    for (const auto& folder :
         {program_folder() / "../share/moequant", std::filesystem::path(MOEQUANT_SOURCE_RESOURCES)}) {
        std::error_code error;
        if (std::filesystem::is_directory(folder / "sample-model", error))
            return folder.lexically_normal();
    }
    throw RequestError("the program's resources were not found; set $MOEQUANT_RESOURCES");
}

std::filesystem::path model_folder(const std::string& model) {
    return model == "sample" ? resources_folder() / "sample-model" : std::filesystem::path(model);
}

std::filesystem::path user_data_folder() {
    auto home = environment_path("XDG_DATA_HOME");
    if (!home.is_absolute()) // the XDG specification says to ignore relative ones
        home = environment_path("HOME") / ".local/share";
    return home / "moequant";
}

} // namespace moequant
