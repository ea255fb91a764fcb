#include "core/model/tokenizer/tokenizer_files.h"

#include "core/job/error.h"
#include "core/model/tokenizer/utf8.h"

#include <algorithm>
#include <set>

namespace moequant::tokenizer {
namespace {

using Merges = std::vector<std::pair<std::string, std::string>>;

constexpr const char* qwen2_split =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

struct NumberedToken {
    AddedToken token; // its id is the one in the file
    JsonField place;
};

Vocabulary read_vocabulary(const JsonField& field) {
    const auto& members = field.object();
    Vocabulary vocabulary;
    vocabulary.reserve(members.size());
    for (const auto& [text, id] : members)
        vocabulary.emplace(text, JsonField(id, field.file(), field.path() + "[\"" + text + "\"]").id());
    return vocabulary;
}

bool split_merge(std::string_view line, std::pair<std::string, std::string>& merge) {
    std::size_t space = line.find(' ');
    if (space == std::string_view::npos || line.find(' ', space + 1) != std::string_view::npos)
        return false;
    merge = {std::string(line.substr(0, space)), std::string(line.substr(space + 1))};
    return true;
}

Merges read_merges(const JsonField& field) {
    Merges merges;
    for (const JsonField& entry : field.elements()) {
        std::pair<std::string, std::string> merge;
        if (entry.is_array()) {
            auto parts = entry.elements();
            if (parts.size() != 2)
                entry.fail("must have two parts");
            merge = {parts[0].string(), parts[1].string()};
        } else {
            if (entry.string().starts_with("#version"))
                continue;
            if (!split_merge(entry.string(), merge))
                entry.fail("must be two parts with one space between");
        }
        merges.push_back(std::move(merge));
    }
    return merges;
}

Merges read_merges_file(const std::filesystem::path& path) {
    std::string text = read_file(path);
    if (well_formed_prefix(text) != text.size())
        throw RequestError(path.string(), "not UTF-8");
    Merges merges;
    std::size_t number = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = std::min(text.find('\n', begin), text.size());
        std::string_view line = std::string_view(text).substr(begin, end - begin);
        begin = end + 1;
        ++number;
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.empty() || line.starts_with("#version"))
            continue;
        std::pair<std::string, std::string> merge;
        if (!split_merge(line, merge))
            throw RequestError(path.string(), "line " + std::to_string(number) +
                                                  ": must be two parts with one space between");
        merges.push_back(std::move(merge));
    }
    return merges;
}

BpeOptions read_options(const JsonField& model) {
    if (auto type = model.find("type"); type && type->string() != "BPE")
        type->fail("unsupported model \"" + type->string() + "\"");
    for (const char* key : {"continuing_subword_prefix", "end_of_word_suffix"})
        if (auto affix = model.find(key); affix && !affix->string().empty())
            affix->fail("unsupported (\"" + affix->string() + "\")");
    if (auto dropout = model.find("dropout")) {
        if (!dropout->json().is_number())
            dropout->fail("must be a number");
        if (dropout->json().get<double>() != 0)
            dropout->fail("unsupported: ids would be random");
    }
    BpeOptions options;
    options.file = options.merges_file = model.file();
    if (auto unk = model.find("unk_token"))
        options.unk_token = unk->string();
    options.fuse_unk = model.boolean_or("fuse_unk", false);
    options.byte_fallback = model.boolean_or("byte_fallback", false);
    options.ignore_merges = model.boolean_or("ignore_merges", false);
    return options;
}

// The reference goes by the order of the list, not by the ids written there: a token of the vocabulary keeps
// its id, any other gets the next free one. Of equal contents the last one's flags count.
std::vector<AddedToken> number(const std::vector<NumberedToken>& entries, const Vocabulary& vocabulary) {
    std::vector<AddedToken> tokens;
    std::unordered_map<std::string, std::size_t> by_content;
    std::unordered_map<std::int32_t, std::string> by_id;
    auto next = static_cast<std::int32_t>(vocabulary.size());
    for (const NumberedToken& entry : entries) {
        AddedToken token = entry.token;
        if (auto [other, fresh] = by_id.emplace(token.id, token.content);
            !fresh && other->second != token.content)
            entry.place.fail("id " + std::to_string(token.id) + " stands for both \"" + other->second +
                             "\" and \"" + token.content + "\"");
        if (token.content.empty())
            continue;
        if (auto earlier = by_content.find(token.content); earlier != by_content.end()) {
            token.id = tokens[earlier->second].id;
            tokens[earlier->second] = token;
            continue;
        }
        auto known = vocabulary.find(token.content);
        token.id = known != vocabulary.end() ? known->second : next++;
        by_content.emplace(token.content, tokens.size());
        tokens.push_back(token);
    }
    return tokens;
}

// The text of a special token in tokenizer_config.json: a string, or an object that holds it.
std::optional<std::string> config_token(const JsonField& config, const std::string& key) {
    auto field = config.find(key);
    if (!field)
        return std::nullopt;
    return field->is_object() ? field->at("content").string() : field->string();
}

std::optional<std::int32_t> find_id(const TokenizerParts& parts, const std::string& text) {
    for (const AddedToken& token : parts.added.tokens())
        if (token.content == text)
            return token.id;
    auto found = parts.model->vocabulary().find(text);
    if (found == parts.model->vocabulary().end())
        return std::nullopt;
    return found->second;
}

// Classes that build their post-processor from the config put BOS first when it says so.
void apply_config(const JsonField& config, TokenizerParts& parts) {
    if (!config.boolean_or("add_bos_token", false) || !parts.affixes.before.empty())
        return;
    auto bos = config_token(config, "bos_token");
    if (!bos)
        return;
    auto id = find_id(parts, *bos);
    if (!id)
        config.at("bos_token").fail("\"" + *bos + "\" is not in the vocabulary");
    parts.affixes.before.push_back(*id);
}

