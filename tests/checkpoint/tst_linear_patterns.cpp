// Patterns for the configs: they match exactly the linears meant, and are few.
#include "core/checkpoint/linear_patterns.h"

#include <QtTest>

#include <random>
#include <regex>

using namespace moequant;

namespace {

using Names = std::set<std::string>;

/// Three layers, the first dense; a router, two shared linears, twelve experts.
Names model() {
    Names names{"lm_head"};
    for (int l = 0; l < 3; ++l) {
        const std::string layer = "model.layers." + std::to_string(l) + ".";
        for (const char* part : {"q_proj", "k_proj", "v_proj", "o_proj"})
            names.insert(layer + "self_attn." + part);
        for (const char* part : {"gate_proj", "up_proj", "down_proj"}) {
            if (l == 0) {
                names.insert(layer + "mlp." + part);
                continue;
            }
            names.insert(layer + "mlp.shared_experts." + part);
            for (int e = 0; e < 12; ++e)
                names.insert(layer + "mlp.experts." + std::to_string(e) + "." + part);
        }
        if (l > 0)
            names.insert(layer + "mlp.gate");
    }
    return names;
}

Names matching(const Names& names, const std::vector<std::string>& patterns) {
    Names found;
    for (const std::string& name : names)
        for (const std::string& pattern : patterns)
            if (std::regex_search(name, std::regex(pattern), std::regex_constants::match_continuous))
                found.insert(name);
    return found;
}

Names chosen_by(const std::string& pattern) {
    return matching(model(), {pattern});
}

} // namespace

class TestLinearPatterns : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void readable_data() {
        QTest::addColumn<QString>("chosen"); // a pattern of the test's own
        QTest::addColumn<QStringList>("patterns");
        QTest::newRow("none") << "nothing" << QStringList{};
        QTest::newRow("routers") << ".*mlp\\.gate$" << QStringList{".*\\.mlp\\.gate$"};
        QTest::newRow("a layer") << "model\\.layers\\.1\\." << QStringList{"model\\.layers\\.1\\..*"};
        QTest::newRow("two layers") << "model\\.layers\\.(0|2)\\."
                                    << QStringList{"model\\.layers\\.(0|2)\\..*"};
        QTest::newRow("all experts") << ".*\\.experts\\." << QStringList{".*\\.mlp\\.experts.*"};
        QTest::newRow("shared experts")
            << ".*shared_experts"
            << QStringList{".*\\.mlp\\.shared_experts\\.(down_proj|gate_proj|up_proj)$"};
        QTest::newRow("experts of a layer")
            << "model\\.layers\\.2.*\\.experts\\." << QStringList{"model\\.layers\\.2\\.mlp\\.experts.*"};
        QTest::newRow("down of every expert")
            << ".*\\.experts\\..*down" << QStringList{".*\\.mlp\\.experts\\.\\d+\\.down_proj$"};
        QTest::newRow("an expert") << "model\\.layers\\.2.*\\.experts\\.7\\."
                                   << QStringList{"model\\.layers\\.2\\.mlp\\.experts\\.7\\.(down_proj|gate_"
                                                  "proj|up_proj)$"};
        QTest::newRow("numbers in order")
            << "model\\.layers\\.2.*\\.experts\\.(2|9|10)\\.up"
            << QStringList{"model\\.layers\\.2\\.mlp\\.experts\\.(2|9|10)\\.up_proj$"};
        QTest::newRow("q and k of one layer")
            << "model\\.layers\\.0\\.self_attn\\.[qk]"
            << QStringList{"model\\.layers\\.0\\.self_attn\\.(k_proj|q_proj)$"};
        QTest::newRow("the router and a layer's down") << "(.*mlp\\.gate$|model\\.layers\\.0\\.mlp\\.down)"
                                                       << QStringList{".*\\.mlp\\.(down_proj|gate)$"};
    }
    void readable() {
        QFETCH(QString, chosen);
        QFETCH(QStringList, patterns);
        QStringList found;
        for (const std::string& pattern : linear_patterns(chosen_by(chosen.toStdString()), model(), ".*\\."))
            found << QString::fromStdString(pattern);
        QCOMPARE(found, patterns);
    }

    void any_choice_is_matched_exactly() {
        Names all = model();
        all.erase("lm_head");
        std::mt19937_64 random(7);
        for (int trial = 0; trial < 60; ++trial) {
            Names chosen;
            const std::uint64_t one_in = 1 + random() % 5;
            for (const std::string& name : all)
                if (random() % one_in == 0)
                    chosen.insert(name);
            QCOMPARE(matching(all, linear_patterns(chosen, all, trial % 2 ? ".*" : ".*\\.")), chosen);
        }
    }

    void the_block_of_all_experts_is_matched_by_its_name() {
        const std::string pattern =
            linear_patterns(chosen_by("model\\.layers\\.2.*\\.experts\\."), model(), ".*").at(0);
        QCOMPARE(matching({"model.layers.2.mlp.experts", "model.layers.1.mlp.experts"}, {pattern}),
                 Names{"model.layers.2.mlp.experts"});
    }

    void fused_names() {
        const auto patterns = [](const std::string& chosen) {
            const auto found = linear_patterns(chosen_by(chosen), model(), ".*\\.", true);
            return QString::fromStdString(found.empty() ? "" : found[0]);
        };
        QCOMPARE(patterns(".*self_attn"), ".*\\.self_attn\\.(k_proj|o_proj|q_proj|v_proj|qkv_proj)$");
        QCOMPARE(patterns(".*self_attn\\.(q|k)"), ".*\\.self_attn\\.(k_proj|q_proj)$");
        QCOMPARE(patterns(".*shared_experts"),
                 ".*\\.mlp\\.shared_experts\\.(down_proj|gate_proj|up_proj|gate_up_proj)$");
        QCOMPARE(patterns(".*\\.experts\\.7\\."), ".*\\.mlp\\.experts\\.7\\.(down_proj|gate_proj|up_proj)$");
    }

    void places() {
        const LinearPlace expert = place_of("model.layers.12.block_sparse_moe.experts.7.w1");
        QVERIFY(expert == (LinearPlace{12, "block_sparse_moe.experts", 7, "w1"}));
        QVERIFY(place_of("model.layers.0.mlp.shared_expert_gate") ==
                (LinearPlace{0, "mlp", -1, "shared_expert_gate"}));
        QCOMPARE(place_of("lm_head").layer, -1);
        QCOMPARE(place_of("model.layers.x.mlp.gate").layer, -1);
        QCOMPARE(place_of("model.layers..mlp").layer, -1);
        QCOMPARE(place_of("model.layers.0.mlp.experts.first.up_proj").expert, -1);
    }
};

QTEST_GUILESS_MAIN(TestLinearPatterns)
#include "tst_linear_patterns.moc"
