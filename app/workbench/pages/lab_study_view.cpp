#include "app/workbench/pages/lab_study_view.h"

#include "app/workbench/learn/topics.h"
#include "app/workbench/pages/lab_tables.h"
#include "widgets/card_stack.h"
#include "widgets/tables/data_table.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSplitter>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

/// What is looked at, which is nothing to undo.
QComboBox* choice(const char* name, const QString& text) {
    auto* box = new QComboBox;
    box->setObjectName(QString::fromLatin1(name));
    box->setAccessibleName(text);
    box->setToolTip(text);
    box->setProperty("no_undo", true);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    return box;
}

int place_of(const QVector<double>& values, double value) {
    for (int i = 0; i < values.size(); ++i)
        if (std::abs(values[i] - value) <= 1e-9 * std::abs(value))
            return i;
    return -1;
}

/// Fills without a signal; an empty choice is greyed.
void fill(QComboBox* box, const QStringList& texts, const QVector<QVariant>& values, int current) {
    const QSignalBlocker quiet(box);
    box->clear();
    for (int i = 0; i < texts.size(); ++i)
        box->addItem(texts[i], values[i]);
    box->setCurrentIndex(texts.isEmpty() ? -1 : std::max(0, current));
    box->setEnabled(texts.size() > 1);
}

} // namespace

LabStudyView::LabStudyView(QAction* measure, QWidget* parent)
    : QWidget(parent),
      measure_(measure),
      sampling_(choice("shown_sampling", tr("Whose measurements are drawn"))),
      along_(choice("along", tr("What the horizontal axis shows"))),
      n_(choice("shown_n", tr("The n whose curves are drawn"))),
      epsilon_(choice("shown_epsilon", tr("The ε whose curves are drawn"))),
      estimator_(choice("surface_estimator", tr("Whose error the map shows"))),
      n_label_(new QLabel(tr("a&t n"))),
      epsilon_label_(new QLabel(tr("a&t ε"))),
      note_(new QLabel) {
    build_pictures(measure);
    bar_ = build_bar();
    along_->addItems({tr("step ε"), tr("sample size n")});
    note_->setWordWrap(true);
    note_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    note_->setAccessibleName(tr("Whether noise biases a difference"));
    note_->setObjectName(QStringLiteral("study_note"));
    auto* left = new QSplitter(Qt::Vertical);
    left->addWidget(bias_);
    left->addWidget(variance_);
    auto* tables = new CardStack;
    tables->set_cards({{tr("Orders"), order_table_}, {tr("Bias term"), term_table_}});
    auto* right = new QSplitter(Qt::Vertical);
    right->addWidget(surface_);
    right->addWidget(tables);
    for (auto* column : {left, right}) {
        column->setSizes({240, 240});
        column->setChildrenCollapsible(false);
    }
    auto* both = new QSplitter(Qt::Horizontal);
    both->addWidget(left);
    both->addWidget(right);
    both->setSizes({450, 450});
    both->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(both, 1);
    layout->addWidget(note_);

    for (QComboBox* box : {sampling_, along_, n_, epsilon_, estimator_})
        connect(box, &QComboBox::currentIndexChanged, this, &LabStudyView::take_choices);
    connect(surface_, &SurfaceMap::cell_selected, this, [this](int row, int column) {
        const Surface& surface = surface_->surface();
        n_->setCurrentIndex(std::max(0, place_of(lab_sizes(report_), surface.rows.value(row))));
        epsilon_->setCurrentIndex(
            std::max(0, place_of(lab_epsilons(report_), surface.columns.value(column))));
    });
    offer();
    show_curves();
}

QWidget* LabStudyView::build_bar() {
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    auto* sampling = new QLabel(tr("&Measured with"));
    sampling->setBuddy(sampling_);
    auto* along = new QLabel(tr("&against"));
    along->setBuddy(along_);
    n_label_->setBuddy(n_);
    epsilon_label_->setBuddy(epsilon_);
    for (QWidget* widget : std::initializer_list<QWidget*>{sampling, sampling_, along, along_, n_label_, n_,
                                                           epsilon_label_, epsilon_})
        row->addWidget(widget);
    row->addStretch();
    return bar;
}

