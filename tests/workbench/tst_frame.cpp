// The frame: the palette finds actions, settings are undone, every view has its explanation.
#include "app/workbench/frame/command_palette.h"
#include "app/workbench/learn/topics.h"
#include "app/workbench/main_window.h"
#include "app/workbench/pages/learn_page.h"
#include "app/workbench/settings.h"
#include "user_home.h"
#include "widgets/card.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QListWidget>
#include <QSpinBox>
#include <QSplitter>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QTreeView>

#include <memory>

using namespace moequant;

class TestFrame : public QObject {
    Q_OBJECT
  private:
    QTemporaryDir config_;
    std::unique_ptr<MainWindow> window_;

    template <typename T>
    T* control(int page, const QString& name) const {
        auto* found = window_->page(page)->findChild<T*>(name);
        return found;
    }

  private Q_SLOTS:
    void initTestCase() { use_home(config_.path()); }
    void init() {
        forget_settings(config_.path());
        window_ = std::make_unique<MainWindow>(WorkerCommand{FAKE_WORKER, {"model"}});
        window_->show();
        window_->open("sample");
        QTRY_VERIFY(window_->workbench().inspection().is_object());
    }
    void cleanup() { window_.reset(); }

    void scores_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse");
        QTest::newRow("starts of words") << "td"
                                         << "View: Theme: Dark"
                                         << "Edit: Find an action and";
        QTest::newRow("runs of letters") << "quant"
                                         << "Quantize"
                                         << "Request a unit now, then";
        QTest::newRow("case") << "LOG"
                              << "View: Log"
                              << "File: Close old things";
    }
    void scores() {
        QFETCH(QString, typed);
        QFETCH(QString, better);
        QFETCH(QString, worse);
        QVERIFY(palette_score(typed, better) >= 0);
        QVERIFY2(
            palette_score(typed, better) > palette_score(typed, worse),
            qPrintable(QString("%1, %2").arg(palette_score(typed, better)).arg(palette_score(typed, worse))));
        QCOMPARE(palette_score("xyz", better), -1);
    }

    void the_palette_runs_what_it_finds() {
        QTest::keyClick(window_.get(), Qt::Key_K, Qt::ControlModifier);
        auto* palette = window_->findChild<CommandPalette*>();
        QVERIFY(palette->isVisible());
        auto* line = palette->findChild<QLineEdit*>();
        auto* list = palette->findChild<QListWidget*>();
        QVERIFY(list->count() > 20);
        QTest::keyClicks(line, "errors");
        QVERIFY2(list->item(0)->text().contains("Errors"), qPrintable(list->item(0)->text()));
        QTest::keyClick(line, Qt::Key_Return);
        QVERIFY(!palette->isVisible());
        QVERIFY(window_->page(ErrorsNumber)->isVisible());
    }

    void no_action_is_listed_twice() {
        QStringList names;
        for (const auto& entry : palette_entries(window_.get()))
            names.append(entry.name);
        const auto all = names.size();
        names.removeDuplicates();
        QCOMPARE(names.size(), all);
    }

    void a_setting_is_undone_and_redone() {
        window_->show_page(QuantizeNumber);
        auto* bits = control<QSpinBox>(QuantizeNumber, "bits");
        const int before = bits->value();
        bits->setValue(3);
        QTRY_COMPARE(window_->undo().stack().count(), 1);
        window_->show_page(ModelNumber);
        QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(bits->value(), before);
        QVERIFY2(window_->page(QuantizeNumber)->isVisible(), "undo shows what it changed");
        QTest::keyClick(window_.get(), Qt::Key_Y, Qt::ControlModifier);
        QCOMPARE(bits->value(), 3);
        QCOMPARE(window_->undo().stack().count(), 1);
    }

    void a_preset_is_one_step() {
        window_->show_page(QuantizeNumber);
        const auto boxes = window_->page(QuantizeNumber)->findChildren<QComboBox*>();
        auto* preset = boxes.first();
        QVERIFY(preset->count() > 2);
        const auto values = [&] {
            QStringList all;
            for (auto* box : window_->page(QuantizeNumber)->findChildren<QSpinBox*>())
                all.append(QString::number(box->value()));
            for (auto* box : window_->page(QuantizeNumber)->findChildren<QCheckBox*>())
                all.append(box->isChecked() ? "on" : "off");
            for (auto* box : boxes)
                all.append(box->currentText());
            return all;
        };
        const QStringList before = values();
        preset->setCurrentIndex(preset->currentIndex() == 1 ? 2 : 1);
        Q_EMIT preset->activated(preset->currentIndex());
        QTest::qWait(50);
        QVERIFY(values() != before);
        QCOMPARE(window_->undo().stack().count(), 1);
        window_->undo().stack().undo();
        QCOMPARE(values(), before);
    }

    void turning_a_number_is_one_step() {
        window_->show_page(EbssNumber);
        auto* width = control<QSpinBox>(EbssNumber, "width");
        const int before = width->value();
        for (int i = 0; i < 5; ++i) {
            width->stepUp();
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE(window_->undo().stack().count(), 1);
        window_->undo().stack().undo();
        QCOMPARE(width->value(), before);
    }

    void the_selection_is_nothing_to_undo() {
        window_->show_page(LabNumber);
        window_->workbench().select(2, 5);
        QCOMPARE(control<QSpinBox>(LabNumber, "expert")->value(), 5);
        QTest::qWait(20);
        QCOMPARE(window_->undo().stack().count(), 0);
        auto* linear = control<QComboBox>(LabNumber, "linear");
        linear->setCurrentIndex(2);
        QTRY_COMPARE(window_->undo().stack().count(), 1);
        window_->undo().stack().undo();
        QCOMPARE(linear->currentIndex(), 0);
    }

    void topics_are_complete() {
        QStringList keys;
        for (const Topic& topic : topics()) {
            QVERIFY2(!keys.contains(topic.key), topic.key);
            keys.append(topic.key);
            QVERIFY2(topic.heading ? topic.text.isEmpty() : topic.text.size() > 80, topic.key);
            QVERIFY(explanation(topic.key).contains(topic.title.toHtmlEscaped()));
        }
        QVERIFY_EXCEPTION_THROWN(explanation("nothing"), std::logic_error);
    }

    void every_view_explains_itself() {
        QStringList silent;
        for (auto* card : window_->findChildren<Card*>())
            if (card->whatsThis().isEmpty())
                silent.append(card->title());
        QVERIFY2(silent.isEmpty(), qPrintable(silent.join(", ")));
    }

    void the_lesson_shows_its_topics() {
        auto* page = window_->page(LearnNumber)->findChild<QTextBrowser*>();
        static_cast<LearnPage*>(window_->page(LearnNumber))->show_topic("lorenz");
        QVERIFY(page->toPlainText().contains("Gini"));
    }

    void the_tree_and_the_window_select_the_same() {
        auto* view = window_->page(ModelNumber)->findChild<QTreeView*>();
        window_->workbench().select(2, 5);
        QCOMPARE(view->currentIndex().data().toString(), QString("Expert 5"));
        QCOMPARE(view->currentIndex().parent().data().toString(), QString("Layer 2"));
        const auto expert = view->currentIndex().siblingAtRow(view->currentIndex().row() + 2);
        view->setCurrentIndex(view->model()->index(1, 0, expert)); // its up_proj
        QCOMPARE(window_->workbench().expert(), 7);
        QCOMPARE(view->currentIndex().data().toString(), QString("up_proj"));
    }

    void the_first_comparison_is_one_click() {
        for (auto* action : window_->findChildren<QAction*>())
            if (action->text() == "Compare WikiText-2 with EBSS")
                action->trigger();
        QVERIFY(window_->page(CalibrationNumber)->isVisible());
        QCOMPARE(window_->workbench().jobs().size(), 2u);
        QTRY_VERIFY(window_->workbench().jobs().empty());
        QCOMPARE(window_->workbench().profiles().size(), 2);
    }

    void folders_are_remembered() {
        Settings settings;
        QTemporaryDir a, b;
        settings.add_recent_run(a.path());
        settings.add_recent_run(b.path());
        settings.add_recent_run(a.path());
        QCOMPARE(settings.recent_runs(), (QStringList{a.path(), b.path()}));
    }

    void splitters_are_remembered() {
        auto* splitter = window_->page(ModelNumber)->findChild<QSplitter*>();
        const QList<int> first = splitter->sizes();
        splitter->setSizes({first[0] - 80, first[1] + 80});
        const QList<int> moved = splitter->sizes();
        QVERIFY(moved != first);
        window_->close();
        window_ = std::make_unique<MainWindow>(WorkerCommand{FAKE_WORKER, {"model"}});
        window_->show();
        QTRY_COMPARE(window_->page(ModelNumber)->findChild<QSplitter*>()->sizes(), moved);
    }

    void a_run_opens_on_the_page_of_its_kind_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("page");
        QTest::newRow("quantization") << "quantize" << int(ErrorsNumber);
        QTest::newRow("search") << "sample" << int(EbssNumber);
        QTest::newRow("evaluation") << "evaluate" << int(CompareNumber);
        QTest::newRow("lab") << "hessian-lab" << int(LabNumber);
    }
    void a_run_opens_on_the_page_of_its_kind() {
        QFETCH(QString, kind);
        QFETCH(int, page);
        QTemporaryDir folder;
        for (const auto& [name, text] :
             {std::pair{"job.json", "{\"version\": 1, \"kind\": \"" + kind + "\", \"model\": \"sample\"}"},
              std::pair{"result.json", QString("{}")}}) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text.toUtf8());
        }
        window_->open(folder.path());
        QVERIFY(window_->page(page)->isVisible());
        QCOMPARE(Settings().recent_runs(), QStringList{folder.path()});
    }
};

QTEST_MAIN(TestFrame)
#include "tst_frame.moc"
