#include "core/model/tokenizer/json_field.h"

#include "core/job/error.h"
#include "core/model/tokenizer/utf8.h"

#include <fstream>

namespace moequant::tokenizer {
namespace {

constexpr std::int64_t greatest_id = (1 << 24) - 1; // far above any vocabulary; keeps tables by id small

} // namespace

std::string read_file(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error))
        throw RequestError(path.string(),
                           error || !std::filesystem::exists(path, error) ? "not found" : "not a file");
    std::ifstream stream(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    if (!stream.is_open() || stream.bad())
        throw RequestError(path.string(), "cannot be read");
    return text;
}

nlohmann::json read_json(const std::filesystem::path& file) {
    std::string text = read_file(file);
    try {
        return nlohmann::json::parse(text);
    } catch (const nlohmann::json::exception& fault) {
        std::string what = fault.what();
        if (auto colon = what.find("] "); colon != std::string::npos)
            what = what.substr(colon + 2);
        throw RequestError(file.string(), "not valid JSON: " + well_formed_text(what));
    }
}

void JsonField::fail(const std::string& fault) const {
    throw RequestError(file_, path_.empty() ? fault : path_ + ": " + fault);
}

JsonField JsonField::at(const std::string& key) const {
    const auto& members = object();
    auto member = members.find(key);
    std::string path = path_.empty() ? key : path_ + "." + key;
    if (member == members.end())
        throw RequestError(file_, path + ": missing");
    return {member->second, file_, path};
}

std::optional<JsonField> JsonField::find(const std::string& key) const {
    const auto& members = object();
    auto member = members.find(key);
    if (member == members.end() || member->second.is_null())
        return std::nullopt;
    return JsonField(member->second, file_, path_.empty() ? key : path_ + "." + key);
}

std::vector<JsonField> JsonField::elements() const {
    if (!value_->is_array())
        fail("must be a list");
    std::vector<JsonField> list;
    list.reserve(value_->size());
    for (const nlohmann::json& element : *value_)
        list.emplace_back(element, file_, path_ + "[" + std::to_string(list.size()) + "]");
    return list;
}

const nlohmann::json::object_t& JsonField::object() const {
    if (!value_->is_object())
        fail("must be an object");
    return value_->get_ref<const nlohmann::json::object_t&>();
}

const std::string& JsonField::string() const {
    if (!value_->is_string())
        fail("must be a string");
    return value_->get_ref<const std::string&>();
}

bool JsonField::boolean() const {
    if (!value_->is_boolean())
        fail("must be true or false");
    return value_->get<bool>();
}

std::int64_t JsonField::integer(std::int64_t least, std::int64_t greatest) const {
    bool fits = value_->is_number_unsigned()
                    ? value_->get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX)
                    : value_->is_number_integer();
    if (fits) {
        auto number = value_->get<std::int64_t>();
        if (number >= least && number <= greatest)
            return number;
    }
    fail("must be an integer between " + std::to_string(least) + " and " + std::to_string(greatest));
}

std::int32_t JsonField::id() const {
    return static_cast<std::int32_t>(integer(0, greatest_id));
}

std::string JsonField::string_or(const std::string& key, const std::string& otherwise) const {
    auto member = find(key);
    return member ? member->string() : otherwise;
}

bool JsonField::boolean_or(const std::string& key, bool otherwise) const {
    auto member = find(key);
    return member ? member->boolean() : otherwise;
}

} // namespace moequant::tokenizer