std::optional<nlohmann::json> read_config(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error))
        return std::nullopt;
    return read_json(path);
}

std::vector<NumberedToken> read_config_tokens(const JsonField& config) {
    std::vector<NumberedToken> entries;
    std::set<std::string> present;
    if (auto decoder = config.find("added_tokens_decoder")) {
        for (const auto& [key, value] : decoder->object()) {
            JsonField place(value, decoder->file(), decoder->path() + "[\"" + key + "\"]");
            AddedToken token = read_added_token(place, false);
            bool digits = !key.empty() && key.size() < 9 &&
                          std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
            if (!digits)
                place.fail("the key must be a token id");
            token.id = static_cast<std::int32_t>(std::stol(key));
            present.insert(token.content);
            entries.push_back({token, place});
        }
    }
    std::sort(entries.begin(), entries.end(),
              [](const NumberedToken& a, const NumberedToken& b) { return a.token.id < b.token.id; });
    std::int32_t unnumbered = 1 << 28; // their ids follow from the order
    auto add = [&](const std::optional<std::string>& content, const JsonField& place) {
        if (!content || !present.insert(*content).second)
            return;
        AddedToken token;
        token.content = *content;
        token.id = unnumbered++;
        token.normalized = false;
        token.special = true;
        entries.push_back({token, place});
    };
    for (const char* key : {"bos_token", "eos_token", "unk_token", "pad_token"})
        add(config_token(config, key), config);
    if (auto more = config.find("additional_special_tokens"))
        for (const JsonField& field : more->elements())
            add(field.is_object() ? field.at("content").string() : field.string(), field);
    return entries;
}

} // namespace

TokenizerParts read_tokenizer_json(const std::filesystem::path& folder) {
    std::filesystem::path path = folder / "tokenizer.json";
    nlohmann::json document = read_json(path);
    JsonField root(document, path.string());
    if (auto version = root.find("version"); version && version->string() != "1.0")
        version->fail("unsupported version \"" + version->string() + "\"");

    TokenizerParts parts;
    parts.file = path.string();
    parts.kind = "sentencepiece-bpe";
    if (auto field = root.find("normalizer")) {
        parts.normalizers = make_normalizers(*field);
        if (contains_component(*field, "ByteLevel", "normalizers"))
            parts.kind = "byte-bpe";
    }
    if (auto field = root.find("pre_tokenizer")) {
        parts.pre_tokenizers = make_pre_tokenizers(*field);
        if (contains_component(*field, "ByteLevel", "pretokenizers"))
            parts.kind = "byte-bpe";
    }
    if (auto field = root.find("decoder"))
        parts.decoders = make_decoders(*field);
    if (auto field = root.find("post_processor"))
        parts.affixes = read_post_processor(*field);

    JsonField model = root.at("model");
    BpeOptions options = read_options(model);
    parts.model = std::make_unique<Bpe>(read_vocabulary(model.at("vocab")), read_merges(model.at("merges")),
                                        std::move(options));

    std::vector<NumberedToken> entries;
    if (auto field = root.find("added_tokens")) {
        for (const JsonField& entry : field->elements()) {
            AddedToken token = read_added_token(entry, true);
            token.id = entry.at("id").id();
            entries.push_back({token, entry});
        }
    }
    parts.added = AddedTokens(number(entries, parts.model->vocabulary()), parts.normalizers);

    std::filesystem::path config_path = folder / "tokenizer_config.json";
    if (auto config = read_config(config_path))
        apply_config(JsonField(*config, config_path.string()), parts);
    return parts;
}

TokenizerParts read_vocabulary_and_merges(const std::filesystem::path& folder) {
    std::filesystem::path vocabulary_path = folder / "vocab.json",
                          config_path = folder / "tokenizer_config.json";
    nlohmann::json vocabulary = read_json(vocabulary_path);
    nlohmann::json document = read_config(config_path).value_or(nlohmann::json::object());
    JsonField config(document, config_path.string());

    std::string type = config.string_or("tokenizer_class", "Qwen2Tokenizer");
    bool gpt2 = type == "GPT2Tokenizer" || type == "GPT2TokenizerFast";
    if (!gpt2 && type != "Qwen2Tokenizer" && type != "Qwen2TokenizerFast")
        config.at("tokenizer_class").fail("unsupported class \"" + type + "\" without a tokenizer.json");
    bool add_prefix_space = config.boolean_or("add_prefix_space", false);

    TokenizerParts parts;
    parts.file = vocabulary_path.string();
    parts.kind = "byte-bpe";
    if (!gpt2) {
        parts.normalizers = {nfc()};
        parts.pre_tokenizers = {split_isolated(qwen2_split, parts.file, "split pattern")};
    }
    parts.pre_tokenizers.push_back(byte_level(add_prefix_space, gpt2));
    parts.decoders = {byte_level_decoder()};

    BpeOptions options;
    options.file = parts.file;
    options.vocabulary_field = "vocabulary";
    options.merges_file = (folder / "merges.txt").string();
    options.merges_field = "merges";
    JsonField vocabulary_field(vocabulary, parts.file);
    Merges merges = read_merges_file(options.merges_file);
    parts.model = std::make_unique<Bpe>(read_vocabulary(vocabulary_field), merges, std::move(options));
    parts.added =
        AddedTokens(number(read_config_tokens(config), parts.model->vocabulary()), parts.normalizers);
    apply_config(config, parts);
    return parts;
}

} // namespace moequant::tokenizer
