// The library against run folders made here and a worker that reads them.
#include "app/workbench/run_library.h"
#include "tests/workbench/run_fixture.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <fcntl.h>
#include <memory>
#include <sys/file.h>
#include <unistd.h>

using namespace moequant;
using nlohmann::json;

namespace {

const json gptq = {{"options", {{"method", "gptq"}, {"bits", 3}, {"agq", true}, {"group_size", 128}}},
                   {"corpus", {"builtin:prose"}}};

const Fact* fact(const LibraryRun& run, const std::string& key) {
    for (const Fact& each : run.digest.facts)
        if (each.key == key)
            return &each;
    return nullptr;
}

} // namespace

class TestRunLibrary : public QObject {
    Q_OBJECT
  private:
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<RunFolder> runs_;
    std::unique_ptr<WorkerClient> worker_;
    std::unique_ptr<RunLibrary> library_;

    void open() {
        worker_ = std::make_unique<WorkerClient>(WorkerCommand{FAKE_WORKER, {"model"}});
        library_ = std::make_unique<RunLibrary>(*worker_);
        library_->set_folder(folder_->path());
        worker_->start();
        wait();
    }
    void wait() {
        QTRY_VERIFY(!library_->loading() && !library_->runs().empty());
        for (const auto& run : library_->runs())
            QVERIFY(run.read);
    }

