// GPTQ against the published algorithm (tests/oracle/gptq_reference.py), and what it promises by itself.
#include "core/job/error.h"
#include "core/model/safetensors.h"
#include "core/quantization/gptq.h"
#include "core/quantization/hessian.h"
#include "core/quantization/rtn.h"

#include <ATen/Parallel.h>
#include <QtTest>
#include <nlohmann/json.hpp>

using namespace moequant;

namespace {

struct Case {
    GptqOptions options;
    at::Tensor weight, hessian, codes, codes_float32, rtn_codes, scales, zeros, to_tie;
    double objective;
};

const SafetensorsFile& fixture() {
    static const SafetensorsFile file(MOEQUANT_SOURCE_DIR "/tests/data/gptq/cases.safetensors");
    return file;
}

Case load_case(const std::string& name) {
    const nlohmann::json meta = nlohmann::json::parse(fixture().metadata().at(name));
    const auto tensor = [&](const char* part) { return fixture().load(name + "." + part); };
    Case c{.options = {.grid = {.bits = meta["bits"],
                                .group_size = meta["group_size"],
                                .symmetric = meta["symmetric"],
                                .scale_dtype = meta["scale_dtype"] == "bfloat16" ? at::kBFloat16 : at::kHalf},
                       .act_order = meta["act_order"]},
           .weight = tensor("weight").to(at::kFloat),
           .hessian = tensor("hessian"),
           .codes = tensor("codes"),
           .codes_float32 = tensor("codes_float32"),
           .rtn_codes = tensor("rtn_codes"),
           .scales = tensor("scales"),
           .zeros = tensor("zeros"),
           .to_tie = tensor("to_tie").to(at::kFloat),
           .objective = meta["objective"]};
    return c;
}

void add_cases() {
    QTest::addColumn<std::string>("name");
    QTest::addColumn<int>("block");
    for (const auto& entry : fixture().metadata())
        for (int block : {128, 40, 7})
            QTest::addRow("%s, blocks of %d", entry.first.c_str(), block) << entry.first << block;
}

QuantizedLinear quantize(const at::Tensor& weight, const at::Tensor& hessian, const GptqOptions& options) {
    return gptq(weight, factorize(hessian, options, "p"), options, "p");
}

double objective(const at::Tensor& weight, const QuantizedLinear& linear, const at::Tensor& hessian) {
    return *output_error(weight, linear.dequantize(), hessian, hessian).relative_output_error;
}

/// Correlated inputs, as hidden states are.
at::Tensor some_hessian(std::int64_t tokens, std::int64_t cols) {
    const at::Tensor x =
        at::randn({tokens, cols}).mm(at::randn({cols, cols}) / std::sqrt(double(cols)) + at::eye(cols));
    return x.t().mm(x);
}

} // namespace

