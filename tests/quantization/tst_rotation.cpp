// Rotated models compute what the originals do; the matrices are orthogonal.
#include "core/job/error.h"
#include "core/model/decoder.h"
#include "core/model/safetensors.h"
#include "core/quantization/hadamard.h"
#include "core/quantization/rotation.h"
#include "tests/strict_main.h"

#include <ATen/Parallel.h>

#include <QDir>
#include <QTemporaryDir>

#include <fstream>

using namespace moequant;
namespace fs = std::filesystem;

namespace {

const fs::path kFixtures = MOEQUANT_SOURCE_DIR "/tests/data/decoder";
const fs::path kSample = MOEQUANT_SOURCE_DIR "/resources/sample-model";

struct Outputs {
    at::Tensor logits;
    std::vector<at::Tensor> experts; ///< sorted, one a MoE layer
};

Outputs forward(const ModelConfig& config, std::shared_ptr<const TensorSource> source,
                const at::Tensor& ids) {
    const Decoder decoder(config, std::move(source), Compute{}, 1 << 30);
    Outputs outputs;
    at::Tensor hidden = embed(decoder, ids.reshape({-1})).view({ids.size(0), ids.size(1), -1});
    for (int i = 0; i < int(config.layers.size()); ++i) {
        Routing routing;
        hidden = layer_forward(config, i, *decoder.layer(i), hidden, decoder.rope(ids.size(1)), &routing);
        if (routing.index.defined())
            outputs.experts.push_back(std::get<0>(routing.index.sort(-1)));
    }
    outputs.logits = logits(decoder, hidden.reshape({-1, hidden.size(2)}));
    return outputs;
}

/// The stored values as float32, whatever the file has.
class Widened : public TensorSource {
  public:
    explicit Widened(const fs::path& folder) : source_(folder) {}
    bool has(const std::string& name) const override { return source_.has(name); }
    std::vector<std::int64_t> shape(const std::string& name) const override { return source_.shape(name); }
    at::Tensor load(const std::string& name) const override { return source_.load(name).to(at::kFloat); }
    std::vector<std::string> names() const override { return source_.names(); }

  private:
    SafetensorsFolder source_;
};

/// A model of the config's shapes with random weights, norms far from ones and every bias there is.
class RandomModel : public TensorSource {
  public:
    explicit RandomModel(const ModelConfig& config) {
        at::manual_seed(11);
        const auto add = [&](const std::string& name, at::IntArrayRef shape, double scale) {
            tensors_[name] = at::randn(shape) * scale;
        };
        const std::int64_t hidden = config.hidden_size;
        add("model.embed_tokens.weight", {config.vocab_size, hidden}, 1);
        if (!config.tie_word_embeddings)
            add("lm_head.weight", {config.vocab_size, hidden}, 0.3);
        tensors_["model.norm.weight"] = at::rand({hidden}) * 2 + 0.1;
        for (int i = 0; i < int(config.layers.size()); ++i)
            for (const char* norm : {".input_layernorm.weight", ".post_attention_layernorm.weight"})
                tensors_[layer_prefix(i) + norm] = at::rand({hidden}) * 2 + 0.1;
        for (const LinearInfo& linear : decoder_linears(config)) {
            add(linear.name + ".weight", {linear.rows, linear.columns}, 0.3);
            if (linear.bias)
                add(linear.name + ".bias", {linear.rows}, 0.3);
        }
    }
    bool has(const std::string& name) const override { return tensors_.contains(name); }
    std::vector<std::int64_t> shape(const std::string& name) const override {
        return tensors_.at(name).sizes().vec();
    }
    at::Tensor load(const std::string& name) const override { return tensors_.at(name); }
    std::vector<std::string> names() const override {
        std::vector<std::string> names;
        for (const auto& entry : tensors_)
            names.push_back(entry.first);
        return names;
    }

