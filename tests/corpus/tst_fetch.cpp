// Downloads against a server on this machine; nothing is fetched from elsewhere.
#include "core/corpus/address_table.h"
#include "core/corpus/fetch.h"
#include "core/job/error.h"
#include "core/job/sha256.h"
#include "tests/corpus/http_server.h"

#include <QTemporaryDir>
#include <QTest>

#include <zip.h>

#include <fstream>

using namespace moequant;
namespace fs = std::filesystem;

class TestFetch : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void downloads_and_checks();
    void records_the_first_hash();
    void resumes_after_a_drop_data();
    void resumes_after_a_drop();
    void resumes_an_earlier_part();
    void gives_up_and_goes_on_later();
    void fails_data();
    void fails();
    void stops();
    void unzips();
    void broken_archive();
    void refuses_tables_data();
    void refuses_tables();
    void the_committed_table();

  private:
    fs::path path(const std::string& name) const { return fs::path(dir_->path().toStdString()) / name; }
    void write_table(const nlohmann::json& files) const {
        const nlohmann::json corpus = {
            {"name", "toy"}, {"folder", "toy-1"}, {"licence", "none"}, {"checked", true}, {"files", files}};
        std::ofstream(path("table.json")) << nlohmann::json{{"corpora", {corpus}}};
    }
    std::vector<FetchedFile> fetch(const std::stop_token& stop = {}) {
        events_.clear();
        return fetch_corpus(
            "toy", path("data"), path("table.json"), [this](const Event& event) { events_.push_back(event); },
            stop);
    }
    std::string read(const fs::path& file) const {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    int count(const std::string& name) const {
        return int(std::count_if(events_.begin(), events_.end(),
                                 [&](const Event& event) { return event.name == name; }));
    }

    std::unique_ptr<QTemporaryDir> dir_;
    std::unique_ptr<HttpServer> server_;
    std::vector<Event> events_;
    QByteArray body_;
};

void TestFetch::init() {
    dir_ = std::make_unique<QTemporaryDir>();
    server_ = std::make_unique<HttpServer>();
    body_.clear();
    for (int i = 0; i < 60000; ++i)
        body_ += QByteArray::number(i * 7919 % 10007) + "\n";
}

void TestFetch::downloads_and_checks() {
    server_->put("/a.txt", {.body = body_});
    const auto hash = sha256(body_.toStdString());
    write_table({{{"url", server_->url("/a.txt")}, {"sha256", hash}, {"path", "sub/a.txt"}}});
    auto files = fetch();
    QCOMPARE(files.size(), std::size_t(1));
    QCOMPARE(files[0].path, path("data/toy-1/sub/a.txt"));
    QCOMPARE(files[0].sha256, hash);
    QCOMPARE(files[0].bytes, std::int64_t(body_.size()));
    QVERIFY(!files[0].was_there);
    QCOMPARE(read(files[0].path), body_.toStdString());
    QCOMPARE(count("warning"), 0);
    QVERIFY(count("progress") >= 1);
    const auto last =
        std::find_if(events_.rbegin(), events_.rend(), [](auto& event) { return event.name == "progress"; });
    QCOMPARE(last->fields["done"].get<std::int64_t>(), std::int64_t(body_.size()));
    QCOMPARE(last->fields["total"].get<std::int64_t>(), std::int64_t(body_.size()));
    QCOMPARE(last->fields["unit"].get<std::string>(), std::string("bytes"));

    // Again: nothing to do. Damaged: fetched anew.
    files = fetch();
    QVERIFY(files[0].was_there);
    QCOMPARE(server_->requests().size(), 1);
    std::ofstream(files[0].path) << "damaged";
    QVERIFY(!fetch()[0].was_there);
    QCOMPARE(read(files[0].path), body_.toStdString());
    for (const auto& entry : fs::recursive_directory_iterator(path("data")))
        QVERIFY(!entry.path().string().ends_with(".part") && !entry.path().string().ends_with(".download"));
}

void TestFetch::records_the_first_hash() {
    server_->put("/a.txt", {.body = body_});
    write_table({{{"url", server_->url("/a.txt")}, {"sha256", nullptr}, {"path", "a.txt"}}});
    const auto file = fetch()[0].path;
    QCOMPARE(count("warning"), 1);
    const auto line = read(file.string() + ".sha256");
    QCOMPARE(line, sha256(body_.toStdString()) + "  a.txt\n");
    QVERIFY(fetch()[0].was_there);

    // Another text under the same address is refused, and what is there stays.
    fs::remove(file);
    QVERIFY(!fetch()[0].was_there);
    QCOMPARE(count("warning"), 0);
    server_->put("/a.txt", {.body = "other"});
    std::ofstream(file, std::ios::app) << "x";
    QVERIFY_THROWS_EXCEPTION(RunError, fetch());
    QVERIFY(read(file).ends_with("x"));
}

