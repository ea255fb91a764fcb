// SHA-256 (FIPS 180-4), for the hashes of inputs and of saved state.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace moequant {

class Sha256 {
  public:
    void update(const void* data, std::size_t bytes);
    void update(std::string_view text) { update(text.data(), text.size()); }
    /// The digest in lower-case hexadecimal; the object is spent afterwards.
    std::string hex();

  private:
    std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                           0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<unsigned char, 64> block_{};
    std::size_t filled_ = 0;
    std::uint64_t bytes_ = 0;
};

std::string sha256(std::string_view bytes);
/// Of the whole file, or of its first `limit` bytes. Throws RequestError when it cannot be read.
std::string sha256_file(const std::filesystem::path& file, std::uint64_t limit = UINT64_MAX);

} // namespace moequant
