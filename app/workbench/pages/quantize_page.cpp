#include "app/workbench/pages/quantize_page.h"

#include "app/workbench/frame/run_strip.h"
#include "app/workbench/learn/topics.h"
#include "app/workbench/pages/run_view.h"
#include "widgets/action_rows.h"

#include <QAction>
#include <QDir>
#include <QFileInfo>
#include <QSplitter>
#include <QStorageInfo>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

using nlohmann::json;

double number(const json& object, const char* name) {
    return object.contains(name) && object[name].is_number() ? object[name].get<double>() : no_value;
}

std::string rate_key(const Job& job) {
    return job.options.value("method", "gptq") + "@" + job.options.value("device", "auto");
}

} // namespace

QuantizePage::QuantizePage(Workbench& workbench, QWidget* parent)
    : Page(workbench, tr("What will happen, what is happening?"), parent) {
    auto* action = make_main_action(tr("Quantize"), tr("Quantize the open model with these settings"));
    connect(action, &QAction::triggered, this, &QuantizePage::start);
    verdict_ = new VerdictCard(tr("The check before the run"));
    verdict_->set_empty(tr("Says what the run needs and what loads its result, once a model is open."));
    verdict_->set_explanation(explanation("verdict"));
    queue_ = new ActionRows(tr("Running and waiting"));
    interrupted_ = new ActionRows(tr("Interrupted quantizations"));
    for (auto* card : {queue_, interrupted_})
        card->set_explanation(explanation("queue"));
    run_ = new RunView(workbench_, action);
    tabs_ = new QTabWidget;
    tabs_->setDocumentMode(true);
    tabs_->setAccessibleName(tr("Before and during the run"));
    tabs_->tabBar()->setAccessibleName(tr("Before and during the run"));
    tabs_->addTab(verdict_, tr("Before the run"));
    tabs_->addTab(run_, tr("The run"));
    tabs_->setTabToolTip(0, tr("What these settings need and what loads the result"));
    tabs_->setTabToolTip(1, tr("The quantization that goes on, or the last one"));

    auto* right = new QWidget;
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(tabs_, 1);
    column->addWidget(queue_);
    column->addWidget(interrupted_);
    auto* both = new QSplitter(Qt::Horizontal);
    form_ = new QuantizeForm(workbench_, button_for(action, true));
    both->addWidget(form_);
    both->addWidget(right);
    both->setStretchFactor(0, 0);
    both->setStretchFactor(1, 1);
    both->setSizes({310, 650});
    both->setChildrenCollapsible(false);
    body()->addWidget(both);

    soon_.setSingleShot(true);
    soon_.setInterval(30);
    connect(&soon_, &QTimer::timeout, this, &QuantizePage::show_verdict);
    const auto later = [this] { soon_.start(); };
    connect(run_, &RunView::message, this, &Page::tell);
    connect(verdict_, &VerdictCard::message, this, &Page::tell);
    connect(form_, &QuantizeForm::changed, this, later);
    connect(&workbench_, &Workbench::model_changed, this, later);
    connect(&workbench_, &Workbench::profiles_changed, this, later);
    connect(&workbench_, &Workbench::model_changed, this, &QuantizePage::show_interrupted);
    connect(&workbench_, &Workbench::quantization_changed, this, [this] {
        if (const auto* quantization = workbench_.quantization(); quantization && !quantization->finished)
            tabs_->setCurrentWidget(run_);
    });
    connect(&workbench_, &Workbench::job_finished, this, [this](const ActiveJob& job, const json& result) {
        if (job.job.kind == "quantize")
            take_result(job, result);
    });
    connect(&workbench_, &Workbench::job_failed, this,
            [this](const ActiveJob& job, const RequestFailure& failure) {
                if (job.job.kind == "quantize")
                    show_failure(job, failure);
            });
    connect(&workbench_, &Workbench::jobs_changed, this, &QuantizePage::show_queue);
    connect(&workbench_, &Workbench::jobs_changed, this, &QuantizePage::show_interrupted);
    connect(&workbench_.runs(), &RunLibrary::changed, this, &QuantizePage::show_interrupted);
    connect(queue_, &ActionRows::triggered, this, [this](const QString& key) {
        const auto& jobs = workbench_.jobs();
        const auto job = std::find_if(jobs.begin(), jobs.end(),
                                      [&](const ActiveJob& other) { return other.id == key.toLongLong(); });
        if (job != jobs.end())
            workbench_.stop_job(job->id, job->accepted);
    });
    connect(interrupted_, &ActionRows::triggered, this, &QuantizePage::resume);
    show_verdict();
    show_queue();
    show_interrupted();
}

