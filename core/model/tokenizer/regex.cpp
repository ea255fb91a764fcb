#include "core/model/tokenizer/regex.h"

#include "core/job/error.h"
#include "core/model/tokenizer/unicode.h"
#include "core/model/tokenizer/utf8.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdexcept>

namespace moequant::tokenizer {
namespace {

constexpr std::uint32_t match_limit = 200'000'000;     // backtracking steps for one match
constexpr std::uint32_t heap_limit_kib = 512 * 1024;   // the interpreter's, for one match
constexpr std::string_view trailing_space = R"(\s+$)"; // see find_trailing_space

struct FreeCode {
    void operator()(pcre2_code* code) const { pcre2_code_free(code); }
};
struct FreeCompileContext {
    void operator()(pcre2_compile_context* context) const { pcre2_compile_context_free(context); }
};
struct FreeMatchContext {
    void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
};
struct FreeMatchData {
    void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
};

std::string message(int code) {
    PCRE2_UCHAR text[256];
    if (pcre2_get_error_message(code, text, sizeof text) < 0)
        return "error " + std::to_string(code);
    return reinterpret_cast<const char*>(text);
}

void push(std::vector<Stretch>& stretches, std::size_t& end, std::size_t match_begin, std::size_t match_end) {
    if (end != match_begin)
        stretches.push_back({end, match_begin, false});
    stretches.push_back({match_begin, match_end, true});
    end = match_end;
}

void find_literal(std::string_view literal, std::string_view text, std::vector<Stretch>& stretches,
                  std::size_t& end) {
    std::size_t found = 0;
    while ((found = text.find(literal, end)) != std::string_view::npos)
        push(stretches, end, found, found + literal.size());
}

// `\s+$` by hand: a backtracking matcher takes quadratic time on a long run of spaces in the middle of a
// line.
// `$` holds at the end and before a line feed, so a run matches whole at the end of the text, else up to its
// last line feed unless it begins there.
void find_trailing_space(std::string_view text, std::vector<Stretch>& stretches, std::size_t& end) {
    std::size_t position = 0;
    while (position < text.size()) {
        std::size_t begin = position;
        std::size_t line_feed = std::string_view::npos;
        std::size_t run = position;
        while (run < text.size()) {
            std::size_t here = run;
            if (!is_white_space(next_code_point(text, run))) {
                run = here;
                break;
            }
            if (text[here] == '\n' && here > begin)
                line_feed = here;
        }
        if (run == begin)
            next_code_point(text, position);
        else
            position = run;
        if (run == begin)
            continue;
        if (run == text.size())
            push(stretches, end, begin, run);
        else if (line_feed != std::string_view::npos)
            push(stretches, end, begin, line_feed);
    }
}

} // namespace

struct Regex::Program {
    std::string file, field, pattern;
    bool is_literal = false;
    std::unique_ptr<pcre2_code, FreeCode> code;
    std::unique_ptr<pcre2_match_context, FreeMatchContext> context;

    void find(std::string_view text, std::vector<Stretch>& stretches, std::size_t& end) const;
    bool next(std::string_view text, std::size_t from, pcre2_match_data* data) const;
};

Regex Regex::literal(const std::string& text, const std::string& file, const std::string& field) {
    if (text.empty())
        return compile(text, file, field);
    auto program = std::make_shared<Program>();
    program->file = file;
    program->field = field;
    program->pattern = text;
    program->is_literal = true;
    Regex regex;
    regex.program_ = program;
    return regex;
}

Regex Regex::compile(const std::string& pattern, const std::string& file, const std::string& field) {
    auto program = std::make_shared<Program>();
    program->file = file;
    program->field = field;
    program->pattern = pattern;
    std::string translated;
    try {
        translated = to_pcre2(pattern);
    } catch (const std::invalid_argument& fault) {
        throw RequestError(file, field + ": " + fault.what());
    }
    std::unique_ptr<pcre2_compile_context, FreeCompileContext> settings(
        pcre2_compile_context_create(nullptr));
    program->context.reset(pcre2_match_context_create(nullptr));
    if (!settings || !program->context)
        throw std::bad_alloc();
    pcre2_set_newline(settings.get(), PCRE2_NEWLINE_LF);
    pcre2_set_match_limit(program->context.get(), match_limit);
    pcre2_set_heap_limit(program->context.get(), heap_limit_kib);
    int error = 0;
    PCRE2_SIZE offset = 0;
    program->code.reset(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(translated.data()), translated.size(),
                                      PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C,
                                      &error, &offset, settings.get()));
    if (!program->code)
        throw RequestError(file, field + ": pattern does not compile: " + message(error));
    pcre2_jit_compile(program->code.get(), PCRE2_JIT_COMPLETE); // optional: matching works without
    Regex regex;
    regex.program_ = program;
    return regex;
}

bool Regex::Program::next(std::string_view text, std::size_t from, pcre2_match_data* data) const {
    auto subject = reinterpret_cast<PCRE2_SPTR>(text.data());
    int rc = pcre2_match(code.get(), subject, text.size(), from, PCRE2_NO_UTF_CHECK, data, context.get());
    if (rc == PCRE2_ERROR_JIT_STACKLIMIT)
        rc = pcre2_match(code.get(), subject, text.size(), from, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, data,
                         context.get());
    if (rc == PCRE2_ERROR_NOMATCH)
        return false;
    if (rc < 0)
        throw RequestError(file, field + ": the pattern fails on this text: " + message(rc));
    return true;
}

// An empty match right behind the match before it does not count; the search then moves on by a code point.
void Regex::Program::find(std::string_view text, std::vector<Stretch>& stretches, std::size_t& end) const {
    std::unique_ptr<pcre2_match_data, FreeMatchData> data(pcre2_match_data_create(1, nullptr));
    if (!data)
        throw std::bad_alloc();
    const PCRE2_SIZE* bounds = pcre2_get_ovector_pointer(data.get());
    std::size_t from = 0;
    bool matched = false;
    while (from <= text.size() && next(text, from, data.get())) {
        std::size_t begin = bounds[0], stop = bounds[1];
        if (begin > stop || begin < end)
            throw RequestError(file, field + ": the pattern moves the start of its match");
        if (begin == stop && matched && stop == end) {
            if (from >= text.size())
                break;
            next_code_point(text, from);
            continue;
        }
        push(stretches, end, begin, stop);
        matched = true;
        from = stop;
    }
}

void Regex::find(std::string_view text, std::vector<Stretch>& stretches) const {
    stretches.clear();
    if (text.empty()) {
        stretches.push_back({0, 0, false});
        return;
    }
    std::size_t end = 0;
    if (program_->is_literal)
        find_literal(program_->pattern, text, stretches, end);
    else if (program_->pattern == trailing_space)
        find_trailing_space(text, stretches, end);
    else
        program_->find(text, stretches, end);
    if (end != text.size())
        stretches.push_back({end, text.size(), false});
}

} // namespace moequant::tokenizer
