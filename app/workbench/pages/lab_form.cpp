#include "app/workbench/pages/lab_form.h"

#include "app/workbench/forms/option_form.h"
#include "app/workbench/pages/source_bar.h"
#include "core/job/option_table.h"
#include "widgets/colors.h"
#include "widgets/flow_layout.h"

#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>

namespace moequant {
namespace {

using nlohmann::json;

OptionForm* row_form(const std::vector<std::string>& keys) {
    return new OptionForm("hessian-lab", keys, OptionForm::Shape::Row);
}

QSpinBox* number_box(const char* name, int low, int high, const QString& text, const QString& tip) {
    auto* box = new QSpinBox;
    box->setRange(low, high);
    box->setObjectName(QString::fromLatin1(name));
    box->setAccessibleName(text);
    box->setToolTip(tip);
    return box;
}

std::string text_of(const json& values, const char* name) {
    return values.contains(name) && values[name].is_string() ? values[name].get<std::string>()
                                                             : std::string();
}

} // namespace

LabForm::LabForm(Workbench& workbench, QWidget* launch, QWidget* parent)
    : QWidget(parent),
      workbench_(workbench),
      where_(row_form({"layer", "expert", "linear"})),
      what_(row_form({"loss", "base", "sampling"})),
      forms_({where_, what_}),
      note_(new QLabel) {
    auto* more = new QToolButton;
    more->setText(tr("More"));
    more->setCheckable(true);
    more->setToolTip(tr("Which entries, ε and n; how often to draw; which experts and which grid"));
    auto* rest = build_more();
    connect(more, &QToolButton::toggled, rest, &QWidget::setVisible);
    rest->hide();
    note_->setForegroundRole(QPalette::PlaceholderText); // follows the theme
    note_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    note_->setWordWrap(true);
    note_->setAccessibleName(tr("What the loss means for differences"));
    note_->setObjectName(QStringLiteral("note"));

    auto* first = new QHBoxLayout;
    first->addWidget(build_source());
    first->addSpacing(8);
    first->addWidget(where_, 1);
    what_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred); // the button stands beside it
    auto* second = new QHBoxLayout;
    second->addWidget(what_);
    second->addWidget(launch);
    second->addWidget(more);
    second->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QBoxLayout* each : std::initializer_list<QBoxLayout*>{first, second, layout})
        each->setSpacing(8);
    layout->addLayout(first);
    layout->addLayout(second);
    layout->addWidget(rest);
    layout->addWidget(note_);

    // They follow the window's selection, which is nothing to undo.
    for (const char* key : {"layer", "expert"})
        control(key)->setProperty("no_undo", true);
    qobject_cast<QLineEdit*>(control("reference"))->setPlaceholderText(tr("every second sequence"));
    restore();
    for (OptionForm* form : forms_)
        connect(form, &OptionForm::changed, this, &LabForm::remember);
    for (auto* box : {samples_, length_})
        connect(box, &QSpinBox::valueChanged, this, &LabForm::remember);
    connect(source_, &QComboBox::currentIndexChanged, this, &LabForm::remember);
    connect(where_, &OptionForm::changed, this, &LabForm::take_selection);
    connect(&workbench_, &Workbench::model_changed, this, &LabForm::show_model);
    connect(&workbench_, &Workbench::selection_changed, this, &LabForm::show_selection);
    show_model();
    follow();
}

QWidget* LabForm::build_source() {
    source_ = new QComboBox;
    source_->setObjectName(QStringLiteral("source"));
    source_->setAccessibleName(tr("Source"));
    source_->setToolTip(tr("The text whose tokens the Hessians are made from"));
    source_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    source_->setMinimumContentsLength(14);
    for (const QString& spec : known_sources() + workbench_.settings().added_sources())
        if (source_->findData(spec) < 0)
            offer_source(spec);
    samples_ = number_box("samples", 1, 100000, tr("Samples"), tr("How many sequences of the source"));
    length_ = number_box("length", 16, 65536, tr("Tokens a sample"), tr("How long each of them is"));
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    auto* label = new QLabel(tr("So&urce"));
    label->setBuddy(source_);
    row->addWidget(label);
    row->addWidget(source_);
    row->addWidget(samples_);
    row->addWidget(new QLabel(QStringLiteral("×")));
    row->addWidget(length_);
    return bar;
}

// They wrap, as there are many and some are long in other languages.
QWidget* LabForm::build_more() {
    auto* rest = new QWidget;
    auto* flow = new FlowLayout(rest);
    flow->setContentsMargins(0, 0, 0, 0);
    flow->setSpacing(8);
    for (const char* key :
         {"row", "entry", "entries", "epsilon", "n", "resamples", "population", "routing", "experts",
          "curve_n", "repeats", "reference", "bits", "group_size", "damp", "seed"}) {
        auto* form = row_form({key});
        forms_.append(form);
        flow->addWidget(form);
    }
    const int letter = fontMetrics().horizontalAdvance(u'0');
    for (const auto& [key, letters] :
         {std::pair{"epsilon", 30}, {"curve_n", 30}, {"n", 22}, {"reference", 22}})
        control(key)->setMinimumWidth(letters * letter);
    qobject_cast<QLineEdit*>(control("reference"))->setPlaceholderText(tr("every second sequence"));
    return rest;
}

