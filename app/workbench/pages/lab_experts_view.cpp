#include "app/workbench/pages/lab_experts_view.h"

#include "app/workbench/learn/topics.h"
#include "app/workbench/pages/lab_tables.h"
#include "app/workbench/workbench.h"
#include "widgets/card_stack.h"
#include "widgets/plots/heat_map.h"
#include "widgets/tables/data_table.h"

#include <QLabel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace moequant {
namespace {

CellMap token_map(const LabReport& report) {
    CellMap map;
    std::set<int> layers;
    for (const LabExpert& expert : report.experts) {
        layers.insert(expert.layer);
        map.experts = std::max(map.experts, expert.expert + 1);
    }
    map.layers = QVector<int>(layers.begin(), layers.end());
    map.values.fill(no_value, map.layers.size() * map.experts);
    for (const LabExpert& expert : report.experts)
        map.values[map.index(int(map.layers.indexOf(expert.layer)), expert.expert)] = expert.tokens;
    map.tokens = map.values;
    map.value_title = LabExpertsView::tr("Tokens");
    return map;
}

} // namespace

LabExpertsView::LabExpertsView(Workbench& workbench, QAction* measure, QWidget* parent)
    : QWidget(parent), workbench_(workbench), note_(new QLabel) {
    build_pictures(measure);
    connect_pictures();
    note_->setWordWrap(true);
    note_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    note_->setAccessibleName(tr("How the numbers go together"));
    note_->setObjectName(QStringLiteral("experts_note"));
    auto* last = new CardStack;
    last->set_cards({{tr("Spectrum"), spectrum_}, {tr("Experts"), table_}});
    auto* above = new QSplitter(Qt::Horizontal);
    above->addWidget(tokens_);
    above->addWidget(hessian_);
    auto* below = new QSplitter(Qt::Horizontal);
    below->addWidget(quantization_);
    below->addWidget(last);
    auto* both = new QSplitter(Qt::Vertical);
    both->addWidget(above);
    both->addWidget(below);
    for (auto* splitter : {above, below, both}) {
        splitter->setSizes({400, 400});
        splitter->setChildrenCollapsible(false);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(note_);
    layout->addWidget(both, 1);
    set_report({});
}

void LabExpertsView::build_pictures(QAction* measure) {
    tokens_ = new HeatMap(tr("1 · Tokens of every expert"));
    tokens_->set_empty(tr("Shows how many calibration tokens each expert gets."), measure);
    tokens_->set_explanation(explanation("lab-chain"));
    hessian_ = new CurvePlot(tr("2 · Hessian error against n"));
    hessian_->set_empty(tr("Shows that the error of an expert's Hessian falls like 1/√n."), measure);
    hessian_->set_explanation(explanation("lab-hessian-error"));
    quantization_ = new ErrorScatter;
    quantization_->setObjectName(QStringLiteral("quantization"));
    quantization_->set_empty(tr("Shows whether a wrong Hessian makes a worse quantization."), measure);
    quantization_->set_explanation(explanation("lab-quantization"));
    spectrum_ = new CurvePlot(tr("Spectrum"));
    spectrum_->set_empty(tr("Shows the eigenvalues of the selected expert's Hessian."), measure);
    spectrum_->set_explanation(explanation("lab-rank"));
    table_ = new DataTable(tr("Experts"), &experts_);
    experts_.set_name_title(tr("Expert"));
    table_->set_empty(
        tr("Lists tokens, Hessian error, effective rank and quantization error of every expert."), measure);
    table_->set_explanation(explanation("lab-chain"));
    table_->set_stretch_column(0);
    table_->set_sortable(true);
}

void LabExpertsView::connect_pictures() {
    connect(tokens_, &HeatMap::cell_selected, &workbench_, &Workbench::select);
    connect(quantization_, &ErrorScatter::cell_selected, &workbench_, &Workbench::select);
    connect(hessian_, &CurvePlot::point_selected, this, [this](int id) {
        if (id >= 0 && id < report_.experts.size())
            workbench_.select(report_.experts[id].layer, report_.experts[id].expert);
    });
    connect(table_, &DataTable::row_selected, this, [this](int row) {
        if (!showing_ && row < report_.experts.size())
            workbench_.select(report_.experts[row].layer, report_.experts[row].expert);
    });
    for (PlotView* plot : std::initializer_list<PlotView*>{tokens_, hessian_, quantization_, spectrum_})
        connect(plot, &PlotView::message, this, &LabExpertsView::message);
    connect(table_, &DataTable::message, this, &LabExpertsView::message);
    connect(&workbench_, &Workbench::selection_changed, this, &LabExpertsView::show_selection);
}

void LabExpertsView::set_report(const LabReport& report) {
    report_ = report;
    const CellMap tokens = token_map(report_);
    tokens_->set_map(tokens, common_range({tokens}));
    // Titles that are short enough for low pictures.
    ScatterData quantized = report_.curve.isEmpty() ? ScatterData() : quantization_against_hessian(report_);
    quantized.y_title = tr("Quantization error");
    quantization_->set_points(quantized);
    const double rho = report_.correlation.hessian_quantization;
    quantization_->set_title(rho == rho
                                 ? tr("3 · Quantization against Hessian error, ρ = %1").arg(rho, 0, 'f', 2)
                                 : tr("3 · Quantization against Hessian error"));
    showing_ = true;
    show_lab_experts(experts_, report_);
    showing_ = false;
    note_->setText(correlation_text(report_));
    note_->setVisible(!note_->text().isEmpty());
    show_selection();
}

int LabExpertsView::selected() const {
    for (int i = 0; i < report_.experts.size(); ++i)
        if (report_.experts[i].layer == workbench_.layer() &&
            report_.experts[i].expert == workbench_.expert())
            return i;
    return -1;
}

void LabExpertsView::show_selection() {
    const int chosen = selected();
    LabView view = usual_view(report_);
    view.layer = chosen < 0 ? -1 : workbench_.layer();
    view.expert = chosen < 0 ? -1 : workbench_.expert();
    const bool any = !report_.experts.isEmpty();
    CurveSet errors = any ? hessian_error_curves(report_, view) : CurveSet();
    errors.y_title = tr("Relative error");
    hessian_->set_curves(errors, true);
    hessian_->select_point(chosen);
    CurveSet spectrum = any ? spectrum_curves(report_, view) : CurveSet();
    spectrum.y_title = tr("Rel. eigenvalue");
    spectrum_->set_curves(spectrum);
    tokens_->select_cell(workbench_.layer(), workbench_.expert());
    quantization_->select_cell(workbench_.layer(), workbench_.expert());
    showing_ = true;
    table_->select_row(chosen);
    showing_ = false;
}

} // namespace moequant