  private:
    std::map<std::string, at::Tensor> tensors_;
};

/// The family's test config with some keys changed.
ModelConfig changed_config(const std::string& family, const nlohmann::json& changes) {
    auto config = nlohmann::json::parse(std::ifstream(kFixtures / family / "config.json"));
    config.merge_patch(changes);
    QTemporaryDir dir;
    std::ofstream(dir.filePath("config.json").toStdString()) << config.dump();
    return read_config(dir.path().toStdString());
}

at::Tensor some_ids(const ModelConfig& config) {
    at::manual_seed(5);
    return at::randint(0, config.vocab_size, {3, 20}, at::kLong);
}

void check_equal(const ModelConfig& config, const std::shared_ptr<const TensorSource>& source) {
    const auto rotated = rotate(source, config, 3, {});
    const ModelConfig changed = rotated_config(config);
    QVERIFY(!changed.tie_word_embeddings);
    check_tensors(*rotated, changed);
    const at::Tensor ids = some_ids(config);
    const Outputs before = forward(config, source, ids), after = forward(changed, rotated, ids);
    const double size = before.logits.abs().max().item<double>();
    const double difference = (before.logits - after.logits).abs().max().item<double>() / size;
    qInfo("greatest difference of logits %.2g of the greatest logit %.3g", difference, size);
    QVERIFY(size > 0.5);
    QVERIFY(difference < 1e-4);
    QVERIFY(!before.experts.empty());
    for (std::size_t i = 0; i < before.experts.size(); ++i)
        QVERIFY(at::equal(before.experts[i], after.experts[i]));
}

} // namespace