QWidget* LabForm::control(const char* key) const {
    for (const OptionForm* form : forms_)
        if (QWidget* found = form->control(key))
            return found;
    return nullptr;
}

void LabForm::offer_source(const QString& spec) {
    if (source_->findData(spec) >= 0)
        return;
    source_->addItem(source_title(spec), spec);
    source_->setItemData(source_->count() - 1, spec, Qt::ToolTipRole);
}

json LabForm::values() const {
    json values = json::object();
    for (const OptionForm* form : forms_)
        values.update(form->values());
    return values;
}

QString LabForm::fault() const {
    for (const OptionForm* form : forms_)
        if (QString fault = form->fault(); !fault.isEmpty())
            return fault;
    return {};
}

Job LabForm::job() const {
    Job job;
    job.kind = "hessian-lab";
    job.model = workbench_.model().toStdString();
    job.options = values();
    const bool polynomial = text_of(job.options, "loss") == "polynomial";
    if (polynomial && text_of(job.options, "experts") == "none")
        return job; // nothing is read
    const QString source = source_->currentData().toString();
    job.corpus = {QStringLiteral("%1?samples=%2%3&length=%4")
                      .arg(source, source == "ebss" ? "" : "max:")
                      .arg(samples_->value())
                      .arg(length_->value())
                      .toStdString()};
    if (source == "ebss")
        for (const auto& [key, value] : workbench_.ebss_options().items())
            if (find_kind("hessian-lab").find(key) && !job.options.contains(key))
                job.options[key] = value;
    return job;
}

QString LabForm::note() const {
    const json values = this->values();
    const std::string loss = text_of(values, "loss"), linear = text_of(values, "linear");
    if (loss == "polynomial")
        return tr("A polynomial with known derivatives: the estimators are judged without a model.");
    if (loss == "model")
        return tr("The model's own loss runs the layers above for every evaluation: n counts sequences, and "
                  "it takes longer.");
    if (linear != "gate")
        return tr("This loss is exactly quadratic in %1: every difference is exact at any ε; noise and "
                  "rounding are all that is left.")
            .arg(QString::fromStdString(linear));
    return tr("This loss is not quadratic in gate, which the activation bends: differences have an error "
              "that grows with ε.");
}

void LabForm::restore() {
    const json saved = workbench_.settings().form("lab");
    for (OptionForm* form : forms_)
        form->set_values(saved);
    const auto whole = [&](const char* name, int otherwise) {
        return saved.contains(name) && saved[name].is_number_integer() ? saved[name].get<int>() : otherwise;
    };
    samples_->setValue(whole("samples", 32));
    length_->setValue(whole("length", 256));
    const std::string source = text_of(saved, "source");
    source_->setCurrentIndex(std::max(0, source_->findData(source.empty() ? QStringLiteral("builtin:prose")
                                                                          : QString::fromStdString(source))));
}

void LabForm::remember() {
    follow();
    json saved = values();
    for (const char* name : {"layer", "expert"}) // the window's selection
        saved.erase(name);
    saved["samples"] = samples_->value();
    saved["length"] = length_->value();
    saved["source"] = source_->currentData().toString().toStdString();
    workbench_.settings().set_form("lab", saved);
}

void LabForm::follow() {
    const json values = this->values();
    const std::string loss = text_of(values, "loss"), experts = text_of(values, "experts");
    const bool polynomial = loss == "polynomial", reads = !polynomial || experts != "none";
    for (const char* key : {"layer", "expert", "linear"})
        control(key)->setEnabled(!polynomial);
    control("base")->setEnabled(!polynomial);
    control("row")->setEnabled(!polynomial);
    control("entries")->setEnabled(values["entry"].empty());
    control("routing")->setEnabled(loss == "model");
    for (QWidget* control : std::initializer_list<QWidget*>{source_, samples_, length_})
        control->setEnabled(reads);
    for (const char* key : {"curve_n", "repeats", "reference"})
        control(key)->setEnabled(experts != "none");
    note_->setText(note());
}

void LabForm::show_model() {
    const auto layers = workbench_.moe_layers();
    if (auto* box = qobject_cast<QSpinBox*>(control("layer")); box && !layers.isEmpty())
        box->setMaximum(layers.last());
    if (auto* box = qobject_cast<QSpinBox*>(control("expert")); box && workbench_.experts() > 0)
        box->setMaximum(workbench_.experts() - 1);
    show_selection();
}

void LabForm::show_selection() {
    json selected = json::object();
    if (workbench_.layer() >= 0)
        selected["layer"] = workbench_.layer();
    if (workbench_.expert() >= 0)
        selected["expert"] = workbench_.expert();
    following_ = true;
    where_->set_values(selected);
    following_ = false;
}

void LabForm::take_selection() {
    const json chosen = where_->values();
    const auto layers = workbench_.moe_layers();
    const int layer = chosen["layer"].is_number() ? chosen["layer"].get<int>() : layers.value(0, -1);
    const int expert = chosen["expert"].get<int>();
    // A choice of the linear alone selects nothing.
    if (!following_ && layers.contains(layer) &&
        (layer != workbench_.layer() ||
         (expert != workbench_.expert() && (expert > 0 || workbench_.expert() >= 0))))
        workbench_.select(layer, expert);
}

} // namespace moequant
