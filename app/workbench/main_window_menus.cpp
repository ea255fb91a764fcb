// MainWindow's actions and menus.
#include "app/workbench/frame/command_palette.h"
#include "app/workbench/frame/rail.h"
#include "app/workbench/main_window.h"
#include "app/workbench/pages/page.h"
#include "app/workbench/translation.h"
#include "widgets/theme.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QWhatsThis>

namespace moequant {

void MainWindow::make_actions() {
    open_model_ = new QAction(tr("&Open a model…"), this);
    open_model_->setShortcut(QKeySequence::Open);
    connect(open_model_, &QAction::triggered, this, &MainWindow::choose_model);
    open_sample_ = new QAction(tr("Open the &sample model"), this);
    connect(open_sample_, &QAction::triggered, this, [this] { open(QStringLiteral("sample")); });
    open_run_ = new QAction(tr("Open a &run…"), this);
    open_run_->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_O);
    connect(open_run_, &QAction::triggered, this, &MainWindow::choose_run);
    run_action_ = new QAction(tr("&Run the page's job"), this);
    run_action_->setShortcut(Qt::Key_F5);
    connect(run_action_, &QAction::triggered, this, [this] {
        if (auto* action = current()->main_action())
            action->trigger();
    });
    stop_action_ = new QAction(tr("&Stop now"), this);
    stop_action_->setShortcut(Qt::Key_Escape);
    connect(stop_action_, &QAction::triggered, this, [this] { workbench_.stop(false); });
    copy_action_ = new QAction(tr("&Copy as command"), this);
    copy_action_->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    copy_action_->setToolTip(tr("The command line that does what this page's button does"));
    connect(copy_action_, &QAction::triggered, this, &MainWindow::copy_command);
    compare_ = new QAction(tr("Compare WikiText-2 with EBSS"), this);
    compare_->setToolTip(tr("How evenly does ordinary text reach the experts, and the model's own?"));
    connect(compare_, &QAction::triggered, this, &MainWindow::compare_sources);
}

void MainWindow::build_menus() {
    auto* quit = new QAction(tr("&Quit"), this);
    quit->setShortcut(QKeySequence::Quit);
    connect(quit, &QAction::triggered, this, &QWidget::close);
    auto* file = menuBar()->addMenu(tr("&File"));
    file->addAction(open_model_);
    file->addAction(open_sample_);
    auto* models = file->addMenu(tr("Recent &models"));
    connect(models, &QMenu::aboutToShow, this, [this, models] {
        models->clear();
        fill_recent(models, workbench_.settings().recent_models(), tr("No recent model"));
    });
    file->addAction(open_run_);
    auto* runs = file->addMenu(tr("Recent r&uns"));
    connect(runs, &QMenu::aboutToShow, this, [this, runs] {
        runs->clear();
        fill_recent(runs, workbench_.settings().recent_runs(), tr("No recent run"));
    });
    file->addSeparator();
    file->addAction(quit);
    add_edit_menu();
    auto* job = menuBar()->addMenu(tr("&Job"));
    job->addAction(run_action_);
    job->addAction(stop_action_);
    job->addSeparator();
    job->addAction(compare_);
    job->addSeparator();
    job->addAction(copy_action_);
    add_view_menu();
    add_help_menu();
}

void MainWindow::add_edit_menu() {
    auto* edit = menuBar()->addMenu(tr("&Edit"));
    auto* undo = undo_.stack().createUndoAction(this, tr("&Undo"));
    undo->setShortcut(QKeySequence::Undo);
    auto* redo = undo_.stack().createRedoAction(this, tr("&Redo"));
    redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    edit->addAction(undo);
    edit->addAction(redo);
    edit->addSeparator();
    auto* find =
        edit->addAction(tr("&Find an action…"), this, [this] { palette_->open(palette_entries(this)); });
    find->setShortcut(Qt::CTRL | Qt::Key_K);
}

