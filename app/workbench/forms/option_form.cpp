#include "app/workbench/forms/option_form.h"

#include "core/job/error.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSpinBox>

#include <algorithm>
#include <cmath>
#include <limits>

namespace moequant {
namespace {

using nlohmann::json;

constexpr double infinite = 1e6; ///< the largest value of an option that may be infinite stands for infinity

/// Shows its largest value as ∞.
class InfiniteSpinBox : public QDoubleSpinBox {
  public:
    QString textFromValue(double value) const override {
        return value >= infinite ? QStringLiteral("∞") : QDoubleSpinBox::textFromValue(value);
    }
    double valueFromText(const QString& text) const override {
        return text.contains(u'∞') || text.contains("inf") ? infinite : QDoubleSpinBox::valueFromText(text);
    }
    QValidator::State validate(QString& text, int& position) const override {
        const QString bare = text.trimmed();
        if (bare == u"∞" || bare == u"inf")
            return QValidator::Acceptable;
        if (QStringLiteral("inf").startsWith(bare))
            return QValidator::Intermediate;
        return QDoubleSpinBox::validate(text, position);
    }
};

/// A number that may be left to the stage shows a word below its least value.
class OptionalSpinBox : public QSpinBox {};

/// What such a number is when nobody says it.
QString unset_text(const std::string& key) {
    return key == "layer" ? QObject::tr("first") : key == "row" ? QObject::tr("drawn") : QObject::tr("auto");
}

QSpinBox* whole_number(const Option& option) {
    const bool optional = option.default_value.is_null();
    auto* box = optional ? new OptionalSpinBox : new QSpinBox;
    constexpr double most = std::numeric_limits<int>::max();
    box->setRange(int(std::max(option.min.value_or(-most), -most)) - (optional && option.min ? 1 : 0),
                  int(std::min(option.max.value_or(most), most)));
    if (optional)
        box->setSpecialValueText(unset_text(option.key()));
    if (option.key() == "group_size")
        box->setSpecialValueText(QObject::tr("whole row"));
    if (option.key() == "branching")
        box->setSpecialValueText(QObject::tr("as w"));
    if (option.key() == "threads")
        box->setSpecialValueText(QObject::tr("all cores"));
    if (option.key() == "length" || option.key() == "group_size")
        box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    return box;
}

QDoubleSpinBox* real_number(const Option& option) {
    auto* box = option.allow_infinity ? new InfiniteSpinBox : new QDoubleSpinBox;
    box->setDecimals(3);
    box->setRange(std::max(option.min.value_or(-1e6), option.min.value_or(-1) > 0 ? 0.001 : -1e6),
                  option.allow_infinity ? infinite : std::min(option.max.value_or(1e6), 1e6));
    box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    return box;
}

/// Throws RequestError for a text that is no list of this option's values.
json list_value(const Option& option, const QString& text) {
    json values = json::array();
    static const QRegularExpression between(QStringLiteral("[,;\\s]+"));
    for (const QString& part : text.split(between, Qt::SkipEmptyParts))
        for (const json& value : list_from_text(option, part.toStdString()))
            values.push_back(value);
    return checked_value(option, values.empty() ? option.default_value : values);
}

QString list_text(const json& values) {
    QStringList texts;
    for (const json& value : values)
        texts.append(value.is_string() ? QString::fromStdString(value.get<std::string>())
                                       : QString::number(value.get<double>(), 'g', 10));
    return texts.join(QStringLiteral(", ")).replace(QStringLiteral("e-0"), QStringLiteral("e-"));
}

json value_of(const QWidget* control) {
    if (const auto* box = qobject_cast<const QSpinBox*>(control))
        return dynamic_cast<const OptionalSpinBox*>(box) && box->value() == box->minimum()
                   ? json()
                   : json(box->value());
    if (const auto* box = qobject_cast<const QDoubleSpinBox*>(control)) {
        if (dynamic_cast<const InfiniteSpinBox*>(box) && box->value() >= infinite)
            return "inf";
        return std::round(box->value() * 1e6) / 1e6;
    }
    if (const auto* box = qobject_cast<const QCheckBox*>(control))
        return box->isChecked();
    if (const auto* box = qobject_cast<const QComboBox*>(control))
        return box->currentText().toStdString();
    const QString text = qobject_cast<const QLineEdit*>(control)->text().trimmed();
    return text.isEmpty() ? json() : json(text.toStdString());
}

void show_value(QWidget* control, const json& value) {
    if (auto* box = qobject_cast<QSpinBox*>(control)) {
        if (value.is_number())
            box->setValue(
                int(std::clamp(value.get<double>(), double(box->minimum()), double(box->maximum()))));
        else if (dynamic_cast<OptionalSpinBox*>(box))
            box->setValue(box->minimum());
    } else if (auto* real = qobject_cast<QDoubleSpinBox*>(control)) {
        if (value.is_number() || value == "inf")
            real->setValue(value.is_number() ? value.get<double>() : infinite);
    } else if (auto* check = qobject_cast<QCheckBox*>(control)) {
        if (value.is_boolean())
            check->setChecked(value.get<bool>());
    } else if (auto* combo = qobject_cast<QComboBox*>(control)) {
        if (value.is_string() && combo->findText(QString::fromStdString(value.get<std::string>())) >= 0)
            combo->setCurrentText(QString::fromStdString(value.get<std::string>()));
    } else if (auto* line = qobject_cast<QLineEdit*>(control)) {
        line->setText(value.is_string()  ? QString::fromStdString(value.get<std::string>())
                      : value.is_array() ? list_text(value)
                                         : QString());
        line->setCursorPosition(0);
    }
}

} // namespace

QString option_label(const std::string& key) {
    static const std::map<std::string, const char*> labels = {
        {"tau", QT_TRANSLATE_NOOP("Options", "τ")},
        {"width", QT_TRANSLATE_NOOP("Options", "Width w")},
        {"branching", QT_TRANSLATE_NOOP("Options", "Branching b")},
        {"noise", QT_TRANSLATE_NOOP("Options", "Noise")},
        {"no_repeat_ngram", QT_TRANSLATE_NOOP("Options", "No n-gram twice, n")},
        {"retries", QT_TRANSLATE_NOOP("Options", "Replace loops")},
        {"sequences", QT_TRANSLATE_NOOP("Options", "Sequences")},
        {"length", QT_TRANSLATE_NOOP("Options", "Length (tokens)")},
        {"warmup", QT_TRANSLATE_NOOP("Options", "Warm-up (tokens)")},
        {"first_token", QT_TRANSLATE_NOOP("Options", "First token")},
        {"eos", QT_TRANSLATE_NOOP("Options", "Special tokens")},
        {"sigma_unit", QT_TRANSLATE_NOOP("Options", "σ in")},
        {"sigma_of", QT_TRANSLATE_NOOP("Options", "σ of")},
        {"balance_scope", QT_TRANSLATE_NOOP("Options", "Balance over")},
        {"seed", QT_TRANSLATE_NOOP("Options", "Seed")},
        {"method", QT_TRANSLATE_NOOP("Options", "Method")},
        {"agq", QT_TRANSLATE_NOOP("Options", "AGQ: weigh tokens by affinity")},
        {"agq_exponent", QT_TRANSLATE_NOOP("Options", "AGQ exponent")},
        {"expert_tokens", QT_TRANSLATE_NOOP("Options", "Tokens of an expert")},
        {"rotate", QT_TRANSLATE_NOOP("Options", "Rotate the residual stream (QuaRot)")},
        {"clip", QT_TRANSLATE_NOOP("Options", "Range search")},
        {"min_tokens", QT_TRANSLATE_NOOP("Options", "Starved below (tokens)")},
        {"starved", QT_TRANSLATE_NOOP("Options", "Starved experts get")},
        {"damp", QT_TRANSLATE_NOOP("Options", "Damping")},
        {"act_order", QT_TRANSLATE_NOOP("Options", "Act-order")},
        {"bits", QT_TRANSLATE_NOOP("Options", "Bits")},
        {"group_size", QT_TRANSLATE_NOOP("Options", "Group size")},
        {"asym", QT_TRANSLATE_NOOP("Options", "Asymmetric, with zero points")},
        {"quantize_router", QT_TRANSLATE_NOOP("Options", "Quantize the router too")},
        {"format", QT_TRANSLATE_NOOP("Options", "Format")},
        {"mixed_unit", QT_TRANSLATE_NOOP("Options", "Bits chosen for each")},
        {"hidden_dtype", QT_TRANSLATE_NOOP("Options", "Hidden states kept as")},
        {"device_memory", QT_TRANSLATE_NOOP("Options", "GPU memory limit")},
        {"shard_size", QT_TRANSLATE_NOOP("Options", "Shard size")},
        {"device", QT_TRANSLATE_NOOP("Options", "Device")},
        {"dtype", QT_TRANSLATE_NOOP("Options", "Compute in")},
        {"threads", QT_TRANSLATE_NOOP("Options", "Threads")},
        {"memory", QT_TRANSLATE_NOOP("Options", "Memory limit")},
        {"layer", QT_TRANSLATE_NOOP("Options", "Layer")},
        {"expert", QT_TRANSLATE_NOOP("Options", "Expert")},
        {"linear", QT_TRANSLATE_NOOP("Options", "Linear")},
        {"loss", QT_TRANSLATE_NOOP("Options", "Loss of")},
        {"base", QT_TRANSLATE_NOOP("Options", "Expanded at")},
        {"sampling", QT_TRANSLATE_NOOP("Options", "Sampling")},
        {"routing", QT_TRANSLATE_NOOP("Options", "Routing")},
        {"row", QT_TRANSLATE_NOOP("Options", "Row")},
        {"entry", QT_TRANSLATE_NOOP("Options", "Entries i:j")},
        {"entries", QT_TRANSLATE_NOOP("Options", "How many")},
        {"epsilon", QT_TRANSLATE_NOOP("Options", "ε")},
        {"n", QT_TRANSLATE_NOOP("Options", "n")},
        {"resamples", QT_TRANSLATE_NOOP("Options", "Resamples")},
        {"population", QT_TRANSLATE_NOOP("Options", "Population")},
        {"experts", QT_TRANSLATE_NOOP("Options", "Experts")},
        {"curve_n", QT_TRANSLATE_NOOP("Options", "Tokens of a Hessian")},
        {"repeats", QT_TRANSLATE_NOOP("Options", "Repeats")},
        {"reference", QT_TRANSLATE_NOOP("Options", "Reference")},
    };
    const auto found = labels.find(key);
    return found == labels.end() ? QString::fromStdString(key).replace('_', ' ')
                                 : QCoreApplication::translate("Options", found->second);
}

OptionForm::OptionForm(const std::string& kind, const std::vector<std::string>& keys, Shape shape,
                       QWidget* parent)
    : QWidget(parent) {
    auto* form = shape == Shape::Column ? new QFormLayout(this) : nullptr;
    auto* row = shape == Shape::Row ? new QHBoxLayout(this) : nullptr;
    layout()->setContentsMargins(0, 0, 0, 0);
    layout()->setSpacing(8);
    if (form)
        form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const std::string& key : keys) {
        const Option* option = find_kind(kind).find(key);
        if (!option)
            throw std::logic_error("no option " + key + " of " + kind);
        auto* control = make_control(*option);
        options_.push_back(*option);
        controls_[key] = control;
        const QString text = option_label(key);
        if (auto* check = qobject_cast<QCheckBox*>(control)) {
            check->setText(text);
            form ? form->addRow(check) : row->addWidget(check);
            continue;
        }
        auto* label = new QLabel(text);
        label->setToolTip(control->toolTip());
        label->setBuddy(control);
        if (form)
            form->addRow(label, control);
        else {
            row->addWidget(label);
            row->addWidget(control);
            row->addSpacing(8);
        }
    }
    if (row)
        row->addStretch();
    reset();
}

