// What `demo` does: which corpora, which calibration sets, which quantizations, as jobs.
#pragma once
#include "core/job/job.h"
#include "core/stages/job_parts.h"

#include <string>
#include <vector>

namespace moequant {

/// A corpus that perplexity is measured on.
struct DemoCorpus {
    std::string title; ///< "WikiText-2"
    std::string spec;
};

/// A calibration set.
struct DemoCalibration {
    std::string title, name; ///< "WikiText-2", and for folders "wikitext2"
    std::string spec;        ///< of EBSS: `tokens:` of the sampled set
    std::size_t against = 0; ///< index of the set it is compared with; its own: none
};

/// One quantized checkpoint.
struct DemoVariant {
    std::string title, name; ///< "GPTQ+AGQ 3-bit, EBSS", "gptq-agq-3bit-ebss"
    int bits = 4;
    bool rtn = false, agq = false;
    std::size_t calibration = 0; ///< unused by RTN
    bool exported = false;       ///< lies in OUT/checkpoint
};

struct DemoPlan {
    bool full = false, builtin = false;
    std::int64_t samples = 64, length = 512;
    std::vector<DemoCorpus> corpora;
    std::vector<DemoCalibration> calibrations; ///< EBSS is the last
    std::vector<DemoVariant> variants;
    std::vector<std::string> notes; ///< what a reader must know about the choice
    std::filesystem::path out;

    std::filesystem::path ebss_set() const { return out / "ebss.jsonl"; }
};

/// Names of corpora (wikitext2, …) that the demo would use and that are not there.
std::vector<std::string> missing_corpora(const Job& demo);

/// Throws RequestError for --full without the real corpora.
DemoPlan make_demo_plan(const Job& demo, const std::filesystem::path& out);

/// The parts of the plan in the order in which they run.
std::vector<JobPart> demo_parts(const DemoPlan& plan, const Job& demo);
std::string usage_part(const DemoCalibration& calibration);
std::string quantize_part(const DemoVariant& variant);
std::string evaluate_part(const DemoVariant& variant);

} // namespace moequant
