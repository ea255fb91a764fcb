#include "app/workbench/pages/errors_page.h"

#include "app/workbench/learn/topics.h"
#include "app/workbench/pages/error_tables.h"
#include "app/workbench/pages/run_chooser.h"
#include "core/job/error.h"
#include "widgets/card_stack.h"
#include "widgets/colors.h"
#include "widgets/plots/distribution_plot.h"
#include "widgets/plots/error_scatter.h"
#include "widgets/plots/heat_map.h"
#include "widgets/plots/paired_plot.h"
#include "widgets/tables/data_table.h"

#include <QAction>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QSplitter>
#include <QTableView>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

constexpr int most_methods = 8;

/// The folder of a finished run in what is dragged; empty: none.
QString dragged_run(const QMimeData* data) {
    const auto urls = data->urls();
    if (urls.size() != 1 || !urls.first().isLocalFile())
        return {};
    const QString folder = urls.first().toLocalFile();
    return QFileInfo(folder + "/result.json").isFile() ? folder : QString();
}

} // namespace

ErrorsPage::ErrorsPage(Workbench& workbench, QAction* quantize, QWidget* parent)
    : Page(workbench, tr("Where did it go wrong?"), parent) {
    setAcceptDrops(true);
    build_controls();
    build_views(quantize);
    connect_views();
    take_quantization();
    show_history();
}

void ErrorsPage::build_controls() {
    run_ = new RunChooser(workbench_, tr("Choose a run"));
    run_->setAccessibleName(tr("Run"));
    run_->setToolTip(tr("The quantization whose errors are shown"));
    other_ = new RunChooser(workbench_, tr("No other run"));
    other_->setAccessibleName(tr("Compare with"));
    other_->setToolTip(tr("A second run, drawn against the first; a run's folder can be dropped here too"));
    drawn_ = new QComboBox;
    drawn_->addItems({tr("errors"), tr("ratios")});
    drawn_->setAccessibleName(tr("What the map shows"));
    drawn_->setToolTip(tr("The map shows errors, or their ratio to the other run's"));
    drawn_->setEnabled(false);
    auto* row = add_controls();
    for (const auto& [text, box] : {std::pair<QString, QComboBox*>{tr("&Run"), run_},
                                    {tr("Co&mpare with"), other_},
                                    {tr("Ma&p"), drawn_}}) {
        auto* label = new QLabel(text);
        label->setBuddy(box);
        row->addWidget(label);
        row->addWidget(box, box == drawn_ ? 0 : 1);
    }
    row->addStretch();
}

