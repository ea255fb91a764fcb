#include "app/workbench/forms/advanced_form.h"

#include "app/workbench/forms/option_form.h"

#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSpinBox>

#include <algorithm>

namespace moequant {
namespace {

using nlohmann::json;

constexpr double no_average = 1.9; ///< below the least average that may be asked for

const std::vector<int> usual_choices = {2, 3, 4, 8};

std::vector<int> read_choices(const QString& text) {
    static const QRegularExpression between(QStringLiteral("[,;\\s]+"));
    std::vector<int> choices;
    for (const QString& part : text.split(between, Qt::SkipEmptyParts)) {
        const int bits = part.toInt();
        if (bits >= 2 && bits <= 8 && std::find(choices.begin(), choices.end(), bits) == choices.end())
            choices.push_back(bits);
    }
    return choices.empty() ? usual_choices : choices;
}

QString choices_text(const std::vector<int>& choices) {
    QStringList texts;
    for (const int bits : choices)
        texts.append(QString::number(bits));
    return texts.join(QStringLiteral(", "));
}

template <typename T>
T* named(T* control, const char* key, const QString& name, const QString& tip) {
    control->setObjectName(QString::fromLatin1(key));
    control->setAccessibleName(name);
    control->setToolTip(tip);
    return control;
}

} // namespace

AdvancedForm::AdvancedForm(QWidget* parent) : QWidget(parent) {
    average_bits_ =
        named(new QDoubleSpinBox, "average_bits", tr("Average bits"),
              tr("Mixed precision: bits of each routed expert from its measured error, this many on "
                 "average"));
    average_bits_->setRange(no_average, 8);
    average_bits_->setDecimals(2);
    average_bits_->setSingleStep(0.25);
    average_bits_->setSpecialValueText(tr("off"));
    bit_choices_ = named(new QLineEdit(choices_text(usual_choices)), "bit_choices", tr("Bits to choose from"),
                         tr("What mixed precision may give an expert"));
    min_tokens_ = named(new QSpinBox, "min_tokens", tr("Starved below (tokens)"),
                        tr("Routed experts with fewer calibration tokens count as starved"));
    min_tokens_->setRange(-1, 10'000'000);
    min_tokens_->setSpecialValueText(tr("twice the width"));
    min_tokens_->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    overrides_ =
        named(new QPlainTextEdit, "override", tr("Other grids by pattern"),
              tr("One a line: PATTERN=bits:8,group_size:32,sym:true,clip:mse or PATTERN=skip; * stands "
                 "for any characters"));
    overrides_->setPlaceholderText(QStringLiteral("*.self_attn.*=bits:8"));
    overrides_->setTabChangesFocus(true);
    overrides_->setLineWrapMode(QPlainTextEdit::NoWrap);
    overrides_->setFixedHeight(overrides_->fontMetrics().height() * 3 + 12);
    fault_ = new QLabel;
    fault_->setWordWrap(true);
    fault_->hide();
    plain_ = new OptionForm("quantize",
                            {"mixed_unit", "agq_exponent", "hidden_dtype", "shard_size", "device_memory"},
                            OptionForm::Shape::Column);
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Average bits"), average_bits_);
    form->addRow(tr("Bits to choose from"), bit_choices_);
    form->addRow(tr("Starved below"), min_tokens_);
    form->addRow(plain_);
    auto* label = new QLabel(tr("Other grids by pattern"));
    label->setBuddy(overrides_);
    form->addRow(label);
    form->addRow(overrides_);
    form->addRow(fault_);
    connect(average_bits_, &QDoubleSpinBox::valueChanged, this, &AdvancedForm::changed);
    connect(bit_choices_, &QLineEdit::editingFinished, this, &AdvancedForm::changed);
    connect(min_tokens_, &QSpinBox::valueChanged, this, &AdvancedForm::changed);
    connect(overrides_, &QPlainTextEdit::textChanged, this, &AdvancedForm::changed);
    connect(plain_, &OptionForm::changed, this, &AdvancedForm::changed);
}

json AdvancedForm::values() const {
    json values = plain_->values();
    for (const char* key : {"device_memory"})
        if (values[key].is_null())
            values.erase(key);
    if (average_bits_->isEnabled() && average_bits_->value() > no_average)
        values["average_bits"] = average_bits_->value();
    if (const auto choices = read_choices(bit_choices_->text()); choices != usual_choices)
        values["bit_choices"] = choices;
    if (min_tokens_->isEnabled() && min_tokens_->value() >= 0)
        values["min_tokens"] = min_tokens_->value();
    json overrides = json::array();
    for (const QString& line : overrides_->toPlainText().split('\n'))
        if (!line.trimmed().isEmpty())
            overrides.push_back(line.trimmed().toStdString());
    if (!overrides.empty())
        values["override"] = overrides;
    return values;
}

void AdvancedForm::set_values(const json& values) {
    plain_->set_values(values);
    const auto number = [&](const char* key, double otherwise) {
        return values.contains(key) && values[key].is_number() ? values[key].get<double>() : otherwise;
    };
    average_bits_->setValue(number("average_bits", average_bits_->value()));
    min_tokens_->setValue(int(number("min_tokens", min_tokens_->value())));
    if (values.contains("bit_choices") && values["bit_choices"].is_array()) {
        QString text;
        for (const json& bits : values["bit_choices"])
            if (bits.is_number())
                text += QString::number(bits.get<int>()) + u',';
        bit_choices_->setText(choices_text(read_choices(text)));
    }
    if (values.contains("override") && values["override"].is_array()) {
        QStringList lines;
        for (const json& line : values["override"])
            if (line.is_string())
                lines.append(QString::fromStdString(line.get<std::string>()));
        overrides_->setPlainText(lines.join('\n'));
    }
}

void AdvancedForm::reset() {
    plain_->reset();
    average_bits_->setValue(no_average);
    min_tokens_->setValue(-1);
    bit_choices_->setText(choices_text(usual_choices));
    overrides_->clear();
}

void AdvancedForm::follow(const std::string& method) {
    average_bits_->setEnabled(method != "awq");
    min_tokens_->setEnabled(method != "rtn");
    const bool mixed = average_bits_->isEnabled() && average_bits_->value() > no_average;
    bit_choices_->setEnabled(mixed);
    plain_->control("mixed_unit")->setEnabled(mixed);
    plain_->control("agq_exponent")->setEnabled(method != "rtn");
    static const QRegularExpression form(QStringLiteral("^[^=]+=(skip|[a-z_]+:[^,]+(,[a-z_]+:[^,]+)*)$"));
    QString fault;
    for (const QString& line : overrides_->toPlainText().split('\n'))
        if (fault.isEmpty() && !line.trimmed().isEmpty() && !form.match(line.trimmed()).hasMatch())
            fault = tr("Not a rule: %1").arg(line.trimmed());
    fault_->setText(fault);
    fault_->setVisible(!fault.isEmpty());
}

} // namespace moequant
