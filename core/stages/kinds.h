// The stages, one pair of functions a job kind: prepare checks and fills in, run works
// (core/stages/<kind>.cpp).
#pragma once
#include "core/stages/stage.h"

namespace moequant {

void prepare_inspect(Job& job);
nlohmann::json run_inspect(const Job& job, StageContext& context);
void prepare_tokenize(Job& job);
nlohmann::json run_tokenize(const Job& job, StageContext& context);
void prepare_trace(Job& job);
nlohmann::json run_trace(const Job& job, StageContext& context);
void prepare_profile(Job& job);
nlohmann::json run_profile(const Job& job, StageContext& context);
void prepare_sample(Job& job);
nlohmann::json run_sample(const Job& job, StageContext& context);
void prepare_sweep(Job& job);
nlohmann::json run_sweep(const Job& job, StageContext& context);
void prepare_quantize(Job& job);
nlohmann::json run_quantize(const Job& job, StageContext& context);
void prepare_export(Job& job);
nlohmann::json run_export(const Job& job, StageContext& context);
void prepare_evaluate(Job& job);
nlohmann::json run_evaluate(const Job& job, StageContext& context);
void prepare_compare(Job& job);
nlohmann::json run_compare(const Job& job, StageContext& context);
void prepare_fetch(Job& job);
nlohmann::json run_fetch(const Job& job, StageContext& context);
void prepare_selftest(Job& job);
nlohmann::json run_selftest(const Job& job, StageContext& context);
void prepare_hessian_lab(Job& job);
nlohmann::json run_hessian_lab(const Job& job, StageContext& context);
void prepare_demo(Job& job);
nlohmann::json run_demo(const Job& job, StageContext& context);
void prepare_pipeline(Job& job);
nlohmann::json run_pipeline(const Job& job, StageContext& context);

} // namespace moequant
