#include "app/workbench/main_window.h"

#include "app/workbench/frame/command_palette.h"
#include "app/workbench/frame/icons.h"
#include "app/workbench/frame/inspector.h"
#include "app/workbench/frame/rail.h"
#include "app/workbench/frame/run_strip.h"
#include "app/workbench/frame/worker_button.h"
#include "app/workbench/pages/calibration_page.h"
#include "app/workbench/pages/compare_page.h"
#include "app/workbench/pages/ebss_page.h"
#include "app/workbench/pages/errors_page.h"
#include "app/workbench/pages/export_page.h"
#include "app/workbench/pages/lab_form.h"
#include "app/workbench/pages/lab_page.h"
#include "app/workbench/pages/learn_page.h"
#include "app/workbench/pages/log_page.h"
#include "app/workbench/pages/model_page.h"
#include "app/workbench/pages/quantize_page.h"
#include "app/workbench/pages/source_bar.h"
#include "core/job/option_table.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <memory>

namespace moequant {

MainWindow::MainWindow(const WorkerCommand& worker, QWidget* parent)
    : QMainWindow(parent),
      workbench_(worker),
      stack_(new QStackedWidget),
      rail_(new Rail),
      model_button_(new QToolButton),
      summary_(new QLabel),
      inspector_(new QDockWidget),
      banner_(new MessageBar),
      strip_(new RunStrip),
      palette_(new CommandPalette(this)) {
    setObjectName(QStringLiteral("main"));
    setWindowTitle(tr("MoEQuant Workbench"));
    setWindowIcon(line_icon("app", palette().color(QPalette::Highlight)));
    setAcceptDrops(true);
    make_actions();
    build_frame();
    build_pages();
    build_menus();
    resize(1280, 800);
    restore_layout();
    connect_workbench();
    show_model();
    show_jobs();
    show_page(ModelNumber);
    workbench_.worker().start();
}

void MainWindow::connect_workbench() {
    connect(strip_, &RunStrip::stop_asked, &workbench_, &Workbench::stop);
    connect(&workbench_, &Workbench::model_changed, this, &MainWindow::show_model);
    connect(&workbench_, &Workbench::jobs_changed, this, &MainWindow::show_jobs);
    connect(&workbench_, &Workbench::job_event, this,
            [this](qint64 id, const QString& name, const nlohmann::json& fields) {
                if (name == "progress" && !workbench_.jobs().empty() && workbench_.jobs().front().id == id)
                    strip_->show_progress(fields);
            });
    connect(&workbench_.worker(), &WorkerClient::lost, this, &MainWindow::take_lost);
    connect(&undo_, &SettingsUndo::page_changed, this, [this](QWidget* page) {
        for (int i = 0; i < page_count(); ++i)
            if (pages_[std::size_t(i)] == page)
                show_page(i);
    });
}

void MainWindow::take_lost(const QString& text, bool again) {
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
}

void MainWindow::build_frame() {
    auto* title = addToolBar(tr("Title"));
    title->setObjectName(QStringLiteral("title"));
    title->setMovable(false);
    title->setContextMenuPolicy(Qt::PreventContextMenu);
    model_button_->setPopupMode(QToolButton::InstantPopup);
    model_button_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    model_button_->setAccessibleName(tr("Open model"));
    model_button_->setFocusPolicy(Qt::TabFocus);
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
        fill_recent(models, workbench_.settings().recent_models(), tr("No recent model"));
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
    title->addWidget(new WorkerButton(workbench_));
    addToolBar(Qt::LeftToolBarArea, rail_);
    connect(rail_, &Rail::page_asked, this, &MainWindow::show_page);

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

void MainWindow::add_page(Page* page, const char* icon, const QString& name, const QString& tip, int digit) {
    rail_->add(icon, name, tip, digit);
    if (page->main_action())
        page->add_title_action(copy_action_);
    pages_.push_back(page);
    stack_->addWidget(page);
}

void MainWindow::build_pages() {
    calibration_ = new CalibrationPage(workbench_);
    ebss_ = new EbssPage(workbench_);
    quantize_ = new QuantizePage(workbench_);
    auto* to_quantize = new QAction(tr("Go to Quantize"), this);
    connect(to_quantize, &QAction::triggered, this, [this] { show_page(QuantizeNumber); });
    errors_ = new ErrorsPage(workbench_, to_quantize);
    lab_ = new LabPage(workbench_);
    log_ = new LogPage(workbench_);
    add_page(new ModelPage(workbench_, open_sample_, compare_), "model", tr("Model"),
             tr("What is in this model?"), 1);
    add_page(calibration_, "calibration", tr("Calibration"), tr("Who gets the tokens?"), 2);
    add_page(ebss_, "ebss", tr("EBSS"), tr("How is balance bought?"), 3);
    add_page(quantize_, "quantize", tr("Quantize"), tr("What will happen, what is happening?"), 4);
    add_page(errors_, "errors", tr("Errors"), tr("Where did it go wrong?"), 5);
    auto* compare = new ComparePage(workbench_, to_quantize);
    connect(compare, &ComparePage::errors_asked, this, [this](const QString& folder) {
        show_page(ErrorsNumber);
        errors_->open_run(folder);
    });
    add_page(compare, "compare", tr("Compare"), tr("Which one is better?"), 6);
    add_page(new ExportPage(workbench_), "export", tr("Export"), tr("How does it leave the workbench?"), 7);
    // Learn and Log keep the keys that they had before there was a lab.
    add_page(lab_, "lab", tr("Lab"), tr("Why does balance matter?"), 0);
    add_page(new LearnPage(workbench_), "learn", tr("Learn"), tr("What does it mean?"), 8);
    add_page(log_, "log", tr("Log"), tr("What was said?"), 9);
    connect(quantize_, &QuantizePage::errors_asked, this, [this] { show_page(ErrorsNumber); });
    connect(ebss_, &EbssPage::set_written, this, [this](const QString& spec) {
        calibration_->sources().add(spec);
        quantize_->form().offer_source(spec, true);
        lab_->form().offer_source(spec);
    });
}

void MainWindow::show_page(int page) {
    stack_->setCurrentIndex(page);
    rail_->set_current(page);
    undo_.watch(current());
    run_action_->setEnabled(current()->main_action() != nullptr);
    copy_action_->setEnabled(run_action_->isEnabled());
}

Page* MainWindow::page(int number) const {
    return pages_[std::size_t(number)];
}

Page* MainWindow::current() const {
    return pages_[std::size_t(stack_->currentIndex())];
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
        open_run(folder);
        return;
    }
    workbench_.open_model(folder);
}

void MainWindow::open_run(const QString& folder) {
    workbench_.settings().add_recent_run(folder);
    const QString kind = run_kind(folder.toStdString());
    if (kind == "sample") {
        show_page(EbssNumber);
        ebss_->open_run(folder);
    } else if (kind == "hessian-lab") {
        show_page(LabNumber);
        lab_->open_run(folder);
    } else if (kind == "evaluate" || kind == "sweep" || kind == "profile") {
        show_page(CompareNumber); // lists it
        workbench_.runs().refresh();
    } else {
        show_page(ErrorsNumber);
        errors_->open_run(folder);
    }
}

// The first thing to see: ordinary text and the model's own, side by side. Where WikiText-2 is not on this
// machine the built-in prose stands in for it.
void MainWindow::compare_sources() {
    show_page(CalibrationNumber);
    calibration_->sources().tick_only({QStringLiteral("wikitext2"), QStringLiteral("ebss")});
    const auto once = std::make_shared<QMetaObject::Connection>();
    *once = connect(
        &workbench_, &Workbench::job_failed, this,
        [this, once](const ActiveJob& job, const RequestFailure& failure) {
            if (job.job.kind != "profile" || failure.code != "request" ||
                QString::fromStdString(job.job.corpus.front()).section('?', 0, 0) != "wikitext2")
                return;
            disconnect(*once);
            calibration_->sources().tick_only({QStringLiteral("builtin:prose"), QStringLiteral("ebss")});
            calibration_->main_action()->trigger();
            calibration_->tell(tr("WikiText-2 is not on this machine; the built-in prose stands in "
                                  "for it"),
                               false);
        });
    calibration_->main_action()->trigger();
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

void MainWindow::show_jobs() {
    const auto& jobs = workbench_.jobs();
    stop_action_->setEnabled(!jobs.empty());
    if (jobs.empty())
        strip_->show_idle(tr("Ready"));
    else
        strip_->show_job(jobs.front().title, QString::fromStdString(jobs.front().job.kind),
                         int(jobs.size()) - 1, find_kind(jobs.front().job.kind).goes_by_layer);
}

void MainWindow::for_splitters(const std::function<void(QSplitter& splitter, const QString& name)>& act) {
    for (Page* page : pages_) {
        const auto splitters = page->findChildren<QSplitter*>();
        int number = 0;
        for (QSplitter* splitter : splitters)
            act(*splitter, QStringLiteral("%1-%2").arg(page->metaObject()->className()).arg(number++));
    }
}

void MainWindow::restore_layout() {
    first_layout_ = saveState(Settings::layout_version);
    auto& settings = workbench_.settings();
    restoreGeometry(settings.geometry());
    restoreState(settings.layout(), Settings::layout_version);
    for_splitters([&](QSplitter& splitter, const QString& name) {
        first_splitters_[name] = splitter.saveState();
        if (const QByteArray state = settings.splitter(name); !state.isEmpty())
            splitter.restoreState(state);
    });
}

void MainWindow::reset_layout() {
    workbench_.settings().forget_layout();
    restoreState(first_layout_, Settings::layout_version);
    for_splitters([this](QSplitter& splitter, const QString& name) {
        splitter.restoreState(first_splitters_.value(name));
    });
    resize(1280, 800);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    auto& settings = workbench_.settings();
    settings.save_layout(saveGeometry(), saveState(Settings::layout_version));
    for_splitters([&](QSplitter& splitter, const QString& name) {
        settings.save_splitter(name, splitter.saveState());
    });
    workbench_.stop(true);
    event->accept();
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        setWindowIcon(line_icon("app", palette().color(QPalette::Highlight)));
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
