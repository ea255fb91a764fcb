// `fetch`: a well-known corpus from its publisher.
#include "core/corpus/fetch.h"

#include "core/corpus/corpus.h"
#include "core/job/error.h"
#include "core/job/inputs.h"
#include "core/job/resources.h"
#include "core/stages/kinds.h"

#include <algorithm>

namespace moequant {
namespace {

std::filesystem::path address_table() {
    return resources_folder() / "corpora" / "corpora.json";
}

} // namespace

void prepare_fetch(Job& job) {
    const std::string name = text_option(job, "name");
    const auto names = fetchable_corpora(address_table());
    if (std::find(names.begin(), names.end(), name) == names.end()) {
        std::string known;
        for (const std::string& each : names)
            known += (known.empty() ? "" : ", ") + each;
        throw RequestError("fetch: unknown corpus '" + name + "' (known: " + known + ")");
    }
    job.inputs.update(hash_inputs("addresses", {address_table()}));
}

nlohmann::json run_fetch(const Job& job, StageContext& context) {
    const std::filesystem::path folder = has_option(job, "data")
                                             ? std::filesystem::path(text_option(job, "data"))
                                             : user_data_folder() / "corpora";
    const auto files =
        fetch_corpus(text_option(job, "name"), folder, address_table(), context.emit, context.stop);
    nlohmann::json list = nlohmann::json::array();
    std::int64_t bytes = 0;
    for (const FetchedFile& file : files) {
        list.push_back({{"path", file.path.string()},
                        {"sha256", file.sha256},
                        {"bytes", file.bytes},
                        {"was_there", file.was_there}});
        bytes += file.bytes;
    }
    if (files.empty())
        throw RunError("fetch: the address table lists no file for '" + text_option(job, "name") + "'");
    return {{"path", files.front().path.string()},
            {"sha256", files.front().sha256},
            {"bytes", bytes},
            {"files", list}};
}

} // namespace moequant
