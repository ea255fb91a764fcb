#include "app/workbench/pages/quantize_form.h"

#include "app/workbench/forms/advanced_form.h"
#include "app/workbench/forms/option_form.h"
#include "app/workbench/pages/source_bar.h"
#include "core/job/option_table.h"
#include "core/job/presets.h"
#include "widgets/colors.h"

#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QTimer>
#include <QToolButton>
#include <QUrlQuery>

namespace moequant {
namespace {

using nlohmann::json;

/// The rows of the paper and the like: presets that say what their export loads in.
std::vector<const Preset*> recipes() {
    std::vector<const Preset*> list;
    for (const Preset& preset : all_presets())
        if (!preset.loads_in.empty())
            list.push_back(&preset);
    return list;
}

/// The parts of a SPEC that the form shows: "ebss?samples=128&length=512".
struct CorpusText {
    QString source;
    int samples, length;
};
CorpusText read_spec(const std::string& spec) {
    const QString text = QString::fromStdString(spec);
    const QUrlQuery query(text.section('?', 1));
    return {text.section('?', 0, 0), query.queryItemValue("samples").toInt(),
            query.queryItemValue("length").toInt()};
}

QGroupBox* group(const QString& title, QWidget* content) {
    auto* box = new QGroupBox(title);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(8, 4, 8, 8);
    layout->addWidget(content);
    return box;
}

} // namespace

QuantizeForm::QuantizeForm(Workbench& workbench, QWidget* launch, QWidget* parent)
    : QWidget(parent), workbench_(workbench) {
    preset_ = new QComboBox;
    preset_->setObjectName(QStringLiteral("preset"));
    preset_->setAccessibleName(tr("Preset"));
    preset_->setToolTip(tr("Settings that belong together; what you change afterwards stays changed"));
    preset_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    preset_->setMinimumContentsLength(14);
    preset_->addItem(tr("Recommended"));
    for (const Preset* preset : recipes()) {
        preset_->addItem(QString::fromStdString(preset->title), QString::fromStdString(preset->name));
        preset_->setItemData(preset_->count() - 1,
                             QStringLiteral("<p>%1</p><p>%2</p>")
                                 .arg(QString::fromStdString(preset->about).toHtmlEscaped(),
                                      QString::fromStdString(preset->loads_in).toHtmlEscaped()),
                             Qt::ToolTipRole);
    }
    method_ = new OptionForm("quantize",
                             {"method", "rotate", "agq", "expert_tokens", "starved", "damp", "act_order"},
                             OptionForm::Shape::Column);
    grid_ = new OptionForm("quantize", {"bits", "group_size", "asym", "clip", "quantize_router", "format"},
                           OptionForm::Shape::Column);
    safety_ = new OptionForm("quantize", {"device", "memory", "seed"}, OptionForm::Shape::Column);
    advanced_ = new AdvancedForm;

    auto* safety = new QWidget;
    auto* safety_column = new QVBoxLayout(safety);
    safety_column->setContentsMargins(0, 0, 0, 0);
    safety_column->addWidget(safety_);
    safety_column->addWidget(build_output());
    auto* more = new QToolButton;
    more->setText(tr("Advanced"));
    more->setAccessibleName(tr("Advanced settings"));
    more->setToolTip(tr("Mixed precision, grids by pattern, starved experts, storage"));
    more->setObjectName(QStringLiteral("advanced"));
    more->setProperty("no_undo", true);
    more->setCheckable(true);
    more->setAutoRaise(true);
    more->setArrowType(Qt::RightArrow);
    more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto* advanced = group(QString(), advanced_);
    advanced->hide();

    auto* inside = new QWidget;
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, 8, 0);
    auto* preset_row = new QFormLayout;
    preset_row->addRow(tr("&Preset"), preset_);
    column->addLayout(preset_row);
    column->addWidget(group(tr("Calibration"), build_calibration()));
    column->addWidget(group(tr("Method"), method_));
    column->addWidget(group(tr("Grid"), grid_));
    column->addWidget(group(tr("Safety"), safety));
    column->addWidget(more);
    column->addWidget(advanced);
    column->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    advanced->show(); // its width counts too
    const int width = inside->minimumSizeHint().width();
    advanced->hide();
    scroll->setMinimumWidth(width + scroll->verticalScrollBar()->sizeHint().width());
    connect(more, &QToolButton::toggled, this, [more, advanced, scroll](bool shown) {
        more->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
        advanced->setVisible(shown);
        if (shown) // once it has its place
            QTimer::singleShot(0, scroll, [scroll] {
                scroll->verticalScrollBar()->setValue(scroll->verticalScrollBar()->maximum());
            });
    });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll, 1);
    layout->addWidget(launch);
    restore();
    follow();
}