void ErrorsPage::build_views(QAction* quantize) {
    map_ = new HeatMap(tr("Error of every expert"));
    map_->set_empty(tr("Shows each expert's relative output error after a quantization."), quantize);
    map_->set_explanation(explanation("error-map"));
    scatter_ = new ErrorScatter;
    scatter_->set_empty(tr("Shows whether experts with few tokens have larger errors."), quantize);
    scatter_->set_explanation(explanation("error-tokens"));
    distribution_ = new DistributionPlot;
    distribution_->set_empty(tr("Shows how errors spread in each layer and with each method."), quantize);
    distribution_->set_explanation(explanation("distribution"));
    distribution_by_ = new QComboBox;
    distribution_by_->addItems({tr("by layer"), tr("by method")});
    distribution_by_->setAccessibleName(tr("Errors grouped"));
    distribution_by_->setToolTip(
        tr("A box for each layer, or one for each method that quantized this model"));
    distribution_->add_header_widget(distribution_by_);
    paired_ = new PairedPlot;
    paired_->set_empty(tr("Shows expert by expert which of two runs has the smaller error: choose one to "
                          "compare with above."));
    paired_->set_explanation(explanation("paired"));
    plots_ = new CardStack;
    plots_->set_cards(
        {{tr("Tokens"), scatter_}, {tr("Distribution"), distribution_}, {tr("Paired"), paired_}});

    linears_.set_name_title(tr("Linear"));
    linear_table_ = new DataTable(tr("Linears, worst first"), &linears_);
    linear_table_->set_explanation(explanation("error-map"));
    linear_table_->set_empty(tr("Lists every quantized linear with its error and the tokens it saw."),
                             quantize);
    channels_.set_name_title(tr("Linear"));
    channel_table_ = new DataTable(tr("Channels, worst first"), &channels_);
    channel_table_->set_empty(tr("Lists the output channels with the largest errors."), quantize);
    channel_table_->set_explanation(explanation("worst"));
    history_.set_name_title(tr("Run"));
    history_table_ = new DataTable(tr("This expert in every run"), &history_);
    history_table_->set_empty(
        tr("Shows the selected expert's error in every run of this model: select one in the "
           "map."));
    history_table_->set_explanation(explanation("history"));
    for (auto* table : {linear_table_, channel_table_, history_table_}) {
        table->set_stretch_column(0);
        table->view()->setTextElideMode(table == history_table_ ? Qt::ElideRight : Qt::ElideLeft);
        table->set_sortable(true);
    }
    tables_ = new CardStack;
    tables_->set_cards({{tr("Linears"), linear_table_},
                        {tr("Channels"), channel_table_},
                        {tr("This expert"), history_table_}});
    auto* below = new QSplitter(Qt::Horizontal);
    below->addWidget(plots_);
    below->addWidget(tables_);
    below->setSizes({480, 480});
    below->setChildrenCollapsible(false);
    auto* both = new QSplitter(Qt::Vertical);
    both->addWidget(map_);
    both->addWidget(below);
    both->setSizes({300, 320});
    both->setChildrenCollapsible(false);
    body()->addWidget(both);
}

void ErrorsPage::connect_views() {
    connect(map_, &HeatMap::cell_selected, &workbench_, &Workbench::select);
    connect(scatter_, &ErrorScatter::cell_selected, &workbench_, &Workbench::select);
    connect(paired_, &PairedPlot::cell_selected, &workbench_, &Workbench::select);
    connect(distribution_, &DistributionPlot::group_selected, this, [this](int group) {
        if (distribution_by_->currentIndex() == 0 && group < now_.errors.layers.size())
            workbench_.select_layer(now_.errors.layers[group]);
    });
    for (PlotView* plot : std::initializer_list<PlotView*>{map_, scatter_, distribution_, paired_})
        connect(plot, &PlotView::message, this, &Page::tell);
    for (auto* table : {linear_table_, channel_table_, history_table_})
        connect(table, &DataTable::message, this, &Page::tell);
    connect(linear_table_, &DataTable::row_selected, this, [this](int row) {
        if (row < worst_.size())
            workbench_.select(worst_[row].layer, worst_[row].expert);
    });
    connect(channel_table_, &DataTable::row_selected, this, [this](int row) {
        if (row < worst_channels_.size())
            workbench_.select(worst_channels_[row].layer, worst_channels_[row].expert);
    });
    connect(run_, &RunChooser::run_chosen, this, [this](const QString& folder) {
        if (!folder.isEmpty())
            open_run(folder);
    });
    connect(other_, &RunChooser::run_chosen, this, &ErrorsPage::compare_with);
    connect(drawn_, &QComboBox::currentIndexChanged, this, &ErrorsPage::show_maps);
    connect(distribution_by_, &QComboBox::currentIndexChanged, this, &ErrorsPage::show_distribution);
    connect(&workbench_, &Workbench::selection_changed, this, &ErrorsPage::show_selection);
    connect(&workbench_, &Workbench::selection_changed, this, &ErrorsPage::show_history);
    connect(&workbench_, &Workbench::open_failed, this, [this](const QString& text) { tell(text, true); });
    connect(&workbench_, &Workbench::quantization_changed, this, &ErrorsPage::take_quantization);
    connect(&workbench_, &Workbench::model_changed, this, &ErrorsPage::show_history);
    connect(&workbench_.runs(), &RunLibrary::changed, this, [this] {
        if (const auto errors = workbench_.runs().errors_of(wanted_other_);
            errors && !wanted_other_.isEmpty())
            compare_with(wanted_other_);
        show_history();
        if (distribution_by_->currentIndex() == 1)
            show_distribution();
    });
}

