// No file may crash the tokenizer: it loads, or a RequestError names file and field.
#include "core/job/error.h"
#include "tests/model/tokenizer_fixture.h"

#include <QTest>
#include <functional>

using namespace moequant;
using namespace tokenizer_fixture;

class TestTokenizerMalformed : public QObject {
    Q_OBJECT

    QTemporaryDir directory_;

    std::filesystem::path folder_path() const { return directory_.path().toStdString(); }

    /// A tokenizer.json of a few tokens that has every kind of part.
    static json small() {
        return json::parse(R"({
          "version": "1.0", "truncation": null, "padding": null,
          "added_tokens": [
            {"id": 0, "content": "<s>", "single_word": false, "lstrip": false, "rstrip": true, "normalized": false,
             "special": true},
            {"id": 9, "content": "new", "single_word": true, "lstrip": true, "rstrip": false, "normalized": true,
             "special": false}],
          "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Lowercase"},
            {"type": "Prepend", "prepend": "b"},
            {"type": "Replace", "pattern": {"String": "x"}, "content": "a"},
            {"type": "Strip", "strip_left": true, "strip_right": true}]},
          "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": " ?[a-z]+|\\s+"}, "behavior": "Isolated", "invert": false},
            {"type": "Digits", "individual_digits": true}, {"type": "Punctuation", "behavior": "Isolated"},
            {"type": "Metaspace", "replacement": "_", "prepend_scheme": "first", "split": true},
            {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true}]},
          "post_processor": {"type": "Sequence", "processors": [{"type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
            "pair": [], "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]}}}]},
          "decoder": {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "_"}, "content": " "},
            {"type": "ByteFallback"}, {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0},
            {"type": "Metaspace", "replacement": "_", "prepend_scheme": "never", "split": true},
            {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true}]},
          "model": {"type": "BPE", "dropout": null, "unk_token": "<s>", "continuing_subword_prefix": null,
            "end_of_word_suffix": null, "fuse_unk": true, "byte_fallback": true, "ignore_merges": false,
            "vocab": {"<s>": 0, "a": 1, "b": 2, "ab": 3, "aba": 4, "_": 5, "<0xC3>": 6, "<0xA9>": 7, "Ġ": 8},
            "merges": [["a", "b"], "ab a"]}})");
    }

    /// Loads and uses the tokenizer.json with text `file`. Empty when that went well, else the error's text.
    std::string attempt(std::string_view file) const {
        write_text(folder_path() / "tokenizer.json", file);
        try {
            auto tokenizer = Tokenizer::load(folder_path());
            for (const char* text : {"abab new <s> é_ x1,  ab\n", "", " ", "中"}) {
                Ids ids = tokenizer->encode(text, true);
                for (std::int32_t id : ids)
                    if (!tokenizer->known(id))
                        return "an id that is not known";
                tokenizer->decode(ids);
            }
            return {};
        } catch (const RequestError& error) {
            std::string what = error.what();
            if (what.find("tokenizer.json") == std::string::npos || what.find('\n') != std::string::npos)
                return "a poor message: " + what;
            return "refused: " + what;
        }
    }

    bool fine(std::string_view file, std::string& outcome) const {
        outcome = attempt(file);
        return outcome.empty() || outcome.starts_with("refused: ");
    }

    static void visit(const json& value, const json::json_pointer& here,
                      const std::function<void(const json::json_pointer&)>& call) {
        call(here);
        if (value.is_object())
            for (const auto& [key, member] : value.items())
                visit(member, here / key, call);
        else if (value.is_array())
            for (std::size_t i = 0; i < value.size(); ++i)
                visit(value[i], here / i, call);
    }

  private Q_SLOTS:
    void the_small_one_loads() { QCOMPARE(attempt(small().dump()), std::string()); }

    void names_the_fault_data() {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("message");
        auto add = [](const char* name, const char* pointer, const char* value, const char* message) {
            QTest::newRow(name) << pointer << value << message;
        };
        add("negative id", "/model/vocab/ab", "-1", "model.vocab[\"ab\"]: must be an integer");
        add("huge id", "/model/vocab/ab", "4294967296", "model.vocab[\"ab\"]");
        add("id beyond 64 bits", "/model/vocab/ab", "99999999999999999999999", "model.vocab[\"ab\"]");
        add("fractional id", "/model/vocab/ab", "3.5", "model.vocab[\"ab\"]");
        add("duplicate id", "/model/vocab/ab", "1", "model.vocab: id 1 stands for both");
        add("merge of the unknown", "/model/merges/0", R"(["a","z"])", "model.merges[0]: \"z\" is not in");
        add("merge into the unknown", "/model/merges/0", R"(["b","b"])", "model.merges[0]: \"bb\" is not in");
        add("merge of three", "/model/merges/1", R"("a b a")", "model.merges[1]");
        add("merge of one", "/model/merges/0", R"(["a"])", "model.merges[0]");
        add("merges of another type", "/model/merges", R"({})", "model.merges: must be a list");
        add("vocabulary of another type", "/model/vocab", R"([])", "model.vocab: must be an object");
        add("another model", "/model/type", R"("Unigram")", "model.type: unsupported model \"Unigram\"");
        add("dropout", "/model/dropout", "0.1", "model.dropout");
        add("suffix", "/model/end_of_word_suffix", R"("</w>")", "model.end_of_word_suffix");
        add("unknown token missing", "/model/unk_token", R"("<nope>")", "model.unk_token");
        add("another normalizer", "/normalizer/normalizers/0/type", R"("Precompiled")",
            "normalizer.normalizers[0]: unsupported normalizer \"Precompiled\"");
        add("another pre-tokenizer", "/pre_tokenizer/pretokenizers/1/type", R"("UnicodeScripts")",
            "pre_tokenizer.pretokenizers[1]: unsupported pre-tokenizer \"UnicodeScripts\"");
        add("another decoder", "/decoder/decoders/1/type", R"("CTC")",
            "decoder.decoders[1]: unsupported decoder");
        add("another post-processor", "/post_processor/processors/0/type", R"("Other")",
            "post_processor.processors[0]: unsupported post-processor");
        add("pattern", "/pre_tokenizer/pretokenizers/0/pattern/Regex", "\"(a\"",
            "pre_tokenizer.pretokenizers[0].pattern.Regex: pattern does not compile");
        add("intersection", "/pre_tokenizer/pretokenizers/0/pattern/Regex", R"("[a-z&&[^b]]")", "&&");
        add("behavior", "/pre_tokenizer/pretokenizers/0/behavior", R"("Sideways")",
            "pre_tokenizer.pretokenizers[0].behavior: unknown behavior");
        add("id in a template", "/post_processor/processors/0/special_tokens/<s>/ids/0", "77",
            "post_processor: id 77 is not in the vocabulary");
        add("token of a template", "/post_processor/processors/0/special_tokens", "{}",
            "special_tokens.<s>: missing");
        add("id of an added token", "/added_tokens/1/id", "0", "added_tokens[1]: id 0 stands for both");
        add("flag of an added token", "/added_tokens/0/lstrip", "1",
            "added_tokens[0].lstrip: must be true or false");
        add("version", "/version", R"("2.0")", "version");
    }
    void names_the_fault() {
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        QFETCH(QString, message);
        json document = small();
        document[json::json_pointer(pointer.toStdString())] = json::parse(value.toStdString());
        std::string outcome = attempt(document.dump());
        QVERIFY2(outcome.starts_with("refused: ") && outcome.find(message.toStdString()) != std::string::npos,
                 outcome.c_str());
    }

    void survives_any_value_anywhere() {
        std::string nested(2000, '[');
        nested += std::string(2000, ']');
        std::vector<json> values = {nullptr,
                                    true,
                                    -1,
                                    0,
                                    7,
                                    4294967295u,
                                    1e300,
                                    "",
                                    "a",
                                    "\u0000x",
                                    json::array(),
                                    json::object(),
                                    json::array({1, "a"}),
                                    json{{"type", "Sequence"}},
                                    json::parse(nested)};
        for (const char* list : {"normalizers", "pretokenizers", "decoders", "processors"}) {
            json deep = {{"type", "ByteLevel"}};
            for (int i = 0; i < 100; ++i)
                deep = {{"type", "Sequence"}, {list, json::array({deep})}};
            values.push_back(deep);
        }
        json document = small();
        int refused = 0, tried = 0;
        visit(document, json::json_pointer(), [&](const json::json_pointer& place) {
            for (std::size_t v = 0; v <= values.size(); ++v) {
                json changed = document;
                if (v < values.size())
                    changed[place] = values[v];
                else if (!place.empty() && changed[place.parent_pointer()].is_object())
                    changed[place.parent_pointer()].erase(place.back());
                std::string outcome;
                ++tried;
                QVERIFY2(fine(changed.dump(), outcome), (place.to_string() + ": " + outcome).c_str());
                refused += !outcome.empty();
            }
        });
        QVERIFY(tried > 1500);
        QVERIFY(refused > tried / 2);
    }

    void survives_truncation() {
        std::string whole = small().dump();
        for (std::size_t length = 0; length < whole.size(); length += 3) {
            std::string outcome = attempt(std::string_view(whole).substr(0, length));
            QVERIFY2(outcome.starts_with("refused: "), outcome.c_str());
        }
    }

    void survives_changed_bytes() {
        std::string whole = small().dump();
        SplitMix64 random{2026};
        for (int round = 0; round < 4000; ++round) {
            std::string changed = whole;
            for (std::uint64_t i = 0; i <= random.below(4); ++i)
                changed[random.below(changed.size())] =
                    random.below(2) ? static_cast<char>(random.next()) : whole[random.below(whole.size())];
            std::string outcome;
            QVERIFY2(fine(changed, outcome), outcome.c_str());
        }
    }

    void refuses_patterns_that_run_away() {
        json document = small();
        document["normalizer"] = nullptr;
        document["pre_tokenizer"] = json::parse(
            R"({"type":"Split","pattern":{"Regex":"(a+)+$"},"behavior":"Isolated","invert":false})");
        write_text(folder_path() / "tokenizer.json", document.dump());
        auto tokenizer = Tokenizer::load(folder_path());
        QCOMPARE(show(tokenizer->encode("aba")), std::string("[3,1]"));
        try {
            tokenizer->encode(std::string(60, 'a') + "b");
            QFAIL("2^60 ways of matching were tried, or none");
        } catch (const RequestError& error) {
            QVERIFY2(std::string(error.what()).find("pre_tokenizer.pattern.Regex") != std::string::npos,
                     error.what());
        }
    }

    void names_faults_of_other_files_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("vocabulary is no JSON") << "vocab.json" << QByteArray("{\"a\": ");
        QTest::newRow("vocabulary is a list") << "vocab.json" << QByteArray("[]");
        QTest::newRow("an id is a string") << "vocab.json" << QByteArray("{\"a\": \"1\"}");
        QTest::newRow("merge of three") << "merges.txt" << QByteArray("#version: 0.2\na b c\n");
        QTest::newRow("merges are no UTF-8") << "merges.txt" << QByteArray("a \xff\n");
        QTest::newRow("merge of the unknown") << "merges.txt" << QByteArray("a zz\n");
        QTest::newRow("config is a list") << "tokenizer_config.json" << QByteArray("[]");
        QTest::newRow("token in the config without content")
            << "tokenizer_config.json" << QByteArray(R"({"added_tokens_decoder":{"5":{}}})");
        QTest::newRow("key in the config that is no id")
            << "tokenizer_config.json" << QByteArray(R"({"added_tokens_decoder":{"-5":{"content":"x"}}})");
        QTest::newRow("config of another class")
            << "tokenizer_config.json" << QByteArray(R"({"tokenizer_class":"BertTokenizer"})");
        QTest::newRow("flag in the config that is a string")
            << "tokenizer_config.json" << QByteArray(R"({"add_bos_token":"yes"})");
    }
    void names_faults_of_other_files() {
        QFETCH(QString, file);
        QFETCH(QByteArray, text);
        QTemporaryDir directory;
        std::filesystem::path path = directory.path().toStdString();
        for (const char* name : {"vocab.json", "merges.txt", "tokenizer_config.json"})
            write_text(path / name, read_text(folder_of("qwen2") / name));
        QVERIFY(Tokenizer::load(path));
        write_text(path / file.toStdString(), text.toStdString());
        try {
            Tokenizer::load(path);
            QFAIL("loaded");
        } catch (const RequestError& error) {
            bool named = std::string(error.what()).find(file.toStdString()) != std::string::npos;
            QVERIFY2(named, error.what());
        }
    }

    void says_what_is_missing() {
        QTemporaryDir directory;
        std::filesystem::path path = directory.path().toStdString();
        QVERIFY(!Tokenizer::present(path));
        QVERIFY_THROWS_EXCEPTION(RequestError, Tokenizer::load(path));
        write_text(path / "vocab.json", "{}");
        QVERIFY(!Tokenizer::present(path));
        QVERIFY_THROWS_EXCEPTION(RequestError, Tokenizer::load(path));
        std::filesystem::create_directory(path / "tokenizer.json");
        QVERIFY_THROWS_EXCEPTION(RequestError, Tokenizer::load(path));
    }
};

QTEST_GUILESS_MAIN(TestTokenizerMalformed)
#include "tst_tokenizer_malformed.moc"
