// EBSS against a plain reference search (tests/oracle/ebss_reference.py), against a recomputation of every
// emitted sequence from scratch, and against itself under other budgets and threads.
#include "core/calibration/degenerate.h"
#include "core/calibration/ebss.h"
#include "core/calibration/usage.h"
#include "core/job/error.h"
#include "core/model/beam_decoder.h"
#include "core/model/safetensors.h"
#include "tests/calibration/plain_search.h"
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

/// What the preset `balanced` does, on a small scale.
EbssOptions stochastic() {
    EbssOptions options;
    options.sigma_of = SigmaOf::Child;
    options.scope = BalanceScope::Set;
    options.unit = SigmaUnit::Cv;
    options.branching = 3;
    options.noise = 1;
    options.retries = 1;
    return options;
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
                QTest::addRow("%s %s", entry.path().stem().c_str(), row["name"].get<std::string>().c_str())
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
        options.sigma_of = expected["sigma_of"] == "child" ? SigmaOf::Child : SigmaOf::Parent;
        options.branching = expected["branching"];
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

    /// Both scopes and both readings of sigma against a search that computes everything anew for each
    /// candidate.
    void plain_search_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<bool>("child");
        QTest::addColumn<bool>("set");
        QTest::addColumn<int>("wave");
        QTest::addColumn<int>("no_repeat");
        for (const char* model : {"qwen2_moe", "deepseek"})
            for (const bool child : {false, true}) {
                QTest::addRow("%s %d sequence", model, child) << model << child << false << 0 << 0;
                QTest::addRow("%s %d set", model, child) << model << child << true << 0 << 0;
                QTest::addRow("%s %d set in waves", model, child) << model << child << true << 2 << 0;
                QTest::addRow("%s %d set, no repeats", model, child) << model << child << true << 0 << 2;
            }
    }

    void plain_search() {
        QFETCH(QString, model);
        QFETCH(bool, child);
        QFETCH(bool, set);
        QFETCH(int, wave);
        QFETCH(int, no_repeat);
        const Decoder decoder = open(data / "decoder" / model.toStdString());
        EbssOptions options;
        options.width = 3;
        options.branching = child ? 2 : 0;
        options.sigma_of = child ? SigmaOf::Child : SigmaOf::Parent;
        options.scope = set ? BalanceScope::Set : BalanceScope::Sequence;
        options.unit = SigmaUnit::Cv;
        options.tau = 0.4;
        options.wave = wave;
        options.no_repeat_ngram = no_repeat;
        options.sequences = 3;
        options.length = 9;
        options.warmup = 1;
        options.masked = decoder.config().special_ids;
        options.openings = {{11, 5}, {40, 7}, {23, 60}};
        const EbssSet ours = search(decoder, options);
        const auto expected = PlainSearch(decoder, options).run();
        for (std::size_t s = 0; s < expected.size(); ++s)
            QCOMPARE(ours.sequences[s].ids, expected[s]);
    }

    void recomputed_from_scratch_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<bool>("bos");
        QTest::addColumn<double>("tau");
        QTest::addColumn<bool>("balanced");
        for (const char* model : {"qwen2_moe", "mixtral_window", "deepseek"})
            for (const bool balanced : {false, true})
                for (const bool bos : {false, true})
                    QTest::addRow("%s%s%s", model, bos ? " with BOS" : "", balanced ? " balanced" : "")
                        << model << bos << (bos ? 0.3 : 1.2) << balanced;
    }

    void recomputed_from_scratch() {
        QFETCH(QString, model);
        QFETCH(bool, bos);
        QFETCH(double, tau);
        QFETCH(bool, balanced);
        const Decoder decoder = open(data / "decoder" / model.toStdString());
        EbssOptions options = balanced ? stochastic() : EbssOptions();
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

    void the_set_depends_on_neither_budget_nor_threads_data() {
        QTest::addColumn<bool>("balanced");
        QTest::addColumn<bool>("set");
        QTest::addRow("paper") << false << false;
        QTest::addRow("child and noise") << true << false;
        QTest::addRow("child and noise over the set") << true << true;
    }

    void the_set_depends_on_neither_budget_nor_threads() {
        QFETCH(bool, balanced);
        QFETCH(bool, set);
        const Decoder decoder = open(data / "decoder/qwen2_moe_variant");
        EbssOptions options = balanced ? stochastic() : EbssOptions();
        options.scope = set ? BalanceScope::Set : BalanceScope::Sequence;
        options.sequences = 6;
        options.length = 20;
        options.recorded = 2;
        options.masked = decoder.config().special_ids;
        const int before = at::get_num_threads();
        const auto found = [&](std::int64_t bytes, int threads) {
            at::set_num_threads(threads);
            options.memory_bytes = bytes;
            std::vector<std::pair<std::vector<std::int32_t>, double>> result;
            const EbssSet searched = search(decoder, options);
            for (const EbssSequence& sequence : searched.sequences)
                result.emplace_back(sequence.ids, sequence.score);
            for (const RecordedSearch& record : searched.recorded)
                for (const SearchStep& step : record.steps)
                    result.emplace_back(std::vector<std::int32_t>{step.candidates[0].token},
                                        step.pooled_sigma);
            for (const TermSpread& step : searched.spread)
                result.emplace_back(std::vector<std::int32_t>(), step.balance);
            return result;
        };
        const auto whole = found(std::int64_t(1) << 30, 1);
        QVERIFY(whole == found(1, 1));
        QVERIFY(whole == found(2 * BeamDecoder::bytes_per_sequence(decoder, options.width, 20), 3));
        QVERIFY(whole == found(std::int64_t(1) << 30, 2));
        at::set_num_threads(before);
        options.seed = 1;
        options.memory_bytes = 1 << 30;
        QVERIFY(search(decoder, options).sequences[0].ids != whole[0].first);
    }

    void greedy_decoding() {
        const Decoder decoder = open(data / "decoder/qwen2_moe");
        EbssOptions options;
        options.tau = std::numeric_limits<double>::infinity();
        options.width = 1;
        options.warmup = 0;
        options.sequences = 2;
        options.length = 12;
        for (const EbssSequence& sequence : search(decoder, options).sequences) {
            const at::Tensor log_p = whole_log_p(decoder, sequence.ids);
            for (std::size_t i = 1; i < sequence.ids.size(); ++i)
                QCOMPARE(sequence.ids[i], log_p[std::int64_t(i) - 1].argmax().item<std::int32_t>());
        }
    }

    void degenerate_sequences_are_replaced() {
        const Decoder decoder = open(data / "decoder/qwen2_moe");
        EbssOptions options;
        options.tau = std::numeric_limits<double>::infinity();
        options.sequences = 4;
        options.length = 60;
        const auto loops = [](const EbssSet& set) {
            return std::count_if(set.sequences.begin(), set.sequences.end(),
                                 [](const auto& s) { return degenerate(s.ids, {}); });
        };
        const EbssSet plain = search(decoder, options);
        QVERIFY(loops(plain) > 0);
        QCOMPARE(plain.rejected, 0);
        options.retries = 2;
        const EbssSet fixed = search(decoder, options);
        QVERIFY(fixed.rejected >= loops(plain));
        for (std::size_t s = 0; s < 4; ++s)
            if (!degenerate(plain.sequences[s].ids, {}))
                QVERIFY(plain.sequences[s].ids == fixed.sequences[s].ids);
            else
                QVERIFY(plain.sequences[s].ids != fixed.sequences[s].ids);
        // Where branches are drawn, not maximised, a replacement helps.
        options.noise = 1;
        options.retries = 8;
        QCOMPARE(loops(search(decoder, options)), 0);
    }

    void eos_ends_a_sequence() {
        const Decoder decoder = open(data / "decoder/qwen2_moe");
        for (const SigmaOf sigma_of : {SigmaOf::Parent, SigmaOf::Child}) {
            EbssOptions options = stochastic();
            options.sigma_of = sigma_of;
            options.sequences = 24;
            options.length = 40;
            options.masked = decoder.config().special_ids;
            options.eos = decoder.config().special_ids.at(1);
            options.noise = 3; // a flat distribution reaches EOS often
            options.retries = 0;
            const EbssSet set = search(decoder, options);
            int early = 0;
            for (const EbssSequence& sequence : set.sequences) {
                const auto at = std::find(sequence.ids.begin(), sequence.ids.end(), *options.eos);
                QVERIFY(at == sequence.ids.end() || at + 1 == sequence.ids.end());
                early += sequence.ids.size() < 40;
                QVERIFY(sequence.ids.size() == 40 || at != sequence.ids.end());
                QVERIFY(sequence.ids.size() > 4);
                const Recomputed again = recompute(decoder, sequence.ids, {}, options.unit);
                QVERIFY(std::abs(again.log_prob - sequence.log_prob) < 1e-4);
                QVERIFY(std::abs(again.sigma - sequence.sigma) < 1e-4);
            }
            QVERIFY(early > 0);
        }
    }

    void recorded_search() {
        const Decoder decoder = open(data / "decoder/qwen2_moe");
        for (const bool balanced : {false, true}) {
            EbssOptions options = balanced ? stochastic() : EbssOptions();
            options.sequences = 3;
            options.length = 16;
            options.recorded = 2;
            options.masked = decoder.config().special_ids;
            const EbssSet set = search(decoder, options);
            QCOMPARE(set.recorded.size(), 2u);
            for (const RecordedSearch& record : set.recorded) {
                QCOMPARE(record.steps.size(), 15u);
                std::vector<std::vector<std::int32_t>> beams = {{}};
                for (std::size_t t = 0; t < record.steps.size(); ++t) {
                    const SearchStep& step = record.steps[t];
                    QVERIFY(std::is_sorted(step.candidates.begin(), step.candidates.end(),
                                           [](const auto& a, const auto& b) { return a.score < b.score; }));
                    std::vector<std::vector<std::int32_t>> next;
                    for (std::size_t c = 0; c < step.candidates.size(); ++c) {
                        const RankedCandidate& candidate = step.candidates[c];
                        QVERIFY(std::abs(-candidate.log_p / double(t + 2) + candidate.sigma / options.tau -
                                         candidate.score) < 1e-9);
                        if (std::int64_t(c) < step.kept) {
                            next.push_back(beams.at(std::size_t(candidate.parent)));
                            next.back().push_back(candidate.token);
                        }
                    }
                    beams = std::move(next);
                }
                const auto& ids = set.sequences[std::size_t(record.sequence)].ids;
                QVERIFY(std::any_of(beams.begin(), beams.end(), [&](const auto& beam) {
                    return std::equal(beam.begin(), beam.end(), ids.begin() + 1, ids.end());
                }));
            }
        }
    }

    void warns_when_the_balance_term_is_inert() {
        const Decoder decoder = open(data / "decoder/qwen2_moe");
        for (const bool inert : {false, true}) {
            EbssOptions options;
            options.unit = inert ? SigmaUnit::Share : SigmaUnit::Percent;
            options.tau = inert ? 1000 : 1.2;
            options.sequences = 2;
            options.length = 24;
            int warnings = 0;
            sample_balanced(decoder, options, {},
                            [&](const Event& event) {
                                warnings +=
                                    event.name == "warning" && event.fields["code"] == "inert-balance";
                            },
                            {});
            QCOMPARE(warnings, int(inert));
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
