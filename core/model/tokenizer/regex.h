// Patterns of tokenizer files: Oniguruma's syntax (Ruby's), run by PCRE2.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace moequant::tokenizer {

/// A stretch [begin, end) of a text, in bytes, that a pattern matched or that lies between two matches.
struct Stretch {
    std::size_t begin, end;
    bool match;
};

/// Safe to share between threads.
class Regex {
  public:
    /// `where` names file and field for errors. Throws RequestError when the pattern does not compile, or
    /// uses a construct of Oniguruma that PCRE2 lacks.
    static Regex compile(const std::string& pattern, const std::string& file, const std::string& field);
    /// Matches `text` itself.
    static Regex literal(const std::string& text, const std::string& file, const std::string& field);

    /// Cuts well-formed `text` into stretches that cover it; of an empty text, one empty stretch. Overwrites
    /// `stretches`. Throws RequestError when the pattern needs more steps or memory than allowed.
    void find(std::string_view text, std::vector<Stretch>& stretches) const;

  private:
    struct Program;
    std::shared_ptr<const Program> program_;
};

/// `pattern` in PCRE2's syntax, for PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE. Throws std::invalid_argument
/// with the construct that cannot be expressed.
std::string to_pcre2(std::string_view pattern);

} // namespace moequant::tokenizer
