// A thousand random cases of GPTQ in float64 against a reference written here in plain loops: the textbook's
// factorisation (Cholesky, inverse, Cholesky), no blocks, no tiles. Shapes, grids, orders and Hessians of
// every rank are drawn; equal codes, scales and zeros are demanded.
#include "core/job/error.h"
#include "core/quantization/gptq.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace moequant;

namespace {

using Matrix = std::vector<std::vector<double>>;

constexpr int kCases = 1000, kTogether = 50;
constexpr double kTie = 1e-9; ///< in steps: no rounding of ours and the reference's is worth more

class Draw {
  public:
    explicit Draw(std::uint64_t seed) : engine_(seed) {}
    double uniform() { return double(engine_() >> 11) * 0x1p-53; }
    std::int64_t below(std::int64_t n) { return std::int64_t(engine_() % std::uint64_t(n)); }
    bool chance(double p) { return uniform() < p; }
    double normal() { // the sum of twelve, near enough
        double sum = -6;
        for (int i = 0; i < 12; ++i)
            sum += uniform();
        return sum;
    }
    template <class T>
    T of(std::initializer_list<T> choices) {
        return choices.begin()[below(std::int64_t(choices.size()))];
    }

  private:
    std::mt19937_64 engine_;
};

struct Case {
    GptqOptions options;
    Matrix weight, hessian; ///< of float32 values
    bool bad_weight = false;
    QString text;
};

std::int64_t rank_of(Draw& draw, std::int64_t cols) {
    switch (draw.below(5)) {
    case 0:
        return 0; // no tokens
    case 1:
        return 1;
    case 2:
        return 1 + draw.below(cols); // singular
    default:
        return 2 * cols + draw.below(2 * cols);
    }
}

Case draw_case(int seed) {
    Draw draw(static_cast<std::uint64_t>(seed) + 20221101);
    Case c;
    const bool large = seed % 100 == 7;
    const std::int64_t rows = large ? 50 + draw.below(60) : 1 + draw.below(20);
    const std::int64_t group = large ? draw.of<std::int64_t>({-1, 32, 64, 128})
                                     : draw.of<std::int64_t>({-1, -1, 1, 4, 12, 16, 32, 32, 64});
    const std::int64_t cols =
        group > 0 ? group * (1 + draw.below(std::max<std::int64_t>(1, (large ? 384 : 96) / group)))
                  : (large ? 200 + draw.below(150) : 2 + draw.below(100));
    GridOptions& grid = c.options.grid;
    grid.bits = int(2 + draw.below(7));
    grid.group_size = group;
    grid.symmetric = draw.chance(0.5);
    grid.scale_dtype = draw.of({at::kHalf, at::kBFloat16, at::kFloat});
    grid.min_zero = grid.symmetric ? 0 : int(draw.below(2));
    grid.clip = draw.chance(0.4) ? Clip::mse : Clip::none;
    c.options.damp = draw.of({0.001, 0.01, 0.01, 0.1, 1.0});
    c.options.block = draw.of<std::int64_t>({1, 7, 8, 32, 128, 128, 1000});
    c.options.act_order = draw.chance(0.3);
    c.options.compute = at::kDouble;

    c.weight.assign(rows, std::vector<double>(cols));
    for (auto& row : c.weight)
        for (double& w : row)
            w = float(draw.normal() * 0.05 * (draw.chance(0.02) ? 5 : 1));
    if (rows > 1 && draw.chance(0.2))
        c.weight[draw.below(rows)] = c.weight[0];
    if (draw.chance(0.2)) { // a group of zeros
        const std::int64_t width = columns_per_group(grid, cols), first = draw.below(cols / width) * width;
        std::fill_n(c.weight[draw.below(rows)].begin() + first, width, 0.0);
    }
    if (draw.chance(0.1)) // of one sign
        for (double& w : c.weight[draw.below(rows)])
            w = std::abs(w);
    c.bad_weight = draw.chance(0.05);
    if (c.bad_weight)
        c.weight[draw.below(rows)][draw.below(cols)] =
            draw.chance(0.5) ? std::numeric_limits<double>::quiet_NaN()
                             : draw.of({1, -1}) * std::numeric_limits<double>::infinity();

    const std::int64_t tokens = rank_of(draw, cols);
    Matrix x(tokens, std::vector<double>(cols));
    std::vector<double> size(cols);
    for (double& s : size)
        s = std::exp(draw.normal());
    const bool dead = draw.chance(0.3), same = cols > 1 && draw.chance(0.2);
    for (auto& row : x) {
        const double common = draw.normal();
        for (std::int64_t j = 0; j < cols; ++j)
            row[j] = (draw.normal() + common) * size[j];
    }
    std::vector<bool> never(cols);
    for (std::int64_t j = 0; j < cols; ++j)
        never[j] = dead && draw.chance(0.2);
    for (auto& row : x) {
        for (std::int64_t j = 0; j < cols; ++j)
            row[j] = never[j] ? 0 : row[j];
        if (same)
            row[1] = row[0];
    }
    c.hessian.assign(cols, std::vector<double>(cols));
    for (const auto& row : x)
        for (std::int64_t i = 0; i < cols; ++i)
            for (std::int64_t j = 0; j <= i; ++j)
                c.hessian[i][j] += row[i] * row[j];
    for (std::int64_t i = 0; i < cols; ++i)
        for (std::int64_t j = 0; j <= i; ++j)
            c.hessian[i][j] = c.hessian[j][i] = float(c.hessian[i][j]);
    c.text = QString("case %1: %2x%3, %4 bits, group %5, %6, act-order %7, clip %8, block %9")
                 .arg(seed)
                 .arg(rows)
                 .arg(cols)
                 .arg(grid.bits)
                 .arg(group)
                 .arg(grid.symmetric ? "sym" : "asym")
                 .arg(c.options.act_order)
                 .arg(grid.clip == Clip::mse)
                 .arg(c.options.block) +
             QString(", damp %1, %2 tokens").arg(c.options.damp).arg(tokens);
    return c;
}

// ---------------------------------------------------------------------------------------- the reference

double stored(double scale, at::ScalarType dtype) {
    const float single = float(scale);
    if (dtype == at::kHalf)
        return std::max(float(c10::Half(single)), 0x1p-24F);
    return dtype == at::kBFloat16 ? float(c10::BFloat16(single)) : single;
}

struct Grid {
    double scale = 1, loss = 0;
    int zero = 0;
};

Grid grid_over(double low, double high, const GridOptions& options) {
    const int top = (1 << options.bits) - 1;
    if (options.symmetric)
        return {stored(std::max(-low, high) / (top / 2), options.scale_dtype), 0, top / 2 + 1};
    low = std::min(low, 0.0);
    high = std::max(high, 0.0);
    const double scale = stored((high - low) / top, options.scale_dtype);
    const int zero = int(std::min(std::nearbyint(-low / scale), double(top)));
    if (zero < options.min_zero)
        return {stored(high / (top - options.min_zero), options.scale_dtype), 0, options.min_zero};
    return {scale, 0, zero};
}

int code_of(double w, const Grid& grid, int bits) {
    return int(std::min(std::max(std::nearbyint(w / grid.scale) + grid.zero, 0.0), double((1 << bits) - 1)));
}

Grid find_grid(const double* w, std::int64_t count, const GridOptions& options) {
    const auto [low, high] = std::minmax_element(w, w + count);
    if (*low == 0 && *high == 0)
        return {1, 0, 1 << (options.bits - 1)};
    Grid best = grid_over(*low, *high, options);
    if (options.clip == Clip::none)
        return best;
    best.loss = std::numeric_limits<double>::infinity();
    for (int trial = 0; trial < 80; ++trial) {
        const double p = 1 - trial / 100.0;
        Grid grid = grid_over(p * *low, p * *high, options);
        for (std::int64_t j = 0; j < count; ++j)
            grid.loss +=
                std::pow(std::abs((code_of(w[j], grid, options.bits) - grid.zero) * grid.scale - w[j]), 2.4);
        if (grid.loss < best.loss)
            best = grid;
    }
    return best;
}

/// Lower triangular L with LLᵀ = a.
Matrix cholesky(const Matrix& a) {
    const std::size_t n = a.size();
    Matrix l(n, std::vector<double>(n));
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = a[i][j];
            for (std::size_t k = 0; k < j; ++k)
                sum -= l[i][k] * l[j][k];
            l[i][j] = i == j ? std::sqrt(sum) : sum / l[j][j];
        }
    return l;
}

