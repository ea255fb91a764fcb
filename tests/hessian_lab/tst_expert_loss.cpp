// One expert's loss: the moved row against the whole forward, autograd against what is known by hand.
#include "core/hessian_lab/expert_loss.h"
#include "core/hessian_lab/orders.h"
#include "tests/strict_main.h"

#include <cmath>

using namespace moequant;

namespace {

constexpr std::int64_t tokens = 300, width = 24, hidden = 20;

struct Expert {
    Mlp mlp, target;
    at::Tensor x, affinity;
};

Expert random_expert() {
    at::manual_seed(5);
    const auto draw = [](at::IntArrayRef shape, double scale) {
        return at::randn(shape, at::TensorOptions().dtype(at::kDouble)) * scale;
    };
    Expert expert;
    expert.target = {draw({width, hidden}, 0.2), draw({width, hidden}, 0.2), draw({hidden, width}, 0.2)};
    expert.mlp = {expert.target.gate + draw({width, hidden}, 0.02),
                  expert.target.up + draw({width, hidden}, 0.02),
                  expert.target.down + draw({hidden, width}, 0.02)};
    expert.x = draw({tokens, hidden}, 1);
    expert.affinity = at::rand({tokens}, at::TensorOptions().dtype(at::kDouble));
    return expert;
}

at::Tensor forward(const Mlp& mlp, const at::Tensor& x) {
    return at::mm(at::silu(at::mm(x, mlp.gate.t())) * at::mm(x, mlp.up.t()), mlp.down.t());
}

at::Tensor& weight_of(Mlp& mlp, Role role) {
    return role == Role::Gate ? mlp.gate : role == Role::Up ? mlp.up : mlp.down;
}

double largest(const at::Tensor& t) {
    return t.abs().max().item<double>();
}

constexpr std::int64_t row = 7;

} // namespace

class TestExpertLoss : public QObject {
    Q_OBJECT
    Expert expert_ = random_expert();

    Problem problem(Role role, bool layer) const {
        return expert_problem(std::make_shared<const ExpertFunction>(expert_.mlp, role, row, expert_.x),
                              forward(expert_.target, expert_.x), expert_.affinity, layer,
                              role != Role::Gate);
    }

  private Q_SLOTS:
    void roles_data() {
        QTest::addColumn<int>("role");
        QTest::newRow("gate") << int(Role::Gate);
        QTest::newRow("up") << int(Role::Up);
        QTest::newRow("down") << int(Role::Down);
    }

    void moved_row_is_the_whole_forward_data() { roles_data(); }
    void moved_row_is_the_whole_forward() {
        QFETCH(int, role);
        const ExpertFunction function(expert_.mlp, Role(role), row, expert_.x);
        QVERIFY(at::equal(function.moved({2, 5}, 0.0, 0.0), function.outputs()));
        Mlp moved = expert_.mlp;
        at::Tensor& weight = weight_of(moved, Role(role));
        weight = weight.clone();
        weight[row][2].add_(0.3);
        weight[row][5].sub_(0.1);
        QVERIFY(largest(function.moved({2, 5}, 0.3, -0.1) - forward(moved, expert_.x)) < 1e-14);
        const at::Tensor a = at::full({tokens}, 0.3, at::kDouble), b = at::full({tokens}, -0.1, at::kDouble);
        QVERIFY(largest(function.moved({2, 5}, a, b) - forward(moved, expert_.x)) < 1e-14);
    }

