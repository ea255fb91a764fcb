"""Writes core/model/tokenizer/unicode_additions.cpp: the code points whose general category in the `tokenizers`
library (Oniguruma's tables) is not yet that of Unicode 14, the version of Python 3.11's `unicodedata` and of PCRE2
10.42. Regenerate when the library moves to a newer Unicode:

    python tests/oracle/tokenizer_unicode_table.py > core/model/tokenizer/unicode_additions.cpp
"""
import sys
import unicodedata

from tokenizers import Regex, pre_tokenizers

CATEGORIES = ("Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp".split())
CODE_POINTS = [c for c in range(1, 0x110000) if not 0xD800 <= c < 0xE000]


def members(pattern):
    split = pre_tokenizers.Split(Regex(pattern), "removed")
    found = set()
    for start in range(0, len(CODE_POINTS), 4096):
        text = "".join(map(chr, CODE_POINTS[start:start + 4096]))
        kept = set("".join(piece for piece, _ in split.pre_tokenize_str(text)))
        found.update(ord(c) for c in text if c not in kept)
    return found


def main():
    assert unicodedata.unidata_version == "14.0.0", unicodedata.unidata_version
    rows, gone = [], []
    for category in CATEGORIES:
        here = members(r"\p{%s}" % category)
        base = {c for c in CODE_POINTS if unicodedata.category(chr(c)) == category}
        gone += [(c, category) for c in base - here]
        for c in sorted(here - base):
            if rows and rows[-1][1] == c - 1 and rows[-1][2] == category:
                rows[-1][1] = c
            else:
                rows.append([c, c, category])
    for c, category in gone:
        print(f"U+{c:04X} is no longer {category}", file=sys.stderr)
    rows.sort()
    print("// Written by tests/oracle/tokenizer_unicode_table.py; do not edit.")
    print('#include "core/model/tokenizer/unicode.h"\n')
    print("namespace moequant::tokenizer {\nnamespace {\n")
    print("constexpr UnicodeAddition additions[] = {")
    line = "   "
    for first, last, category in rows:
        entry = f' {{0x{first:x}, 0x{last:x}, "{category}"}},'
        if len(line) + len(entry) > 110:
            print(line)
            line = "   "
        line += entry
    print(line)
    print("};\n\n} // namespace\n")
    print("std::span<const UnicodeAddition> unicode_additions() { return additions; }\n")
    print("} // namespace moequant::tokenizer")


if __name__ == "__main__":
    main()
