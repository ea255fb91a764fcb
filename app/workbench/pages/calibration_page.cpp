#include "app/workbench/pages/calibration_page.h"

#include "app/workbench/learn/topics.h"
#include "app/workbench/pages/source_bar.h"
#include "app/workbench/pages/top_token_card.h"
#include "core/job/option_table.h"
#include "widgets/card_stack.h"
#include "widgets/colors.h"
#include "widgets/plots/heat_map.h"
#include "widgets/plots/layer_lines.h"
#include "widgets/plots/lorenz_curve.h"
#include "widgets/plots/usage_histogram.h"
#include "widgets/tables/data_table.h"
#include "widgets/usage_measures.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>
#include <QSplitter>

#include <algorithm>

namespace moequant {
namespace {

QSpinBox* number_box(int low, int high, int value, const QString& name) {
    auto* box = new QSpinBox;
    box->setRange(low, high);
    box->setValue(value);
    box->setAccessibleName(name);
    box->setToolTip(name);
    return box;
}

} // namespace

CalibrationPage::CalibrationPage(Workbench& workbench, QWidget* parent)
    : Page(workbench, tr("Who gets the tokens?"), parent), sources_(new SourceBar(workbench.settings())) {
    const auto saved = workbench_.settings().form("calibration");
    samples_ = number_box(1, 100000, saved.value("samples", 32), tr("Samples of each source"));
    length_ = number_box(16, 65536, saved.value("length", 256), tr("Tokens a sample"));
    samples_->setObjectName(QStringLiteral("samples"));
    length_->setObjectName(QStringLiteral("length"));
    auto* action = make_main_action(
        tr("Profile"), tr("Send every ticked source through the model and count who gets its tokens"));
    connect(action, &QAction::triggered, this, &CalibrationPage::profile);
    add_controls()->addWidget(sources_, 1);
    auto* row = add_controls();
    auto* size = new QLabel(tr("&Samples × tokens"));
    size->setBuddy(samples_);
    row->addWidget(size);
    row->addWidget(samples_);
    row->addWidget(new QLabel(QStringLiteral("×")));
    row->addWidget(length_);
    row->addWidget(button_for(action, true));
    row->addStretch();
    min_tokens_ = number_box(0, 10000000, 0, tr("Least tokens an expert should get; drawn in the histogram"));
    min_tokens_->setSpecialValueText(tr("none"));
    min_tokens_->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    min_tokens_->setObjectName(QStringLiteral("min_tokens"));
    auto* least = new QLabel(tr("&Min tokens of an expert"));
    least->setBuddy(min_tokens_);
    row->addWidget(least);
    row->addWidget(min_tokens_);
    build_choices();
    build_pictures();
    connect_pictures();
    for (auto* box : {samples_, length_})
        connect(box, &QSpinBox::valueChanged, this, [this] {
            workbench_.settings().set_form("calibration",
                                           {{"samples", samples_->value()}, {"length", length_->value()}});
        });
    connect(sources_, &SourceBar::changed, this, &CalibrationPage::refresh);
    connect(&workbench_, &Workbench::profiles_changed, this, &CalibrationPage::refresh);
    connect(&workbench_, &Workbench::selection_changed, this, &CalibrationPage::show_selection);
    connect(&workbench_, &Workbench::job_failed, this,
            [this](const ActiveJob& job, const RequestFailure& failure) {
                if (job.job.kind == "profile")
                    show_failure(job, failure);
            });
    refresh();
}

void CalibrationPage::build_choices() {
    const auto choice = [](const QStringList& items, const QString& name) {
        auto* box = new QComboBox;
        box->addItems(items);
        box->setAccessibleName(name);
        box->setToolTip(name);
        return box;
    };
    order_ = choice({tr("by expert"), tr("by use")}, tr("Order of the bars"));
    arrangement_ = choice({tr("side by side"), tr("overlaid")}, tr("How sources share the picture"));
    measure_ = choice({tr("CV"), tr("STD (%)"), tr("STD of shares")}, tr("Measure of balance"));
    map_source_ = choice({}, tr("Source of the map"));
    order_->setObjectName(QStringLiteral("order"));
    arrangement_->setObjectName(QStringLiteral("arrangement"));
    measure_->setObjectName(QStringLiteral("measure"));
    map_source_->setObjectName(QStringLiteral("map_source"));
}

void CalibrationPage::build_pictures() {
    histogram_ = new UsageHistogram;
    lines_ = new LayerLines(tr("Balance by layer"));
    lorenz_ = new LorenzCurve;
    map_ = new HeatMap(tr("Layer × expert"));
    summary_ = new DataTable(tr("Summary"), &balance_);
    similarity_ = new DataTable(tr("Similarity"), &alike_);
    top_tokens_ = new TopTokenCard(workbench_);
    for (QWidget* widget : {arrangement_, order_})
        histogram_->add_header_widget(widget);
    lines_->add_header_widget(measure_);
    map_->add_header_widget(map_source_);
    histogram_->set_explanation(explanation("usage"));
    map_->set_explanation(explanation("usage-map"));
    lines_->set_explanation(explanation("balance"));
    summary_->set_explanation(explanation("balance-table"));
    lorenz_->set_explanation(explanation("lorenz"));
    similarity_->set_explanation(explanation("similarity"));

    histogram_->set_empty(
        tr("Shows what share of the tokens each expert of a layer gets, sources side by side."),
        main_action());
    lines_->set_empty(tr("Shows for every layer how unevenly its experts are used; lower is better."),
                      main_action());
    map_->set_empty(tr("Shows every expert of every layer at once; experts without a token are hatched."),
                    main_action());
    lorenz_->set_empty(
        tr("Shows how far the use of a layer's experts is from even, with its Gini coefficient."),
        main_action());
    summary_->set_empty(tr("Compares the sources in one row each."), main_action());
    summary_->set_sortable(true);
    similarity_->set_empty(tr("Shows how alike two sources use the experts; tick and profile at least two."),
                           main_action());

    auto* left = new QSplitter(Qt::Vertical);
    left->addWidget(histogram_);
    left->addWidget(map_);
    auto* above = new CardStack;
    above->set_cards({{tr("Balance by layer"), lines_}, {tr("Lorenz curve"), lorenz_}});
    auto* below = new CardStack;
    below->set_cards(
        {{tr("Summary"), summary_}, {tr("Similarity"), similarity_}, {tr("Top tokens"), top_tokens_}});
    auto* right = new QSplitter(Qt::Vertical);
    right->addWidget(above);
    right->addWidget(below);
    for (auto* column : {left, right}) {
        column->setSizes({300, 300});
        column->setStretchFactor(0, 1);
        column->setStretchFactor(1, 1);
    }
    auto* both = new QSplitter(Qt::Horizontal);
    both->addWidget(left);
    both->addWidget(right);
    both->setStretchFactor(0, 3);
    both->setStretchFactor(1, 2);
    both->setSizes({510, 450});
    body()->addWidget(both);
}

void CalibrationPage::connect_pictures() {
    connect(order_, &QComboBox::currentIndexChanged, this, [this](int by_use) {
        histogram_->set_order(by_use ? UsageHistogram::Order::ByUse : UsageHistogram::Order::ByExpert);
    });
    connect(arrangement_, &QComboBox::currentIndexChanged, this,
            [this](int overlaid) { histogram_->set_overlaid(overlaid == 1); });
    connect(min_tokens_, &QSpinBox::valueChanged, this,
            [this](int tokens) { histogram_->set_min_tokens(tokens); });
    connect(measure_, &QComboBox::currentIndexChanged, this, &CalibrationPage::show_lines);
    connect(map_source_, &QComboBox::currentIndexChanged, this, &CalibrationPage::show_map);
    connect(histogram_, &UsageHistogram::expert_selected, &workbench_, &Workbench::select);
    connect(map_, &HeatMap::cell_selected, &workbench_, &Workbench::select);
    connect(lines_, &LayerLines::layer_selected, &workbench_, &Workbench::select_layer);
    connect(lorenz_, &LorenzCurve::expert_selected, &workbench_, &Workbench::select);
    for (PlotView* plot : std::initializer_list<PlotView*>{histogram_, lines_, lorenz_, map_})
        connect(plot, &PlotView::message, this, &Page::tell);
    for (DataTable* table : std::initializer_list<DataTable*>{summary_, similarity_, top_tokens_})
        connect(table, &DataTable::message, this, &Page::tell);
}

QString CalibrationPage::spec_of(const QString& source) const {
    return QStringLiteral("%1?samples=max:%2&length=%3")
        .arg(source)
        .arg(samples_->value())
        .arg(length_->value());
}

Job CalibrationPage::profile_job(const QString& source) const {
    Job job = new_job("profile");
    job.corpus = {spec_of(source).toStdString()};
    job.options["top_tokens"] = TopTokenCard::kept_tokens;
    if (source == "ebss") {
        job.corpus = {QStringLiteral("ebss?samples=%1&length=%2")
                          .arg(samples_->value())
                          .arg(length_->value())
                          .toStdString()};
        for (const auto& [key, value] : workbench_.ebss_options().items())
            if (find_kind("profile").find(key))
                job.options[key] = value;
    }
    return job;
}

std::vector<Job> CalibrationPage::jobs() const {
    std::vector<Job> jobs;
    for (const QString& source : sources_->ticked())
        jobs.push_back(profile_job(source));
    return jobs;
}

void CalibrationPage::profile() {
    if (!workbench_.inspection().is_object())
        return tell(tr("Open a model first"), true);
    const auto wanted = jobs();
    if (wanted.empty())
        return tell(tr("Tick a source first"), true);
    messages().hide();
    for (const Job& job : wanted)
        workbench_.run(job, tr("Profiling %1").arg(source_title(QString::fromStdString(job.corpus.front()))));
}

QVector<ProfileReport> CalibrationPage::shown() const {
    const QStringList ticked = sources_->ticked();
    QVector<ProfileReport> reports;
    // The latest profile of each ticked source, in the order of the ticks.
    const auto& profiles = workbench_.profiles();
    for (const QString& source : ticked) {
        const auto latest =
            std::find_if(profiles.crbegin(), profiles.crend(), [&](const ProfileReport& report) {
                return report.spec.section('?', 0, 0) == source;
            });
        if (latest != profiles.crend())
            reports.append(*latest);
    }
    QStringList specs;
    for (const auto& report : reports)
        specs.append(report.spec);
    const auto colors = source_colors(specs);
    for (int i = 0; i < reports.size(); ++i)
        reports[i].usage.color = reports[i].balance.color = colors[i];
    return reports;
}

void CalibrationPage::refresh() {
    QVector<UsageSeries> sources;
    QVector<BalanceRow> rows;
    QStringList names;
    for (const auto& report : shown()) {
        sources.append(report.usage);
        rows.append(report.balance);
        names.append(report.usage.name);
    }
    histogram_->set_sources(sources);
    lorenz_->set_sources(sources);
    alike_.set_sources(sources);
    top_tokens_->set_profiles(shown());
    balance_.set_rows(rows);
    const QString before = map_source_->currentText();
    {
        const QSignalBlocker quiet(map_source_);
        map_source_->clear();
        map_source_->addItems(names);
        map_source_->setCurrentIndex(std::max(0, int(names.indexOf(before))));
        map_source_->setVisible(names.size() > 1);
    }
    for (QWidget* control : std::initializer_list<QWidget*>{order_, arrangement_, measure_})
        control->setVisible(!names.isEmpty());
    show_lines();
    show_map();
    show_selection();
}

void CalibrationPage::show_lines() {
    const int measure = measure_->currentIndex();
    QVector<LineSeries> lines;
    for (const auto& report : shown())
        lines.append({report.usage.name, report.usage.color, report.layers,
                      measure == 0   ? report.cv
                      : measure == 1 ? report.std_percent
                                     : report.std_share});
    lines_->set_lines(lines, measure == 0   ? tr("Coefficient of variation")
                             : measure == 1 ? tr("STD of shares (percentage points)")
                                            : tr("STD of shares (fraction)"));
    lines_->select_layer(workbench_.layer());
}

void CalibrationPage::show_map() {
    QVector<CellMap> maps;
    for (const auto& report : shown())
        maps.append(share_map(report.usage));
    map_->set_map(maps.value(std::max(0, map_source_->currentIndex())), common_range(maps));
    map_->select_cell(workbench_.layer(), workbench_.expert());
}

void CalibrationPage::show_selection() {
    if (histogram_->layer() != workbench_.layer())
        histogram_->set_layer(workbench_.layer());
    histogram_->select_expert(workbench_.expert());
    lorenz_->set_layer(workbench_.layer());
    lorenz_->select_expert(workbench_.expert());
    lines_->select_layer(workbench_.layer());
    map_->select_cell(workbench_.layer(), workbench_.expert());
}

} // namespace moequant
