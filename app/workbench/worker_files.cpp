// The client's reading of run folders: straight from the disk where the worker is beside this program,
// through its `read` requests elsewhere.
#include "app/workbench/worker_client.h"
#include "core/job/worker_protocol.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QPointer>
#include <QThreadPool>

#include <algorithm>

namespace moequant {
namespace {

using nlohmann::json;

constexpr qint64 most_bytes = qint64(1) << 30;

/// Runs `work` in a thread of the pool and `deliver` with what it gave on the window's thread.
template <typename Work, typename Deliver>
void in_background(Work work, Deliver deliver) {
    QThreadPool::globalInstance()->start([work, deliver] {
        auto outcome = work();
        QMetaObject::invokeMethod(
            QCoreApplication::instance(), [deliver, outcome] { deliver(outcome); }, Qt::QueuedConnection);
    });
}

struct FileBytes {
    QByteArray bytes;
    QString fault;
};

FileBytes read_disk(const QString& path, qint64 last) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {{}, QStringLiteral("%1: %2").arg(path, file.errorString())};
    if (last > 0 && file.size() > last)
        file.seek(file.size() - last);
    if (file.size() - file.pos() > most_bytes)
        return {{}, WorkerClient::tr("%1: larger than 1 GiB").arg(path)};
    return {file.readAll(), {}};
}

} // namespace

/// A file that comes in parts.
struct WorkerClient::Reading {
    QString path;
    qint64 last = 0, offset = 0;
    bool placed = false; ///< `offset` was moved for `last`
    QByteArray bytes;
    QPointer<QObject> context;
    Bytes answer;
    void end(const QString& fault) const {
        if (context)
            answer(fault.isEmpty() ? bytes : QByteArray(), fault);
    }
};

void WorkerClient::list_runs(const QString& folder, QObject* context, Answer answer) {
    json line = {{"do", "runs"}};
    if (!folder.isEmpty())
        line["folder"] = folder.toStdString();
    request(std::move(line),
            [guard = QPointer<QObject>(context), answer](const json& result, const QString& fault) {
                if (guard)
                    answer(result, fault);
            });
}

void WorkerClient::read_file(const QString& path, qint64 last, QObject* context, Bytes answer) {
    if (local()) {
        in_background([path, last] { return read_disk(path, last); },
                      [guard = QPointer<QObject>(context), answer](const FileBytes& file) {
                          if (guard)
                              answer(file.bytes, file.fault);
                      });
        return;
    }
    auto reading = std::make_shared<Reading>();
    reading->path = path;
    reading->last = last;
    reading->placed = last <= 0;
    reading->context = context;
    reading->answer = std::move(answer);
    read_part(reading);
}

void WorkerClient::read_part(const std::shared_ptr<Reading>& reading) {
    // The first part of a tail asks for the size alone.
    const qint64 bytes = reading->placed ? read_limit : 1;
    request({{"do", "read"},
             {"path", reading->path.toStdString()},
             {"offset", reading->offset},
             {"bytes", bytes}},
            [this, reading](const json& result, const QString& fault) {
                if (!reading->context)
                    return;
                if (!fault.isEmpty())
                    return reading->end(fault);
                if (!result.is_object() || !result.contains("size") || !result["size"].is_number_integer() ||
                    !result.contains("data") || !result["data"].is_string())
                    return reading->end(tr("%1: the worker answered something else").arg(reading->path));
                const auto size = result["size"].get<qint64>();
                if (size > most_bytes)
                    return reading->end(tr("%1: larger than 1 GiB").arg(reading->path));
                if (!reading->placed) {
                    reading->placed = true;
                    reading->offset = std::max<qint64>(0, size - reading->last);
                    return read_part(reading);
                }
                const QByteArray part =
                    QByteArray::fromBase64(QByteArray::fromStdString(result["data"].get<std::string>()));
                reading->bytes += part;
                reading->offset += part.size();
                if (part.isEmpty() || reading->offset >= size)
                    return reading->end({});
                read_part(reading);
            });
}

// A result too long for a line lies in the run folder; it appears there a moment after the event. Parsed in a
// thread of the pool, since it may be large.
void WorkerClient::read_result_file(qint64 id, const QString& path, int tries) {
    read_file(path, 0, this, [this, id, path, tries](const QByteArray& bytes, const QString& fault) {
        if (!fault.isEmpty() && tries > 0) {
            QTimer::singleShot(100, this, [=, this] { read_result_file(id, path, tries - 1); });
            return;
        }
        const QPointer<WorkerClient> self(this);
        in_background(
            [bytes] {
                return std::make_shared<json>(json::parse(bytes.cbegin(), bytes.cend(), nullptr, false));
            },
            [self, id, path, fault](const std::shared_ptr<json>& result) {
                if (!self || self->requests_.erase(id) == 0)
                    return;
                if (fault.isEmpty() && !result->is_discarded())
                    Q_EMIT self->finished(id, *result);
                else
                    Q_EMIT self->failed(id,
                                        {QStringLiteral("run"),
                                         fault.isEmpty() ? tr("%1: not a JSON document").arg(path) : fault,
                                         path,
                                         {}});
            });
    });
}

} // namespace moequant