/// (LLᵀ)⁻¹
Matrix inverse(const Matrix& l) {
    const std::size_t n = l.size();
    Matrix solved(n, std::vector<double>(n)), result = solved; // rows: columns of L⁻¹
    for (std::size_t c = 0; c < n; ++c)
        for (std::size_t i = c; i < n; ++i) {
            double sum = i == c;
            for (std::size_t k = c; k < i; ++k)
                sum -= l[i][k] * solved[c][k];
            solved[c][i] = sum / l[i][i];
        }
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            for (std::size_t k = i; k < n; ++k)
                result[i][j] += solved[i][k] * solved[j][k];
            result[j][i] = result[i][j];
        }
    return result;
}

struct Reference {
    std::vector<std::int64_t> order;
    std::vector<std::vector<int>> codes;  ///< original column order
    std::vector<std::vector<double>> tie; ///< distance of w/s to the middle between two codes, in steps
    std::vector<std::vector<Grid>> grids; ///< [rows][groups]
};

Reference reference(const Case& c) {
    const std::int64_t cols = std::int64_t(c.hessian.size());
    const GridOptions& options = c.options.grid;
    const std::int64_t width = options.group_size == -1 ? cols : options.group_size;
    Reference r;
    double mean = 0;
    for (std::int64_t j = 0; j < cols; ++j) {
        r.order.push_back(j);
        mean += c.hessian[j][j] / double(cols);
    }
    if (c.options.act_order)
        std::stable_sort(r.order.begin(), r.order.end(),
                         [&](std::int64_t a, std::int64_t b) { return c.hessian[a][a] > c.hessian[b][b]; });
    Matrix h(cols, std::vector<double>(cols));
    for (std::int64_t i = 0; i < cols; ++i)
        for (std::int64_t j = 0; j < cols; ++j)
            h[i][j] = c.hessian[r.order[i]][r.order[j]];
    for (std::int64_t i = 0; i < cols; ++i)
        h[i][i] = (h[i][i] == 0 ? 1 : h[i][i]) + c.options.damp * mean;
    const Matrix u = cholesky(inverse(cholesky(h))); // transposed

    for (const auto& row : c.weight) {
        std::vector<double> w(cols), tie(cols);
        std::vector<int> codes(cols);
        std::vector<Grid> grids(cols / width);
        for (std::int64_t j = 0; j < cols; ++j)
            w[j] = row[r.order[j]];
        if (c.options.act_order || width == cols)
            for (std::int64_t g = 0; g < cols / width; ++g)
                grids[g] = find_grid(row.data() + g * width, width, options);
        for (std::int64_t j = 0; j < cols; ++j) {
            const std::int64_t column = r.order[j];
            Grid& grid = grids[column / width];
            if (!c.options.act_order && width != cols && j % width == 0)
                grid = find_grid(w.data() + j, width, options);
            codes[column] = code_of(w[j], grid, options.bits);
            tie[column] = std::abs(w[j] / grid.scale - std::floor(w[j] / grid.scale) - 0.5);
            const double error = (w[j] - (codes[column] - grid.zero) * grid.scale) / u[j][j];
            for (std::int64_t k = j + 1; k < cols; ++k)
                w[k] -= error * u[k][j];
        }
        r.codes.push_back(codes);
        r.tie.push_back(tie);
        r.grids.push_back(grids);
    }
    return r;
}

