// Every page, empty, running, finished and failed, light and dark, small and large, looked at by geometry;
// and the finished ones as pixels. Run a second time with QT_SCALE_FACTOR=2 by ctest.
// MOEQUANT_UPDATE_PICTURES=1 writes tests/screenshots/expected anew.
#include "app/workbench/frame/message_bar.h"
#include "app/workbench/frame/rail.h"
#include "app/workbench/main_window.h"
#include "app/workbench/pages/page.h"
#include "app/workbench/translation.h"
#include "page_check.h"
#include "user_home.h"
#include "widgets/theme.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFontDatabase>
#include <QScopeGuard>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

#include <algorithm>
#include <memory>

using namespace moequant;

namespace {

constexpr double most_apart = 0.01; ///< share of pixels: antialiasing of other versions of the font engine

/// Fewer colours, each at most 16 away: enough to compare by, and a smaller file.
QImage coarse(const QImage& image) {
    QImage result = image.convertToFormat(QImage::Format_RGB888);
    for (int y = 0; y < result.height(); ++y)
        for (uchar *at = result.scanLine(y), *end = at + 3 * result.width(); at < end; ++at)
            *at = uchar(std::min(255, (*at + 16) / 32 * 32));
    return result;
}

} // namespace

class TestPages : public QObject {
    Q_OBJECT
  private:
    QTemporaryDir folder_;
    std::unique_ptr<MainWindow> window_;

