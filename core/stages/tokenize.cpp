// The tokenizer alone.
#include "core/job/atomic_file.h"
#include "core/job/error.h"
#include "core/job/inputs.h"
#include "core/job/resources.h"
#include "core/model/tokenizer/tokenizer.h"
#include "core/stages/kinds.h"

#include <fstream>
#include <sstream>

namespace moequant {

void prepare_tokenize(Job& job) {
    const bool text = has_option(job, "text_file"), ids = has_option(job, "decode");
    if (text == ids)
        throw RequestError("tokenize: give either --text-file or --decode");
    if (!Tokenizer::present(model_folder(job.model)))
        throw RequestError(model_folder(job.model).string(),
                           "holds no tokenizer.json and no vocab.json + merges.txt");
    if (text)
        job.inputs.update(hash_inputs("text", {text_option(job, "text_file")}));
}

nlohmann::json run_tokenize(const Job& job, StageContext&) {
    const auto tokenizer = Tokenizer::load(model_folder(job.model));
    if (!has_option(job, "decode")) {
        const std::string path = text_option(job, "text_file");
        std::ifstream in(path, std::ios::binary);
        if (!in)
            throw RequestError(path, "cannot be opened");
        std::stringstream text;
        text << in.rdbuf();
        const auto ids = tokenizer->encode(text.str(), bool_option(job, "add_special_tokens"));
        return {{"ids", ids}, {"count", ids.size()}};
    }
    std::vector<std::int32_t> ids;
    for (const auto& id : job.options.at("decode")) {
        if (id.get<std::int64_t>() >= tokenizer->vocab_size())
            throw RequestError("--decode: " + id.dump() + " is no token of the vocabulary");
        ids.push_back(id.get<std::int32_t>());
    }
    nlohmann::json each = nlohmann::json::array();
    for (const std::int32_t& id : ids)
        each.push_back(tokenizer->decode(std::span(&id, 1)));
    return {{"text", tokenizer->decode(ids)}, {"tokens", each}};
}

} // namespace moequant