QWidget* QuantizeForm::build_calibration() {
    source_ = new QComboBox;
    source_->setObjectName(QStringLiteral("source"));
    source_->setAccessibleName(tr("Calibration source"));
    source_->setToolTip(tr("The text whose activations decide how weights are rounded"));
    source_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    source_->setMinimumContentsLength(12);
    for (const QString& spec : known_sources())
        source_->addItem(source_title(spec), spec);
    samples_ = new QSpinBox;
    samples_->setRange(1, 100000);
    samples_->setObjectName(QStringLiteral("samples"));
    samples_->setAccessibleName(tr("Calibration samples"));
    samples_->setToolTip(tr("How many sequences the calibration set has"));
    length_ = new QSpinBox;
    length_->setRange(16, 65536);
    length_->setObjectName(QStringLiteral("length"));
    length_->setAccessibleName(tr("Tokens a calibration sample"));
    length_->setToolTip(tr("How long each of them is"));
    auto* calibration = new QWidget;
    auto* rows = new QFormLayout(calibration);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addRow(tr("So&urce"), source_);
    rows->addRow(tr("&Samples"), samples_);
    rows->addRow(tr("&Tokens each"), length_);
    return calibration;
}

QWidget* QuantizeForm::build_output() {
    output_ = new QLineEdit;
    output_->setPlaceholderText(tr("in the run's folder"));
    output_->setAccessibleName(tr("Folder for the quantized checkpoint"));
    output_->setToolTip(tr("Where the checkpoint is written; empty: beside the run's other files"));
    auto* browse = new QPushButton(tr("Browse…"));
    browse->setToolTip(tr("Choose the folder for the checkpoint"));
    connect(browse, &QPushButton::clicked, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder for the checkpoint"),
                                                                 workbench_.settings().last_folder("output"));
        if (folder.isEmpty())
            return;
        workbench_.settings().set_last_folder("output", folder);
        output_->setText(folder);
    });
    auto* place = new QWidget;
    auto* column = new QVBoxLayout(place);
    column->setContentsMargins(0, 0, 0, 0);
    auto* label = new QLabel(tr("Checkpoint"));
    label->setBuddy(output_);
    column->addWidget(label);
    auto* row = new QHBoxLayout;
    row->addWidget(output_, 1);
    row->addWidget(browse);
    column->addLayout(row);
    return place;
}

void QuantizeForm::restore() {
    const json saved = workbench_.settings().form("quantize");
    samples_->setValue(saved.value("samples", 32));
    length_->setValue(saved.value("length", 256));
    source_->setCurrentIndex(
        std::max(0, source_->findData(QString::fromStdString(saved.value("source", "builtin:prose")))));
    if (saved.empty())
        use_preset(0);
    preset_->setCurrentIndex(
        std::max(0, preset_->findData(QString::fromStdString(saved.value("preset", std::string())))));
    advanced_->set_values(saved);
    for (auto* form : {method_, grid_, safety_}) {
        form->set_values(saved);
        connect(form, &OptionForm::changed, this, &QuantizeForm::follow);
    }
    for (auto* box : {samples_, length_})
        connect(box, &QSpinBox::valueChanged, this, &QuantizeForm::follow);
    connect(source_, &QComboBox::currentIndexChanged, this, &QuantizeForm::follow);
    connect(preset_, &QComboBox::activated, this, &QuantizeForm::use_preset);
    connect(advanced_, &AdvancedForm::changed, this, &QuantizeForm::follow);
    connect(output_, &QLineEdit::textChanged, this, &QuantizeForm::follow);
}

