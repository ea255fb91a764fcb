// Options that several kinds of job share, and how the table's entries are made. Private to this folder.
#pragma once
#include "core/job/option_table.h"

namespace moequant {

inline Option limits(Option option, std::optional<double> min, std::optional<double> max = {}) {
    option.min = min;
    option.max = max;
    return option;
}

inline Option choice(const std::string& name, const std::string& value, const std::string& help,
                     const std::string& group, std::vector<std::string> choices,
                     std::vector<std::string> later = {}) {
    Option option{name, OptionType::Choice, value, help, group};
    option.choices = std::move(choices);
    option.later = std::move(later);
    return option;
}

inline Option list_of(const std::string& name, OptionType type, const std::string& help,
                      const std::string& group) {
    Option option{name, type, nlohmann::json::array(), help, group};
    option.list = true;
    return option;
}

inline Option positional(Option option) {
    option.positional = option.required = true;
    return option;
}

inline Option required(Option option) {
    option.required = true;
    option.default_value = nullptr;
    return option;
}

inline Option not_built(Option option) {
    option.built = false;
    return option;
}

inline Option execution(Option option) {
    option.execution = true;
    return option;
}

template <typename... Lists>
std::vector<Option> join(const Lists&... lists) {
    std::vector<Option> all;
    (all.insert(all.end(), lists.begin(), lists.end()), ...);
    return all;
}

std::vector<Option> common_options();
Option bos_option();
Option agq_option();
Option bits_option();
Option group_size_option();
Option format_option();
Option shard_size_option();
/// Of the search, with the presets that `kind` may name.
std::vector<Option> ebss_options(const std::string& kind);
/// Method, statistics, grid, mixed precision and checkpoint of `quantize`.
std::vector<Option> quantize_options();
/// Study, sampling and expert curves of `hessian-lab`.
std::vector<Option> hessian_lab_options();

} // namespace moequant
