#include "core/stages/explain.h"

#include "core/evaluation/text_table.h"
#include "core/job/error.h"
#include "core/job/resources.h"
#include "core/model/tokenizer/tokenizer.h"
#include "core/stages/stage.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <memory>
#include <span>

namespace moequant {
namespace {

std::string number(const char* format, double value) {
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

/// Length of the well-formed UTF-8 sequence at `at`; 0 when there is none.
std::size_t utf8_length(const std::string& text, std::size_t at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const std::size_t length = byte < 0x80                   ? 1
                               : byte >= 0xc2 && byte < 0xe0 ? 2
                               : byte >= 0xe0 && byte < 0xf0 ? 3
                               : byte >= 0xf0 && byte < 0xf5 ? 4
                                                             : 0;
    if (length == 0 || at + length > text.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((text[at + i] & 0xc0) != 0x80)
            return 0;
    return length;
}

std::string escaped(const std::string& text, std::size_t at, std::size_t length) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == '\n')
        return "\\n";
    if (byte == '\t')
        return "\\t";
    if (byte == '"' || byte == '\\')
        return std::string("\\") + text[at];
    const bool second_controls = // U+0080 to U+009F command a terminal too
        length == 2 && byte == 0xc2 && static_cast<unsigned char>(text[at + 1]) < 0xa0;
    if (length != 0 && byte >= 0x20 && byte != 0x7f && !second_controls)
        return text.substr(at, length);
    std::string hex;
    for (std::size_t i = 0; i < std::max<std::size_t>(1, length); ++i) {
        char code[8];
        std::snprintf(code, sizeof code, "\\x%02x", unsigned(static_cast<unsigned char>(text[at + i])));
        hex += code;
    }
    return hex;
}

/// A recorded sequence with what is worked out once for all its steps.
struct Shown {
    const SearchRecord& record;
    std::int64_t index;
    double tau;
    std::vector<std::int64_t> lengths;

    double likelihood(std::int64_t step, std::int64_t rank) const {
        return -double(record.get(index, step, rank).log_p) /
               double(lengths[std::size_t(step * record.candidates + rank)]);
    }
    double balance(std::int64_t step, std::int64_t rank) const {
        return double(record.get(index, step, rank).sigma) / tau;
    }
};

double spread(std::int64_t count, const std::function<double(std::int64_t)>& term) {
    double least = std::numeric_limits<double>::infinity(), greatest = -least;
    for (std::int64_t c = 0; c < count; ++c) {
        least = std::min(least, term(c));
        greatest = std::max(greatest, term(c));
    }
    return greatest - least;
}

std::string step_line(const Shown& shown, std::int64_t step) {
    const SearchRecord& record = shown.record;
    const std::int64_t count = record.count(shown.index, step);
    std::string line = "step " + std::to_string(step) + ", token " + std::to_string(step + 2) + ": ";
    if (count == 0)
        return line + "nothing to choose, every beam had ended";
    line += std::to_string(count) + (count == 1 ? " candidate" : " candidates");
    if (count > 1) {
        const double likelihood = spread(count, [&](std::int64_t c) { return shown.likelihood(step, c); });
        const double balance = spread(count, [&](std::int64_t c) { return shown.balance(step, c); });
        line += ", −log p/ids spreads " + number("%.4g", likelihood) + ", σ/τ " + number("%.4g", balance);
        if (likelihood > 0)
            line += number(" (%.3g %% of it)", 100 * balance / likelihood);
    }
    const auto usage = std::size_t((shown.index * record.steps + step) * 2);
    if (std::isfinite(record.usage[usage]))
        line += number("; best beam's σ %.4g", record.usage[usage]);
    if (std::isfinite(record.usage[usage + 1]))
        line += number(", pooled %.4g", record.usage[usage + 1]);
    return line;
}

} // namespace

std::string quoted_token(const std::string& text, std::size_t most) {
    std::string shown = "\"";
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size(); ++characters) {
        if (characters == most)
            return shown + "…\"";
        const std::size_t length = utf8_length(text, at);
        shown += escaped(text, at, length);
        at += std::max<std::size_t>(1, length);
    }
    return shown + "\"";
}

std::string explain_search(const SearchRecord& record, std::int64_t index, const TokenText& text_of,
                           double tau) {
    const Shown shown{record, index, tau, candidate_lengths(record, index)};
    TextRows rows = {{"", "rank", "parent", "id", "text", "Σ log p", "−log p/ids", "σ", "score"}};
    for (std::int64_t t = 0; t < record.steps; ++t)
        for (std::int64_t c = 0; c < record.count(index, t); ++c) {
            const RecordedCandidate candidate = record.get(index, t, c);
            rows.push_back({candidate.kept ? "*" : "", std::to_string(c), std::to_string(candidate.parent),
                            std::to_string(candidate.token),
                            text_of ? quoted_token(text_of(candidate.token)) : "",
                            number("%.4f", candidate.log_p), number("%.4f", shown.likelihood(t, c)),
                            number("%.4f", candidate.sigma), number("%.4f", candidate.score)});
        }
    if (!text_of)
        for (auto& row : rows)
            row.erase(row.begin() + 4);

    // One table, so that the columns stand below each other through all steps.
    const std::string table = aligned_table(rows);
    std::size_t at = table.find('\n') + 1;
    std::string text = "Search of sequence " + std::to_string(record.sequence[std::size_t(index)]) +
                       " at τ " + number("%g", tau) +
                       ": * kept; parent: rank among those kept at the step before; score = −log p/ids + "
                       "σ/τ, lower is better\n" +
                       table.substr(0, at);
    for (std::int64_t t = 0; t < record.steps; ++t) {
        text += step_line(shown, t) + "\n";
        for (std::int64_t c = 0; c < record.count(index, t); ++c) {
            const std::size_t end = table.find('\n', at) + 1;
            text += table.substr(at, end - at);
            at = end;
        }
    }
    return text;
}

std::string explain_job(const Job& job) {
    if (job.kind != "sample" || !has_option(job, "explain") || !job.run)
        return "";
    const std::filesystem::path file = std::filesystem::path(*job.run) / "search.safetensors";
    const SearchRecord record = read_search(file);
    const auto index = record.find(std::int32_t(int_option(job, "explain")));
    if (!index)
        throw RequestError(file.string(),
                           "holds no search of sequence " + std::to_string(int_option(job, "explain")));
    const auto folder = model_folder(job.model);
    std::shared_ptr<const Tokenizer> tokenizer;
    TokenText text_of;
    if (Tokenizer::present(folder)) {
        tokenizer = Tokenizer::load(folder);
        text_of = [&](std::int32_t id) {
            return tokenizer->known(id) ? tokenizer->decode(std::span(&id, 1)) : std::string();
        };
    }
    return explain_search(record, *index, text_of, recorded_tau(record));
}

} // namespace moequant
