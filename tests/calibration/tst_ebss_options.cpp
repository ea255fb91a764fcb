// Single options of the search: what each does, and what is refused with its name.
#include "core/calibration/degenerate.h"
#include "core/calibration/ebss.h"
#include "core/job/error.h"
#include "core/model/safetensors.h"
#include "tests/strict_main.h"

using namespace moequant;
namespace fs = std::filesystem;

namespace {

const fs::path data = fs::path(MOEQUANT_SOURCE_DIR) / "tests/data";

Decoder open(const fs::path& folder) {
    return Decoder(read_config(folder), std::make_shared<SafetensorsFolder>(folder), Compute{}, 1 << 30);
}

} // namespace

class TestEbssOptions : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void refused_data() {
        QTest::addColumn<EbssOptions>("options");
        QTest::addColumn<QString>("names");
        const auto row = [](const char* title, const char* names, const auto& set) {
            EbssOptions options;
            options.length = 16;
            options.sequences = 1;
            set(options);
            QTest::addRow("%s", title) << options << names;
        };
        row("tau 0", "tau", [](EbssOptions& o) { o.tau = 0; });
        row("tau negative", "tau", [](EbssOptions& o) { o.tau = -1; });
        row("tau nan", "tau", [](EbssOptions& o) { o.tau = std::nan(""); });
        row("width 0", "width", [](EbssOptions& o) { o.width = 0; });
        row("width 256", "width", [](EbssOptions& o) { o.width = 256; });
        row("length 1", "length", [](EbssOptions& o) { o.length = 1; });
        row("beyond the positions", "positions", [](EbssOptions& o) { o.length = 1000000; });
        row("wider than the vocabulary", "width", [](EbssOptions& o) { o.width = 200; });
        row("branching beyond the vocabulary", "branching", [](EbssOptions& o) { o.branching = 200; });
        row("branching negative", "branching", [](EbssOptions& o) { o.branching = -1; });
        row("noise negative", "noise", [](EbssOptions& o) { o.noise = -0.5; });
        row("1-grams", "no-repeat-ngram", [](EbssOptions& o) { o.no_repeat_ngram = 1; });
        row("retries negative", "retries", [](EbssOptions& o) { o.retries = -1; });
        row("no sequences", "sequences", [](EbssOptions& o) { o.sequences = 0; });
    }
    void refused() {
        QFETCH(EbssOptions, options);
        QFETCH(QString, names);
        const Decoder decoder = open(data / "decoder/qwen2_moe");
        try {
            sample_balanced(decoder, options, {}, {}, {});
            QFAIL("accepted");
        } catch (const RequestError& error) {
            QVERIFY2(QString(error.what()).contains(names), error.what());
        }
    }

    void sequential_first_tokens() {
        const Decoder decoder = open(data / "decoder/qwen2_moe");
        EbssOptions options;
        options.sequences = 4;
        options.length = 4;
        options.sequential_first = true;
        options.masked = decoder.config().special_ids;
        const EbssSet set = sample_balanced(decoder, options, {}, {}, {});
        for (std::int32_t i = 0; i < 4; ++i)
            QCOMPARE(set.sequences[std::size_t(i)].ids[0], i + 3); // ids 0, 1 and 2 are special
    }

    void no_ngram_twice() {
        const Decoder decoder = open(data / "decoder/qwen2_moe");
        for (const std::int64_t n : {2, 3}) {
            EbssOptions options;
            options.tau = std::numeric_limits<double>::infinity(); // plain beams loop
            options.no_repeat_ngram = n;
            options.sequences = 2;
            options.length = 40;
            options.warmup = 0;
            for (const EbssSequence& sequence : sample_balanced(decoder, options, {}, {}, {}).sequences)
                QCOMPARE(distinct_share(sequence.ids, int(n)), 1.0);
        }
    }

    void a_dense_model() {
        ModelConfig config = read_config(data / "decoder/qwen2_moe");
        for (LayerConfig& layer : config.layers)
            layer.moe = false;
        QVERIFY_THROWS_EXCEPTION(RequestError, check_options(config, EbssOptions()));
    }

    void no_continuation_left() {
        // Every token but a handful masked, and no bigram twice: the search must end in a word, not in a
        // crash.
        const Decoder decoder = open(data / "decoder/qwen2_moe");
        EbssOptions options;
        options.width = 1;
        options.sequences = 1;
        options.length = 60;
        options.no_repeat_ngram = 2;
        for (std::int32_t id = 0; id < decoder.config().vocab_size - 3; ++id)
            options.masked.push_back(id);
        QVERIFY_THROWS_EXCEPTION(RunError, sample_balanced(decoder, options, {}, {}, {}));
    }
};

STRICT_TEST_MAIN(TestEbssOptions)
#include "tst_ebss_options.moc"