void TestFetch::resumes_after_a_drop_data() {
    QTest::addColumn<QByteArray>("etag");
    QTest::addColumn<bool>("ranges");
    QTest::addColumn<bool>("wrong_range");
    QTest::addColumn<int>("drops");
    QTest::newRow("once") << QByteArray() << true << false << 1;
    QTest::newRow("three times") << QByteArray() << true << false << 3;
    QTest::newRow("with a validator") << QByteArray("\"v1\"") << true << false << 2;
    QTest::newRow("a server without ranges") << QByteArray() << false << false << 1;
    QTest::newRow("a server with wrong ranges") << QByteArray() << true << true << 1;
}

void TestFetch::resumes_after_a_drop() {
    QFETCH(QByteArray, etag);
    QFETCH(bool, ranges);
    QFETCH(bool, wrong_range);
    QFETCH(int, drops);
    server_->put("/a.txt", {.body = body_,
                            .etag = etag,
                            .ranges = ranges,
                            .drop_after = 70000,
                            .drops = drops,
                            .wrong_range = wrong_range});
    write_table(
        {{{"url", server_->url("/a.txt")}, {"sha256", sha256(body_.toStdString())}, {"path", "a.txt"}}});
    QCOMPARE(read(fetch()[0].path), body_.toStdString());
    const auto requests = server_->requests();
    QCOMPARE(requests[1], QByteArray("/a.txt bytes=70000-"));
    if (ranges && !wrong_range) { // not a byte twice
        QCOMPARE(requests.size(), drops + 1);
        QCOMPARE(server_->body_bytes_sent(), qint64(body_.size()));
    }
}

void TestFetch::resumes_an_earlier_part() {
    const auto part = path("data/toy-1/a.txt.download.part");
    fs::create_directories(part.parent_path());
    write_table({{{"url", server_->url("/a.txt")}, {"sha256", nullptr}, {"path", "a.txt"}}});
    const auto leave_part = [&](const std::string& text, const std::string& etag) {
        std::ofstream(part) << text;
        std::ofstream(part.string() + ".etag") << etag;
    };
    server_->put("/a.txt", {.body = body_, .etag = "\"v2\""});
    leave_part(body_.left(1000).toStdString(), "\"v2\"");
    QCOMPARE(read(fetch()[0].path), body_.toStdString());
    QCOMPARE(server_->body_bytes_sent(), qint64(body_.size() - 1000));

    // A part of another version is thrown away, and so is one that is too long.
    fs::remove(path("data/toy-1/a.txt"));
    leave_part("of the version before", "\"v1\"");
    QCOMPARE(read(fetch()[0].path), body_.toStdString());
    fs::remove(path("data/toy-1/a.txt"));
    leave_part(body_.toStdString() + "more", "\"v2\"");
    QCOMPARE(read(fetch()[0].path), body_.toStdString());
}

void TestFetch::gives_up_and_goes_on_later() {
    server_->put("/a.txt", {.body = body_, .drop_after = 10000, .drops = 5});
    write_table({{{"url", server_->url("/a.txt")}, {"sha256", nullptr}, {"path", "a.txt"}}});
    QVERIFY_THROWS_EXCEPTION(RunError, fetch());
    QVERIFY(!fs::exists(path("data/toy-1/a.txt")));
    QCOMPARE(fs::file_size(path("data/toy-1/a.txt.download.part")), std::uintmax_t(50000));
    QCOMPARE(read(fetch()[0].path), body_.toStdString());
    QCOMPARE(server_->body_bytes_sent(), qint64(body_.size()));
}

void TestFetch::fails_data() {
    QTest::addColumn<QByteArray>("url"); // @ is the server
    QTest::addColumn<bool>("request");   // a RequestError, else a RunError
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("404") << QByteArray("@/none.txt") << false << QByteArray("answered 404");
    QTest::newRow("403") << QByteArray("@/forbidden") << false << QByteArray("answered 403");
    QTest::newRow("500, after several tries")
        << QByteArray("@/broken") << false << QByteArray("answered 500");
    QTest::newRow("wrong hash") << QByteArray("@/a.txt") << false << QByteArray("has sha256");
    QTest::newRow("wrong hash behind a redirect")
        << QByteArray("@/moved") << false << QByteArray("has sha256");
    QTest::newRow("redirect to a file")
        << QByteArray("@/to-file") << true << QByteArray("Unsupported protocol");
    QTest::newRow("file") << QByteArray("file:///etc/hostname") << true << QByteArray("only http and https");
    QTest::newRow("ftp") << QByteArray("ftp://127.0.0.1/x") << true << QByteArray("only http and https");
    QTest::newRow("nobody listens") << QByteArray("http://127.0.0.1:9/x") << false
                                    << QByteArray("127.0.0.1:9");
}

