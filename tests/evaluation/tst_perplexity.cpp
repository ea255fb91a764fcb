// Perplexity and agreement: known values from the oracle's logits, and what they may not depend on.
#include "core/corpus/corpus.h"
#include "core/evaluation/perplexity.h"
#include "core/job/error.h"
#include "core/model/safetensors.h"
#include "tests/strict_main.h"

#include <ATen/Parallel.h>

#include <QDir>

#include <fstream>
#include <numeric>
#include <random>

using namespace moequant;
namespace fs = std::filesystem;

namespace {

fs::path fixtures() {
    return fs::path(MOEQUANT_SOURCE_DIR) / "tests/data/decoder";
}

Decoder open(const fs::path& folder, std::int64_t resident = std::int64_t(1) << 30) {
    return Decoder(read_config(folder), std::make_shared<SafetensorsFolder>(folder), Compute{}, resident);
}

TokenSet fixture_set(const fs::path& folder) {
    const auto document = nlohmann::json::parse(std::ifstream(folder / "tokens.json"));
    return {"fixture", document.at("ids").get<std::vector<std::vector<std::int32_t>>>()};
}

/// Windows of several lengths below the fixture's vocabulary.
TokenSet mixed_set(std::int64_t vocab) {
    TokenSet set{"mixed", {}};
    std::mt19937_64 engine(11);
    for (const std::size_t length : {17, 40, 17, 3, 64, 40, 17, 64, 33}) {
        auto& ids = set.sequences.emplace_back();
        for (std::size_t i = 0; i < length; ++i)
            ids.push_back(std::int32_t(engine() % std::uint64_t(vocab)));
    }
    return set;
}

/// The same model with other attention outputs: what a quantized one looks like, only worse.
class Scaled : public TensorSource {
  public:
    Scaled(std::shared_ptr<const TensorSource> inner, double factor)
        : inner_(std::move(inner)), factor_(factor) {}
    bool has(const std::string& name) const override { return inner_->has(name); }
    std::vector<std::int64_t> shape(const std::string& name) const override { return inner_->shape(name); }
    std::vector<std::string> names() const override { return inner_->names(); }
    at::Tensor load(const std::string& name) const override {
        at::Tensor tensor = inner_->load(name);
        return name.find("o_proj") == std::string::npos ? tensor : tensor * factor_;
    }

  private:
    std::shared_ptr<const TensorSource> inner_;
    double factor_;
};

Decoder open_scaled(const fs::path& folder, double factor) {
    return Decoder(read_config(folder),
                   std::make_shared<Scaled>(std::make_shared<SafetensorsFolder>(folder), factor), Compute{},
                   std::int64_t(1) << 30);
}

Evaluation evaluate(const Decoder& model, const Decoder* reference, const TokenSet& set,
                    const PerplexityOptions& options = {}) {
    return evaluate_windows(model, reference, set, options, [](const Event&) {}, {});
}

void compare_exactly(const Evaluation& a, const Evaluation& b) {
    QCOMPARE(a.perplexity.window_nll, b.perplexity.window_nll);
    QCOMPARE(a.perplexity.window_tokens, b.perplexity.window_tokens);
    QCOMPARE(a.perplexity.nll, b.perplexity.nll);
    QCOMPARE(a.agreement.has_value(), b.agreement.has_value());
    if (!a.agreement)
        return;
    QCOMPARE(a.agreement->kl, b.agreement->kl);
    QCOMPARE(a.agreement->top1, b.agreement->top1);
    QCOMPARE(a.agreement->routing_layers, b.agreement->routing_layers);
}

/// Mean of Σ p (log p − log q), straight from whole logits in double.
struct Naive {
    std::vector<double> nll;
    double kl = 0, top1 = 0;
};
Naive naive(const Decoder& model, const Decoder& reference, const TokenSet& set,
            std::optional<std::int32_t> prefix) {
    Naive result;
    std::int64_t tokens = 0;
    for (auto ids : set.sequences) {
        if (prefix)
            ids.insert(ids.begin(), *prefix);
        const auto batches = batch_sequences(std::span(&ids, 1), std::nullopt, 1);
        const auto log_probability = [&](const Decoder& decoder) {
            const auto hidden = forward_batches(decoder, batches, [](int, std::size_t, const Routing*) {});
            return at::log_softmax(logits(decoder, hidden[0][0]).to(at::kDouble), -1);
        };
        const at::Tensor q = log_probability(model), p = log_probability(reference);
        double nll = 0;
        for (std::size_t i = 0; i + 1 < ids.size(); ++i, ++tokens) {
            const auto row = std::int64_t(i);
            nll -= q[row][ids[i + 1]].item<double>();
            result.kl += (p[row].exp() * (p[row] - q[row])).sum().item<double>();
            result.top1 += q[row].argmax().item<std::int64_t>() == p[row].argmax().item<std::int64_t>();
        }
        result.nll.push_back(nll);
    }
    result.kl /= double(tokens);
    result.top1 /= double(tokens);
    return result;
}

} // namespace

