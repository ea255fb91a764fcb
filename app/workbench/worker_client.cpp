#include "app/workbench/worker_client.h"

#include "core/job/worker_protocol.h"

#include <QCoreApplication>

#include <cstring>

namespace moequant {
namespace {

using nlohmann::json;

// Lines are taken in slices of this many milliseconds, so that painting and input come in between.
constexpr qint64 slice_ms = 8;
constexpr qint64 quick_death_ms = 30000;
constexpr int most_quick_deaths = 3;

QString text_of(const json& line, const char* name) {
    return line.contains(name) && line[name].is_string()
               ? QString::fromStdString(line[name].get<std::string>())
               : QString();
}

// The devices of a hello, whether a list of names or of objects with a name; the last one is the most
// capable.
QString device_of(const json& hello) {
    if (!hello.contains("devices") || !hello["devices"].is_array() || hello["devices"].empty())
        return {};
    const json& device = hello["devices"].back();
    if (device.is_string())
        return QString::fromStdString(device.get<std::string>());
    for (const char* name : {"device", "id", "name"})
        if (device.is_object() && device.contains(name) && device[name].is_string())
            return QString::fromStdString(device[name].get<std::string>());
    return {};
}

} // namespace

WorkerCommand WorkerCommand::local() {
    return {QCoreApplication::applicationDirPath() + QStringLiteral("/moequant"), {QStringLiteral("worker")}};
}

WorkerClient::WorkerClient(WorkerCommand command, QObject* parent)
    : QObject(parent), command_(std::move(command)) {
    work_timer_.setInterval(0);
    hello_timer_.setInterval(20000);
    restart_timer_.setInterval(500);
    hello_timer_.setSingleShot(true);
    restart_timer_.setSingleShot(true);
    connect(&work_timer_, &QTimer::timeout, this, &WorkerClient::take_lines);
    connect(&restart_timer_, &QTimer::timeout, this, &WorkerClient::start);
    connect(&hello_timer_, &QTimer::timeout, this, [this] {
        const QString said = QString::fromUtf8(before_hello_ + errors_).trimmed();
        give_up(said.isEmpty()
                    ? tr("The worker did not answer within %1 s").arg(hello_timer_.interval() / 1000)
                    : tr("The worker did not answer; it said: %1").arg(said.left(500)));
    });
}

WorkerClient::~WorkerClient() {
    closing_ = true;
    if (!process_)
        return;
    process_->disconnect(this);
    process_->closeWriteChannel(); // end of stdin: it writes its state and leaves
    if (!process_->waitForFinished(1500)) {
        process_->terminate();
        if (!process_->waitForFinished(1000))
            process_->kill();
        process_->waitForFinished(1000);
    }
}

void WorkerClient::start() {
    if (state_ == State::Starting || state_ == State::Ready)
        return;
    if (process_) {
        process_->disconnect(this);
        process_->deleteLater();
    }
    buffer_.clear();
    errors_.clear();
    before_hello_.clear();
    ended_.clear();
    at_ = 0;
    skipping_ = hello_ = false;
    process_ = new QProcess(this);
    connect(process_, &QProcess::readyReadStandardOutput, this, &WorkerClient::read_output);
    connect(process_, &QProcess::readyReadStandardError, this, &WorkerClient::read_errors);
    connect(process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            give_up(
                tr("The worker could not be started: %1: %2").arg(command_.program, process_->errorString()));
    });
    connect(process_, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        read_output();
        read_errors();
        const QString how =
            status == QProcess::CrashExit ? tr("was killed or crashed") : tr("ended with code %1").arg(code);
        const QString said = QString::fromUtf8(errors_).trimmed().section('\n', -1);
        ended_ =
            said.isEmpty() ? tr("The worker %1").arg(how) : tr("The worker %1: %2").arg(how, said.left(300));
        work_timer_.start(); // what it still said counts
    });
    uptime_.start();
    set_state(State::Starting);
    // Threads that wait by spinning would take the window's own processor time (docs/determinism.md).
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (!environment.contains("OMP_WAIT_POLICY"))
        environment.insert("OMP_WAIT_POLICY", "passive");
    process_->setProcessEnvironment(environment);
    process_->start(command_.program, command_.arguments);
    send(to_line({{"id", 0}, {"do", "hello"}, {"protocol", protocol_version}}));
    hello_timer_.start();
}

