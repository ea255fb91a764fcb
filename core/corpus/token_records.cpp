#include "core/corpus/token_records.h"

#include "core/corpus/json_line.h"
#include "core/corpus/lines.h"
#include "core/job/error.h"

namespace moequant {
namespace {

std::vector<std::int32_t> read_ids(const nlohmann::json& list, std::size_t length, std::int64_t vocab_size,
                                   const std::string& where) {
    if (!list.is_array())
        throw RequestError(where, "'ids' is not a list");
    std::vector<std::int32_t> ids;
    for (const auto& item : list) {
        if (!item.is_number_integer())
            throw RequestError(where, "'ids' holds " + item.dump() + ", not a whole number");
        // An unsigned number beyond 2^63 would wrap into a negative one, which is refused as well.
        const auto id = item.get<std::int64_t>();
        if (id < 0 || id > INT32_MAX || (vocab_size > 0 && id >= vocab_size))
            throw RequestError(where, "id " + item.dump() + " is outside the vocabulary of " +
                                          std::to_string(vocab_size) + " ids");
        if (ids.size() < length)
            ids.push_back(std::int32_t(id));
    }
    return ids;
}

std::vector<std::int32_t> read_record(const nlohmann::json& record, std::size_t length,
                                      const CorpusContext& context, const std::string& where) {
    if (record.contains("ids") && !record["ids"].is_null())
        return read_ids(record["ids"], length, context.vocab_size, where);
    if (!record.contains("text") || !record["text"].is_string())
        throw RequestError(where, "has neither 'ids' nor a string 'text'");
    if (!context.tokenizer)
        throw RequestError(where, "is text, and the model has no tokenizer to read it with");
    auto ids = context.tokenizer->encode(record["text"].get_ref<const std::string&>());
    if (ids.size() > length)
        ids.resize(length);
    return ids;
}

} // namespace

TokenSet load_token_records(const CorpusSpec& spec, const CorpusContext& context) {
    const auto length = std::size_t(spec.length.value_or(context.default_length));
    const std::int64_t wanted = spec.samples.value_or(-1);
    TokenSet set{spec.text, {}};
    if (!std::filesystem::exists(spec.argument))
        throw RequestError(spec.argument, "no such file (corpus '" + spec.text + "')");
    for_each_line(spec.argument, [&](std::string_view line, std::int64_t number) {
        if (line.find_first_not_of(" \t\r") == std::string_view::npos)
            return true;
        const auto where = spec.argument + ":" + std::to_string(number);
        auto ids = read_record(parse_json_line(line, where), length, context, where);
        if (ids.empty())
            throw RequestError(where, "holds no tokens");
        set.sequences.push_back(std::move(ids));
        return wanted < 0 || std::int64_t(set.sequences.size()) < wanted;
    });
    if (set.sequences.empty())
        throw RequestError(spec.argument, "holds no records");
    if (wanted > 0 && !spec.at_most && std::int64_t(set.sequences.size()) < wanted)
        throw RequestError(spec.argument, "holds " + std::to_string(set.sequences.size()) +
                                              " records, not the " + std::to_string(wanted) +
                                              " asked for (samples=max:" + std::to_string(wanted) +
                                              " takes what there is)");
    return set;
}

} // namespace moequant
