// The model's own loss behind one expert: against the decoder, against differences, routing kept and free.
#include "core/hessian_lab/mlp_inputs.h"
#include "core/hessian_lab/model_loss.h"
#include "core/hessian_lab/study.h"
#include "core/model/safetensors.h"
#include "tests/strict_main.h"

#include <QDir>

#include <cmath>
#include <numeric>

using namespace moequant;
namespace fs = std::filesystem;

namespace {

constexpr int length = 20, sequences = 3;

struct Tail {
    std::shared_ptr<Decoder> decoder;
    std::vector<SequenceBatch> batches;
    std::vector<TailSequence> sequences;
    std::shared_ptr<const ModelTail> tail;
    Problem problem(bool free) const { return model_problem(tail, sequences, free); }
};

/// Behind expert `expert` of the first MoE layer of a tiny checkpoint, everything in float64.
Tail open_tail(const std::string& model, std::size_t expert, Role role) {
    const fs::path folder = fs::path(MOEQUANT_SOURCE_DIR) / "tests/data/decoder" / model;
    Tail tail;
    tail.decoder = std::make_shared<Decoder>(read_config(folder), std::make_shared<SafetensorsFolder>(folder),
                                             Compute{at::kCPU, at::kDouble}, 1 << 30);
    const ModelConfig& config = tail.decoder->config();
    int layer = 0;
    while (!config.layers[std::size_t(layer)].moe)
        ++layer;
    std::vector<std::vector<std::int32_t>> ids(sequences, std::vector<std::int32_t>(length));
    std::mt19937_64 engine(3);
    for (auto& sequence : ids)
        for (auto& id : sequence)
            id = std::int32_t(engine() % std::uint64_t(config.vocab_size));
    tail.batches = batch_sequences(ids, std::nullopt, 1000);
    visit_mlp_inputs(*tail.decoder, tail.batches, layer,
                     [&](const MlpInputs& inputs) {
                         if (inputs.layer != layer)
                             return;
                         for (std::size_t s = 0; s < ids.size(); ++s) {
                             const at::Tensor normed =
                                 rms_norm(inputs.residual[s], inputs.weights.post_norm, config.rms_norm_eps);
                             const std::size_t members[] = {s};
                             const ExpertRows rows = expert_rows(config, inputs, members, 0)[expert];
                             TailSequence sequence;
                             sequence.ids = tail.batches[0].ids[std::int64_t(s)];
                             sequence.hidden =
                                 inputs.residual[s] +
                                 mlp_block(config.layers[std::size_t(layer)], inputs.weights, normed);
                             if (rows.x.size(0) > 0) {
                                 sequence.expert = std::make_shared<const ExpertFunction>(
                                     inputs.weights.experts[expert], role, 3, rows.x);
                                 sequence.token = rows.token;
                                 sequence.affinity = rows.affinity;
                             }
                             tail.sequences.push_back(sequence);
                         }
                     },
                     {}, {});
    tail.tail = std::make_shared<const ModelTail>(load_tail(*tail.decoder, layer + 1, length));
    return tail;
}

double largest(const at::Tensor& t) {
    return t.abs().max().item<double>();
}

} // namespace

class TestModelLoss : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void families_data() {
        QTest::addColumn<QString>("model");
        for (const char* model : {"qwen2_moe", "mixtral", "mixtral_window", "deepseek", "qwen2_moe_variant"})
            QTest::newRow(model) << QString(model);
    }

    // The loss at w is that of the decoder's own logits.
    void base_is_the_decoders_loss_data() { families_data(); }
    void base_is_the_decoders_loss() {
        QFETCH(QString, model);
        const Tail tail = open_tail(model.toStdString(), 0, Role::Gate);
        const Problem problem = tail.problem(false);
        const auto hidden =
            forward_batches(*tail.decoder, tail.batches, [](int, std::size_t, const Routing*) {});
        for (std::int64_t s = 0; s < sequences; ++s) {
            const at::Tensor log_p = at::log_softmax(logits(*tail.decoder, hidden[0][s]), -1);
            QCOMPARE(log_p.scalar_type(), at::kDouble);
            const at::Tensor next = tail.batches[0].ids[s].narrow(0, 1, length - 1).unsqueeze(1);
            const double nll = -log_p.narrow(0, 0, length - 1).gather(1, next).mean().item<double>();
            QVERIFY(std::abs(nll - problem.base[s].item<double>()) < 1e-12);
        }
    }

    // Autograd through all later layers against differences with the routing kept: the first order of the
    // forward scheme and the second of the symmetric one are what autograd says.
    void derivatives_against_differences_data() { families_data(); }
    void derivatives_against_differences() {
        QFETCH(QString, model);
        for (const Role role : {Role::Gate, Role::Down}) {
            const Tail tail = open_tail(model.toStdString(), 1, role);
            StudyOptions options;
            options.epsilon = {1e-3, 1e-2};
            options.n = {4};
            options.common = options.independent = false;
            const Study study = run_study(tail.problem(false), {{2, 2}, {2, 5}}, options, {}, {});
            QVERIFY(study.curvature > 0);
            for (const StudyPoint& point : study.points) {
                if (!point.epsilon)
                    continue;
                const double slack = 0.2 * point.predicted_bias + 4 * point.rounding;
                QVERIFY(std::abs(point.bias - point.predicted_bias) < slack);
                QCOMPARE(point.flips, 0);
            }
        }
    }

    void sequences_without_the_expert_do_not_move() {
        Tail tail;
        for (std::size_t expert = 0;
             tail.sequences.empty() || !tail.sequences[0].expert || !tail.sequences[2].expert; ++expert)
            tail = open_tail("qwen2_moe", expert, Role::Gate); // one that both sequences use
        tail.sequences[2].expert = nullptr;
        const Problem problem = tail.problem(false);
        const Losses moved = problem.losses({2, 5}, 0.5, 0.5);
        QCOMPARE(moved.values[2].item<double>(), problem.base[2].item<double>());
        QVERIFY(moved.values[0].item<double>() != problem.base[0].item<double>());
        QCOMPARE(problem.derivatives({2, 5}).ab[2].item<double>(), 0.0);
    }

    // A step that is large enough sends tokens elsewhere: counted when free, and never when kept.
    void flips_are_counted() {
        const Tail tail = open_tail("qwen2_moe", 1, Role::Down);
        const Problem kept = tail.problem(false), free = tail.problem(true);
        QVERIFY(at::equal(kept.base, free.base));
        const Losses a = kept.losses({2, 5}, 60, 60), b = free.losses({2, 5}, 60, 60);
        QCOMPARE(a.flips, 0);
        QVERIFY(b.flips > 0);
        QVERIFY(largest(a.values - b.values) > 0);
        const Losses still = free.losses({2, 5}, 1e-9, 0);
        QCOMPARE(still.flips, 0);
        QVERIFY(largest(still.values - kept.losses({2, 5}, 1e-9, 0).values) == 0);
        // Autograd sees the kept routing either way.
        QVERIFY(at::equal(kept.derivatives({2, 5}).ab, free.derivatives({2, 5}).ab));
    }
};

STRICT_TEST_MAIN(TestModelLoss)
#include "tst_model_loss.moc"
