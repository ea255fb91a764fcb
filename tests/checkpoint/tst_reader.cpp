// Reading other tools' checkpoints, and refusing malformed ones with a line that names file and tensor.
#include "core/checkpoint/packing.h"
#include "core/checkpoint/reader.h"
#include "core/job/error.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace moequant;

namespace {

constexpr std::int64_t kRows = 32, kCols = 64, kGroups = 4;
const char* const kLinear = "model.layers.0.self_attn.q_proj";

/// A random linear with arbitrary zeros and a group for each column.
QuantizedLinear some_linear(int bits, bool symmetric, bool shuffled) {
    at::manual_seed(bits);
    at::Tensor groups = at::arange(kCols, at::kInt).floor_divide_(kCols / kGroups);
    if (shuffled)
        groups = groups.index_select(0, at::randperm(kCols));
    return {.codes = at::randint(0, 1 << bits, {kRows, kCols}, at::kByte),
            .scales = at::rand({kRows, kGroups}).add(0.1).to(at::kHalf).to(at::kFloat),
            .zeros = symmetric ? at::full({kRows, kGroups}, 1 << (bits - 1), at::kInt)
                               : at::randint(1, 1 << bits, {kRows, kGroups}, at::kInt),
            .group_of = groups,
            .bits = bits,
            .group_size = kCols / kGroups,
            .symmetric = symmetric};
}

class Folder {
  public:
    std::filesystem::path path() const { return dir_.path().toStdString(); }
    void config(const std::string& text) {
        QFile file(dir_.filePath("config.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(text));
    }
    void tensors(const NamedTensors& tensors) { write_safetensors(path() / "model.safetensors", tensors); }

  private:
    QTemporaryDir dir_;
};

std::string gptq_config(int bits, const std::string& more = "") {
    return R"({"quantization_config": {"quant_method": "gptq", "bits": )" + std::to_string(bits) + more +
           "}}";
}

std::string compressed_config(int bits, bool symmetric, const std::string& format = "pack-quantized") {
    return R"({"quantization_config": {"quant_method": "compressed-tensors", "format": ")" + format +
           R"(", "config_groups": {"group_0": {"targets": ["Linear"], "weights": {"num_bits": )" +
           std::to_string(bits) + R"(, "type": "int", "symmetric": )" + (symmetric ? "true" : "false") +
           "}}}}}";
}

at::Tensor* find(NamedTensors& tensors, const std::string& suffix) {
    for (auto& [name, tensor] : tensors)
        if (name == kLinear + suffix)
            return &tensor;
    return nullptr;
}

void drop(NamedTensors& tensors, const std::string& suffix) {
    std::erase_if(tensors, [&](const auto& entry) { return entry.first == kLinear + suffix; });
}

} // namespace

class TestReader : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void reads_other_tools_checkpoints_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("symmetric");
        for (int bits : {2, 3, 4, 8})
            for (bool symmetric : {true, false})
                for (const char* kind :
                     {"v1", "v2", "v1 without g_idx", "act-order", "bits of a dynamic rule",
                      "quantize_config.json", "compressed", "compressed g_idx"})
                    if (bits == 4 || bits == 8 || !QString(kind).startsWith("compressed"))
                        QTest::addRow("%s, %d bits, %s", kind, bits, symmetric ? "sym" : "asym")
                            << kind << bits << symmetric;
    }
    void reads_other_tools_checkpoints() {
        QFETCH(QString, kind);
        QFETCH(int, bits);
        QFETCH(bool, symmetric);
        const bool compressed = kind.startsWith("compressed");
        const QuantizedLinear linear =
            some_linear(bits, symmetric, kind == "act-order" || kind == "compressed g_idx");
        QuantizedLinear in_order = linear; // our own packer refuses to lose what stands in g_idx
        in_order.group_of = at::arange(kCols, at::kInt).floor_divide_(kCols / kGroups);
        NamedTensors tensors = compressed ? pack_linear(Format::compressed_tensors, kLinear, in_order)
                                          : pack_linear(Format::gptq, kLinear, linear);
        Folder folder;
        folder.config(compressed ? compressed_config(bits, symmetric) : gptq_config(bits));
        if (kind == "v2") {
            folder.config(gptq_config(bits, R"(, "checkpoint_format": "gptq_v2")"));
            *find(tensors, ".qzeros") = pack_bits(linear.zeros.t().to(at::kByte), bits);
        } else if (kind == "v1 without g_idx") {
            drop(tensors, ".g_idx");
        } else if (kind == "bits of a dynamic rule") {
            folder.config(gptq_config(bits == 4 ? 8 : 4));
        } else if (kind == "quantize_config.json") {
            folder.config("{}");
            QFile file(QString::fromStdString((folder.path() / "quantize_config.json").string()));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QString(R"({"bits": %1, "group_size": 16})").arg(bits).toUtf8());
        } else if (kind == "compressed g_idx") {
            tensors.emplace_back(std::string(kLinear) + ".weight_g_idx", linear.group_of);
        }
        tensors.emplace_back("model.norm.weight", at::ones({8}, at::kBFloat16));
        folder.tensors(tensors);

