#include "app/workbench/main_window.h"

#include "app/workbench/frame/icons.h"
#include "app/workbench/frame/inspector.h"
#include "app/workbench/frame/run_strip.h"
#include "app/workbench/pages/calibration_page.h"
#include "app/workbench/pages/ebss_page.h"
#include "app/workbench/pages/errors_page.h"
#include "app/workbench/pages/log_page.h"
#include "app/workbench/pages/model_page.h"
#include "app/workbench/pages/quantize_page.h"
#include "app/workbench/pages/source_bar.h"
#include "core/job/option_table.h"
#include "widgets/theme.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace moequant {

MainWindow::MainWindow(const WorkerCommand& worker, QWidget* parent)
    : QMainWindow(parent),
      workbench_(worker),
      stack_(new QStackedWidget),
      rail_(new QToolBar),
      rail_group_(new QActionGroup(this)),
      model_button_(new QToolButton),
      worker_button_(new QToolButton),
      summary_(new QLabel),
      inspector_(new QDockWidget),
      banner_(new MessageBar),
      strip_(new RunStrip) {
    setObjectName(QStringLiteral("main"));
    setWindowTitle(tr("MoEQuant Workbench"));
    setAcceptDrops(true);
    build_menus();
    build_frame();
    build_pages();
    resize(1280, 800);
    first_layout_ = saveState(Settings::layout_version);
    restoreGeometry(workbench_.settings().geometry());
    restoreState(workbench_.settings().layout(), Settings::layout_version);

    connect(strip_, &RunStrip::stop_asked, &workbench_, &Workbench::stop);
    connect(&workbench_, &Workbench::model_changed, this, &MainWindow::show_model);
    connect(&workbench_, &Workbench::jobs_changed, this, &MainWindow::show_jobs);
    connect(&workbench_, &Workbench::job_event, this,
            [this](qint64 id, const QString& name, const nlohmann::json& fields) {
                if (name == "progress" && !workbench_.jobs().empty() && workbench_.jobs().front().id == id)
                    strip_->show_progress(fields);
            });
    auto& client = workbench_.worker();
    connect(&client, &WorkerClient::state_changed, this, &MainWindow::show_worker);
    connect(&client, &WorkerClient::lost, this, [this](const QString& text, bool again) {
        log_->log().append(text, true);
        const QString what =
            again ? tr("%1. Another worker has been started; the window kept everything it had.").arg(text)
                  : tr("%1. Jobs cannot run until a worker is started.").arg(text);
        if (!again)
            banner_->show_action(what, MessageBar::Tone::Error, tr("Start the worker"),
                                 [this] { workbench_.worker().start(); });
        else if (workbench_.can_resume())
            banner_->show_action(what, MessageBar::Tone::Error, tr("Resume the run"),
                                 [this] { workbench_.resume(); });
        else
            banner_->show_message(what, MessageBar::Tone::Error);
    });
    show_model();
    show_worker();
    show_jobs();
    show_page(ModelNumber);
    client.start();
}

void MainWindow::build_frame() {
    auto* title = addToolBar(tr("Title"));
    title->setObjectName(QStringLiteral("title"));
    title->setMovable(false);
    title->setContextMenuPolicy(Qt::PreventContextMenu);
    model_button_->setPopupMode(QToolButton::InstantPopup);
    model_button_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    model_button_->setAccessibleName(tr("Open model"));
    model_button_->setAutoRaise(true);
    QFont bold = model_button_->font();
    bold.setBold(true);
    model_button_->setFont(bold);
    auto* models = new QMenu(this);
    connect(models, &QMenu::aboutToShow, this, [this, models] {
        models->clear();
        models->addAction(open_model_);
        models->addAction(open_sample_);
        models->addSeparator();
        fill_recent(models);
    });
    model_button_->setMenu(models);
    title->addWidget(model_button_);
    summary_->setContentsMargins(8, 0, 8, 0);
    summary_->setAccessibleName(tr("What the model is"));
    summary_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    title->addWidget(summary_);
    auto* space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    title->addWidget(space);
    worker_button_->setAutoRaise(true);
    worker_button_->setPopupMode(QToolButton::InstantPopup);
    worker_button_->setToolButtonStyle(Qt::ToolButtonTextOnly);
    worker_button_->setAccessibleName(tr("Worker"));
    auto* worker = new QMenu(this);
    worker->addAction(tr("&Start the worker"), this, [this] { workbench_.worker().start(); });
    worker->addAction(tr("&Release the model's memory"), this, [this] { workbench_.worker().drop_model(); });
    worker_button_->setMenu(worker);
    title->addWidget(worker_button_);

    rail_->setObjectName(QStringLiteral("rail"));
    rail_->setWindowTitle(tr("Pages"));
    rail_->setMovable(false);
    rail_->setContextMenuPolicy(Qt::PreventContextMenu);
    rail_->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    rail_->setIconSize(QSize(24, 24));
    addToolBar(Qt::LeftToolBarArea, rail_);
    rail_group_->setExclusive(true);

    auto* center = new QWidget;
    auto* layout = new QVBoxLayout(center);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(banner_);
    layout->addWidget(stack_, 1);
    setCentralWidget(center);

    inspector_->setObjectName(QStringLiteral("inspector"));
    inspector_->setWindowTitle(tr("Inspector"));
    inspector_->setAllowedAreas(Qt::LeftDockWidgetArea | Qt::RightDockWidgetArea);
    inspector_->setWidget(new Inspector(workbench_));
    addDockWidget(Qt::RightDockWidgetArea, inspector_);

    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(strip_, 1);
}

