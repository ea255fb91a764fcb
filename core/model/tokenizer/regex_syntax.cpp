// Oniguruma's pattern syntax in PCRE2's. The two agree in most; this file rewrites what they read
// differently: \s (U+180E), \w, \h, \v, \b, \uHHHH, POSIX brackets, flag m, script properties, and categories
// of new characters.
#include "core/model/tokenizer/regex.h"
#include "core/model/tokenizer/unicode.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <stdexcept>

namespace moequant::tokenizer {
namespace {

// What may stand between brackets.
const std::string space_class = R"(\x{9}-\x{d}\x{85}\p{Z})";
const std::string hex_class = "0-9A-Fa-f";

[[noreturn]] void unsupported(const std::string& construct) {
    throw std::invalid_argument("unsupported in a pattern: " + construct);
}

std::string hex(char32_t c) {
    static const char digits[] = "0123456789abcdef";
    std::string text;
    for (; c; c >>= 4)
        text.insert(text.begin(), digits[c & 15]);
    return "\\x{" + text + "}";
}

// Members of a general category ("L", "Nd") that older versions of PCRE2 do not know, then the category.
std::string category_class(std::string_view category) {
    std::string text;
    for (const UnicodeAddition& row : unicode_additions())
        if (std::string_view(row.category).starts_with(category))
            text += hex(row.first) + (row.first == row.last ? "" : "-" + hex(row.last));
    return text + "\\p{" + std::string(category) + "}";
}

// Alphabetic, marks, decimal digits and connectors, and (a peculiarity of Oniguruma) superscripts of Latin-1.
const std::string& word_class() {
    static const std::string text = R"(\x{b2}\x{b3}\x{b9}\x{bc}-\x{be}\x{24b6}-\x{24e9}\x{1f130}-\x{1f149})"
                                    R"(\x{1f150}-\x{1f169}\x{1f170}-\x{1f189})" +
                                    category_class("M") + category_class("Nd") + category_class("Nl") +
                                    category_class("Pc") + category_class("L");
    return text;
}

const std::map<std::string, std::string>& long_categories() {
    static const std::map<std::string, std::string> names = {{"letter", "L"},
                                                             {"mark", "M"},
                                                             {"number", "N"},
                                                             {"punctuation", "P"},
                                                             {"punct", "P"},
                                                             {"symbol", "S"},
                                                             {"separator", "Z"},
                                                             {"other", "C"},
                                                             {"uppercaseletter", "Lu"},
                                                             {"lowercaseletter", "Ll"},
                                                             {"titlecaseletter", "Lt"},
                                                             {"modifierletter", "Lm"},
                                                             {"otherletter", "Lo"},
                                                             {"nonspacingmark", "Mn"},
                                                             {"spacingmark", "Mc"},
                                                             {"enclosingmark", "Me"},
                                                             {"decimalnumber", "Nd"},
                                                             {"letternumber", "Nl"},
                                                             {"othernumber", "No"},
                                                             {"digit", "Nd"},
                                                             {"mathsymbol", "Sm"},
                                                             {"currencysymbol", "Sc"},
                                                             {"modifiersymbol", "Sk"},
                                                             {"othersymbol", "So"},
                                                             {"spaceseparator", "Zs"},
                                                             {"dashpunctuation", "Pd"},
                                                             {"openpunctuation", "Ps"},
                                                             {"closepunctuation", "Pe"},
                                                             {"connectorpunctuation", "Pc"},
                                                             {"otherpunctuation", "Po"},
                                                             {"initialpunctuation", "Pi"},
                                                             {"finalpunctuation", "Pf"}};
    return names;
}

// Class contents of the property in \p{name}.
std::string property_class(const std::string& name) {
    static const std::string_view categories[] = {"L",  "Lu", "Ll", "Lt", "Lm", "Lo", "M",  "Mn", "Mc",
                                                  "Me", "N",  "Nd", "Nl", "No", "P",  "Pc", "Pd", "Ps",
                                                  "Pe", "Pi", "Pf", "Po", "S",  "Sm", "Sc", "Sk", "So",
                                                  "Z",  "Zs", "Zl", "Zp", "C",  "Cc", "Cf", "Cn", "Co"};
    std::string plain;
    for (char c : name)
        if (c != ' ' && c != '_' && c != '-')
            plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    for (std::string_view category : categories)
        if (std::equal(category.begin(), category.end(), plain.begin(), plain.end(),
                       [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; }))
            return category_class(category);
    if (auto found = long_categories().find(plain); found != long_categories().end())
        return category_class(found->second);
    if (plain == "space" || plain == "whitespace")
        return space_class;
    if (plain == "word")
        return word_class();
    if (plain == "han")
        return R"(\x{2b739}\x{2ebf0}-\x{2ee5d}\x{31350}-\x{323af}\p{sc:Han})";
    if (plain.empty() ||
        !std::all_of(plain.begin(), plain.end(), [](char c) { return c >= 'a' && c <= 'z'; }) ||
        plain == "alpha" || plain == "alnum" || plain == "upper" || plain == "lower" ||
        plain == "alphabetic" || plain == "print" || plain == "graph" || plain == "cntrl" ||
        plain == "blank" || plain == "xdigit")
        unsupported("\\p{" + name + "}");
    return "\\p{sc:" + plain + "}"; // PCRE2 refuses what is no script
}

class Translation {
  public:
    explicit Translation(std::string_view pattern) : in_(pattern) {}