void ErrorsPage::open_run(const QString& folder) {
    workbench_.settings().set_last_folder("runs", QFileInfo(folder).path());
    messages().hide();
    workbench_.open_quantization(folder);
}

void ErrorsPage::compare_with(const QString& folder) {
    wanted_other_.clear();
    other_->set_folder(folder);
    if (folder.isEmpty())
        return take_comparison({}, {});
    if (const auto errors = workbench_.runs().errors_of(folder)) {
        const auto* run = workbench_.runs().run(folder);
        other_run_.folder = folder;
        return take_comparison(errors->cells(run->title()), run->title());
    }
    wanted_other_ = folder;
    workbench_.runs().read_linears(
        folder, this, [this, folder](const QVector<LinearRow>& rows, const QString& fault) {
            if (wanted_other_ != folder)
                return;
            wanted_other_.clear();
            const QString name = QFileInfo(folder).fileName();
            const CellMap errors = fault.isEmpty() ? expert_errors(rows, name) : CellMap();
            if (!errors.layers.isEmpty()) {
                other_run_.folder = folder;
                return take_comparison(errors, name);
            }
            other_->set_folder(other_run_.folder);
            tell(fault.isEmpty() ? tr("%1: no expert's error is recorded in this run").arg(folder) : fault,
                 true);
        });
}

void ErrorsPage::take_comparison(const CellMap& errors, const QString& name) {
    other_run_.errors = errors;
    other_run_.name = name;
    if (errors.layers.isEmpty())
        other_run_.folder.clear();
    show_maps();
    show_distribution();
    if (!errors.layers.isEmpty())
        plots_->show_card(2);
}

// A run that goes on is shown on the Quantize page; here the last finished one stays.
void ErrorsPage::take_quantization() {
    const auto* quantization = workbench_.quantization();
    if (quantization && !quantization->finished)
        return;
    now_ = Shown();
    if (quantization) {
        const auto* run = workbench_.runs().run(quantization->folder);
        now_ = {run && run->read ? run->title() : quantization->name, quantization->folder,
                quantization->errors.map()};
    }
    run_->set_folder(now_.folder);
    if (!quantization)
        compare_with({});
    fill_tables(quantization ? quantization->rows : QVector<LinearRow>());
    show_maps();
    show_distribution();
    show_selection();
}

void ErrorsPage::fill_tables(const QVector<LinearRow>& all) {
    worst_ = worst_by(all, &LinearRow::relative_error);
    worst_channels_ = worst_by(all, &LinearRow::worst_channel_error);
    worst_channels_.removeIf([](const LinearRow& row) { return row.worst_channel < 0; });
    show_linears(linears_, worst_);
    show_channels(channels_, worst_channels_);
    linear_table_->setToolTip(all.size() > worst_.size()
                                  ? tr("The %L1 worst of %L2").arg(worst_.size()).arg(all.size())
                                  : QString());
}

void ErrorsPage::show_maps() {
    const bool both = !now_.errors.layers.isEmpty() && !other_run_.errors.layers.isEmpty();
    drawn_->setEnabled(both);
    scatter_->set_map(now_.errors);
    paired_->set_pairs(both ? paired_values(now_.errors, other_run_.errors) : QVector<PairedValue>(),
                       now_.name, other_run_.name);
    paired_->set_title(both ? tr("%1 against %2").arg(now_.name, other_run_.name) : tr("Paired differences"));
    if (both && drawn_->currentIndex() == 1) {
        const CellMap differences = paired_differences(now_.errors, other_run_.errors);
        map_->set_title(tr("Error of %1 over that of %2").arg(now_.name, other_run_.name));
        map_->set_map(differences, difference_range(differences));
    } else {
        map_->set_title(now_.errors.layers.isEmpty() ? tr("Error of every expert")
                                                     : tr("Error of every expert, %1").arg(now_.name));
        map_->set_map(now_.errors, common_range({now_.errors}));
    }
    show_selection();
}