class TestPerplexity : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void equals_the_reference_logits_data() {
        QTest::addColumn<QString>("family");
        for (const QString& name :
             QDir(QString::fromStdString(fixtures())).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            QTest::addRow("%s", qPrintable(name)) << name;
    }

    void equals_the_reference_logits() {
        QFETCH(QString, family);
        const fs::path folder = fixtures() / family.toStdString();
        const TokenSet set = fixture_set(folder);
        const at::Tensor logits = SafetensorsFile(folder / "expected.safetensors").load("logits");
        const Evaluation evaluation = evaluate(open(folder), nullptr, set);
        QVERIFY(!evaluation.agreement);
        double total = 0;
        std::int64_t tokens = 0;
        for (std::size_t s = 0; s < set.sequences.size(); ++s) {
            const auto& ids = set.sequences[s];
            const at::Tensor row = at::log_softmax(logits[std::int64_t(s)].to(at::kDouble), -1);
            double nll = 0;
            for (std::size_t i = 0; i + 1 < ids.size(); ++i, ++tokens)
                nll -= row[std::int64_t(i)][ids[i + 1]].item<double>();
            QVERIFY(std::abs(evaluation.perplexity.window_nll[s] - nll) < 1e-4 * nll);
            QCOMPARE(evaluation.perplexity.window_tokens[s], std::int64_t(ids.size()) - 1);
            total += nll;
        }
        QCOMPARE(evaluation.perplexity.tokens, tokens);
        QVERIFY(std::abs(evaluation.perplexity.nll - total / double(tokens)) < 1e-5);
        QCOMPARE(evaluation.perplexity.value, std::exp(evaluation.perplexity.nll));
    }

    void agrees_with_itself_data() { equals_the_reference_logits_data(); }

    void agrees_with_itself() {
        QFETCH(QString, family);
        const Decoder model = open(fixtures() / family.toStdString()),
                      same = open(fixtures() / family.toStdString(), 0);
        const Evaluation evaluation = evaluate(model, &same, fixture_set(fixtures() / family.toStdString()));
        QVERIFY(evaluation.agreement);
        QCOMPARE(evaluation.agreement->kl, 0.0);
        QCOMPARE(evaluation.agreement->top1, 1.0);
        QCOMPARE(evaluation.agreement->routing, 1.0);
        QCOMPARE(std::int64_t(evaluation.agreement->routing_layers.size()), model.config().moe_layers());
    }

    void agreement_equals_whole_logits_data() {
        QTest::addColumn<bool>("bos");
        QTest::newRow("without BOS") << false;
        QTest::newRow("with BOS") << true;
    }

    void agreement_equals_whole_logits() {
        QFETCH(bool, bos);
        const fs::path folder = fixtures() / "qwen2_moe";
        const Decoder reference = open(folder), model = open_scaled(folder, 0.7);
        const TokenSet set = mixed_set(model.config().vocab_size);
        PerplexityOptions options;
        if (bos)
            options.prefix = 1;
        const Evaluation evaluation = evaluate(model, &reference, set, options);
        const Naive expected = naive(model, reference, set, options.prefix);
        for (std::size_t s = 0; s < set.sequences.size(); ++s) {
            QCOMPARE(evaluation.perplexity.window_tokens[s],
                     std::int64_t(set.sequences[s].size()) - (bos ? 0 : 1));
            QVERIFY(std::abs(evaluation.perplexity.window_nll[s] - expected.nll[s]) < 1e-4);
        }
        QVERIFY(expected.kl > 1e-4);
        QVERIFY(std::abs(evaluation.agreement->kl - expected.kl) < 1e-3 * expected.kl + 1e-7);
        QCOMPARE(evaluation.agreement->top1, expected.top1);
        QVERIFY(evaluation.agreement->routing < 1);
        QVERIFY(evaluation.agreement->routing > 0.2);
        const auto& layers = evaluation.agreement->routing_layers;
        QCOMPARE(evaluation.agreement->routing,
                 std::accumulate(layers.begin(), layers.end(), 0.0) / double(layers.size()));
    }

    void independent_of_slices_and_threads_data() {
        QTest::addColumn<int>("threads");
        QTest::addColumn<int>("batch_tokens");
        QTest::addColumn<int>("logit_rows");
        QTest::addColumn<int>("pass_bytes");
        QTest::addColumn<int>("resident");
        QTest::newRow("one thread") << 1 << 16384 << 0 << (1 << 30) << (1 << 30);
        QTest::newRow("three threads") << 3 << 16384 << 0 << (1 << 30) << (1 << 30);
        QTest::newRow("a sequence a batch") << 2 << 1 << 0 << (1 << 30) << (1 << 30);
        QTest::newRow("seven rows of logits") << 2 << 100 << 7 << (1 << 30) << (1 << 30);
        QTest::newRow("one row of logits") << 2 << 16384 << 1 << (1 << 30) << (1 << 30);
        QTest::newRow("many passes, layers streamed") << 2 << 20 << 33 << 1 << 0;
    }

