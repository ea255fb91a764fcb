// Experts in slices, as a device takes them: their sums and factors together give what experts one by one
// give.
#include "core/job/error.h"
#include "core/quantization/grouped_statistics.h"
#include "tests/quantization/layer_fixture.h"
#include "tests/strict_main.h"

#include <ATen/Parallel.h>

#include <limits>

using namespace moequant;

namespace {

at::Tensor random_rows(std::int64_t rows, std::int64_t columns, unsigned seed) {
    std::mt19937_64 engine(seed);
    at::Tensor t = at::empty({rows, columns}, at::kFloat);
    for (std::int64_t i = 0; i < t.numel(); ++i)
        t.data_ptr<float>()[i] = float(double(engine() >> 11) * 0x1p-52 - 1);
    return t;
}

double relative(const at::Tensor& got, const at::Tensor& expected) {
    return ((got - expected).norm() / expected.norm()).item<double>();
}

QuantizeOptions grouped_options(ExpertWork work, bool agq, double exponent) {
    QuantizeOptions options = options_of(agq, exponent);
    options.expert_work = work;
    options.starved = Starved::Shrink;
    return options;
}

/// What both ways are given: the rows of some experts, most first, and their affinities.
struct Rows {
    std::vector<at::Tensor> x, c;
};

std::vector<InputStatistics> one_by_one(const Rows& rows, const QuantizeOptions& options) {
    std::vector<InputStatistics> all;
    for (std::size_t i = 0; i < rows.x.size(); ++i) {
        all.emplace_back("e", rows.x[i].size(1), options, true, at::kCPU);
        all.back().add(rows.x[i], rows.c[i]);
    }
    return all;
}

std::vector<InputStatistics> grouped(const Rows& rows, const QuantizeOptions& options) {
    const std::int64_t columns = rows.x[0].size(1);
    GroupedStatistics sums(std::vector<std::string>(rows.x.size(), "e"), columns, options, at::kCPU);
    for (std::int64_t begin = 0; begin < rows.x[0].size(0); begin += kTileRows) {
        std::vector<std::int64_t> counts;
        for (const at::Tensor& x : rows.x)
            if (x.size(0) > begin)
                counts.push_back(std::min(kTileRows, x.size(0) - begin));
        const at::Tensor x = at::zeros({std::ssize(counts), counts[0], columns});
        const at::Tensor c = at::ones({std::ssize(counts), counts[0]});
        for (std::size_t i = 0; i < counts.size(); ++i) {
            x[std::int64_t(i)].narrow(0, 0, counts[i]).copy_(rows.x[i].narrow(0, begin, counts[i]));
            c[std::int64_t(i)].narrow(0, 0, counts[i]).copy_(rows.c[i].narrow(0, begin, counts[i]));
        }
        sums.add(x, c, counts);
    }
    return sums.finish();
}

/// Reports without their times.
std::vector<nlohmann::json> reports_of(const QuantizedLayer& layer) {
    std::vector<nlohmann::json> rows;
    for (const LinearReport& report : layer.reports) {
        rows.push_back(to_json(report));
        rows.back().erase("seconds");
    }
    return rows;
}

} // namespace

