// The tables of the Lab page.
#pragma once
#include "app/workbench/lab_report.h"
#include "widgets/tables/run_model.h"

namespace moequant {

/// Estimator, sampling and quantity, the order that was measured and the one that theory gives.
void show_orders(RunModel& model, const LabReport& report);
/// Whether there is a bias σ²/(nε²).
void show_source_terms(RunModel& model, const LabReport& report);
/// One row an expert, in the order of `report.experts`.
void show_lab_experts(RunModel& model, const LabReport& report);

/// "No sign of a bias σ²/(nε²): …" in one sentence, of independent samples; empty
/// where it was not looked for.
QString source_term_text(const LabReport& report);
/// "Spearman's ρ of Hessian and quantization error 0.83, …"; empty where no expert was measured.
QString correlation_text(const LabReport& report);

} // namespace moequant
