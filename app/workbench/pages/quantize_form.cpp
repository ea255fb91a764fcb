#include "app/workbench/pages/quantize_form.h"

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
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
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
    preset_->setAccessibleName(tr("Preset"));
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
    source_ = new QComboBox;
    source_->setAccessibleName(tr("Calibration source"));
    source_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    source_->setMinimumContentsLength(12);
    for (const QString& spec : known_sources())
        source_->addItem(source_title(spec), spec);
    samples_ = new QSpinBox;
    samples_->setRange(1, 100000);
    samples_->setAccessibleName(tr("Calibration samples"));
    length_ = new QSpinBox;
    length_->setRange(16, 65536);
    length_->setAccessibleName(tr("Tokens a calibration sample"));
    output_ = new QLineEdit;
    output_->setPlaceholderText(tr("in the run's folder"));
    output_->setAccessibleName(tr("Folder for the quantized checkpoint"));
    auto* browse = new QPushButton(tr("Browse…"));
    connect(browse, &QPushButton::clicked, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder for the checkpoint"),
                                                                 workbench_.settings().last_folder("output"));
        if (folder.isEmpty())
            return;
        workbench_.settings().set_last_folder("output", folder);
        output_->setText(folder);
    });
    method_ = new OptionForm("quantize",
                             {"method", "rotate", "agq", "expert_tokens", "starved", "damp", "act_order"},
                             OptionForm::Shape::Column);
    grid_ = new OptionForm("quantize", {"bits", "group_size", "asym", "clip", "quantize_router", "format"},
                           OptionForm::Shape::Column);
    safety_ = new OptionForm("quantize", {"device", "memory", "seed"}, OptionForm::Shape::Column);

    auto* calibration = new QWidget;
    auto* rows = new QFormLayout(calibration);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addRow(tr("So&urce"), source_);
    rows->addRow(tr("&Samples"), samples_);
    rows->addRow(tr("&Tokens each"), length_);
    auto* place = new QWidget;
    auto* place_row = new QHBoxLayout(place);
    place_row->setContentsMargins(0, 0, 0, 0);
    place_row->addWidget(output_, 1);
    place_row->addWidget(browse);

    auto* inside = new QWidget;
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, 8, 0);
    auto* preset_row = new QFormLayout;
    preset_row->addRow(tr("&Preset"), preset_);
    column->addLayout(preset_row);
    column->addWidget(group(tr("Calibration"), calibration));
    column->addWidget(group(tr("Method"), method_));
    column->addWidget(group(tr("Grid"), grid_));
    column->addWidget(group(tr("Where and how"), safety_));
    column->addWidget(group(tr("Checkpoint"), place));
    column->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setMinimumWidth(inside->minimumSizeHint().width() +
                            scroll->verticalScrollBar()->sizeHint().width());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll, 1);
    layout->addWidget(launch);

    const json saved = workbench_.settings().form("quantize");
    samples_->setValue(saved.value("samples", 32));
    length_->setValue(saved.value("length", 256));
    source_->setCurrentIndex(
        std::max(0, source_->findData(QString::fromStdString(saved.value("source", "builtin:prose")))));
    if (saved.empty())
        use_preset(0);
    for (auto* form : {method_, grid_, safety_}) {
        form->set_values(saved);
        connect(form, &OptionForm::changed, this, &QuantizeForm::follow);
    }
    for (auto* box : {samples_, length_})
        connect(box, &QSpinBox::valueChanged, this, &QuantizeForm::follow);
    connect(source_, &QComboBox::currentIndexChanged, this, &QuantizeForm::follow);
    connect(preset_, &QComboBox::activated, this, &QuantizeForm::use_preset);
    follow();
}

void QuantizeForm::use_preset(int index) {
    method_->reset();
    grid_->reset();
    if (index == 0) {
        method_->set_values({{"agq", true}});
        return;
    }
    const Preset& chosen = find_preset(preset_->itemData(index).toString().toStdString());
    method_->set_values(chosen.options);
    grid_->set_values(chosen.options);
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
    return values;
}

void QuantizeForm::follow() {
    const std::string method = values()["method"].get<std::string>();
    const bool rtn = method == "rtn"; // needs no calibration
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
        if (source == "ebss")
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
    workbench_.settings().set_form("quantize", saved);
}

} // namespace moequant
