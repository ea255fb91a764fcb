// Less memory: fewer experts and tokens at a time, the same bytes.
#include "tests/stages/quantize_fixture.h"
#include "tests/strict_main.h"

#include "core/job/resources.h"
#include "core/model/weights.h"
#include "core/stages/device_plan.h"

#include <QCryptographicHash>
#include <QDirIterator>

using namespace moequant;

namespace {

constexpr int kThreads = 4;
const CalibrationSize kSize{.tokens = 12 * 128, .longest = 128, .hidden_bytes = 4};

ModelConfig sample_config() {
    return read_config(model_folder("sample"));
}

QMap<QString, QByteArray> hashes(const std::string& folder) {
    QMap<QString, QByteArray> result;
    QDirIterator files(QString::fromStdString(folder), QDir::Files);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            result[files.fileName()] = QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256);
    }
    return result;
}

} // namespace

class TestMemory : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void plans_stay_under_the_budget_data() {
        QTest::addColumn<QString>("folder");
        for (const char* model : {"qwen2_moe", "mixtral", "deepseek"})
            QTest::addRow("%s", model) << QString::fromStdString(fixtures + model);
        QTest::addRow("sample") << QString::fromStdString(model_folder("sample").string());
    }
    void plans_stay_under_the_budget() {
        QFETCH(QString, folder);
        const ModelConfig config = read_config(folder.toStdString());
        const CalibrationSize size{.tokens = 4096, .longest = 128, .hidden_bytes = 4};
        const MemoryPlan most = fit_memory(config, size, kThreads, std::int64_t(1) << 60);
        const MemoryPlan least = fit_memory(config, size, kThreads, 0);
        QVERIFY(what_was_cut(most, config, kThreads).empty());
        QCOMPARE(least.experts, 1);
        QVERIFY(least.peak() < most.peak() && least.batch < most.batch);
        int experts = 1;
        for (int step = 0; step <= 40; ++step) {
            const std::int64_t budget = least.peak() + step * (most.peak() - least.peak()) / 40;
            const MemoryPlan plan = fit_memory(config, size, kThreads, budget);
            QVERIFY(plan.peak() <= budget);
            QVERIFY(plan.experts >= experts); // more memory never takes fewer
            experts = plan.experts;
        }
        QCOMPARE(experts, most.experts);
    }

    // DeepSeek-MoE-16B's shape in bfloat16 with 128 sequences of 512, as far as a plan tells.
    void slices_fit_the_device() {
        ModelConfig config = read_config(fixtures + "deepseek");
        config.hidden_size = 2048;
        config.heads = config.kv_heads = 16;
        config.head_dim = 128;
        config.vocab_size = 102400;
        for (LayerConfig& layer : config.layers) {
            const bool moe = layer.moe;
            layer.experts = moe ? 64 : 0;
            layer.top_k = moe ? 6 : 0;
            layer.expert_intermediate = moe ? 1408 : 0;
            layer.shared_intermediate = moe ? 2816 : 0;
            layer.dense_intermediate = moe ? 0 : 10944;
        }
        const CalibrationSize size{.tokens = 128 * 512, .longest = 512, .hidden_bytes = 2};
        const std::int64_t gib = std::int64_t(1) << 30;
        int experts = 0;
        for (const std::int64_t budget : {8 * gib, 12 * gib, 20 * gib, 80 * gib}) {
            const DevicePlan plan = fit_device(config, size, 2, budget);
            qInfo("%lld GiB: %d experts, batches of %lld, hidden states %s, peak %.2f GiB",
                  static_cast<long long>(budget / gib), plan.experts, static_cast<long long>(plan.batch),
                  plan.hidden_there ? "on the device" : "on the host", double(plan.peak) / double(gib));
            QVERIFY(plan.peak <= budget && plan.experts >= experts && plan.experts >= 1);
            experts = plan.experts;
        }
        QCOMPARE(experts, 64);
        QVERIFY(!fit_device(config, size, 2, gib).hidden_there);

        config.layers = {config.layers.back()};
        const std::int64_t one = plan_device(config, size, 2, 64, 4096, false).peak;
        config.layers.push_back(config.layers[0]); // comes while the first is in work
        const std::int64_t two = plan_device(config, size, 2, 64, 4096, false).peak;
        QCOMPARE(two - one, layer_bytes(config, 1, at::kBFloat16));
    }

    void any_budget_gives_the_same_bytes_data() {
        QTest::addColumn<QString>("options");
        QTest::addRow("gptq, agq, shrunk") << R"({"agq":true,"min_tokens":300,"starved":"shrink"})";
        QTest::addRow("awq, agq") << R"({"method":"awq","agq":true})";
        QTest::addRow("mixed precision, rotated")
            << R"({"average_bits":3.4,"rotate":true,"hidden_dtype":"bfloat16"})";
    }
    void any_budget_gives_the_same_bytes() {
        QFETCH(QString, options);
        StageFixture fixture;
        const ModelConfig config = sample_config();
        CalibrationSize size = kSize;
        size.hidden_bytes = options.contains("bfloat16") ? 2 : 4;
        QMap<QString, QByteArray> first;
        bool fewer_experts = false, fewer_tokens = false;
        for (const auto& [experts, batch] : {std::pair(4, 4096), {2, 4096}, {1, 4096}, {1, 512}}) {
            const std::int64_t budget = plan_memory(config, size, experts, batch).peak();
            const MemoryPlan plan = fit_memory(config, size, kThreads, budget);
            const std::string cut = what_was_cut(plan, config, kThreads);
            fewer_experts |= plan.experts < kThreads;
            fewer_tokens |= plan.batch < size.tokens;
            const std::string name = std::to_string(experts) + "-" + std::to_string(batch);
            Job job = StageFixture::make("quantize", "sample", nlohmann::json::parse(options.toStdString()),
                                         {"builtin:maths?samples=12&length=128"});
            job.options["threads"] = kThreads;
            job.options["memory"] = std::to_string(budget);
            job.output = fixture.path("out-" + name);
            fixture.events.clear();
            fixture.run(job, "run-" + name);
            std::vector<std::string> said;
            for (const Event& event : fixture.events)
                if (event.name == "warning" && event.fields["code"] == "memory")
                    said.push_back(event.fields["text"].get<std::string>());
            QCOMPARE(said.size(), std::size_t(!cut.empty()));
            if (!cut.empty())
                QCOMPARE(said[0], cut + ", to stay under --memory " + std::to_string(budget));
            if (first.isEmpty())
                first = hashes(*job.output);
            QVERIFY(first.contains("model.safetensors"));
            QCOMPARE(hashes(*job.output), first);
        }
        QVERIFY(fewer_experts && fewer_tokens);
    }

    void what_does_not_fit_is_refused_and_what_would_is_said() {
        StageFixture fixture;
        const std::int64_t least = fit_memory(sample_config(), kSize, kThreads, 0).peak();
        Job job = StageFixture::make("quantize", "sample", {{"threads", kThreads}},
                                     {"builtin:maths?samples=12&length=128"});
        job.output = fixture.path("out");
        job.options["memory"] = std::to_string(least - (1 << 20));
        const std::string said = fixture.refusal(job), enough = std::to_string((least >> 20) + 1) + "MiB";
        QVERIFY2(said.find("--memory") != std::string::npos && said.find(enough) != std::string::npos,
                 said.c_str());
        job.options["memory"] = enough;
        QCOMPARE(fixture.refusal(job), std::string());
    }

    void inspect_plans_within_the_budget() {
        StageFixture fixture;
        const auto planned = [&](nlohmann::json options) {
            options["threads"] = kThreads;
            options["calibration_tokens"] = kSize.tokens;
            return fixture.run(StageFixture::make("inspect", "sample", options),
                               "run" + std::to_string(options.size()))["memory_plan"];
        };
        const nlohmann::json free = planned({});
        const auto budget = free["peak_bytes"].get<std::int64_t>() - 1;
        const nlohmann::json held = planned({{"memory", std::to_string(budget)}});
        QCOMPARE(free["experts_at_once"].get<int>(), kThreads);
        QVERIFY(held["peak_bytes"].get<std::int64_t>() <= budget);
        QVERIFY(held["experts_at_once"] < free["experts_at_once"] ||
                held["batch_tokens"] < free["batch_tokens"]);
    }
};

STRICT_TEST_MAIN(TestMemory)
#include "tst_memory.moc"
