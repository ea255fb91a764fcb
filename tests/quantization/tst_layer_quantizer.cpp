// A whole layer: affinities as deployed and bound to their tokens, experts without tokens, the report, the
// saved state.
#include "core/model/matmul.h"
#include "core/quantization/hessian.h"
#include "core/quantization/layer_state.h"
#include "core/quantization/rtn.h"
#include "tests/quantization/layer_fixture.h"
#include "tests/strict_main.h"

#include <ATen/Parallel.h>

#include <QTemporaryDir>

using namespace moequant;
namespace fs = std::filesystem;

namespace {

/// Inputs of the experts, their routing and their shared affinity, given the layer's (quantized) attention.
struct ExpertInputs {
    at::Tensor x, shared;
    Routing routing;
};
ExpertInputs expert_inputs(const Layer& layer, const LayerWeights& weights,
                           const std::vector<at::Tensor>& hidden) {
    std::vector<at::Tensor> rows;
    for (const at::Tensor& h : hidden) {
        const at::Tensor flat = h.reshape({-1, layer.config.hidden_size});
        const at::Tensor normed = rms_norm(flat, weights.input_norm, layer.config.rms_norm_eps);
        const Qkv qkv = project_qkv(layer.config, weights, normed, h.size(0), 0, layer.rope);
        const at::Tensor out =
            flat + linear(attend(layer.config, layer.config.layers[std::size_t(layer.index)], qkv), weights.o,
                          weights.o_bias);
        rows.push_back(rms_norm(out, weights.post_norm, layer.config.rms_norm_eps));
    }
    ExpertInputs inputs;
    inputs.x = at::cat(rows);
    inputs.routing = route(layer.config.layers[std::size_t(layer.index)], weights.router, inputs.x);
    if (weights.shared_gate.defined())
        inputs.shared = shared_affinity(weights, inputs.x).view({-1});
    return inputs;
}

} // namespace

