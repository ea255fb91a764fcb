#include "app/workbench/pages/export_page.h"

#include "app/workbench/learn/topics.h"
#include "app/workbench/pages/run_chooser.h"
#include "app/workbench/pages/verdict.h"
#include "widgets/action_rows.h"
#include "widgets/choice_cards.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

namespace moequant {
namespace {

using nlohmann::json;
using Tone = VerdictLine::Tone;

double number(const json& object, const char* name) {
    return object.is_object() && object.contains(name) && object[name].is_number()
               ? object[name].get<double>()
               : no_value;
}

double fact(const LibraryRun& run, const char* key) {
    for (const Fact& fact : run.digest.facts)
        if (fact.key == key && fact.value.is_number())
            return fact.value.get<double>();
    return no_value;
}

QLabel* heading(const QString& text) {
    auto* label = new QLabel(text);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    return label;
}

} // namespace

ExportPage::ExportPage(Workbench& workbench, QWidget* parent)
    : Page(workbench, tr("How does it leave the workbench?"), parent) {
    auto* action =
        make_main_action(tr("Export"), tr("Write the chosen quantization in this format, and verify it"));
    connect(action, &QAction::triggered, this, &ExportPage::start);
    run_ = new RunChooser(workbench_, tr("Choose a finished quantization"));
    run_->setAccessibleName(tr("Quantization to export"));
    run_->setToolTip(tr("The finished quantization whose codes are written"));
    auto* row = add_controls();
    auto* label = new QLabel(tr("&Quantization"));
    label->setBuddy(run_);
    row->addWidget(label);
    row->addWidget(run_, 1);
    row->addStretch(1);

    formats_ = new ChoiceCards(tr("Format"), 2);
    output_ = new QLineEdit;
    output_->setAccessibleName(tr("Destination folder"));
    output_->setToolTip(tr("A folder that does not exist yet, or is empty"));
    output_->setPlaceholderText(tr("Folder to write, new or empty"));
    auto* browse = new QPushButton(tr("Browse…"));
    browse->setToolTip(tr("Choose the destination folder"));
    connect(browse, &QPushButton::clicked, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Destination folder"),
                                                                 workbench_.settings().last_folder("export"));
        if (folder.isEmpty())
            return;
        workbench_.settings().set_last_folder("export", folder);
        output_->setText(folder);
    });
    auto* place = new QHBoxLayout;
    auto* place_label = new QLabel(tr("&Destination"));
    place_label->setBuddy(output_);
    place->addWidget(place_label);
    place->addWidget(output_, 1);
    place->addWidget(browse);
    place->addWidget(button_for(action, true));
    outcome_ = new VerdictCard(tr("Verification"));
    outcome_->set_empty(
        tr("After writing, every tensor is read back and compared with what was meant; the result "
           "stands here."),
        action);
    outcome_->set_explanation(explanation("export"));
    commands_ = new ActionRows(tr("Load it with"));
    commands_->set_explanation(explanation("export"));
    body()->addWidget(heading(tr("Format")));
    body()->addWidget(formats_);
    body()->addLayout(place);
    body()->addWidget(outcome_, 1);
    body()->addWidget(commands_);

    connect(run_, &RunChooser::run_chosen, this, &ExportPage::choose_run);
    connect(formats_, &ChoiceCards::choice_changed, this, &ExportPage::show_state);
    connect(output_, &QLineEdit::textChanged, this, &ExportPage::show_state);
    connect(outcome_, &VerdictCard::message, this, &Page::tell);
    connect(commands_, &ActionRows::triggered, this, [this](const QString& key) {
        for (const LoadCommand& command : lines_)
            if (command.software == key) {
                QGuiApplication::clipboard()->setText(command.line);
                tell(tr("Copied: %1").arg(command.line), false);
            }
    });
    connect(&workbench_, &Workbench::quantization_changed, this, &ExportPage::take_quantization);
    connect(&workbench_, &Workbench::model_changed, this, &ExportPage::show_formats);
    connect(&workbench_, &Workbench::jobs_changed, this, &ExportPage::show_state);
    connect(&workbench_.runs(), &RunLibrary::changed, this, &ExportPage::show_formats);
    connect(&workbench_, &Workbench::job_finished, this, [this](const ActiveJob& job, const json& result) {
        if (job.job.kind == "export")
            take_result(job, result);
    });
    connect(&workbench_, &Workbench::job_failed, this,
            [this](const ActiveJob& job, const RequestFailure& failure) {
                if (job.job.kind != "export")
                    return;
                outcome_->set_lines({{Tone::Bad, tr("Not written"), failure.text}});
                show_failure(job, failure);
            });
    take_quantization();
    show_formats();
}

Job ExportPage::job() const {
    Job job;
    job.kind = "export";
    job.model = run_->folder().toStdString();
    job.options = {{"format", formats_->chosen().toStdString()}};
    job.output = output_->text().trimmed().toStdString();
    return job;
}

std::vector<Job> ExportPage::jobs() const {
    return run_->folder().isEmpty() || formats_->chosen().isEmpty() || output_->text().trimmed().isEmpty()
               ? std::vector<Job>()
               : std::vector<Job>{job()};
}

void ExportPage::start() {
    messages().hide();
    outcome_->set_lines({});
    workbench_.run(job(), tr("Exporting to %1").arg(formats_->chosen()));
}

void ExportPage::choose_run(const QString& folder) {
    run_->set_folder(folder);
    exported_to_.clear();
    outcome_->set_lines({});
    show_formats();
}

