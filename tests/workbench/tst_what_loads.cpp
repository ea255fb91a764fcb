// Which software loads what: the table of docs/formats.md, row by row; what the check before a run says.
#include "app/workbench/pages/run_view.h"
#include "app/workbench/pages/verdict.h"
#include "app/workbench/what_loads.h"

#include <QTest>

using namespace moequant;
using nlohmann::json;
using Loads = LoadAnswer::Loads;
using Tone = VerdictLine::Tone;

namespace {

json model() {
    json layers = json::array();
    for (int layer = 0; layer < 2; ++layer) {
        json linears = json::array();
        const std::string before = "model.layers." + std::to_string(layer) + '.';
        for (const char* part : {"q_proj", "k_proj", "v_proj", "o_proj"})
            linears.push_back({{"name", before + "self_attn." + part},
                               {"expert", nullptr},
                               {"rows", 256},
                               {"columns", 256}});
        linears.push_back(
            {{"name", before + "mlp.gate"}, {"expert", nullptr}, {"rows", 10}, {"columns", 256}});
        for (const char* part : {"gate_proj", "up_proj"})
            linears.push_back(
                {{"name", before + "mlp.experts.0." + part}, {"expert", 0}, {"rows", 384}, {"columns", 256}});
        linears.push_back(
            {{"name", before + "mlp.experts.0.down_proj"}, {"expert", 0}, {"rows", 256}, {"columns", 384}});
        layers.push_back(
            {{"index", layer}, {"moe", true}, {"experts", 10}, {"top_k", 2}, {"linears", linears}});
    }
    return {{"model_type", "qwen2_moe"},
            {"layers", layers},
            {"hidden_size", 256},
            {"parameters", 8e6},
            {"bytes", 16e6},
            {"memory_plan", {{"peak_bytes", 1e9}, {"hidden_bytes", 1e8}}}};
}

Job job(const json& options) {
    Job job;
    job.kind = "quantize";
    job.model = "sample";
    job.options = {{"method", "gptq"}, {"bits", 4}, {"group_size", 128}, {"asym", false}, {"format", "gptq"}};
    job.options.update(options);
    return job;
}

} // namespace