void QuantizePage::start() {
    if (!workbench_.inspection().is_object())
        return tell(tr("Open a model first"), true);
    messages().hide();
    form_->remember();
    start_job(form_->job());
}

void QuantizePage::start_job(const Job& job) {
    workbench_.run(job, tr("Quantizing %1").arg(quantization_name(job)));
}

void QuantizePage::resume(const QString& folder) {
    const auto* run = workbench_.runs().run(folder);
    if (!run || !run->read)
        return;
    Job job = run->job;
    job.run = folder.toStdString();
    messages().hide();
    start_job(job);
}

void QuantizePage::take_result(const ActiveJob& job, const json& result) {
    const double before = number(result, "bytes_before"), after = number(result, "bytes_after"),
                 seconds = number(result, "seconds"), weights = number(workbench_.inspection(), "parameters");
    if (seconds > 0 && weights > 0 && !job.job.run) { // a resumed run had some layers before
        json rates = workbench_.settings().form("rates");
        const double tokens = number(result, "tokens");
        double passes = 1;
        if (job.job.options.contains("average_bits") && job.job.options["average_bits"].is_number())
            passes += double(job.job.options.value("bit_choices", json::array({2, 3, 4, 8})).size());
        rates[rate_key(job.job)] = {{"weights", weights * passes / seconds},
                                    {"tokens", std::isfinite(tokens) ? tokens : 0}};
        workbench_.settings().set_form("rates", rates);
        soon_.start();
    }
    QString text = tr("%1: done in %2").arg(quantization_name(job.job), duration_text(seconds));
    if (before > 0 && after > 0)
        text += tr(", %1 instead of %2 (%3 %)")
                    .arg(bytes_text(after), bytes_text(before))
                    .arg(100 * after / before, 0, 'f', 0);
    if (result.value("verified", json()) == true)
        text += tr(", read back and verified");
    messages().show_action(text, MessageBar::Tone::Note, tr("Show errors"),
                           [this] { Q_EMIT errors_asked(); });
}

MeasuredRate QuantizePage::measured_rate(const Job& job) const {
    const json rates = workbench_.settings().form("rates");
    const auto found = rates.find(rate_key(job));
    if (found == rates.end() || !found->is_object())
        return {};
    const double weights = number(*found, "weights"), tokens = number(*found, "tokens");
    return {weights > 0 ? weights : 0, tokens > 0 ? tokens : 0};
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
    const auto lines =
        quantize_verdict({workbench_.inspection(), job, double(form_->tokens()), profile, free_memory(),
                          double(std::max<qint64>(0, disk.bytesAvailable())), measured_rate(job)});
    verdict_->set_lines(lines);
    verdict_->set_title(verdict_title(lines));
}

void QuantizePage::show_queue() {
    QVector<ActionRow> rows;
    for (const ActiveJob& job : workbench_.jobs())
        if (job.job.kind == "quantize")
            rows.append(
                job.accepted
                    ? ActionRow{QString::number(job.id), tr("%1, running").arg(quantization_name(job.job)),
                                tr("Stop"), tr("Stop after the layer in work; the run can be resumed")}
                    : ActionRow{QString::number(job.id), tr("%1, waiting").arg(quantization_name(job.job)),
                                tr("Remove"), tr("Take this run out of the queue")});
    main_action()->setText(rows.isEmpty() ? tr("Quantize") : tr("Add to the queue"));
    queue_->set_rows(rows);
}

void QuantizePage::show_interrupted() {
    QVector<ActionRow> rows;
    for (const auto* run : workbench_.runs().runs_of(QStringLiteral("quantize"), RunState::Interrupted)) {
        const auto& jobs = workbench_.jobs();
        const bool working = std::any_of(jobs.begin(), jobs.end(), [&](const ActiveJob& job) {
            return job.run == run->folder || (job.job.run && *job.job.run == run->folder.toStdString());
        });
        if (!run->read || working)
            continue;
        const QString model = run->model == u"sample" ? tr("sample model") : QFileInfo(run->model).fileName();
        rows.append(
            {run->folder,
             tr("%1 of %2, %3")
                 .arg(quantization_name(run->job), model, QString(run->time).replace('T', ' ').left(16)),
             tr("Resume"), tr("Go on where this run stopped: %1").arg(run->folder)});
    }
    interrupted_->set_rows(rows);
}

} // namespace moequant
