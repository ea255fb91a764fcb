// What each format can hold, found before the work starts, and what the config says of it.
#include "core/checkpoint/format.h"
#include "core/job/error.h"

#include <QtTest>

using namespace moequant;

namespace {

/// DeepSeek-MoE-16B's first two layers, two experts.
std::vector<LinearShape> deepseek(const GridOptions& grid) {
    std::vector<LinearShape> linears;
    const auto add = [&](int layer, const std::string& name, std::int64_t rows, std::int64_t cols) {
        linears.push_back({"model.layers." + std::to_string(layer) + "." + name, rows, cols, grid});
    };
    for (int layer : {0, 1}) {
        for (const char* part : {"q_proj", "k_proj", "v_proj", "o_proj"})
            add(layer, std::string("self_attn.") + part, 2048, 2048);
        const auto mlp = [&](const std::string& prefix, std::int64_t width) {
            add(layer, prefix + "gate_proj", width, 2048);
            add(layer, prefix + "up_proj", width, 2048);
            add(layer, prefix + "down_proj", 2048, width);
        };
        if (layer == 0)
            mlp("mlp.", 10944);
        else
            for (const char* block : {"mlp.experts.0.", "mlp.experts.1.", "mlp.shared_experts."})
                mlp(block, 1408);
    }
    return linears;
}

QStringList left_float(const FormatCheck& check) {
    QStringList names;
    for (const LinearVerdict& verdict : check.linears)
        if (!verdict.quantize)
            names << QString::fromStdString(verdict.name);
    return names;
}

QString refusal(Format format, const std::vector<LinearShape>& linears) {
    try {
        check_format(format, "qwen2_moe", linears);
    } catch (const RequestError& error) {
        return error.what();
    }
    return {};
}

} // namespace

