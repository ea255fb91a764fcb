// Run folders with made-up numbers, as jobs leave them.
#pragma once
#include <QDir>
#include <QFile>

#include <nlohmann/json.hpp>

namespace moequant {

/// Writes folders of runs; each is some minutes younger than the one before.
class RunFolder {
  public:
    explicit RunFolder(const QString& path) : path_(path) {}
    QString path(const QString& name) const { return path_ + '/' + name; }

    /// job.json of a run; `changes` are merged into the job.
    QString add(const QString& name, const char* kind, const nlohmann::json& changes = {}) {
        nlohmann::json job = {{"schema", 1},
                              {"kind", kind},
                              {"model", "sample"},
                              {"options", nlohmann::json::object()},
                              {"corpus", nlohmann::json::array()},
                              {"output", nullptr},
                              {"run", nullptr},
                              {"stages", nlohmann::json::array()}};
        if (changes.is_object())
            job.merge_patch(changes);
        char time[32];
        std::snprintf(time, sizeof time, "2026-01-01T00:%02d:00Z", ++made_);
        job["inputs"] = nlohmann::json::object();
        job["environment"] = {{"created", time}};
        write(name + "/job.json", job.dump());
        return path(name);
    }
    QString add(const QString& name, const char* kind, const nlohmann::json& changes,
                const nlohmann::json& result) {
        const QString folder = add(name, kind, changes);
        write(name + "/result.json", result.dump());
        return folder;
    }
    void write(const QString& file, const std::string& text) {
        const QFileInfo info(path(file));
        QDir().mkpath(info.path());
        QFile out(info.filePath());
        if (!out.open(QIODevice::WriteOnly) || out.write(text.data(), qint64(text.size())) < 0)
            qFatal("%s cannot be written", qPrintable(info.filePath()));
    }

  private:
    QString path_;
    int made_ = 0;
};

inline nlohmann::json quantize_fixture(int layers, int experts, double error,
                                       bool linears_of_attention = true) {
    nlohmann::json rows = nlohmann::json::array();
    for (int layer = 0; layer < layers; ++layer) {
        if (linears_of_attention)
            rows.push_back({{"name", "q_proj"}, {"layer", layer}, {"expert", nullptr}, {"tokens", 99}});
        for (int expert = 0; expert < experts; ++expert)
            for (const char* part : {"gate_proj", "up_proj", "down_proj"})
                rows.push_back(
                    {{"name", "model.layers." + std::to_string(layer) + ".mlp.experts." +
                                  std::to_string(expert) + "." + part},
                     {"layer", layer},
                     {"expert", expert},
                     {"tokens", 10 + expert},
                     {"relative_output_error", error * (1 + layer)},
                     {"fallback", layer == 0 && expert == 0 ? nlohmann::json("rtn") : nlohmann::json()}});
    }
    return {{"linears", rows}, {"bytes_before", 1000000}, {"bytes_after", 250000},
            {"seconds", 12.5}, {"peak_memory", 3000000},  {"verified", true}};
}

inline nlohmann::json evaluate_fixture(double prose, double code) {
    return {{"perplexity",
             {{"builtin:prose", {{"value", prose}, {"nll", 1.0}, {"tokens", 100}, {"windows", 4}}},
              {"builtin:code", {{"value", code}, {"nll", 1.0}, {"tokens", 100}, {"windows", 4}}}}},
            {"agreement", {{"builtin:prose", {{"kl", 0.01}, {"top1", 0.97}, {"routing", 0.9}}}}},
            {"tasks", {{"boolq", {{"metric", "acc"}, {"value", 0.7}, {"stderr", 0.02}, {"n", 100}}}}},
            {"average", 0.7}};
}

} // namespace moequant
