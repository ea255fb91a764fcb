// Bits by budget: the knapsack against all choices, the measurement it is fed with, and overrides by pattern.
#include "core/job/error.h"
#include "core/quantization/allocate_bits.h"
#include "core/quantization/measure_layer.h"
#include "core/quantization/override.h"
#include "tests/quantization/layer_fixture.h"
#include "tests/strict_main.h"

using namespace moequant;

namespace {

constexpr std::array kBits{2, 3, 4, 8};

/// The least error of all choices, by trying every one.
double best_of_all(std::span<const BitItem> items, double budget_bits) {
    double best = 1e300;
    std::size_t count = 1;
    for (std::size_t i = 0; i < items.size(); ++i)
        count *= kBits.size();
    for (std::size_t n = 0; n < count; ++n) {
        double bits = 0, error = 0;
        for (std::size_t i = 0, rest = n; i < items.size(); ++i, rest /= kBits.size()) {
            bits += double(items[i].weights) * kBits[rest % kBits.size()];
            error += items[i].errors[rest % kBits.size()];
        }
        if (bits <= budget_bits + 1e-6)
            best = std::min(best, error);
    }
    return best;
}

} // namespace

class TestMixedBits : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void least_of_all_choices() {
        std::mt19937_64 engine(1);
        for (int round = 0; round < 60; ++round) {
            std::vector<BitItem> items(1 + engine() % 6);
            double weights = 0;
            for (BitItem& item : items) {
                item.weights = round % 2 ? 100 : std::int64_t(10 * (1 + engine() % 7));
                weights += double(item.weights);
                double error = double(engine() % 1000);
                for (std::size_t c = 0; c < kBits.size(); ++c) {
                    item.errors.push_back(
                        error); // now and then more bits cost more: measured errors are noisy
                    error *= double(engine() % 120) / 100;
                }
            }
            const double average = 2 + double(engine() % 700) / 100;
            const Allocation found = allocate_bits(items, kBits, average);
            QVERIFY(found.exact);
            QVERIFY(found.average_bits <= average + 1e-9);
            QVERIFY(std::abs(found.error - best_of_all(items, average * weights)) < 1e-9 * (1 + found.error));
        }
    }

    void large_tables_stay_within_the_budget() {
        std::mt19937_64 engine(2);
        std::vector<BitItem> items(300);
        for (BitItem& item : items) {
            item.weights = std::int64_t(1000003 + engine() % 1000);
            for (const double size : {8.0, 4.0, 1.0, 0.0})
                item.errors.push_back(size * double(engine() % 100));
        }
        const Allocation found = allocate_bits(items, kBits, 3.3);
        QVERIFY(!found.exact);
        QVERIFY(found.average_bits <= 3.3 && found.average_bits > 3.2);
    }

    void a_budget_below_the_least_is_refused() {
        const std::vector<BitItem> items{{10, {1, 1, 1, 1}}};
        QVERIFY_THROWS_EXCEPTION(RequestError, allocate_bits(items, kBits, 1.9));
    }

    // The cost of an expert at each choice is what a uniformly quantized layer shows at that choice.
    void measured_errors() {
        Layer l = open_layer("mixtral", 0, 20);
        LayerWeights weights = weights_of(l);
        std::vector<at::Tensor> hidden = l.hidden;
        const LayerCost cost = measure_layer(l.config, 0, weights, l.grids, {l.batches, 0, hidden}, l.rope,
                                             options_of(true), kBits, {});
        QCOMPARE(cost.experts.size(), std::size_t(l.config.layers[0].experts));
        QVERIFY(cost.energy > 0);
        for (std::size_t b = 0; b < hidden.size(); ++b) // the float layer's output
            QVERIFY(at::equal(hidden[b], layer_forward(l.config, 0, weights_of(l), l.hidden[b], l.rope)));
        double before = 0, after = 0;
        for (const ExpertCost& expert : cost.experts) {
            QVERIFY(expert.weights > 0);
            before += expert.errors.front();
            after += expert.errors.back();
        }
        QVERIFY(after < 0.01 * before);
    }

    void overrides_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("hit");
        QTest::addRow("all of a layer") << "model.layers.0.*=bits:8"
                                        << "model.layers.0.mlp.up_proj" << true;
        QTest::addRow("another layer") << "model.layers.0.*=bits:8"
                                       << "model.layers.10.mlp.up_proj" << false;
        QTest::addRow("suffix") << "*.down_proj=bits:8"
                                << "model.layers.3.mlp.experts.7.down_proj" << true;
        QTest::addRow("one character") << "model.layers.?.self_attn.*=bits:8"
                                       << "model.layers.7.self_attn.q_proj" << true;
        QTest::addRow("two stars") << "*experts.1.*=bits:8"
                                   << "model.layers.3.mlp.experts.11.up_proj" << false;
        QTest::addRow("whole name") << "model.layers.1=bits:8"
                                    << "model.layers.1.mlp.up_proj" << false;
    }
    void overrides() {
        QFETCH(QString, text);
        QFETCH(QString, name);
        QFETCH(bool, hit);
        const Override change = parse_override(text.toStdString());
        QCOMPARE(*change.bits, 8);
        QCOMPARE(matches(change.pattern, name.toStdString()), hit);
    }

    void override_keys() {
        const Override change = parse_override("*=bits:3,group_size:-1,sym:false,clip:mse");
        const GridOptions grid = apply(change, {});
        QCOMPARE(grid.bits, 3);
        QCOMPARE(grid.group_size, -1);
        QVERIFY(!grid.symmetric && grid.clip == Clip::mse);
        QVERIFY(parse_override("a*=skip").skip);
    }

    void refused_overrides_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "bits:4", "*=", "=bits:4", "*=bits:9", "*=bits:four", "*=group_size:0",
                                 "*=sym:yes", "*=skip,bits:4", "*=colour:red", "*=bits"})
            QTest::addRow("%s", text) << text;
    }
    void refused_overrides() {
        QFETCH(QString, text);
        QVERIFY_THROWS_EXCEPTION(RequestError, parse_override(text.toStdString()));
    }
};

STRICT_TEST_MAIN(TestMixedBits)
#include "tst_mixed_bits.moc"
