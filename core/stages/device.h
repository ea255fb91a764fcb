// Where a job computes: threads, the device, and loading libtorch's CUDA part only when it is wanted.
#pragma once
#include "core/job/job.h"
#include "core/model/weights.h"

namespace moequant {

/// Reads the options device, dtype and threads: sets the number of threads, loads libtorch_cuda when
/// `--device cuda` asks for it or `auto` finds a driver, and says where to compute. `stored` is the dtype of
/// the checkpoint, used by
/// `--dtype auto` on CUDA; on the CPU auto is float32. Throws RequestError for a device that is not there.
/// Must be the first ATen call of the process when CUDA is to be used.
Compute prepare_compute(const Job& job, at::ScalarType stored = at::kFloat);

/// `--threads`, or as many as there are cores.
int thread_count(const Job& job);

/// Bytes of memory the job may use: `--memory`, else what is free now.
std::int64_t memory_budget(const Job& job);

} // namespace moequant