class TestFormat : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void deepseek_by_format() {
        const GridOptions grid{.bits = 4, .group_size = 128};
        const QString down = "model.layers.0.mlp.down_proj"; // 10944 = 85.5 · 128 columns
        QCOMPARE(left_float(check_format(Format::compressed_tensors, "deepseek", deepseek(grid))),
                 QStringList{down});
        const FormatCheck gptq = check_format(Format::gptq, "deepseek", deepseek(grid));
        QCOMPARE(left_float(gptq).size(), 9); // and the attention of both layers
        QVERIFY(left_float(gptq).contains("model.layers.1.self_attn.q_proj"));
        for (const LinearVerdict& verdict : gptq.linears)
            QCOMPARE(verdict.reason.empty(), verdict.quantize);
        const GridOptions channel{.bits = 4, .group_size = -1};
        QVERIFY(
            left_float(check_format(Format::compressed_tensors, "deepseek", deepseek(channel))).isEmpty());
    }

    void lone_linears_stay_float() {
        const std::vector<LinearShape> linears{{"model.layers.0.mlp.gate", 60, 2048, {}},
                                               {"model.layers.0.mlp.shared_expert_gate", 1, 2048, {}},
                                               {"model.layers.0.self_attn.o_proj", 2048, 2048, {}}};
        const FormatCheck check = check_format(Format::gptq, "qwen2_moe", linears);
        QCOMPARE(left_float(check),
                 (QStringList{"model.layers.0.mlp.gate", "model.layers.0.mlp.shared_expert_gate"}));
    }

    void refuses_data() {
        QTest::addColumn<bool>("gptq");
        QTest::addColumn<int>("bits");
        QTest::addColumn<int>("group");
        QTest::addColumn<std::string>("name");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("cols");
        QTest::addColumn<QString>("says");
        const std::string expert = "model.layers.3.mlp.experts.7.down_proj",
                          q = "model.layers.0.self_attn.q_proj";
        QTest::newRow("5 bits in gptq") << true << 5 << 128 << q << 128 << 128 << "2, 3, 4 or 8 bits, not 5";
        QTest::newRow("3 bits in ct") << false << 3 << 128 << q << 128 << 128 << "4 or 8 bits, not 3";
        QTest::newRow("group 0") << false << 4 << 0 << q << 128 << 128 << "group size 0";
        QTest::newRow("expert's group") << false << 4 << 128 << expert << 128 << 704 << "704 columns";
        QTest::newRow("expert's rows") << true << 4 << 32 << expert << 100 << 64 << "100 rows";
        QTest::newRow("q's columns") << true << 4 << -1 << q << 128 << 40 << "40 columns";
    }
    void refuses() {
        QFETCH(bool, gptq);
        QFETCH(int, bits);
        QFETCH(int, group);
        QFETCH(std::string, name);
        QFETCH(int, rows);
        QFETCH(int, cols);
        QFETCH(QString, says);
        const QString text = refusal(gptq ? Format::gptq : Format::compressed_tensors,
                                     {{name, rows, cols, {.bits = bits, .group_size = group}}});
        QVERIFY2(text.contains(says), qPrintable("said: " + text));
    }

    void notes_what_servers_refuse() {
        const auto notes = [](Format format, const GridOptions& grid) {
            return check_format(format, "mixtral", {{"model.layers.0.self_attn.o_proj", 512, 512, grid}})
                .notes.size();
        };
        QCOMPARE(notes(Format::gptq, {}), 0U);
        QCOMPARE(notes(Format::gptq, {.bits = 3}), 1U);
        QCOMPARE(notes(Format::gptq, {.symmetric = false}), 1U);
        QCOMPARE(notes(Format::compressed_tensors, {}), 0U);
        QCOMPARE(notes(Format::compressed_tensors, {.symmetric = false}), 1U);
        QCOMPARE(notes(Format::compressed_tensors, {.group_size = 256}), 1U);
    }

    void names() {
        QCOMPARE(format_name(parse_format("gptq")), std::string("gptq"));
        QCOMPARE(format_name(parse_format("compressed-tensors")), std::string("compressed-tensors"));
        QVERIFY_THROWS_EXCEPTION(RequestError, parse_format("gguf"));
    }

    void grids_follow_the_format() {
        QVERIFY(grid_for(Format::gptq, at::kBFloat16, {}).scale_dtype == at::kHalf);
        QCOMPARE(grid_for(Format::gptq, at::kBFloat16, {}).min_zero, 1);
        QVERIFY(grid_for(Format::compressed_tensors, at::kBFloat16, {}).scale_dtype == at::kBFloat16);
        QVERIFY(grid_for(Format::compressed_tensors, at::kFloat, {}).scale_dtype == at::kHalf);
        QCOMPARE(grid_for(Format::compressed_tensors, at::kFloat, {}).min_zero, 0);
    }

    void gptq_config() {
        QuantizationRecord record;
        for (const char* name : {"self_attn.q_proj", "self_attn.o_proj", "mlp.experts.0.down_proj",
                                 "mlp.experts.0.gate_proj", "mlp.shared_expert.up_proj"})
            for (const char* layer : {"model.layers.0.", "model.layers.1."})
                record.linears[std::string(layer) + name] = record.grid;
        record.linears["model.layers.1.mlp.down_proj"] = record.grid;
        const nlohmann::ordered_json config =
            quantization_config(record, {"lm_head", "model.layers.0.mlp.gate", "model.layers.1.mlp.gate",
                                         "model.layers.0.mlp.down_proj"});
        const auto expected =
            nlohmann::ordered_json::parse(R"({"quant_method": "gptq", "bits": 4, "group_size": 128,
            "desc_act": false, "sym": true, "lm_head": false, "checkpoint_format": "gptq", "pack_dtype": "int32",
            "dynamic": {"-:.*\\.mlp\\.gate$": {}, "-:model\\.layers\\.0\\.mlp\\.down_proj$": {}},
            "modules_in_block_to_quantize": [["self_attn.q_proj"], ["self_attn.o_proj"],
                ["mlp.experts.0.gate_proj", "mlp.shared_expert.up_proj"], ["mlp.down_proj", "mlp.experts.0.down_proj"]],
            "meta": {"quantizer": ["moequant_workbench:0.1.0"], "damp_percent": 0.01}})");
        QCOMPARE(config.dump(1), expected.dump(1));
    }

    void compressed_tensors_config() {
        const QuantizationRecord record{.format = Format::compressed_tensors,
                                        .linears = {{"model.layers.0.block_sparse_moe.experts.0.w1", {}}}};
        nlohmann::ordered_json config =
            quantization_config(record, {"lm_head", "model.layers.0.block_sparse_moe.gate"});
        const auto expected = nlohmann::ordered_json::parse(R"({"quant_method": "compressed-tensors",
            "format": "pack-quantized", "quantization_status": "compressed",
            "config_groups": {"group_0": {"targets": ["Linear"],
                "weights": {"num_bits": 4, "type": "int", "symmetric": true, "strategy": "group", "group_size": 128,
                    "dynamic": false, "actorder": null, "block_structure": null, "observer": "minmax",
                    "observer_kwargs": {}},
                "input_activations": null, "output_activations": null}},
            "ignore": ["lm_head", "re:.*block_sparse_moe\\.gate$"],
            "global_compression_ratio": null, "kv_cache_scheme": null, "sparsity_config": {}, "transform_config": {},
            "version": "0.12.0"})");
        QCOMPARE(config.dump(1), expected.dump(1));
        QuantizationRecord channel = record;
        channel.grid.group_size = -1;
        channel.linears.clear();
        const auto weights = quantization_config(channel, {})["config_groups"]["group_0"]["weights"];
        QCOMPARE(weights["strategy"].get<std::string>(), std::string("channel"));
        QVERIFY(weights["group_size"].is_null());
    }
};

QTEST_GUILESS_MAIN(TestFormat)
#include "tst_format.moc"
