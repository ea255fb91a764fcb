// `moequant worker` as its client sees it, over the scripted stages.
#pragma once
#include "core/job/worker_protocol.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace moequant {

using nlohmann::json;

/// A worker process and the lines it has sent.
class Client {
  public:
    explicit Client(const QString& home) {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("XDG_DATA_HOME", home);
        process_.setProcessEnvironment(environment);
        process_.start(SCRIPTED_MOEQUANT, {"worker"});
        process_.waitForStarted();
    }
    ~Client() {
        process_.kill();
        process_.waitForFinished();
    }
    void send(const QByteArray& line) { process_.write(line + "\n"); }
    void send(const json& request) { send(QByteArray::fromStdString(request.dump())); }
    void run(int id, const json& job, const json& more = json::object()) {
        json request = {{"id", id}, {"do", "run"}, {"job", job}};
        request.update(more);
        send(request);
    }
    /// The next line; null after `timeout` ms or at the end.
    json next(int timeout = 10000) {
        QElapsedTimer timer;
        timer.start();
        while (!process_.canReadLine())
            if (timer.elapsed() > timeout || !process_.waitForReadyRead(50))
                if (timer.elapsed() > timeout || process_.state() == QProcess::NotRunning) {
                    if (process_.canReadLine())
                        break;
                    return json();
                }
        const QByteArray line = process_.readLine();
        longest_ = std::max(longest_, line.size());
        return json::parse(line.toStdString());
    }
    /// Reads until an event of this name for this id comes; null when none does. Everything read is kept in
    /// `seen`.
    json until(const json& id, const std::string& name) {
        for (json line = next(); !line.is_null(); line = next()) {
            seen.push_back(line);
            if (line["id"] == id && line["event"] == name)
                return line;
        }
        return json();
    }
    /// Reads on to the `result` or `failed` of a request.
    json end_of(int id) {
        for (json line = next(); !line.is_null(); line = next()) {
            seen.push_back(line);
            if (line["id"] == id && (line["event"] == "result" || line["event"] == "failed"))
                return line;
        }
        return json();
    }
    /// Closes stdin and reads to the end; the exit code.
    int finish() {
        process_.closeWriteChannel();
        return wait();
    }
    int wait() {
        for (json line = next(); !line.is_null(); line = next())
            seen.push_back(line);
        process_.waitForFinished(10000);
        return process_.exitStatus() == QProcess::NormalExit ? process_.exitCode() : -1;
    }
    int count(const json& id, const std::string& name) const {
        int count = 0;
        for (const json& line : seen)
            count += line["id"] == id && line["event"] == name;
        return count;
    }
    QProcess& process() { return process_; }
    qint64 longest() const { return longest_; }
    std::vector<json> seen;

  private:
    QProcess process_;
    qint64 longest_ = 0;
};

/// A quantization of so many layers, each so many milliseconds long.
inline json layers_job(int layers, int milliseconds, const std::string& run, const std::string& model = "m") {
    return {{"kind", "quantize"},
            {"model", model},
            {"corpus", {"c4"}},
            {"run", run},
            {"options", {{"bits", layers}, {"group_size", milliseconds}}}};
}

/// A quantization whose every layer emits `linear` and then waits for open_gate.
inline json gated_job(int layers, const std::string& run) {
    return layers_job(layers, 1, run, "gated");
}
inline void open_gate(const std::string& run, int layer) {
    std::ofstream(run + "/go-" + std::to_string(layer)) << "go";
}

/// A folder for each test function: data of the worker, runs.
class WorkerTest : public QObject {
  protected:
    QString home() const { return folder_->filePath("data"); }
    std::string path(const char* name) const { return folder_->filePath(name).toStdString(); }
    void new_folder() { folder_ = std::make_unique<QTemporaryDir>(); }
    std::unique_ptr<QTemporaryDir> folder_;
};

} // namespace moequant
