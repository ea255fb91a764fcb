// Every method, grid, format and preset through the whole job: written, verified, read back.
#include "tests/stages/quantize_fixture.h"

#include "core/job/presets.h"
#include "core/model/safetensors.h"

using namespace moequant;

namespace {

/// Within the budget, and every expert's linears have the bits that were chosen for it.
void check_mixed(const nlohmann::json& result) {
    const auto& mixed = result["mixed_precision"];
    QVERIFY(mixed["average_bits"].get<double>() <= 4.5);
    QVERIFY(mixed["predicted_error"].get<double>() <= mixed["uniform"].front().get<double>());
    std::map<std::pair<int, int>, int> bits;
    std::map<int, std::set<int>> of_layer;
    for (const auto& expert : mixed["experts"]) {
        bits[{expert["layer"], expert["expert"]}] = expert["bits"];
        of_layer[expert["layer"]].insert(expert["bits"].get<int>());
    }
    for (const auto& row : result["linears"])
        if (row["expert"].is_number())
            QCOMPARE(row["bits"].get<int>(), (bits.at({row["layer"], row["expert"]})));
    for (const auto& [layer, choices] : of_layer)
        QVERIFY(mixed["unit"] == "expert" || choices.size() == 1);
}

} // namespace

class TestQuantizeMethods : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void other_formats_and_methods_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("options");
        QTest::addRow("gptq act-order") << "qwen2_moe"
                                        << R"({"act_order":true,"group_size":32})";
        QTest::addRow("gptq asymmetric 8 bit") << "qwen2_moe"
                                               << R"({"asym":true,"bits":8,"group_size":-1})";
        QTest::addRow("compressed-tensors") << "qwen2_moe"
                                            << R"({"format":"compressed-tensors","group_size":32})";
        QTest::addRow("compressed-tensors deepseek") << "deepseek"
                                                     << R"({"format":"compressed-tensors","group_size":-1})";
        QTest::addRow("router too")
            << "qwen2_moe_variant"
            << R"({"quantize_router":true,"format":"compressed-tensors","group_size":-1})";
        QTest::addRow("awq folded, in gptq") << "qwen2_moe"
                                             << R"({"method":"awq","group_size":-1})";
        QTest::addRow("awq, quantized router")
            << "qwen2_moe"
            << R"({"method":"awq","format":"float","quantize_router":true,"group_size":-1})";
        QTest::addRow("rotated") << "deepseek_variant"
                                 << R"({"rotate":true,"format":"compressed-tensors","group_size":-1})";
        QTest::addRow("rotated and dequantized")
            << "qwen2_moe"
            << R"({"rotate":true,"format":"float","bits":5,"group_size":-1})";
        QTest::addRow("starved experts from all tokens")
            << "qwen2_moe"
            << R"({"min_tokens":1000,"starved":"route-all","group_size":-1,"agq":true})";
        QTest::addRow("overrides")
            << "mixtral"
            << R"({"override":["*.self_attn.*=bits:8","model.layers.0.*=bits:8"],"clip":"mse","group_size":32,"format":"compressed-tensors"})";
        QTest::addRow("mixed by expert")
            << "mixtral"
            << R"({"average_bits":3.5,"bit_choices":[2,4,8],"format":"float","group_size":-1})";
        QTest::addRow("mixed by layer") << "qwen2_moe"
                                        << R"({"average_bits":4.5,"mixed_unit":"layer","group_size":-1})";
        QTest::addRow("rtn, rotated") << "qwen2_moe"
                                      << R"({"method":"rtn","rotate":true,"group_size":32})";
        QTest::addRow("rtn without a corpus") << "qwen2_moe"
                                              << R"({"method":"rtn","group_size":32})";
    }

    // Written, verified, and read back by our own decoder: logits near the float model's.
    void other_formats_and_methods() {
        QFETCH(QString, model);
        QFETCH(QString, options);
        StageFixture fixture;
        Job job = StageFixture::make("quantize", fixtures + model.toStdString(),
                                     nlohmann::json::parse(options.toStdString()));
        if (!options.contains("rtn"))
            job.corpus = {"tokens:" + small_set(fixture)};
        job.output = fixture.path("out");
        const nlohmann::json result = fixture.run(job, "run");
        QVERIFY(result["verified"].get<bool>());
        if (!options.contains("float"))
            QVERIFY(result["bytes_after"].get<std::int64_t>() < result["bytes_before"].get<std::int64_t>());
        if (result.contains("mixed_precision"))
            check_mixed(result);
        for (const auto& row : result["linears"])
            QCOMPARE(row["relative_output_error"].is_null(), options.contains("rtn") || row["tokens"] == 0);
        const auto trace = [&](const std::string& folder, const std::string& name) {
            Job traced = StageFixture::make("trace", folder,
                                            {{"tokens", fixtures + model.toStdString() + "/tokens.json"}});
            traced.output = fixture.path(name);
            fixture.run(traced, "run-" + name);
            return SafetensorsFile(fixture.path(name)).load("logits");
        };
        const at::Tensor floating = trace(fixtures + model.toStdString(), "float.safetensors");
        const at::Tensor quantized = trace(fixture.path("out"), "quantized.safetensors");
        const double error = ((floating - quantized).norm() / floating.norm()).item<double>();
        // 4 bits on a random model of width 32 flip some routing; unrelated logits would be √2 away, a wrong
        // scale more.
        QVERIFY2(error > 0 && error < 0.6, qPrintable(QString::number(error)));
    }

    // Nothing but the rotation: float32 logits are the model's own.
    void rotation_alone_data() {
        QTest::addColumn<QString>("model");
        for (const char* model : {"qwen2_moe", "mixtral", "deepseek"})
            QTest::addRow("%s", model) << model;
    }
    void rotation_alone() {
        QFETCH(QString, model);
        StageFixture fixture;
        const std::string folder = fixtures + model.toStdString();
        Job job = StageFixture::make(
            "quantize", folder,
            {{"method", "rtn"}, {"rotate", true}, {"format", "float"}, {"override", {"*=skip"}}});
        job.output = fixture.path("out");
        QVERIFY(fixture.run(job, "run")["linears"].empty());
        std::vector<at::Tensor> logits;
        for (const std::string& from : {folder, fixture.path("out")}) {
            Job traced = StageFixture::make("trace", from, {{"tokens", folder + "/tokens.json"}});
            traced.output = fixture.path("trace" + std::to_string(logits.size()));
            fixture.run(traced, "run-trace" + std::to_string(logits.size()));
            logits.push_back(SafetensorsFile(*traced.output).load("logits"));
        }
        const double worst = ((logits[0] - logits[1]).abs().max() / logits[0].abs().max()).item<double>();
        qInfo("logits differ by %.1e of the greatest", worst);
        QVERIFY(worst > 0 && worst < 1e-3);
    }

    void presets_data() {
        QTest::addColumn<QString>("preset");
        for (const std::string& name : preset_names("quantize"))
            QTest::addRow("%s", name.c_str()) << QString::fromStdString(name);
    }
    void presets() {
        QFETCH(QString, preset);
        StageFixture fixture;
        Job job = StageFixture::make("quantize", "sample", {{"preset", preset.toStdString()}},
                                     {"builtin:prose?samples=4&length=64"});
        job.output = fixture.path("out");
        const nlohmann::json result = fixture.run(job, "run");
        QVERIFY(result["verified"].get<bool>());
        for (const auto& row : result["linears"])
            QCOMPARE(row["bits"].get<int>(), 4);
        const bool guided = preset.startsWith("moequant"), row = preset != "balanced" && preset != "paper";
        std::ifstream record(fixture.path("run/job.json"));
        const auto options = nlohmann::json::parse(record)["options"];
        QCOMPARE(options["agq"].get<bool>(), guided);
        QCOMPARE(options["group_size"].get<int>(), row ? -1 : 128);
        QCOMPARE(find_preset(preset.toStdString()).loads_in.empty(), !row);
    }
};

QTEST_GUILESS_MAIN(TestQuantizeMethods)
#include "tst_quantize_methods.moc"
