// What the worker answers: requests good and bad, events, results, limits of the lines.
#include "core/job/run_store.h"
#include "tests/command/worker_client.h"

#include <QFile>

#include <map>
#include <sys/wait.h>
#include <unistd.h>

using namespace moequant;
namespace fs = std::filesystem;

class TestWorker : public WorkerTest {
    Q_OBJECT
  private Q_SLOTS:
    void init() { new_folder(); }
    void hello();
    void malformed_lines();
    void long_line();
    void binary_noise();
    void refused_jobs();
    void failed_runs_data();
    void failed_runs();
    void a_run();
    void stored_result();
    void stdout_is_the_protocols();
    void events_on_request();
    void requests_in_order();
    void answers_while_running();
    void big_results();
    void slow_reader();
};

void TestWorker::hello() {
    Client client(home());
    client.send(json{{"id", 1}, {"do", "hello"}});
    const json hello = client.next();
    QVERIFY(hello["event"] == "hello");
    QVERIFY(hello["id"] == 1);
    QCOMPARE(protocol_major(hello["protocol"]), 1);
    QCOMPARE(hello["version"].get<std::string>(), std::string(MOEQUANT_VERSION));
    QVERIFY(hello["devices"][0]["name"] == "cpu");
    QVERIFY(hello.contains("seq") && hello.contains("t"));
    QVERIFY(client.end_of(1)["event"] == "result");
    QCOMPARE(client.finish(), 0);
}

void TestWorker::malformed_lines() {
    Client client(home());
    const std::vector<QByteArray> lines = {"nonsense",
                                           "{",
                                           "[]",
                                           "42",
                                           R"({"do":"hello"})",
                                           R"({"id":5,"do":"dance"})",
                                           R"({"id":6,"do":"read"})",
                                           R"({"id":7,"do":"run","job":{"kind":"x"}})"};
    for (const QByteArray& line : lines)
        client.send(line);
    client.send(QByteArray("   ")); // an empty line is nothing
    client.send(json{{"id", 9}, {"do", "hello"}});
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const json answer = client.next();
        QVERIFY2(answer["event"] == "failed" && answer["code"] == "request", answer.dump().c_str());
        QVERIFY(answer["id"] == (i < 5 ? json() : json(int(i))));
        QVERIFY(answer["text"].get<std::string>().size() > 3);
    }
    QVERIFY(client.next()["event"] == "hello"); // alive
    QCOMPARE(client.finish(), 0);
}

void TestWorker::long_line() {
    Client client(home());
    const QByteArray frame = R"({"id":1,"do":"hello","protocol":""})";
    client.send(QByteArray(3000000, 'x'));
    client.send(frame.left(frame.size() - 2) + QByteArray(int(line_limit) - frame.size(), 'x') +
                "\"}"); // just fits
    client.send(frame.left(frame.size() - 2) + QByteArray(int(line_limit) - frame.size() + 1, 'x') + "\"}");
    QVERIFY(client.next()["event"] == "failed");
    QVERIFY(client.next()["event"] == "hello");
    QVERIFY(client.next()["event"] == "result");
    QVERIFY(client.next()["event"] == "failed");
    QCOMPARE(client.finish(), 0);
}

void TestWorker::binary_noise() {
    Client client(home());
    QByteArray noise;
    std::uint64_t x = 88172645463325252ull;
    for (int i = 0; i < 200000; ++i) {
        x ^= x << 13, x ^= x >> 7, x ^= x << 17;
        noise += char(x);
    }
    client.send(noise);
    client.send(QByteArray(1000000, '['));
    client.send(R"({"id":1,"do":"run","job":)" + QByteArray(400000, '[') + QByteArray(400000, ']') + "}");
    client.send(json{{"id", 3}, {"do", "hello"}});
    const json hello = client.until(3, "hello");
    QVERIFY(!hello.is_null());
    for (std::size_t i = 0; i + 1 < client.seen.size(); ++i)
        QVERIFY(client.seen[i]["event"] == "failed");
    QCOMPARE(client.finish(), 0);
}

void TestWorker::refused_jobs() {
    Client client(home());
    client.run(1, {{"kind", "profile"}, {"model", "m"}});                            // no corpus
    client.run(2, {{"kind", "profile"}, {"model", "/missing"}, {"corpus", {"c4"}}}); // refused by prepare_job
    client.run(3, {{"kind", "hessian-lab"}, {"model", "m"}});
    for (int id : {1, 2, 3}) {
        const json end = client.end_of(id);
        QVERIFY2(end["event"] == "failed" && end["code"] == "request", end.dump().c_str());
        QCOMPARE(client.count(id, "accepted"), 0);
    }
    QVERIFY(client.seen[1]["file"] == "/missing/config.json");
    QCOMPARE(client.finish(), 0);
    QVERIFY(!QFile::exists(home() + "/moequant/runs") ||
            list_runs(home().toStdString() + "/moequant/runs").empty());
}

