#include "core/stages/verified_checkpoint.h"

#include "core/job/error.h"
#include "core/job/output_folder.h"

namespace moequant {

VerifiedCheckpoint write_and_verify(const CheckpointRequest& request, const std::filesystem::path& out,
                                    const Job& job, const std::string& run, const EventSink& emit,
                                    const std::stop_token& stop) {
    OutputFolder folder(out, job, run);
    const auto show = [&](std::int64_t done, std::int64_t total) {
        if (emit)
            emit({"progress",
                  {{"stage", "write"},
                   {"done", done},
                   {"total", total},
                   {"unit", "tensors"},
                   {"rate", 0},
                   {"left_s", nullptr}}});
    };
    VerifiedCheckpoint result;
    result.written = write_checkpoint(request, folder.partial(), show, stop);
    result.verification = verify_checkpoint(request, folder.partial(), stop);
    if (!result.verification.ok)
        throw RunError("the written checkpoint differs from what was meant: " +
                       (result.verification.faults.empty() ? std::string("no reason given")
                                                           : result.verification.faults[0]));
    folder.commit({{"verification", to_json(result.verification)}});
    return result;
}

} // namespace moequant