class TestRotation : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void orthogonal_data() {
        QTest::addColumn<int>("n");
        QTest::addColumn<bool>("hadamard");
        for (int n :
             {1, 2, 4, 12, 20, 24, 28, 32, 36, 40, 44, 60, 64, 76, 104, 108, 140, 180, 192, 320, 368, 512})
            QTest::addRow("%d", n) << n << true;
        for (int n : {3, 15, 22, 50, 52, 92, 156, 210})
            QTest::addRow("%d, no Hadamard matrix known here", n) << n << false;
    }
    void orthogonal() {
        QFETCH(int, n);
        QFETCH(bool, hadamard);
        const RandomRotation rotation(n, 9);
        QCOMPARE(rotation.is_hadamard(), hadamard);
        const at::Tensor identity = at::eye(n, at::kDouble);
        const at::Tensor q = rotation.rows(identity);
        QVERIFY((q.mm(q.t()) - identity).abs().max().item<double>() < 1e-13);
        QVERIFY(at::equal(rotation.columns(identity), q.t()));
        if (hadamard)
            QVERIFY((q.abs() * std::sqrt(n) - 1).abs().max().item<double>() < 1e-13);
        const at::Tensor x = at::randn({5, n}, at::kDouble), scale = at::rand({n}, at::kDouble);
        QVERIFY(at::allclose(rotation.rows(x, scale), x.mul(scale).mm(q), 1e-12, 1e-12));
        QVERIFY(at::allclose(rotation.columns(x.t()), q.t().mm(x.t()), 1e-12, 1e-12));
        QVERIFY(rotation.rows(x.to(at::kBFloat16)).scalar_type() == at::kFloat);
    }

    void sizes_of_real_models() {
        for (int n : {2048, 2560, 2880, 3072, 3584, 4096, 5120, 6144, 7168, 8192})
            QVERIFY2(RandomRotation(n, 0).is_hadamard(), qPrintable(QString::number(n)));
        QVERIFY_THROWS_EXCEPTION(RequestError, RandomRotation(0, 0));
    }

    void paley_matrices() {
        for (int order = 1; order < 200; ++order) {
            const at::Tensor h = paley_hadamard(order);
            if (!h.defined())
                continue;
            QVERIFY(at::equal(h.abs(), at::ones({order, order}, at::kDouble)));
            QVERIFY(at::equal(h.mm(h.t()), at::eye(order, at::kDouble) * order));
        }
        QVERIFY(!paley_hadamard(6).defined() && !paley_hadamard(92).defined());
    }

    void the_seed_decides_and_threads_do_not() {
        const int before = at::get_num_threads();
        const at::Tensor x = at::randn({77, 96});
        at::set_num_threads(1);
        const at::Tensor one = RandomRotation(96, 4).rows(x), one_back = RandomRotation(96, 4).columns(x.t());
        for (int threads : {2, 3, 7}) {
            at::set_num_threads(threads);
            QVERIFY(at::equal(RandomRotation(96, 4).rows(x), one));
            QVERIFY(at::equal(RandomRotation(96, 4).columns(x.t()), one_back));
            QVERIFY(at::equal(RandomRotation(96, 4).rows(x.narrow(0, 5, 9)), one.narrow(0, 5, 9)));
        }
        at::set_num_threads(before);
        QVERIFY(!at::equal(RandomRotation(96, 5).rows(x), one));
    }

    void the_model_computes_the_same_data() {
        QTest::addColumn<QString>("folder");
        for (const QString& name :
             QDir(QString::fromStdString(kFixtures)).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            QTest::addRow("%s", qPrintable(name)) << QString::fromStdString(kFixtures / name.toStdString());
        QTest::newRow("sample") << QString::fromStdString(kSample);
    }
    void the_model_computes_the_same() {
        QFETCH(QString, folder);
        check_equal(read_config(folder.toStdString()), std::make_shared<Widened>(folder.toStdString()));
    }

    void with_every_bias_and_any_size_data() {
        QTest::addColumn<QString>("family");
        QTest::addColumn<bool>("tied");
        QTest::addColumn<int>("hidden");
        for (const char* family : {"deepseek", "mixtral", "qwen2_moe"})
            for (bool tied : {false, true})
                for (int hidden : {24, 56, 44})
                    QTest::addRow("%s, %d wide%s", family, hidden, tied ? ", tied" : "")
                        << family << tied << hidden;
    }
    void with_every_bias_and_any_size() {
        QFETCH(QString, family);
        QFETCH(bool, tied);
        QFETCH(int, hidden);
        const ModelConfig config = changed_config(family.toStdString(), {{"hidden_size", hidden},
                                                                         {"head_dim", 8},
                                                                         {"num_attention_heads", 4},
                                                                         {"num_key_value_heads", 2},
                                                                         {"tie_word_embeddings", tied},
                                                                         {"attention_bias", true}});
        QCOMPARE(config.tie_word_embeddings, tied);
        QCOMPARE(config.o_bias, family == "deepseek");
        check_equal(config, std::make_shared<RandomModel>(config));
    }

    void norms_become_ones_and_outliers_spread() {
        const ModelConfig config = read_config(kFixtures / "qwen2_moe");
        const auto source = std::make_shared<SafetensorsFolder>(kFixtures / "qwen2_moe");
        const auto rotated = rotate(source, config, 0, {});
        for (const std::string& name : rotated->names())
            if (name.ends_with("layernorm.weight") || name == "model.norm.weight")
                QVERIFY2(at::equal(rotated->load(name), at::ones_like(source->load(name))), name.c_str());
        const RandomRotation rotation(256, 0);
        at::Tensor spike = at::zeros({1, 256});
        spike[0][17] = 16;
        QVERIFY((rotation.rows(spike).abs() - 1).abs().max().item<double>() < 1e-6);
    }

    void dtypes() {
        const ModelConfig config = read_config(kSample);
        const auto source = std::make_shared<SafetensorsFolder>(kSample);
        const std::string q = "model.layers.0.self_attn.q_proj", o = "model.layers.0.self_attn.o_proj";
        const auto rotated = rotate(source, config, 0, {q});
        QVERIFY(rotated->load(q + ".weight").scalar_type() == at::kFloat);
        for (const std::string& name :
             {q + ".bias", o + ".weight", std::string("model.norm.weight"), std::string("lm_head.weight")})
            QVERIFY2(rotated->load(name).scalar_type() == at::kBFloat16, name.c_str());
        QVERIFY(at::equal(rotated->load(q + ".bias"), source->load(q + ".bias")));
        const auto names = rotated->names();
        QVERIFY(std::is_sorted(names.begin(), names.end()));
        QCOMPARE(names.size(), source->names().size() + 1);
        QVERIFY(rotated->has("lm_head.weight") && !source->has("lm_head.weight"));
        for (const std::string& name : names)
            QCOMPARE(rotated->load(name).sizes().vec(), rotated->shape(name));
    }
};

STRICT_TEST_MAIN(TestRotation)
#include "tst_rotation.moc"
