#include "core/job/error.h"
#include "core/job/option_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <limits>

namespace moequant {
namespace {

std::string brief(const nlohmann::json& value) {
    std::string text = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return text.size() > 60 ? text.substr(0, 57) + "..." : text;
}

[[noreturn]] void refuse(const Option& option, const std::string& fault) {
    throw RequestError("option " + option.name + ": " + fault);
}

void check_range(const Option& option, double value) {
    const auto show = [](double x) {
        return nlohmann::json(x == std::floor(x) && std::abs(x) < 1e15 ? nlohmann::json(std::int64_t(x))
                                                                       : nlohmann::json(x))
            .dump();
    };
    if (option.min && value < *option.min)
        refuse(option, show(value) + " is below " + show(*option.min));
    if (option.max && value > *option.max)
        refuse(option, show(value) + " is above " + show(*option.max));
}

void check_device(const Option& option, const std::string& text) {
    if (text == "auto" || text == "cpu" || text == "cuda")
        return;
    if (text.starts_with("cuda:") && text.size() > 5 && text.size() < 9 &&
        text.find_first_not_of("0123456789", 5) == std::string::npos)
        return;
    refuse(option, "'" + text + "' is none of auto, cpu, cuda, cuda:N");
}

nlohmann::json checked_float(const Option& option, const nlohmann::json& value) {
    if (value == "inf" && option.allow_infinity)
        return value;
    if (!value.is_number())
        refuse(option, "expected a number, got " + brief(value));
    const double number = value.get<double>();
    if (!std::isfinite(number))
        refuse(option, "expected a finite number");
    check_range(option, number);
    return number;
}

nlohmann::json checked_text(const Option& option, const nlohmann::json& value) {
    if (!value.is_string())
        refuse(option, "expected text, got " + brief(value));
    const auto& text = value.get_ref<const std::string&>();
    if (text.empty())
        refuse(option, "is empty");
    if (text.find('\0') != std::string::npos)
        refuse(option, "contains a zero byte");
    if (option.type == OptionType::Choice) {
        std::string known;
        for (const std::string& one : option.choices) {
            if (one == text)
                return value;
            known += (known.empty() ? "" : ", ") + one;
        }
        refuse(option, "'" + text + "' is none of " + known);
    }
    if (option.type == OptionType::Size) {
        const auto bytes = parse_size(text);
        if (!bytes || *bytes == 0)
            refuse(option, "'" + text + "' is no size such as 5GB");
    }
    if (option.name == "device")
        check_device(option, text);
    return value;
}

nlohmann::json checked_element(const Option& option, const nlohmann::json& value) {
    switch (option.type) {
    case OptionType::Int: {
        if (!value.is_number_integer())
            refuse(option, "expected a whole number, got " + brief(value));
        if (value.is_number_unsigned() &&
            value.get<std::uint64_t>() > std::uint64_t(std::numeric_limits<std::int64_t>::max()))
            refuse(option, "is too large");
        check_range(option, double(value.get<std::int64_t>()));
        if (option.name == "group-size" && value == 0)
            refuse(option, "0 columns cannot share a scale (-1: the whole row)");
        return value;
    }
    case OptionType::Float:
        return checked_float(option, value);
    case OptionType::Bool:
        if (!value.is_boolean())
            refuse(option, "expected true or false, got " + brief(value));
        return value;
    default:
        return checked_text(option, value);
    }
}

bool is_number(const Option& option) {
    return option.type == OptionType::Int || option.type == OptionType::Float;
}

/// The numbers of "start:stop:step".
nlohmann::json range_from_text(const Option& option, const std::string& text) {
    const auto one = text.find(':'), two = text.find(':', one + 1);
    if (two == std::string::npos || text.find(':', two + 1) != std::string::npos)
        refuse(option, "'" + text + "' is no range start:stop:step");
    Option part = option; // its limits hold for the numbers of the range, not for the step
    part.min = part.max = std::nullopt;
    part.allow_infinity = false;
    const double start = value_from_text(part, text.substr(0, one)).get<double>(),
                 stop = value_from_text(part, text.substr(one + 1, two - one - 1)).get<double>(),
                 step = value_from_text(part, text.substr(two + 1)).get<double>();
    if (step == 0)
        refuse(option, "the range '" + text + "' has a step of 0");
    const double steps = (stop - start) / step;
    if (steps < 0)
        refuse(option, "the range '" + text + "' steps away from its stop");
    if (!(steps < 10000))
        refuse(option, "the range '" + text + "' holds more than 10000 numbers");
    nlohmann::json list = nlohmann::json::array();
    for (std::int64_t i = 0; double(i) <= steps + 1e-9; ++i) {
        const double value = start + double(i) * step;
        if (option.type == OptionType::Int) {
            list.push_back(checked_element(option, std::int64_t(std::llround(value))));
            continue;
        }
        char digits[32]; // 1.2, not 1.2000000000000002
        std::snprintf(digits, sizeof digits, "%.12g", value);
        list.push_back(value_from_text(option, digits));
    }
    return list;
}

} // namespace

std::string Option::key() const {
    std::string key = name;
    std::replace(key.begin(), key.end(), '-', '_');
    return key;
}

const Option* Kind::find(const std::string& key) const {
    for (const Option& option : options)
        if (option.key() == key)
            return &option;
    return nullptr;
}

nlohmann::json checked_value(const Option& option, const nlohmann::json& value) {
    if (value.is_null()) {
        if (!option.default_value.is_null() || option.required)
            refuse(option, "needs a value");
        return value;
    }
    if (!option.list)
        return checked_element(option, value);
    if (!value.is_array())
        refuse(option, "expected a list, got " + brief(value));
    nlohmann::json list = nlohmann::json::array();
    for (const auto& element : value) {
        if (is_number(option) && element.is_string() &&
            element.get_ref<const std::string&>().find(':') != std::string::npos)
            for (auto& number : list_from_text(option, element.get<std::string>()))
                list.push_back(std::move(number));
        else
            list.push_back(checked_element(option, element));
    }
    return list;
}

nlohmann::json value_from_text(const Option& option, const std::string& text) {
    const char *begin = text.data(), *end = begin + text.size();
    if (option.type == OptionType::Int) {
        std::int64_t number = 0;
        const auto [stop, error] = std::from_chars(begin, end, number);
        if (error != std::errc() || stop != end)
            refuse(option, "expected a whole number, got '" + text + "'");
        return checked_element(option, number);
    }
    if (option.type == OptionType::Float) {
        if (text == "inf" && option.allow_infinity)
            return text;
        double number = 0;
        const auto [stop, error] = std::from_chars(begin, end, number);
        if (error != std::errc() || stop != end)
            refuse(option, "expected a number, got '" + text + "'");
        return checked_element(option, number);
    }
    if (option.type == OptionType::Bool) {
        if (text != "true" && text != "false")
            refuse(option, "expected true or false, got '" + text + "'");
        return text == "true";
    }
    return checked_element(option, text);
}

nlohmann::json list_from_text(const Option& option, const std::string& text) {
    if (!is_number(option))
        return nlohmann::json::array({value_from_text(option, text)});
    nlohmann::json list = nlohmann::json::array();
    for (std::size_t begin = 0, end = 0; end != std::string::npos; begin = end + 1) {
        end = text.find(',', begin);
        const std::string part = text.substr(begin, end == std::string::npos ? end : end - begin);
        if (part.find(':') == std::string::npos)
            list.push_back(value_from_text(option, part));
        else
            for (auto& number : range_from_text(option, part))
                list.push_back(std::move(number));
    }
    return list;
}

std::string value_to_text(const Option&, const nlohmann::json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::optional<std::uint64_t> parse_size(const std::string& text) {
    double number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || !std::isfinite(number) || number < 0)
        return std::nullopt;
    const std::string unit(stop, text.data() + text.size());
    static const std::pair<const char*, double> units[] = {
        {"", 1},      {"B", 1},        {"KB", 1e3},        {"MB", 1e6},           {"GB", 1e9},
        {"TB", 1e12}, {"KiB", 1024.0}, {"MiB", 1048576.0}, {"GiB", 1073741824.0}, {"TiB", 1099511627776.0}};
    for (const auto& [name, factor] : units)
        if (unit == name && number * factor < 9e18)
            return std::uint64_t(number * factor);
    return std::nullopt;
}

} // namespace moequant
