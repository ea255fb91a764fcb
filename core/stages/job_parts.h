// A long job made of others: each part is a job of its own with its own run folder, so that a killed whole
// goes on at the part that was interrupted.
#pragma once
#include "core/stages/stage.h"

#include <chrono>
#include <filesystem>
#include <set>
#include <string>

namespace moequant {

struct JobPart {
    std::string name;  ///< of its run folder
    std::string title; ///< what the progress bar says
    Job job;           ///< resolved; `run` is set when it starts
    double weight = 1; ///< how long it takes, in the units of the others
};

/// Runs parts one by one with one progress bar, with the time left, over all of them.
class JobParts {
  public:
    /// `folder` holds the parts' run folders; `total` is the sum of all weights. `float_model` is the one
    /// that most parts work on: it stays open.
    JobParts(StageContext& context, std::filesystem::path folder, double total,
             std::string float_model = "sample");

    /// The part's result; of a part finished before, the stored one.
    nlohmann::json run(const JobPart& part);
    /// Counts a part as finished before.
    void skip(const JobPart& part);

    std::filesystem::path folder(const std::string& name) const { return folder_ / name; }

  private:
    void show(const std::string& title, double done);

    StageContext& context_;
    Session float_session_, other_session_; ///< evaluated checkpoints do not push the float model out
    std::filesystem::path folder_;
    std::string float_model_;
    double total_, done_ = 0, skipped_ = 0;
    std::chrono::steady_clock::time_point begin_, last_;
    std::string last_title_;
    std::set<std::string> warned_;
};

} // namespace moequant
