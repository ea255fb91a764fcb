// `export` as a job: the same codes in another format, dequantized weights, refusals.
#include "core/checkpoint/reader.h"
#include "core/model/safetensors.h"
#include "tests/checkpoint/sample_request.h"
#include "tests/stages/stage_fixture.h"
#include "tests/strict_main.h"

using namespace moequant;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

struct Exports : StageFixture {
    json quantize(const std::string& name, json options) {
        options["method"] = "rtn";
        options["threads"] = 1; // hundreds of small linears: threads would only wait
        Job job = make("quantize", "sample", std::move(options));
        job.output = path(name);
        return run(job, "run-" + name);
    }
    Job job(const std::string& from, const std::string& to, const std::string& format) const {
        Job job = make("export", path(from), {{"format", format}, {"threads", 1}});
        job.output = path(to);
        return job;
    }
};

} // namespace

class TestExport : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void the_same_codes_data() {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        for (const char* from : {"gptq", "compressed-tensors", "awq"})
            for (const char* to : {"gptq", "compressed-tensors", "awq"})
                if (qstrcmp(from, to) != 0)
                    QTest::addRow("%s to %s", from, to) << from << to;
    }
    void the_same_codes() {
        QFETCH(QString, from);
        QFETCH(QString, to);
        Exports jobs;
        jobs.quantize("first", {{"format", from.toStdString()}, {"group_size", 64}});
        const json result = jobs.run(jobs.job("first", "second", to.toStdString()), "export");
        QCOMPARE(result["path"], json(jobs.path("second")));
        QCOMPARE(result["verified"], json(true));
        QVERIFY(result["bytes"].get<std::int64_t>() > 1'000'000);
        QVERIFY(fs::exists(jobs.path("second/moequant.json")));
        const QuantizedCheckpoint first(jobs.path("first")), second(jobs.path("second"));
        QCOMPARE(format_name(second.format()), to.toStdString());
        QCOMPARE(second.linears(), first.linears());
        for (const std::string& name : first.linears()) {
            const QuantizedLinear a = first.load_quantized(name), b = second.load_quantized(name);
            QVERIFY2(at::equal(a.codes, b.codes) && at::equal(a.dequantize(), b.dequantize()), name.c_str());
        }
        QCOMPARE(second.names(), first.names());
    }

    void float_has_the_dequantized_weights() {
        Exports jobs;
        jobs.quantize("first", {{"bits", 3}, {"asym", true}});
        // From the folder of the run that wrote it.
        const json result = jobs.run(jobs.job("run-first", "second", "float"), "export");
        QCOMPARE(result["verification"]["linears"], json(220));
        QVERIFY(!is_quantized_checkpoint(jobs.path("second")));
        const QuantizedCheckpoint first(jobs.path("first"));
        const SafetensorsFolder second(jobs.path("second"));
        QCOMPARE(second.names(), first.names());
        for (const std::string& name : second.names()) {
            QVERIFY(second.entry(name).dtype == at::kBFloat16);
            QVERIFY2(at::equal(second.load(name), first.load(name).to(at::kBFloat16)), name.c_str());
        }
    }

    void what_a_format_cannot_hold() {
        Exports jobs;
        jobs.quantize("three", {{"bits", 3}});
        // A zero of 0 shows only when the tensors are read: nothing is left behind.
        const SafetensorsFolder sample(sample_folder);
        CheckpointRequest request = sample_request(sample, Format::compressed_tensors, {.symmetric = false});
        request.linear = [inner = request.linear](const std::string& name) {
            QuantizedLinear linear = inner(name);
            linear.zeros[0][0] = 0;
            return linear;
        };
        fs::create_directories(jobs.path("asym"));
        write_checkpoint(request, jobs.path("asym"));
        for (const char* format : {"compressed-tensors", "awq"}) {
            const std::string text = jobs.refusal(jobs.job("three", "out", format));
            QVERIFY2(QString::fromStdString(text).contains("not 3"), text.c_str());
        }
        QVERIFY_THROWS_EXCEPTION(RequestError, jobs.run(jobs.job("asym", "out", "gptq"), "export"));
        QVERIFY(!fs::exists(jobs.path("out")));
    }

    void refusals() {
        Exports jobs;
        Job job = jobs.make("export", "sample", {{"format", "gptq"}});
        job.output = jobs.path("out");
        QVERIFY(QString::fromStdString(jobs.refusal(job)).contains("is not quantized"));
        fs::create_directories(jobs.path("run"));
        jobs.write("run/job.json", "{}");
        QVERIFY(
            QString::fromStdString(jobs.refusal(jobs.job("run", "out", "gptq"))).contains("not finished"));
        jobs.write("run/result.json", "{}");
        QVERIFY(
            QString::fromStdString(jobs.refusal(jobs.job("run", "out", "gptq"))).contains("no checkpoint"));
        QVERIFY(!jobs.refusal(jobs.job("nothing", "out", "gptq")).empty());
    }

    void stops_when_asked() {
        Exports jobs;
        jobs.quantize("first", {});
        jobs.stop.request_stop();
        QVERIFY_THROWS_EXCEPTION(Cancelled, jobs.run(jobs.job("first", "second", "float"), "export"));
        QVERIFY(!fs::exists(jobs.path("second")));
    }
};

STRICT_TEST_MAIN(TestExport)
#include "tst_export.moc"