void MainWindow::add_page(Page* page, const char* icon, const QString& name, const QString& tip) {
    const int number = int(pages_.size());
    auto* action = rail_->addAction(name);
    action->setCheckable(true);
    action->setActionGroup(rail_group_);
    action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + number)));
    action->setToolTip(QStringLiteral("%1 (Ctrl+%2)").arg(tip).arg(number + 1));
    connect(action, &QAction::triggered, this, [this, number] { show_page(number); });
    if (auto* button = qobject_cast<QToolButton*>(rail_->widgetForAction(action))) {
        button->setAccessibleName(name);
        button->setFixedSize(QSize(std::max(84, button->fontMetrics().horizontalAdvance(name) + 20), 58));
    }
    if (page->main_action())
        page->add_title_action(copy_action_);
    pages_.push_back(page);
    rail_actions_.push_back(action);
    icons_.push_back(icon);
    stack_->addWidget(page);
}

void MainWindow::build_pages() {
    calibration_ = new CalibrationPage(workbench_);
    ebss_ = new EbssPage(workbench_);
    quantize_ = new QuantizePage(workbench_);
    auto* to_quantize = new QAction(tr("Go to Quantize"), this);
    connect(to_quantize, &QAction::triggered, this, [this] { show_page(QuantizeNumber); });
    errors_ = new ErrorsPage(workbench_, to_quantize);
    log_ = new LogPage(workbench_);
    add_page(new ModelPage(workbench_, open_sample_), "model", tr("Model"), tr("What is in this model?"));
    add_page(calibration_, "calibration", tr("Calibration"), tr("Who gets the tokens?"));
    add_page(ebss_, "ebss", tr("EBSS"), tr("How is balance bought?"));
    add_page(quantize_, "quantize", tr("Quantize"), tr("What will happen, what is happening?"));
    add_page(errors_, "errors", tr("Errors"), tr("Where did it go wrong?"));
    add_page(log_, "log", tr("Log"), tr("What was said?"));
    recolor_icons();
    connect(quantize_, &QuantizePage::errors_asked, this, [this] { show_page(ErrorsNumber); });
    connect(ebss_, &EbssPage::set_written, this, [this](const QString& spec) {
        calibration_->sources().add(spec);
        quantize_->form().offer_source(spec, true);
    });
}

void MainWindow::build_menus() {
    open_model_ = new QAction(tr("&Open a model…"), this);
    open_model_->setShortcut(QKeySequence::Open);
    connect(open_model_, &QAction::triggered, this, &MainWindow::choose_model);
    open_sample_ = new QAction(tr("Open the &sample model"), this);
    connect(open_sample_, &QAction::triggered, this, [this] { open(QStringLiteral("sample")); });
    auto* quit = new QAction(tr("&Quit"), this);
    quit->setShortcut(QKeySequence::Quit);
    connect(quit, &QAction::triggered, this, &QWidget::close);
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

    auto* file = menuBar()->addMenu(tr("&File"));
    file->addAction(open_model_);
    file->addAction(open_sample_);
    auto* recent = file->addMenu(tr("&Recent models"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] {
        recent->clear();
        fill_recent(recent);
    });
    file->addSeparator();
    file->addAction(quit);
    auto* job = menuBar()->addMenu(tr("&Job"));
    job->addAction(run_action_);
    job->addAction(stop_action_);
    job->addSeparator();
    job->addAction(copy_action_);
    auto* view = menuBar()->addMenu(tr("&View"));
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
    view->addAction(inspector_->toggleViewAction());
    view->addAction(tr("&Reset the layout"), this, &MainWindow::reset_layout);
    auto* help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("&About"), this, [this] {
        current()->tell(
            tr("MoEQuant Workbench %1. Apache-2.0; this program as a whole GPL-3.0, because QCustomPlot is.")
                .arg(MOEQUANT_VERSION),
            false);
    });
}