QWidget* OptionForm::make_control(const Option& option) {
    QWidget* control = nullptr;
    if (option.list) {
        auto* line = new QLineEdit;
        if (option.default_value.empty())
            line->setPlaceholderText(tr("drawn"));
        connect(line, &QLineEdit::textChanged, this, &OptionForm::changed);
        control = line;
    } else if (option.type == OptionType::Int) {
        auto* box = whole_number(option);
        connect(box, &QSpinBox::valueChanged, this, &OptionForm::changed);
        control = box;
    } else if (option.type == OptionType::Float) {
        auto* box = real_number(option);
        connect(box, &QDoubleSpinBox::valueChanged, this, &OptionForm::changed);
        control = box;
    } else if (option.type == OptionType::Bool) {
        auto* box = new QCheckBox;
        connect(box, &QCheckBox::toggled, this, &OptionForm::changed);
        control = box;
    } else if (option.type == OptionType::Choice) {
        auto* box = new QComboBox;
        for (const std::string& choice : option.choices)
            if (std::find(option.later.begin(), option.later.end(), choice) == option.later.end())
                box->addItem(QString::fromStdString(choice));
        connect(box, &QComboBox::currentTextChanged, this, &OptionForm::changed);
        control = box;
    } else {
        auto* line = new QLineEdit;
        connect(line, &QLineEdit::textChanged, this, &OptionForm::changed);
        control = line;
    }
    control->setObjectName(QString::fromStdString(option.key()));
    control->setAccessibleName(option_label(option.key()));
    control->setToolTip(QCoreApplication::translate("Options", option.help.c_str()));
    return control;
}

