#include "app/workbench/pages/compare_page.h"

#include "app/workbench/pages/evaluate_form.h"
#include "app/workbench/pages/metric_card.h"
#include "widgets/tables/data_table.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QMenu>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

namespace moequant {

ComparePage::ComparePage(Workbench& workbench, QAction* quantize, QWidget* parent)
    : Page(workbench, tr("Which one is better?"), parent),
      chart_(new MetricCard),
      form_(new EvaluateForm(workbench.settings())) {
    auto* evaluate =
        make_main_action(tr("Evaluate…"), tr("Measure perplexity and agreement of the chosen runs"));
    connect(evaluate, &QAction::triggered, this, [this] {
        if (form_->isVisibleTo(this))
            this->evaluate();
        form_->show();
        show_targets();
    });
    table_ = new DataTable(tr("Runs"), &model_);
    build_controls(quantize);
    build_menu();
    form_->hide();
    body()->addWidget(form_);
    auto* both = new QSplitter(Qt::Vertical);
    both->addWidget(table_);
    both->addWidget(chart_);
    both->setSizes({320, 280});
    both->setChildrenCollapsible(false);
    body()->addWidget(both, 1);

    connect(form_, &EvaluateForm::asked, this, &ComparePage::evaluate);
    connect(form_, &EvaluateForm::closed, form_, &QWidget::hide);
    connect(table_, &DataTable::message, this, &Page::tell);
    connect(chart_, &PlotView::message, this, &Page::tell);
    connect(table_->view()->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ComparePage::show_targets);
    connect(table_, &DataTable::row_selected, this, [this](int index) {
        if (index < int(rows_.size()))
            chart_->select_run(rows_[index].id);
    });
    connect(chart_, &MetricChart::run_selected, this, [this](const QString& id) {
        chart_->select_run(id);
        table_->select_row([&] {
            for (std::size_t i = 0; i < rows_.size(); ++i)
                if (rows_[i].id == id)
                    return int(i);
            return -1;
        }());
    });
    connect(&workbench_.runs(), &RunLibrary::changed, this, &ComparePage::rebuild);
    connect(&workbench_.runs(), &RunLibrary::failed, this, [this](const QString& text) {
        if (isVisible())
            tell(text, true);
    });
    connect(&workbench_, &Workbench::job_failed, this,
            [this](const ActiveJob& job, const RequestFailure& failure) {
                if (job.job.kind == "evaluate")
                    show_failure(job, failure);
            });
    connect(&workbench_.worker(), &WorkerClient::finished, this,
            [this](qint64 id, const nlohmann::json& result) {
                if (id != compare_id_)
                    return;
                intervals_ = read_intervals(result, rows_, baseline_);
                show_rows();
            });
    const auto saved = workbench_.settings().form("compare");
    for (const auto& key : saved.value("switched", nlohmann::json::array()))
        if (key.is_string())
            switched_.insert(QString::fromStdString(key.get<std::string>()));
    rebuild();
}

void ComparePage::build_controls(QAction* quantize) {
    group_ = new QComboBox;
    group_->addItem(tr("Models"), int(RunGroup::Quantized));
    group_->addItem(tr("Calibration sets"), int(RunGroup::Sets));
    group_->addItem(tr("Sweeps"), int(RunGroup::Sweeps));
    group_->addItem(tr("All runs"), int(RunGroup::All));
    group_->setAccessibleName(tr("Kind of run"));
    group_->setToolTip(tr("Which runs stand in the table"));
    filter_ = new QLineEdit;
    filter_->setPlaceholderText(tr("Filter"));
    filter_->setClearButtonEnabled(true);
    filter_->setAccessibleName(tr("Filter of the runs"));
    filter_->setToolTip(tr("Show the runs alone that have this text in any column"));
    auto* columns = new QToolButton;
    columns->setText(tr("Columns"));
    columns->setToolTip(tr("Choose what the table shows"));
    columns->setObjectName(QStringLiteral("columns"));
    columns->setPopupMode(QToolButton::InstantPopup);
    columns_menu_ = new QMenu(columns);
    columns->setMenu(columns_menu_);
    differences_ = new QComboBox;
    differences_->addItem(tr("Values"), int(Differences::None));
    differences_->addItem(tr("Values and differences"), int(Differences::Beside));
    differences_->addItem(tr("Differences"), int(Differences::Instead));
    differences_->setAccessibleName(tr("Values or differences"));
    differences_->setToolTip(tr("Show how far each run is from the baseline"));
    published_ = new QCheckBox(tr("&Published rows"));
    published_->setObjectName(QStringLiteral("published"));
    published_->setToolTip(
        tr("Add what papers state, in grey: for these models, or for all where none matches"));
    auto* row = add_controls();
    for (QWidget* widget :
         std::initializer_list<QWidget*>{group_, filter_, columns, differences_, published_})
        row->addWidget(widget, widget == filter_ ? 1 : 0);
    row->addWidget(button_for(main_action(), true));
    table_->set_sortable(true);
    table_->set_empty(
        tr("Sets runs side by side: perplexity, agreement, errors and size of every quantized model."),
        quantize);
    chart_->set_empty(tr("Shows a metric of the runs against a setting in which they differ."));
    table_->set_explanation(
        tr("<p>One row a quantized model with all its evaluations, or a calibration set, or a cell of a "
           "sweep. The "
           "best value of a column is bold.</p><p>Differences from the baseline are relative, of shares in "
           "points. "
           "Where both runs were measured on the same windows a 95 % interval is taken over the paired "
           "losses; ≈ says "
           "that it holds 0.</p><p>Rows with † are figures from papers, not measured here.</p>"));
    connect(group_, &QComboBox::activated, this, [this] {
        group_chosen_ = true;
        rebuild();
    });
    connect(filter_, &QLineEdit::textChanged, table_, &DataTable::set_filter);
    connect(differences_, &QComboBox::currentIndexChanged, this, [this] { rebuild(); });
    connect(published_, &QCheckBox::toggled, this, &ComparePage::rebuild);
}

void ComparePage::build_menu() {
    QMenu* menu = table_->table_menu();
    QAction* before = menu->actions().value(0);
    auto* baseline = new QAction(tr("Use as &baseline"), this);
    auto* errors = new QAction(tr("Show its &errors"), this);
    auto* path = new QAction(tr("Copy the run's &folder"), this);
    auto* refresh = new QAction(tr("&Refresh"), this);
    connect(baseline, &QAction::triggered, this, [this] {
        if (const ComparedRun* run = current())
            set_baseline(run->id == baseline_ && baseline_chosen_ ? QString() : run->id);
    });
    connect(errors, &QAction::triggered, this, [this] {
        if (const ComparedRun* run = current())
            Q_EMIT errors_asked(run->folder);
    });
    connect(path, &QAction::triggered, this, [this] {
        if (const ComparedRun* run = current())
            QApplication::clipboard()->setText(run->folder);
    });
    connect(refresh, &QAction::triggered, &workbench_.runs(), &RunLibrary::refresh);
    for (QAction* action : {baseline, errors, path, refresh})
        menu->insertAction(before, action);
    menu->insertSeparator(before);
    connect(menu, &QMenu::aboutToShow, this, [=, this] {
        const ComparedRun* run = current();
        baseline->setEnabled(run && !run->published);
        baseline->setText(run && run->id == baseline_ ? tr("No &baseline") : tr("Use as &baseline"));
        errors->setEnabled(run && workbench_.runs().errors_of(run->folder));
        path->setEnabled(run && !run->folder.isEmpty());
    });
}

void ComparePage::rebuild() {
    all_ = compared_runs(workbench_.runs().runs());
    const auto any_of = [this](RunGroup group) {
        return std::any_of(all_.begin(), all_.end(),
                           [&](const ComparedRun& run) { return run.group == group; });
    };
    if (!group_chosen_)
        for (const RunGroup group : {RunGroup::Quantized, RunGroup::Sets, RunGroup::Sweeps})
            if (any_of(group)) {
                group_->setCurrentIndex(group_->findData(int(group)));
                break;
            }
    const auto group = RunGroup(group_->currentData().toInt());
    rows_.clear();
    for (const ComparedRun& run : all_)
        if (group == RunGroup::All || run.group == group)
            rows_.push_back(run);
    if (published_->isChecked() && group != RunGroup::Sweeps) {
        auto published = published_for(rows_, false);
        if (published.empty())
            published = published_for(rows_, true);
        rows_.insert(rows_.end(), published.begin(), published.end());
    }
    if (!baseline_chosen_ || !row(baseline_)) {
        baseline_chosen_ = baseline_chosen_ && row(baseline_);
        baseline_.clear();
        if (differences_->currentIndex() > 0) { // the float model, else the oldest run
            for (const ComparedRun& run : rows_)
                if (run.reference && baseline_.isEmpty())
                    baseline_ = run.id;
            for (auto run = rows_.rbegin(); run != rows_.rend() && baseline_.isEmpty(); ++run)
                if (!run->published)
                    baseline_ = run->id;
        }
    }
    // The baseline is read first.
    const auto base = std::find_if(rows_.begin(), rows_.end(), [this](const ComparedRun& run) {
        return !baseline_.isEmpty() && run.id == baseline_;
    });
    if (base != rows_.end())
        std::rotate(rows_.begin(), base, base + 1);
    columns_ = fact_columns(rows_);
    fill_columns();
    show_rows();
    chart_->set_runs(rows_, columns_);
    ask_intervals();
}

bool ComparePage::shown(const FactColumn& column) const {
    const bool usual = column.usual && (!column.setting || column.varies || column.key == "method");
    return usual != switched_.contains(QString::fromStdString(column.key));
}

void ComparePage::show_rows() {
    QSet<QString> selected;
    for (const int index : table_->selected_rows())
        if (index < model_.rows().size())
            selected.insert(model_.rows()[index].id);
    std::vector<FactColumn> columns;
    QVector<ComparisonColumn> shown_columns;
    for (const FactColumn& column : columns_)
        if (shown(column)) {
            columns.push_back(column);
            shown_columns.append(column.shown);
        }
    model_.set_baseline(baseline_, Differences(differences_->currentData().toInt()));
    model_.set_rows(shown_columns, comparison_rows(rows_, columns, intervals_));
    for (int index = 0; index < model_.rows().size(); ++index)
        if (selected.contains(model_.rows()[index].id))
            table_->select_row(index, true);
    show_targets();
}

void ComparePage::fill_columns() {
    columns_menu_->clear();
    bool settings = true;
    for (const FactColumn& column : columns_) {
        if (settings && !column.setting)
            columns_menu_->addSeparator();
        settings = column.setting;
        const QString key = QString::fromStdString(column.key);
        QAction* action = columns_menu_->addAction(column.shown.title);
        action->setToolTip(column.shown.tip);
        action->setCheckable(true);
        action->setChecked(shown(column));
        connect(action, &QAction::toggled, this, [this, key] {
            if (!switched_.remove(key))
                switched_.insert(key);
            nlohmann::json switched = nlohmann::json::array();
            for (const QString& each : std::as_const(switched_))
                switched.push_back(each.toStdString());
            workbench_.settings().set_form("compare", {{"switched", switched}});
            show_rows();
        });
    }
}

// The command's comparison pairs the windows; it reads them where they lie.
void ComparePage::ask_intervals() {
    QStringList folders{baseline_};
    nlohmann::json runs = nlohmann::json::array();
    for (const ComparedRun& run : rows_)
        for (const QString& folder : run.evaluations) {
            folders.append(folder);
            runs.push_back(folder.toStdString());
        }
    if (folders == compared_ || baseline_.isEmpty() || runs.size() < 2)
        return;
    compared_ = folders;
    intervals_ = {};
    Job job;
    job.kind = "compare";
    job.options = {{"runs", runs}};
    compare_id_ = workbench_.worker().run(to_json(job));
}

const ComparedRun* ComparePage::row(const QString& id) const {
    for (const ComparedRun& run : rows_)
        if (run.id == id)
            return &run;
    return nullptr;
}

const ComparedRun* ComparePage::current() const {
    const auto selected = table_->selected_rows();
    return selected.isEmpty() || selected.first() >= int(rows_.size()) ? nullptr : &rows_[selected.first()];
}

void ComparePage::set_baseline(const QString& id) {
    baseline_ = id;
    baseline_chosen_ = !id.isEmpty();
    if (baseline_chosen_ && differences_->currentIndex() == 0)
        return differences_->setCurrentIndex(1); // rebuilds
    if (!baseline_chosen_ && differences_->currentIndex() != 0)
        return differences_->setCurrentIndex(0);
    rebuild();
}

void ComparePage::set_filter(const QString& text) {
    filter_->setText(text);
}

void ComparePage::set_differences(Differences differences) {
    differences_->setCurrentIndex(differences_->findData(int(differences)));
}

std::vector<const ComparedRun*> ComparePage::targets() const {
    std::vector<const ComparedRun*> chosen;
    for (const int index : table_->selected_rows())
        if (index < int(rows_.size()) && !rows_[index].checkpoint.isEmpty())
            chosen.push_back(&rows_[index]);
    return chosen;
}

void ComparePage::show_targets() {
    QStringList names;
    bool agrees = false;
    for (const ComparedRun* run : targets()) {
        names.append(run->name);
        agrees = agrees || run->model != run->checkpoint;
    }
    if (names.isEmpty() && !workbench_.model().isEmpty())
        names.append(workbench_.model_title());
    form_->set_targets(names, agrees);
}

std::vector<Job> ComparePage::jobs() const {
    std::vector<Job> jobs;
    if (!form_->isVisibleTo(this)) {
        Job job;
        job.kind = "compare";
        nlohmann::json runs = nlohmann::json::array();
        for (const ComparedRun& run : rows_)
            if (!run.published && run.group != RunGroup::Sweeps)
                for (const QString& folder : QStringList{run.folder} + run.evaluations)
                    if (std::find(runs.begin(), runs.end(), folder.toStdString()) == runs.end())
                        runs.push_back(folder.toStdString());
        if (runs.empty())
            return {};
        job.options = {{"runs", runs}};
        if (published_->isChecked())
            job.options["published"] = true;
        return {job};
    }
    const auto evaluation = [this](const QString& model, const QString& against) {
        Job job;
        job.kind = "evaluate";
        job.model = model.toStdString();
        for (const QString& spec : form_->specs())
            job.options["perplexity"].push_back(spec.toStdString());
        if (form_->against_float() && !against.isEmpty())
            job.options["against"] = against.toStdString();
        return job;
    };
    if (form_->specs().isEmpty())
        return {};
    for (const ComparedRun* run : targets())
        jobs.push_back(evaluation(run->checkpoint, run->model == run->checkpoint ? QString() : run->model));
    if (jobs.empty() && !workbench_.model().isEmpty())
        jobs.push_back(evaluation(workbench_.model(), {}));
    return jobs;
}

void ComparePage::evaluate() {
    for (const Job& job : jobs()) {
        QString name = QString::fromStdString(job.model);
        for (const ComparedRun& run : rows_)
            if (run.checkpoint == name && !run.checkpoint.isEmpty())
                name = run.name;
        workbench_.run(job,
                       tr("Evaluating %1").arg(name == workbench_.model() ? workbench_.model_title() : name));
    }
    form_->hide();
}

void ComparePage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    workbench_.runs().refresh();
}

} // namespace moequant