    void independent_of_slices_and_threads() {
        QFETCH(int, threads);
        QFETCH(int, batch_tokens);
        QFETCH(int, logit_rows);
        QFETCH(int, pass_bytes);
        QFETCH(int, resident);
        const fs::path folder = fixtures() / "qwen2_moe";
        const int before = at::get_num_threads();
        at::set_num_threads(2);
        const Decoder reference = open(folder), scaled = open_scaled(folder, 0.7);
        const TokenSet set = mixed_set(reference.config().vocab_size);
        const Evaluation usual = evaluate(scaled, &reference, set);
        at::set_num_threads(threads);
        const Decoder streamed = open(folder, resident);
        PerplexityOptions options;
        options.batch_tokens = batch_tokens;
        options.logit_rows = logit_rows;
        options.pass_bytes = pass_bytes;
        compare_exactly(evaluate(scaled, &streamed, set, options), usual);
        at::set_num_threads(before);
    }

    void a_kept_reference_changes_nothing() {
        const fs::path folder = fixtures() / "qwen2_moe";
        const Decoder reference = open(folder), scaled = open_scaled(folder, 0.7);
        const TokenSet set = mixed_set(reference.config().vocab_size);
        ReferencePasses passes;
        PerplexityOptions options;
        options.references = &passes;
        options.reference_name = "float";
        const Evaluation plain = evaluate(scaled, &reference, set);
        compare_exactly(evaluate(scaled, &reference, set, options), plain);
        QCOMPARE(int(passes.passes.size()), 1);
        QVERIFY(passes.bytes > 0);
        compare_exactly(evaluate(scaled, &reference, set, options), plain);
        QCOMPARE(int(passes.passes.size()), 1);
        options.prefix = 1; // other windows are another pass
        evaluate(scaled, &reference, set, options);
        QCOMPARE(int(passes.passes.size()), 2);
        passes.most_bytes = passes.bytes;
        options.reference_name = "another";
        compare_exactly(evaluate(scaled, &reference, set, options), evaluate(scaled, &reference, set, [] {
                            PerplexityOptions with_bos;
                            with_bos.prefix = 1;
                            return with_bos;
                        }()));
        QCOMPARE(int(passes.passes.size()), 2);
    }

    void refuses_what_cannot_be_scored() {
        const Decoder model = open(fixtures() / "qwen2_moe"), other = open(fixtures() / "mixtral");
        QVERIFY_THROWS_EXCEPTION(RequestError, evaluate(model, nullptr, TokenSet{"one", {{3}, {4}}}));
        QVERIFY_THROWS_EXCEPTION(RequestError,
                                 evaluate(model, nullptr,
                                          TokenSet{"long",
                                                   {std::vector<std::int32_t>(
                                                       std::size_t(model.config().max_positions) + 1, 5)}}));
        QVERIFY_THROWS_EXCEPTION(RequestError, evaluate(model, &other, TokenSet{"two", {{3, 4}}}));
        PerplexityOptions with_bos;
        with_bos.prefix = 1;
        QCOMPARE(evaluate(model, nullptr, TokenSet{"one", {{3}, {4}}}, with_bos).perplexity.tokens,
                 std::int64_t(2));
    }

    // tests/oracle/perplexity.py, transformers in float32 on the sample model.
    void sample_model_equals_the_oracle_data() {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<int>("windows");
        QTest::addColumn<double>("value");
        QTest::newRow("wikitext2") << "wikitext2?samples=max:32&length=512" << 32 << 47.217256;
        QTest::newRow("gsm8k") << "gsm8k?samples=max:32&length=512" << 32 << 10.515788;
        QTest::newRow("humaneval") << "humaneval?samples=max:32&length=512" << 31 << 25.844463;
        QTest::newRow("c4") << "c4?samples=max:32&length=512" << 32 << 129.342856;
    }

    void sample_model_equals_the_oracle() {
        QFETCH(QString, spec);
        QFETCH(int, windows);
        QFETCH(double, value);
        if (qEnvironmentVariableIsEmpty("MOEQUANT_DATA"))
            QSKIP("needs the corpora: set MOEQUANT_DATA to the data folder");
        const fs::path folder = fs::path(MOEQUANT_SOURCE_DIR) / "resources/sample-model";
        const auto tokenizer = Tokenizer::load(folder);
        const Decoder model = open(folder);
        CorpusContext context;
        context.data_folders = data_folders("");
        context.tokenizer = tokenizer.get();
        context.vocab_size = model.config().vocab_size;
        context.eos = model.config().eos;
        context.use = CorpusUse::Evaluate;
        const CorpusSpec parsed = CorpusSpec::parse(spec.toStdString());
        if (!corpus_present(parsed, context))
            QSKIP("this corpus is not in MOEQUANT_DATA");
        const Perplexity ours = evaluate(model, nullptr, load_corpus(parsed, context)).perplexity;
        qInfo("%.6f, the oracle says %.6f", ours.value, value);
        QCOMPARE(int(ours.window_nll.size()), windows);
        QCOMPARE(ours.tokens, std::int64_t(windows) * 511);
        QVERIFY(std::abs(ours.value - value) < 1e-4 * value);
    }
};

STRICT_TEST_MAIN(TestPerplexity)
#include "tst_perplexity.moc"
