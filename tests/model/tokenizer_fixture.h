// The fixtures that tests/oracle/tokenizer_fixtures.py wrote, and the text generator it shares with the
// tests.
#pragma once
#include "core/model/tokenizer/tokenizer.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace tokenizer_fixture {

using nlohmann::json;
using Ids = std::vector<std::int32_t>;

inline std::filesystem::path folder() {
    return std::filesystem::path(MOEQUANT_SOURCE_DIR) / "tests/data/tokenizer";
}

/// The folder of a fixture tokenizer; "sample" is the built-in model's.
inline std::filesystem::path folder_of(const std::string& base) {
    if (base == "sample")
        return std::filesystem::path(MOEQUANT_SOURCE_DIR) / "resources/sample-model";
    return folder() / base;
}

inline std::string read_text(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

inline void write_text(const std::filesystem::path& path, std::string_view text) {
    std::ofstream stream(path, std::ios::binary);
    stream.write(text.data(), static_cast<std::streamsize>(text.size()));
}

inline json read(const std::string& name) {
    return json::parse(read_text(folder() / name));
}

inline std::string sha256(std::string_view bytes) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())));
    return hash.result().toHex().toStdString();
}

struct SplitMix64 {
    std::uint64_t state;

    std::uint64_t next() {
        state += 0x9E3779B97F4A7C15ull;
        std::uint64_t z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }
    std::uint64_t below(std::uint64_t n) { return next() % n; }
};

inline std::string utf8(char32_t c) {
    auto byte = [](char32_t value) { return static_cast<char>(value); };
    if (c < 0x80)
        return {byte(c)};
    if (c < 0x800)
        return {byte(0xC0 | c >> 6), byte(0x80 | (c & 63))};
    if (c < 0x10000)
        return {byte(0xE0 | c >> 12), byte(0x80 | (c >> 6 & 63)), byte(0x80 | (c & 63))};
    return {byte(0xF0 | c >> 18), byte(0x80 | (c >> 12 & 63)), byte(0x80 | (c >> 6 & 63)),
            byte(0x80 | (c & 63))};
}

/// `document` of tests/oracle/tokenizer_texts.py, step for step.
class TextGenerator {
  public:
    explicit TextGenerator(const json& parity)
        : fragments_(parity.at("fragments").get<std::vector<std::string>>()),
          spaces_(parity.at("spaces").get<std::vector<std::string>>()),
          ranges_(parity.at("ranges").get<std::vector<std::pair<char32_t, char32_t>>>()) {}

    std::string document(std::uint64_t seed, std::size_t size) const {
        SplitMix64 random{seed};
        std::string text;
        while (text.size() < size) {
            std::uint64_t kind = random.below(16);
            if (kind < 11) {
                text += fragments_[random.below(fragments_.size())];
            } else if (kind < 12) {
                text += spaces_[random.below(spaces_.size())];
            } else {
                auto [first, last] = ranges_[random.below(ranges_.size())];
                std::uint64_t count = 1 + random.below(6);
                for (std::uint64_t i = 0; i < count; ++i)
                    text += utf8(static_cast<char32_t>(first + random.below(last - first + 1)));
            }
            if (random.below(4) != 0) {
                if (random.below(8) == 0)
                    text += spaces_[random.below(spaces_.size())];
                else
                    text += ' ';
            }
        }
        return text;
    }

  private:
    std::vector<std::string> fragments_, spaces_;
    std::vector<std::pair<char32_t, char32_t>> ranges_;
};

inline std::string show(const Ids& ids) {
    return json(ids).dump();
}

} // namespace tokenizer_fixture
