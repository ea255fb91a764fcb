// The worker's lines: parsing, limits, queue, rates and what may be read.
#include "core/job/error.h"
#include "core/job/event_filter.h"
#include "core/job/line_io.h"
#include "core/job/run_files.h"
#include "core/job/worker_protocol.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <random>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace moequant;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

std::optional<RequestLineError> refusal(const std::string& line) {
    try {
        parse_request(line);
    } catch (const RequestLineError& error) {
        return error;
    }
    return std::nullopt;
}

} // namespace

class TestWorkerProtocol : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void requests();
    void malformed_data();
    void malformed();
    void fuzz();
    void deep_nesting();
    void base64_vectors();
    void protocol_versions();
    void reader_data();
    void reader();
    void reader_limit();
    void queue_drops_only_what_it_may();
    void queue_never_blocks();
    void filter_subscriptions();
    void filter_rates();
    void reading_files();
};

void TestWorkerProtocol::requests() {
    const auto run = parse_request(
        R"({"id":7,"do":"run","job":{"kind":"inspect","model":"m"},"events":["layer","step:3"],"detach":true})");
    QCOMPARE(run.id, 7);
    QCOMPARE(run.job->model, std::string("m"));
    QVERIFY(run.detach);
    QVERIFY(*run.events == (std::vector<std::string>{"layer", "step:3"}));
    QVERIFY(!parse_request(R"({"id":7,"do":"run","job":{"kind":"inspect"}})").events);
    QVERIFY(parse_request(R"({"id":7,"do":"cancel","when":"layer"})").after_layer);
    QVERIFY(!parse_request(R"({"id":7,"do":"cancel","when":"now"})").after_layer);
    const auto read = parse_request(R"({"id":1,"do":"read","path":"/x","offset":5,"bytes":262144})");
    QCOMPARE(read.path, std::string("/x"));
    QCOMPARE(read.offset, 5);
    QCOMPARE(read.bytes, 262144);
    for (const char* action : {"hello", "runs", "drop-model", "quit"})
        QCOMPARE(parse_request(json{{"id", 1}, {"do", action}}.dump()).action, std::string(action));
}

void TestWorkerProtocol::malformed_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("has_id");
    const auto row = [](const char* name, const QByteArray& line, bool has_id) {
        QTest::newRow(name) << line << has_id;
    };
    row("text", "hello", false);
    row("empty", "", false);
    row("half", R"({"id":1,"do":"hel)", false);
    row("array", "[1]", false);
    row("number", "1", false);
    row("no id", R"({"do":"hello"})", false);
    row("id as text", R"({"id":"1","do":"hello"})", false);
    row("huge id", R"({"id":18446744073709551615,"do":"hello"})", false);
    row("fraction id", R"({"id":1.5,"do":"hello"})", false);
    row("no do", R"({"id":1})", true);
    row("do as number", R"({"id":1,"do":3})", true);
    row("unknown do", R"({"id":1,"do":"dance"})", true);
    row("unknown key", R"({"id":1,"do":"hello","x":1})", true);
    row("no job", R"({"id":1,"do":"run"})", true);
    row("bad job", R"({"id":1,"do":"run","job":[]})", true);
    row("bad option", R"({"id":1,"do":"run","job":{"kind":"sample","options":{"tau":"x"}}})", true);
    row("events", R"({"id":1,"do":"run","job":{"kind":"inspect"},"events":"all"})", true);
    row("event names", R"({"id":1,"do":"run","job":{"kind":"inspect"},"events":[1]})", true);
    row("detach", R"({"id":1,"do":"run","job":{"kind":"inspect"},"detach":1})", true);
    row("when", R"({"id":1,"do":"cancel","when":"later"})", true);
    row("no path", R"({"id":1,"do":"read"})", true);
    row("negative offset", R"({"id":1,"do":"read","path":"x","offset":-1})", true);
    row("too many bytes", R"({"id":1,"do":"read","path":"x","bytes":262145})", true);
    row("huge offset", R"({"id":1,"do":"read","path":"x","offset":1e400})", false);
    row("zero byte in a path", R"({"id":1,"do":"read","path":"a\u0000b"})", true);
    row("invalid UTF-8", QByteArray("{\"id\":1,\"do\":\"he\xff\"}"), false);
}

void TestWorkerProtocol::malformed() {
    QFETCH(QByteArray, line);
    QFETCH(bool, has_id);
    const auto error = refusal(line.toStdString());
    QVERIFY(error);
    QCOMPARE(error->id().has_value(), has_id);
    QVERIFY(std::string(error->what()).size() > 3);
}

