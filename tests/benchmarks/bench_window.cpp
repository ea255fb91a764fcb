// The window's three figures: start to first painted window, memory with runs loaded, pans of a large heat
// map.
//   bench_window start            once; call it again for a warm start
//   bench_window memory           with the runs under XDG_DATA_HOME (tests/benchmarks/many_runs.py makes
//   some) bench_window pan              94 layers x 256 experts, drawn in software
//   (QT_QPA_PLATFORM=offscreen)
#include "app/workbench/main_window.h"
#include "app/workbench/settings.h"
#include "app/workbench/translation.h"
#include "widgets/plots/heat_map.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QMouseEvent>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <unistd.h>

using namespace moequant;

namespace {

/// Since this process was started, libraries loaded and all; to 10 ms.
double seconds_alive() {
    QFile file("/proc/self/stat");
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray text = file.readAll();
    const auto fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return double(now.tv_sec) + double(now.tv_nsec) * 1e-9 -
           fields.value(19).toDouble() / double(sysconf(_SC_CLK_TCK));
}

double megabytes(const char* what) {
    QFile file("/proc/self/status");
    if (file.open(QIODevice::ReadOnly))
        for (const QByteArray& line : file.readAll().split('\n'))
            if (line.startsWith(what))
                return line.simplified().split(' ').value(1).toDouble() / 1024;
    return -1;
}

class FirstPaint : public QObject {
  public:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::UpdateRequest && !seen_) {
            seen_ = true;
            QTimer::singleShot(0, watched, [] {
                std::printf("first painted window after %.2f s\n", seconds_alive());
                QCoreApplication::exit(0);
            });
        }
        return false;
    }

  private:
    bool seen_ = false;
};

int start(QApplication& application) {
    const Settings settings;
    install_translation(application, settings.language());
    apply_theme(application, settings.theme());
    MainWindow window({QStringLiteral(MOEQUANT_BINARY_DIR "/moequant"), {QStringLiteral("worker")}});
    window.open(QStringLiteral("sample"));
    FirstPaint first;
    window.installEventFilter(&first);
    window.show();
    return QApplication::exec();
}

int memory(QApplication& application) {
    apply_theme(application, Theme::Light);
    MainWindow window({QStringLiteral(MOEQUANT_BINARY_DIR "/moequant"), {QStringLiteral("worker")}});
    window.show();
    window.open(QStringLiteral("sample"));
    QTest::qWait(3000);
    std::printf("before the runs are shown: %.0f MB resident\n", megabytes("VmRSS"));
    for (int page = 0; page < window.page_count(); ++page) {
        window.show_page(page);
        QTest::qWait(2000);
    }
    while (window.workbench().runs().loading())
        QTest::qWait(500);
    QTest::qWait(2000);
    int read = 0;
    for (const auto& run : window.workbench().runs().runs())
        read += run.read;
    const auto& all = window.workbench().runs();
    std::printf("%zu runs, %d of them read, %lld kB kept; %s\n", all.runs().size(), read, all.bytes() / 1024,
                all.runs().empty() ? "" : qPrintable(all.runs().front().title() + all.runs().front().fault));
    std::printf("with every page shown: %.0f MB resident, %.0f MB of it anonymous, peak %.0f MB\n",
                megabytes("VmRSS"), megabytes("RssAnon"), megabytes("VmHWM"));
    return 0;
}

int pan() {
    HeatMap map(QStringLiteral("Error"));
    CellMap cells;
    cells.name = QStringLiteral("random");
    cells.value_title = QStringLiteral("Relative error");
    cells.experts = 256;
    for (int layer = 0; layer < 94; ++layer)
        cells.layers.append(layer);
    for (int i = 0; i < 94 * 256; ++i) {
        cells.values.append(0.001 * std::exp(std::fmod(i * 0.618, 4.0)));
        cells.tokens.append(i % 1000);
    }
    map.set_map(cells, common_range({cells}));
    map.resize(1200, 700);
    map.show();
    QTest::qWait(200);
    auto* plot = map.findChild<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
    for (auto* child : map.findChildren<QWidget*>())
        if (QString(child->metaObject()->className()) == "QCustomPlot")
            plot = child;
    constexpr int frames = 200;
    QVector<double> times;
    QTest::mousePress(plot, Qt::LeftButton, {}, QPoint(400, 300));
    for (int i = 0; i < frames; ++i) {
        QElapsedTimer clock;
        clock.start();
        const QPoint at(400 + int(150 * std::sin(i * 0.1)), 300 + int(80 * std::cos(i * 0.13)));
        QMouseEvent move(QEvent::MouseMove, at, plot->mapToGlobal(QPointF(at)), Qt::NoButton, Qt::LeftButton,
                         {});
        QCoreApplication::sendEvent(plot, &move);
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        plot->repaint();
        times.append(double(clock.nsecsElapsed()) * 1e-6);
    }
    std::sort(times.begin(), times.end());
    std::printf("94 x 256 cells, 1200 x 700: median %.1f ms a frame (%.0f a second), slowest %.1f ms\n",
                times[frames / 2], 1000 / times[frames / 2], times.last());
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    application.setApplicationName(QStringLiteral("moequant-workbench"));
    const QString what = application.arguments().value(1);
    if (what == "start")
        return start(application);
    if (what == "memory")
        return memory(application);
    if (what == "pan")
        return pan();
    std::fprintf(stderr, "usage: bench_window start|memory|pan\n");
    return 2;
}
