// Guarded reading of JSON: every fault is a RequestError that names file and field.
#pragma once
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace moequant::tokenizer {

/// Reads a whole file. Throws RequestError when that fails.
std::string read_file(const std::filesystem::path& path);

/// A value in a JSON document, and the way to it. The document must outlive it.
class JsonField {
  public:
    JsonField(const nlohmann::json& value, std::string file, std::string path = "")
        : value_(&value), file_(std::move(file)), path_(std::move(path)) {}

    const std::string& file() const { return file_; }
    const std::string& path() const { return path_; }
    const nlohmann::json& json() const { return *value_; }
    bool is_null() const { return value_->is_null(); }
    bool is_string() const { return value_->is_string(); }
    bool is_array() const { return value_->is_array(); }
    bool is_object() const { return value_->is_object(); }

    [[noreturn]] void fail(const std::string& fault) const;

    /// The member `key` of this object; fails when it is missing.
    JsonField at(const std::string& key) const;
    /// The member `key`, nothing when it is missing or null.
    std::optional<JsonField> find(const std::string& key) const;
    /// The elements of this array.
    std::vector<JsonField> elements() const;
    const nlohmann::json::object_t& object() const;

    const std::string& string() const;
    bool boolean() const;
    /// An integer within [least, greatest].
    std::int64_t integer(std::int64_t least, std::int64_t greatest) const;
    /// A token id.
    std::int32_t id() const;

    std::string string_or(const std::string& key, const std::string& otherwise) const;
    bool boolean_or(const std::string& key, bool otherwise) const;

  private:
    const nlohmann::json* value_;
    std::string file_, path_;
};

/// Parses `file`. Throws RequestError.
nlohmann::json read_json(const std::filesystem::path& file);

} // namespace moequant::tokenizer
