// AWQ: the search's errors against a sum over tokens, folding that changes nothing in float, affinity in the
// objective, determinism.
#include "core/job/error.h"
#include "core/model/replaced_tensors.h"
#include "core/quantization/awq.h"
#include "core/quantization/layer_state.h"
#include "core/quantization/rtn.h"
#include "tests/quantization/layer_fixture.h"
#include "tests/strict_main.h"

#include <ATen/Parallel.h>

#include <QTemporaryDir>

using namespace moequant;

namespace {

at::Tensor random_tensor(std::initializer_list<std::int64_t> shape, unsigned seed) {
    std::mt19937_64 engine(seed);
    at::Tensor t = at::empty(shape, at::kFloat);
    for (std::int64_t i = 0; i < t.numel(); ++i) {
        double sum = 0;
        for (int k = 0; k < 12; ++k)
            sum += double(engine() >> 11) * 0x1p-53;
        t.data_ptr<float>()[i] = float(sum - 6);
    }
    return t;
}

QuantizeOptions awq_options(bool agq = false) {
    QuantizeOptions options;
    options.method = Method::Awq;
    options.agq = agq;
    return options;
}

double mean_error(const QuantizedLayer& layer) {
    double sum = 0;
    int count = 0;
    for (const LinearReport& row : layer.reports)
        if (row.weighted_output_error) {
            sum += std::log(*row.weighted_output_error);
            ++count;
        }
    return std::exp(sum / count);
}

} // namespace

