#include "app/workbench/pages/errors_page.h"

#include "widgets/plots/error_scatter.h"
#include "widgets/plots/heat_map.h"
#include "widgets/tables/data_table.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QSplitter>
#include <QTableView>

#include <algorithm>
#include <cmath>

namespace moequant {

ErrorsPage::ErrorsPage(Workbench& workbench, QAction* quantize, QWidget* parent)
    : Page(workbench, tr("Where did it go wrong?"), parent) {
    auto* open = new QAction(tr("Open a run…"), this);
    open->setToolTip(tr("Show the errors of an earlier quantization"));
    connect(open, &QAction::triggered, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a run's folder"),
                                                                 workbench_.settings().last_folder("runs"));
        if (!folder.isEmpty())
            open_run(folder);
    });
    auto* row = add_controls();
    row->addWidget(button_for(open));
    row->addStretch();
    map_ = new HeatMap(tr("Error of every expert"));
    map_->set_empty(tr("Shows each expert's relative output error after a quantization."), quantize);
    table_ = new DataTable(tr("Linears, worst first"), &linears_);
    scatter_ = new ErrorScatter;
    scatter_->set_empty(tr("Shows whether experts with few tokens have larger errors."), quantize);
    linears_.set_name_title(tr("Linear"));
    table_->set_empty(tr("Lists every quantized linear with its error and the tokens it saw."), quantize);
    table_->set_stretch_column(0);
    table_->view()->setTextElideMode(Qt::ElideLeft);
    table_->set_sortable(true);
    auto* below = new QSplitter(Qt::Horizontal);
    below->addWidget(scatter_);
    below->addWidget(table_);
    below->setSizes({420, 540});
    auto* both = new QSplitter(Qt::Vertical);
    both->addWidget(map_);
    both->addWidget(below);
    both->setSizes({360, 240});
    body()->addWidget(both);
    connect(map_, &HeatMap::cell_selected, &workbench_, &Workbench::select);
    connect(scatter_, &ErrorScatter::cell_selected, &workbench_, &Workbench::select);
    connect(map_, &PlotView::message, this, &Page::tell);
    connect(scatter_, &PlotView::message, this, &Page::tell);
    connect(table_, &DataTable::message, this, &Page::tell);
    connect(table_, &DataTable::row_selected, this, [this](int row) {
        if (row < shown_.size())
            workbench_.select(shown_[row].layer, shown_[row].expert);
    });
    connect(&workbench_, &Workbench::selection_changed, this, [this] {
        map_->select_cell(workbench_.layer(), workbench_.expert());
        scatter_->select_cell(workbench_.layer(), workbench_.expert());
    });
    connect(&workbench_, &Workbench::open_failed, this, [this](const QString& text) { tell(text, true); });
    connect(&workbench_, &Workbench::quantization_changed, this, &ErrorsPage::refresh);
    refresh();
}

void ErrorsPage::open_run(const QString& folder) {
    workbench_.settings().set_last_folder("runs", QFileInfo(folder).path());
    messages().hide();
    workbench_.open_quantization(folder);
}

void ErrorsPage::refresh() {
    const auto* quantization = workbench_.quantization();
    const bool there = quantization && quantization->finished;
    map_->set_title(there ? tr("Error of every expert, %1").arg(quantization->name)
                          : tr("Error of every expert"));
    map_->set_map(there ? quantization->errors.map() : CellMap());
    scatter_->set_map(there ? quantization->errors.map() : CellMap());
    map_->select_cell(workbench_.layer(), workbench_.expert());
    scatter_->select_cell(workbench_.layer(), workbench_.expert());
    shown_ = there ? quantization->rows : QVector<LinearRow>();
    std::stable_sort(shown_.begin(), shown_.end(), [](const LinearRow& a, const LinearRow& b) {
        return (std::isfinite(a.relative_error) ? a.relative_error : -1) >
               (std::isfinite(b.relative_error) ? b.relative_error : -1);
    });
    QVector<RunRow> rows;
    for (const auto& linear : shown_)
        rows.append({linear.fallback.isEmpty() ? linear.name
                                               : tr("%1 (fallback %2)").arg(linear.name, linear.fallback),
                     {double(linear.layer), linear.expert >= 0 ? double(linear.expert) : no_value,
                      linear.tokens, linear.relative_error},
                     false});
    linears_.set_runs({{tr("Layer"), 0, RunColumn::Better::Neither},
                       {tr("Expert"), 0, RunColumn::Better::Neither},
                       {tr("Tokens"), 0, RunColumn::Better::Neither},
                       {tr("Relative error"), 5, RunColumn::Better::Neither}},
                      rows);
}

} // namespace moequant
