#include "app/workbench/pages/run_view.h"

#include "app/workbench/frame/run_strip.h"
#include "app/workbench/learn/topics.h"
#include "widgets/plots/heat_map.h"
#include "widgets/tables/data_table.h"

#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

using nlohmann::json;

double number(const json& object, const char* name) {
    return object.contains(name) && object[name].is_number() ? object[name].get<double>() : no_value;
}

QString thousands(double value) {
    return value < 1000 ? QString::number(value, 'f', 0)
                        : QLocale(QLocale::English).toString(value / 1000, 'f', 1) + QStringLiteral(" k");
}

} // namespace

QString layer_line(const json& layer, const QVector<LinearRow>& rows) {
    QStringList parts;
    if (const double tokens = number(layer, "routed_tokens"); tokens > 0)
        parts.append(RunView::tr("routed %1 tokens").arg(thousands(tokens)));
    if (const double fallbacks = number(layer, "fallbacks"); fallbacks > 0) {
        QStringList kinds;
        for (const auto& row : rows)
            if (!row.fallback.isEmpty() && !kinds.contains(row.fallback))
                kinds.append(row.fallback);
        const QString count = fallbacks == 1 ? RunView::tr("1 expert fell back")
                                             : RunView::tr("%L1 experts fell back").arg(int(fallbacks));
        parts.append(
            kinds.isEmpty() ? count : QStringLiteral("%1 (%2)").arg(count, kinds.join(QStringLiteral(", "))));
    }
    double sum = 0;
    int measured = 0;
    for (const auto& row : rows)
        if (std::isfinite(row.relative_error)) {
            sum += row.relative_error;
            ++measured;
        }
    if (measured > 0)
        parts.append(RunView::tr("error %1 %").arg(100 * sum / measured, 0, 'f', 2));
    if (const double seconds = number(layer, "seconds"); std::isfinite(seconds))
        parts.append(seconds < 60 ? RunView::tr("%1 s").arg(seconds, 0, 'f', 1) : duration_text(seconds));
    return parts.join(QStringLiteral(", "));
}

RunView::RunView(Workbench& workbench, QAction* start, QWidget* parent)
    : QWidget(parent), workbench_(workbench), status_(new QLabel), lines_(tr("Layer"), tr("What happened")) {
    status_->setAccessibleName(tr("Progress"));
    status_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    status_->setFocusPolicy(Qt::NoFocus);
    map_ = new HeatMap(tr("Error of every expert"));
    map_->set_empty(tr("Fills with each expert's relative output error while a quantization runs."), start);
    map_->set_explanation(explanation("error-map"));
    table_ = new DataTable(tr("Finished layers"), &lines_);
    table_->set_empty(tr("Gets one line for each finished layer."));
    table_->set_explanation(explanation("layer-lines"));
    table_->set_stretch_column(1);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(map_);
    splitter->addWidget(table_);
    splitter->setSizes({340, 220});
    splitter->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(status_);
    layout->addWidget(splitter, 1);
    connect(map_, &HeatMap::cell_selected, &workbench_, &Workbench::select);
    connect(map_, &PlotView::message, this, &RunView::message);
    connect(table_, &DataTable::message, this, &RunView::message);
    connect(table_, &DataTable::row_selected, this,
            [this](int row) { workbench_.select_layer(lines_.index(row, 0).data().toInt()); });
    connect(&workbench_, &Workbench::quantization_changed, this, &RunView::show_quantization);
    connect(&workbench_, &Workbench::selection_changed, this,
            [this] { map_->select_cell(workbench_.layer(), workbench_.expert()); });
    connect(&workbench_, &Workbench::linear_added, this, [this](const LinearRow& row) {
        const ErrorMap& errors = workbench_.quantization()->errors;
        if (row.expert >= 0)
            map_->set_value(row.layer, row.expert, errors.value(row.layer, row.expert),
                            errors.tokens(row.layer, row.expert));
    });
    connect(&workbench_, &Workbench::job_event, this, &RunView::take_event);
    show_quantization();
}

QString RunView::status() const {
    return status_->text();
}

void RunView::take_event(qint64 id, const QString& name, const json& fields) {
    const auto& jobs = workbench_.jobs();
    const auto job =
        std::find_if(jobs.begin(), jobs.end(), [id](const ActiveJob& other) { return other.id == id; });
    if (job == jobs.end() || job->job.kind != "quantize")
        return;
    if (name == u"progress") {
        QStringList parts;
        const int layers =
            int(workbench_.inspection().is_object() && workbench_.inspection().contains("layers")
                    ? workbench_.inspection()["layers"].size()
                    : 0);
        if (const double layer = number(fields, "layer"); std::isfinite(layer))
            parts.append(tr("Layer %1 of %2").arg(int(layer) + 1).arg(layers));
        const QString unit = QString::fromStdString(fields.value("unit", ""));
        parts.append(tr("%L1 of %L2 %3")
                         .arg(qint64(number(fields, "done")))
                         .arg(qint64(number(fields, "total")))
                         .arg(unit));
        if (const double rate = number(fields, "rate"); rate > 0)
            parts.append(tr("%1 %2/s").arg(rate, 0, 'f', rate < 10 ? 1 : 0).arg(unit));
        if (const double left = number(fields, "left_s"); std::isfinite(left))
            parts.append(tr("%1 left").arg(duration_text(left)));
        status_->setText(parts.join(QStringLiteral(" · ")));
        return;
    }
    const auto* quantization = workbench_.quantization();
    if (name != u"layer" || !quantization || quantization->finished)
        return;
    const int layer = int(number(fields, "layer"));
    if (layer > next_layer_ && lines_.rowCount() == 0) // state of an earlier process
        for (int done = 0; done < layer; ++done)
            lines_.append(done, tr("taken over from before the interruption"));
    next_layer_ = layer + 1;
    QVector<LinearRow> rows;
    for (auto row = quantization->rows.crbegin(); row != quantization->rows.crend() && row->layer == layer;
         ++row)
        rows.append(*row);
    lines_.append(layer, layer_line(fields, rows), number(fields, "fallbacks") > 0);
    table_->view()->scrollToBottom();
}

void RunView::show_quantization() {
    const auto* quantization = workbench_.quantization();
    if (const QString folder = quantization ? quantization->folder : QString();
        folder != folder_ || (quantization && !quantization->finished && quantization->rows.isEmpty())) {
        folder_ = folder;
        next_layer_ = 0;
        lines_.clear();
        status_->clear();
    }
    if (quantization && quantization->finished)
        status_->setText(tr("Finished: %1").arg(quantization->name));
    status_->setVisible(quantization != nullptr);
    map_->set_title(quantization ? tr("Error of every expert, %1").arg(quantization->name)
                                 : tr("Error of every expert"));
    map_->set_map(quantization ? quantization->errors.map() : CellMap());
    map_->select_cell(workbench_.layer(), workbench_.expert());
}

} // namespace moequant