class TestAwq : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void scales() {
        const at::Tensor magnitude = at::tensor({0.0f, 0.01f, 1.0f, 100.0f});
        QVERIFY(at::equal(awq_scale(magnitude, 0), at::ones({4})));
        for (int step = 1; step < kAwqSteps; ++step) {
            const at::Tensor s = awq_scale(magnitude, step);
            QVERIFY(std::abs((s.max() * s.min()).item<double>() - 1) < 1e-5);
            QVERIFY(at::isfinite(s).all().item<bool>() && s.gt(0).all().item<bool>());
        }
        const at::Tensor half = awq_scale(at::tensor({1.0f, 16.0f}), 10); // √: 1, 4, divided by √4
        QVERIFY(at::allclose(half, at::tensor({0.5f, 2.0f})));
    }

    void errors_are_sums_over_tokens_data() {
        QTest::addColumn<bool>("symmetric");
        QTest::addColumn<int>("group");
        QTest::addRow("symmetric, groups") << true << 16;
        QTest::addRow("asymmetric, per channel") << false << -1;
    }
    void errors_are_sums_over_tokens() {
        QFETCH(bool, symmetric);
        QFETCH(int, group);
        const GridOptions grid{.bits = 3, .group_size = group, .symmetric = symmetric};
        const at::Tensor w = random_tensor({300, 32}, 1), c = random_tensor({50}, 2).abs();
        const at::Tensor x = random_tensor({50, 32}, 3) * at::arange(1, 33);
        const at::Tensor h = (x * c.unsqueeze(1)).t().mm(x), magnitude = x.abs().mean(0);
        AwqErrors errors{};
        add_awq_errors(errors, w, h, magnitude, grid, "w");
        for (int step = 0; step < kAwqSteps; ++step) {
            const at::Tensor s = awq_scale(magnitude, step);
            const at::Tensor q = rtn(w * s, grid, "w").dequantize() / s;
            const double naive = (x.mm((q - w).t()).square().sum(1) * c).sum().item<double>();
            QVERIFY2(std::abs(errors[std::size_t(step)] - naive) < 1e-4 * naive,
                     qPrintable(QString("step %1").arg(step)));
        }
        QVERIFY(best_awq_step(errors) > 0); // columns 1 … 32 times as large: scaling pays
    }

    void clip_is_never_worse() {
        const GridOptions grid{.bits = 3, .group_size = 16};
        const at::Tensor w = random_tensor({64, 32}, 5), x = random_tensor({40, 32}, 6), h = x.t().mm(x);
        const auto block_error = [&](const QuantizedLinear& q) {
            const at::Tensor d = q.dequantize() - w;
            double sum = 0;
            for (int g = 0; g < 2; ++g) {
                const at::Tensor part = d.narrow(1, 16 * g, 16);
                sum += part.mm(h.narrow(0, 16 * g, 16).narrow(1, 16 * g, 16)).mul(part).sum().item<double>();
            }
            return sum;
        };
        const double plain = block_error(rtn(w, grid, "w")),
                     clipped = block_error(awq_round(w, h, grid, "w"));
        QVERIFY2(clipped < plain, qPrintable(QString("%1 %2").arg(clipped).arg(plain)));
    }

    // Scales in every norm, v and up, taken up by every consumer, routers and gates too: the same logits.
    void folding_changes_nothing_data() {
        QTest::addColumn<QString>("model");
        for (const char* model :
             {"qwen2_moe", "qwen2_moe_variant", "mixtral", "deepseek", "deepseek_variant"})
            QTest::addRow("%s", model) << model;
    }
    void folding_changes_nothing() {
        QFETCH(QString, model);
        Layer l = open_layer(qPrintable(model), 0, 8);
        std::map<std::string, at::Tensor> folded;
        QuantizeOptions options = awq_options();
        options.scale_only = true;
        std::vector<at::Tensor> hidden = l.hidden;
        for (int i = 0; i < int(l.config.layers.size()); ++i) {
            LayerWeights weights = load_layer(*l.source, l.config, i, Compute{});
            LinearGrids grids;
            for (const LinearInfo& linear : layer_linears(l.config, i))
                if (linear.role != Role::Router && linear.role != Role::SharedGate)
                    grids[linear.name] = {.bits = 2, .group_size = -1};
            const QuantizedLayer result =
                quantize_layer(l.config, i, weights, grids, {l.batches, 0, hidden}, l.rope, options, {}, {});
            QVERIFY(result.linears.empty());
            folded.insert(result.floats.begin(), result.floats.end());
        }
        int norms = 0, changed = 0;
        for (const auto& [name, tensor] : folded) {
            norms += name.ends_with("layernorm.weight");
            changed += !at::equal(tensor, l.source->load(name).to(tensor.scalar_type()));
        }
        QVERIFY2(norms > 0 && changed > 5, qPrintable(QString("%1 %2").arg(norms).arg(changed)));
        const Decoder before(l.config, l.source, Compute{}, 1 << 30);
        const Decoder after(l.config, std::make_shared<ReplacedTensors>(l.source, folded), Compute{},
                            1 << 30);
        double worst = 0;
        const auto run = [&](const Decoder& decoder) {
            std::vector<at::Tensor> out;
            for (const at::Tensor& h :
                 forward_batches(decoder, l.batches, [](int, std::size_t, const Routing*) {}))
                out.push_back(logits(decoder, h.reshape({-1, l.config.hidden_size})));
            return at::cat(out);
        };
        const at::Tensor a = run(before), b = run(after);
        worst = ((a - b).abs().max() / a.abs().max()).item<double>();
        qInfo("%d tensors changed; logits differ by %.1e of the greatest", changed, worst);
        QVERIFY(worst < 1e-5);
    }

    void better_than_rounding() {
        for (const bool agq : {false, true}) {
            Layer l = open_layer("qwen2_moe", 1, 30), m = open_layer("qwen2_moe", 1, 30);
            for (Layer* layer : {&l, &m})
                for (auto& [name, grid] : layer->grids)
                    grid.bits = 3;
            LayerWeights a = weights_of(l), b = weights_of(m);
            QuantizeOptions rounding;
            rounding.method = Method::Rtn;
            const double awq = mean_error(quantize(l, a, awq_options(agq))),
                         plain = mean_error(quantize(m, b, rounding));
            QVERIFY2(awq < plain, qPrintable(QString("%1 %2").arg(awq).arg(plain)));
        }
    }

    void state_keeps_folded_tensors() {
        const QTemporaryDir dir;
        Layer l = open_layer("qwen2_moe", 1, 6);
        LayerWeights weights = weights_of(l);
        QuantizeOptions options = awq_options();
        options.stored = at::kBFloat16;
        const QuantizedLayer result = quantize(l, weights, options);
        QVERIFY(!result.floats.empty());
        const std::filesystem::path path = dir.filePath("layer.safetensors").toStdString();
        write_layer_state(path, result, {{"layer", 1}});
        LayerWeights applied = weights_of(l);
        apply_layer_state(l.config, 1, read_layer_state(path), applied);
        for (const LinearInfo& linear : layer_linears(l.config, 1))
            QVERIFY2(at::equal(linear_weight(applied, linear), linear_weight(weights, linear)),
                     linear.name.c_str());
        QVERIFY(at::equal(applied.post_norm, weights.post_norm) &&
                at::equal(applied.input_norm, weights.input_norm));
        QVERIFY(at::equal(applied.v_bias, weights.v_bias));
    }

    void threads_change_no_bit() {
        const int before = at::get_num_threads();
        std::vector<at::Tensor> codes;
        for (const int threads : {1, 2, 3}) {
            at::set_num_threads(threads);
            Layer l = open_layer("qwen2_moe", 1, 12);
            LayerWeights weights = weights_of(l);
            codes.push_back(all_codes(quantize(l, weights, awq_options(true))));
            QVERIFY(at::equal(codes.front(), codes.back()));
        }
        at::set_num_threads(before);
    }
};

STRICT_TEST_MAIN(TestAwq)
#include "tst_awq.moc"
