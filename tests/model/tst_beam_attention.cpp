// Attention over a cache of beams: the kernel against plain ATen calls and against its definition, row by
// row.
#include "core/model/beam_attention.h"
#include "tests/strict_main.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>

#include <random>

using namespace moequant;

namespace {

/// A cache with random contents and random paths, and rows of several beams a sequence.
struct Case {
    at::Tensor keys, values, q, k, v;
    std::vector<std::uint8_t> paths;
    std::vector<BeamRow> rows;
};

Case make_case(std::int64_t kv_heads, std::int64_t group, std::int64_t dim) {
    constexpr std::int64_t sequences = 3, width = 4, positions = 41, rows = 9;
    auto generator = at::make_generator<at::CPUGeneratorImpl>(5);
    const auto random = [&](at::IntArrayRef shape) { return at::randn(shape, generator); };
    Case made{random({sequences, kv_heads, positions, width, dim}),
              random({sequences, kv_heads, positions, width, dim}),
              random({rows, kv_heads * group, dim}),
              random({rows, kv_heads, dim}),
              random({rows, kv_heads, dim}),
              {},
              {}};
    std::mt19937 engine(7);
    for (std::int64_t i = 0; i < sequences * width * positions; ++i)
        made.paths.push_back(std::uint8_t(engine() % width));
    for (std::int32_t r = 0; r < rows; ++r)
        made.rows.push_back(
            {r / 4, std::int32_t(engine() % width), 0}); // sequences of four, four and one rows
    return made;
}

} // namespace

class TestBeamAttention : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void kernel_and_gather_agree_data() {
        QTest::addColumn<int>("kv_heads");
        QTest::addColumn<int>("group");
        QTest::addColumn<int>("dim");
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("past");
        for (const int dim : {16, 32, 48, 64, 128})
            QTest::addRow("dim %d", dim) << 2 << 2 << dim << 0 << 40;
        QTest::addRow("no past") << 2 << 1 << 32 << 0 << 0;
        QTest::addRow("one position") << 2 << 1 << 32 << 0 << 1;
        QTest::addRow("window") << 1 << 4 << 32 << 29 << 40;
        QTest::addRow("odd span") << 4 << 1 << 64 << 3 << 20;
    }

    void kernel_and_gather_agree() {
        QFETCH(int, kv_heads);
        QFETCH(int, group);
        QFETCH(int, dim);
        QFETCH(int, from);
        QFETCH(int, past);
        const Case made = make_case(kv_heads, group, dim);
        const BeamPast shared{made.keys, made.values, made.paths.data(),
                              from,      past,        1 / std::sqrt(double(dim))};
        const at::Tensor kernel = attend_beams(made.q, made.k, made.v, made.rows, shared);
        const at::Tensor gathered = attend_gathered(made.q, made.k, made.v, made.rows, shared);
        QVERIFY((kernel - gathered).abs().max().item<double>() < 2e-6);
        // By definition, for one row and head.
        const std::int64_t row = 6, head = kv_heads * group - 1, kv = kv_heads - 1;
        std::vector<at::Tensor> keys, values;
        const BeamRow& at_row = made.rows[std::size_t(row)];
        for (std::int64_t p = from; p < past; ++p) {
            const std::int64_t slot = made.paths[std::size_t((at_row.sequence * 4 + at_row.parent) * 41 + p)];
            keys.push_back(made.keys[at_row.sequence][kv][p][slot]);
            values.push_back(made.values[at_row.sequence][kv][p][slot]);
        }
        keys.push_back(made.k[row][kv]);
        values.push_back(made.v[row][kv]);
        const at::Tensor scores = at::mv(at::stack(keys).to(at::kDouble), made.q[row][head].to(at::kDouble));
        const at::Tensor weights = at::softmax(scores / std::sqrt(double(dim)), 0);
        const at::Tensor expected = at::mv(at::stack(values).to(at::kDouble).t(), weights);
        QVERIFY((kernel[row][head].to(at::kDouble) - expected).abs().max().item<double>() < 2e-6);
    }

    void a_row_does_not_depend_on_its_neighbours() {
        const Case made = make_case(2, 2, 32);
        const BeamPast shared{made.keys, made.values, made.paths.data(), 0, 40, 0.2};
        const int before = at::get_num_threads();
        at::set_num_threads(1);
        const at::Tensor all = attend_beams(made.q, made.k, made.v, made.rows, shared);
        at::set_num_threads(3);
        QVERIFY(at::equal(all, attend_beams(made.q, made.k, made.v, made.rows, shared)));
        at::set_num_threads(before);
        for (std::int64_t r = 0; r < 9; ++r) {
            const at::Tensor alone =
                attend_beams(made.q.narrow(0, r, 1), made.k.narrow(0, r, 1), made.v.narrow(0, r, 1),
                             std::span(made.rows).subspan(std::size_t(r), 1), shared);
            QVERIFY(at::equal(alone[0], all[r]));
        }
    }

    void large_scores_do_not_overflow() {
        Case made = make_case(1, 1, 16);
        const BeamPast shared{made.keys, made.values, made.paths.data(), 0, 40, 1000};
        const at::Tensor out = attend_beams(made.q, made.k, made.v, made.rows, shared);
        QVERIFY(at::isfinite(out).all().item<bool>());
        QVERIFY(
            (out - attend_gathered(made.q, made.k, made.v, made.rows, shared)).abs().max().item<double>() <
            1e-4);
    }
};

STRICT_TEST_MAIN(TestBeamAttention)
#include "tst_beam_attention.moc"