class TestSlices : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void sums_data() {
        QTest::addColumn<bool>("batched");
        QTest::addColumn<bool>("agq");
        QTest::addColumn<double>("exponent");
        for (const bool batched : {false, true}) {
            const char* how = batched ? "batched" : "tile by tile";
            QTest::addRow("%s, unweighted", how) << batched << false << 1.0;
            QTest::addRow("%s, weighted", how) << batched << true << 1.0;
            QTest::addRow("%s, squared affinity", how) << batched << true << 2.0;
            QTest::addRow("%s, inverse affinity", how) << batched << true << -1.0;
        }
    }

    // Experts of 2600, 1500, 1024, 5 and no rows: several waves, padded tiles, an expert without any. Batched
    // sums agree to 2e-6, the float32 tolerance of one Hessian against the naive sum in float64.
    void sums() {
        QFETCH(bool, batched);
        QFETCH(bool, agq);
        QFETCH(double, exponent);
        Rows rows;
        for (const std::int64_t count : {2600, 1500, 1024, 5, 0}) {
            rows.x.push_back(random_rows(count, 70, unsigned(count)));
            rows.c.push_back(random_rows(count, 1, 7).abs().add(0.05).view({-1}));
        }
        const auto options =
            grouped_options(batched ? ExpertWork::Batched : ExpertWork::Slices, agq, exponent);
        const auto expected = one_by_one(rows, options), found = grouped(rows, options);
        QCOMPARE(found.size(), expected.size());
        for (std::size_t i = 0; i < found.size(); ++i) {
            const InputStatistics &a = found[i], &b = expected[i];
            QCOMPARE(a.tokens(), b.tokens());
            QCOMPARE(a.reported().affinity_sum(), b.reported().affinity_sum());
            QCOMPARE(a.effective_tokens(), b.effective_tokens());
            QCOMPARE(a.weight_sum(), b.weight_sum());
            QCOMPARE(a.fourth_moment(), b.fourth_moment());
            QVERIFY(at::equal(a.some_inputs(), b.some_inputs()));
            for (const auto& [got, wanted] : {std::pair(a.unweighted(), b.unweighted()),
                                              {a.weighted(), b.weighted()},
                                              {a.hessian(), b.hessian()}}) {
                QVERIFY(at::equal(got, got.t()));
                if (!batched || a.tokens() == 0)
                    QVERIFY(at::equal(got, wanted));
                else
                    QVERIFY(relative(got, wanted) < 2e-6);
            }
        }
    }

    void what_is_not_finite_names_its_expert() {
        for (const bool input : {true, false}) {
            GroupedStatistics sums({"first", "second"}, 4, grouped_options(ExpertWork::Batched, true, 1),
                                   at::kCPU);
            const at::Tensor x = at::ones({2, 3, 4}), c = at::ones({2, 3});
            (input ? x[1][0] : c[1]).narrow(0, 0, 1).fill_(std::numeric_limits<float>::quiet_NaN());
            const std::vector<std::int64_t> counts = {3, 2};
            QVERIFY_EXCEPTION_THROWN(sums.add(x, c, counts), RunError);
            try {
                sums.add(x, c, counts);
            } catch (const RunError& error) {
                QVERIFY(QString(error.what()).contains("second"));
            }
        }
    }

    void layers_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<int>("layer");
        QTest::addColumn<int>("sequences");
        QTest::addColumn<double>("exponent");
        QTest::addColumn<int>("starved");
        QTest::addColumn<double>("min_tokens");
        QTest::addColumn<bool>("act_order");
        QTest::addColumn<int>("skip");
        const auto row = [](const char* name, const char* model, int layer, int sequences, double exponent,
                            Starved starved, double min_tokens, bool act_order, int skip) {
            QTest::addRow("%s", name)
                << model << layer << sequences << exponent << int(starved) << min_tokens << act_order << skip;
        };
        row("plain, more than a tile an expert", "mixtral", 0, 200, 0, Starved::Rtn, 1, false, 0);
        row("agq, gated shared expert, shrunk", "qwen2_moe", 1, 30, 1, Starved::Shrink, 120, false, 0);
        row("squared affinity, shared experts, act-order", "deepseek", 1, 30, 2, Starved::Shrink, 60, true,
            0);
        row("agq, starved from all tokens", "qwen2_moe", 0, 12, 1, Starved::RouteAll, 60, false, 0);
        row("agq, starved rounded, behind a BOS", "qwen2_moe", 0, 6, 1, Starved::Rtn, 20, true, 1);
    }

    void layers() {
        QFETCH(QString, model);
        QFETCH(int, layer);
        QFETCH(int, sequences);
        QFETCH(double, exponent);
        QFETCH(int, starved);
        QFETCH(double, min_tokens);
        QFETCH(bool, act_order);
        QFETCH(int, skip);
        const auto quantized = [&](ExpertWork work, int at_once) {
            Layer l = open_layer(qPrintable(model), layer, sequences);
            LayerWeights weights = weights_of(l);
            QuantizeOptions options = options_of(exponent > 0, exponent > 0 ? exponent : 1);
            options.starved = Starved(starved);
            options.min_tokens = min_tokens;
            options.gptq.act_order = act_order;
            options.expert_work = work;
            options.experts_at_once = at_once;
            return quantize_layer(l.config, l.index, weights, l.grids, {l.batches, skip, l.hidden}, l.rope,
                                  options, {}, {});
        };
        const QuantizedLayer expected = quantized(ExpertWork::Threads, 0);
        const auto reports = reports_of(expected);
        const at::Tensor codes = all_codes(expected);
        for (const int slice : {1, 3, 0}) {
            const QuantizedLayer found = quantized(ExpertWork::Slices, slice);
            QVERIFY(at::equal(all_codes(found), codes));
            QVERIFY(reports_of(found) == reports);
        }
        // Batched products round otherwise: the same up to near ties, as float32 against float64 elsewhere.
        const QuantizedLayer batched = quantized(ExpertWork::Batched, 3);
        const auto equal = all_codes(batched).eq(codes).sum().item<std::int64_t>();
        qInfo("batched: %lld of %lld codes equal", static_cast<long long>(equal),
              static_cast<long long>(codes.numel()));
        QVERIFY(double(equal) >= 0.998 * double(codes.numel()));
    }

    void what_takes_no_slices_goes_one_by_one_data() {
        QTest::addColumn<bool>("awq");
        QTest::addRow("awq") << true;
        QTest::addRow("all tokens") << false;
    }
    void what_takes_no_slices_goes_one_by_one() {
        QFETCH(bool, awq);
        std::vector<at::Tensor> codes;
        for (const ExpertWork work : {ExpertWork::Threads, ExpertWork::Batched}) {
            Layer l = open_layer("qwen2_moe", 1, 12);
            LayerWeights weights = weights_of(l);
            QuantizeOptions options = options_of(true);
            options.method = awq ? Method::Awq : Method::Gptq;
            options.all_tokens = !awq;
            options.expert_work = work;
            codes.push_back(all_codes(quantize(l, weights, options)));
        }
        QVERIFY(at::equal(codes[0], codes[1]));
    }
};

STRICT_TEST_MAIN(TestSlices)
#include "tst_slices.moc"