void LabStudyView::build_pictures(QAction* measure) {
    bias_ = new CurvePlot(tr("Bias"));
    bias_->set_empty(
        tr("Shows how far each estimate is from the true Hessian on average, and with which order "
           "of ε."),
        measure);
    bias_->set_explanation(explanation("lab-differences"));
    variance_ = new CurvePlot(tr("Variance"));
    variance_->set_explanation(explanation("lab-noise"));
    surface_ = new SurfaceMap(tr("Error over ε and n"));
    surface_->set_empty(tr("Shows at which ε and n a difference is nearest to the truth."), measure);
    surface_->set_explanation(explanation("lab-surface"));
    surface_->add_header_widget(estimator_);
    order_table_ = new DataTable(tr("Measured orders"), &orders_);
    orders_.set_name_title(tr("Estimate"));
    order_table_->set_empty(tr("Compares the orders that were measured with those of the theory."), measure);
    order_table_->set_explanation(explanation("lab-orders"));
    term_table_ = new DataTable(tr("Bias term"), &terms_);
    terms_.set_name_title(tr("Estimate"));
    term_table_->set_empty(tr("Shows whether sampling noise biases a difference by σ²/(nε²)."), measure);
    term_table_->set_explanation(explanation("lab-noise"));
    for (auto* table : {order_table_, term_table_}) {
        table->set_stretch_column(0);
        connect(table, &DataTable::message, this, &LabStudyView::message);
    }
    for (PlotView* plot : std::initializer_list<PlotView*>{bias_, variance_, surface_})
        connect(plot, &PlotView::message, this, &LabStudyView::message);
}

void LabStudyView::set_report(const LabReport& report) {
    report_ = report;
    view_ = usual_view(report);
    show_orders(orders_, report_);
    show_source_terms(terms_, report_);
    offer();
    show_curves();
}

void LabStudyView::offer() {
    const QLocale locale(QLocale::English);
    QStringList texts;
    QVector<QVariant> values;
    const auto samplings = lab_samplings(report_);
    for (const QString& sampling : samplings) {
        texts.append(sampling_title(sampling));
        values.append(sampling);
    }
    fill(sampling_, texts, values, int(samplings.indexOf(view_.sampling)));
    const auto numbers = [&](QComboBox* box, const QVector<double>& all, double current, bool powers) {
        texts.clear();
        values.clear();
        for (const double value : all) {
            texts.append(powers ? power_text(value) : locale.toString(qint64(value)));
            values.append(value);
        }
        fill(box, texts, values, place_of(all, current));
    };
    numbers(n_, lab_sizes(report_), view_.n, false);
    numbers(epsilon_, lab_epsilons(report_), view_.epsilon, true);
    texts.clear();
    values.clear();
    for (const QString& estimator : lab_estimators(report_))
        if (estimator == "forward" || estimator == "symmetric") { // the others have no ε
            texts.append(estimator_title(estimator));
            values.append(estimator);
        }
    fill(estimator_, texts, values, int(values.indexOf(view_.surface_estimator)));
    estimator_->setVisible(texts.size() > 1);
    take_choices();
}

void LabStudyView::take_choices() {
    along_->setEnabled(measured() && !exact());
    for (QWidget* widget : std::initializer_list<QWidget*>{n_label_, n_})
        widget->setVisible(by_epsilon() && !exact());
    for (QWidget* widget : std::initializer_list<QWidget*>{epsilon_label_, epsilon_})
        widget->setVisible(!by_epsilon());
    if (report_.points.isEmpty())
        return;
    view_.sampling = sampling_->currentData().toString();
    if (n_->count() > 0)
        view_.n = n_->currentData().toDouble();
    if (epsilon_->count() > 0)
        view_.epsilon = epsilon_->currentData().toDouble();
    view_.surface_estimator = estimator_->currentData().toString();
    show_curves();
}

bool LabStudyView::exact() const {
    return measured() && sampling_->currentData().toString() == "exact";
}

bool LabStudyView::by_epsilon() const {
    return along_->currentIndex() == 0 || exact();
}

void LabStudyView::show_curves() {
    const bool by_epsilon = this->by_epsilon(), exact = this->exact();
    const bool any = measured();
    const auto curves = [&](LabQuantity quantity) {
        return !any         ? CurveSet()
               : by_epsilon ? curves_by_epsilon(report_, quantity, view_)
                            : curves_by_n(report_, quantity, view_);
    };
    bias_->set_curves(curves(LabQuantity::Bias));
    CurveSet variance = curves(LabQuantity::Variance);
    variance.y_title = tr("Var. / curvature²"); // short enough for a low picture
    variance_->set_curves(variance);
    bias_->set_title(!any ? tr("Bias") : by_epsilon ? tr("Bias against ε") : tr("Bias against n"));
    variance_->set_title(!any         ? tr("Variance")
                         : by_epsilon ? tr("Variance against ε")
                                      : tr("Variance against n"));
    variance_->set_empty(
        exact ? tr("Measured with all samples, an estimate does not spread: its variance is 0.")
              : tr("Shows how much each estimate spreads from sample to sample."),
        exact ? nullptr : measure_);
    Surface surface = any ? error_surface(report_, view_) : Surface();
    surface.value_title = tr("Error / curvature");
    surface_->set_surface(surface);
    QStringList notes{source_term_text(report_)};
    if (const int zeros = bias_->left_out() + (exact ? 0 : variance_->left_out()); zeros > 0)
        notes.append(tr("%n measurements are 0 and have no place on a logarithmic axis.", nullptr, zeros));
    notes.removeAll(QString());
    note_->setText(notes.join(u' '));
    note_->setVisible(!note_->text().isEmpty());
}

} // namespace moequant