    // d²/dw² ½‖y − t‖² by hand: J_i·J_j + (y − t)·∂²y, with silu″ for gate, nothing for up and down.
    void second_derivatives_by_hand_data() { roles_data(); }
    void second_derivatives_by_hand() {
        QFETCH(int, role);
        const at::Tensor gate = at::mm(expert_.x, expert_.mlp.gate.t()).select(1, row),
                         up = at::mm(expert_.x, expert_.mlp.up.t()).select(1, row),
                         direction = expert_.mlp.down.select(1, row),
                         residual = forward(expert_.mlp, expert_.x) - forward(expert_.target, expert_.x);
        const at::Tensor s = at::sigmoid(gate), slope = s * (1 + gate * (1 - s)),
                         bend = s * (1 - s) * (2 + gate * (1 - 2 * s));
        const at::Tensor x = Role(role) == Role::Down ? at::silu(at::mm(expert_.x, expert_.mlp.gate.t())) *
                                                            at::mm(expert_.x, expert_.mlp.up.t())
                                                      : expert_.x;
        const double size = direction.square().sum().item<double>();
        at::Tensor factor;
        if (Role(role) == Role::Gate)
            factor = (slope * up).square() * size + bend * up * at::mv(residual, direction);
        else if (Role(role) == Role::Up)
            factor = at::silu(gate).square() * size;
        else
            factor = at::ones({tokens}, at::kDouble);
        for (const bool layer : {false, true})
            for (const Entry& entry : {Entry{4, 4}, Entry{4, 9}}) {
                at::Tensor expected = factor * x.select(1, entry.i) * x.select(1, entry.j);
                if (layer)
                    expected = expected * expert_.affinity.square();
                const Derivatives d = problem(Role(role), layer).derivatives(entry);
                QVERIFY(largest(d.ab - expected) < 1e-12 * largest(expected));
                if (Role(role) != Role::Gate)
                    QVERIFY(largest(d.aab) == 0 && largest(d.abb) == 0 && largest(d.aaab) == 0);
                else
                    QVERIFY(largest(d.aab) > 0 && largest(d.aaab) > 0);
            }
    }

    // Third and fourth derivatives are the errors of differences at small ε.
    void higher_derivatives_are_the_truncation() {
        const Problem gate = problem(Role::Gate, false);
        StudyOptions options;
        options.epsilon = {1e-4, 3e-4, 1e-3, 3e-3, 1e-2};
        options.n = {64};
        options.common = options.independent = false;
        const Study study = run_study(gate, {{4, 4}, {4, 9}}, options, {}, {});
        for (const StudyPoint& point : study.points)
            if (point.epsilon && *point.epsilon > (point.estimator == "forward" ? 2e-4 : 2e-3))
                QVERIFY(std::abs(point.bias / point.predicted_bias - 1) < 0.05);
    }

    // Every difference of a quadratic is exact for every ε, up to rounding.
    void quadratic_in_up_and_down_data() { roles_data(); }
    void quadratic_in_up_and_down() {
        QFETCH(int, role);
        if (Role(role) == Role::Gate)
            QSKIP("silu is not quadratic");
        StudyOptions options;
        options.epsilon = {1e-5, 1e-3, 0.1, 10};
        options.n = {64, 256};
        const Problem loss = problem(Role(role), false);
        const Study study = run_study(loss, {{4, 4}, {4, 9}}, options, {}, {});
        for (const StudyPoint& point : study.points)
            if (point.epsilon && point.sampling == Sampling::Exact) {
                QCOMPARE(point.predicted_bias, 0.0);
                QVERIFY(point.bias <= 2 * point.rounding + 1e-13 * study.curvature);
            }
        for (const Order& order : fit_orders(study, loss.quadratic, false))
            QVERIFY(order.quantity != Quantity::Truncation);
        if (Role(role) == Role::Down) // X·Xᵀ/n is the Hessian itself
            QVERIFY(std::abs(study.gauss_newton_factor - 1) < 1e-12);
    }

    // At the float weights all losses are 0: independent batches differ only as far as the step takes them.
    void no_noise_where_the_loss_vanishes() {
        const Problem loss =
            expert_problem(std::make_shared<const ExpertFunction>(expert_.target, Role::Gate, row, expert_.x),
                           forward(expert_.target, expert_.x), expert_.affinity, false, false);
        StudyOptions options;
        options.epsilon = {1e-5, 3e-5, 1e-4, 3e-4, 1e-3};
        options.n = {16, 64, 256};
        const Study study = run_study(loss, {{4, 4}, {4, 9}, {1, 1}}, options, {}, {});
        QVERIFY(study.sigma < 1e-15);
        for (const Order& order : fit_orders(study, false, true))
            if (order.sampling == Sampling::Independent && order.quantity == Quantity::NoiseEpsilon) {
                QCOMPARE(order.theory, 0.0);
                QVERIFY(order.measured && std::abs(*order.measured) < 0.1);
            }
    }
};

STRICT_TEST_MAIN(TestExpertLoss)
#include "tst_expert_loss.moc"