QVector<const LibraryRun*> ErrorsPage::known_runs() const {
    QVector<const LibraryRun*> runs;
    for (const auto* run : workbench_.runs().runs_of(QStringLiteral("quantize"), RunState::Finished))
        if (run->model == workbench_.model() && run->digest.errors)
            runs.append(run);
    return runs;
}

void ErrorsPage::show_distribution() {
    const auto of_layer = [](const CellMap& map, int layer) {
        QVector<double> values;
        if (const auto row = map.layers.indexOf(layer); row >= 0)
            values = map.values.mid(row * map.experts, map.experts);
        return values;
    };
    if (distribution_by_->currentIndex() == 0) {
        QStringList groups;
        DistributionSeries one{now_.name, run_color(0), {}}, two{other_run_.name, run_color(1), {}};
        for (const int layer : now_.errors.layers) {
            groups.append(QString::number(layer));
            one.values.append(of_layer(now_.errors, layer));
            two.values.append(of_layer(other_run_.errors, layer));
        }
        QVector<DistributionSeries> series{one};
        if (!other_run_.errors.layers.isEmpty())
            series.append(two);
        distribution_->set_series(now_.errors.value_title, tr("Layer"), groups, series);
        distribution_->select_group(int(now_.errors.layers.indexOf(workbench_.layer())));
        return;
    }
    QStringList methods; // newest first
    QVector<QVector<double>> values;
    for (const auto* run : known_runs()) {
        const QString method = quantization_name(run->job);
        auto at = methods.indexOf(method);
        if (at < 0) {
            if (methods.size() == most_methods)
                continue;
            at = methods.size();
            methods.append(method);
            values.append(QVector<double>());
        }
        for (const float error : run->digest.errors->errors)
            values[at].append(double(error));
    }
    if (methods.isEmpty() && !now_.errors.layers.isEmpty()) {
        methods.append(now_.name);
        values.append(now_.errors.values);
    }
    distribution_->set_series(tr("Relative output error"), tr("Method"), methods,
                              {{tr("all runs of this model"), run_color(0), values}});
}

void ErrorsPage::show_history() {
    const int layer = workbench_.layer(), expert = workbench_.expert();
    QVector<RunRow> rows;
    if (layer >= 0 && expert >= 0)
        for (const auto* run : known_runs()) {
            const ExpertMap& errors = *run->digest.errors;
            const auto row = errors.layers.indexOf(layer);
            if (row < 0 || expert >= errors.experts)
                continue;
            rows.append({run_label(*run),
                         {double(errors.tokens.value(row * errors.experts + expert, float(no_value))),
                          100 * double(errors.error(layer, expert))},
                         false});
        }
    history_.set_runs(
        {{tr("Tokens"), 0, RunColumn::Better::Neither}, {tr("Error %"), 3, RunColumn::Better::Lower}}, rows);
    history_table_->set_title(expert >= 0 && layer >= 0
                                  ? tr("Layer %1, expert %2 in every run").arg(layer).arg(expert)
                                  : tr("This expert in every run"));
}

void ErrorsPage::show_selection() {
    const int layer = workbench_.layer(), expert = workbench_.expert();
    map_->select_cell(layer, expert);
    scatter_->select_cell(layer, expert);
    paired_->select_cell(layer, expert);
    if (distribution_by_->currentIndex() == 0)
        distribution_->select_group(int(now_.errors.layers.indexOf(layer)));
}

void ErrorsPage::dragEnterEvent(QDragEnterEvent* event) {
    if (!dragged_run(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

// The first run that is dropped is shown, the next one compared with it.
void ErrorsPage::dropEvent(QDropEvent* event) {
    const QString folder = dragged_run(event->mimeData());
    if (folder.isEmpty())
        return;
    event->acceptProposedAction();
    now_.errors.layers.isEmpty() ? open_run(folder) : compare_with(folder);
}

} // namespace moequant
