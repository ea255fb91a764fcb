// Grids: scales, zeros, rounding to nearest, and what they promise about the stored dtype.
#include "core/job/error.h"
#include "core/quantization/rtn.h"

#include <ATen/Parallel.h>
#include <QtTest>

#include <cmath>
#include <limits>

using namespace moequant;

namespace {

at::Tensor row(std::vector<float> values) {
    return at::tensor(values).view({1, static_cast<std::int64_t>(values.size())});
}

template <class T>
std::vector<T> values(const at::Tensor& tensor) {
    const at::Tensor flat = tensor.contiguous();
    return {flat.data_ptr<T>(), flat.data_ptr<T>() + flat.numel()};
}

} // namespace

class TestGrid : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void symmetric_scale_and_codes() {
        const QuantizedLinear linear =
            rtn(row({-7.0f, 3.5f, 0.0f, 2.4f}), {.bits = 4, .group_size = -1}, "p");
        QCOMPARE(linear.scales.item<float>(), 1.0f); // max|w| / 7
        QCOMPARE(linear.zeros.item<int>(), 8);
        QCOMPARE(values<std::uint8_t>(linear.codes),
                 (std::vector<std::uint8_t>{1, 12, 8, 10})); // 3.5 ties to even
        QCOMPARE(values<float>(linear.dequantize()), (std::vector<float>{-7, 4, 0, 2}));
    }

    void asymmetric_scale_and_codes() {
        const QuantizedLinear linear =
            rtn(row({-2.0f, 13.0f, 0.0f, 1.2f}), {.bits = 4, .group_size = -1, .symmetric = false}, "p");
        QCOMPARE(linear.scales.item<float>(), 1.0f); // (13 + 2) / 15
        QCOMPARE(linear.zeros.item<int>(), 2);
        QCOMPARE(values<float>(linear.dequantize()), (std::vector<float>{-2, 13, 0, 1}));
    }

    void least_zero_of_one() {
        const GridOptions grid{.bits = 4, .group_size = -1, .symmetric = false, .min_zero = 1};
        const QuantizedLinear linear = rtn(row({0.0f, 14.0f, 3.0f, 7.0f}), grid, "p");
        QCOMPARE(linear.zeros.item<int>(), 1);
        QCOMPARE(linear.scales.item<float>(), 1.0f); // max / (2^4 − 2): the maximum is not clipped
        QCOMPARE(values<float>(linear.dequantize()), (std::vector<float>{0, 14, 3, 7}));
    }

    void error_is_at_most_half_a_step_data() {
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("symmetric");
        QTest::addColumn<int>("group");
        for (int bits = 2; bits <= 8; ++bits)
            for (bool symmetric : {true, false})
                for (int group : {-1, 16})
                    QTest::addRow("%d bits, %s, group %d", bits, symmetric ? "sym" : "asym", group)
                        << bits << symmetric << group;
    }
    void error_is_at_most_half_a_step() {
        QFETCH(int, bits);
        QFETCH(bool, symmetric);
        QFETCH(int, group);
        at::manual_seed(bits);
        const at::Tensor weight = at::randn({8, 64});
        const QuantizedLinear linear = rtn(weight, {bits, group, symmetric, at::kHalf, 0}, "p");
        QCOMPARE(linear.groups(), group == -1 ? 1 : 4);
        QVERIFY(at::equal(linear.scales, linear.scales.to(at::kHalf).to(at::kFloat)));
        QVERIFY(linear.codes.max().item<int>() < (1 << bits));
        const at::Tensor step = linear.scales.index_select(1, linear.group_of.to(at::kLong));
        const at::Tensor off = (linear.dequantize() - weight).abs() / step;
        // The scale is rounded to fp16 and an asymmetric zero to an integer: the ends may be off by that much
        // more.
        const double slack = (symmetric ? 0.0 : 0.5) + (1 << bits) * 0x1p-11;
        QVERIFY2(off.max().item<double>() <= 0.5 + slack,
                 qPrintable(QString::number(off.max().item<double>())));
        QVERIFY(off.median().item<double>() <= 0.5);
    }

    void dequantizing_again_gives_the_same_codes() {
        at::manual_seed(1);
        const GridOptions grid{.bits = 4, .group_size = 32, .scale_dtype = at::kBFloat16};
        const QuantizedLinear linear = rtn(at::randn({16, 64}), grid, "p");
        const Scales scales{linear.scales, linear.zeros};
        QVERIFY(at::equal(quantize_codes(linear.dequantize(), scales, grid), linear.codes));
    }

    void clip_search_is_that_of_a_plain_loop_data() {
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("symmetric");
        QTest::addColumn<int>("cols");
        for (int bits : {2, 3, 4, 8})
            for (bool symmetric : {true, false})
                for (int cols : {5, 16, 100, 333})
                    QTest::addRow("%d bits, %s, %d columns", bits, symmetric ? "sym" : "asym", cols)
                        << bits << symmetric << cols;
    }
    void clip_search_is_that_of_a_plain_loop() {
        QFETCH(int, bits);
        QFETCH(bool, symmetric);
        QFETCH(int, cols);
        at::manual_seed(cols + bits);
        const at::Tensor weight = at::randn({20, cols}) * at::randn({20, cols}).abs(); // heavy tails
        GridOptions grid{.bits = bits, .group_size = -1, .symmetric = symmetric, .clip = Clip::mse};
        const Scales single = find_scales(weight, grid), twice = find_scales(weight.to(at::kDouble), grid);
        for (std::int64_t r = 0; r < 20; ++r) {
            const std::vector<float> w = values<float>(weight[r]);
            const auto loss = [&](double scale, int zero) {
                double sum = 0;
                for (float v : w) {
                    const double step =
                        std::clamp(std::nearbyint(v / scale) + zero, 0.0, double((1 << bits) - 1));
                    sum += std::pow(std::abs((step - zero) * scale - v), 2.4);
                }
                return sum;
            };
            GridOptions whole = grid;
            whole.clip = Clip::none;
            double least = std::numeric_limits<double>::infinity();
            float scale = 0;
            for (int trial = 0; trial < 80; ++trial) {
                // The grid of the row shrunk by p is that of its extremes times p.
                const Scales tried =
                    find_scales(weight.narrow(0, r, 1).to(at::kDouble) * (1 - trial / 100.0), whole);
                const double sum = loss(tried.scales.item<float>(), tried.zeros.item<int>());
                if (sum < least) {
                    least = sum;
                    scale = tried.scales.item<float>();
                }
            }
            QCOMPARE(twice.scales[r][0].item<float>(), scale);
            const double found = loss(single.scales[r][0].item<float>(), single.zeros[r][0].item<int>());
            QVERIFY2(found <= least * (1 + 1e-5), qPrintable(QString::number(found / least - 1)));
        }
    }

    void clip_search_takes_the_first_of_equals() {
        // One weight a row: any p that rounds it back onto itself costs nothing, and p = 1 is the first.
        const at::Tensor weight = row({7.0f});
        const GridOptions grid{.bits = 4, .group_size = -1, .clip = Clip::mse};
        QCOMPARE(find_scales(weight, grid).scales.item<float>(), 1.0f);
        QCOMPARE(find_scales(at::zeros({1, 40}), grid).scales.item<float>(), 1.0f);
    }

    void threads_do_not_touch_the_clip_search() {
        at::manual_seed(3);
        const at::Tensor weight = at::randn({90, 512});
        const GridOptions grid{.bits = 3, .group_size = 128, .clip = Clip::mse};
        const int before = at::get_num_threads();
        at::set_num_threads(1);
        const Scales one = find_scales(weight, grid);
        at::set_num_threads(3);
        const Scales three = find_scales(weight, grid);
        at::set_num_threads(before);
        QVERIFY(at::equal(one.scales, three.scales));
        QVERIFY(one.scales.max().item<float>() > 0);
    }

    void extreme_rows_keep_finite_nonzero_scales_data() {
        QTest::addColumn<float>("magnitude");
        QTest::addColumn<bool>("symmetric");
        QTest::addColumn<Clip>("clip");
        for (float magnitude : {0.0f, 1e-12f, 3e-8f, 1e6f, 3e38f})
            for (bool symmetric : {true, false})
                for (Clip clip : {Clip::none, Clip::mse})
                    QTest::addRow("%g %s %s", double(magnitude), symmetric ? "sym" : "asym",
                                  clip == Clip::mse ? "clip" : "")
                        << magnitude << symmetric << clip;
    }
    void extreme_rows_keep_finite_nonzero_scales() {
        QFETCH(float, magnitude);
        QFETCH(bool, symmetric);
        QFETCH(Clip, clip);
        const at::Tensor weight = at::tensor({1.0f, -0.5f, 0.25f, 0.0f}).view({1, 4}) * magnitude;
        const QuantizedLinear linear =
            rtn(weight, {.bits = 4, .group_size = -1, .symmetric = symmetric, .clip = clip}, "p");
        const float scale = linear.scales.item<float>();
        QVERIFY(scale > 0 && std::isfinite(scale));
        QVERIFY(at::isfinite(linear.dequantize()).all().item<bool>());
        if (magnitude == 0)
            QVERIFY(at::equal(linear.dequantize(), weight));
    }

    void refuses_data() {
        QTest::addColumn<int>("bits");
        QTest::addColumn<int>("group");
        QTest::addColumn<float>("value");
        QTest::addColumn<QString>("says");
        QTest::newRow("one bit") << 1 << 32 << 1.0f << "bits 1";
        QTest::newRow("nine bits") << 9 << 32 << 1.0f << "bits 9";
        QTest::newRow("group of 0") << 4 << 0 << 1.0f << "group size 0";
        QTest::newRow("group that does not divide") << 4 << 48 << 1.0f << "layer.p: group size 48";
        QTest::newRow("NaN") << 4 << 32 << std::numeric_limits<float>::quiet_NaN() << "layer.p";
        QTest::newRow("infinity") << 4 << 32 << std::numeric_limits<float>::infinity() << "layer.p";
    }
    void refuses() {
        QFETCH(int, bits);
        QFETCH(int, group);
        QFETCH(float, value);
        QFETCH(QString, says);
        const at::Tensor weight = at::ones({4, 64});
        weight[2][5] = value;
        try {
            rtn(weight, {.bits = bits, .group_size = group}, "layer.p");
            QFAIL("accepted");
        } catch (const RequestError& error) {
            QVERIFY2(QString(error.what()).contains(says), error.what());
        }
    }
};

QTEST_GUILESS_MAIN(TestGrid)
#include "tst_grid.moc"