class TestGptq : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void float64_gives_the_codes_of_the_reference_data() { add_cases(); }
    void float64_gives_the_codes_of_the_reference() {
        QFETCH(std::string, name);
        QFETCH(int, block);
        Case c = load_case(name);
        c.options.compute = at::kDouble;
        c.options.block = block;
        const QuantizedLinear linear = quantize(c.weight, c.hessian, c.options);
        QVERIFY(at::equal(linear.scales, c.scales));
        QVERIFY(at::equal(linear.zeros, c.zeros));
        QCOMPARE(linear.codes.ne(c.codes).sum().item<int>(), 0);
        QVERIFY(std::abs(objective(c.weight, linear, c.hessian) / c.objective - 1) < 1e-4);
    }

    void float32_differs_by_near_ties_only_data() { add_cases(); }
    void float32_differs_by_near_ties_only() {
        QFETCH(std::string, name);
        QFETCH(int, block);
        Case c = load_case(name);
        c.options.block = block;
        const QuantizedLinear linear = quantize(c.weight, c.hessian, c.options);
        QVERIFY(at::equal(linear.scales, c.scales));
        for (const at::Tensor& reference : {c.codes, c.codes_float32}) {
            const double equal = linear.codes.eq(reference).to(at::kDouble).mean().item<double>();
            QVERIFY2(equal >= 0.998, qPrintable(QString("equal codes: %1").arg(equal)));
        }
        const at::Tensor order = c.options.act_order ? c.hessian.diagonal().argsort(true, 0, true)
                                                     : at::arange(c.weight.size(1), at::kLong);
        const at::Tensor differ = linear.codes.ne(c.codes).index_select(1, order);
        const at::Tensor to_tie = c.to_tie.index_select(1, order);
        for (std::int64_t r = 0; r < differ.size(0); ++r)
            for (std::int64_t j = 0; j < differ.size(1); ++j)
                if (differ[r][j].item<bool>()) {
                    QVERIFY2(to_tie[r][j].item<double>() < 1e-3,
                             "first differing code of a row is far from a tie");
                    break;
                }
        const double found = objective(c.weight, linear, c.hessian);
        QVERIFY2(std::abs(found / c.objective - 1) < 1e-3, qPrintable(QString::number(found)));
    }

    // In float64 the codes are the reference's (above), so float64 stands for it on shapes too large for
    // fixtures.
    void float32_objective_over_a_layer() {
        at::manual_seed(17);
        double ours = 0, reference = 0;
        for (int i = 0; i < 48; ++i) { // gate, up and down of 16 experts
            const at::Tensor weight = at::randn({128, 256}), hessian = some_hessian(700, 256);
            GptqOptions options;
            options.grid.group_size = -1;
            const auto loss = [&](at::ScalarType compute) {
                options.compute = compute;
                const at::Tensor delta =
                    (quantize(weight, hessian, options).dequantize() - weight).to(at::kDouble);
                return at::mm(delta, hessian.to(at::kDouble)).mul(delta).sum().item<double>();
            };
            ours += loss(at::kFloat);
            reference += loss(at::kDouble);
        }
        qInfo("objective over a layer: %g relative to float64", ours / reference - 1);
        QVERIFY(reference > 0);
        QVERIFY(std::abs(ours / reference - 1) < 2e-4);
    }

    void rounding_to_nearest_equals_the_reference_data() { add_cases(); }
    void rounding_to_nearest_equals_the_reference() {
        QFETCH(std::string, name);
        const Case c = load_case(name);
        QVERIFY(at::equal(rtn(c.weight, c.options.grid, "p").codes, c.rtn_codes));
    }

    void tensor_loop_is_the_kernels_twin_data() { add_cases(); }
    void tensor_loop_is_the_kernels_twin() {
        QFETCH(std::string, name);
        QFETCH(int, block);
        Case c = load_case(name);
        c.options.compute = at::kDouble;
        c.options.block = block;
        const Factor factor = factorize(c.hessian, c.options, "p");
        const QuantizedLinear plain = gptq_with_tensors(c.weight, factor, c.options, "p");
        QVERIFY(at::equal(plain.codes, c.codes));
        QVERIFY(at::equal(plain.scales, c.scales));
        QVERIFY(at::equal(plain.zeros, c.zeros));
    }

    void upper_factor_is_that_of_the_inverse() {
        at::manual_seed(5);
        const at::Tensor h = some_hessian(900, 300);
        const GptqOptions options{.damp = 0.01, .compute = at::kDouble};
        const Factor factor = factorize(h, options, "p");
        QVERIFY(at::equal(factor.upper, factor.upper.triu()));
        at::Tensor damped = h.to(at::kDouble);
        damped.diagonal().add_(0.01 * damped.diagonal().mean());
        const at::Tensor identity = factor.upper.t().mm(factor.upper).mm(damped);
        QVERIFY(at::allclose(identity, at::eye(300, at::kDouble), 0, 1e-9));
    }

    void many_are_factorised_as_each_alone() {
        at::manual_seed(22);
        const std::vector<at::Tensor> hessians{some_hessian(300, 120), at::zeros({120, 120}),
                                               some_hessian(5, 120)};
        const GptqOptions options{.damp = 0.001, .act_order = true};
        const std::vector<Factor> all = factorize_all(hessians, options, {"a", "b", "c"}, false);
        // By the library's batched routines: equal up to rounding (6e-8) times the matrix's condition.
        const std::vector<Factor> batched = factorize_all(hessians, options, {"a", "b", "c"}, true);
        QCOMPARE(all.size(), hessians.size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            const Factor alone = factorize(hessians[i], options, "p");
            QVERIFY(at::equal(all[i].upper, alone.upper) && at::equal(all[i].order, alone.order));
            QCOMPARE(all[i].damp, alone.damp);
            QVERIFY(at::equal(batched[i].order, alone.order));
            QCOMPARE(batched[i].damp, alone.damp);
            QCOMPARE(batched[i].dead_columns, alone.dead_columns);
            const at::Tensor difference = batched[i].upper - alone.upper;
            const double apart = (difference.norm() / alone.upper.norm()).item<double>();
            QVERIFY2(apart < 6e-8 * std::max(alone.condition, 10.0),
                     qPrintable(QString("%1, condition %2").arg(apart).arg(alone.condition)));
        }
    }

    // Undamped, five tokens' matrix has no factor: it alone gets more damping, the others keep what they
    // have.
    void one_of_many_that_fails_is_damped_alone() {
        at::manual_seed(23);
        const std::vector<at::Tensor> hessians{some_hessian(900, 120), some_hessian(5, 120)};
        const GptqOptions options{.damp = 0};
        for (const bool batched : {false, true}) {
            const std::vector<Factor> all = factorize_all(hessians, options, {"a", "b"}, batched);
            QCOMPARE(all[0].damp, 0.0);
            QVERIFY(all[1].damp > 0);
            QVERIFY(at::isfinite(all[1].upper).all().item<bool>());
        }
        try {
            factorize_all({hessians[0], at::full({120, 120}, NAN)}, options, {"a", "b"}, true);
            QFAIL("a Hessian that is not finite was factorised");
        } catch (const RunError& error) {
            QVERIFY2(QString(error.what()).contains("of b"), error.what());
        }
    }

    void condition_is_estimated_from_below_data() {
        QTest::addColumn<int>("tokens");
        QTest::addColumn<double>("damp");
        QTest::addColumn<bool>("act_order");
        for (int tokens : {1, 30, 150, 1000})
            for (double damp : {0.01, 1.0})
                QTest::addRow("%d tokens, damp %g", tokens, damp) << tokens << damp << (tokens == 30);
    }
    void condition_is_estimated_from_below() {
        QFETCH(int, tokens);
        QFETCH(double, damp);
        QFETCH(bool, act_order);
        at::manual_seed(21);
        at::Tensor h = some_hessian(tokens, 150);
        h.select(0, 9).zero_();
        h.select(1, 9).zero_();
        const GptqOptions options{.damp = damp, .act_order = act_order};
        const double estimate = factorize(h, options, "p").condition;
        at::Tensor damped = h.to(at::kDouble);
        damped.diagonal().add_(damp * damped.diagonal().mean());
        const at::Tensor alive = at::arange(150).ne(9).nonzero().squeeze(1);
        const at::Tensor values = at::linalg_eigvalsh(damped.index_select(0, alive).index_select(1, alive));
        const double condition = (values.max() / values.min()).item<double>();
        QVERIFY2(estimate <= 1.0001 * condition && estimate >= 0.3 * condition,
                 qPrintable(QString("%1 for %2").arg(estimate).arg(condition)));
        QCOMPARE(factorize(at::zeros({32, 32}), options, "p").condition, 1.0);
    }

    void threads_change_no_bit_data() {
        QTest::addColumn<int>("group");
        QTest::addColumn<bool>("act_order");
        QTest::newRow("per channel") << -1 << false;
        QTest::newRow("groups") << 64 << false;
        QTest::newRow("groups, act-order") << 64 << true;
    }
    void threads_change_no_bit() {
        QFETCH(int, group);
        QFETCH(bool, act_order);
        at::manual_seed(9);
        const at::Tensor weight = at::randn({200, 512}), h = some_hessian(1500, 512);
        const GptqOptions options{.grid = {.bits = 3, .group_size = group}, .act_order = act_order};
        const int before = at::get_num_threads();
        std::vector<Factor> factors;
        std::vector<QuantizedLinear> linears;
        for (int threads : {1, 2, 3}) {
            at::set_num_threads(threads);
            factors.push_back(factorize(h, options, "p"));
            linears.push_back(gptq(weight, factors.back(), options, "p"));
            QCOMPARE(at::get_num_threads(), threads);
        }
        at::set_num_threads(2); // and inside someone else's parallel loop over linears
        std::vector<QuantizedLinear> nested(2);
        at::parallel_for(0, 2, 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i)
                nested[i] = quantize(weight, h, options);
        });
        at::set_num_threads(before);
        for (const Factor& factor : factors)
            QVERIFY(at::equal(factor.upper, factors[0].upper) && factor.condition == factors[0].condition);
        linears.insert(linears.end(), nested.begin(), nested.end());
        for (const QuantizedLinear& linear : linears) {
            QVERIFY(at::equal(linear.codes, linears[0].codes));
            QVERIFY(at::equal(linear.scales, linears[0].scales));
        }
    }

    void rows_are_independent() {
        at::manual_seed(10);
        const at::Tensor weight = at::randn({150, 128}), h = some_hessian(500, 128);
        const GptqOptions options{.grid = {.bits = 4, .group_size = 32}};
        const Factor factor = factorize(h, options, "p");
        const at::Tensor whole = gptq(weight, factor, options, "p").codes;
        for (const auto& [begin, end] : {std::pair{0, 64}, {64, 128}, {128, 150}})
            QVERIFY(at::equal(gptq(weight.slice(0, begin, end), factor, options, "p").codes,
                              whole.slice(0, begin, end)));
    }

    void scale_of_the_hessian_does_not_matter() {
        at::manual_seed(11);
        const at::Tensor weight = at::randn({32, 96});
        at::Tensor h = some_hessian(300, 96);
        h.select(0, 4).zero_();
        h.select(1, 4).zero_(); // with a dead column too
        const GptqOptions options{.grid = {.bits = 4, .group_size = 32}};
        const at::Tensor codes = quantize(weight, h, options).codes;
        QVERIFY(at::equal(quantize(weight, h * 0x1p-30, options).codes, codes));
        QVERIFY(at::equal(quantize(weight, h * 0x1p20, options).codes, codes));
    }

    void better_than_rounding_for_what_it_minimises() {
        at::manual_seed(12);
        const at::Tensor weight = at::randn({64, 256}), h = some_hessian(1000, 256);
        for (std::int64_t group : {-1, 64})
            for (bool act_order : {false, true}) {
                const GptqOptions options{.grid = {.bits = 3, .group_size = group}, .act_order = act_order};
                const double compensated = objective(weight, quantize(weight, h, options), h);
                QVERIFY(compensated < 0.7 * objective(weight, rtn(weight, options.grid, "p"), h));
            }
    }

    void no_tokens_is_rounding_to_nearest() {
        at::manual_seed(13);
        const at::Tensor weight = at::randn({40, 64});
        const GptqOptions options{.grid = {.bits = 4, .group_size = 32}};
        const Factor factor = factorize(at::zeros({64, 64}), options, "p");
        QCOMPARE(factor.dead_columns, 64);
        QVERIFY(at::equal(gptq(weight, factor, options, "p").codes, rtn(weight, options.grid, "p").codes));
    }

    void damping_rises_until_it_factorises() {
        at::manual_seed(14);
        const at::Tensor x = at::randn({1, 64}); // rank 1, undamped: not positive definite in float32
        const GptqOptions options{.damp = 0};
        const Factor factor = factorize(x.t().mm(x), options, "p");
        QVERIFY(factor.damp > 0 && factor.damp <= 0.1);
        QVERIFY(at::isfinite(factor.upper).all().item<bool>());
        at::Tensor indefinite = at::eye(8);
        indefinite[0][1] = indefinite[1][0] = 100;
        QVERIFY_THROWS_EXCEPTION(RunError, factorize(indefinite, options, "p"));
    }

    void refuses() {
        const GptqOptions options;
        at::Tensor h = at::eye(128);
        const Factor factor = factorize(h, options, "layer.p");
        at::Tensor weight = at::ones({4, 128});
        weight[1][1] = std::numeric_limits<float>::infinity();
        try {
            gptq(weight, factor, options, "layer.p");
            QFAIL("accepted an infinite weight");
        } catch (const RequestError& error) {
            QVERIFY2(QString(error.what()).contains("layer.p"), error.what());
        }
        h[3][3] = std::numeric_limits<float>::quiet_NaN();
        QVERIFY_THROWS_EXCEPTION(RunError, factorize(h, options, "layer.p"));
        QVERIFY_THROWS_EXCEPTION(RequestError, factorize(at::eye(4), {.damp = -1}, "layer.p"));
    }
};

QTEST_GUILESS_MAIN(TestGptq)
#include "tst_gptq.moc"