    void settle() {
        QTest::qWait(60);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    void open(const QString& mode) {
        forget_settings(folder_.path());
        window_ = std::make_unique<MainWindow>(WorkerCommand{FAKE_WORKER, {mode}});
        window_->resize(1280, 800);
        window_->show();
        window_->open("sample");
    }
    void start_everything() {
        for (int page = 0; page < window_->page_count(); ++page)
            if (auto* action = window_->page(page)->main_action(); action && action->isEnabled()) {
                window_->show_page(page);
                action->trigger();
                QTest::qWait(5);
            }
    }
    void bring_to(const QString& state) {
        open(state == "running" ? "hold" : state == "failed" ? "refuse-jobs" : "model");
        QTRY_VERIFY(window_->workbench().inspection().is_object());
        if (state == "empty")
            return;
        start_everything();
        if (state != "running")
            QTRY_VERIFY_WITH_TIMEOUT(window_->workbench().jobs().empty(), 20000);
        if (state == "finished")
            window_->workbench().select(1, 5);
        QTest::qWait(400); // rows and pictures that come by timers
    }
    QString page_name(int page) const {
        return window_->findChild<Rail*>()->pages()[std::size_t(page)]->text();
    }

  private Q_SLOTS:
    void initTestCase() {
        use_home(folder_.path());
        QVERIFY2(QFontDatabase::families().contains("DejaVu Sans"),
                 "the package fonts-dejavu-core is needed");
        QApplication::setFont(QFont("DejaVu Sans", 9));
    }
    void cleanup() { window_.reset(); }

    void nothing_is_cut_or_covered_data() {
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("language");
        for (const char* state : {"empty", "running", "finished", "failed"})
            QTest::newRow(state) << state << "en";
        QTest::newRow("finished, German") << "finished"
                                          << "de"; // the longest words
    }
    void nothing_is_cut_or_covered() {
        QFETCH(QString, state);
        QFETCH(QString, language);
        install_translation(*qApp, language);
        const auto english = qScopeGuard([] { qDeleteAll(qApp->findChildren<QTranslator*>()); });
        bring_to(state);
        QStringList faults;
        for (const Theme theme : {Theme::Light, Theme::Dark})
            for (const QSize size : {QSize(1280, 800), QSize(1920, 1080)}) {
                apply_theme(*qApp, theme);
                window_->resize(size);
                for (int page = 0; page < window_->page_count(); ++page) {
                    window_->show_page(page);
                    settle();
                    const QString where = QString("%1 %2 %3: ")
                                              .arg(page_name(page), theme == Theme::Light ? "light" : "dark")
                                              .arg(size.width());
                    QCOMPARE(window_->size(), size);
                    const auto look = [&](const QString& tab) {
                        for (const QString& fault :
                             layout_faults(window_->page(page)) + contrast_faults(window_->page(page)))
                            faults.append(where + tab + fault);
                    };
                    look({});
                    auto* tabs = window_->page(page)->findChild<QTabWidget*>();
                    for (int tab = tabs ? tabs->count() - 1 : -1; tab >= 0; --tab) {
                        const int before = tabs->currentIndex();
                        if (tab == before || !tabs->isTabVisible(tab) || !tabs->isTabEnabled(tab))
                            continue;
                        tabs->setCurrentIndex(tab);
                        settle();
                        look(tabs->tabText(tab) + ": ");
                        tabs->setCurrentIndex(before);
                    }
                }
            }
        QVERIFY2(faults.isEmpty(), qPrintable('\n' + faults.join('\n')));
    }

    void controls_can_be_named_and_reached() {
        bring_to("finished");
        QStringList faults;
        for (const QString& fault : unnamed_controls(window_.get()))
            faults.append("unnamed: " + fault);
        for (int page = 0; page < window_->page_count(); ++page) {
            window_->show_page(page);
            settle();
            for (const QString& fault : unreached_controls(window_->page(page)))
                faults.append(page_name(page) + ", Tab does not reach: " + fault);
        }
        QVERIFY2(faults.isEmpty(), qPrintable('\n' + faults.join('\n')));
    }

    void palettes_can_be_read_data() {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << light_palette();
        QTest::newRow("dark") << dark_palette();
    }
    void palettes_can_be_read() {
        QFETCH(QPalette, palette);
        const std::pair<QPalette::ColorRole, QPalette::ColorRole> pairs[] = {
            {QPalette::WindowText, QPalette::Window},
            {QPalette::Text, QPalette::Base},
            {QPalette::Text, QPalette::AlternateBase},
            {QPalette::ButtonText, QPalette::Button},
            {QPalette::HighlightedText, QPalette::Highlight},
            {QPalette::PlaceholderText, QPalette::Base},
            {QPalette::Link, QPalette::Base},
            {QPalette::ToolTipText, QPalette::ToolTipBase}};
        for (const auto& [text, ground] : pairs)
            QVERIFY2(contrast(palette.color(text), palette.color(ground)) >= 4.5,
                     qPrintable(QString("roles %1 on %2: %3")
                                    .arg(int(text))
                                    .arg(int(ground))
                                    .arg(contrast(palette.color(text), palette.color(ground)))));
    }

    void finished_pages_look_as_they_did_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void finished_pages_look_as_they_did() {
        QFETCH(bool, dark);
        if (qApp->devicePixelRatio() != 1)
            QSKIP("pictures are kept at one scale");
        bring_to("finished");
        apply_theme(*qApp, dark ? Theme::Dark : Theme::Light);
        QStringList faults;
        for (int page = 0; page < window_->page_count(); ++page) {
            window_->show_page(page);
            settle();
            const QString name = QString("%1-%2.png").arg(page_name(page).toLower(), dark ? "dark" : "light");
            const QString path = QStringLiteral(EXPECTED_PICTURES "/") + name;
            const QImage now = window_->grab().toImage();
            if (qEnvironmentVariableIsSet("MOEQUANT_UPDATE_PICTURES")) {
                QVERIFY(coarse(now).save(path, "PNG", 0));
                continue;
            }
            const QImage before(path);
            if (before.isNull())
                faults.append(path + ": is missing");
            else if (const double apart = difference(before, now); apart > most_apart)
                faults.append(
                    QString("%1: %2 % of the pixels changed").arg(name).arg(100 * apart, 0, 'f', 2));
            if (!faults.isEmpty() && faults.last().startsWith(name))
                now.save(QDir::temp().filePath("moequant-" + name));
        }
        QVERIFY2(faults.isEmpty(), qPrintable('\n' + faults.join('\n')));
    }
};

QTEST_MAIN(TestPages)
#include "tst_pages.moc"
