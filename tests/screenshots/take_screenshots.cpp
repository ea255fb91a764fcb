// Walks the path through the window with the keyboard and saves what a user would see.
// Usage: take_screenshots OUTPUT_FOLDER WORKER [ARGUMENT…]; take.sh sets the display up.
#include "app/workbench/frame/rail.h"
#include "app/workbench/main_window.h"
#include "app/workbench/pages/errors_page.h"
#include "app/workbench/pages/page.h"
#include "app/workbench/translation.h"
#include "widgets/choice_cards.h"
#include "widgets/tables/data_table.h"
#include "widgets/theme.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QScrollArea>
#include <QSpinBox>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

#include <cstdio>
#include <functional>

using namespace moequant;

namespace {

struct Camera {
    MainWindow& window;
    QString folder;
    int failures = 0;

    QString name(int page) const {
        return window.findChild<Rail*>()->pages()[std::size_t(page)]->text().toLower();
    }
    void settle() const { QTest::qWait(250); }
    void shoot(const QString& name) {
        settle();
        const QString path = QDir(folder).filePath(name + ".png");
        if (!window.grab().save(path)) {
            std::fprintf(stderr, "%s: could not be written\n", qPrintable(path));
            ++failures;
        }
    }
    void wait(const char* what, int seconds, const std::function<bool()>& done) {
        if (!QTest::qWaitFor(done, seconds * 1000)) {
            std::fprintf(stderr, "gave up waiting: %s\n", what);
            ++failures;
        }
    }
    bool idle() const { return window.workbench().jobs().empty(); }
    void press(int page, const QString& action = {}) {
        window.show_page(page);
        settle();
        QApplication::setActiveWindow(&window); // there is no window manager to do it
        if (action.isEmpty())
            QTest::keyClick(&window, Qt::Key_F5);
        for (auto* candidate : window.page(page)->findChildren<QAction*>())
            if (!action.isEmpty() && candidate->text().startsWith(action))
                candidate->trigger();
        if (idle()) {
            std::fprintf(stderr, "page %d: nothing was started\n", page);
            ++failures;
        }
        QTest::qWait(20);
    }
    void set(int page, const char* control, int value) {
        if (auto* box = window.page(page)->findChild<QSpinBox*>(control))
            box->setValue(value);
    }
    void tick(const char* source, bool on) {
        if (auto* box = window.page(1)->findChild<QCheckBox*>(source))
            box->setChecked(on);
    }
};

void walk(Camera& camera) {
    auto& window = camera.window;
    for (int page = 1; page < window.page_count(); ++page) {
        window.show_page(page);
        camera.shoot(QStringLiteral("empty-%1").arg(camera.name(page)));
    }
    camera.wait("the model", 20, [&] { return window.workbench().inspection().is_object(); });
    camera.tick("ebss", true);
    camera.tick("wikitext2", qEnvironmentVariableIsSet("MOEQUANT_DATA"));
    camera.set(1, "samples", 8);
    camera.set(2, "length", 128);
    camera.set(2, "sequences", 16);
    camera.press(1);
    camera.shoot("during-calibration");
    camera.wait("the profiles", 240, [&] { return camera.idle(); });
    window.workbench().select(window.workbench().layer(), 3);
    camera.press(2, "Preview");
    camera.wait("a few steps", 60, [&] {
        const auto* beams = window.page(2)->findChild<DataTable*>("Candidates");
        return camera.idle() || beams->title().section(' ', -1).toInt() > 40;
    });
    camera.shoot("during-ebss");
    camera.wait("the preview", 240, [&] { return camera.idle(); });
    for (auto* button : window.page(2)->findChildren<QToolButton*>())
        if (button->text() == "More") {
            button->toggle();
            camera.shoot("ebss-more");
            button->toggle();
        }
    camera.press(3);
    camera.wait("a layer", 120, [&] {
        const auto* quantization = window.workbench().quantization();
        return camera.idle() || (quantization && quantization->rows.size() > 20);
    });
    camera.shoot("during-quantize");
    camera.wait("the quantization", 300, [&] { return camera.idle(); });
    QTest::qWait(300);
}

/// A small study and all its tabs.
void walk_lab(Camera& camera) {
    auto* page = camera.window.page(LabNumber);
    camera.set(LabNumber, "samples", 8);
    camera.set(LabNumber, "length", 128);
    camera.set(LabNumber, "resamples", 40);
    for (const auto& [name, text] : {std::pair{"n", "16, 64, 256"}, {"curve_n", "16, 64, 256, 1024"}})
        if (auto* line = page->findChild<QLineEdit*>(name))
            line->setText(text);
    for (auto* button : page->findChildren<QToolButton*>())
        if (button->text() == "More") {
            camera.window.show_page(LabNumber);
            button->toggle();
            camera.shoot("lab-more");
            button->toggle();
        }
    camera.press(LabNumber);
    camera.shoot("during-lab");
    camera.wait("the lab", 400, [&] { return camera.idle(); });
    auto* tabs = page->findChild<QTabWidget*>();
    for (int tab = tabs->count() - 1; tab >= 0; --tab) {
        tabs->setCurrentIndex(tab);
        camera.shoot("lab-" + tabs->tabText(tab).toLower());
    }
}

/// The same without AGQ, both runs against each other, and the way out.
void walk_errors(Camera& camera) {
    auto& window = camera.window;
    auto* quantize = window.page(QuantizeNumber);
    const auto* done = window.workbench().quantization();
    const QString first = done ? done->folder : QString();
    if (auto* tabs = quantize->findChild<QTabWidget*>())
        tabs->setCurrentIndex(0);
    if (auto* more = quantize->findChild<QToolButton*>("advanced")) {
        more->setChecked(true);
        if (auto* scroll = quantize->findChild<QScrollArea*>())
            scroll->ensureWidgetVisible(more, 0, 400);
        camera.shoot("quantize-advanced");
        more->setChecked(false);
    }
    if (auto* agq = quantize->findChild<QCheckBox*>("agq"))
        agq->setChecked(false);
    camera.press(QuantizeNumber);
    camera.wait("the second quantization", 300, [&] { return camera.idle(); });
    auto* errors = static_cast<ErrorsPage*>(window.page(ErrorsNumber));
    window.show_page(ErrorsNumber);
    errors->compare_with(first);
    camera.shoot("errors-paired");
    for (const char* view : {"Distribution", "This expert"})
        for (auto* button : errors->findChildren<QToolButton*>())
            if (button->text() == view && button->isVisible()) {
                button->click();
                break;
            }
    for (auto* box : errors->findChildren<QComboBox*>())
        if (box->accessibleName() == "What the map shows")
            box->setCurrentIndex(1);
    camera.shoot("errors-ratio");
    auto* page = window.page(ExportNumber);
    window.show_page(ExportNumber);
    if (auto* cards = page->findChild<ChoiceCards*>())
        cards->choose("compressed-tensors");
    for (auto* line : page->findChildren<QLineEdit*>())
        if (line->accessibleName() == "Destination folder")
            line->setText(QDir::temp().filePath("moequant-exported"));
    camera.press(ExportNumber);
    camera.wait("the export", 60, [&] { return camera.idle(); });
    camera.shoot("export-done");
    QDir(QDir::temp().filePath("moequant-exported")).removeRecursively();
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QStringList arguments = application.arguments().mid(1);
    if (arguments.size() < 2) {
        std::fprintf(stderr, "usage: take_screenshots OUTPUT_FOLDER WORKER [ARGUMENT...]\n");
        return 2;
    }
    install_translation(application, qEnvironmentVariable("MOEQUANT_LANGUAGE", "en"));
    apply_theme(application, Theme::Light);
    const QString folder = arguments.takeFirst(), program = arguments.takeFirst();
    MainWindow window(WorkerCommand{program, arguments});
    window.resize(1280, 800);
    window.show();
    window.open("sample");
    Camera camera{window, folder};
    walk(camera);
    walk_errors(camera);
    walk_lab(camera);
    for (const auto& [theme, theme_name] : {std::pair{Theme::Light, "light"}, std::pair{Theme::Dark, "dark"}})
        for (const QSize& size : {QSize(1280, 800), QSize(1920, 1080)}) {
            apply_theme(application, theme);
            window.resize(size);
            for (int page = 0; page < window.page_count(); ++page) {
                window.show_page(page);
                camera.shoot(
                    QStringLiteral("%1-%2-%3").arg(camera.name(page)).arg(size.width()).arg(theme_name));
            }
        }
    return camera.failures == 0 ? 0 : 1;
}
