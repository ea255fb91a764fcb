// The folder that `-o OUT` names: built beside it and renamed when complete.
#pragma once
#include "core/job/job.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>

namespace moequant {

/// The place of the result may be used: for a folder it must not exist, be empty, or carry our
/// `moequant.json` of the same job; for a file it must be no folder, and its own folder must exist. Throws
/// RequestError naming it. Call it before the work starts.
void check_output(const Job& job);
void check_output_folder(const std::filesystem::path& out, const Job& job);

/// `OUT.partial-<run>` beside OUT, emptied when an interrupted run left it.
class OutputFolder {
  public:
    OutputFolder(std::filesystem::path out, const Job& job, const std::string& run_name);
    /// Removes the partial folder unless committed.
    ~OutputFolder();
    OutputFolder(const OutputFolder&) = delete;
    OutputFolder& operator=(const OutputFolder&) = delete;

    const std::filesystem::path& partial() const { return partial_; }
    /// Adds `moequant.json` (the job's identity, which knows no places, and `facts`) and takes OUT's place.
    void commit(const nlohmann::json& facts = nlohmann::json::object());

  private:
    std::filesystem::path out_, partial_;
    std::string run_name_;
    nlohmann::json identity_;
    bool committed_ = false;
};

} // namespace moequant