std::string QuantizeForm::preset() const {
    return preset_->currentIndex() > 0 ? preset_->currentData().toString().toStdString() : std::string();
}

void QuantizeForm::use_preset(int index) {
    method_->reset();
    grid_->reset();
    advanced_->reset();
    if (index == 0) {
        method_->set_values({{"agq", true}});
        return;
    }
    const Preset& chosen = find_preset(preset_->itemData(index).toString().toStdString());
    method_->set_values(chosen.options);
    grid_->set_values(chosen.options);
    advanced_->set_values(chosen.options);
    if (chosen.corpus.empty())
        return;
    const CorpusText corpus = read_spec(chosen.corpus.front());
    if (const int at = source_->findData(corpus.source); at >= 0)
        source_->setCurrentIndex(at);
    samples_->setValue(corpus.samples);
    length_->setValue(corpus.length);
}

json QuantizeForm::values() const {
    json values = method_->values();
    values.update(grid_->values());
    values.update(safety_->values());
    values.update(advanced_->values());
    // What does not go with the method is greyed out, and not asked for.
    const std::string method = values["method"].get<std::string>();
    if (method == "rtn") {
        values["agq"] = false;
        values["expert_tokens"] = "routed";
    }
    if (method != "gptq")
        values["act_order"] = false;
    if (method == "awq")
        values["clip"] = "none";
    return values;
}

void QuantizeForm::follow() {
    const std::string method = values()["method"].get<std::string>();
    const bool rtn = method == "rtn"; // needs no calibration
    advanced_->follow(method);
    for (QWidget* control : std::initializer_list<QWidget*>{source_, samples_, length_})
        control->setEnabled(!rtn);
    for (const char* name : {"agq", "expert_tokens", "starved"})
        method_->control(name)->setEnabled(!rtn);
    for (const char* name : {"damp", "act_order"})
        method_->control(name)->setEnabled(method == "gptq");
    grid_->control("clip")->setEnabled(method != "awq"); // searches its own way
    Q_EMIT changed();
}

void QuantizeForm::offer_source(const QString& spec, bool choose) {
    int at = source_->findData(spec);
    if (at < 0) {
        source_->addItem(source_title(spec), spec);
        at = source_->count() - 1;
        source_->setItemData(at, spec, Qt::ToolTipRole);
    }
    if (choose)
        source_->setCurrentIndex(at);
}

Job QuantizeForm::job() const {
    Job job;
    job.kind = "quantize";
    job.model = workbench_.model().toStdString();
    job.options = values();
    const QString source = source_->currentData().toString();
    if (job.options["method"] != "rtn") {
        job.corpus = {QStringLiteral("%1?samples=%2%3&length=%4")
                          .arg(source, source == "ebss" ? "" : "max:")
                          .arg(samples_->value())
                          .arg(length_->value())
                          .toStdString()};
        if (!preset().empty()) // its values for the search, where the form has none
            job.options["preset"] = preset();
        else if (source == "ebss")
            for (const auto& [key, value] : workbench_.ebss_options().items())
                if (find_kind("quantize").find(key))
                    job.options[key] = value;
    }
    if (!output_->text().trimmed().isEmpty())
        job.output = output_->text().trimmed().toStdString();
    return job;
}

QString QuantizeForm::source() const {
    return source_->currentData().toString();
}

qint64 QuantizeForm::tokens() const {
    return qint64(samples_->value()) * length_->value();
}

void QuantizeForm::remember() {
    json saved = values();
    saved["samples"] = samples_->value();
    saved["length"] = length_->value();
    saved["source"] = source().toStdString();
    saved["preset"] = preset();
    workbench_.settings().set_form("quantize", saved);
}

} // namespace moequant
