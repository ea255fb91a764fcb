#include "app/workbench/pages/quantize_page.h"

#include "app/workbench/frame/run_strip.h"
#include "app/workbench/pages/quantize_form.h"
#include "app/workbench/pages/verdict.h"
#include "widgets/plots/heat_map.h"
#include "widgets/tables/data_table.h"

#include <QAction>
#include <QDir>
#include <QFileInfo>
#include <QSplitter>
#include <QStorageInfo>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

using nlohmann::json;

double number(const json& object, const char* name) {
    return object.contains(name) && object[name].is_number() ? object[name].get<double>() : no_value;
}

} // namespace

QuantizePage::QuantizePage(Workbench& workbench, QWidget* parent)
    : Page(workbench, tr("What will happen, what is happening?"), parent) {
    auto* action = make_main_action(tr("Quantize"), tr("Quantize the open model with these settings"));
    connect(action, &QAction::triggered, this, &QuantizePage::start);
    map_ = new HeatMap(tr("Error of every expert"));
    map_->set_empty(tr("Fills with each expert's relative output error while a quantization runs."), action);
    verdict_table_ = new DataTable(tr("Before the run"), &verdict_);
    verdict_table_->set_stretch_column(0);
    verdict_table_->set_empty(tr("Says what the run needs, once a model is open."));
    layers_.set_name_title(tr("Layer"));
    layer_table_ = new DataTable(tr("Finished layers"), &layers_);
    layer_table_->set_empty(tr("Gets one line for each finished layer."), action);

    auto* below = new QSplitter(Qt::Horizontal);
    below->addWidget(verdict_table_);
    below->addWidget(layer_table_);
    auto* right = new QSplitter(Qt::Vertical);
    right->addWidget(map_);
    right->addWidget(below);
    below->setSizes({305, 335});
    right->setSizes({360, 220});
    auto* both = new QSplitter(Qt::Horizontal);
    form_ = new QuantizeForm(workbench_, button_for(action, true));
    both->addWidget(form_);
    both->addWidget(right);
    both->setStretchFactor(0, 0);
    both->setStretchFactor(1, 1);
    both->setSizes({310, 650});
    body()->addWidget(both);

    connect(map_, &HeatMap::cell_selected, &workbench_, &Workbench::select);
    connect(map_, &PlotView::message, this, &Page::tell);
    for (auto* table : {verdict_table_, layer_table_})
        connect(table, &DataTable::message, this, &Page::tell);
    connect(form_, &QuantizeForm::changed, this, &QuantizePage::show_verdict);
    connect(&workbench_, &Workbench::model_changed, this, &QuantizePage::show_verdict);
    connect(&workbench_, &Workbench::profiles_changed, this, &QuantizePage::show_verdict);
    connect(&workbench_, &Workbench::quantization_changed, this, &QuantizePage::show_state);
    connect(&workbench_, &Workbench::selection_changed, this,
            [this] { map_->select_cell(workbench_.layer(), workbench_.expert()); });
    connect(&workbench_, &Workbench::linear_added, this, [this](const LinearRow& row) {
        const ErrorMap& errors = workbench_.quantization()->errors;
        if (row.expert >= 0)
            map_->set_value(row.layer, row.expert, errors.value(row.layer, row.expert),
                            errors.tokens(row.layer, row.expert));
    });
    connect(&workbench_, &Workbench::job_event, this,
            [this](qint64, const QString& name, const json& fields) {
                if (name == "layer" && workbench_.quantization() && !workbench_.quantization()->finished)
                    take_layer(fields);
            });
    connect(&workbench_, &Workbench::job_finished, this, [this](const ActiveJob& job, const json& result) {
        if (job.job.kind == "quantize")
            take_result(result);
    });
    connect(&workbench_, &Workbench::job_failed, this,
            [this](const ActiveJob& job, const RequestFailure& failure) {
                if (job.job.kind == "quantize")
                    show_failure(job, failure);
            });
    connect(&workbench_, &Workbench::jobs_changed, this, [this] {
        const auto& jobs = workbench_.jobs();
        main_action()->setEnabled(std::none_of(
            jobs.begin(), jobs.end(), [](const ActiveJob& job) { return job.job.kind == "quantize"; }));
    });
    show_state();
}

void QuantizePage::start() {
    if (!workbench_.inspection().is_object())
        return tell(tr("Open a model first"), true);
    messages().hide();
    const Job job = form_->job();
    form_->remember();
    const QString name = QStringLiteral("%1%2 %3 bit")
                             .arg(QString::fromStdString(job.options["method"].get<std::string>()).toUpper(),
                                  job.options["agq"] == true ? QStringLiteral("+AGQ") : QString())
                             .arg(job.options["bits"].get<int>());
    layer_rows_.clear();
    layers_.set_runs({}, {});
    workbench_.start_quantization(name);
    id_ = workbench_.run(job, tr("Quantizing %1").arg(name));
}

void QuantizePage::take_layer(const json& fields) {
    RunRow row;
    row.name = QString::number(int(number(fields, "layer")));
    row.values = {number(fields, "routed_tokens"), number(fields, "fallbacks"),
                  number(fields, "hidden_error"), number(fields, "seconds")};
    layer_rows_.append(row);
    layers_.set_runs({{tr("Tokens"), 0, RunColumn::Better::Neither},
                      {tr("Fallbacks"), 0, RunColumn::Better::Neither},
                      {tr("Error"), 5, RunColumn::Better::Neither},
                      {tr("Time (s)"), 1, RunColumn::Better::Neither}},
                     layer_rows_);
}

void QuantizePage::take_result(const json& result) {
    const double before = number(result, "bytes_before"), after = number(result, "bytes_after");
    QString text = tr("Quantized in %1").arg(duration_text(number(result, "seconds")));
    if (before > 0 && after > 0)
        text += tr(": %1 instead of %2 (%3 %)")
                    .arg(bytes_text(after), bytes_text(before))
                    .arg(100 * after / before, 0, 'f', 0);
    if (result.value("verified", json()) == true)
        text += tr(", read back and verified");
    messages().show_action(text, MessageBar::Tone::Note, tr("Show errors"),
                           [this] { Q_EMIT errors_asked(); });
}

void QuantizePage::show_verdict() {
    const ProfileReport* profile = nullptr;
    for (const auto& report : workbench_.profiles())
        if (report.spec.section('?', 0, 0) == form_->source())
            profile = &report;
    const Job job = form_->job();
    const QString place =
        job.output ? QFileInfo(QString::fromStdString(*job.output)).absolutePath() : QDir::homePath();
    const QStorageInfo disk(QDir(place).exists() ? place : QDir::homePath());
    verdict_.set_facts(quantize_verdict({workbench_.inspection(), job, double(form_->tokens()), profile,
                                         free_memory(), double(std::max<qint64>(0, disk.bytesAvailable()))}));
}

void QuantizePage::show_state() {
    const auto* quantization = workbench_.quantization();
    map_->set_title(quantization ? tr("Error of every expert, %1").arg(quantization->name)
                                 : tr("Error of every expert"));
    map_->set_map(quantization ? quantization->errors.map() : CellMap());
    map_->select_cell(workbench_.layer(), workbench_.expert());
}

} // namespace moequant
