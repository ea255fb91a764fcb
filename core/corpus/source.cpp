#include "core/corpus/source.h"

#include "core/job/error.h"

#include <algorithm>
#include <cstdlib>
#include <map>

namespace moequant {
namespace {

namespace fs = std::filesystem;

/// The names under which a split may lie in the corpus's folder, best first. A '*' takes every file that
/// fits, in the order of their names: the shards of one split.
struct Layout {
    std::vector<std::string> folders;
    std::map<std::string, std::vector<std::string>> splits;
    std::vector<std::string> unsplit; ///< files that hold records of no stated split
};

const std::map<std::string, Layout>& layouts() {
    static const std::map<std::string, Layout> all = {
        {"wikitext2",
         {{"wikitext-2", "wikitext-2/wikitext-2-raw", "wikitext-2-raw", "wikitext-2-raw-v1", "wikitext2"},
          {{"train", {"wiki.train.raw", "wikitext2_train_5k.txt", "wiki.train.tokens"}},
           {"validation", {"wiki.valid.raw", "wiki.valid.tokens"}},
           {"test", {"wiki.test.raw", "wiki.test.tokens"}}},
          {}}},
        {"c4",
         {{"c4", "c4/en"},
          {{"train", {"c4-train.*.json", "c4-train.jsonl"}},
           {"validation", {"c4-validation.*.json", "c4-validation.jsonl"}}},
          {"c4.jsonl", "c4.json", "c4_100_domains_*.jsonl"}}},
        {"gsm8k",
         {{"gsm8k"}, {{"train", {"train.jsonl"}}, {"test", {"test.jsonl", "test_first*.jsonl"}}}, {}}},
        {"humaneval", {{"humaneval"}, {}, {"HumanEval.jsonl", "HumanEval_first*.jsonl"}}},
    };
    return all;
}

bool fits(const std::string& name, const std::string& pattern) {
    const auto star = pattern.find('*');
    if (star == std::string::npos)
        return name == pattern;
    const auto head = pattern.substr(0, star), tail = pattern.substr(star + 1);
    return name.size() >= head.size() + tail.size() && name.starts_with(head) && name.ends_with(tail);
}

/// Files of `folder` that fit `pattern`, plain or gzip, sorted; of a file that is there twice the plain one.
std::vector<fs::path> matches(const fs::path& folder, const std::string& pattern) {
    std::map<std::string, fs::path> found;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        auto name = entry.path().filename().string();
        if (name.ends_with(".gz"))
            name.resize(name.size() - 3);
        if (fits(name, pattern) && entry.is_regular_file(ignored) &&
            (!found.contains(name) || entry.path().filename() == name))
            found[name] = entry.path();
    }
    std::vector<fs::path> files;
    for (const auto& [name, path] : found)
        files.push_back(path);
    return files;
}

std::vector<fs::path> first_match(const CorpusContext& context, const std::vector<std::string>& folders,
                                  const std::vector<std::string>& patterns) {
    for (const auto& base : context.data_folders)
        for (const auto& folder : folders)
            for (const auto& pattern : patterns)
                if (auto files = matches(base / folder, pattern); !files.empty())
                    return files;
    return {};
}

[[noreturn]] void not_found(const CorpusSpec& spec, const CorpusContext& context, const std::string& split) {
    std::string text =
        "corpus '" + spec.text + "': no " + (split.empty() ? "" : split + " ") + "file of " + spec.kind;
    if (context.data_folders.empty())
        text += " (no data folder was given)";
    for (std::size_t i = 0; i < context.data_folders.size(); ++i)
        text += (i == 0 ? " in " : " or ") + (context.data_folders[i] / corpus_folder(spec.kind)).string();
    throw RequestError(text + "; `moequant fetch " + spec.kind +
                       "` downloads it, --data DIR names another folder");
}

/// The split asked for, or the one that goes with the use, under the publisher's name.
std::string wanted_split(const CorpusSpec& spec, const CorpusContext& context) {
    auto split = spec.split.value_or(context.use == CorpusUse::Calibrate ? "train" : "test");
    if (spec.kind == "c4" && split == "test")
        split = "validation"; // C4 has no test split
    return split;
}

RecordPart half(const std::string& split) {
    return split == "all"     ? RecordPart::All
           : split == "train" ? RecordPart::FirstHalf
                              : RecordPart::SecondHalf;
}

void set_fields(CorpusSource& source, const CorpusSpec& spec) {
    if (spec.kind == "gsm8k") {
        source.fields = {{"question", "answer"}};
        source.glue = "\n";
    } else if (spec.kind == "humaneval") {
        source.fields = {{"prompt", "canonical_solution"}};
    } else if (spec.kind == "c4") {
        source.fields = {{"text"}, {"prefix", "gold_completion"}};
    } else {
        source.fields = {{spec.field.empty() ? "text" : spec.field}};
    }
}

CorpusSource data_source(const CorpusSpec& spec, const CorpusContext& context) {
    const auto& layout = layouts().at(spec.kind);
    const auto split = wanted_split(spec, context);
    CorpusSource source;
    source.form = spec.kind == "wikitext2" ? RecordForm::WikiLines : RecordForm::JsonLines;
    set_fields(source, spec);
    if (split == "all")
        for (const auto& [name, patterns] : layout.splits)
            for (auto& file : first_match(context, layout.folders, patterns))
                source.files.push_back(std::move(file));
    else if (const auto names = layout.splits.find(split); names != layout.splits.end())
        source.files = first_match(context, layout.folders, names->second);
    if (source.files.empty()) {
        source.files = first_match(context, layout.folders, layout.unsplit);
        source.part = half(split);
        if (spec.kind == "humaneval" && split != "all")
            source.part = split == "train" ? RecordPart::Head : RecordPart::Tail;
    }
    if (source.files.empty())
        not_found(spec, context, split == "all" ? "" : split);
    return source;
}

CorpusSource builtin_source(const CorpusSpec& spec, const CorpusContext& context) {
    const auto split = wanted_split(spec, context);
    CorpusSource source;
    source.part = split == "all"     ? RecordPart::All
                  : split == "train" ? RecordPart::Calibration
                                     : RecordPart::HeldOut;
    source.form = spec.argument == "maths" ? RecordForm::Maths : RecordForm::Pieces;
    if (source.form == RecordForm::Pieces) {
        const auto folder = context.resources / "corpora" / spec.argument;
        source.files = matches(folder, "*.txt");
        if (source.files.empty())
            throw RequestError("corpus '" + spec.text + "': the built-in texts are missing from " +
                               folder.string());
    }
    return source;
}

} // namespace