at::Tensor tensor_of(const Matrix& m) {
    const at::Tensor t = at::empty({std::int64_t(m.size()), std::int64_t(m[0].size())}, at::kFloat);
    for (std::size_t i = 0; i < m.size(); ++i)
        for (std::size_t j = 0; j < m[0].size(); ++j)
            t.data_ptr<float>()[i * m[0].size() + j] = float(m[i][j]);
    return t;
}

/// Empty when equal; a row may part from the reference at a tie, and only there.
QString difference(const QuantizedLinear& linear, const Reference& wanted, int& ties) {
    const auto codes = linear.codes.accessor<std::uint8_t, 2>();
    const auto scales = linear.scales.accessor<float, 2>();
    const auto zeros = linear.zeros.accessor<int, 2>();
    const auto group_of = linear.group_of.accessor<int, 1>();
    for (std::size_t r = 0; r < wanted.codes.size(); ++r)
        for (const std::int64_t column : wanted.order) {
            const Grid& grid = wanted.grids[r][group_of[column]];
            if (scales[r][group_of[column]] != float(grid.scale) || zeros[r][group_of[column]] != grid.zero)
                return QString("row %1, group %2: scale %3 and zero %4, not %5 and %6")
                    .arg(r)
                    .arg(group_of[column])
                    .arg(scales[r][group_of[column]])
                    .arg(zeros[r][group_of[column]])
                    .arg(grid.scale)
                    .arg(grid.zero);
            if (codes[r][column] == wanted.codes[r][column])
                continue;
            if (wanted.tie[r][column] > kTie)
                return QString("row %1, column %2: code %3, not %4; %5 steps from a tie")
                    .arg(r)
                    .arg(column)
                    .arg(codes[r][column])
                    .arg(wanted.codes[r][column])
                    .arg(wanted.tie[r][column]);
            ++ties;
            break;
        }
    return {};
}

} // namespace

