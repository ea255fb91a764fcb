#include "app/workbench/run_library.h"

#include "core/job/error.h"
#include "widgets/colors.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPointer>

#include <algorithm>

namespace moequant {
namespace {

using nlohmann::json;

constexpr int most_at_once = 1;          ///< runs read at a time: a large result.json is tens of megabytes
constexpr qint64 events_tail = 64 << 10; ///< bytes in which a run's last event is looked for

QString text_of(const json& object, const char* name) {
    return object.is_object() && object.contains(name) && object[name].is_string()
               ? QString::fromStdString(object[name].get<std::string>())
               : QString();
}

QString option_text(const Job& job, const char* name) {
    const json value = job.options.value(name, json());
    if (value.is_string())
        return QString::fromStdString(value.get<std::string>());
    return value.is_number_float() ? QString::number(value.get<double>())
                                   : QString::fromStdString(value.dump());
}

QString first_source(const Job& job) {
    return job.corpus.empty() ? QString() : source_title(QString::fromStdString(job.corpus.front()));
}

} // namespace

QString LibraryRun::title() const {
    const QString model_name =
        model == "sample" ? RunLibrary::tr("sample model") : QFileInfo(model).fileName();
    if (!read || job.kind.empty())
        return name;
    if (job.kind == "quantize") {
        const QString method =
            option_text(job, "method").toUpper() +
            (job.options.value("agq", json()) == true ? QStringLiteral("+AGQ") : QString());
        const QString source = first_source(job);
        return RunLibrary::tr("%1 %2-bit").arg(method, option_text(job, "bits")) +
               (source.isEmpty() ? QString() : QStringLiteral(", ") + source);
    }
    if (job.kind == "sample")
        return RunLibrary::tr("EBSS τ %1, w %2").arg(option_text(job, "tau"), option_text(job, "width"));
    if (job.kind == "sweep")
        return RunLibrary::tr("EBSS sweep");
    if (job.kind == "profile")
        return RunLibrary::tr("Profile of %1").arg(first_source(job));
    if (job.kind == "hessian-lab")
        return RunLibrary::tr("Hessian lab, %1")
            .arg(first_source(job).isEmpty() ? model_name : first_source(job));
    if (job.kind == "evaluate")
        return RunLibrary::tr("Evaluation of %1").arg(model_name);
    return name;
}

QString LibraryRun::checkpoint() const {
    return job.output ? QString::fromStdString(*job.output) : folder + QStringLiteral("/checkpoint");
}

RunLibrary::RunLibrary(WorkerClient& worker, QObject* parent) : QObject(parent), worker_(worker) {
    pool_.setMaxThreadCount(most_at_once);
    for (QTimer* timer : {&ask_timer_, &change_timer_}) {
        timer->setSingleShot(true);
        timer->setInterval(100);
    }
    connect(&ask_timer_, &QTimer::timeout, this, &RunLibrary::ask);
    connect(&change_timer_, &QTimer::timeout, this, &RunLibrary::changed);
    connect(&worker_, &WorkerClient::state_changed, this, [this] {
        if (worker_.state() == WorkerClient::State::Ready)
            refresh();
    });
}

RunLibrary::~RunLibrary() {
    pool_.clear();
    pool_.waitForDone();
}

void RunLibrary::set_folder(const QString& folder) {
    folder_ = folder;
    runs_.clear();
    waiting_.clear();
    Q_EMIT changed();
    refresh();
}

void RunLibrary::refresh() {
    if (!ask_timer_.isActive())
        ask_timer_.start();
}

void RunLibrary::ask() {
    if (worker_.state() != WorkerClient::State::Ready)
        return;
    again_ = asked_;
    if (asked_)
        return;
    asked_ = true;
    worker_.list_runs(folder_, this, [this](const json& result, const QString& fault) {
        asked_ = false;
        if (again_)
            refresh();
        if (fault.isEmpty())
            take_list(result);
        else
            Q_EMIT failed(fault);
    });
}

void RunLibrary::take_list(const json& result) {
    std::vector<LibraryRun> runs;
    waiting_.clear();
    const json list = result.is_object() ? result.value("runs", json::array()) : json::array();
    for (const json& summary : list) {
        LibraryRun run;
        run.folder = text_of(summary, "folder");
        if (run.folder.isEmpty())
            continue;
        run.name = QFileInfo(run.folder).fileName();
        run.kind = text_of(summary, "kind");
        run.model = text_of(summary, "model");
        run.time = text_of(summary, "time");
        run.state = summary.value("running", json()) == true    ? RunState::Running
                    : summary.value("finished", json()) == true ? RunState::Finished
                                                                : RunState::Interrupted;
        const LibraryRun* known = this->run(run.folder);
        const bool ended_before = run.state == RunState::Interrupted && known &&
                                  (known->state == RunState::Failed || known->state == RunState::Interrupted);
        if (known && known->read && known->time == run.time && (known->state == run.state || ended_before))
            run = *known;
        else
            waiting_.append(run.folder);
        runs.push_back(std::move(run));
    }
    runs_ = std::move(runs);
    Q_EMIT changed();
    read_next();
}

void RunLibrary::read_next() {
    while (reading_ < most_at_once && !waiting_.isEmpty()) {
        ++reading_;
        read_run(waiting_.takeFirst());
    }
}

void RunLibrary::read_run(const QString& folder) {
    const LibraryRun* known = run(folder);
    if (!known) {
        --reading_;
        return;
    }
    LibraryRun run = *known;
    worker_.read_file(
        folder + "/job.json", 0, this, [this, run](const QByteArray& record, const QString& fault) {
            LibraryRun with_job = run;
            try {
                if (!fault.isEmpty())
                    throw RequestError(fault.toStdString());
                with_job.job = digest_job(record, (run.folder + "/job.json").toStdString());
            } catch (const std::exception& error) {
                with_job.fault = QString::fromUtf8(error.what());
                return take(std::move(with_job));
            }
            if (run.state == RunState::Running)
                return take(std::move(with_job));
            const bool finished = run.state == RunState::Finished;
            worker_.read_file(
                run.folder + (finished ? "/result.json" : "/events.jsonl"), finished ? 0 : events_tail, this,
                [this, with_job](const QByteArray& bytes, const QString& unread) {
                    parse([with_job, bytes, unread] {
                        LibraryRun whole = with_job;
                        if (whole.state != RunState::Finished) {
                            whole.fault = failure_in(bytes);
                            if (!whole.fault.isEmpty())
                                whole.state = RunState::Failed;
                            return whole;
                        }
                        try {
                            if (!unread.isEmpty())
                                throw RequestError(unread.toStdString());
                            whole.digest = digest_result(whole.job, bytes,
                                                         (whole.folder + "/result.json").toStdString());
                        } catch (const std::exception& error) {
                            whole.fault = QString::fromUtf8(error.what());
                        }
                        return whole;
                    });
                });
        });
}

void RunLibrary::parse(const std::function<LibraryRun()>& work) {
    const QPointer<RunLibrary> self(this);
    pool_.start([self, work] {
        auto run = std::make_shared<LibraryRun>(work());
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, run] {
                if (self)
                    self->take(std::move(*run));
            },
            Qt::QueuedConnection);
    });
}