class TestLayerQuantizer : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void hessian_is_the_naive_sum_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<int>("layer");
        QTest::addColumn<double>("exponent");
        QTest::addRow("softmax top-k as it is, sigmoid-gated shared expert") << "qwen2_moe" << 1 << 1.0;
        QTest::addRow("renormalised") << "mixtral" << 0 << 1.0;
        QTest::addRow("ungated shared experts") << "deepseek" << 1 << 1.0;
        QTest::addRow("squared affinity") << "qwen2_moe" << 0 << 2.0;
        QTest::addRow("plain GPTQ") << "qwen2_moe" << 0 << 0.0;
    }

    // Σ c·x·xᵀ summed token by token in float64, tokens taken in a shuffled order and every affinity looked
    // up by its (token, slot), gives the same codes: 99.8 % equal as for float32 against float64 elsewhere.
    void hessian_is_the_naive_sum() {
        QFETCH(QString, model);
        QFETCH(int, layer);
        QFETCH(double, exponent);
        Layer l = open_layer(qPrintable(model), layer, 30);
        const std::vector<at::Tensor> before = l.hidden;
        const LayerWeights original = weights_of(l);
        LayerWeights weights = original;
        const QuantizeOptions options = options_of(exponent > 0, exponent);
        const QuantizedLayer result = quantize(l, weights, options);
        const ExpertInputs inputs = expert_inputs(l, weights, before);
        const std::int64_t tokens = inputs.x.size(0);
        std::vector<std::int64_t> order(static_cast<std::size_t>(tokens));
        std::iota(order.begin(), order.end(), 0);
        std::mt19937_64 engine(3);
        for (std::size_t i = order.size() - 1; i > 0; --i)
            std::swap(order[i], order[engine() % (i + 1)]);
        const at::Tensor wide = inputs.x.to(at::kDouble);
        std::int64_t equal = 0, total = 0;
        for (const LinearReport& row : result.reports) {
            if (row.linear.role != Role::Gate || row.linear.expert == LinearInfo::none)
                continue;
            at::Tensor h = at::zeros({row.linear.columns, row.linear.columns}, at::kDouble);
            std::int64_t seen = 0;
            double affinity = 0;
            for (const std::int64_t t : order)
                for (std::int64_t k = 0; k < (row.linear.expert >= 0 ? inputs.routing.index.size(1) : 1);
                     ++k) {
                    double c = 1;
                    if (row.linear.expert >= 0) {
                        if (inputs.routing.index[t][k].item<std::int64_t>() != row.linear.expert)
                            continue;
                        c = inputs.routing.weight[t][k].item<double>();
                    } else if (inputs.shared.defined()) {
                        c = inputs.shared[t].item<double>();
                    }
                    ++seen;
                    affinity += c;
                    h += std::pow(c, exponent) * at::outer(wide[t], wide[t]);
                }
            QCOMPARE(row.tokens, seen);
            QVERIFY(std::abs(row.affinity_sum - affinity) < 1e-4 * std::max(1.0, affinity));
            if (seen == 0)
                continue;
            const Factor factor = factorize(h.to(at::kFloat), options.gptq, row.linear.name);
            LayerWeights copy = original;
            const QuantizedLinear expected =
                gptq(linear_weight(copy, row.linear), factor, options.gptq, row.linear.name);
            equal += expected.codes.eq(result.linears.at(row.linear.name).codes).sum().item<std::int64_t>();
            total += expected.codes.numel();
        }
        qInfo("%lld of %lld codes equal", static_cast<long long>(equal), static_cast<long long>(total));
        QVERIFY(total > 0);
        QVERIFY(double(equal) >= 0.998 * double(total));
    }

    void affinity_changes_the_result() {
        Layer plain = open_layer("qwen2_moe", 0, 30), weighted = open_layer("qwen2_moe", 0, 30);
        LayerWeights a = weights_of(plain), b = weights_of(weighted);
        quantize(plain, a, options_of(false));
        quantize(weighted, b, options_of(true));
        QVERIFY(at::equal(a.q, b.q)); // attention has no affinity
        QVERIFY(!at::equal(a.experts[0].gate, b.experts[0].gate));
    }

    void experts_without_tokens_are_rounded_and_listed() {
        Layer l = open_layer("qwen2_moe", 0, 1);
        l.batches[0].ids = l.batches[0].ids.narrow(1, 0, 1);
        l.hidden[0] = l.hidden[0].narrow(1, 0, 1).contiguous();
        const LayerWeights original = weights_of(l);
        LayerWeights weights = original;
        const QuantizedLayer result = quantize(l, weights, options_of(true));
        int empty = 0;
        for (const LinearReport& row : result.reports) {
            if (row.linear.expert < 0)
                continue;
            QCOMPARE(row.fallback, std::string(row.tokens == 0 ? "rtn" : ""));
            QCOMPARE(row.relative_output_error.has_value(), row.tokens > 0);
            if (row.tokens > 0)
                continue;
            ++empty;
            LayerWeights copy = original;
            const QuantizedLinear rounded =
                rtn(linear_weight(copy, row.linear), options_of(true).gptq.grid, row.linear.name);
            QVERIFY(at::equal(rounded.codes, result.linears.at(row.linear.name).codes));
            QVERIFY(linear_weight(weights, row.linear).abs().max().item<double>() > 0);
        }
        QCOMPARE(empty, 3 * int(l.config.layers[0].experts - l.config.layers[0].top_k));
    }

    void all_tokens_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<int>("layer");
        QTest::addColumn<bool>("agq");
        QTest::addRow("every token alike") << "qwen2_moe" << 1 << false;
        QTest::addRow("every token by its probability") << "qwen2_moe" << 1 << true;
        QTest::addRow("renormalised top-k: still the full softmax") << "mixtral" << 0 << true;
    }

    // With all tokens an expert's H is Σ p·x·xᵀ over every token of the layer, p the full softmax with AGQ
    // and 1 without. The probabilities of one token add up to 1 over the experts.
    void all_tokens() {
        QFETCH(QString, model);
        QFETCH(int, layer);
        QFETCH(bool, agq);
        Layer l = open_layer(qPrintable(model), layer, 30), other = open_layer(qPrintable(model), layer, 30);
        const std::vector<at::Tensor> before = l.hidden;
        const LayerWeights original = weights_of(l);
        LayerWeights weights = original, routed_weights = original;
        QuantizeOptions options = options_of(agq);
        const QuantizedLayer routed = quantize(other, routed_weights, options);
        options.all_tokens = true;
        const QuantizedLayer result = quantize(l, weights, options);
        const ExpertInputs inputs = expert_inputs(l, weights, before);
        const std::int64_t tokens = inputs.x.size(0);
        const at::Tensor wide = inputs.x.to(at::kDouble);
        const at::Tensor probability =
            at::softmax(matmul_transposed(inputs.x, weights.router).to(at::kDouble), -1);
        std::int64_t equal = 0, total = 0, changed = 0;
        double mass = 0;
        for (const LinearReport& row : result.reports) {
            const at::Tensor codes = result.linears.at(row.linear.name).codes;
            const at::Tensor routed_codes = routed.linears.at(row.linear.name).codes;
            if (row.linear.expert < 0) { // attention and shared experts are as ever
                QVERIFY(at::equal(codes, routed_codes));
                continue;
            }
            QVERIFY(row.fallback.empty());
            QCOMPARE(row.tokens, tokens);
            changed += !at::equal(codes, routed_codes);
            if (!agq)
                QVERIFY(row.relative_output_error == row.weighted_output_error &&
                        row.effective_tokens == double(tokens));
            if (row.linear.role == Role::Down)
                continue;
            at::Tensor h = at::zeros({row.linear.columns, row.linear.columns}, at::kDouble);
            for (std::int64_t t = 0; t < tokens; ++t) {
                const double p = agq ? probability[t][row.linear.expert].item<double>() : 1;
                h += p * at::outer(wide[t], wide[t]);
                mass += row.linear.role == Role::Gate ? p : 0;
            }
            const Factor factor = factorize(h.to(at::kFloat), options.gptq, row.linear.name);
            LayerWeights copy = original;
            const QuantizedLinear expected =
                gptq(linear_weight(copy, row.linear), factor, options.gptq, row.linear.name);
            equal += expected.codes.eq(codes).sum().item<std::int64_t>();
            total += codes.numel();
        }
        QVERIFY(changed > 0);
        QVERIFY(total > 0 && double(equal) >= 0.998 * double(total));
        const double experts = double(l.config.layers[std::size_t(layer)].experts);
        QVERIFY(std::abs(mass - double(tokens) * (agq ? 1 : experts)) < 1e-6 * mass);
    }

    // One token: the experts that it is not routed to are calibrated with it all the same.
    void all_tokens_leave_no_expert_without() {
        Layer l = open_layer("qwen2_moe", 0, 1);
        l.batches[0].ids = l.batches[0].ids.narrow(1, 0, 1);
        l.hidden[0] = l.hidden[0].narrow(1, 0, 1).contiguous();
        LayerWeights weights = weights_of(l);
        QuantizeOptions options = options_of(true);
        options.all_tokens = true;
        for (const LinearReport& row : quantize(l, weights, options).reports) {
            QVERIFY(row.fallback.empty());
            QCOMPARE(row.tokens, std::int64_t(1));
            QVERIFY(row.relative_output_error.has_value());
        }
    }

    void all_tokens_on_any_threads_data() {
        QTest::addColumn<bool>("agq");
        QTest::addRow("every token alike") << false;
        QTest::addRow("by probability") << true;
    }
    void all_tokens_on_any_threads() {
        QFETCH(bool, agq);
        const int before = at::get_num_threads();
        std::vector<at::Tensor> codes;
        for (const int threads : {1, 2, 3}) {
            at::set_num_threads(threads);
            Layer l = open_layer("deepseek", 1, 9);
            LayerWeights weights = weights_of(l);
            QuantizeOptions options = options_of(agq);
            options.all_tokens = true;
            std::vector<at::Tensor> all;
            for (const auto& [name, linear] : quantize(l, weights, options).linears)
                all.push_back(linear.codes.reshape({-1}));
            codes.push_back(at::cat(all));
            QVERIFY(at::equal(codes.front(), codes.back()));
        }
        at::set_num_threads(before);
    }

    void threads_and_batches_change_no_bit() {
        const int before = at::get_num_threads();
        std::vector<at::Tensor> codes;
        for (const auto& [threads, tokens] : {std::pair{1, 100}, {2, 100}, {3, 24}, {2, 100000}}) {
            at::set_num_threads(threads);
            Layer l = open_layer("deepseek", 1, 9);
            std::vector<std::vector<std::int32_t>> ids;
            std::vector<at::Tensor> rows;
            for (std::size_t b = 0; b < l.batches.size(); ++b)
                for (std::int64_t r = 0; r < l.batches[b].ids.size(0); ++r) {
                    const auto* p = l.batches[b].ids[r].const_data_ptr<std::int64_t>();
                    ids.emplace_back(p, p + 24);
                    rows.push_back(l.hidden[b][r]);
                }
            l.batches = batch_sequences(ids, std::nullopt, tokens);
            l.hidden.clear();
            for (const SequenceBatch& batch : l.batches) {
                std::vector<at::Tensor> members;
                for (const std::size_t s : batch.sequences)
                    members.push_back(rows[s]);
                l.hidden.push_back(at::stack(members));
            }
            LayerWeights weights = weights_of(l);
            const QuantizedLayer result = quantize(l, weights, options_of(true));
            codes.push_back(all_codes(result));
            QVERIFY2(at::equal(codes.front(), codes.back()),
                     qPrintable(QString("%1 threads, batches of %2 tokens").arg(threads).arg(tokens)));
        }
        at::set_num_threads(before);
    }

    void state_round_trip() {
        const QTemporaryDir dir;
        Layer l = open_layer("mixtral", 0, 4);
        LayerWeights weights = weights_of(l);
        const QuantizeOptions options = options_of(false);
        for (auto& [name, grid] : l.grids)
            grid.symmetric = false;
        const QuantizedLayer result = quantize(l, weights, options);
        const fs::path path = dir.filePath("layer.safetensors").toStdString();
        write_layer_state(path, result, {{"layer", 0}});
        const LayerState state = read_layer_state(path);
        QCOMPARE(state.linears.size(), result.linears.size());
        QCOMPARE(state.reports.size(), result.reports.size());
        LayerWeights applied = weights_of(l);
        apply_layer_state(l.config, 0, state, applied);
        for (const LinearInfo& linear : layer_linears(l.config, 0))
            QVERIFY(at::equal(linear_weight(applied, linear), linear_weight(weights, linear)));
    }

    void a_weight_that_is_no_number_is_named() {
        Layer l = open_layer("mixtral", 0, 2);
        LayerWeights weights = weights_of(l);
        weights.experts[1].up = weights.experts[1].up.clone();
        weights.experts[1].up.data_ptr<float>()[5] = std::nanf("");
        try {
            quantize(l, weights, options_of(false));
            QFAIL("accepted");
        } catch (const std::exception& error) {
            QVERIFY2(QString(error.what()).contains("experts.1.w3"), error.what());
        }
    }
};

STRICT_TEST_MAIN(TestLayerQuantizer)
#include "tst_layer_quantizer.moc"
