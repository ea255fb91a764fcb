#include "app/workbench/pages/lab_page.h"

#include "app/workbench/background.h"
#include "app/workbench/lab_notebook.h"
#include "app/workbench/pages/lab_experts_view.h"
#include "app/workbench/pages/lab_form.h"
#include "app/workbench/pages/lab_study_view.h"
#include "app/workbench/pages/lab_tour_view.h"

#include <QAction>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QTabBar>
#include <QTabWidget>

#include <memory>

namespace moequant {
namespace {

using nlohmann::json;

json read_document(const QByteArray& bytes, const QString& file) {
    json document = json::parse(bytes.cbegin(), bytes.cend(), nullptr, false);
    if (document.is_discarded())
        throw RequestError(file.toStdString(), "not a JSON document");
    return document;
}

} // namespace

LabPage::LabPage(Workbench& workbench, QWidget* parent)
    : Page(workbench, tr("Why does balance matter?"), parent), tabs_(new QTabWidget) {
    auto* action = make_main_action(
        tr("Measure"), tr("Estimate the Hessian in several ways, and quantize with what few tokens give"));
    connect(action, &QAction::triggered, this, &LabPage::measure);
    form_ = new LabForm(workbench_, button_for(action, true));
    add_controls()->addWidget(form_);
    build_views();
    connect(&workbench_, &Workbench::job_finished, this, [this](const ActiveJob& job, const json& result) {
        if (job.job.kind == "hessian-lab")
            read(result, job.run, QString::fromStdString(to_command_line(job.job)));
    });
    connect(&workbench_, &Workbench::job_failed, this,
            [this](const ActiveJob& job, const RequestFailure& failure) {
                if (job.job.kind == "hessian-lab")
                    show_failure(job, failure);
            });
}

void LabPage::build_views() {
    study_ = new LabStudyView(main_action());
    experts_ = new LabExpertsView(workbench_, main_action());
    tour_ = new LabTourView(workbench_.settings(), main_action());
    tabs_->setDocumentMode(true);
    tabs_->addTab(study_, tr("Study"));
    tabs_->addTab(experts_, tr("Experts"));
    tabs_->addTab(tour_, tr("Tour"));
    tabs_->setTabToolTip(0, tr("How far each estimate is from the true Hessian, and why"));
    tabs_->setTabToolTip(1, tr("From tokens to the Hessian's error to the quantization error"));
    tabs_->setTabToolTip(2, tr("Five steps through this run's numbers, with questions"));
    tabs_->tabBar()->setAccessibleName(tr("Study, experts or tour"));
    body()->addWidget(tabs_);
    // Beside the tabs, where it takes no height from the pictures.
    tabs_->setCornerWidget(study_->bar());
    connect(tabs_, &QTabWidget::currentChanged, this, &LabPage::place_choices);
    place_choices();
    connect(study_, &LabStudyView::message, this, &Page::tell);
    connect(experts_, &LabExpertsView::message, this, &Page::tell);
    connect(tour_, &LabTourView::message, this, &Page::tell);
}

void LabPage::place_choices() {
    study_->bar()->setVisible(study_->measured() && tabs_->currentWidget() == study_);
}

std::vector<Job> LabPage::jobs() const {
    return {form_->job()};
}

void LabPage::measure() {
    if (!workbench_.inspection().is_object())
        return tell(tr("Open a model first"), true);
    if (const QString fault = form_->fault(); !fault.isEmpty())
        return tell(fault, true);
    messages().hide();
    workbench_.run(form_->job(), tr("Hessian lab"));
}

void LabPage::open_run(const QString& folder) {
    run_ = folder;
    const QString file = folder + QStringLiteral("/result.json");
    workbench_.worker().read_file(file, 0, this, [=, this](const QByteArray& bytes, const QString& fault) {
        if (!fault.isEmpty())
            return tell(fault, true);
        in_background(
            this, [=] { return read_lab(read_document(bytes, file), file); },
            [=, this](const LabReport& report, const QString& damage) {
                if (!damage.isEmpty())
                    tell(damage, true);
                else if (run_ == folder) // no other was opened meanwhile
                    show_report(report, lab_command(folder));
            });
    });
}

void LabPage::read(const json& result, const QString& folder, const QString& command) {
    run_ = folder;
    const auto document = std::make_shared<const json>(result);
    in_background(
        this, [=] { return read_lab(*document, folder); },
        [=, this](const LabReport& report, const QString& damage) {
            if (!damage.isEmpty())
                tell(damage, true);
            else if (run_ == folder)
                show_report(report, command);
        });
}

void LabPage::show_report(const LabReport& report, const QString& command) {
    study_->set_report(report);
    place_choices();
    experts_->set_report(report);
    tour_->set_report(report, command);
    if (!report.warnings.isEmpty())
        messages().show_message(report.warnings.join(QStringLiteral(" · ")), MessageBar::Tone::Warning);
}

} // namespace moequant