    std::string run() {
        while (at_ < in_.size()) {
            char c = in_[at_];
            if (c == '\\')
                escape();
            else if (c == '[')
                bracket();
            else if (c == '(')
                group();
            else if (c == '{')
                brace();
            else {
                out_ += c;
                ++at_;
            }
        }
        return std::move(out_);
    }

  private:
    char peek(std::size_t ahead = 0) const { return at_ + ahead < in_.size() ? in_[at_ + ahead] : '\0'; }

    // Reads `{name}` or `{^name}` behind \p or \P; sets `negated` accordingly.
    std::string property(bool& negated) {
        if (peek() != '{')
            unsupported("\\p without braces");
        std::size_t close = in_.find('}', at_);
        if (close == std::string_view::npos)
            unsupported("\\p{ without }");
        std::string name(in_.substr(at_ + 1, close - at_ - 1));
        at_ = close + 1;
        if (name.starts_with('^')) {
            negated = !negated;
            name.erase(0, 1);
        }
        return property_class(name);
    }

    std::string unicode_escape() {
        std::string digits(in_.substr(std::min(at_, in_.size()), 4));
        if (digits.size() != 4 ||
            !std::all_of(digits.begin(), digits.end(), [](unsigned char c) { return std::isxdigit(c); }))
            unsupported("\\u without four hexadecimal digits");
        at_ += 4;
        return "\\x{" + digits + "}";
    }

    void put_class(const std::string& contents, bool negated) {
        out_ += (negated ? "[^" : "[") + contents + "]";
    }

    void escape() {
        char c = peek(1);
        at_ += 2;
        bool negated = c >= 'A' && c <= 'Z';
        switch (c) {
        case '\0':
            throw std::invalid_argument("a pattern ends in a backslash");
        case 's':
        case 'S':
            return put_class(space_class, negated);
        case 'd':
        case 'D':
            return put_class(category_class("Nd"), negated);
        case 'w':
        case 'W':
            return put_class(word_class(), negated);
        case 'h':
        case 'H':
            return put_class(hex_class, negated);
        case 'p':
        case 'P': {
            std::string contents = property(negated);
            return put_class(contents, negated);
        }
        case 'b':
        case 'B': {
            std::string word = "[" + word_class() + "]";
            out_ += negated ? "(?:(?<=" + word + ")(?=" + word + ")|(?<!" + word + ")(?!" + word + "))"
                            : "(?:(?<=" + word + ")(?!" + word + ")|(?<!" + word + ")(?=" + word + "))";
            return;
        }
        case 'v':
            out_ += "\\x{b}";
            return;
        case 'u':
            out_ += unicode_escape();
            return;
        case 'y':
        case 'Y':
        case 'O':
        case 'C':
        case 'Q':
        case 'E':
        case 'X':
        case 'R':
        case 'K':
            unsupported(std::string("\\") + c);
        default:
            out_ += '\\';
            out_ += c;
        }
    }

