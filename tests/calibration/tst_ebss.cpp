// EBSS against a plain reference search (tests/oracle/ebss_reference.py), against a recomputation of every
// emitted sequence from scratch, and against itself under other budgets and threads.
#include "core/calibration/ebss.h"
#include "core/calibration/usage.h"
#include "core/job/error.h"
#include "core/model/beam_decoder.h"
#include "core/model/safetensors.h"
#include "tests/strict_main.h"

#include <ATen/Parallel.h>

#include <fstream>

using namespace moequant;
namespace fs = std::filesystem;

namespace {

const fs::path data = fs::path(MOEQUANT_SOURCE_DIR) / "tests/data";

Decoder open(const fs::path& folder) {
    return Decoder(read_config(folder), std::make_shared<SafetensorsFolder>(folder), Compute{}, 1 << 30);
}

EbssSet search(const Decoder& decoder, const EbssOptions& options) {
    return sample_balanced(decoder, options, {}, {}, {});
}

/// Log-probability and pooled counts of a finished sequence by one whole forward.
struct Recomputed {
    double log_prob = 0, sigma = 0;
};
Recomputed recompute(const Decoder& decoder, const std::vector<std::int32_t>& ids,
                     std::optional<std::int32_t> bos, SigmaUnit unit) {
    TokenSet set{"one", {ids}};
    Recomputed result;
    UsageOptions options;
    options.prefix = bos;
    const Usage usage = measure_usage(decoder, set, options, {}, {});
    for (const LayerUsage& layer : usage.layers) {
        double squares = 0, slots = 0;
        for (const auto n : layer.counts) {
            squares += double(n) * double(n);
            slots += double(n);
        }
        result.sigma += layer_sigma(unit, squares, slots, std::int64_t(layer.counts.size()), layer.top_k);
    }
    result.sigma /= double(usage.layers.size());
    const auto batches = batch_sequences(set.sequences, bos, 1 << 20);
    const auto hidden = forward_batches(decoder, batches, [](int, std::size_t, const Routing*) {});
    const at::Tensor log_p = at::log_softmax(logits(decoder, hidden[0].view({-1, hidden[0].size(2)})), -1);
    const std::size_t offset = bos ? 1 : 0;
    for (std::size_t i = bos ? 0 : 1; i < ids.size(); ++i)
        result.log_prob += log_p[std::int64_t(i + offset) - 1][ids[i]].item<double>();
    return result;
}

} // namespace