void MainWindow::show_page(int page) {
    stack_->setCurrentIndex(page);
    rail_actions_[std::size_t(page)]->setChecked(true);
    run_action_->setEnabled(pages_[std::size_t(page)]->main_action() != nullptr);
    copy_action_->setEnabled(run_action_->isEnabled());
}

Page* MainWindow::page(int number) const {
    return pages_[std::size_t(number)];
}

Page* MainWindow::current() const {
    return pages_[std::size_t(stack_->currentIndex())];
}

void MainWindow::recolor_icons() {
    setWindowIcon(line_icon("app", palette().color(QPalette::Highlight)));
    for (std::size_t i = 0; i < rail_actions_.size(); ++i)
        rail_actions_[i]->setIcon(line_icon(icons_[i], palette().color(QPalette::WindowText)));
}

void MainWindow::open(const QString& what) {
    if (what == "sample") {
        workbench_.open_model(what);
        return;
    }
    const QFileInfo info(what);
    const QString folder = info.isFile() ? info.absolutePath() : info.absoluteFilePath();
    if (QFileInfo(folder + "/result.json").isFile() && !QFileInfo(folder + "/config.json").isFile()) {
        if (workbench_.model().isEmpty())
            workbench_.open_model(QStringLiteral("sample"));
        show_page(ErrorsNumber);
        errors_->open_run(folder);
        return;
    }
    workbench_.open_model(folder);
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

void MainWindow::fill_recent(QMenu* menu) {
    const QStringList recent = workbench_.settings().recent_models();
    for (const QString& folder : recent) {
        auto* action = menu->addAction(QFileInfo(folder).fileName(), this, [this, folder] { open(folder); });
        action->setToolTip(folder);
    }
    if (recent.isEmpty())
        menu->addAction(tr("No recent model"))->setEnabled(false);
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

void MainWindow::show_model() {
    model_button_->setText(workbench_.model().isEmpty() ? tr("Open a model ")
                                                        : workbench_.model_title() + u' ');
    model_button_->setToolTip(workbench_.model());
    summary_->setText(workbench_.model_summary());
    setWindowTitle(workbench_.model().isEmpty()
                       ? tr("MoEQuant Workbench")
                       : tr("%1 – MoEQuant Workbench").arg(workbench_.model_title()));
}

void MainWindow::show_worker() {
    const auto& client = workbench_.worker();
    const QString device = client.device().isEmpty() ? tr("ready") : client.device();
    switch (client.state()) {
    case WorkerClient::State::Ready:
        worker_button_->setText(tr("● local · %1").arg(device));
        break;
    case WorkerClient::State::Starting:
        worker_button_->setText(tr("◌ worker starting"));
        break;
    case WorkerClient::State::Lost:
        worker_button_->setText(tr("⚠ worker lost"));
        break;
    case WorkerClient::State::Stopped:
        worker_button_->setText(tr("○ no worker"));
        break;
    }
    worker_button_->setToolTip(tr("The process that does the work"));
}

void MainWindow::show_jobs() {
    const auto& jobs = workbench_.jobs();
    stop_action_->setEnabled(!jobs.empty());
    if (jobs.empty())
        strip_->show_idle(tr("Ready"));
    else
        strip_->show_job(jobs.front().title, QString::fromStdString(jobs.front().job.kind),
                         int(jobs.size()) - 1, find_kind(jobs.front().job.kind).goes_by_layer);
}

void MainWindow::reset_layout() {
    workbench_.settings().forget_layout();
    restoreState(first_layout_, Settings::layout_version);
    resize(1280, 800);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    workbench_.settings().save_layout(saveGeometry(), saveState(Settings::layout_version));
    workbench_.stop(true);
    event->accept();
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !rail_actions_.empty())
        recolor_icons();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    const auto urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.first().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    open(event->mimeData()->urls().first().toLocalFile());
}

} // namespace moequant
