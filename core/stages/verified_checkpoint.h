// A checkpoint in the place that a job names: written, read back, compared, and only then put there.
#pragma once
#include "core/checkpoint/writer.h"
#include "core/job/job.h"

namespace moequant {

struct VerifiedCheckpoint {
    WrittenCheckpoint written;
    Verification verification; ///< without a fault
};

/// `run`: the run's name, for the folder that is renamed to `out` when all is well. Progress goes to `emit`.
/// Throws RunError when what was written differs from what was meant, Cancelled.
VerifiedCheckpoint write_and_verify(const CheckpointRequest& request, const std::filesystem::path& out,
                                    const Job& job, const std::string& run, const EventSink& emit,
                                    const std::stop_token& stop);

} // namespace moequant
