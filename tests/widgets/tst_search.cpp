// A search ranked anew at another τ, its tree and its plane, by the numbers they hold and the places one
// hits.
#include "widgets/plots/candidate_plane.h"
#include "widgets/plots/figure_file.h"
#include "widgets/plots/search_tree.h"
#include "widgets/plots/set_course.h"
#include "widgets/search.h"
#include "widgets/tables/sequence_model.h"

#include <QAbstractItemModelTester>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <limits>

using namespace moequant;

namespace {

BeamCandidate candidate(double nats, double sigma, bool kept, int parent = 0, int token = 5, double tau = 2) {
    return {QStringLiteral("text"), -10 * nats, 10, sigma, nats + sigma / tau, parent, kept, token};
}

/// Three steps at τ = 2, two beams; step 1 changes below some τ.
BeamSearch search() {
    BeamSearch search;
    search.sequence = 3;
    search.tau = 2;
    search.steps = {{candidate(1, 1, true), candidate(1.5, 1, true, 0), candidate(2, 1, false)},
                    {candidate(1, 1, true, 0), candidate(1.1, 1, true, 1), candidate(1.4, 0.8, false, 1),
                     candidate(3, 1, false)},
                    {candidate(1, 1, true, 1), candidate(1.5, 1, true, 1), candidate(4, 1, false, 0)}};
    return search;
}

void move(QWidget* canvas, const QPoint& to, Qt::MouseButton pressed) {
    QMouseEvent event(QEvent::MouseMove, to, canvas->mapToGlobal(to), Qt::NoButton, pressed, Qt::NoModifier);
    QCoreApplication::sendEvent(canvas, &event);
}

QWidget* canvas_of(PlotView& plot) {
    for (auto* child : plot.findChildren<QWidget*>())
        if (QString(child->metaObject()->className()) == "QCustomPlot")
            return child;
    return nullptr;
}

} // namespace

