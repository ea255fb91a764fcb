// Results of the Hessian lab as structs, curves and a tour, good and damaged.
#include "app/workbench/lab_tour.h"
#include "core/job/error.h"
#include "lab_result.h"

#include <QTest>

#include <cmath>

using namespace moequant;
using nlohmann::json;

namespace {

const CurveSeries* series_of(const CurveSet& set, const QString& name) {
    for (const auto& series : set.series)
        if (series.name == name)
            return &series;
    return nullptr;
}

QString all_text(const TourStep& step) {
    return step.title + '\n' + step.paragraphs.join('\n') + '\n' + step.question + '\n' + step.answer;
}

} // namespace

class TestLabReport : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void a_result_is_read() {
        const LabReport report = read_lab(lab_result(), "run");
        QCOMPARE(report.study.linear, QString("gate"));
        QCOMPARE(report.study.layer, 1);
        QCOMPARE(report.study.entries.size(), 4);
        QCOMPARE(report.study.entries[1].j, 18);
        QCOMPARE(report.experts.size(), 64);
        QCOMPARE(report.experts[0].spectrum.size(), 64);
        QCOMPARE(report.orders[0].theory, 1.0);
        QVERIFY(report.source_terms[0].contains_zero);
        QCOMPARE(report.correlation.within_experts, 0.97);
        QCOMPARE(report.variance_ratio, 1.3);
        QCOMPARE(report.points[0].predicted_variance, 0.81 / 16);
    }

    void what_is_null_is_not_known() {
        json result = lab_result(false);
        result["points"][0]["bias"] = nullptr;
        result["points"][0]["predicted"] = nullptr;
        result["orders"][0]["measured"] = nullptr;
        const LabReport report = read_lab(result, "run");
        QCOMPARE(report.study.layer, -1);
        QCOMPARE(report.study.tensor, QString());
        QCOMPARE(report.corpus, QString());
        QVERIFY(std::isnan(report.points[0].bias));
        QVERIFY(std::isnan(report.points[0].predicted_bias));
        QVERIFY(std::isnan(report.orders[0].measured));
        QVERIFY(std::isnan(report.correlation.slope_n));
        QVERIFY(report.experts.isEmpty() && report.curve.isEmpty());
    }

    void damaged_results_are_refused_data() {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("named");
        const auto add = [](const char* row, const char* pointer, const char* value, const char* named) {
            QTest::newRow(row) << QString(pointer) << QString(value) << QString(named);
        };
        add("no study", "/study", "null", "study");
        add("points is text", "/points", "\"no\"", "'points' is no list");
        add("a point is a number", "/points/2", "5", "points[2]");
        add("bias is text", "/points/1/bias", "\"x\"", "points[1].bias");
        add("prediction is a list", "/points/0/predicted", "[]", "points[0].predicted");
        add("dominated is a number", "/points/0/dominated", "1", "points[0].dominated");
        add("loss is a number", "/study/loss", "1", "study.loss");
        add("a spectrum holds text", "/experts/3/spectrum/1", "\"x\"", "experts[3].spectrum");
        add("an index is negative", "/curve/0/layer", "-2", "curve[0].layer");
        add("correlation is text", "/correlation", "\"x\"", "correlation");
        add("a warning is a number", "/warnings", "[1]", "warnings");
    }
    void damaged_results_are_refused() {
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        QFETCH(QString, named);
        json result = lab_result();
        result[json::json_pointer(pointer.toStdString())] = json::parse(value.toStdString());
        try {
            read_lab(result, "some run");
            QFAIL("accepted");
        } catch (const RequestError& error) {
            QVERIFY2(QString(error.what()).contains(named) && QString(error.what()).contains("some run"),
                     error.what());
        }
        QVERIFY_THROWS_EXCEPTION(RequestError, read_lab(json::array(), "list"));
    }

    void the_usual_view_exists_in_the_run() {
        const LabReport report = read_lab(lab_result(), "run");
        const LabView view = usual_view(report);
        QCOMPARE(view.sampling, QString("common"));
        QCOMPARE(view.n, 1024.0);
        QVERIFY(lab_epsilons(report).contains(view.epsilon));
        QCOMPARE(lab_estimators(report), (QStringList{"forward", "symmetric", "gauss-newton", "affinity"}));
        QCOMPARE(lab_samplings(report), (QStringList{"common", "independent", "exact"}));
        QCOMPARE(lab_sizes(report), (QVector<double>{16, 64, 256, 1024})); // not the population
        QCOMPARE(lab_epsilons(report).size(), 13);
    }

    void biases_are_relative_unless_asked() {
        const LabReport report = read_lab(lab_result(), "run");
        LabView view = usual_view(report);
        const CurveSet relative = curves_by_epsilon(report, LabQuantity::Bias, view);
        view.relative = false;
        const CurveSet absolute = curves_by_epsilon(report, LabQuantity::Bias, view);
        const auto* a = series_of(relative, "Forward, exact");
        const auto* b = series_of(absolute, "Forward, exact");
        QVERIFY(a && b);
        QCOMPARE(a->points.size(), 13);
        QCOMPARE(b->points.last().y, 1.2); // ε = 1, slope 1.2
        QCOMPARE(a->points.last().y, 2.4); // over the curvature 0.5
        QCOMPARE(a->color, estimator_color("forward"));
        QVERIFY(a->points.first().doubtful && !a->points.last().doubtful);
        QVERIFY(relative.y_title != absolute.y_title);
        const CurveSet variance = curves_by_n(report, LabQuantity::Variance, usual_view(report));
        const auto* predicted = series_of(variance, "Symmetric, predicted");
        QVERIFY(predicted && predicted->line == CurveSeries::Line::Dashed && !predicted->markers);
        QCOMPARE(predicted->points.first().y, 0.81 / 16 / 0.25);
    }

    void measured_points_tell_which_they_are() {
        const LabReport report = read_lab(lab_result(), "run");
        LabView view = usual_view(report);
        view.sampling = "independent";
        view.n = 64;
        view.estimators = QStringList{"symmetric"};
        const CurveSet set = curves_by_epsilon(report, LabQuantity::Variance, view);
        const auto* measured = series_of(set, "Symmetric");
        QVERIFY(measured);
        QVERIFY(!series_of(set, "Forward"));
        for (const auto& point : measured->points) {
            const LabPoint& source = report.points[point.id];
            QCOMPARE(source.epsilon, point.x);
            QVERIFY(source.n == 64 && source.sampling == "independent" && source.estimator == "symmetric");
        }
    }

    void an_estimator_without_a_step_is_a_level_line() {
        const LabReport report = read_lab(lab_result(), "run");
        const CurveSet set = curves_by_epsilon(report, LabQuantity::Bias, usual_view(report));
        const auto* line = series_of(set, "Gauss–Newton");
        QVERIFY(line && !line->markers);
        QCOMPARE(line->points.size(), 13);
        QCOMPARE(line->points.first().y, line->points.last().y);
    }

    void the_surface_is_the_whole_error() {
        const LabReport report = read_lab(lab_result(), "run");
        const Surface surface = error_surface(report, usual_view(report));
        QCOMPARE(surface.rows.size(), 4);
        QCOMPARE(surface.columns.size(), 13);
        for (const auto& point : report.points)
            if (point.estimator == "symmetric" && point.sampling == "common" && point.n == 64 &&
                point.epsilon == 1)
                QCOMPARE(surface.values[surface.index(1, 12)],
                         std::hypot(point.bias, std::sqrt(point.variance)) / 0.5);
        QVERIFY(surface.doubtful[0]);
    }

    void experts_are_summed_up_or_drawn_one_by_one() {
        const LabReport report = read_lab(lab_result(), "run");
        LabView view = usual_view(report);
        const CurveSet all = hessian_error_curves(report, view);
        const auto* median = series_of(all, "median");
        const auto* root = series_of(all, "1/√n");
        QVERIFY(median && root && series_of(all, "Layer 1, expert 3"));
        QVERIFY(std::abs(root->points[0].y / root->points[2].y - 4) < 1e-9); // 16 times the tokens
        for (int i = 0; i < median->points.size(); ++i)
            QVERIFY(std::abs(std::log(median->points[i].y / root->points[i].y)) < 0.3);
        const auto* own = series_of(all, "own calibration tokens");
        QVERIFY(own);
        QCOMPARE(own->points.size(), 64);
        for (const auto& point : own->points)
            QCOMPARE(report.experts[point.id].tokens, point.x);
        view.every_expert = true;
        const CurveSet each = hessian_error_curves(report, view);
        QVERIFY(!series_of(each, "median"));
        QCOMPARE(series_of(each, "own calibration tokens")->points.size(), 16);
        QVERIFY(!spectrum_curves(report, view).series.isEmpty());
        QCOMPARE(quantization_against_hessian(report).points.size(), report.curve.size());
        QCOMPARE(hessian_against_tokens(report).points.size(), 64);
    }

    void panels_have_names_and_pictures() {
        const LabReport report = read_lab(lab_result(), "run"), without = read_lab(lab_result(false), "run");
        for (const LabPanel panel : lab_panels()) {
            QVERIFY(panel_named(panel_name(panel)) == panel);
            const LabView view = usual_view(report);
            QVERIFY2(has_panel(panel, report) && make_panel(panel, report, view)->content_shown(),
                     panel_name(panel));
            QVERIFY(!panel_title(panel, report, view).isEmpty());
            QCOMPARE(make_panel(panel, without, usual_view(without))->content_shown(),
                     has_panel(panel, without));
        }
        QVERIFY(!panel_named("pie"));
        QVERIFY(panel_title(LabPanel::QuantizationError, report, {}).contains("0.83"));
        QVERIFY(!has_panel(LabPanel::Spectrum, without));
    }

    void the_tour_speaks_of_this_run() {
        const auto tour = lab_tour(read_lab(lab_result(), "run"));
        QCOMPARE(tour.size(), 5);
        QVERIFY(all_text(tour[0]).contains("1.002 ± 0.008") && all_text(tour[0]).contains("1.997 ± 0.008"));
        QVERIFY(all_text(tour[0]).contains("row 12 of gate"));
        QVERIFY(all_text(tour[1]).contains("0.02") && all_text(tour[1]).contains("contains 0"));
        QVERIFY(all_text(tour[3]).contains("1.3") && all_text(tour[3]).contains("64"));
        QVERIFY(all_text(tour[3]).contains("−0.499") && all_text(tour[4]).contains("−0.88"));
        QVERIFY(all_text(tour[4]).contains("0.83") && all_text(tour[4]).contains("0.97"));
        for (const auto& step : tour) {
            QVERIFY2(!all_text(step).contains("not measured"), qPrintable(all_text(step)));
            QVERIFY(step.paragraphs.size() >= 2 && step.paragraphs.size() <= 3);
            QVERIFY(!all_text(step).contains('%' + QString("1")) && !all_text(step).contains("nan"));
        }
    }

    void the_tour_says_what_was_not_measured() {
        const auto tour = lab_tour(read_lab(lab_result(false), "run"));
        QCOMPARE(tour.size(), 5);
        QVERIFY(all_text(tour[0]).contains("polynomial") && !all_text(tour[0]).contains("in row"));
        QVERIFY(all_text(tour[3]).contains("not measured in this run"));
        QVERIFY(all_text(tour[4]).contains("not measured in this run"));
        json empty = lab_result(false);
        for (const char* part : {"points", "orders", "source_term"})
            empty[part] = json::array();
        for (const auto& [name, value] : empty["study"].items())
            if (value.is_number())
                value = nullptr;
        for (const auto& step : lab_tour(read_lab(empty, "run")))
            QVERIFY2(all_text(step).contains("not measured in this run") && !all_text(step).contains("nan"),
                     qPrintable(all_text(step)));
    }

    void a_quadratic_loss_has_no_truncation() {
        json result = lab_result();
        result["study"]["quadratic"] = true;
        result["study"]["linear"] = "up";
        result["orders"] = lab_orders(true);
        const auto step = lab_tour(read_lab(result, "run")).first();
        QVERIFY(all_text(step).contains("exactly quadratic"));
        QVERIFY(!all_text(step).contains("theory 1"));
        result["study"]["base"] = "float";
        QVERIFY(all_text(lab_tour(read_lab(result, "run"))[1]).contains("float weights"));
    }

    void flips_and_an_interval_without_0_are_told() {
        json result = lab_result();
        result["points"][3]["flips"] = 7;
        result["source_term"][0]["contains_zero"] = false;
        const auto tour = lab_tour(read_lab(result, "run"));
        QVERIFY(all_text(tour[0]).contains("jumps"));
        QVERIFY(all_text(tour[1]).contains("does not contain 0"));
    }
};

QTEST_MAIN(TestLabReport)
#include "tst_lab_report.moc"