    // One escape between brackets; true when it is a class of its own, which cannot begin or end a range.
    bool bracket_escape() {
        char c = peek(1);
        at_ += 2;
        bool negated = c == 'P';
        switch (c) {
        case '\0':
            throw std::invalid_argument("a pattern ends in a backslash");
        case 's':
            out_ += space_class;
            return true;
        case 'S':
            out_ += R"(\x{180e}\S)"; // PCRE2 counts U+180E as a space
            return true;
        case 'd':
            out_ += category_class("Nd");
            return true;
        case 'D':
            out_ += "\\D";
            return true;
        case 'w':
            out_ += word_class();
            return true;
        case 'h':
            out_ += hex_class;
            return true;
        case 'p':
        case 'P': {
            std::string contents = property(negated);
            if (negated && contents == space_class)
                contents = R"(\x{180e}\S)";
            else if (negated) {
                std::size_t last = contents.rfind("\\p");
                contents = "\\P" + contents.substr(last + 2);
            }
            out_ += contents;
            return true;
        }
        case 'W':
        case 'H':
        case 'R':
        case 'X':
        case 'Q':
        case 'E':
        case 'C':
        case 'N':
            unsupported(std::string("[\\") + c + "]");
        case 'v':
            out_ += "\\x{b}";
            return false;
        case 'u':
            out_ += unicode_escape();
            return false;
        default:
            out_ += '\\';
            out_ += c;
            return false;
        }
    }

    void bracket() {
        std::size_t open = at_;
        out_ += in_[at_++];
        if (peek() == '^')
            out_ += in_[at_++];
        bool first = true, after_class = false;
        for (; at_ < in_.size(); first = false) {
            char c = peek();
            if (c == ']' && !first) {
                out_ += c;
                ++at_;
                return;
            }
            if (c == '\\') {
                after_class = bracket_escape();
            } else if (c == '[' && peek(1) == ':') {
                std::size_t close = in_.find(":]", at_);
                if (close == std::string_view::npos)
                    unsupported("[: without :]");
                std::string name(in_.substr(at_ + 2, close - at_ - 2));
                if (name != "space" && name != "digit")
                    unsupported("[:" + name + ":]");
                out_ += property_class(name);
                at_ = close + 2;
                after_class = true;
            } else if (c == '[') {
                unsupported("brackets within brackets");
            } else if (c == '&' && peek(1) == '&') {
                unsupported("&& within brackets");
            } else {
                if (c == '-' && after_class)
                    out_ += '\\';
                out_ += c;
                ++at_;
                after_class = false;
            }
        }
        throw std::invalid_argument("a pattern has [ without ] at byte " + std::to_string(open));
    }

    void group() {
        out_ += in_[at_++];
        if (peek() == '*')
            unsupported("(*");
        if (peek() != '?')
            return;
        out_ += in_[at_++];
        if (peek() == '#') {
            while (at_ < in_.size() && peek() != ')')
                out_ += in_[at_++];
            return;
        }
        switch (peek()) {
        case ':':
        case '=':
        case '!':
        case '>':
        case '<':
            return;
        default:
            break;
        }
        while (at_ < in_.size() && peek() != ':' && peek() != ')') {
            char c = in_[at_++];
            if (c != 'i' && c != 'm' && c != 'x' && c != '-')
                unsupported(std::string("(?") + c);
            out_ += c == 'm' ? 's' : c; // "dot matches line feeds"; ^ and $ always are at lines
        }
    }

    void brace() {
        out_ += in_[at_++];
        std::size_t close = in_.find('}', at_);
        if (close == std::string_view::npos)
            return;
        std::string_view inside = in_.substr(at_, close - at_);
        bool interval = !inside.empty() && inside != "," &&
                        std::all_of(inside.begin(), inside.end(),
                                    [](char c) { return c == ',' || (c >= '0' && c <= '9'); }) &&
                        std::count(inside.begin(), inside.end(), ',') <= 1;
        if (!interval)
            return;
        if (inside.front() == ',')
            out_ += '0';
        out_ += inside;
        out_ += '}';
        at_ = close + 1;
        if (peek() == '+') // Ruby repeats the repetition, PCRE2 would forbid going back
            unsupported("{n,m}+");
    }

    std::string_view in_;
    std::size_t at_ = 0;
    std::string out_;
};

} // namespace

std::string to_pcre2(std::string_view pattern) {
    return Translation(pattern).run();
}

} // namespace moequant::tokenizer