json OptionForm::values() const {
    json values = json::object();
    for (const Option& option : options_) {
        const QWidget* control = controls_.at(option.key());
        try {
            values[option.key()] = option.list
                                       ? list_value(option, qobject_cast<const QLineEdit*>(control)->text())
                                       : value_of(control);
        } catch (const RequestError&) {
            values[option.key()] = option.default_value; // fault() tells
        }
    }
    return values;
}

QString OptionForm::fault() const {
    for (const Option& option : options_)
        try {
            if (option.list)
                list_value(option, qobject_cast<const QLineEdit*>(controls_.at(option.key()))->text());
        } catch (const RequestError& error) {
            return tr("%1: %2").arg(option_label(option.key()), QString::fromUtf8(error.what()));
        }
    return {};
}

void OptionForm::set_values(const json& values) {
    for (const Option& option : options_) {
        if (!values.contains(option.key()))
            continue;
        try {
            show_value(controls_.at(option.key()), checked_value(option, values[option.key()]));
        } catch (const RequestError&) {
            continue; // settings of another version
        }
    }
}

void OptionForm::reset() {
    for (const Option& option : options_)
        show_value(controls_.at(option.key()), option.default_value);
}

QWidget* OptionForm::control(const std::string& key) const {
    const auto found = controls_.find(key);
    return found == controls_.end() ? nullptr : found->second;
}

} // namespace moequant
