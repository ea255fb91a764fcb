// The study of one row of one expert's linear: what is asked, and the loss that it is asked of.
#pragma once
#include "core/hessian_lab/mlp_inputs.h"
#include "core/hessian_lab/study.h"
#include "core/quantization/grid.h"
#include "core/stages/loaded_model.h"

#include <optional>

namespace moequant {

/// The studied linear, from the options of a prepared job.
struct LabTarget {
    LinearInfo linear;
    std::int64_t row = 0;
    std::vector<Entry> entries;
};

/// Role of the option `linear`.
Role lab_role(const Job& job);
/// Layer, expert, row and entries, drawn where they are not named. Throws RequestError naming the option.
LabTarget lab_target(const Job& job, const ModelConfig& config);
/// Of a polynomial: entries alone.
std::vector<Entry> polynomial_entries(const Job& job);

/// Grid of the options bits and group-size.
GridOptions lab_grid(const Job& job);
StudyOptions study_options(const Job& job);
std::int64_t lab_population(const Job& job);

/// The loss of `job` on the sequences `members` (ids with a BOS that was fed, `skip` of them) as they reach
/// the studied layer. Throws RequestError where the expert gets no token.
Problem lab_problem(const Job& job, const LabTarget& target, const LoadedModel& model,
                    const MlpInputs& inputs, const std::vector<at::Tensor>& ids,
                    std::span<const std::size_t> members, std::int64_t skip);

/// Refuses a loss `model` whose later layers in float64 do not fit the memory.
void check_tail_memory(const Job& job, const LabTarget& target, const ModelConfig& config);

} // namespace moequant