class TestWhatLoads : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void the_table_data() {
        QTest::addColumn<QString>("options");
        QTest::addColumn<int>("vllm");
        QTest::addColumn<int>("transformers");
        const auto row = [](const char* name, const char* options, Loads vllm, Loads transformers) {
            QTest::newRow(name) << options << int(vllm) << int(transformers);
        };
        row("gptq, 4 bits", "{}", Loads::Yes, Loads::Through);
        row("gptq, 8 bits, whole rows", R"({"bits": 8, "group_size": -1})", Loads::Yes, Loads::Through);
        row("gptq, asymmetric", R"({"asym": true})", Loads::No, Loads::Through);
        row("gptq, 3 bits", R"({"bits": 3})", Loads::No, Loads::Through);
        row("gptq, attention on another grid", R"({"override": ["*.self_attn.*=bits:8"]})", Loads::Yes,
            Loads::No);
        row("gptq, one layer on another grid", R"({"override": ["model.layers.1.*=bits:8"]})", Loads::Yes,
            Loads::No);
        row("gptq, one expert on another grid", R"({"override": ["*.experts.7.*=bits:8"]})", Loads::No,
            Loads::No);
        row("gptq, q alone on another grid", R"({"override": ["*.q_proj=bits:8"]})", Loads::No, Loads::No);
        row("gptq, mixed by expert", R"({"average_bits": 4.5, "bit_choices": [4, 8]})", Loads::No, Loads::No);
        row("gptq, mixed by layer", R"({"average_bits": 4.5, "bit_choices": [4, 8], "mixed_unit": "layer"})",
            Loads::Yes, Loads::No);
        row("gptq, groups of 16", R"({"group_size": 16})", Loads::Through, Loads::Through);
        row("compressed-tensors", R"({"format": "compressed-tensors"})", Loads::Yes, Loads::Yes);
        row("compressed-tensors, asymmetric", R"({"format": "compressed-tensors", "asym": true})", Loads::No,
            Loads::No);
        row("compressed-tensors, attention asymmetric alone",
            R"({"format": "compressed-tensors", "override": ["*.self_attn.*=sym:false"]})", Loads::Yes,
            Loads::Yes);
        row("compressed-tensors, one layer on another grid",
            R"({"format": "compressed-tensors", "override": ["model.layers.1.*=bits:8"]})", Loads::Yes,
            Loads::No);
        row("awq, asymmetric", R"({"format": "awq", "asym": true})", Loads::Yes, Loads::Through);
        row("float, 3 bits", R"({"format": "float", "bits": 3, "asym": true})", Loads::Yes, Loads::Yes);
        row("router quantized", R"({"quantize_router": true})", Loads::No, Loads::Through);
    }
    void the_table() {
        QFETCH(QString, options);
        QFETCH(int, vllm);
        QFETCH(int, transformers);
        const auto shape = checkpoint_shape(job(json::parse(options.toStdString())), model());
        const auto answers = what_loads(shape);
        QCOMPARE(answers[0].software, QString("vLLM"));
        QCOMPARE(int(answers[0].loads), vllm);
        QCOMPARE(answers[1].software, QString("transformers"));
        QCOMPARE(int(answers[1].loads), transformers);
        QCOMPARE(shape.format == "gptq" || shape.format == "awq", answers.size() == 3); // GPTQModel
    }

    void what_a_format_cannot_hold_data() {
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("why");
        QTest::newRow("gptq, 5 bits") << R"({"bits": 5})"
                                      << "gptq cannot hold 5 bits";
        QTest::newRow("compressed-tensors, 3 bits") << R"({"bits": 3, "format": "compressed-tensors"})"
                                                    << "compressed-tensors cannot hold 3 bits";
        QTest::newRow("awq, 8 bits") << R"({"bits": 8, "format": "awq"})"
                                     << "awq cannot hold 8 bits";
        QTest::newRow("awq, two group sizes")
            << R"({"format": "awq", "override": ["*.o_proj=group_size:64"]})"
            << "awq holds one group size";
        QTest::newRow("groups that do not divide") << R"({"group_size": 100})"
                                                   << "256 columns are no multiple of the group size";
        QTest::newRow("router of 10 rows") << R"({"quantize_router": true})"
                                           << ""; // it stays float where it does not fit
        QTest::newRow("fits") << "{}"
                              << "";
        QTest::newRow("float, 5 bits") << R"({"bits": 5, "format": "float", "group_size": 100})"
                                       << "";
    }
    void what_a_format_cannot_hold() {
        QFETCH(QString, options);
        QFETCH(QString, why);
        QCOMPARE(cannot_hold(checkpoint_shape(job(json::parse(options.toStdString())), model())), why);
    }

    void commands_quote_the_folder() {
        const auto commands = load_commands(CheckpointShape(), "/tmp/it's here");
        QCOMPARE(commands.size(), 3);
        QCOMPARE(commands[0].line,
                 QString("vllm serve '/tmp/it'\\''s here' --tensor-parallel-size 1 --dtype float16"));
        QVERIFY2(commands[1].line.contains("transformers"), qPrintable(commands[1].line));
        CheckpointShape refused;
        refused.grids = {{3, 128, false}};
        for (const auto& command : load_commands(refused, "/x"))
            QVERIFY(command.software != u"vLLM");
    }

    void the_verdict_data() {
        QTest::addColumn<QString>("subject");
        QTest::addColumn<double>("memory");
        QTest::addColumn<double>("rate");
        QTest::addColumn<int>("tone");
        QTest::addColumn<QString>("part");
        QTest::newRow("memory fits") << "Memory" << 8e9 << 0.0 << int(Tone::Good) << "free";
        QTest::newRow("memory does not") << "Memory" << 1e8 << 0.0 << int(Tone::Bad) << "only";
        // 6,422,528 weights in linears at 4.125 bits, the other 1,577,472 as they are.
        QTest::newRow("disk") << "Disk" << 8e9 << 0.0 << int(Tone::Good) << "about 6.2 MB";
        QTest::newRow("no rate") << "Time" << 8e9 << 0.0 << int(Tone::Neutral)
                                 << "unknown until the first layer";
        QTest::newRow("rate") << "Time" << 8e9 << 1e5 << int(Tone::Neutral)
                              << "8.0 M weights at 100 k a second";
        QTest::newRow("vLLM") << "vLLM" << 8e9 << 0.0 << int(Tone::Good) << "at TP 1";
        QTest::newRow("starved") << "Starved experts" << 8e9 << 0.0 << int(Tone::Warning)
                                 << "2 of 4 below 512";
    }
    void the_verdict() {
        QFETCH(QString, subject);
        QFETCH(double, memory);
        QFETCH(double, rate);
        QFETCH(int, tone);
        QFETCH(QString, part);
        ProfileReport profile = empty_profile("wikitext2");
        profile.usage.tokens = 1000;
        profile.usage.layers = {{0, {10, 51, 60, 900}}};
        const json inspection = model();
        const Job quantize = job(json::object());
        const auto lines = quantize_verdict({inspection, quantize, 10000, &profile, memory, 1e12, {rate, 0}});
        for (const auto& line : lines)
            if (line.subject == subject) {
                QCOMPARE(int(line.tone), tone);
                QVERIFY2(line.text.contains(part), qPrintable(line.text));
                return;
            }
        QFAIL(qPrintable(plain_text(lines)));
    }

    void the_verdict_in_a_title() {
        const VerdictLine good{Tone::Good, "a", "b"}, warning{Tone::Warning, "a", "b"},
            bad{Tone::Bad, "a", "b"};
        QVERIFY(verdict_title({good}).endsWith(": ready"));
        QVERIFY(verdict_title({good, warning}).endsWith("with one warning"));
        QVERIFY(verdict_title({warning, warning}).endsWith("with 2 warnings"));
        QVERIFY(verdict_title({warning, bad}).endsWith("will not work"));
    }

    void a_layer_in_one_line() {
        QVector<LinearRow> rows(2);
        rows[0].relative_error = 0.02;
        rows[1].relative_error = 0.04;
        rows[1].fallback = "shrink";
        QCOMPARE(
            layer_line({{"routed_tokens", 8200}, {"fallbacks", 3}, {"hidden_error", 0.024}, {"seconds", 1.2}},
                       rows),
            QString("routed 8.2 k tokens, 3 experts fell back (shrink), error 3.00 %, 1.2 s"));
        QCOMPARE(
            layer_line({{"routed_tokens", 0}, {"fallbacks", 0}, {"hidden_error", nullptr}, {"seconds", 0.5}},
                       {}),
            QString("0.5 s"));
    }
};

QTEST_GUILESS_MAIN(TestWhatLoads)
#include "tst_what_loads.moc"