void RunLibrary::take(LibraryRun run) {
    --reading_;
    run.read = true;
    if (LibraryRun* known = find(run.folder))
        *known = std::move(run);
    if (!change_timer_.isActive())
        change_timer_.start();
    read_next();
}

LibraryRun* RunLibrary::find(const QString& folder) {
    const auto found =
        std::find_if(runs_.begin(), runs_.end(), [&](const LibraryRun& run) { return run.folder == folder; });
    return found == runs_.end() ? nullptr : &*found;
}

const LibraryRun* RunLibrary::run(const QString& folder) const {
    return const_cast<RunLibrary*>(this)->find(folder);
}

std::vector<const LibraryRun*> RunLibrary::runs_of(const QString& kind, RunState state) const {
    std::vector<const LibraryRun*> found;
    for (const LibraryRun& run : runs_)
        if (run.state == state && (kind.isEmpty() || run.kind == kind))
            found.push_back(&run);
    return found;
}

std::shared_ptr<const ExpertMap> RunLibrary::errors_of(const QString& folder) const {
    const LibraryRun* found = run(folder);
    return found ? found->digest.errors : nullptr;
}

void RunLibrary::read_linears(const QString& folder, QObject* context, const Linears& answer) {
    const QString file = folder + QStringLiteral("/result.json");
    const QPointer<RunLibrary> self(this);
    const QPointer<QObject> guard(context);
    worker_.read_file(
        file, 0, this, [this, self, guard, file, answer](const QByteArray& bytes, const QString& unread) {
            pool_.start([self, guard, file, answer, bytes, unread] {
                auto rows = std::make_shared<QVector<LinearRow>>();
                QString fault = unread;
                try {
                    if (fault.isEmpty()) {
                        const json result = json::parse(bytes.cbegin(), bytes.cend(), nullptr, false);
                        if (result.is_discarded())
                            throw RequestError(file.toStdString(), "not a JSON document");
                        *rows = moequant::read_linears(result, file);
                    }
                } catch (const std::exception& error) {
                    fault = QString::fromUtf8(error.what());
                }
                QMetaObject::invokeMethod(
                    QCoreApplication::instance(),
                    [self, guard, answer, rows, fault] {
                        if (self && guard)
                            answer(*rows, fault);
                    },
                    Qt::QueuedConnection);
            });
        });
}

qint64 RunLibrary::bytes() const {
    qint64 sum = 0;
    for (const LibraryRun& run : runs_) {
        sum += qint64(sizeof run + run.job.options.size() * 128 + run.digest.facts.size() * sizeof(Fact));
        for (const auto& cell : run.digest.cells)
            sum += qint64(cell.size() * sizeof(Fact));
        if (run.digest.errors)
            sum += qint64(run.digest.errors->errors.size() + run.digest.errors->tokens.size()) *
                   qint64(sizeof(float));
    }
    return sum;
}

} // namespace moequant