  private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        runs_ = std::make_unique<RunFolder>(folder_->path());
    }
    void cleanup() {
        library_.reset();
        worker_.reset();
    }

    void states_data() {
        QTest::addColumn<QString>("events");
        QTest::addColumn<bool>("result");
        QTest::addColumn<bool>("locked");
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("fault");
        const QString progress = "{\"event\":\"progress\",\"done\":1}\n";
        QTest::newRow("finished") << progress << true << false << int(RunState::Finished) << "";
        QTest::newRow("interrupted") << progress << false << false << int(RunState::Interrupted) << "";
        QTest::newRow("no events") << "" << false << false << int(RunState::Interrupted) << "";
        QTest::newRow("cancelled") << "{\"event\":\"failed\",\"code\":\"cancelled\",\"text\":\"x\"}\n"
                                   << false << false << int(RunState::Interrupted) << "";
        QTest::newRow("failed") << progress + "{\"event\":\"failed\",\"code\":\"run\",\"text\":\"no room\"}\n"
                                << false << false << int(RunState::Failed) << "no room";
        QTest::newRow("torn line after a failure")
            << "{\"event\":\"failed\",\"code\":\"run\",\"text\":\"no room\"}\n{\"ev" << false << false
            << int(RunState::Failed) << "no room";
        QTest::newRow("running") << progress << false << true << int(RunState::Running) << "";
    }
    void states() {
        QFETCH(QString, events);
        QFETCH(bool, result);
        QFETCH(bool, locked);
        QFETCH(int, state);
        QFETCH(QString, fault);
        const QString folder = runs_->add("one", "quantize", gptq);
        runs_->write("one/events.jsonl", events.toStdString());
        runs_->write("one/lock", "{}");
        if (result)
            runs_->write("one/result.json", quantize_fixture(1, 2, 0.01).dump());
        const int lock = ::open(qPrintable(folder + "/lock"), O_RDWR | O_CLOEXEC);
        if (locked)
            QCOMPARE(::flock(lock, LOCK_EX | LOCK_NB), 0);
        open();
        QCOMPARE(library_->runs().size(), 1u);
        const LibraryRun& run = library_->runs().front();
        QCOMPARE(int(run.state), state);
        QCOMPARE(run.fault, fault);
        QCOMPARE(run.job.kind, std::string("quantize"));
        QCOMPARE(run.title(), QString("GPTQ+AGQ 3-bit, Built-in prose"));
        QCOMPARE(int(library_->runs_of("quantize", RunState(state)).size()), 1);
        ::close(lock);
    }

    void facts_are_those_of_the_command() {
        const QString quantized = runs_->add("q", "quantize", gptq, quantize_fixture(2, 3, 0.01));
        const QString evaluated = runs_->add("e", "evaluate", {}, evaluate_fixture(8.5, 4.25));
        open();
        const LibraryRun& q = *library_->run(quantized);
        QCOMPARE(fact(q, "method")->value.get<std::string>(), std::string("GPTQ+AGQ"));
        QVERIFY(std::abs(fact(q, "expert_error")->value.get<double>() - 0.015) < 1e-9);
        QCOMPARE(fact(q, "size_ratio")->value.get<double>(), 0.25);
        QCOMPARE(fact(q, "bytes_after")->value.get<double>(), 0.25);
        QCOMPARE(fact(q, "fallbacks")->value.get<int>(), 3);
        QVERIFY(fact(q, "bits")->setting && !fact(q, "seconds")->setting);
        const LibraryRun& e = *library_->run(evaluated);
        QCOMPARE(fact(e, "perplexity/builtin:prose")->value.get<double>(), 8.5);
        QCOMPARE(fact(e, "top1/builtin:prose")->better, Better::Higher);
        QCOMPARE(*fact(e, "task/boolq")->error, 0.02); // a task's column comes from the data
        QVERIFY(!library_->errors_of(evaluated));
    }

    void errors_are_kept_and_linears_read_again() {
        const QString folder = runs_->add("q", "quantize", gptq, quantize_fixture(2, 3, 0.01));
        open();
        const auto errors = library_->errors_of(folder);
        QVERIFY(errors);
        QCOMPARE(errors->layers, (QVector<int>{0, 1}));
        QCOMPARE(errors->experts, 3);
        QVERIFY(std::abs(errors->error(1, 2) - 0.02f) < 1e-6f);
        QVERIFY(std::isnan(errors->error(2, 0)));
        QCOMPARE(errors->cells("a").tokens, (QVector<double>{10, 11, 12, 10, 11, 12}));
        QVector<LinearRow> rows;
        QString fault = "none yet";
        library_->read_linears(folder, this, [&](const QVector<LinearRow>& found, const QString& text) {
            rows = found;
            fault = text;
        });
        QTRY_COMPARE(fault, QString());
        QCOMPARE(rows.size(), 2 * (1 + 3 * 3));
        library_->read_linears(folder + "x", this,
                               [&](const QVector<LinearRow>&, const QString& text) { fault = text; });
        QTRY_VERIFY(fault.contains(folder + "x/result.json"));
    }

    void a_sweep_has_cells() {
        json cells = json::array();
        for (const double tau : {0.5, 1.0})
            cells.push_back({{"tau", tau},
                             {"width", 4},
                             {"branching", 0},
                             {"balance", {{"cv", tau / 2}}},
                             {"perplexity", 9.0},
                             {"evaluation", nullptr}});
        const QString folder = runs_->add("s", "sweep", {}, {{"cells", cells}});
        open();
        const auto& facts = library_->run(folder)->digest.cells;
        QCOMPARE(facts.size(), 2u);
        QCOMPARE(facts[1].front().key, std::string("tau"));
        QCOMPARE(facts[1].front().value.get<double>(), 1.0);
    }

    void damaged_runs_say_why() {
        const QString torn = runs_->add("torn", "quantize", gptq);
        runs_->write("torn/result.json", "{\"linears\": [");
        const QString odd = runs_->add("odd", "quantize", {{"options", {{"no_such_option", 1}}}});
        open();
        QVERIFY(library_->run(torn)->fault.contains("torn/result.json"));
        QVERIFY(library_->run(odd)->fault.contains("no_such_option"));
    }

    void a_new_run_appears_and_what_is_known_is_not_read_again() {
        const QString first = runs_->add("a", "quantize", gptq, quantize_fixture(1, 2, 0.01));
        open();
        const auto before = library_->errors_of(first);
        runs_->add("b", "quantize", gptq, quantize_fixture(1, 2, 0.02));
        QSignalSpy changed(library_.get(), &RunLibrary::changed);
        library_->refresh();
        QTRY_COMPARE(library_->runs().size(), 2u);
        wait();
        QVERIFY(changed.size() > 0);
        QCOMPARE(library_->runs().front().name, QString("b")); // newest first
        QCOMPARE(library_->errors_of(first), before);
    }

    void fifty_large_runs_fit() {
        // One run is enough to know: what is kept is the same for each.
        const QString folder = runs_->add("large", "quantize", gptq, quantize_fixture(94, 256, 0.001));
        open();
        QVERIFY(library_->errors_of(folder));
        QCOMPARE(library_->errors_of(folder)->errors.size(), 94 * 256);
        QVERIFY2(library_->bytes() * 50 < 60e6, qPrintable(QString::number(library_->bytes())));
    }
};

QTEST_GUILESS_MAIN(TestRunLibrary)
#include "tst_run_library.moc"