void WorkerClient::use(const WorkerCommand& command) {
    command_ = command;
    restart_timer_.stop();
    hello_timer_.stop();
    work_timer_.stop();
    quick_deaths_ = 0;
    if (process_) {
        process_->disconnect(this);
        connect(process_, &QProcess::finished, process_, &QObject::deleteLater);
        process_->closeWriteChannel();
        if (process_->state() == QProcess::NotRunning)
            process_->deleteLater();
        process_ = nullptr;
    }
    hello_ = false;
    device_.clear();
    set_state(State::Stopped);
    fail_all(tr("Another worker was chosen"));
    start();
}

qint64 WorkerClient::run(const json& job, const std::vector<std::string>& events) {
    json line = {{"do", "run"}, {"job", job}};
    if (!events.empty())
        line["events"] = events;
    return request(std::move(line));
}

qint64 WorkerClient::request(json line, Answer answer) {
    const qint64 id = next_id_++;
    line["id"] = id;
    requests_[id] = {to_line(line), {}, std::move(answer)};
    if (hello_)
        send_waiting();
    return id;
}

void WorkerClient::cancel(qint64 id, bool after_layer) {
    const auto found = requests_.find(id);
    if (found == requests_.end())
        return;
    if (!found->second.line.empty()) { // never sent
        requests_.erase(found);
        Q_EMIT failed(id, {QStringLiteral("cancelled"), tr("cancelled"), {}, {}});
        return;
    }
    send(to_line({{"id", id}, {"do", "cancel"}, {"when", after_layer ? "layer" : "now"}}));
}

void WorkerClient::drop_model() {
    if (hello_)
        send(to_line({{"id", next_id_++}, {"do", "drop-model"}}));
}

void WorkerClient::send(const std::string& line) {
    if (!process_)
        return;
    process_->write(line.data(), qint64(line.size()));
    process_->write("\n", 1);
}

void WorkerClient::send_waiting() {
    for (auto& [id, request] : requests_)
        if (!request.line.empty()) {
            send(request.line);
            request.line.clear();
        }
}

void WorkerClient::read_output() {
    buffer_ += process_->readAllStandardOutput();
    if (!buffer_.isEmpty())
        work_timer_.start();
}

void WorkerClient::read_errors() {
    errors_ += process_->readAllStandardError();
    qsizetype begin = 0;
    for (qsizetype end; (end = errors_.indexOf('\n', begin)) >= 0; begin = end + 1)
        Q_EMIT log(QString::fromUtf8(errors_.mid(begin, end - begin)), false);
    errors_.remove(0, qMax(qsizetype(0), begin - 4096)); // the last lines tell why it died
}

void WorkerClient::take_lines() {
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < slice_ms) {
        const qsizetype end = buffer_.indexOf('\n', at_);
        if (end < 0) {
            buffer_.remove(0, at_);
            at_ = 0;
            if (buffer_.size() > qsizetype(line_limit)) {
                if (!skipping_)
                    Q_EMIT log(tr("A line of the worker was longer than 1 MiB and was left out"), true);
                skipping_ = true;
                buffer_.clear();
            }
            work_timer_.stop();
            if (!ended_.isEmpty())
                give_up(ended_);
            return;
        }
        const char* begin = buffer_.constData() + at_;
        const std::size_t size = std::size_t(end - at_);
        at_ = end + 1;
        if (skipping_) // the tail of a line that was too long
            skipping_ = false;
        else if (size > line_limit)
            Q_EMIT log(tr("A line of the worker was longer than 1 MiB and was left out"), true);
        else if (size > 0)
            take_line(begin, size);
        if (at_ > (qsizetype(1) << 20)) {
            buffer_.remove(0, at_);
            at_ = 0;
        }
    }
}

