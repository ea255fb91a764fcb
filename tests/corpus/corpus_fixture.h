// A data folder of its own for every test, and the sample model's tokenizer.
#pragma once
#include "core/corpus/corpus.h"
#include "core/job/error.h"

#include <QTemporaryDir>
#include <QTest>

#include <zlib.h>

#include <fstream>

namespace moequant {

struct CorpusFixture {
    QTemporaryDir dir;
    std::shared_ptr<const Tokenizer> tokenizer =
        Tokenizer::load(MOEQUANT_SOURCE_DIR "/resources/sample-model");
    CorpusContext context;

    CorpusFixture() {
        context.data_folders = {path("data")};
        context.resources = MOEQUANT_SOURCE_DIR "/resources";
        context.tokenizer = tokenizer.get();
        context.vocab_size = 4096;
        context.eos = 0;
    }

    std::filesystem::path path(const std::string& name) const {
        return std::filesystem::path(dir.path().toStdString()) / name;
    }

    std::filesystem::path write(const std::string& name, const std::string& text) const {
        const auto file = path(name);
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << text;
        return file;
    }

    std::filesystem::path write_gzip(const std::string& name, const std::string& text) const {
        const auto file = write(name, "");
        const auto out = gzopen(file.c_str(), "wb");
        gzwrite(out, text.data(), unsigned(text.size()));
        gzclose(out);
        return file;
    }

    TokenSet load(const std::string& spec, CorpusUse use = CorpusUse::Calibrate) const {
        auto with_use = context;
        with_use.use = use;
        return load_corpus(CorpusSpec::parse(spec), with_use);
    }

    /// Everything a SPEC yields, as one text (windows of one token, all of them).
    std::string whole_text(const std::string& spec, CorpusUse use = CorpusUse::Calibrate) const {
        const auto options = spec.find('?') == std::string::npos ? "?" : "&";
        std::vector<std::int32_t> ids;
        for (const auto& window : load(spec + options + "samples=all&length=1", use).sequences)
            ids.insert(ids.end(), window.begin(), window.end());
        return tokenizer->decode(ids);
    }

    /// What the RequestError says, empty when there is none.
    std::string fault(const std::string& spec, CorpusUse use = CorpusUse::Calibrate) const {
        try {
            load(spec, use);
        } catch (const RequestError& fault) {
            return fault.what();
        }
        return "";
    }
};

inline bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace moequant