void MainWindow::add_view_menu() {
    auto* view = menuBar()->addMenu(tr("&View"));
    for (QAction* page : rail_->pages())
        view->addAction(page);
    view->addSeparator();
    auto* theme = view->addMenu(tr("&Theme"));
    auto* themes = new QActionGroup(this);
    const std::pair<QString, Theme> choices[] = {
        {tr("As the &desktop"), Theme::System}, {tr("&Light"), Theme::Light}, {tr("D&ark"), Theme::Dark}};
    for (const auto& [name, value] : choices) {
        auto* action = theme->addAction(name);
        action->setCheckable(true);
        action->setActionGroup(themes);
        action->setChecked(workbench_.settings().theme() == value);
        connect(action, &QAction::triggered, this, [this, value = value] {
            workbench_.settings().set_theme(value);
            apply_theme(*qApp, value);
        });
    }
    auto* language = view->addMenu(tr("La&nguage"));
    auto* languages = new QActionGroup(this);
    for (const auto& [code, name] : known_languages()) {
        auto* action = language->addAction(code.isEmpty() ? tr("As the &desktop") : name);
        action->setCheckable(true);
        action->setActionGroup(languages);
        action->setChecked(workbench_.settings().language() == code);
        connect(action, &QAction::triggered, this, [this, code = code] {
            workbench_.settings().set_language(code);
            current()->tell(tr("The language changes when the window is opened the next time"), false);
        });
    }
    view->addAction(inspector_->toggleViewAction());
    auto* full = view->addAction(tr("&Full screen"), this,
                                 [this] { isFullScreen() ? showNormal() : showFullScreen(); });
    full->setShortcut(Qt::Key_F11);
    view->addAction(tr("&Reset the layout"), this, &MainWindow::reset_layout);
}

void MainWindow::add_help_menu() {
    auto* help = menuBar()->addMenu(tr("&Help"));
    auto* learn = help->addAction(tr("&What does it mean?"), this, [this] { show_page(LearnNumber); });
    learn->setShortcut(QKeySequence::HelpContents);
    help->addAction(tr("What am I &looking at?"), this, [] { QWhatsThis::enterWhatsThisMode(); });
    help->addSeparator();
    help->addAction(tr("&About"), this, [this] {
        current()->tell(
            tr("MoEQuant Workbench %1. Apache-2.0; this program as a whole GPL-3.0, because QCustomPlot is.")
                .arg(MOEQUANT_VERSION),
            false);
    });
}

void MainWindow::choose_model() {
    auto& settings = workbench_.settings();
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a checkpoint's folder"),
                                                             settings.last_folder("models"));
    if (folder.isEmpty())
        return;
    settings.set_last_folder("models", QFileInfo(folder).path());
    open(folder);
}

void MainWindow::choose_run() {
    auto& settings = workbench_.settings();
    const QString folder =
        QFileDialog::getExistingDirectory(this, tr("Open a run's folder"), settings.last_folder("runs"));
    if (folder.isEmpty())
        return;
    settings.set_last_folder("runs", QFileInfo(folder).path());
    if (QFileInfo(folder + "/result.json").isFile())
        open(folder);
    else
        current()->tell(tr("%1: no finished run (result.json is missing)").arg(folder), true);
}

void MainWindow::fill_recent(QMenu* menu, const QStringList& folders, const QString& none) {
    for (const QString& folder : folders) {
        auto* action = menu->addAction(QFileInfo(folder).fileName(), this, [this, folder] { open(folder); });
        action->setToolTip(folder);
    }
    if (folders.isEmpty())
        menu->addAction(none)->setEnabled(false);
}

void MainWindow::copy_command() {
    QStringList lines;
    for (const Job& job : current()->jobs())
        lines.append(QString::fromStdString(to_command_line(job)));
    if (lines.isEmpty())
        return current()->tell(tr("There is nothing to copy yet: tick a source first"), true);
    const QString line = lines.join('\n');
    QGuiApplication::clipboard()->setText(line);
    current()->tell(tr("Copied: %1").arg(line), false);
}

} // namespace moequant
