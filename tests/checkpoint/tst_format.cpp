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
        QTest::addColumn<QString>("format");
        QTest::addColumn<int>("bits");
        QTest::addColumn<int>("group");
        QTest::addColumn<std::string>("name");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("cols");
        QTest::addColumn<QString>("says");
        const std::string expert = "model.layers.3.mlp.experts.7.down_proj",
                          q = "model.layers.0.self_attn.q_proj";
        QTest::newRow("5 bits in gptq")
            << "gptq" << 5 << 128 << q << 128 << 128 << "2, 3, 4 or 8 bits, not 5";
        QTest::newRow("3 bits in ct")
            << "compressed-tensors" << 3 << 128 << q << 128 << 128 << "4 or 8 bits, not 3";
        QTest::newRow("group 0") << "compressed-tensors" << 4 << 0 << q << 128 << 128 << "group size 0";
        QTest::newRow("expert's group")
            << "compressed-tensors" << 4 << 128 << expert << 128 << 704 << "704 columns";
        QTest::newRow("expert's rows") << "gptq" << 4 << 32 << expert << 100 << 64 << "100 rows";
        QTest::newRow("q's columns") << "gptq" << 4 << -1 << q << 128 << 40 << "40 columns";
        QTest::newRow("8 bits in awq") << "awq" << 8 << 128 << q << 128 << 128 << "4 bits, not 8";
        QTest::newRow("awq's rows") << "awq" << 4 << 128 << q << 60 << 128 << "60 rows";
        QTest::newRow("awq per channel") << "awq" << 4 << -1 << q << 128 << 192 << "the group size 128";
    }
    void refuses() {
        QFETCH(QString, format);
        QFETCH(int, bits);
        QFETCH(int, group);
        QFETCH(std::string, name);
        QFETCH(int, rows);
        QFETCH(int, cols);
        QFETCH(QString, says);
        const QString text = refusal(parse_format(format.toStdString()),
                                     {{name, rows, cols, {.bits = bits, .group_size = group}}});
        QVERIFY2(text.contains(says), qPrintable("said: " + text));
        QVERIFY2(text.startsWith(QString::fromStdString(name)), qPrintable("said: " + text));
    }

    void float_holds_what_fits_the_grid() {
        const GridOptions grid{.bits = 5, .group_size = 128};
        const std::vector<LinearShape> linears{{"model.layers.0.mlp.gate", 60, 2048, grid},
                                               {"model.layers.0.mlp.experts.0.up_proj", 100, 100, grid},
                                               {"model.layers.0.mlp.experts.0.gate_proj", 100, 128, grid}};
        const FormatCheck check =
            check_format(Format::floating, "qwen2_moe", linears, {"model.layers.0.mlp.experts.1.up_proj"});
        QCOMPARE(left_float(check), QStringList{"model.layers.0.mlp.experts.0.up_proj"});
        QVERIFY(check.notes.empty());
    }

    void mixed_grids_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QStringList>("eight"); // the linears of 8 bits among 4-bit ones
        QTest::addColumn<QString>("says");
        const QString q = "model.layers.0.self_attn.q_proj", o = "model.layers.0.self_attn.o_proj",
                      expert = "model.layers.0.mlp.experts.1.up_proj",
                      other = "model.layers.1.mlp.experts.0.up_proj";
        for (const char* format : {"gptq", "compressed-tensors"}) {
            QTest::addRow("%s, o", format) << format << QStringList{o} << "";
            QTest::addRow("%s, q", format) << format << QStringList{q} << "inside q/k/v";
        }
        QTest::newRow("gptq, expert") << "gptq" << QStringList{expert} << "GPTQModel loads them";
        QTest::newRow("gptq, expert's layer") << "gptq" << QStringList{other} << "";
        QTest::newRow("ct, expert") << "compressed-tensors" << QStringList{expert}
                                    << "its first one|one grid";
        QTest::newRow("ct, expert's layer") << "compressed-tensors" << QStringList{other} << "one grid";
        QTest::newRow("float") << "float" << QStringList{q, expert} << "";
    }
    void mixed_grids() {
        QFETCH(QString, format);
        QFETCH(QStringList, eight);
        QFETCH(QString, says);
        std::vector<LinearShape> linears;
        for (const char* name :
             {"model.layers.0.self_attn.q_proj", "model.layers.0.self_attn.k_proj",
              "model.layers.0.self_attn.o_proj", "model.layers.0.mlp.experts.0.up_proj",
              "model.layers.0.mlp.experts.1.up_proj", "model.layers.1.mlp.experts.0.up_proj"})
            linears.push_back({name, 128, 128, {.bits = eight.contains(name) ? 8 : 4}});
        const FormatCheck check = check_format(parse_format(format.toStdString()), "qwen2_moe", linears);
        QVERIFY(left_float(check).isEmpty());
        const QStringList expected = says.split('|', Qt::SkipEmptyParts);
        QCOMPARE(qsizetype(check.notes.size()), expected.size());
        for (const QString& part : expected)
            QVERIFY2(std::any_of(check.notes.begin(), check.notes.end(),
                                 [&](const std::string& note) {
                                     return QString::fromStdString(note).contains(part);
                                 }),
                     qPrintable(part));
    }

    void awq_has_one_group_size() {
        const std::vector<LinearShape> linears{
            {"model.layers.0.self_attn.o_proj", 128, 128, {.group_size = 64}},
            {"model.layers.0.mlp.down_proj", 128, 128, {.group_size = 128}}};
        QVERIFY(refusal(Format::awq, linears).startsWith("model.layers.0.mlp.down_proj: awq holds one"));
        std::vector<LinearShape> same = linears; // a row's scale is written every 128 columns
        same[0].grid.group_size = -1;
        QCOMPARE(refusal(Format::awq, same), QString());
    }

    void skipped_linears() {
        const std::vector<LinearShape> linears{{"model.layers.0.self_attn.q_proj", 128, 128, {}},
                                               {"model.layers.0.mlp.experts.0.up_proj", 128, 128, {}}};
        const auto skip = [&](Format format, const std::string& name) {
            try {
                return QString::number(check_format(format, "deepseek", linears, {name}).notes.size());
            } catch (const RequestError& error) {
                return QString(error.what());
            }
        };
        QVERIFY(skip(Format::compressed_tensors, "model.layers.0.self_attn.v_proj")
                    .startsWith("model.layers.0.self_attn.v_proj: cannot stay float alone"));
        QVERIFY(skip(Format::gptq, "model.layers.0.mlp.experts.7.down_proj").contains("experts.0.up_proj"));
        QCOMPARE(skip(Format::gptq, "model.layers.1.mlp.experts.7.down_proj"), QString("0"));
        QCOMPARE(skip(Format::awq, "model.layers.1.self_attn.v_proj"), QString("1"));
        QCOMPARE(skip(Format::floating, "model.layers.0.self_attn.v_proj"), QString("0"));
    }

    void majority() {
        const GridOptions three{.bits = 3};
        QVERIFY(majority_grid({}) == GridOptions());
        QCOMPARE(majority_grid({{"a", {}}, {"b", three}, {"c", three}}).bits, 3);
        QCOMPARE(majority_grid({{"a", {}}, {"b", three}}).bits, 4);
    }

    void notes_what_servers_refuse() {
        const auto notes = [](Format format, const GridOptions& grid) {
            const std::string name = "model.layers.0.block_sparse_moe.experts.0.w1";
            return check_format(format, "mixtral", {{name, 512, 512, grid}}).notes.size();
        };
        QCOMPARE(notes(Format::gptq, {}), 0U);
        QCOMPARE(notes(Format::gptq, {.bits = 3}), 1U);
        QCOMPARE(notes(Format::gptq, {.symmetric = false}), 1U);
        QCOMPARE(notes(Format::compressed_tensors, {}), 0U);
        QCOMPARE(notes(Format::compressed_tensors, {.symmetric = false}), 1U);
        QCOMPARE(notes(Format::compressed_tensors, {.group_size = 256}), 1U);
        const auto router = [](Format format) {
            return check_format(format, "mixtral", {{"model.layers.0.block_sparse_moe.gate", 64, 512, {}}})
                .notes.size();
        };
        QCOMPARE(router(Format::gptq), 1U);
        QCOMPARE(router(Format::floating), 0U);
    }

    void names() {
        QCOMPARE(format_name(parse_format("gptq")), std::string("gptq"));
        QCOMPARE(format_name(parse_format("compressed-tensors")), std::string("compressed-tensors"));
        QCOMPARE(format_name(parse_format("awq")), std::string("awq"));
        QCOMPARE(format_name(parse_format("float")), std::string("float"));
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

    void gptq_rules_of_other_grids() {
        QuantizationRecord record;
        for (int e = 0; e < 4; ++e)
            for (const char* part : {"gate_proj", "up_proj", "down_proj"})
                record.linears["model.layers.1.mlp.experts." + std::to_string(e) + "." + part].bits =
                    e % 2 ? 2 : 4;
        record.linears["model.layers.0.mlp.down_proj"] = {.bits = 8, .group_size = 64, .symmetric = false};
        const auto dynamic = quantization_config(record, {"lm_head", "model.layers.1.mlp.gate"})["dynamic"];
        const auto expected = nlohmann::ordered_json::parse(R"({"-:.*\\.mlp\\.gate$": {},
            "+:.*\\.mlp\\.experts\\.(1|3)\\.(down_proj|gate_proj|up_proj)$":
                {"bits": 2, "group_size": 128, "sym": true},
            "+:model\\.layers\\.0\\..*": {"bits": 8, "group_size": 64, "sym": false}})");
        QCOMPARE(dynamic.dump(1), expected.dump(1));
    }

    void compressed_tensors_groups() {
        QuantizationRecord record;
        record.format = Format::compressed_tensors;
        for (const char* part : {"gate_proj", "up_proj"}) {
            record.linears[std::string("model.layers.1.mlp.experts.0.") + part] = {};
            record.linears[std::string("model.layers.1.mlp.shared_experts.") + part].bits = 8;
        }
        record.linears["model.layers.1.self_attn.q_proj"] = {};
        const auto groups = quantization_config(record, {})["config_groups"];
        QCOMPARE(groups.size(), 2U);
        // Named although the class alone would do: transformers looks for "experts" in the patterns.
        QCOMPARE(groups["group_0"]["targets"].dump(), std::string(R"(["Linear","re:.*mlp\\.experts.*"])"));
        QCOMPARE(groups["group_0"]["weights"]["num_bits"].get<int>(), 4);
        QCOMPARE(groups["group_1"]["targets"].dump(),
                 std::string(R"(["re:.*mlp\\.shared_experts\\.(gate_proj|up_proj)$"])"));
        QCOMPARE(groups["group_1"]["weights"]["num_bits"].get<int>(), 8);

        for (const char* part : {"gate_proj", "up_proj"}) // now the experts are the fewer
            record.linears[std::string("model.layers.1.mlp.experts.0.") + part].bits = 8;
        record.linears["model.layers.1.mlp.shared_experts.up_proj"] = {};
        record.linears["model.layers.1.mlp.shared_experts.gate_proj"] = {};
        const auto swapped = quantization_config(record, {})["config_groups"];
        QCOMPARE(swapped["group_0"]["targets"].dump(), std::string(R"(["re:.*mlp\\.experts.*"])"));
        QCOMPARE(swapped["group_1"]["targets"].dump(), std::string(R"(["Linear"])"));
    }

    void awq_config() {
        const QuantizationRecord record{.format = Format::awq,
                                        .grid = {.group_size = -1},
                                        .linears = {{"model.layers.0.mlp.experts.0.up_proj", {}}}};
        const auto expected = nlohmann::ordered_json::parse(R"({"quant_method": "awq", "bits": 4,
            "group_size": 128, "zero_point": true, "version": "gemm",
            "modules_to_not_convert": ["lm_head", "model.layers.0.mlp.gate", "model.layers.1.mlp.gate"]})");
        QCOMPARE(
            quantization_config(record, {"lm_head", "model.layers.0.mlp.gate", "model.layers.1.mlp.gate"})
                .dump(1),
            expected.dump(1));
        QVERIFY(quantization_config({.format = Format::floating}, {}).is_null());
    }
};

QTEST_GUILESS_MAIN(TestFormat)
#include "tst_format.moc"