        const auto source = open_checkpoint(folder.path());
        const std::string name = std::string(kLinear) + ".weight";
        QCOMPARE(source->names(), (std::vector<std::string>{name, "model.norm.weight"}));
        QVERIFY(source->has(name) && !source->has(std::string(kLinear) + ".qweight"));
        QCOMPARE(source->shape(name), (std::vector<std::int64_t>{kRows, kCols}));
        const at::Tensor read = source->load(name);
        for (std::int64_t r = 0; r < kRows; ++r) // the definition, element by element
            for (std::int64_t c = 0; c < kCols; ++c) {
                const std::int64_t g = linear.group_of[c].item<int>();
                const float expected = (linear.codes[r][c].item<int>() - linear.zeros[r][g].item<int>()) *
                                       linear.scales[r][g].item<float>();
                QCOMPARE(read[r][c].item<float>(), expected);
            }
        QVERIFY(source->load("model.norm.weight").scalar_type() == at::kBFloat16);
    }

    void reads_awq() {
        const QuantizedLinear linear = some_linear(4, false, false);
        NamedTensors tensors = pack_linear(Format::awq, kLinear, linear);
        Folder folder;
        folder.config(R"({"quantization_config": {"quant_method": "awq", "bits": 4, "group_size": 16,
            "zero_point": true, "version": "gemm"}})");
        folder.tensors(tensors);
        const QuantizedCheckpoint checkpoint(folder.path());
        const QuantizedLinear read = checkpoint.load_quantized(kLinear);
        QVERIFY(at::equal(read.codes, linear.codes) && at::equal(read.zeros, linear.zeros));
        QVERIFY(at::equal(checkpoint.load(std::string(kLinear) + ".weight"), linear.dequantize()));
        QCOMPARE(read.group_size, kCols / kGroups);
        QVERIFY(!read.symmetric);
        folder.config(R"({"quantization_config": {"quant_method": "awq", "bits": 4, "version": "gemv"}})");
        QVERIFY_THROWS_EXCEPTION(RequestError, QuantizedCheckpoint(folder.path()));
        folder.config(R"({"quantization_config": {"quant_method": "awq", "bits": 4, "zero_point": false}})");
        QVERIFY_THROWS_EXCEPTION(RequestError, QuantizedCheckpoint(folder.path()));
        folder.config(R"({"quantization_config": {"quant_method": "awq", "bits": 4}})");
        find(tensors, ".qzeros")->resize_({kGroups, 3});
        folder.tensors(tensors);
        QVERIFY_THROWS_EXCEPTION(RequestError, QuantizedCheckpoint(folder.path()));
    }

    void the_first_rule_that_matches_wins_data() {
        QTest::addColumn<QString>("dynamic");
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("symmetric");
        QTest::newRow("none") << "{}" << 4 << true;
        QTest::newRow("null") << "null" << 4 << true;
        QTest::newRow("plus") << R"({"+:.*q_proj": {"bits": 8, "sym": false}})" << 8 << false;
        QTest::newRow("no prefix") << R"({".*q_proj": {"bits": 8}})" << 8 << true;
        for (const char* pattern :
             {"model.layers.0.self_attn.q_proj", "model\\\\.layers\\\\.0\\\\.self_attn\\\\.(k|q)_proj$",
              "x|model.*q_proj", "modelx?\\\\.layers.*", "(model)\\\\.layers",
              "model\\\\.layers\\\\.[0-9]+\\\\.self"})
            QTest::newRow(pattern) << QString(R"({"+:%1": {"bits": 8}})").arg(pattern) << 8 << true;
        QTest::newRow("another layer") << R"({"+:model\\.layers\\.1\\.": {"bits": 8}})" << 4 << true;
        QTest::newRow("from the start of the name") << R"({"q_proj": {"bits": 8}})" << 4 << true;
        QTest::newRow("first of two")
            << R"({"+:.*attn.*": {"sym": false}, "+:.*q_proj": {"bits": 8}})" << 4 << false;
        QTest::newRow("another linear's") << R"({"+:.*k_proj": {"bits": 8}, "-:.*gate$": {}})" << 4 << true;
    }
    void the_first_rule_that_matches_wins() {
        QFETCH(QString, dynamic);
        QFETCH(int, bits);
        QFETCH(bool, symmetric);
        const QuantizedLinear linear = some_linear(bits, false, false);
        NamedTensors tensors = pack_linear(Format::gptq, kLinear, linear);
        drop(tensors, ".g_idx"); // so that the words alone do not tell the bits
        Folder folder;
        folder.config(gptq_config(4, R"(, "group_size": 16, "dynamic": )" + dynamic.toStdString()));
        folder.tensors(tensors);
        const QuantizedLinear read = QuantizedCheckpoint(folder.path()).load_quantized(kLinear);
        QCOMPARE(read.bits, bits);
        QCOMPARE(read.symmetric, symmetric);
        QVERIFY(at::equal(read.codes, linear.codes));
    }

    void compressed_groups_by_name_pattern_and_class_data() {
        QTest::addColumn<QString>("eight"); // targets of the group of 8 bits
        QTest::addColumn<int>("bits");
        QTest::newRow("its name") << R"("model.layers.0.self_attn.q_proj")" << 8;
        QTest::newRow("a pattern") << R"("re:.*self_attn.*")" << 8;
        QTest::newRow("another's pattern") << R"("re:.*k_proj$")" << 4;
        QTest::newRow("a pattern must match from the start") << R"("re:q_proj")" << 4;
    }
    void compressed_groups_by_name_pattern_and_class() {
        QFETCH(QString, eight);
        QFETCH(int, bits);
        const QuantizedLinear linear = some_linear(bits, true, false);
        Folder folder;
        folder.config(R"({"quantization_config": {"quant_method": "compressed-tensors", "format":
            "pack-quantized", "config_groups": {"group_0": {"targets": ["Linear"], "weights": {"num_bits": 4}},
            "group_1": {"targets": [)" +
                      eight.toStdString() + R"(], "weights": {"num_bits": 8}}}}})");
        folder.tensors(pack_linear(Format::compressed_tensors, kLinear, linear));
        QVERIFY(at::equal(QuantizedCheckpoint(folder.path()).load_quantized(kLinear).codes, linear.codes));
    }

    void float_checkpoints_pass_through() {
        Folder folder;
        folder.config("{}");
        folder.tensors({{"a.weight", at::ones({2, 2})}});
        QVERIFY(!is_quantized_checkpoint(folder.path()));
        QVERIFY(at::equal(open_checkpoint(folder.path())->load("a.weight"), at::ones({2, 2})));
    }

    void refuses_malformed_tensors_data() {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("tensor");
        for (const auto& [fault, tensor] : std::initializer_list<std::pair<const char*, const char*>>{
                 {"dtype of words", ".qweight"},
                 {"shape of words", ".qweight"},
                 {"words for other columns", ".qweight"},
                 {"shape of scales", ".scales"},
                 {"NaN scale", ".scales"},
                 {"no scales", ".scales"},
                 {"no zeros", ".qzeros"},
                 {"shape of zeros", ".qzeros"},
                 {"group out of range", ".g_idx"},
                 {"negative group", ".g_idx"},
                 {"shape of groups", ".g_idx"},
                 {"float weight too", ".qweight"},
                 {"packed shape", ".weight_packed"},
                 {"weight_shape", ".weight_shape"},
                 {"no weight_shape", ".weight_shape"},
                 {"no zero points", ".weight_zero_point"}})
            QTest::newRow(fault) << fault << tensor;
    }
    void refuses_malformed_tensors() {
        QFETCH(QString, fault);
        QFETCH(QString, tensor);
        const bool compressed = tensor.startsWith(".weight");
        const QuantizedLinear linear = some_linear(4, false, false);
        NamedTensors tensors =
            pack_linear(compressed ? Format::compressed_tensors : Format::gptq, kLinear, linear);
        at::Tensor& target = *find(tensors, tensor.toStdString());
        if (fault == "dtype of words")
            target = target.to(at::kLong);
        else if (fault.startsWith("shape of") || fault == "packed shape")
            target = target.slice(0, 0, target.size(0) - 1).contiguous();
        else if (fault == "words for other columns")
            target = at::cat({target, target});
        else if (fault == "NaN scale")
            target[0][0] = std::numeric_limits<float>::quiet_NaN();
        else if (fault == "group out of range")
            target = target.clone().fill_(kGroups);
        else if (fault == "negative group")
            target = target.clone().fill_(-1);
        else if (fault == "weight_shape")
            target = at::tensor({std::int64_t(-1), kCols}, at::kLong);
        else if (fault == "float weight too")
            tensors.emplace_back(std::string(kLinear) + ".weight", at::ones({kRows, kCols}));
        else
            drop(tensors, tensor.toStdString());
        Folder folder;
        folder.config(compressed ? compressed_config(4, false) : gptq_config(4));
        folder.tensors(tensors);
        try {
            open_checkpoint(folder.path())->load(std::string(kLinear) + ".weight");
            QFAIL("accepted");
        } catch (const RequestError& error) {
            const QString text = error.what();
            QVERIFY2(text.contains(kLinear) && text.contains(QString::fromStdString(folder.path().string())),
                     error.what());
        }
    }

    void refuses_configs_data() {
        QTest::addColumn<QString>("config");
        QTest::newRow("no JSON") << "{";
        QTest::newRow("other method") << R"({"quantization_config": {"quant_method": "aqlm"}})";
        QTest::newRow("no bits") << R"({"quantization_config": {"quant_method": "gptq"}})";
        QTest::newRow("5 bits") << QString::fromStdString(gptq_config(5));
        QTest::newRow("bits no number")
            << R"({"quantization_config": {"quant_method": "gptq", "bits": "4"}})";
        QTest::newRow("other version")
            << QString::fromStdString(gptq_config(4, R"(, "checkpoint_format": "marlin")"));
        QTest::newRow("int64 words") << QString::fromStdString(gptq_config(4, R"(, "pack_dtype": "int64")"));
        QTest::newRow("other format")
            << QString::fromStdString(compressed_config(4, true, "nvfp4-pack-quantized"));
        QTest::newRow("rule that is no pattern")
            << QString::fromStdString(gptq_config(4, ", \"dynamic\": {\"+:[\": {}}"));
        QTest::newRow("bits of a rule")
            << QString::fromStdString(gptq_config(4, R"(, "dynamic": {"+:.*": {"bits": 9}})"));
        QTest::newRow("rules are a list") << QString::fromStdString(gptq_config(4, R"(, "dynamic": [1])"));
        QTest::newRow("group without weights")
            << R"({"quantization_config": {"quant_method": "compressed-tensors", "format": "pack-quantized",
                   "config_groups": {"a": {"targets": ["Linear"], "weights": null}}}})";
        QTest::newRow("config is a list") << R"({"quantization_config": [1]})";
        QTest::newRow("nothing quantized") << QString::fromStdString(gptq_config(4));
    }
    void refuses_configs() {
        QFETCH(QString, config);
        Folder folder;
        folder.config(config.toStdString());
        folder.tensors({{"a.weight", at::ones({2, 2})}});
        QVERIFY_THROWS_EXCEPTION(RequestError, open_checkpoint(folder.path()));
    }
};

QTEST_GUILESS_MAIN(TestReader)
#include "tst_reader.moc"