void ExportPage::take_quantization() {
    const auto* quantization = workbench_.quantization();
    if (quantization && quantization->finished && !quantization->folder.isEmpty())
        choose_run(quantization->folder);
}

QString ExportPage::own_format() const {
    const auto* run = workbench_.runs().run(run_->folder());
    return run && run->read ? QString::fromStdString(run->job.options.value("format", "gptq")) : QString();
}

CheckpointShape ExportPage::shape_in(const QString& format) const {
    const auto* run = workbench_.runs().run(run_->folder());
    Job job = run && run->read ? run->job : Job();
    job.options["format"] = format.toStdString();
    return checkpoint_shape(job, run && run->model == workbench_.model() ? workbench_.inspection() : json());
}

void ExportPage::show_formats() {
    const auto* run = workbench_.runs().run(run_->folder());
    const bool known = run && run->read;
    const QString state = QStringLiteral("%1|%2|%3|%4")
                              .arg(run_->folder(), workbench_.model())
                              .arg(known)
                              .arg(workbench_.inspection().is_object());
    if (state == shown_)
        return show_state();
    shown_ = state;
    const double before = known && run->model == workbench_.model() ? number(workbench_.inspection(), "bytes")
                                                                    : no_value,
                 after = known ? before * fact(*run, "size_ratio") : no_value;
    const QString own = own_format();
    QVector<Choice> choices;
    for (const auto& [format, about] :
         {std::pair{QStringLiteral("gptq"),
                    tr("Codes packed for GPTQ kernels; 2, 3, 4 or 8 bits, mixed grids by rules.")},
          {QStringLiteral("compressed-tensors"),
           tr("Packed integers, a group of the config for each grid; 4 or 8 bits.")},
          {QStringLiteral("awq"), tr("Packed for AWQ kernels; 4 bits, one group size.")},
          {QStringLiteral("float"),
           tr("The dequantized weights: loads wherever the original does, at its size.")}}) {
        Choice choice{format, format, {}, {about}, {}};
        const CheckpointShape shape = shape_in(format);
        const double bytes = format == u"float" ? before : after;
        if (std::isfinite(bytes))
            choice.fact = QStringLiteral("≈ %1").arg(bytes_text(bytes));
        if (known) {
            choice.obstacle = cannot_hold(shape);
            if (choice.obstacle.isEmpty())
                for (const auto& answer : what_loads(shape))
                    choice.lines.append(QStringLiteral("%1 %2 %3")
                                            .arg(answer.loads == LoadAnswer::Loads::No ? QStringLiteral("⚠")
                                                                                       : QStringLiteral("✓"),
                                                 answer.software, answer.text));
            if (format == own)
                choice.lines.append(tr("The run's own checkpoint has this format."));
            else if (format == u"gptq" && shape.asymmetric_experts)
                choice.lines.append(tr("⚠ Refused where a zero point is 0, which gptq cannot store."));
        }
        choices.append(choice);
    }
    formats_->set_choices(choices);
    show_state();
}

void ExportPage::show_state() {
    const QString format = formats_->chosen();
    const auto* run = workbench_.runs().run(run_->folder());
    bool exporting = false;
    for (const ActiveJob& job : workbench_.jobs())
        exporting |= job.job.kind == "export";
    main_action()->setEnabled(!exporting && !jobs().empty());
    if (!exported_to_.isEmpty() && format == exported_format_)
        show_commands(format, exported_to_);
    else if (run && run->read && format == own_format())
        show_commands(format, run->checkpoint());
    else
        show_commands(format, output_->text().trimmed());
}

void ExportPage::show_commands(const QString& format, const QString& folder) {
    lines_ = folder.isEmpty() || format.isEmpty() || run_->folder().isEmpty()
                 ? QVector<LoadCommand>()
                 : load_commands(shape_in(format), folder);
    QVector<ActionRow> rows;
    for (const LoadCommand& command : lines_)
        rows.append(
            {command.software, command.software, tr("Copy"), tr("Copy this command line"), command.line});
    commands_->set_rows(rows);
}

void ExportPage::take_result(const ActiveJob& job, const json& result) {
    exported_to_ = QString::fromStdString(result.value("path", job.job.output.value_or("")));
    exported_format_ = QString::fromStdString(result.value("format", ""));
    QVector<VerdictLine> lines;
    lines.append({Tone::Good, tr("Written"),
                  tr("%1, %2").arg(exported_to_, bytes_text(std::max(0.0, number(result, "bytes"))))});
    const json verification = result.value("verification", json::object());
    const bool good = result.value("verified", json()) == true;
    const auto count = [&](const char* name) {
        const double value = number(verification, name);
        return value > 0 ? QLocale(QLocale::English).toString(qint64(value)) : QStringLiteral("0");
    };
    lines.append(
        good ? VerdictLine{Tone::Good, tr("Read back"),
                           tr("%1 linears (%2 of experts) and %3 float tensors are as meant")
                               .arg(count("linears"), count("expert_linears"), count("float_tensors"))}
             : VerdictLine{Tone::Bad, tr("Read back"), tr("differs from what was meant")});
    const json notes = result.value("notes", json::array());
    if (notes.is_array())
        for (const json& note : notes)
            if (note.is_string())
                lines.append({Tone::Warning, tr("Note"), QString::fromStdString(note.get<std::string>())});
    outcome_->set_lines(lines);
    tell(tr("Exported to %1").arg(exported_to_), false);
    show_state();
}

} // namespace moequant
