#include "core/model/tokenizer/tokenizer.h"

#include "core/job/error.h"
#include "core/model/tokenizer/tokenizer_files.h"
#include "core/model/tokenizer/utf8.h"

#include <algorithm>

namespace moequant {

struct Tokenizer::Impl {
    tokenizer::TokenizerParts parts;
    std::vector<std::int32_t> special_ids;
    std::int64_t vocab_size = 0;
};

Tokenizer::Tokenizer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Tokenizer::~Tokenizer() = default;

bool Tokenizer::present(const std::filesystem::path& folder) {
    std::error_code error;
    auto has = [&](const char* name) { return std::filesystem::is_regular_file(folder / name, error); };
    return has("tokenizer.json") || (has("vocab.json") && has("merges.txt"));
}

std::shared_ptr<const Tokenizer> Tokenizer::load(const std::filesystem::path& folder) {
    std::error_code error;
    auto impl = std::make_unique<Impl>();
    if (std::filesystem::exists(folder / "tokenizer.json", error))
        impl->parts = tokenizer::read_tokenizer_json(folder);
    else if (std::filesystem::exists(folder / "vocab.json", error))
        impl->parts = tokenizer::read_vocabulary_and_merges(folder);
    else
        throw RequestError(folder.string(), "no tokenizer.json, nor vocab.json with merges.txt");

    impl->vocab_size = std::int64_t(impl->parts.model->greatest_id()) + 1;
    for (const tokenizer::AddedToken& token : impl->parts.added.tokens()) {
        impl->vocab_size = std::max(impl->vocab_size, std::int64_t(token.id) + 1);
        if (token.special)
            impl->special_ids.push_back(token.id);
    }
    std::sort(impl->special_ids.begin(), impl->special_ids.end());

    std::shared_ptr<const Tokenizer> result(new Tokenizer(std::move(impl)));
    const tokenizer::Affixes& affixes = result->impl_->parts.affixes;
    for (const auto* side : {&affixes.before, &affixes.after})
        for (std::int32_t id : *side)
            if (!result->known(id))
                throw RequestError(result->impl_->parts.file,
                                   "post_processor: id " + std::to_string(id) + " is not in the vocabulary");
    return result;
}

std::vector<std::int32_t> Tokenizer::encode(std::string_view text, bool add_special_tokens) const {
    const tokenizer::TokenizerParts& parts = impl_->parts;
    std::string repaired;
    if (tokenizer::well_formed_prefix(text) != text.size()) {
        repaired = tokenizer::well_formed_text(text);
        text = repaired;
    }
    tokenizer::Pieces pieces = parts.added.extract(text, parts.normalizers);
    for (const tokenizer::PreTokenizer& step : parts.pre_tokenizers)
        step(pieces);

    std::vector<std::int32_t> ids;
    ids.reserve(text.size() / 3 + 2);
    if (add_special_tokens)
        ids = parts.affixes.before;
    tokenizer::WordCache cache;
    for (const tokenizer::Piece& piece : pieces.list) {
        if (piece.id >= 0)
            ids.push_back(piece.id);
        else
            parts.model->encode(pieces.view(piece), cache, ids);
    }
    if (add_special_tokens)
        ids.insert(ids.end(), parts.affixes.after.begin(), parts.affixes.after.end());
    return ids;
}

std::string Tokenizer::decode(std::span<const std::int32_t> ids) const {
    const tokenizer::TokenizerParts& parts = impl_->parts;
    std::vector<std::string> tokens;
    tokens.reserve(ids.size());
    for (std::int32_t id : ids) {
        if (const std::string* form = parts.added.form(id))
            tokens.push_back(*form);
        else if (auto token = parts.model->token(id))
            tokens.emplace_back(*token);
        else
            throw RequestError(parts.file, "no token has id " + std::to_string(id));
    }
    for (const tokenizer::Decoder& step : parts.decoders)
        step(tokens);
    std::string text;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (i > 0 && parts.decoders.empty())
            text += ' ';
        text += tokens[i];
    }
    return text;
}

std::int64_t Tokenizer::vocab_size() const {
    return impl_->vocab_size;
}
const std::string& Tokenizer::kind() const {
    return impl_->parts.kind;
}
const std::vector<std::int32_t>& Tokenizer::special_ids() const {
    return impl_->special_ids;
}

bool Tokenizer::known(std::int32_t id) const {
    return impl_->parts.added.form(id) != nullptr || impl_->parts.model->token(id).has_value();
}

std::optional<std::int32_t> Tokenizer::bos_to_add() const {
    const auto& before = impl_->parts.affixes.before;
    return before.empty() ? std::nullopt : std::optional(before.front());
}

} // namespace moequant
