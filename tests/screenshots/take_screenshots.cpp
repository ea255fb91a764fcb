// Walks the path through the window with the keyboard and saves what a user would see.
// Usage: take_screenshots OUTPUT_FOLDER WORKER [ARGUMENT…]; take.sh sets the display up.
#include "app/workbench/frame/rail.h"
#include "app/workbench/main_window.h"
#include "app/workbench/pages/page.h"
#include "widgets/tables/data_table.h"
#include "widgets/theme.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QSpinBox>
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

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QStringList arguments = application.arguments().mid(1);
    if (arguments.size() < 2) {
        std::fprintf(stderr, "usage: take_screenshots OUTPUT_FOLDER WORKER [ARGUMENT...]\n");
        return 2;
    }
    apply_theme(application, Theme::Light);
    const QString folder = arguments.takeFirst(), program = arguments.takeFirst();
    MainWindow window(WorkerCommand{program, arguments});
    window.resize(1280, 800);
    window.show();
    window.open("sample");
    Camera camera{window, folder};
    walk(camera);
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
