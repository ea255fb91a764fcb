// Checkpoints of the sample model: written, read back, verified; and damage to them found.
#include "core/checkpoint/reader.h"
#include "core/job/error.h"
#include "tests/checkpoint/sample_request.h"

#include <ATen/Parallel.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace moequant;

namespace {

const SafetensorsFolder& sample() {
    static const SafetensorsFolder folder(sample_folder);
    return folder;
}

nlohmann::json read_json(const std::filesystem::path& path) {
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? nlohmann::json::parse(file.readAll().toStdString())
                                          : nlohmann::json();
}

/// Overwrites bytes of tensor `name` in `file` with their complement.
void damage(const std::filesystem::path& path, const std::string& name) {
    const SafetensorsFile tensors(path);
    const auto position = static_cast<qint64>(8 + tensors.header_size() + tensors.entries().at(name).begin);
    QFile file(QString::fromStdString(path.string()));
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(position);
    QByteArray bytes = file.read(2);
    for (char& byte : bytes)
        byte = ~byte;
    file.seek(position);
    file.write(bytes);
}

QByteArray all_bytes(const std::filesystem::path& folder) {
    QByteArray bytes;
    const QDir dir(QString::fromStdString(folder.string()));
    for (const QString& name : dir.entryList(QDir::Files, QDir::Name)) {
        QFile file(dir.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            bytes += name.toUtf8() + file.readAll();
    }
    return bytes;
}

} // namespace

class TestRoundtrip : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); } // hundreds of small linears: threads would only wait

    void written_is_what_is_read_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("symmetric");
        QTest::addColumn<int>("group");
        QTest::addColumn<qulonglong>("shard");
        QTest::newRow("gptq 4") << "gptq" << 4 << true << 128 << 5'000'000'000ULL;
        QTest::newRow("gptq 3 per channel, shards") << "gptq" << 3 << true << -1 << 1'000'000ULL;
        QTest::newRow("gptq 2 asym") << "gptq" << 2 << false << 32 << 5'000'000'000ULL;
        QTest::newRow("gptq 8 asym") << "gptq" << 8 << false << 64 << 5'000'000'000ULL;
        QTest::newRow("compressed 4") << "compressed-tensors" << 4 << true << 128 << 5'000'000'000ULL;
        QTest::newRow("compressed 4 asym, shards") << "compressed-tensors" << 4 << false << 32 << 700'000ULL;
        QTest::newRow("compressed 8 per channel")
            << "compressed-tensors" << 8 << true << -1 << 5'000'000'000ULL;
        QTest::newRow("awq") << "awq" << 4 << true << 128 << 5'000'000'000ULL;
        QTest::newRow("awq asym, shards") << "awq" << 4 << false << 32 << 700'000ULL;
        QTest::newRow("awq per channel") << "awq" << 4 << false << -1 << 5'000'000'000ULL;
    }
    void written_is_what_is_read() {
        QFETCH(QString, format);
        QFETCH(int, bits);
        QFETCH(bool, symmetric);
        QFETCH(int, group);
        QFETCH(qulonglong, shard);
        CheckpointRequest request =
            sample_request(sample(), parse_format(format.toStdString()),
                           {.bits = bits, .group_size = group, .symmetric = symmetric});
        request.shard_size = shard;
        QTemporaryDir dir;
        const std::filesystem::path folder = dir.path().toStdString();
        const WrittenCheckpoint written = write_checkpoint(request, folder);
        const Verification verification = verify_checkpoint(request, folder);
        QVERIFY2(verification.ok, to_json(verification).dump().c_str());
        QCOMPARE(verification.linears, 220); // 4 layers of 4 attention, 16·3 expert and 3 shared linears
        QCOMPARE(verification.expert_linears, 192);

        const auto source = open_checkpoint(folder);
        QCOMPARE(source->names(), sample().names());
        std::uint64_t data_bytes = 0;
        const SafetensorsFolder files(folder);
        for (const SafetensorsFile& file : files.files())
            data_bytes += file.file_size() - file.header_size() - 8;
        QCOMPARE(planned_bytes(request), data_bytes);
        for (const std::string& name : sample().names()) {
            const at::Tensor original = sample().load(name), read = source->load(name);
            QCOMPARE(source->shape(name), original.sizes().vec());
            const std::string linear = name.ends_with(".weight") ? name.substr(0, name.rfind('.')) : "";
            if (!request.record.linears.contains(linear)) {
                QVERIFY2(at::equal(read, original), name.c_str());
                continue;
            }
            QVERIFY(read.scalar_type() == at::kFloat);
            QVERIFY2(at::equal(read, request.linear(linear).dequantize()), name.c_str());
        }

        const bool sharded = shard < 5'000'000;
        QCOMPARE(files.files().size() > 1, sharded);
        QCOMPARE(std::filesystem::exists(folder / "model.safetensors.index.json"), sharded);
        if (sharded) {
            QCOMPARE(read_json(folder / "model.safetensors.index.json")["metadata"]["total_size"],
                     data_bytes);
            std::uint64_t greatest = 0; // an embedding is larger than these shards and stands alone
            for (const std::string& name : sample().names())
                greatest = std::max<std::uint64_t>(greatest, sample().load(name).nbytes());
            for (const SafetensorsFile& file : files.files()) {
                const std::uint64_t bytes = file.file_size() - file.header_size() - 8;
                QVERIFY(bytes <= shard || (bytes <= greatest && file.entries().size() == 1));
            }
        }
        QVERIFY(std::filesystem::exists(folder / "tokenizer.json"));
        QVERIFY(std::filesystem::exists(folder / "generation_config.json"));
        nlohmann::json config = read_json(folder / "config.json");
        QCOMPARE(config["quantization_config"]["quant_method"].get<std::string>(), format.toStdString());
        QCOMPARE(std::filesystem::exists(folder / "quantize_config.json"), format == "gptq");
        config.erase("quantization_config");
        QVERIFY(config == read_json(sample_folder / "config.json"));
        for (const std::string& file : written.files)
            QVERIFY2(!QString::fromStdString(file).endsWith(".partial"), file.c_str());

        QTemporaryDir again;
        write_checkpoint(request, again.path().toStdString());
        QVERIFY(all_bytes(folder) == all_bytes(again.path().toStdString()));
    }

    void every_linear_on_its_own_grid_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<int>("many");
        QTest::addColumn<int>("few");
        QTest::newRow("gptq") << "gptq" << 4 << 3;
        QTest::newRow("compressed-tensors") << "compressed-tensors" << 4 << 8;
        QTest::newRow("float") << "float" << 5 << 8;
    }
    void every_linear_on_its_own_grid() {
        QFETCH(QString, format);
        QFETCH(int, many);
        QFETCH(int, few);
        CheckpointRequest request =
            mixed_request(sample(), parse_format(format.toStdString()), [&](const std::string& name) {
                GridOptions grid{.bits = many};
                if (name.starts_with("model.layers.2.") || name.find(".experts.5.") != std::string::npos)
                    grid = {.bits = few, .group_size = 32};
                if (name.ends_with("o_proj"))
                    grid = {.bits = few, .group_size = -1, .symmetric = false};
                return grid;
            });
        QTemporaryDir dir;
        const std::filesystem::path folder = dir.path().toStdString();
        write_checkpoint(request, folder);
        const Verification verification = verify_checkpoint(request, folder);
        QVERIFY2(verification.ok, to_json(verification).dump().c_str());
        QCOMPARE(verification.linears, 220);
        const auto source = open_checkpoint(folder);
        for (const auto& [name, grid] : request.record.linears) {
            at::Tensor expected = request.linear(name).dequantize();
            if (format == "float")
                expected = expected.to(at::kBFloat16);
            QVERIFY2(at::equal(source->load(name + ".weight"), expected), name.c_str());
        }
        if (format == "float")
            return;
        const QuantizationRecord read = read_record(QuantizedCheckpoint(folder));
        QVERIFY(same_codes(read.grid, request.record.grid));
        for (const auto& [name, grid] : request.record.linears)
            if (grid.group_size != 128) // 128 of 128 columns may read as one scale a row
                QVERIFY2(same_codes(read.linears.at(name), grid), name.c_str());

        request.record.linears.at("model.layers.1.mlp.experts.3.up_proj").bits = few;
        QVERIFY(!verify_checkpoint(request, folder).ok);
    }

    void float_is_an_ordinary_checkpoint() {
        const CheckpointRequest request = sample_request(sample(), Format::floating, {.bits = 3});
        QTemporaryDir dir;
        const std::filesystem::path folder = dir.path().toStdString();
        write_checkpoint(request, folder);
        QVERIFY(verify_checkpoint(request, folder).ok);
        QVERIFY(!is_quantized_checkpoint(folder));
        QVERIFY(!std::filesystem::exists(folder / "quantize_config.json"));
        QVERIFY(read_json(folder / "config.json") == read_json(sample_folder / "config.json"));
        const SafetensorsFolder written(folder);
        QCOMPARE(written.names(), sample().names());
        for (const std::string& name : written.names())
            QVERIFY(written.entry(name).dtype == sample().entry(name).dtype);
        damage(folder / "model.safetensors", "model.layers.1.mlp.experts.3.up_proj.weight");
        const Verification verification = verify_checkpoint(request, folder);
        QVERIFY(!verification.ok);
        QVERIFY(QString::fromStdString(verification.faults.at(0)).contains("experts.3.up_proj.weight"));
    }

    /// A source that computes: twice the stored values in float32, and a head of its own.
    void a_transformed_source_is_cast_to_what_the_model_stores() {
        struct Doubled : TensorSource {
            bool has(const std::string& name) const override {
                return name == "lm_head.weight" || sample().has(name);
            }
            static std::string place(const std::string& name) {
                return name == "lm_head.weight" ? "model.embed_tokens.weight" : name;
            }
            std::vector<std::int64_t> shape(const std::string& name) const override {
                return sample().shape(place(name));
            }
            at::Tensor load(const std::string& name) const override {
                return sample().load(place(name)).to(at::kFloat).mul(2.001);
            }
            std::vector<std::string> names() const override {
                auto names = sample().names();
                names.insert(names.begin(), "lm_head.weight");
                return names;
            }
        } doubled;
        CheckpointRequest request = sample_request(doubled, Format::gptq, {});
        request.config_changes = {{"tie_word_embeddings", false}, {"sliding_window", nullptr}};
        QTemporaryDir dir;
        const std::filesystem::path folder = dir.path().toStdString();
        write_checkpoint(request, folder);
        const Verification verification = verify_checkpoint(request, folder);
        QVERIFY2(verification.ok, to_json(verification).dump().c_str());
        const auto written = open_checkpoint(folder);
        for (const char* name : {"lm_head.weight", "model.norm.weight", "model.embed_tokens.weight"})
            QVERIFY(at::equal(written->load(name), doubled.load(name).to(at::kBFloat16)));
        const nlohmann::json config = read_json(folder / "config.json");
        QCOMPARE(config["tie_word_embeddings"].get<bool>(), false);
        QVERIFY(!config.contains("sliding_window"));
        request.config_changes["tie_word_embeddings"] = true;
        QVERIFY(!verify_checkpoint(request, folder).ok);
    }

    void exports_in_the_other_format() {
        const CheckpointRequest gptq = sample_request(sample(), Format::gptq, {.bits = 4, .group_size = 64});
        QTemporaryDir first, second;
        write_checkpoint(gptq, first.path().toStdString());
        const QuantizedCheckpoint checkpoint(first.path().toStdString());
        CheckpointRequest request{
            .model = first.path().toStdString(),
            .source = &checkpoint,
            .record = read_record(checkpoint),
            .linear = [&](const std::string& name) { return checkpoint.load_quantized(name); }};
        request.record.format = Format::compressed_tensors;
        write_checkpoint(request, second.path().toStdString());
        const Verification verification = verify_checkpoint(request, second.path().toStdString());
        QVERIFY2(verification.ok, to_json(verification).dump().c_str());
        const QuantizedCheckpoint exported(second.path().toStdString());
        for (const std::string& name : checkpoint.linears())
            QVERIFY(at::equal(exported.load_quantized(name).codes, gptq.linear(name).codes));
        QVERIFY(!QFile::exists(second.filePath("quantize_config.json")));
    }

    void damage_is_found_data() {
        QTest::addColumn<QString>("what");
        QTest::newRow("codes") << "model.layers.1.mlp.experts.3.up_proj.qweight";
        QTest::newRow("scales") << "model.layers.1.mlp.experts.3.up_proj.scales";
        QTest::newRow("zeros") << "model.layers.0.self_attn.q_proj.qzeros";
        QTest::newRow("group index") << "model.layers.0.self_attn.q_proj.g_idx";
        QTest::newRow("float tensor") << "model.norm.weight";
        QTest::newRow("truncated") << "truncated";
        QTest::newRow("file gone") << "gone";
        QTest::newRow("config") << "config";
        QTest::newRow("quantize_config") << "quantize_config";
    }
    void damage_is_found() {
        QFETCH(QString, what);
        const CheckpointRequest request =
            sample_request(sample(), Format::gptq, {.bits = 4, .group_size = 128});
        QTemporaryDir dir;
        const std::filesystem::path folder = dir.path().toStdString();
        write_checkpoint(request, folder);
        const std::filesystem::path file = folder / "model.safetensors";
        if (what == "truncated")
            std::filesystem::resize_file(file, std::filesystem::file_size(file) - 7);
        else if (what == "gone")
            std::filesystem::remove(file);
        else if (what == "config")
            std::filesystem::copy_file(sample_folder / "config.json", folder / "config.json",
                                       std::filesystem::copy_options::overwrite_existing);
        else if (what == "quantize_config")
            std::filesystem::remove(folder / "quantize_config.json");
        else
            damage(file, what.toStdString());
        const Verification verification = verify_checkpoint(request, folder);
        QVERIFY(!verification.ok);
        QVERIFY(!verification.faults.empty());
        if (what.contains('.')) {
            const std::string linear = what.toStdString().substr(0, what.lastIndexOf('.'));
            QVERIFY2(QString::fromStdString(verification.faults[0]).contains(QString::fromStdString(linear)),
                     verification.faults[0].c_str());
        }
    }

    void a_lone_float_expert_is_a_fault() {
        CheckpointRequest request = sample_request(sample(), Format::compressed_tensors, {});
        request.record.linears.erase("model.layers.2.mlp.experts.5.down_proj");
        QTemporaryDir dir;
        write_checkpoint(request, dir.path().toStdString());
        const Verification verification = verify_checkpoint(request, dir.path().toStdString());
        QVERIFY(!verification.ok);
        QVERIFY(QString::fromStdString(verification.faults.at(0)).contains("model.layers.2.mlp.experts"));
    }

    void refuses_a_linear_that_is_not_there() {
        CheckpointRequest request = sample_request(sample(), Format::gptq, {});
        request.record.linears["model.layers.9.self_attn.q_proj"] = request.record.grid;
        QTemporaryDir dir;
        QVERIFY_THROWS_EXCEPTION(RequestError, write_checkpoint(request, dir.path().toStdString()));
        QVERIFY(QDir(dir.path()).entryList(QDir::Files).isEmpty());
    }

    void stops_when_asked() {
        std::stop_source stop;
        QTemporaryDir dir;
        const auto after_ten = [&](std::int64_t done, std::int64_t) {
            if (done == 10)
                stop.request_stop();
        };
        const CheckpointRequest request = sample_request(sample(), Format::gptq, {});
        QVERIFY_THROWS_EXCEPTION(
            Cancelled, write_checkpoint(request, dir.path().toStdString(), after_ten, stop.get_token()));
    }
};

QTEST_GUILESS_MAIN(TestRoundtrip)
#include "tst_roundtrip.moc"
