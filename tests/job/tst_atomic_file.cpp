// Files and output folders that exist wholly or not at all, also when the disk is full.
#include "core/job/atomic_file.h"
#include "core/job/error.h"
#include "core/job/output_folder.h"

#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace moequant;
namespace fs = std::filesystem;

namespace {

int entries(const fs::path& folder) {
    return int(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

Job quantize_job(const std::string& output) {
    Job job = parse_job({{"kind", "quantize"}, {"model", "/m"}, {"corpus", {"c4"}}, {"output", output}});
    resolve_defaults(job);
    return job;
}

} // namespace

class TestAtomicFile : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }
    void writes_and_replaces();
    void failed_writer_changes_nothing();
    void full_disk();
    void output_file_rules();
    void output_folder_rules();
    void output_folder_is_built_beside();

  private:
    fs::path root() const { return folder_->path().toStdString(); }
    std::unique_ptr<QTemporaryDir> folder_;
};

void TestAtomicFile::writes_and_replaces() {
    write_file_atomically(root() / "f", "one");
    QCOMPARE(read_bytes(root() / "f"), std::string("one"));
    write_file_atomically(root() / "f", std::string("t\0o", 3));
    QCOMPARE(read_bytes(root() / "f"), std::string("t\0o", 3));
    QCOMPARE(entries(root()), 1);
    QVERIFY_EXCEPTION_THROWN(read_bytes(root() / "missing"), RequestError);
    QVERIFY_EXCEPTION_THROWN(write_file_atomically(root() / "missing/f", "x"), RunError);
}

void TestAtomicFile::failed_writer_changes_nothing() {
    write_file_atomically(root() / "f", "one");
    const auto half = [](const fs::path& temporary) {
        write_bytes(temporary, "tw");
        throw std::runtime_error("interrupted");
    };
    QVERIFY_EXCEPTION_THROWN(write_file_atomically(root() / "f", half), std::runtime_error);
    QCOMPARE(read_bytes(root() / "f"), std::string("one"));
    QCOMPARE(entries(root()), 1);
}

void TestAtomicFile::full_disk() {
    write_file_atomically(root() / "f", "one");
    // A limit on the size of files fails a write half-way, as a full disk does. In a child: the limit stays.
    const pid_t child = ::fork();
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{4096, 4096};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        try {
            write_file_atomically(root() / "f", std::string(100000, 'x'));
        } catch (const RunError& error) {
            ::_exit(std::string(error.what()).find((root() / ".f").string()) == 0 ? 7 : 8);
        }
        ::_exit(0);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 7);
    QCOMPARE(read_bytes(root() / "f"), std::string("one"));
    QCOMPARE(entries(root()), 1);
}

void TestAtomicFile::output_file_rules() {
    Job job = parse_job({{"kind", "sample"}, {"model", "/m"}, {"output", (root() / "set.jsonl").string()}});
    check_output(job);
    write_file_atomically(root() / "set.jsonl", "old"); // a file is replaced
    check_output(job);
    job.output = root().string();
    QVERIFY_EXCEPTION_THROWN(check_output(job), RequestError);
    job.output = (root() / "missing/set.jsonl").string();
    QVERIFY_EXCEPTION_THROWN(check_output(job), RequestError);
}

void TestAtomicFile::output_folder_rules() {
    const fs::path out = root() / "out";
    const Job job = quantize_job(out.string());
    check_output(job); // does not exist
    fs::create_directory(out);
    check_output(job); // empty
    std::ofstream(out / "precious") << "data";
    QVERIFY_EXCEPTION_THROWN(check_output(job), RequestError);
    QVERIFY_EXCEPTION_THROWN(OutputFolder(out, job, "r"), RequestError);
    std::ofstream(out / "moequant.json") << "{}";
    QVERIFY_EXCEPTION_THROWN(check_output(job), RequestError);
    QVERIFY(fs::exists(out / "precious"));
    const Job file = quantize_job((root() / "out/precious").string());
    QVERIFY_EXCEPTION_THROWN(check_output(file), RequestError);
}

void TestAtomicFile::output_folder_is_built_beside() {
    const fs::path out = root() / "out";
    const Job job = quantize_job(out.string() + "/"); // a slash at the end changes nothing
    {
        OutputFolder folder(*job.output, job, "run1");
        QCOMPARE(folder.partial(), root() / "out.partial-run1");
        std::ofstream(folder.partial() / "weights") << "half";
        QVERIFY(!fs::exists(out));
    }
    QCOMPARE(entries(root()), 0); // given up: nothing stays
    {
        OutputFolder folder(*job.output, job, "run1");
        std::ofstream(folder.partial() / "weights") << "whole";
        folder.commit({{"verified", true}});
    }
    QCOMPARE(read_bytes(out / "weights"), std::string("whole"));
    const auto record = nlohmann::json::parse(read_bytes(out / "moequant.json"));
    QVERIFY(record["verified"] == true);
    QVERIFY(record.dump().find(root().string()) == std::string::npos); // no places in an artifact
    { // the same job again, elsewhere started: replaces it
        Job again = job;
        again.options["threads"] = 2;
        OutputFolder folder(*again.output, again, "run2");
        std::ofstream(folder.partial() / "weights") << "again";
        folder.commit();
    }
    QCOMPARE(read_bytes(out / "weights"), std::string("again"));
    QCOMPARE(entries(root()), 1);
    Job other = job;
    other.options["bits"] = 3;
    try {
        check_output(other);
        QFAIL("a different job's checkpoint was accepted");
    } catch (const RequestError& error) {
        QVERIFY2(std::string(error.what()).find("options.bits") != std::string::npos, error.what());
    }
}

QTEST_APPLESS_MAIN(TestAtomicFile)
#include "tst_atomic_file.moc"
