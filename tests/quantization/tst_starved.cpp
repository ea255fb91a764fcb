// Experts with few tokens: the share that shrinkage finds, and what each treatment does in a layer.
#include "core/quantization/shrinkage.h"
#include "tests/quantization/layer_fixture.h"
#include "tests/strict_main.h"

#include <ATen/Parallel.h>

using namespace moequant;

namespace {

at::Tensor rows(std::int64_t count, std::int64_t cols, unsigned seed) {
    std::mt19937_64 engine(seed);
    at::Tensor t = at::empty({count, cols}, at::kFloat);
    for (std::int64_t i = 0; i < t.numel(); ++i)
        t.data_ptr<float>()[i] = float(double(engine() >> 11) * 0x1p-52 - 1) * float(1 + i % cols % 5);
    return t;
}

QuantizeOptions shrinking(bool agq) {
    QuantizeOptions options;
    options.agq = agq;
    options.starved = Starved::Shrink;
    return options;
}

} // namespace

class TestStarved : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    // λ by its definition: squared error of the mean over tokens, against the squared distance to the target.
    void share_is_noise_over_distance_data() {
        QTest::addColumn<bool>("agq");
        QTest::addRow("plain") << false;
        QTest::addRow("affinity-weighted") << true;
    }
    void share_is_noise_over_distance() {
        QFETCH(bool, agq);
        const at::Tensor x = rows(9, 6, 1).to(at::kFloat), all = rows(200, 6, 2) * at::tensor({9, 1, 1, 1, 1, 4});
        const at::Tensor c = agq ? rows(9, 1, 3).abs().view({-1}) + 0.1 : at::ones({9});
        const at::Tensor layer = all.t().mm(all);
        InputStatistics own("own", 6, shrinking(agq), agq, at::kCPU);
        own.add(x, agq ? std::optional(c) : std::nullopt);
        const Shrunk found = shrink(own, layer, 200);
        const at::Tensor wide = x.to(at::kDouble), w = c.to(at::kDouble) / c.sum().item<double>();
        const at::Tensor s = (wide * w.unsqueeze(1)).t().mm(wide);
        const at::Tensor t = layer.to(at::kDouble) * (s.trace() / layer.trace().to(at::kDouble));
        double noise = -s.square().sum().item<double>() * w.square().sum().item<double>();
        for (int i = 0; i < 9; ++i)
            noise += std::pow(w[i].item<double>(), 2) * std::pow(wide[i].square().sum().item<double>(), 2);
        const double share = std::min(1.0, noise / (s - t).square().sum().item<double>());
        QVERIFY(share > 0.01 && share < 0.99);
        QVERIFY(std::abs(found.share - share) < 1e-4);
        QVERIFY(at::allclose(found.hessian.to(at::kDouble), (1 - share) * s + share * t, 1e-4, 1e-4));
    }

    void many_tokens_shrink_little_and_none_wholly() {
        const at::Tensor all = rows(500, 6, 4), layer = all.t().mm(all);
        double before = 2;
        for (const int count : {3, 30, 300, 3000}) {
            InputStatistics own("own", 6, shrinking(false), false, at::kCPU);
            own.add(rows(count, 6, 5) * at::arange(1, 7), {});
            const double share = shrink(own, layer, 500).share;
            QVERIFY(share < before);
            before = share;
        }
        QVERIFY(before < 0.02);
        const InputStatistics none("none", 6, shrinking(false), false, at::kCPU);
        const Shrunk whole = shrink(none, layer, 500);
        QCOMPARE(whole.share, 1.0);
        QVERIFY(at::allclose(whole.hessian, layer / 500));
    }

    void treatments_data() {
        QTest::addColumn<int>("starved");
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("method");
        QTest::addColumn<bool>("agq");
        for (const auto& [method, text] : {std::pair(Method::Gptq, "gptq"), std::pair(Method::Awq, "awq")})
            for (const bool agq : {false, true}) {
                QTest::addRow("rtn %s %d", text, agq) << int(Starved::Rtn) << "rtn" << int(method) << agq;
                QTest::addRow("shrink %s %d", text, agq)
                    << int(Starved::Shrink) << "shrink" << int(method) << agq;
                QTest::addRow("route-all %s %d", text, agq)
                    << int(Starved::RouteAll) << "route-all" << int(method) << agq;
            }
    }
    // One short sequence: many experts see no token, and all are below the threshold.
    void treatments() {
        QFETCH(int, starved);
        QFETCH(QString, name);
        QFETCH(int, method);
        QFETCH(bool, agq);
        QuantizeOptions options;
        options.method = Method(method);
        options.agq = agq;
        options.min_tokens = 1e6;
        options.starved = Starved(starved);
        const int before = at::get_num_threads();
        std::vector<at::Tensor> codes;
        for (const int threads : {1, 2}) {
            at::set_num_threads(threads);
            Layer l = open_layer("qwen2_moe", 1, 1);
            LayerWeights weights = weights_of(l);
            const QuantizedLayer result = quantize(l, weights, options);
            int listed = 0;
            for (const LinearReport& row : result.reports) {
                const bool expert = row.linear.expert >= 0;
                QCOMPARE(QString::fromStdString(row.fallback), expert ? name : QString());
                QCOMPARE(row.shrinkage.has_value(), expert && name == "shrink");
                if (row.shrinkage)
                    QVERIFY(*row.shrinkage >= 0 && *row.shrinkage <= 1 &&
                            (row.tokens > 0 || *row.shrinkage == 1));
                QCOMPARE(row.relative_output_error.has_value(), row.tokens > 0);
                listed += expert;
            }
            QVERIFY(listed > 0);
            for (const LinearInfo& linear : layer_linears(l.config, 1))
                QVERIFY(at::isfinite(linear_weight(weights, linear)).all().item<bool>());
            codes.push_back(all_codes(result));
            QVERIFY(at::equal(codes.front(), codes.back()));
        }
        at::set_num_threads(before);
    }

    // With every expert starved, all tokens routed by fallback are all tokens routed by option.
    void route_all_is_expert_tokens_all() {
        QuantizeOptions fallback, option;
        fallback.min_tokens = 1e6;
        fallback.starved = Starved::RouteAll;
        option.all_tokens = true;
        Layer l = open_layer("mixtral", 0, 4), m = open_layer("mixtral", 0, 4);
        LayerWeights a = weights_of(l), b = weights_of(m);
        QVERIFY(at::equal(all_codes(quantize(l, a, fallback)), all_codes(quantize(m, b, option))));
    }

    void enough_tokens_are_left_alone() {
        QuantizeOptions options;
        options.min_tokens = 2;
        options.starved = Starved::Shrink;
        Layer l = open_layer("mixtral", 0, 30);
        LayerWeights weights = weights_of(l);
        for (const LinearReport& row : quantize(l, weights, options).reports)
            QVERIFY(row.fallback.empty() == (row.tokens >= 2 || row.linear.expert < 0));
    }
};

STRICT_TEST_MAIN(TestStarved)
#include "tst_starved.moc"
