#include "app/workbench/workbench.h"

#include "core/job/error.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <QPointer>
#include <QThreadPool>

#include <algorithm>

namespace moequant {
namespace {

using nlohmann::json;

double number_or(const json& object, const char* name, double otherwise) {
    return object.is_object() && object.contains(name) && object[name].is_number()
               ? object[name].get<double>()
               : otherwise;
}

QString count_text(double value) {
    const QLocale locale(QLocale::English);
    if (value >= 1e9)
        return locale.toString(value / 1e9, 'f', 1) + QStringLiteral(" B");
    return value >= 1e6 ? locale.toString(value / 1e6, 'f', 1) + QStringLiteral(" M")
                        : locale.toString(qint64(value));
}

} // namespace

QString quantization_name(const Job& job) {
    const json& options = job.options;
    const auto text = [&](const char* key, const char* otherwise) {
        return QString::fromStdString(options.contains(key) && options[key].is_string()
                                          ? options[key].get<std::string>()
                                          : std::string(otherwise));
    };
    QString name = text("method", "gptq").toUpper();
    if (options.value("agq", json()) == true)
        name += QStringLiteral("+AGQ");
    if (options.value("rotate", json()) == true)
        name = Workbench::tr("rotated %1").arg(name);
    const double bits = number_or(options, "average_bits", number_or(options, "bits", 4));
    return Workbench::tr("%1 %2-bit").arg(name, QString::number(bits));
}

Workbench::Workbench(const WorkerCommand& worker, QObject* parent) : QObject(parent), worker_(worker) {
    connect(&worker_, &WorkerClient::accepted, this, [this](qint64 id, const json&, const QString& run) {
        for (ActiveJob& job : jobs_)
            if (job.id == id) {
                job.run = run;
                job.accepted = true;
                if (job.job.kind == "quantize")
                    start_quantization(quantization_name(job.job), run);
            }
        if (!run.isEmpty())
            runs_.refresh();
        Q_EMIT jobs_changed();
    });
    connect(&worker_, &WorkerClient::event_came, this, &Workbench::take_event);
    connect(&worker_, &WorkerClient::finished, this, [this](qint64 id, const json& result) {
        if (const auto job = take_job(id))
            take_result(*job, result);
        runs_.refresh();
        Q_EMIT jobs_changed();
    });
    connect(&worker_, &WorkerClient::failed, this, [this](qint64 id, const RequestFailure& failure) {
        if (const auto job = take_job(id)) {
            if (failure.code == "lost" && !failure.run.isEmpty()) {
                lost_ = job;
                lost_->run = failure.run;
            }
            if (id == partial_id_) { // half a profile is none
                profiles_.removeIf(
                    [this](const ProfileReport& report) { return report.spec == partial_.spec; });
                Q_EMIT profiles_changed();
            }
            Q_EMIT job_failed(*job, failure);
        }
        runs_.refresh();
        Q_EMIT jobs_changed();
    });
}

void Workbench::open_model(const QString& model) {
    model_ = model;
    inspection_ = json();
    profiles_.clear();
    quantization_.reset();
    layer_ = expert_ = -1;
    Q_EMIT model_changed();
    Q_EMIT profiles_changed();
    Q_EMIT quantization_changed();
    Q_EMIT selection_changed();
    Job job;
    job.kind = "inspect";
    job.model = model.toStdString();
    inspect_id_ = run(job, tr("Reading %1").arg(model_title()));
}

QString Workbench::model_title() const {
    return model_ == "sample" ? tr("Sample model") : QFileInfo(model_).fileName();
}

QVector<int> Workbench::moe_layers() const {
    QVector<int> layers;
    if (inspection_.is_object() && inspection_.contains("layers") && inspection_["layers"].is_array())
        for (const json& layer : inspection_["layers"])
            if (layer.is_object() && layer.value("moe", json()) == true)
                layers.append(int(number_or(layer, "index", 0)));
    return layers;
}

int Workbench::experts() const {
    int most = 0;
    if (inspection_.is_object() && inspection_.contains("layers") && inspection_["layers"].is_array())
        for (const json& layer : inspection_["layers"])
            if (layer.is_object() && layer.value("moe", json()) == true)
                most = std::max(most, int(number_or(layer, "experts", 0)));
    return most;
}

QString Workbench::model_summary() const {
    const auto layers = moe_layers();
    if (layers.isEmpty())
        return inspection_.is_object() ? tr("no MoE layer") : QString();
    int top_k = 0, shared = 0;
    for (const json& layer : inspection_["layers"]) {
        top_k = std::max(top_k, int(number_or(layer, "top_k", 0)));
        shared = std::max(shared, int(number_or(layer, "shared_experts", 0)));
    }
    QString text =
        (layers.size() == 1 ? tr("1 MoE layer") : tr("%1 MoE layers").arg(layers.size())) +
        QStringLiteral(" · ") +
        (shared > 0 ? tr("%1+%2 experts").arg(experts()).arg(shared) : tr("%1 experts").arg(experts())) +
        QStringLiteral(" · ") + tr("top-%1").arg(top_k);
    if (const double parameters = number_or(inspection_, "parameters", 0); parameters > 0)
        text += QStringLiteral(" · ") + count_text(parameters);
    return text;
}

void Workbench::select(int layer, int expert) {
    if (layer == layer_ && expert == expert_)
        return;
    layer_ = layer;
    expert_ = expert;
    Q_EMIT selection_changed();
}

qint64 Workbench::run(const Job& job, const QString& title, const std::vector<std::string>& events) {
    const qint64 id = worker_.run(to_json(job), events);
    jobs_.push_back({id, title, job, {}, false});
    Q_EMIT jobs_changed();
    return id;
}

void Workbench::stop(bool after_layer) {
    auto jobs = jobs_;
    std::reverse(jobs.begin(), jobs.end()); // those that wait first
    for (const auto& job : jobs)
        worker_.cancel(job.id, after_layer && job.accepted);
}

void Workbench::resume() {
    if (!lost_)
        return;
    ActiveJob job = *lost_;
    lost_.reset();
    job.job.run = job.run.toStdString();
    run(job.job, job.title);
}

std::optional<ActiveJob> Workbench::take_job(qint64 id) {
    const auto found =
        std::find_if(jobs_.begin(), jobs_.end(), [id](const ActiveJob& job) { return job.id == id; });
    if (found == jobs_.end())
        return {};
    const ActiveJob job = *found;
    jobs_.erase(found);
    return job;
}

void Workbench::take_event(qint64 id, const QString& name, const json& fields) {
    if (name == "linear" && quantization_ && !quantization_->finished) {
        try {
            const LinearRow row = read_linear(fields, QStringLiteral("worker"));
            quantization_->rows.append(row);
            quantization_->errors.add(row);
            Q_EMIT linear_added(row);
        } catch (const RequestError& error) {
            Q_EMIT worker_.log(QString::fromUtf8(error.what()), true);
        }
    }
    if (name == "usage")
        take_usage(id, fields);
    Q_EMIT job_event(id, name, fields);
}

// The pictures of a profile fill layer by layer; the result replaces what was put together here.
void Workbench::take_usage(qint64 id, const json& fields) {
    for (const ActiveJob& job : jobs_) {
        if (job.id != id || job.job.kind != "profile")
            continue;
        if (partial_id_ != id)
            partial_ = empty_profile(QString::fromStdString(job.job.corpus.front()));
        partial_id_ = id;
        try {
            add_usage(partial_, fields, job.title);
            put_profile(partial_);
        } catch (const RequestError& error) {
            Q_EMIT worker_.log(QString::fromUtf8(error.what()), true);
        }
        return;
    }
}

void Workbench::take_result(const ActiveJob& job, const json& result) {
    try {
        if (job.id == inspect_id_) {
            inspection_ = result;
            if (model_ != "sample")
                settings_.add_recent_model(model_);
            const auto layers = moe_layers();
            layer_ = layers.isEmpty() ? -1 : layers.first();
            Q_EMIT model_changed();
            Q_EMIT selection_changed();
        } else if (job.job.kind == "profile") {
            take_profile(job, result);
        } else if (job.job.kind == "quantize" && quantization_) {
            take_quantization(job, result);
        }
        Q_EMIT job_finished(job, result);
    } catch (const RequestError& error) {
        Q_EMIT job_failed(job, {QStringLiteral("run"), QString::fromUtf8(error.what()), {}, job.run});
    }
}

// The rows have come one by one, unless a resumed run had them before: then they are read from the result,
// beside the window's thread, as there may be many.
void Workbench::take_quantization(const ActiveJob& job, const json& result) {
    const bool all = result.is_object() && result.contains("linears") && result["linears"].is_array() &&
                     qsizetype(result["linears"].size()) == quantization_->rows.size();
    if (all) {
        quantization_->finished = true;
        Q_EMIT quantization_changed();
        return;
    }
    const QPointer<Workbench> self(this);
    const auto document = std::make_shared<const json>(result);
    Quantization whole{
        quantization_->name, job.run, {}, ErrorMap(moe_layers(), experts(), quantization_->name), true};
    QThreadPool::globalInstance()->start([self, document, whole = std::move(whole)]() mutable {
        QString fault;
        try {
            whole.rows = read_linears(*document, whole.folder);
            for (const auto& row : whole.rows)
                whole.errors.add(row);
        } catch (const RequestError& error) {
            fault = QString::fromUtf8(error.what());
        }
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, whole = std::move(whole), fault] {
                if (!self)
                    return;
                if (!fault.isEmpty()) {
                    Q_EMIT self->open_failed(fault);
                } else if (self->quantization_ && self->quantization_->folder == whole.folder) {
                    self->quantization_ = whole;
                    Q_EMIT self->quantization_changed();
                }
            },
            Qt::QueuedConnection);
    });
}