void TestFetch::fails() {
    QFETCH(QByteArray, url);
    QFETCH(bool, request);
    QFETCH(QByteArray, word);
    server_->put("/a.txt", {.body = body_});
    server_->put("/forbidden", {.status = 403});
    server_->put("/broken", {.status = 500});
    server_->put("/moved", {.status = 302, .location = "/a.txt"});
    server_->put("/to-file", {.status = 302, .location = "file:///etc/hostname"});
    url.replace("@", QByteArray::fromStdString(server_->url("")));
    write_table({{{"url", url.toStdString()}, {"sha256", std::string(64, '0')}, {"path", "a.txt"}}});
    std::string message;
    bool was_request = false;
    try {
        fetch();
    } catch (const RequestError& fault) {
        message = fault.what();
        was_request = true;
    } catch (const RunError& fault) {
        message = fault.what();
    }
    QVERIFY2(message.find(word.toStdString()) != std::string::npos, message.c_str());
    QCOMPARE(was_request, request);
    QVERIFY(!fs::exists(path("data/toy-1/a.txt")));
    QVERIFY(!fs::exists(path("data/toy-1/a.txt.sha256")));
}

void TestFetch::stops() {
    server_->put("/a.txt", {.body = body_});
    write_table({{{"url", server_->url("/a.txt")}, {"sha256", nullptr}, {"path", "a.txt"}}});
    std::stop_source source;
    source.request_stop();
    QVERIFY_THROWS_EXCEPTION(Cancelled, fetch(source.get_token()));
    QVERIFY(!fs::exists(path("data/toy-1/a.txt")));
    QVERIFY_THROWS_EXCEPTION(RequestError, fetch_corpus("nothing", path("data"), path("table.json"), {}, {}));
}

void TestFetch::unzips() {
    int code = 0;
    auto* archive = zip_open(path("a.zip").c_str(), ZIP_CREATE, &code);
    const std::string one(200000, 'x'), two = "second";
    zip_file_add(archive, "folder/one.txt", zip_source_buffer(archive, one.data(), one.size(), 0), 0);
    zip_file_add(archive, "folder/two.txt", zip_source_buffer(archive, two.data(), two.size(), 0), 0);
    QCOMPARE(zip_close(archive), 0);
    server_->put("/a.zip", {.body = QByteArray::fromStdString(read(path("a.zip")))});
    write_table({{{"url", server_->url("/a.zip")},
                  {"sha256", sha256_file(path("a.zip"))},
                  {"path", "a.zip"},
                  {"unzip", {"one.txt", "two.txt"}}}});
    auto files = fetch();
    QCOMPARE(files.size(), std::size_t(2));
    QCOMPARE(read(path("data/toy-1/one.txt")), one);
    QCOMPARE(read(path("data/toy-1/two.txt")), two);
    QCOMPARE(files[1].sha256, sha256(two));
    QVERIFY(!fs::exists(path("data/toy-1/a.zip")));
    QVERIFY(fetch()[1].was_there);
    fs::remove(path("data/toy-1/two.txt"));
    QVERIFY(!fetch()[1].was_there);
    QCOMPARE(read(path("data/toy-1/two.txt")), two);
    QCOMPARE(server_->requests().size(), 2);
}

void TestFetch::broken_archive() {
    server_->put("/a.zip", {.body = "PK no archive"});
    write_table(
        {{{"url", server_->url("/a.zip")}, {"sha256", nullptr}, {"path", "a.zip"}, {"unzip", {"one.txt"}}}});
    QVERIFY_THROWS_EXCEPTION(RunError, fetch());
    QVERIFY(!fs::exists(path("data/toy-1/one.txt")));
    QVERIFY(!fs::exists(path("data/toy-1/a.zip"))); // nor may its hash bind the next download
    QVERIFY(!fs::exists(path("data/toy-1/a.zip.sha256")));
}

void TestFetch::refuses_tables_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("malformed") << QByteArray("{");
    QTest::newRow("no corpora") << QByteArray("{}");
    QTest::newRow("leaves the folder")
        << QByteArray(R"({"corpora":[{"name":"a","folder":"../b","licence":"","checked":true,"files":[]}]})");
    QTest::newRow("absolute") << QByteArray(
        R"({"corpora":[{"name":"a","folder":"/b","licence":"","checked":true,"files":[]}]})");
    QTest::newRow("member leaves") << QByteArray(
        R"({"corpora":[{"name":"a","folder":"b","licence":"","checked":true,"files":[{"url":"http://x","sha256":null,"path":"p","unzip":["../q"]}]}]})");
}

void TestFetch::refuses_tables() {
    QFETCH(QByteArray, text);
    std::ofstream(path("table.json")) << text.toStdString();
    QVERIFY_THROWS_EXCEPTION(RequestError, read_address_table(path("table.json")));
}

void TestFetch::the_committed_table() {
    const fs::path table = MOEQUANT_SOURCE_DIR "/resources/corpora/corpora.json";
    QCOMPARE(fetchable_corpora(table), (std::vector<std::string>{"wikitext2", "c4", "gsm8k", "humaneval"}));
    for (const auto& corpus : read_address_table(table))
        for (const auto& file : corpus.files) {
            QVERIFY(file.url.starts_with("https://"));
            QVERIFY(!file.sha256 || file.sha256->size() == 64);
        }
}

QTEST_GUILESS_MAIN(TestFetch)
#include "tst_fetch.moc"
