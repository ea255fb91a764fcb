// The floor under EBSS: the same rows and steps of the decoder, logits included, with no search around them.
// Prints seconds. Usage: bench_beam_forward MODEL SEQUENCES WIDTH LENGTH
#include "core/job/inputs.h"
#include "core/model/beam_decoder.h"
#include "core/model/safetensors.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

using namespace moequant;

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fprintf(stderr, "usage: bench_beam_forward MODEL SEQUENCES WIDTH LENGTH\n");
        return 2;
    }
    ::setenv("MKL_CBWR", strict_matrix_mode(), 0);
    const std::filesystem::path folder = argv[1];
    const std::int64_t sequences = std::atoll(argv[2]), width = std::atoll(argv[3]),
                       length = std::atoll(argv[4]);
    const Decoder decoder(read_config(folder), std::make_shared<SafetensorsFolder>(folder), Compute{},
                          std::int64_t(4) << 30);
    logits(decoder, embed(decoder, at::zeros({16}, at::kLong))); // weights loaded, threads up
    for (int i = 0; i < int(decoder.config().layers.size()); ++i)
        (void)decoder.layer(i);

    const auto begin = std::chrono::steady_clock::now();
    BeamDecoder cache(decoder, sequences, width, length);
    std::vector<BeamRow> rows;
    std::vector<BeamDecoder::Kept> kept;
    for (std::int64_t s = 0; s < sequences; ++s)
        for (std::int64_t b = 0; b < width; ++b) {
            kept.push_back({s * width + b, std::int32_t(b)});
            // All continue beam 0, as the beams of a search share nearly all of their past.
            rows.push_back({std::int32_t(s), 0, std::int32_t(10 + (s * 37 + b * 11) % 3000)});
        }
    for (std::int64_t step = 0; step < length; ++step) {
        const at::Tensor hidden = cache.step(rows, nullptr);
        cache.keep(kept);
        logits(decoder, hidden);
    }
    std::printf("%.3f\n", std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
}