void Workbench::take_profile(const ActiveJob& job, const json& result) {
    ProfileReport report = read_profile(result, job.title);
    report.spec = QString::fromStdString(job.job.corpus.front()); // as asked, not as resolved
    report.run = job.run;
    put_profile(report);
}

void Workbench::put_profile(const ProfileReport& report) {
    const auto known = std::find_if(profiles_.begin(), profiles_.end(),
                                    [&](const ProfileReport& other) { return other.spec == report.spec; });
    if (known != profiles_.end())
        *known = report;
    else
        profiles_.append(report);
    Q_EMIT profiles_changed();
}

const ProfileReport* Workbench::profile(const QString& spec) const {
    for (const auto& report : profiles_)
        if (report.spec == spec)
            return &report;
    return nullptr;
}

void Workbench::start_quantization(const QString& name, const QString& folder) {
    quantization_ = Quantization{name, folder, {}, ErrorMap(moe_layers(), experts(), name), false};
    Q_EMIT quantization_changed();
}

void Workbench::open_quantization(const QString& folder) {
    if (!worker_.local() && !QFileInfo::exists(folder)) { // a run of the worker's machine
        runs_.read_linears(
            folder, this, [this, folder](const QVector<LinearRow>& rows, const QString& fault) {
                const QString name = QFileInfo(folder).fileName();
                const CellMap map = expert_errors(rows, name);
                if (map.layers.isEmpty())
                    return Q_EMIT open_failed(
                        fault.isEmpty() ? tr("%1: no expert's error is recorded in this run").arg(folder)
                                        : fault);
                quantization_ =
                    Quantization{name, folder, rows, ErrorMap(map.layers, map.experts, name), true};
                for (const LinearRow& row : rows)
                    quantization_->errors.add(row);
                Q_EMIT quantization_changed();
            });
        return;
    }
    const QPointer<Workbench> self(this);
    const auto deliver = [](auto&& work) { // back on the window's thread
        QMetaObject::invokeMethod(QCoreApplication::instance(), std::forward<decltype(work)>(work),
                                  Qt::QueuedConnection);
    };
    QThreadPool::globalInstance()->start([self, folder, deliver] {
        const QString name = QFileInfo(folder).fileName();
        try {
            auto rows = read_linears(read_result(folder.toStdString()), folder);
            const CellMap map = expert_errors(rows, name);
            if (map.layers.isEmpty())
                throw RequestError(folder.toStdString(), "no expert's error is recorded in this run");
            Quantization opened{name, folder, std::move(rows), ErrorMap(map.layers, map.experts, name), true};
            for (const auto& row : opened.rows)
                opened.errors.add(row);
            deliver([self, opened] {
                if (!self)
                    return;
                self->quantization_ = opened;
                Q_EMIT self->quantization_changed();
            });
        } catch (const RequestError& error) {
            deliver([self, text = QString::fromUtf8(error.what())] {
                if (self)
                    Q_EMIT self->open_failed(text);
            });
        }
    });
}

} // namespace moequant