class TestGptqCases : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void equal_to_the_naive_reference_data() {
        QTest::addColumn<int>("first");
        for (int first = 0; first < kCases; first += kTogether)
            QTest::addRow("cases %d to %d", first, first + kTogether - 1) << first;
    }
    void equal_to_the_naive_reference() {
        QFETCH(int, first);
        int ties = 0;
        for (int seed = first; seed < first + kTogether; ++seed) {
            const Case c = draw_case(seed);
            const at::Tensor weight = tensor_of(c.weight), hessian = tensor_of(c.hessian);
            const Factor factor = factorize(hessian, c.options, "layer.p");
            if (c.bad_weight) {
                QString said;
                try {
                    gptq(weight, factor, c.options, "layer.p");
                } catch (const RequestError& error) {
                    said = error.what();
                }
                QVERIFY2(said.contains("layer.p"), qPrintable(c.text + ": " + said));
                continue;
            }
            QCOMPARE(factor.damp, c.options.damp); // float64 factorises them all at once
            const Reference wanted = reference(c);
            QString found = difference(gptq(weight, factor, c.options, "layer.p"), wanted, ties);
            QVERIFY2(found.isEmpty(), qPrintable(c.text + ": " + found));
            if (seed % 5 == 0) {
                found = difference(gptq_with_tensors(weight, factor, c.options, "layer.p"), wanted, ties);
                QVERIFY2(found.isEmpty(), qPrintable(c.text + ", by tensors: " + found));
            }
        }
        QVERIFY2(ties <= 1, qPrintable(QString("%1 rows part at ties").arg(ties)));
    }

    void float32_parts_at_near_ties_only() {
        std::int64_t different = 0, all = 0;
        for (int seed = 0; seed < kCases; ++seed) {
            Case c = draw_case(seed);
            if (c.bad_weight || c.options.damp < 0.01)
                continue;
            c.options.grid.clip = Clip::none; // whose choices part at ties of their own
            const at::Tensor weight = tensor_of(c.weight), hessian = tensor_of(c.hessian);
            const auto codes = [&](at::ScalarType compute) {
                c.options.compute = compute;
                return gptq(weight, factorize(hessian, c.options, "p"), c.options, "p").codes;
            };
            different += codes(at::kFloat).ne(codes(at::kDouble)).sum().item<std::int64_t>();
            all += weight.numel();
        }
        qInfo("%lld of %lld codes differ from float64's", static_cast<long long>(different),
              static_cast<long long>(all));
        QVERIFY(different > 0); // or the float32 path was not taken
        QVERIFY(double(different) < 0.002 * double(all));
    }
};

QTEST_GUILESS_MAIN(TestGptqCases)
#include "tst_gptq_cases.moc"