void WorkerClient::take_line(const char* begin, std::size_t size) {
    const json line = json::parse(begin, begin + size, nullptr, false);
    if (line.is_discarded() || !line.is_object() || !line.contains("event") || !line["event"].is_string()) {
        const QString text = QString::fromUtf8(begin, qsizetype(std::min<std::size_t>(size, 300)));
        if (!hello_)
            before_hello_ += QByteArray(begin, qsizetype(size)) + '\n';
        Q_EMIT log(hello_ ? tr("Not a message of the worker: %1").arg(text) : text, hello_);
        return;
    }
    const QString name = text_of(line, "event");
    if (name == "hello")
        return take_hello(line);
    const qint64 id = line.contains("id") && line["id"].is_number_integer() ? line["id"].get<qint64>() : -1;
    const auto found = requests_.find(id);
    if (found == requests_.end()) {
        if (name == "failed" || name == "warning")
            Q_EMIT log(text_of(line, "text"), true);
        return;
    }
    if (found->second.answer) {
        if (name != "result" && name != "failed")
            return;
        const Answer answer = std::move(found->second.answer);
        requests_.erase(found);
        return answer(line.contains("result") ? line["result"] : json(),
                      name == "failed" ? text_of(line, "text") : QString());
    }
    if (name == "accepted") {
        found->second.run = text_of(line, "run");
        Q_EMIT accepted(id, line.contains("job") ? line["job"] : json(), found->second.run);
    } else if (name == "result") {
        take_result(id, line);
    } else if (name == "failed") {
        const RequestFailure failure{text_of(line, "code"), text_of(line, "text"), text_of(line, "file"),
                                     found->second.run};
        requests_.erase(found);
        Q_EMIT failed(id, failure);
    } else {
        if (name == "warning")
            Q_EMIT log(text_of(line, "text"), true);
        Q_EMIT event_came(id, name, line);
    }
}

void WorkerClient::take_hello(const json& line) {
    if (hello_)
        return;
    const int theirs = protocol_major(line.value("protocol", json())),
              ours = protocol_major(protocol_version);
    if (theirs != ours) {
        quick_deaths_ = most_quick_deaths; // starting it again would not help
        return give_up(theirs > ours ? tr("The worker speaks a newer protocol: update this window")
                                     : tr("The worker speaks an older protocol: update the worker"));
    }
    hello_ = true;
    hello_timer_.stop();
    device_ = device_of(line);
    set_state(State::Ready);
    send_waiting();
}

void WorkerClient::take_result(qint64 id, const json& line) {
    if (line.contains("result")) {
        requests_.erase(id);
        Q_EMIT finished(id, line["result"]);
    } else {
        read_result_file(id, text_of(line, "path"), 50);
    }
}

void WorkerClient::give_up(const QString& text) {
    if (closing_ || state_ == State::Lost || state_ == State::Stopped)
        return;
    hello_timer_.stop();
    work_timer_.stop();
    quick_deaths_ = uptime_.elapsed() < quick_death_ms ? quick_deaths_ + 1 : 1;
    const bool again = quick_deaths_ < most_quick_deaths && process_->error() != QProcess::FailedToStart;
    process_->disconnect(this);
    if (process_->state() != QProcess::NotRunning)
        process_->kill();
    hello_ = false;
    set_state(State::Lost);
    fail_all(text);
    Q_EMIT lost(text, again);
    if (again)
        restart_timer_.start();
}

void WorkerClient::fail_all(const QString& text) {
    const auto requests = std::move(requests_);
    requests_.clear();
    for (const auto& [id, request] : requests)
        if (request.answer)
            request.answer(json(), text);
        else
            Q_EMIT failed(id, {QStringLiteral("lost"), text, {}, request.run});
}

void WorkerClient::set_state(State state) {
    if (state_ == state)
        return;
    state_ = state;
    Q_EMIT state_changed();
}

} // namespace moequant