class TestSearch : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void choice_data() {
        QTest::addColumn<double>("tau");
        QTest::addColumn<QVector<int>>("kept");
        QTest::addColumn<bool>("changed");
        QTest::newRow("recorded") << 2.0 << QVector<int>{0, 1} << false;
        QTest::newRow("likelihood alone")
            << std::numeric_limits<double>::infinity() << QVector<int>{0, 1} << false;
        // 1 + 4, 1.1 + 4, 1.4 + 3.2
        QTest::newRow("balance decides") << 0.25 << QVector<int>{2, 0} << true;
        // 1 + 2, 1.1 + 2, 1.4 + 1.6: the third is best, the second falls out
        QTest::newRow("one of two") << 0.5 << QVector<int>{0, 2} << true;
    }
    void choice() {
        QFETCH(double, tau);
        QFETCH(QVector<int>, kept);
        QFETCH(bool, changed);
        const StepChoice choice = choose(search().steps[1], tau);
        QCOMPARE(choice.kept, kept);
        QCOMPARE(choice.changed, changed);
    }

    void equal_scores_go_by_rank() {
        const QVector<BeamCandidate> step = {candidate(1, 1, true), candidate(1, 1, true),
                                             candidate(1, 1, false)};
        QCOMPARE(choose(step, 0.1).kept, (QVector<int>{0, 1}));
        QVERIFY(choose({}, 1).kept.isEmpty());
    }

    void rounding_is_no_change() {
        QVector<BeamCandidate> step = {candidate(1, 1, true), candidate(1 - 1e-8, 1, false)};
        QVERIFY(!choose(step, 2).changed);
        step[1] = candidate(0.999, 1, false);
        QVERIFY(choose(step, 2).changed);
    }

    void first_change_over_steps() {
        QCOMPARE(first_change(search(), 2), -1);
        QCOMPARE(first_change(search(), 0.25), 1);
        QCOMPARE(first_change(BeamSearch(), 1), -1);
    }

    void branches() {
        const BeamSearch found = search();
        QCOMPARE(best_path(found),
                 (QVector<int>{1, 1, 0})); // 0 of step 2 extends the second beam, that the second
        const auto alive = survivors(found);
        QCOMPARE(alive[2], (QVector<bool>{true, true, false}));
        QCOMPARE(alive[1], (QVector<bool>{false, true, false, false}));
        QCOMPARE(alive[0], (QVector<bool>{false, true, false}));
    }

    void a_step_that_was_not_seen() {
        BeamSearch found = search();
        found.steps[1].clear();
        QCOMPARE(best_path(found), (QVector<int>{-1, -1, 0}));
        QCOMPARE(survivors(found)[0], (QVector<bool>{true, true, false}));
        QCOMPARE(first_change(found, 0.01), -1);
    }

    void tree_data_and_keys() {
        SearchTree tree;
        QVERIFY(!tree.content_shown());
        tree.set_search(search());
        QVERIFY(tree.content_shown());
        const auto table = tree.data();
        QCOMPARE(table.rows.size(), 10);
        QCOMPARE(table.rows[4], (QStringList{"1", "1", "1", "5", "-11", "1", "1.6", "1", "1"}));
        QCOMPARE(tree.key_entries().size(), 3);
        tree.set_first_change(1);
        QCOMPARE(tree.key_entries().size(), 4);
        tree.select_step(1);
        QSignalSpy spy(&tree, &SearchTree::step_selected);
        QTest::keyClick(&tree, Qt::Key_Right);
        QCOMPARE(spy.takeFirst(), (QVariantList{2, -1}));
        tree.select_step(2);
        QTest::keyClick(&tree, Qt::Key_Right); // there is none
        QCOMPARE(spy.size(), 0);
    }

    void tree_click_hits_a_candidate() {
        SearchTree tree;
        tree.resize(600, 300);
        tree.set_search(search());
        tree.show();
        QVERIFY(QTest::qWaitForWindowExposed(&tree));
        QSignalSpy spy(&tree, &SearchTree::step_selected);
        auto* canvas = canvas_of(tree);
        for (int y = 20; y < canvas->height(); y += 4)
            QTest::mouseClick(canvas, Qt::LeftButton, {}, QPoint(canvas->width() / 2, y));
        QSet<int> ranks;
        for (const auto& call : spy) {
            QCOMPARE(call[0].toInt(), 1);
            ranks.insert(call[1].toInt());
        }
        QVERIFY(ranks.contains(0) && ranks.contains(1) && ranks.contains(2) && ranks.contains(3));
    }

    void tree_draws_the_best_branch() {
        SearchTree tree;
        tree.set_search(search());
        const QImage image = figure_image({{&tree, {}}}, 1, {120, 60, 150});
        int orange = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                orange += image.pixel(x, y) == QColor(0xd55e00).rgb();
        QVERIFY2(orange > 300, qPrintable(QString::number(orange)));
    }

    void plane_numbers() {
        CandidatePlane plane;
        QVERIFY(!plane.content_shown());
        plane.set_candidates(search().steps[1], 2);
        QVERIFY(plane.content_shown());
        QCOMPARE(plane.kept_now(), (QVector<int>{0, 1}));
        QCOMPARE(plane.threshold(), (1.6 + 1.8) / 2); // between the worst kept and the best left
        plane.set_tau(0.25);
        QCOMPARE(plane.kept_now(), (QVector<int>{2, 0}));
        const auto rows = plane.data().rows;
        QCOMPARE(rows.size(), 4);
        QCOMPARE(rows[2].mid(3), (QStringList{"0.8", "0", "0.25", "4.6", "1"}));
        QCOMPARE(rows[1][1], QString("1.1"));
        QVERIFY(std::abs(rows[1][2].toDouble() - std::exp(1.1)) < 1e-6);
        plane.set_tau(std::numeric_limits<double>::infinity());
        QCOMPARE(plane.threshold(), 1.25);
    }

    void dragging_the_line_changes_tau() {
        CandidatePlane plane;
        plane.resize(500, 400);
        plane.set_candidates(search().steps[1], 2);
        plane.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plane));
        QSignalSpy spy(&plane, &CandidatePlane::tau_changed);
        connect(&plane, &CandidatePlane::tau_changed, &plane, &CandidatePlane::set_tau);
        auto* canvas = canvas_of(plane);
        // Over the line the cursor says that it can be dragged.
        const int y = canvas->height() / 3;
        int x = canvas->width();
        do
            move(canvas, QPoint(--x, y), Qt::NoButton);
        while (x > 0 && canvas->cursor().shape() != Qt::SizeAllCursor);
        QVERIFY(x > 0);
        x -= 5;
        QTest::mousePress(canvas, Qt::LeftButton, {}, QPoint(x, y));
        move(canvas, QPoint(x - 12, y), Qt::LeftButton);
        move(canvas, QPoint(x - 24, y), Qt::LeftButton);
        QTest::mouseRelease(canvas, Qt::LeftButton, {}, QPoint(x - 24, y));
        QCOMPARE(spy.size(), 2);
        QVERIFY(spy[1][0].toDouble() < spy[0][0].toDouble()); // flatter and flatter
        QVERIFY(plane.tau() > 0 && plane.tau() != 2);
        QCOMPARE(spy.last()[0].toDouble(), plane.tau());
        // What is kept follows at once.
        QCOMPARE(plane.kept_now(), choose(search().steps[1], plane.tau()).kept);
    }

    void arrows_change_tau_and_candidate() {
        CandidatePlane plane;
        plane.set_candidates(search().steps[1], 2);
        QSignalSpy tau(&plane, &CandidatePlane::tau_changed);
        QTest::keyClick(&plane, Qt::Key_Up);
        QCOMPARE(tau.takeFirst()[0].toDouble(), 2.1);
        QSignalSpy chosen(&plane, &CandidatePlane::candidate_selected);
        QTest::keyClick(&plane, Qt::Key_Right);
        QCOMPARE(chosen.takeFirst()[0].toInt(), 0);
    }

    void course_data() {
        SetCourse course;
        QVERIFY(!course.content_shown());
        course.set_course({0.5, 0.25}, {12, 10});
        QVERIFY(course.content_shown());
        QCOMPARE(course.data().rows[1], (QStringList{"2", "0.25", "10"}));
        course.set_course({}, {});
        QVERIFY(!course.content_shown());
    }

    void sequences_are_pinned_and_rejected() {
        SequenceModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        SetSequence one{"one", {1, 2}, -4, 1, 2, 0.9, 0, false, SequenceState::None};
        SetSequence loop{"loop loop", {3, 3}, -1, 1, 2, 0.1, 0.8, true, SequenceState::None};
        model.set_sequences({one, loop});
        QCOMPARE(model.index(1, SequenceModel::State).data().toString(), QString("⚠ loops"));
        QCOMPARE(model.index(0, SequenceModel::Likelihood).data().toString(), QString("2.000"));
        QSignalSpy changed(&model, &SequenceModel::states_changed);
        model.set_state(1, SequenceState::Rejected);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(model.accepted().size(), 1);
        QCOMPARE(model.accepted()[0].text, QString("one"));
        model.set_state(0, SequenceState::Pinned);
        SetSequence next{"next", {9}, -1, 1, 2, 1, 0, false, SequenceState::None};
        model.set_sequences({next, one}); // the pinned one stays, once
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.sequences()[0].text, QString("one"));
        QCOMPARE(model.sequences()[1].text, QString("next"));
        QCOMPARE(model.accepted().size(), 2);
        model.set_state(7, SequenceState::Pinned); // no such row
    }
};

QTEST_MAIN(TestSearch)
#include "tst_search.moc"