void TestWorker::failed_runs_data() {
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("text");
    QTest::newRow("exception") << "broken"
                               << "run"
                               << "the device is on fire";
    QTest::newRow("disk") << "full"
                          << "run"
                          << "/out/weights: No space left on device";
    QTest::newRow("memory") << "greedy"
                            << "run"
                            << "out of memory";
    QTest::newRow("bad tensor") << "late"
                                << "request"
                                << "model.safetensors: tensor x holds NaN";
}

void TestWorker::failed_runs() {
    QFETCH(QString, model);
    QFETCH(QString, code);
    QFETCH(QString, text);
    Client client(home());
    client.run(1, layers_job(2, 1, path("run"), model.toStdString()));
    const json end = client.end_of(1);
    QVERIFY(end["event"] == "failed");
    QCOMPARE(QString::fromStdString(end["code"]), code);
    QCOMPARE(QString::fromStdString(end["text"]), text);
    QVERIFY(read_events(path("run")).back() == end);
    client.run(2, {{"kind", "inspect"}, {"model", "m"}}); // the worker lives on
    QVERIFY(client.end_of(2)["event"] == "result");
    QCOMPARE(client.finish(), 0);
}

void TestWorker::a_run() {
    Client client(home());
    client.run(4, layers_job(3, 1, path("run"), "warns"));
    const json end = client.end_of(4);
    QVERIFY(end["event"] == "result");
    QVERIFY(end["result"]["computed"] == json({0, 1, 2}));
    QVERIFY(client.seen.front()["event"] == "accepted");
    QVERIFY(client.seen.front()["run"] == path("run"));
    QVERIFY(client.seen.front()["job"]["options"]["method"] == "gptq"); // resolved
    QCOMPARE(client.count(4, "layer"), 3);
    QCOMPARE(client.count(4, "warning"), 1);
    QCOMPARE(client.count(4, "result") + client.count(4, "failed"), 1);
    // the very objects of stdout, numbered by line
    const auto stored = read_events(path("run"));
    QCOMPARE(stored.size(), client.seen.size());
    for (std::size_t i = 0; i < stored.size(); ++i) {
        QVERIFY(stored[i] == client.seen[i]);
        QVERIFY(stored[i]["seq"] == i + 1);
    }
    QVERIFY(read_run(path("run")).result.value() == end["result"]);
    QVERIFY(!fs::exists(path("run") + "/state"));
    QCOMPARE(client.finish(), 0);
}

void TestWorker::stored_result() {
    Client client(home());
    client.run(1, layers_job(2, 1, path("run")));
    const json first = client.end_of(1);
    const auto events = read_events(path("run")).size();
    client.run(2, layers_job(2, 1, path("run")));
    const json second = client.end_of(2);
    QVERIFY(second["result"] == first["result"]);
    QCOMPARE(client.count(2, "layer"), 0);
    QCOMPARE(read_events(path("run")).size(), events);
    json other = layers_job(3, 1, path("run"));
    client.run(3, other);
    const json refused = client.end_of(3);
    QVERIFY(refused["code"] == "request");
    QVERIFY(refused["text"].get<std::string>().find("options.bits") != std::string::npos);
    other["options"]["fresh"] = true;
    client.run(4, other);
    QVERIFY(client.end_of(4)["result"]["computed"].size() == 3);
    QCOMPARE(client.finish(), 0);
}

void TestWorker::stdout_is_the_protocols() {
    Client client(home());
    client.run(1, {{"kind", "inspect"}, {"model", "noisy"}});
    QVERIFY(client.end_of(1)["event"] == "result"); // every line was JSON
    QCOMPARE(client.finish(), 0);
    const QByteArray log = client.process().readAllStandardError();
    QVERIFY(log.contains("printf noise") && log.contains("cout noise"));
}

void TestWorker::events_on_request() {
    Client client(home());
    const json job = {{"kind", "sample"}, {"model", "m"}, {"options", {{"sequences", 200}}}};
    client.run(1, job, {{"events", {"step:1"}}});
    client.run(2, job, {{"events", {"step", "progress"}}});
    client.run(3, job);
    client.end_of(3);
    QVERIFY(client.count(1, "step") >= 1);
    for (const json& line : client.seen)
        if (line["id"] == 1 && line["event"] == "step")
            QVERIFY(line["sequence"] == 1);
    QCOMPARE(client.count(1, "linear") + client.count(1, "progress"), 0);
    QVERIFY(client.count(2, "step") >= 2 && client.count(2, "progress") >= 1);
    QCOMPARE(client.count(2, "linear"), 0);
    QCOMPARE(client.count(3, "step"), 0);
    QCOMPARE(client.count(3, "linear"), 200);
    QVERIFY(client.count(3, "progress") <= 12);
    QCOMPARE(client.finish(), 0);
}

void TestWorker::requests_in_order() {
    Client client(home());
    for (int id = 1; id <= 5; ++id)
        client.run(id, {{"kind", "inspect"}, {"model", "m"}});
    client.send(json{{"id", 6}, {"do", "drop-model"}});
    QVERIFY(client.end_of(6)["event"] == "result");
    std::vector<int> ends;
    for (const json& line : client.seen)
        if (line["event"] == "result")
            ends.push_back(line["id"]);
    QVERIFY(ends == (std::vector<int>{1, 2, 3, 4, 5, 6}));
    QCOMPARE(client.finish(), 0);
}

