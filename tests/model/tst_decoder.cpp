// Parity of logits and routing with the reference implementations on tiny checkpoints
// (tests/oracle/decoder_parity.py).
#include "core/job/error.h"
#include "core/model/decoder.h"
#include "core/model/matmul.h"

#include "core/model/safetensors.h"
#include "tests/strict_main.h"
#include <ATen/Parallel.h>

#include <QDir>

#include <fstream>

using namespace moequant;
namespace fs = std::filesystem;

namespace {

fs::path fixtures() {
    return fs::path(MOEQUANT_SOURCE_DIR) / "tests/data/decoder";
}

at::Tensor read_ids(const fs::path& path) {
    const auto document = nlohmann::json::parse(std::ifstream(path));
    const auto rows = document.at("ids").get<std::vector<std::vector<std::int64_t>>>();
    at::Tensor ids = at::empty({std::int64_t(rows.size()), std::int64_t(rows[0].size())}, at::kLong);
    for (std::size_t i = 0; i < rows.size(); ++i)
        std::copy(rows[i].begin(), rows[i].end(), ids[std::int64_t(i)].data_ptr<std::int64_t>());
    return ids;
}

Decoder open(const fs::path& folder, std::int64_t resident, at::ScalarType dtype = at::kFloat) {
    return Decoder(read_config(folder), std::make_shared<SafetensorsFolder>(folder), Compute{at::kCPU, dtype},
                   resident);
}

double max_difference(const at::Tensor& a, const at::Tensor& b) {
    return (a - b).abs().max().item<double>();
}

} // namespace

class TestDecoder : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void parity_data() {
        QTest::addColumn<QString>("family");
        QTest::addColumn<int>("dtype");
        for (const QString& name :
             QDir(QString::fromStdString(fixtures())).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            QTest::addRow("%s", qPrintable(name)) << name << int(at::kFloat);
            QTest::addRow("%s in float64", qPrintable(name)) << name << int(at::kDouble);
        }
    }

    // 2e-4 is the bound; float32 against float32 over a few layers stays well below it.
    void parity() {
        QFETCH(QString, family);
        QFETCH(int, dtype);
        const fs::path folder = fixtures() / family.toStdString();
        const Decoder decoder = open(folder, 0, at::ScalarType(dtype));
        check_tensors(decoder.source(), decoder.config());
        const SafetensorsFile expected(folder / "expected.safetensors");
        const at::Tensor ids = read_ids(folder / "tokens.json");
        const std::int64_t length = ids.size(1);
        at::Tensor hidden = embed(decoder, ids.reshape({-1})).view({ids.size(0), length, -1});
        int routed = 0;
        for (int i = 0; i < int(decoder.config().layers.size()); ++i) {
            Routing routing;
            hidden =
                layer_forward(decoder.config(), i, *decoder.layer(i), hidden, decoder.rope(length), &routing);
            const std::string key = "layers." + std::to_string(i) + ".";
            QCOMPARE(expected.entries().contains(key + "topk_index"),
                     decoder.config().layers[std::size_t(i)].moe);
            if (!routing.index.defined())
                continue;
            ++routed;
            QVERIFY(at::equal(routing.index, expected.load(key + "topk_index")));
            QVERIFY(max_difference(routing.weight, expected.load(key + "topk_weight")) < 2e-4);
        }
        QVERIFY(routed > 0);
        const at::Tensor ours = logits(decoder, hidden.reshape({-1, hidden.size(2)}));
        const at::Tensor theirs = expected.load("logits").reshape(ours.sizes());
        qInfo("largest difference of logits %g (largest logit %g)", max_difference(ours, theirs),
              theirs.abs().max().item<double>());
        QVERIFY(theirs.abs().max().item<double>() > 0.5);
        QVERIFY(max_difference(ours, theirs) < 2e-4);
    }

    void rows_do_not_depend_on_the_batch() {
        const Decoder decoder = open(fixtures() / "qwen2_moe", 1 << 30);
        const at::Tensor ids = read_ids(fixtures() / "qwen2_moe/tokens.json");
        const auto run = [&](const at::Tensor& rows) {
            at::Tensor hidden = embed(decoder, rows.reshape({-1})).view({rows.size(0), rows.size(1), -1});
            for (int i = 0; i < int(decoder.config().layers.size()); ++i)
                hidden =
                    layer_forward(decoder.config(), i, *decoder.layer(i), hidden, decoder.rope(rows.size(1)));
            return logits(decoder, hidden.reshape({-1, hidden.size(2)}));
        };
        const at::Tensor both = run(ids);
        const at::Tensor alone = run(ids.narrow(0, 0, 1));
        QVERIFY(at::equal(both.narrow(0, 0, ids.size(1)), alone));
    }

    void products_do_not_depend_on_threads_or_rows() {
        const int before = at::get_num_threads();
        at::manual_seed(5);
        for (const auto& [columns, rows] :
             {std::pair{32, 16}, {256, 128}, {256, 4096}, {24, 8}, {256, 1}, {100, 37}}) {
            const at::Tensor w = at::randn({rows, columns}), x = at::randn({700, columns});
            at::set_num_threads(1);
            const at::Tensor whole = matmul_transposed(x, w);
            QVERIFY(at::allclose(whole, at::mm(x, w.t()), 1e-4, 1e-4));
            for (const int threads : {1, 2, 5}) {
                at::set_num_threads(threads);
                for (const int count : {1, 2, 3, 5, 15, 16, 17, 33, 127, 128, 129, 143, 144, 145, 300, 555}) {
                    const at::Tensor part = matmul_transposed(x.narrow(0, 7, count), w);
                    QVERIFY2(at::equal(part, whole.narrow(0, 7, count)),
                             qPrintable(QString("%1x%2, %3 rows, %4 threads")
                                            .arg(rows)
                                            .arg(columns)
                                            .arg(count)
                                            .arg(threads)));
                }
            }
        }
        at::set_num_threads(before);
    }

    void a_wrong_shape_is_named() {
        const fs::path folder = fixtures() / "mixtral";
        ModelConfig config = read_config(folder);
        config.layers[0].expert_intermediate += 8;
        const SafetensorsFolder source(folder);
        try {
            check_tensors(source, config);
            QFAIL("accepted");
        } catch (const RequestError& error) {
            QVERIFY2(QString(error.what()).contains("experts.0.w1.weight"), error.what());
        }
    }

    void dispatch_binds_affinity_to_token_and_slot() {
        Routing routing;
        routing.index = at::tensor({2, 0, 1, 2, 0, 2}, at::kLong).view({3, 2});
        routing.weight = at::tensor({.5f, .25f, .4f, .3f, .7f, .1f}).view({3, 2});
        const Dispatch sent = dispatch(routing, 4);
        QCOMPARE(sent.offset, (std::vector<std::int64_t>{0, 2, 3, 6, 6}));
        QVERIFY(at::equal(sent.token, at::tensor({0, 2, 1, 0, 1, 2}, at::kLong)));
        QVERIFY(at::equal(sent.slot, at::tensor({1, 0, 0, 0, 1, 1}, at::kLong)));
        QVERIFY(at::equal(dispatched_affinity(routing, sent), at::tensor({.25f, .7f, .4f, .5f, .3f, .1f})));
    }
};

STRICT_TEST_MAIN(TestDecoder)
#include "tst_decoder.moc"
