// Forms from the option table.
#include "app/workbench/forms/option_form.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QSpinBox>
#include <QTest>

#include <memory>

using namespace moequant;
using nlohmann::json;

class TestOptionForm : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void defaults_are_those_of_the_table() {
        const std::vector<std::string> keys = {"tau", "width", "sequences", "length", "warmup", "eos"};
        OptionForm form("sample", keys, OptionForm::Shape::Row);
        json expected = json::object();
        for (const std::string& key : keys)
            expected[key] = find_kind("sample").find(key)->default_value;
        QCOMPARE(form.values().dump(), expected.dump());
    }

    void infinity_goes_both_ways() {
        OptionForm form("sample", {"tau"}, OptionForm::Shape::Row);
        form.set_values({{"tau", "inf"}});
        QCOMPARE((form.values()["tau"]).dump(), (json("inf")).dump());
        auto* box = qobject_cast<QDoubleSpinBox*>(form.control("tau"));
        QCOMPARE(box->text(), QString(QChar(0x221e)));
        box->setValue(0.6);
        QCOMPARE((form.values()["tau"]).dump(), (json(0.6)).dump());
    }

    void every_value_is_legal_for_its_option_data() {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"sample", "quantize", "profile", "hessian-lab"})
            QTest::newRow(kind) << kind;
    }
    void every_value_is_legal_for_its_option() {
        QFETCH(QString, kind);
        std::vector<std::string> keys;
        for (const Option& option : find_kind(kind.toStdString()).options)
            if (!option.list && option.built &&
                !(option.type == OptionType::Int && option.default_value.is_null()))
                keys.push_back(option.key());
        OptionForm form(kind.toStdString(), keys, OptionForm::Shape::Column);
        const json values = form.values();
        QVERIFY(!keys.empty());
        for (const std::string& key : keys) {
            const Option& option = *find_kind(kind.toStdString()).find(key);
            if (values[key].is_null())
                QVERIFY2(option.default_value.is_null(), key.c_str());
            else
                QCOMPARE((checked_value(option, values[key])).dump(), (values[key]).dump());
            QVERIFY(!form.control(key)->accessibleName().isEmpty());
            QVERIFY(!form.control(key)->toolTip().isEmpty());
        }
    }

    void what_is_not_built_is_not_offered() {
        OptionForm form("quantize", {"method", "format"}, OptionForm::Shape::Column);
        const auto* method = qobject_cast<QComboBox*>(form.control("method"));
        const Option& option = *find_kind("quantize").find("method");
        for (const std::string& later : option.later)
            QVERIFY(method->findText(QString::fromStdString(later)) < 0);
        QCOMPARE(method->count(), int(option.choices.size() - option.later.size()));
    }

    void a_number_may_be_left_to_the_stage() {
        OptionForm form("hessian-lab", {"row", "population"}, OptionForm::Shape::Row);
        auto* row = qobject_cast<QSpinBox*>(form.control("row"));
        QCOMPARE(row->text(), QString("drawn"));
        QVERIFY(form.values()["row"].is_null());
        form.set_values({{"row", 0}, {"population", 2}}); // the least that there are
        QCOMPARE(form.values().dump(), json({{"row", 0}, {"population", 2}}).dump());
        form.set_values({{"row", nullptr}});
        QVERIFY(form.values()["row"].is_null());
    }

    void lists_are_written_with_commas_or_blanks() {
        OptionForm form("hessian-lab", {"epsilon", "n", "entry"}, OptionForm::Shape::Row);
        QCOMPARE(form.values()["n"].dump(), find_kind("hessian-lab").find("n")->default_value.dump());
        QCOMPARE(form.values()["epsilon"].dump(),
                 find_kind("hessian-lab").find("epsilon")->default_value.dump());
        auto* n = qobject_cast<QLineEdit*>(form.control("n"));
        n->setText("8, 16 32;10:30:10");
        QCOMPARE(form.values()["n"].dump(), json({8, 16, 32, 10, 20, 30}).dump());
        form.set_values({{"entry", {"1:2", "3:3"}}, {"epsilon", {1e-7, 0.5}}});
        QCOMPARE(form.values()["entry"].dump(), json({"1:2", "3:3"}).dump());
        QCOMPARE(qobject_cast<QLineEdit*>(form.control("epsilon"))->text(), QString("1e-7, 0.5"));
        QVERIFY(form.fault().isEmpty());
        n->setText("8, few");
        QVERIFY2(form.fault().contains("few"), qPrintable(form.fault()));
        QCOMPARE(form.values()["n"].dump(), find_kind("hessian-lab").find("n")->default_value.dump());
        n->clear(); // as the table has it
        QVERIFY(form.fault().isEmpty());
    }

    void settings_of_another_version_are_ignored() {
        OptionForm form("quantize", {"bits", "method"}, OptionForm::Shape::Column);
        form.set_values(json::parse(R"({"bits": 99, "method": "magic", "gone": 1})"));
        QCOMPARE((form.values()).dump(), (json::parse(R"({"bits": 4, "method": "gptq"})")).dump());
    }
};

QTEST_MAIN(TestOptionForm)
#include "tst_option_form.moc"
