// Comparing runs: Student's intervals against tables, facts from run folders, marks and texts.
#include "core/evaluation/compare.h"
#include "core/job/error.h"
#include "core/job/run.h"
#include "core/model/safetensors.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace moequant;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

struct Folder {
    QTemporaryDir dir;
    std::string path(const std::string& name) const { return dir.path().toStdString() + "/" + name; }
};

Job job_of(const std::string& kind, const std::string& run, json options = json::object()) {
    Job job;
    job.kind = kind;
    job.model = "sample";
    job.options = std::move(options);
    if (kind == "profile")
        job.corpus = {"builtin:prose"};
    job.run = run;
    resolve_defaults(job);
    return job;
}

/// A finished evaluate run with the losses of each SPEC.
std::string evaluate_run(const Folder& folder, const std::string& name,
                         const std::map<std::string, std::vector<double>>& losses, const std::string& weights,
                         const std::string& against = "", const std::string& corpus = "same") {
    Job job = job_of("evaluate", folder.path(name), {{"perplexity", json::array({"builtin:prose"})}});
    job.inputs = {{"model/model.safetensors", {{"sha256", weights}}},
                  {"corpus/prose.txt", {{"sha256", corpus}}}};
    if (!against.empty())
        job.inputs["against/model.safetensors"] = {{"sha256", against}};
    Run run(job);
    json perplexity = json::object(), agreement = json::object(), tokens = json::object();
    std::vector<std::pair<std::string, at::Tensor>> windows;
    for (const auto& [spec, nll] : losses) {
        double sum = 0;
        for (const double loss : nll)
            sum += loss;
        const std::vector<std::int64_t> counts(nll.size(), 10);
        perplexity[spec] = {{"value", std::exp(sum / double(10 * nll.size()))},
                            {"nll", sum / double(10 * nll.size())},
                            {"tokens", 10 * nll.size()},
                            {"windows", nll.size()}};
        if (!against.empty())
            agreement[spec] = {{"kl", 0.01}, {"top1", 0.9}, {"routing", 0.95}, {"routing_layers", {0.95}}};
        windows.emplace_back(spec, at::tensor(nll, at::kDouble));
        tokens[spec] = counts;
    }
    write_safetensors(run.path("windows.safetensors"), windows, {{"tokens", tokens.dump()}});
    run.finish({{"perplexity", perplexity},
                {"agreement", agreement},
                {"tasks", json::object()},
                {"average", nullptr}});
    return run.folder().string();
}

json linear(int layer, json expert, int tokens, json error) {
    return {{"name", "x"},
            {"layer", layer},
            {"expert", std::move(expert)},
            {"tokens", tokens},
            {"relative_output_error", std::move(error)}};
}

std::string quantize_run(const Folder& folder, const std::string& name, bool agq, double error) {
    Job job = job_of("quantize", folder.path(name), {{"agq", agq}, {"bits", 3}});
    job.corpus = {"builtin:prose"};
    Run run(job);
    run.finish({{"linears", json::array({linear(0, 0, 5, error), linear(0, 1, 50, error / 2)})},
                {"bytes_before", 1000},
                {"bytes_after", 250},
                {"seconds", 1.5}});
    return run.folder().string();
}

bool has_fact(const RunFacts& run, const std::string& key) {
    return std::any_of(run.facts.begin(), run.facts.end(), [&](const Fact& fact) { return fact.key == key; });
}

} // namespace

