// moequant-workbench: the window, and figures without one.
#include "app/workbench/figure.h"
#include "app/workbench/main_window.h"
#include "app/workbench/settings.h"
#include "app/workbench/translation.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QHashSeed>

#include <cstdio>
#include <cstring>

namespace {

bool asked(int argc, char** argv, const char* option) {
    for (int i = 1; i < argc; ++i)
        if (std::strcmp(argv[i], option) == 0)
            return true;
    return false;
}

void print_help() {
    std::printf("moequant-workbench: see and fix the quantization of Mixture-of-Experts models\n\n"
                "  moequant-workbench [MODEL]   open a checkpoint folder (default: the built-in sample)\n%s"
                "  moequant-workbench --help | --version\n",
                moequant::figure_help());
}

} // namespace

int main(int argc, char** argv) {
    if (asked(argc, argv, "--help") || asked(argc, argv, "-h")) {
        print_help();
        return 0;
    }
    if (asked(argc, argv, "--version")) {
        std::printf("moequant-workbench %s\n", MOEQUANT_VERSION);
        return 0;
    }
    const bool figure = asked(argc, argv, "--figure");
    if (figure) {
        QHashSeed::setDeterministicGlobalSeed(); // the order of fonts in a PDF hangs on it
        if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
            qputenv("QT_QPA_PLATFORM", "offscreen"); // the same picture with and without a display
        // Qt's own notices, such as a missing XDG_RUNTIME_DIR on a bare machine, are not about the figure.
        qInstallMessageHandler([](QtMsgType type, const QMessageLogContext&, const QString& text) {
            if (type == QtCriticalMsg || type == QtFatalMsg)
                std::fprintf(stderr, "%s\n", qPrintable(text));
        });
    }
    QApplication application(argc, argv);
    application.setApplicationName(QStringLiteral("moequant-workbench"));
    application.setApplicationVersion(QStringLiteral(MOEQUANT_VERSION));
    const QStringList arguments = application.arguments().mid(1);
    if (figure)
        return moequant::run_figure(arguments);
    for (const QString& argument : arguments)
        if (argument.startsWith('-') || arguments.size() > 1) {
            std::fprintf(stderr, "%s: one checkpoint folder is expected; --help tells more\n",
                         qPrintable(argument));
            return 2;
        }
    const moequant::Settings settings;
    moequant::install_translation(application, settings.language());
    moequant::apply_theme(application, settings.theme());
    auto worker = moequant::WorkerCommand::local();
    if (QStringList elsewhere = settings.worker_command(); !elsewhere.isEmpty()) {
        worker.program = elsewhere.takeFirst();
        worker.arguments = elsewhere;
    }
    moequant::MainWindow window(worker);
    window.open(arguments.isEmpty() ? QStringLiteral("sample") : arguments.first());
    window.show();
    return application.exec();
}
