#include "core/job/sha256.h"

#include "core/job/error.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define MOEQUANT_SHA_INSTRUCTIONS 1
#endif

namespace moequant {
namespace {

alignas(16) constexpr std::uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

using State = std::array<std::uint32_t, 8>;

void compress_portable(State& state, const unsigned char* data, std::size_t blocks) {
    for (; blocks > 0; --blocks, data += 64) {
        std::uint32_t w[64];
        for (int i = 0; i < 16; ++i)
            w[i] = std::uint32_t(data[4 * i]) << 24 | std::uint32_t(data[4 * i + 1]) << 16 |
                   std::uint32_t(data[4 * i + 2]) << 8 | data[4 * i + 3];
        for (int i = 16; i < 64; ++i) {
            const auto s0 = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ (w[i - 15] >> 3);
            const auto s1 = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ (w[i - 2] >> 10);
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }
        auto [a, b, c, d, e, f, g, h] = state;
        for (int i = 0; i < 64; ++i) {
            const auto t1 = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                            ((e & f) ^ (~e & g)) + constants[i] + w[i];
            const auto t2 =
                (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
        }
        const State sum = {a, b, c, d, e, f, g, h};
        for (int i = 0; i < 8; ++i)
            state[i] += sum[i];
    }
}

#ifdef MOEQUANT_SHA_INSTRUCTIONS
// Saved layers are gigabytes; the processor's own instructions are some six times faster than the loop above.
__attribute__((target("sha,sse4.1,ssse3"))) void compress_sha(State& state, const unsigned char* data,
                                                              std::size_t blocks) {
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bll, 0x0405060700010203ll);
    const auto load = [](const void* from) __attribute__((target("sha,sse4.1,ssse3"))) {
        return _mm_loadu_si128(static_cast<const __m128i*>(from));
    };
    // The instructions want the state as (a b e f) and (c d g h), most significant word first.
    __m128i abef = _mm_set_epi32(int(state[0]), int(state[1]), int(state[4]), int(state[5]));
    __m128i cdgh = _mm_set_epi32(int(state[2]), int(state[3]), int(state[6]), int(state[7]));
    for (; blocks > 0; --blocks, data += 64) {
        const __m128i abef_before = abef, cdgh_before = cdgh;
        __m128i w[4];
        for (int i = 0; i < 4; ++i)
            w[i] = _mm_shuffle_epi8(load(data + 16 * i), swap);
        for (int round = 0; round < 16; ++round) {
            __m128i& now = w[round & 3];
            if (round >= 4) {
                const __m128i& next = w[(round + 1) & 3];
                const __m128i& last = w[(round + 3) & 3];
                const __m128i middle = _mm_alignr_epi8(last, w[(round + 2) & 3], 4);
                now = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(now, next), middle), last);
            }
            const __m128i sum = _mm_add_epi32(now, load(constants + 4 * round));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    alignas(16) std::uint32_t x[4], y[4];
    _mm_store_si128(reinterpret_cast<__m128i*>(x), abef);
    _mm_store_si128(reinterpret_cast<__m128i*>(y), cdgh);
    state = {x[3], x[2], y[3], y[2], x[1], x[0], y[1], y[0]};
}

bool have_sha_instructions() {
    unsigned a = 0, b = 0, c = 0, d = 0;
    __asm__("cpuid" : "=a"(a), "=b"(b), "=c"(c), "=d"(d) : "a"(7), "c"(0));
    return (b >> 29 & 1) && __builtin_cpu_supports("sse4.1") && __builtin_cpu_supports("ssse3");
}
#endif

void compress(State& state, const unsigned char* data, std::size_t blocks) {
#ifdef MOEQUANT_SHA_INSTRUCTIONS
    static const bool fast = have_sha_instructions();
    if (fast)
        return compress_sha(state, data, blocks);
#endif
    compress_portable(state, data, blocks);
}

} // namespace

void Sha256::update(const void* data, std::size_t bytes) {
    const auto* from = static_cast<const unsigned char*>(data);
    bytes_ += bytes;
    if (filled_ > 0) {
        const std::size_t take = std::min(bytes, 64 - filled_);
        std::memcpy(block_.data() + filled_, from, take);
        filled_ += take, from += take, bytes -= take;
        if (filled_ < 64)
            return;
        compress(state_, block_.data(), 1);
        filled_ = 0;
    }
    compress(state_, from, bytes / 64);
    filled_ = bytes % 64;
    if (filled_ > 0)
        std::memcpy(block_.data(), from + bytes - filled_, filled_);
}

std::string Sha256::hex() {
    const std::uint64_t bits = bytes_ * 8;
    const unsigned char padding[64] = {0x80};
    update(padding, filled_ < 56 ? 56 - filled_ : 120 - filled_);
    unsigned char length[8];
    for (int i = 0; i < 8; ++i)
        length[i] = static_cast<unsigned char>(bits >> (56 - 8 * i));
    update(length, 8);
    std::string text;
    for (std::uint32_t word : state_) {
        char digits[9];
        std::snprintf(digits, sizeof digits, "%08x", word);
        text += digits;
    }
    return text;
}

std::string sha256(std::string_view bytes) {
    Sha256 hash;
    hash.update(bytes);
    return hash.hex();
}

std::string sha256_file(const std::filesystem::path& file, std::uint64_t limit) {
    const auto close = [](std::FILE* open) { std::fclose(open); };
    const std::unique_ptr<std::FILE, decltype(close)> in(std::fopen(file.c_str(), "rb"), close);
    if (!in)
        throw RequestError(file.string(), std::strerror(errno));
    Sha256 hash;
    std::vector<char> buffer(1 << 20);
    while (limit > 0) {
        const auto want = std::size_t(std::min<std::uint64_t>(limit, buffer.size()));
        const std::size_t got = std::fread(buffer.data(), 1, want, in.get());
        hash.update(buffer.data(), got);
        limit -= got;
        if (got < want) {
            if (std::ferror(in.get()))
                throw RequestError(file.string(), std::strerror(errno));
            break;
        }
    }
    return hash.hex();
}

} // namespace moequant