class TestEbss : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void reference_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("row");
        for (const auto& entry : fs::directory_iterator(data / "ebss")) {
            const auto document = nlohmann::json::parse(std::ifstream(entry.path()));
            for (int i = 0; i < int(document["rows"].size()); ++i) {
                const auto& row = document["rows"][std::size_t(i)];
                if (row["sigma_of"] == "parent")
                    QTest::addRow("%s %s", entry.path().stem().c_str(),
                                  row["name"].get<std::string>().c_str())
                        << QString::fromStdString(entry.path().string()) << i;
            }
        }
    }

    void reference() {
        QFETCH(QString, file);
        QFETCH(int, row);
        const auto document = nlohmann::json::parse(std::ifstream(file.toStdString()));
        const auto& expected = document["rows"][std::size_t(row)];
        const Decoder decoder = open(data / document["model"].get<std::string>());
        EbssOptions options;
        options.tau = expected["tau"].is_string() ? std::numeric_limits<double>::infinity()
                                                  : expected["tau"].get<double>();
        options.width = expected["width"];
        options.length = expected["length"];
        options.sequences = 1;
        options.unit = parse_sigma_unit(expected["sigma_unit"]);
        options.masked = document["special_ids"].get<std::vector<std::int32_t>>();
        std::vector<std::int32_t> opening = {expected["first"].get<std::int32_t>()};
        for (const auto& id : expected["warmup"])
            opening.push_back(id);
        options.warmup = std::int64_t(opening.size()) - 1;
        options.openings = {opening};
        const EbssSet set = search(decoder, options);
        QCOMPARE(set.sequences[0].ids, expected["ids"].get<std::vector<std::int32_t>>());
        QVERIFY(std::abs(set.sequences[0].log_prob - expected["log_prob"].get<double>()) < 1e-4);
        QVERIFY(std::abs(set.sequences[0].sigma - expected["sigma"].get<double>()) < 1e-4);
        QVERIFY(std::abs(set.sequences[0].score - expected["score"].get<double>()) < 1e-4);
    }

    void recomputed_from_scratch_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<bool>("bos");
        QTest::addColumn<double>("tau");
        for (const char* model : {"qwen2_moe", "mixtral_window", "deepseek"})
            for (const bool bos : {false, true})
                QTest::addRow("%s%s", model, bos ? " with BOS" : "") << model << bos << (bos ? 0.3 : 1.2);
    }

    void recomputed_from_scratch() {
        QFETCH(QString, model);
        QFETCH(bool, bos);
        QFETCH(double, tau);
        const Decoder decoder = open(data / "decoder" / model.toStdString());
        EbssOptions options;
        options.tau = tau;
        options.sequences = 5;
        options.length = 24;
        options.seed = 7;
        options.masked = decoder.config().special_ids;
        if (bos)
            options.bos = decoder.config().bos.value();
        const EbssSet set = search(decoder, options);
        QCOMPARE(set.sequences.size(), 5u);
        double log_prob = 0;
        for (const EbssSequence& sequence : set.sequences) {
            QCOMPARE(sequence.ids.size(), 24u);
            for (const auto id : sequence.ids)
                QVERIFY(!std::count(options.masked.begin(), options.masked.end(), id));
            const Recomputed again = recompute(decoder, sequence.ids, options.bos, options.unit);
            QVERIFY2(std::abs(again.log_prob - sequence.log_prob) < 1e-4,
                     qPrintable(QString("%1 against %2").arg(again.log_prob).arg(sequence.log_prob)));
            QVERIFY(std::abs(again.sigma - sequence.sigma) < 1e-4);
            QVERIFY(std::abs(-again.log_prob / 24 + again.sigma / tau - sequence.score) < 1e-4);
            log_prob += sequence.log_prob;
        }
        QVERIFY(std::abs(set.perplexity - std::exp(-log_prob / double(5 * (bos ? 24 : 23)))) < 1e-6);
    }

    void the_set_depends_on_neither_budget_nor_threads() {
        const Decoder decoder = open(data / "decoder/qwen2_moe_variant");
        EbssOptions options;
        options.sequences = 6;
        options.length = 20;
        options.masked = decoder.config().special_ids;
        const int before = at::get_num_threads();
        const auto ids_of = [&](std::int64_t bytes, int threads) {
            at::set_num_threads(threads);
            options.memory_bytes = bytes;
            std::vector<std::pair<std::vector<std::int32_t>, double>> result;
            for (const EbssSequence& sequence : search(decoder, options).sequences)
                result.emplace_back(sequence.ids, sequence.score);
            return result;
        };
        const auto whole = ids_of(std::int64_t(1) << 30, 1);
        QVERIFY(whole == ids_of(1, 1));
        QVERIFY(whole == ids_of(2 * BeamDecoder::bytes_per_sequence(decoder, options.width, 20), 3));
        QVERIFY(whole == ids_of(std::int64_t(1) << 30, 2));
        at::set_num_threads(before);
        options.seed = 1;
        options.memory_bytes = 1 << 30;
        QVERIFY(search(decoder, options).sequences[0].ids != whole[0].first);
    }

    void sequential_first_tokens() {
        const Decoder decoder = open(data / "decoder/qwen2_moe");
        EbssOptions options;
        options.sequences = 4;
        options.length = 4;
        options.sequential_first = true;
        options.masked = decoder.config().special_ids;
        const EbssSet set = search(decoder, options);
        for (std::int32_t i = 0; i < 4; ++i)
            QCOMPARE(set.sequences[std::size_t(i)].ids[0], i + 3); // ids 0, 1 and 2 are special
    }

    void bad_values_data() {
        QTest::addColumn<double>("tau");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("names");
        QTest::addRow("tau 0") << 0.0 << 4 << 16 << "tau";
        QTest::addRow("tau negative") << -1.0 << 4 << 16 << "tau";
        QTest::addRow("tau nan") << std::nan("") << 4 << 16 << "tau";
        QTest::addRow("width 0") << 1.2 << 0 << 16 << "width";
        QTest::addRow("length 1") << 1.2 << 4 << 1 << "length";
        QTest::addRow("beyond the positions") << 1.2 << 4 << 1000000 << "positions";
        QTest::addRow("wider than the vocabulary") << 1.2 << 200 << 16 << "width";
    }
    void bad_values() {
        QFETCH(double, tau);
        QFETCH(int, width);
        QFETCH(int, length);
        QFETCH(QString, names);
        const Decoder decoder = open(data / "decoder/qwen2_moe");
        EbssOptions options;
        options.tau = tau;
        options.width = width;
        options.length = length;
        options.sequences = 1;
        try {
            search(decoder, options);
            QFAIL("accepted");
        } catch (const RequestError& error) {
            QVERIFY2(QString(error.what()).contains(names), error.what());
        }
    }

    void stops_when_asked() {
        const Decoder decoder = open(data / "decoder/qwen2_moe");
        std::stop_source stop;
        stop.request_stop();
        EbssOptions options;
        options.sequences = 1;
        options.length = 8;
        QVERIFY_THROWS_EXCEPTION(Cancelled, sample_balanced(decoder, options, {}, {}, stop.get_token()));
    }
};

STRICT_TEST_MAIN(TestEbss)
#include "tst_ebss.moc"