void TestWorkerProtocol::fuzz() {
    const std::vector<std::string> seeds = {
        R"({"id":7,"do":"run","job":{"kind":"sample","model":"m","options":{"tau":"inf","width":4}},"events":["step"],"detach":false})",
        R"({"id":1,"do":"read","path":"/x","offset":5,"bytes":100})",
        R"({"id":2,"do":"cancel","when":"layer"})"};
    std::mt19937_64 random(1);
    int accepted = 0, refused = 0;
    for (int i = 0; i < 20000; ++i) {
        std::string line = seeds[random() % seeds.size()];
        for (int change = int(random() % 4); change >= 0; --change) {
            const auto at = random() % line.size();
            switch (random() % 4) {
            case 0:
                line[at] = char(random());
                break;
            case 1:
                line.erase(at, 1 + random() % 5);
                break;
            case 2:
                line.insert(at, 1, "{}[],:\"\\0e-"[random() % 11]);
                break;
            default:
                line.insert(at, line.substr(random() % line.size(), random() % 20));
            }
            if (line.empty())
                line = "x";
        }
        refusal(line) ? ++refused : ++accepted; // anything but a refusal or a request fails the test
    }
    QCOMPARE(accepted + refused, 20000);
    QVERIFY(refused > 10000);
}

void TestWorkerProtocol::deep_nesting() {
    QVERIFY(refusal(std::string(1 << 20, '[')));
    QVERIFY(refusal(R"({"id":1,"do":"run","job":{"kind":"sample","options":{"tau":)" +
                    std::string(300000, '[') + std::string(300000, ']') + "}}}"));
}

void TestWorkerProtocol::base64_vectors() { // RFC 4648, section 10
    QCOMPARE(base64(""), std::string());
    QCOMPARE(base64("f"), std::string("Zg=="));
    QCOMPARE(base64("fo"), std::string("Zm8="));
    QCOMPARE(base64("foo"), std::string("Zm9v"));
    QCOMPARE(base64("foobar"), std::string("Zm9vYmFy"));
    std::string all;
    for (int i = 0; i < 256; ++i)
        all += char(i);
    QCOMPARE(QByteArray::fromStdString(base64(all)), QByteArray::fromStdString(all).toBase64());
}

void TestWorkerProtocol::protocol_versions() {
    QCOMPARE(protocol_major(protocol_version), 1);
    QCOMPARE(protocol_major("2.7"), 2);
    QCOMPARE(protocol_major(3), 3);
    QCOMPARE(protocol_major("x"), -1);
    QCOMPARE(protocol_major("1x"), -1);
    QCOMPARE(protocol_major(nullptr), -1);
}

void TestWorkerProtocol::reader_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("lines"); // "<long>" for a line that is too long
    QTest::newRow("two") << QByteArray("a\nbc\n") << QByteArrayList{"a", "bc"};
    QTest::newRow("no newline at the end") << QByteArray("a\nbc") << QByteArrayList{"a", "bc"};
    QTest::newRow("nothing") << QByteArray() << QByteArrayList{};
    QTest::newRow("empty lines") << QByteArray("\n\na\n") << QByteArrayList{"", "", "a"};
    QTest::newRow("exactly the limit") << QByteArray(10, 'x') + "\na\n"
                                       << QByteArrayList{QByteArray(10, 'x'), "a"};
    QTest::newRow("one more") << QByteArray(11, 'x') + "\na\n" << QByteArrayList{"<long>", "a"};
    QTest::newRow("very long") << QByteArray(500000, 'x') + "\na" << QByteArrayList{"<long>", "a"};
    QTest::newRow("long without end") << "a\n" + QByteArray(300000, 'x') << QByteArrayList{"a", "<long>"};
}

void TestWorkerProtocol::reader() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArrayList, lines);
    for (const int piece : {1, 7, 100000}) {
        if (piece == 1 && bytes.size() > 1000)
            continue;
        int ends[2];
        QCOMPARE(::pipe(ends), 0);
        std::jthread writer([&] {
            for (int i = 0; i < bytes.size(); i += piece)
                if (::write(ends[1], bytes.data() + i,
                            std::size_t(std::min<qsizetype>(piece, bytes.size() - i))) < 0)
                    break;
            ::close(ends[1]);
        });
        LineReader reader(ends[0], 10);
        QByteArrayList got;
        std::string line;
        for (auto status = reader.next(line); status != LineReader::Status::End; status = reader.next(line))
            got.push_back(status == LineReader::Status::TooLong ? QByteArray("<long>")
                                                                : QByteArray::fromStdString(line));
        QCOMPARE(got, lines);
        ::close(ends[0]);
    }
}

void TestWorkerProtocol::reader_limit() {
    QCOMPARE(line_limit, std::size_t(1048576));
}

void TestWorkerProtocol::queue_drops_only_what_it_may() {
    LineQueue queue(1000);
    for (int i = 0; i < 600; ++i) {
        queue.push("keep " + std::to_string(i));
        queue.push("drop " + std::to_string(i), true);
    }
    QCOMPARE(queue.size(), std::size_t(1000));
    for (int i = 600; i < 1500; ++i)
        queue.push("keep " + std::to_string(i)); // more than fit: none of them may be lost
    queue.push("drop late", true);
    queue.close();
    queue.push("after the end");
    std::vector<std::string> kept;
    int droppable = 0;
    for (std::string line; queue.pop(line);)
        line.starts_with("keep") ? kept.push_back(line) : void(++droppable);
    QCOMPARE(kept.size(), std::size_t(1500));
    for (int i = 0; i < 1500; ++i)
        QCOMPARE(kept[std::size_t(i)], "keep " + std::to_string(i)); // in order
    QCOMPARE(droppable, 0);
}

