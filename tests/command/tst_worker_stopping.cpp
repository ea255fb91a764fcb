// How the worker stops: cancelled, at the end of its input, told to quit, killed; and how runs go on after.
#include "core/job/run_store.h"
#include "tests/command/worker_client.h"

#include <csignal>

using namespace moequant;
namespace fs = std::filesystem;

class TestWorkerStopping : public WorkerTest {
    Q_OBJECT
  private Q_SLOTS:
    void init() { new_folder(); }
    void cancel_now();
    void cancel_after_layer();
    void cancel_queued_and_unknown();
    void end_of_input_finishes_the_layer();
    void end_of_input_with_detach();
    void piped_request();
    void quit();
    void killed_and_resumed();
};

void TestWorkerStopping::cancel_now() {
    Client client(home());
    client.run(1, gated_job(8, path("run")));
    client.until(1, "linear"); // in layer 0, which nobody lets end
    client.send(json{{"id", 1}, {"do", "cancel"}, {"when", "now"}});
    const json end = client.end_of(1);
    QVERIFY(end["event"] == "failed" && end["code"] == "cancelled");
    QCOMPARE(client.count(1, "layer"), 0);
    client.run(2, {{"kind", "inspect"}, {"model", "m"}});
    QVERIFY(client.end_of(2)["event"] == "result");
    QCOMPARE(client.finish(), 0);
}

void TestWorkerStopping::cancel_after_layer() {
    Client client(home());
    client.run(1, gated_job(8, path("run")));
    client.until(1, "linear");
    open_gate(path("run"), 0);
    client.until(1, "linear"); // at work in layer 1
    client.send(json{{"id", 1}, {"do", "cancel"}, {"when", "layer"}});
    client.send(json{{"id", 9}, {"do", "hello"}});
    client.until(9, "result"); // the cancel before it has been read
    for (int layer = 1; layer < 8; ++layer)
        open_gate(path("run"), layer);
    QVERIFY(client.end_of(1)["code"] == "cancelled");
    QCOMPARE(client.count(1, "layer"), 2);
    client.run(2, gated_job(8, path("run")));
    const json result = client.end_of(2)["result"];
    QVERIFY(result["found"] == json({0, 1})); // what was finished is not done again
    QCOMPARE(int(result["computed"].size()), 6);
    QCOMPARE(client.finish(), 0);
}

void TestWorkerStopping::cancel_queued_and_unknown() {
    Client client(home());
    client.run(1, layers_job(4, 200, path("run")));
    client.run(2, layers_job(4, 200, path("second")));
    client.send(json{{"id", 2}, {"do", "cancel"}, {"when", "layer"}});
    client.send(json{{"id", 77}, {"do", "cancel"}});
    QVERIFY(client.until(77, "warning")["code"] == "cancel");
    QVERIFY(client.end_of(1)["event"] == "result");
    QVERIFY(client.end_of(2)["code"] == "cancelled");
    QVERIFY(!fs::exists(path("second"))); // it never began
    QCOMPARE(client.count(77, "failed") + client.count(77, "result"), 0);
    QCOMPARE(client.finish(), 0);
}

void TestWorkerStopping::end_of_input_finishes_the_layer() {
    Client client(home());
    client.run(1, gated_job(8, path("run")));
    client.until(1, "linear");
    client.process().closeWriteChannel();
    client.process().waitForBytesWritten(100);
    QTest::qWait(500); // nothing tells that the end was read; the layer waits for us meanwhile
    for (int layer = 0; layer < 8; ++layer)
        open_gate(path("run"), layer);
    QCOMPARE(client.wait(), 0);
    QVERIFY(client.seen.back()["code"] == "cancelled");
    QCOMPARE(client.count(1, "layer"), 1);
    QVERIFY(fs::exists(path("run") + "/state/state.json"));
    Client second(home());
    json other = gated_job(8, path("run"));
    other["options"]["group_size"] = 2; // part of the job's identity
    second.run(1, other);
    QVERIFY(second.end_of(1)["code"] == "request");
    second.run(2, gated_job(8, path("run")));
    QVERIFY(second.end_of(2)["result"]["found"] == json({0}));
    QCOMPARE(second.finish(), 0);
}

void TestWorkerStopping::end_of_input_with_detach() {
    Client client(home());
    client.run(1, layers_job(4, 100, path("run")), {{"detach", true}});
    client.until(1, "accepted");
    QCOMPARE(client.finish(), 0);
    QVERIFY(client.seen.back()["event"] == "result");
    // and when nobody reads any more
    Client gone(home());
    gone.run(1, layers_job(4, 100, path("gone")), {{"detach", true}});
    gone.until(1, "accepted");
    gone.process().closeReadChannel(QProcess::StandardOutput);
    gone.process().closeWriteChannel();
    QVERIFY(gone.process().waitForFinished(10000));
    QCOMPARE(gone.process().exitCode(), 0);
    QVERIFY(read_run(path("gone")).result);
}

void TestWorkerStopping::piped_request() { // echo '…' | moequant worker
    Client client(home());
    client.run(1, {{"kind", "inspect"}, {"model", "m"}});
    QCOMPARE(client.finish(), 0);
    QVERIFY(client.seen.back()["event"] == "result");
}

void TestWorkerStopping::quit() {
    Client client(home());
    client.run(1, gated_job(8, path("run")));
    client.until(1, "linear");
    client.send(json{{"id", 2}, {"do", "quit"}});
    client.run(3, {{"kind", "inspect"}, {"model", "m"}}); // too late
    client.until(2, "result");
    for (int layer = 0; layer < 8; ++layer)
        open_gate(path("run"), layer);
    QCOMPARE(client.wait(), 0); // without the end of stdin
    QCOMPARE(client.count(2, "result"), 1);
    QCOMPARE(client.count(1, "failed"), 1);
    QCOMPARE(client.count(1, "layer"), 1);
    QCOMPARE(client.count(3, "result"), 0);
}

void TestWorkerStopping::killed_and_resumed() {
    {
        Client client(home());
        client.run(1, gated_job(5, path("run")));
        client.until(1, "linear");
        open_gate(path("run"), 0);
        open_gate(path("run"), 1);
        client.until(1, "linear");
        client.until(1, "linear"); // at work in layer 2
        ::kill(pid_t(client.process().processId()), SIGKILL);
        client.process().waitForFinished();
    }
    std::ofstream(path("run") + "/events.jsonl", std::ios::app)
        << R"({"id":1,"ev)"; // as if killed in mid-write
    for (int layer = 2; layer < 5; ++layer)
        open_gate(path("run"), layer);
    Client client(home());
    client.run(1, gated_job(5, path("run")));
    const json result = client.end_of(1)["result"];
    QVERIFY(result["found"] == json({0, 1}));
    QVERIFY(result["computed"] == json({2, 3, 4}));
    const auto events = read_events(path("run"));
    for (std::size_t i = 0; i < events.size(); ++i)
        QVERIFY(events[i]["seq"] == i + 1);
    QCOMPARE(client.finish(), 0);
}

QTEST_GUILESS_MAIN(TestWorkerStopping)
#include "tst_worker_stopping.moc"
