#include "core/quantization/override.h"

#include "core/job/error.h"

#include <charconv>

namespace moequant {
namespace {

[[noreturn]] void refuse(const std::string& text, const std::string& fault) {
    throw RequestError("--override '" + text + "': " + fault);
}

std::int64_t number(const std::string& text, const std::string& key, const std::string& value) {
    std::int64_t result = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), result);
    if (error != std::errc() || end != value.data() + value.size())
        refuse(text, key + " is no whole number");
    return result;
}

void set(Override& change, const std::string& key, const std::string& value) {
    if (key == "bits") {
        change.bits = int(number(change.text, key, value));
        if (*change.bits < 2 || *change.bits > 8)
            refuse(change.text, "bits must be 2 to 8");
    } else if (key == "group_size") {
        change.group_size = number(change.text, key, value);
        if (*change.group_size != -1 && *change.group_size < 1)
            refuse(change.text, "group_size must be -1 or at least 1");
    } else if (key == "sym" && (value == "true" || value == "false")) {
        change.symmetric = value == "true";
    } else if (key == "clip" && (value == "none" || value == "mse")) {
        change.clip = value == "mse" ? Clip::mse : Clip::none;
    } else {
        refuse(change.text, "'" + key + ":" + value +
                                "' is none of skip, bits:N, group_size:N, sym:true|false, clip:none|mse");
    }
}

} // namespace

Override parse_override(const std::string& text) {
    Override change;
    change.text = text;
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size())
        refuse(text, "must be PATTERN=skip or PATTERN=KEY:VALUE,…, such as 'model.layers.0.*=bits:8'");
    change.pattern = text.substr(0, equals);
    for (std::size_t begin = equals + 1, end = 0; end != std::string::npos; begin = end + 1) {
        end = text.find(',', begin);
        const std::string part = text.substr(begin, end == std::string::npos ? end : end - begin);
        const std::size_t colon = part.find(':');
        if (part == "skip")
            change.skip = true;
        else
            set(change, part.substr(0, colon), colon == std::string::npos ? "" : part.substr(colon + 1));
    }
    if (change.skip && (change.bits || change.group_size || change.symmetric || change.clip))
        refuse(text, "skip leaves nothing else to say");
    return change;
}

bool matches(const std::string& pattern, const std::string& name) {
    std::size_t p = 0, n = 0, star = std::string::npos, resume = 0;
    while (n < name.size()) {
        if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n]) && pattern[p] != '*') {
            ++p;
            ++n;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = n;
        } else if (star != std::string::npos) {
            p = star + 1;
            n = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

GridOptions apply(const Override& change, GridOptions grid) {
    grid.bits = change.bits.value_or(grid.bits);
    grid.group_size = change.group_size.value_or(grid.group_size);
    grid.symmetric = change.symmetric.value_or(grid.symmetric);
    grid.clip = change.clip.value_or(grid.clip);
    return grid;
}

} // namespace moequant