class TestComparison : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void student_quantiles_data() {
        QTest::addColumn<int>("degrees");
        QTest::addColumn<double>("t"); // printed tables, two-sided 95 %
        QTest::newRow("1") << 1 << 12.7062;
        QTest::newRow("2") << 2 << 4.3027;
        QTest::newRow("3") << 3 << 3.1824;
        QTest::newRow("10") << 10 << 2.2281;
        QTest::newRow("30") << 30 << 2.0423;
        QTest::newRow("31") << 31 << 2.0395;
        QTest::newRow("120") << 120 << 1.9799;
        QTest::newRow("1000") << 1000 << 1.9623;
    }

    void student_quantiles() {
        QFETCH(int, degrees);
        QFETCH(double, t);
        QVERIFY2(std::abs(student_t95(degrees) - t) < 1e-4,
                 qPrintable(QString::number(student_t95(degrees), 'g', 8)));
    }

    void paired_interval() {
        // Differences a token 0.1, 0.2, 0.3, 0.4: mean 0.25, standard error √(0.05/3/4) = 0.0645497, t
        // = 3.1824.
        const std::vector<double> a = {11, 12, 13, 14}, b = {10, 10, 10, 10};
        const PairedDifference difference = paired_difference(a, b, std::vector<std::int64_t>(4, 10));
        QVERIFY(std::abs(difference.log_ratio - 0.25) < 1e-12);
        QVERIFY(std::abs(*difference.low - (0.25 - 3.182446 * 0.0645497)) < 1e-6);
        QVERIFY(std::abs(*difference.high - (0.25 + 3.182446 * 0.0645497)) < 1e-6);
        QVERIFY(difference.shown());
        QVERIFY(std::abs(difference.percent() - 28.4025417) < 1e-6);
        const std::vector<double> c = {9, 12, 9.5, 11};
        QVERIFY(!paired_difference(c, b, std::vector<std::int64_t>(4, 10)).shown());
        const PairedDifference one = paired_difference(std::vector<double>{11}, std::vector<double>{10},
                                                       std::vector<std::int64_t>{10});
        QVERIFY(!one.low && !one.shown());
    }

    void windows_count_by_their_tokens() {
        const std::vector<double> a = {2, 40}, b = {1, 10};
        const std::vector<std::int64_t> tokens = {1, 30};
        QVERIFY(std::abs(paired_difference(a, b, tokens).log_ratio - 1.0) < 1e-12);
        QVERIFY(std::abs(*paired_difference(a, b, tokens).low - 1.0) < 1e-12); // the same ratio in each
    }

    void errors_of_experts() {
        // Layer 0: errors 0.5 (mean of two linears), 0.1, 0.2, 0.3; the quarter is one expert, the one with 3
        // tokens. Attention and the shared expert are left out, an expert nobody measured too.
        const json linears =
            json::array({linear(0, 0, 9, 0.4), linear(0, 0, 9, 0.6), linear(0, 1, 20, 0.1),
                         linear(0, 2, 3, 0.2), linear(0, 3, 8, 0.3), linear(0, nullptr, 40, 0.9),
                         linear(0, "shared", 40, 0.9), linear(1, 0, 0, nullptr), linear(1, 1, 7, 0.7)});
        const ExpertErrors errors = expert_errors(linears);
        QVERIFY(std::abs(errors.all.get<double>() - (0.5 + 0.1 + 0.2 + 0.3 + 0.7) / 5) < 1e-12);
        QVERIFY(std::abs(errors.least_used.get<double>() - 0.2) < 1e-12);
        QVERIFY(expert_errors(json::array({linear(0, 0, 0, nullptr)})).all.is_null());
    }

    void rows_and_columns_come_from_the_runs() {
        const Folder folder;
        const Comparison comparison =
            compare_runs({read_run_facts(quantize_run(folder, "plain", false, 0.04)),
                          read_run_facts(quantize_run(folder, "agq", true, 0.03))});
        QCOMPARE(int(comparison.rows.size()), 2);
        QCOMPARE(comparison.rows[1].name, std::string("agq"));
        const auto column = [&](const std::string& key) {
            for (std::size_t c = 0; c < comparison.columns.size(); ++c)
                if (comparison.columns[c].key == key)
                    return c;
            return std::size_t(999);
        };
        QCOMPARE(comparison.rows[0].values.at(column("method")), json("GPTQ"));
        QCOMPARE(comparison.rows[1].values.at(column("method")), json("GPTQ+AGQ"));
        QCOMPARE(comparison.rows[0].values.at(column("size_ratio")), json(0.25));
        QVERIFY(comparison.rows[1].best.at(column("expert_error")));
        QVERIFY(!comparison.rows[0].best.at(column("expert_error")));
        QVERIFY(!comparison.rows[0].best.at(column("size_ratio"))); // equal: nobody is best
        QVERIFY(comparison.pairs.empty());
    }

    void perplexities_pair_and_the_float_model_is_no_contestant() {
        const Folder folder;
        const std::string prose = "builtin:prose?samples=4";
        const std::vector<RunFacts> runs = {
            read_run_facts(evaluate_run(folder, "float", {{prose, {10, 11, 12, 13}}}, "f")),
            read_run_facts(evaluate_run(folder, "a", {{prose, {11, 12.1, 13, 14.1}}}, "a", "f")),
            read_run_facts(evaluate_run(folder, "b", {{prose, {11.5, 12.5, 13.6, 14.5}}}, "b", "f"))};
        const Comparison comparison = compare_runs(runs);
        QCOMPARE(int(comparison.pairs.size()), 3);
        QVERIFY(comparison.rows[1].best[0]);
        QVERIFY(!comparison.rows[0].best[0]);
        for (const ComparedPair& pair : comparison.pairs)
            QVERIFY(pair.difference.shown());
        QVERIFY(has_fact(runs[1], "kl/" + prose) && !has_fact(runs[0], "kl/" + prose));
    }

    void other_windows_do_not_pair() {
        const Folder folder;
        const std::string prose = "builtin:prose?samples=4";
        const auto pairs = [&](const std::string& other) {
            return compare_runs({read_run_facts(folder.path("a")), read_run_facts(other)}).pairs.size();
        };
        evaluate_run(folder, "a", {{prose, {10, 11, 12, 13}}}, "f");
        QCOMPARE(pairs(evaluate_run(folder, "b", {{prose, {10, 11, 12}}}, "f")), std::size_t(0));
        QCOMPARE(pairs(evaluate_run(folder, "c", {{"builtin:code", {10, 11, 12, 13}}}, "f")), std::size_t(0));
        QCOMPARE(pairs(evaluate_run(folder, "d", {{prose, {10, 11, 12, 13}}}, "f", "", "another text")),
                 std::size_t(0));
        QCOMPARE(pairs(evaluate_run(folder, "e", {{prose, {10, 11, 12, 14}}}, "f")), std::size_t(1));
    }

    void texts_data() {
        QTest::addColumn<QString>("form");
        QTest::addColumn<QStringList>("parts");
        QTest::newRow("table") << "table"
                               << QStringList{"run", "ppl a_b", "2.718 *", "* best", "+10.52 %", "95 %"};
        QTest::newRow("csv") << "csv"
                             << QStringList{"run,perplexity/a_b", "\"first, \"\"one\"\"\",",
                                            "log_ratio_high/a_b\r\n"};
        QTest::newRow("latex") << "latex"
                               << QStringList{"\\begin{tabular}{lr}", "ppl a\\_b", "\\textbf{2.718}",
                                              "\\bottomrule"};
        QTest::newRow("markdown") << "markdown"
                                  << QStringList{"| run | ppl a_b |", "| --- | --- |", "**2.718**"};
    }

    void texts() {
        QFETCH(QString, form);
        QFETCH(QStringList, parts);
        RunFacts first{"first, \"one\"",
                       "evaluate",
                       {{"perplexity/a_b", "ppl a_b", std::exp(1.0), Better::Lower, 3}},
                       {{"a_b", {{10, 10, 10}, {10, 10, 10}}}},
                       json(),
                       json(),
                       json()};
        RunFacts second = first;
        second.name = "second";
        second.facts[0].value = std::exp(1.1);
        second.windows["a_b"].nll = {11, 10.9, 11.1};
        const Comparison comparison = compare_runs({first, second});
        const std::string text = form == "table"   ? to_table(comparison)
                                 : form == "csv"   ? to_csv(comparison)
                                 : form == "latex" ? to_latex(comparison)
                                                   : to_markdown(comparison);
        for (const QString& part : parts)
            QVERIFY2(QString::fromStdString(text).contains(part), text.c_str());
    }

    void published_rows_stand_beside() {
        RunFacts ours{"ours",
                      "evaluate",
                      {{"perplexity/wikitext2?length=2048", "ppl wikitext2", 6.2, Better::Lower, 3}},
                      {},
                      json(),
                      json(),
                      json(),
                      {"/models/deepseek-moe-16b-base"}};
        auto runs = published_facts({ours});
        QVERIFY(runs.size() > 5);
        for (const RunFacts& row : runs) {
            QCOMPARE(row.kind, std::string("published"));
            QVERIFY(row.name.find("†") != std::string::npos && row.name.find("arXiv:") != std::string::npos);
            QCOMPARE(row.facts.size(), 1u); // the columns of ours alone
            QCOMPARE(row.facts[0].key, ours.facts[0].key);
        }
        runs.insert(runs.begin(), ours);
        ours.name = "worse";
        ours.facts[0].value = 6.9;
        runs.insert(runs.begin(), ours);
        const Comparison comparison = compare_runs(runs);
        QVERIFY(comparison.rows[1].best[0]); // whatever the papers state
        for (std::size_t r = 2; r < comparison.rows.size(); ++r)
            QVERIFY(!comparison.rows[r].best[0]);
        ours.models = {"sample"};
        QVERIFY(published_facts({ours}).empty());
    }

    void json_document() {
        const Folder folder;
        const std::string prose = "builtin:prose?samples=4";
        const json document =
            to_json(compare_runs({read_run_facts(evaluate_run(folder, "x", {{prose, {10, 11}}}, "f")),
                                  read_run_facts(evaluate_run(folder, "y", {{prose, {12, 13}}}, "g"))}));
        QCOMPARE(document["rows"][0]["name"], json("x"));
        QCOMPARE(document["rows"][0]["best"], json::array({"perplexity/" + prose}));
        QCOMPARE(document["columns"][0]["better"], json("lower"));
        QVERIFY(std::abs(document["differences"][0]["log_ratio"].get<double>() - 0.2) < 1e-12);
        QCOMPARE(document["differences"][0]["against"], json("x"));
    }

    void refuses() {
        const Folder folder;
        QVERIFY_THROWS_EXCEPTION(RequestError, read_run_facts(folder.path("nothing")));
        Job job = job_of("profile", folder.path("unfinished"));
        { const Run run(job); }
        QVERIFY_THROWS_EXCEPTION(RequestError, read_run_facts(folder.path("unfinished")));
        const std::string damaged = evaluate_run(folder, "damaged", {{"builtin:prose", {10, 11}}}, "f");
        write_safetensors(fs::path(damaged) / "windows.safetensors",
                          {{"builtin:prose", at::zeros({3}, at::kDouble)}},
                          {{"tokens", R"({"builtin:prose": [10, 10]})"}});
        QVERIFY_THROWS_EXCEPTION(RequestError, read_run_facts(damaged));
        fs::remove(fs::path(damaged) / "windows.safetensors");
        QVERIFY_THROWS_EXCEPTION(RequestError, read_run_facts(damaged));
    }
};

QTEST_APPLESS_MAIN(TestComparison)
#include "tst_comparison.moc"