void TestWorker::answers_while_running() {
    Client client(home());
    client.run(1, layers_job(8, 300, path("run")));
    QVERIFY(!client.until(1, "accepted").is_null());
    client.send(json{{"id", 2}, {"do", "hello"}});
    client.send(json{{"id", 3}, {"do", "runs"}, {"folder", folder_->path().toStdString()}});
    client.send(json{{"id", 4}, {"do", "read"}, {"path", path("run") + "/job.json"}});
    client.send(json{{"id", 5}, {"do", "read"}, {"path", "/etc/passwd"}});
    const json runs = client.end_of(3)["result"]["runs"];
    QCOMPARE(runs.size(), std::size_t(1));
    QVERIFY(runs[0]["running"] == true && runs[0]["finished"] == false);
    const json read = client.end_of(4)["result"];
    const QByteArray text = QByteArray::fromBase64(QByteArray::fromStdString(read["data"]));
    QVERIFY(json::parse(text.toStdString())["kind"] == "quantize");
    QVERIFY(client.end_of(5)["event"] == "failed");
    QCOMPARE(client.count(2, "hello"), 1);
    QCOMPARE(client.count(1, "result"), 0); // still at work
    client.send(json{{"id", 1}, {"do", "cancel"}, {"when", "now"}});
    QVERIFY(client.end_of(1)["code"] == "cancelled");
    QCOMPARE(client.finish(), 0);
}

void TestWorker::big_results() {
    Client client(home());
    client.run(1, {{"kind", "profile"}, {"model", "huge"}, {"corpus", {"c4"}}, {"run", path("run")}});
    const json end = client.end_of(1);
    QVERIFY(end["event"] == "result" && !end.contains("result"));
    QCOMPARE(end["path"].get<std::string>(), path("run") + "/result.json");
    QCOMPARE(read_run(path("run")).result.value()["counts"].size(), std::size_t(400000));
    client.run(
        2, {{"kind", "tokenize"}, {"model", "huge"}, {"options", {{"decode", {1}}}}}); // no folder to lie in
    QVERIFY(client.end_of(2)["event"] == "failed");
    QVERIFY(client.longest() <= qint64(line_limit) + 1);
    // a long file comes in pieces
    QByteArray got;
    for (int id = 10; id == 10 || !got.endsWith("}\n"); ++id) {
        client.send(
            json{{"id", id}, {"do", "read"}, {"path", path("run") + "/result.json"}, {"offset", got.size()}});
        const json piece = client.end_of(id)["result"];
        QVERIFY(piece["bytes"].get<int>() > 0 && piece["bytes"].get<int>() <= 262144);
        got += QByteArray::fromBase64(QByteArray::fromStdString(piece["data"]));
    }
    QCOMPARE(json::parse(got.toStdString())["counts"].size(), std::size_t(400000));
    QCOMPARE(client.finish(), 0);
}

void TestWorker::slow_reader() {
    // A client that does not read: the pipe fills up, the work goes on, and nothing but progress and steps is
    // lost.
    int in[2], out[2];
    QCOMPARE(::pipe(in), 0);
    QCOMPARE(::pipe(out), 0);
    const std::string home = this->home().toStdString();
    const pid_t child = ::fork();
    if (child == 0) {
        ::setenv("XDG_DATA_HOME", home.c_str(), 1);
        ::dup2(in[0], 0);
        ::dup2(out[1], 1);
        for (int fd : {in[0], in[1], out[0], out[1]})
            ::close(fd);
        ::execl(SCRIPTED_MOEQUANT, SCRIPTED_MOEQUANT, "worker", nullptr);
        ::_exit(9);
    }
    ::close(in[0]);
    ::close(out[1]);
    const json job = {
        {"kind", "sample"}, {"model", "m"}, {"run", path("run")}, {"options", {{"sequences", 3000}}}};
    const std::string request = to_line({{"id", 1}, {"do", "run"}, {"job", job}}) + "\n";
    QCOMPARE(::write(in[1], request.data(), request.size()), ssize_t(request.size()));
    QTRY_VERIFY_WITH_TIMEOUT(fs::exists(path("run") + "/result.json"),
                             15000); // finished though nobody read a line
    ::close(in[1]);
    std::string text;
    char buffer[65536];
    for (ssize_t got = 0; (got = ::read(out[0], buffer, sizeof buffer)) > 0;)
        text.append(buffer, std::size_t(got));
    int status = 0;
    ::waitpid(child, &status, 0);
    QCOMPARE(status, 0);
    std::map<std::string, int> names;
    std::int64_t last = 0;
    for (const QByteArray& line : QByteArray::fromStdString(text).split('\n')) {
        if (line.isEmpty())
            continue;
        const json event = json::parse(line.toStdString());
        ++names[event["event"]];
        QVERIFY(event["seq"] > last); // in order
        last = event["seq"];
    }
    QCOMPARE(names["linear"], 3000);
    QCOMPARE(names["accepted"], 1);
    QCOMPARE(names["result"], 1);
}

QTEST_GUILESS_MAIN(TestWorker)
#include "tst_worker.moc"