void TestWorkerProtocol::queue_never_blocks() {
    LineQueue queue; // nobody reads
    std::jthread producer([&] {
        for (int i = 0; i < 100000; ++i)
            queue.push("p", true);
    });
    producer.join();
    QCOMPARE(queue.size(), queue_limit);
    std::jthread consumer([&] {
        std::string line;
        while (queue.pop(line)) {
        }
    });
    queue.close();
    consumer.join();
    QCOMPARE(queue.size(), std::size_t(0));
}

void TestWorkerProtocol::filter_subscriptions() {
    const auto passed = [](std::optional<std::vector<std::string>> names) {
        QStringList got;
        EventFilter filter(std::move(names), [&](const Event& event) {
            got << QString::fromStdString(event.name) +
                       (event.fields.contains("sequence")
                            ? QString::number(event.fields["sequence"].get<int>())
                            : "");
        });
        for (int sequence = 0; sequence < 3; ++sequence)
            filter({"step", {{"sequence", sequence}}});
        filter({"layer", json::object()});
        filter({"linear", json::object()});
        filter({"warning", json::object()});
        filter({"progress", {{"stage", "a"}}});
        filter.flush();
        return got;
    };
    QCOMPARE(passed({}), (QStringList{"layer", "linear", "warning", "progress"}));
    QCOMPARE(passed({{"step"}}), (QStringList{"step0", "step1", "step2", "warning"}));
    QCOMPARE(passed({{"step:1", "layer"}}), (QStringList{"step1", "layer", "warning"}));
    QCOMPARE(passed({std::vector<std::string>{}}), (QStringList{"warning"}));
}

void TestWorkerProtocol::filter_rates() {
    int progress = 0, steps = 0, last_done = -1;
    EventFilter filter({{"progress", "step"}}, [&](const Event& event) {
        progress += event.name == "progress";
        steps += event.name == "step";
        if (event.name == "progress")
            last_done = event.fields["done"];
    });
    const auto begin = std::chrono::steady_clock::now();
    int sent = 0;
    while (std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(1000)) {
        filter({"progress", {{"stage", "a"}, {"done", sent}}});
        filter({"step", {{"sequence", sent % 4}}});
        ++sent;
        std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    filter.flush();
    QVERIFY(sent > 200);
    QVERIFY2(progress >= 5 && progress <= 12, qPrintable(QString::number(progress)));
    QVERIFY2(steps >= 10 && steps <= 24, qPrintable(QString::number(steps)));
    QCOMPARE(last_done, sent - 1); // the latest wins
}

void TestWorkerProtocol::reading_files() {
    QTemporaryDir folder;
    const fs::path root = folder.path().toStdString();
    const fs::path runs = root / "runs", run = runs / "a", other = root / "other";
    for (const fs::path& made : {run / "sub", runs / "no run", other})
        fs::create_directories(made);
    std::ofstream(run / "job.json") << "{}";
    std::ofstream(run / "sub/data") << "0123456789";
    std::ofstream(runs / "no run/secret") << "s";
    std::ofstream(root / "secret") << "s";
    std::ofstream(other / "job.json") << "{}";
    fs::create_symlink(root / "secret", run / "link");
    fs::create_symlink(run / "sub/data", root / "into");
    fs::create_directory_symlink(root, run / "up");
    QCOMPARE(::mkfifo((run / "fifo").c_str(), 0600), 0);

    RunFiles files(runs);
    const auto read = [&](const fs::path& path, std::int64_t offset = 0, std::int64_t bytes = read_limit) {
        try {
            return QByteArray::fromBase64(QByteArray::fromStdString(files.read(path, offset, bytes)["data"]));
        } catch (const RequestError& error) {
            return QByteArray("refused");
        }
    };
    QCOMPARE(read(run / "sub/data"), QByteArray("0123456789"));
    QCOMPARE(read(run / "sub/data", 3, 4), QByteArray("3456"));
    QCOMPARE(read(run / "sub/data", 8, 4), QByteArray("89"));
    QCOMPARE(read(run / "sub/data", 100, 4), QByteArray());
    QCOMPARE(read(run / "sub/../sub/data"), QByteArray("0123456789"));
    QCOMPARE(read(root / "into"), QByteArray("0123456789")); // leads into a run
    for (const fs::path& path : {run / "link", run / "up/secret", root / "secret", run / "../../secret",
                                 run / "sub", run / "fifo", runs / "no run/secret", run / "missing",
                                 fs::path("/etc/passwd"), other / "job.json", fs::path("/dev/zero")})
        QVERIFY2(read(path) == "refused", path.c_str());
    files.allow(other);
    QCOMPARE(read(other / "job.json"), QByteArray("{}"));
    files.allow(root); // holds no job.json: ignored
    QCOMPARE(read(root / "secret"), QByteArray("refused"));
    std::ofstream(run / "big", std::ios::binary) << std::string(300000, 'x');
    QCOMPARE(read(run / "big", 0, 300000).size(), qsizetype(read_limit));
}

QTEST_APPLESS_MAIN(TestWorkerProtocol)
#include "tst_worker_protocol.moc"