std::string corpus_folder(const std::string& kind) {
    const auto layout = layouts().find(kind);
    return layout == layouts().end() ? std::string() : layout->second.folders.front();
}

CorpusSource find_source(const CorpusSpec& spec, const CorpusContext& context) {
    if (spec.kind == "builtin")
        return builtin_source(spec, context);
    if (layouts().contains(spec.kind))
        return data_source(spec, context);
    CorpusSource source;
    source.files = {spec.argument};
    if (!fs::exists(source.files.front()))
        throw RequestError(spec.argument, "no such file (corpus '" + spec.text + "')");
    if (spec.kind == "jsonl") {
        source.form = RecordForm::JsonLines;
        source.part = spec.split ? half(*spec.split) : RecordPart::All;
        set_fields(source, spec);
    }
    return source;
}

std::vector<fs::path> data_folders(const std::string& data_option) {
    std::vector<fs::path> folders;
    if (!data_option.empty())
        folders.emplace_back(data_option);
    if (const char* variable = std::getenv("MOEQUANT_DATA"); variable && *variable)
        folders.emplace_back(variable);
    if (const char* share = std::getenv("XDG_DATA_HOME"); share && *share)
        folders.push_back(fs::path(share) / "moequant" / "corpora");
    else if (const char* home = std::getenv("HOME"); home && *home)
        folders.push_back(fs::path(home) / ".local" / "share" / "moequant" / "corpora");
    return folders;
}

} // namespace moequant
