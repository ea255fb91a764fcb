#include "app/workbench/frame/inspector.h"

#include "app/workbench/workbench.h"
#include "widgets/theme.h"

#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QSpinBox>
#include <QTimer>
#include <QVBoxLayout>

#include <cmath>
#include <numeric>

namespace moequant {

Inspector::Inspector(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      workbench_(workbench),
      layer_(new QSpinBox),
      expert_(new QSpinBox),
      facts_(new QWidget),
      hint_(new QLabel) {
    auto* choice = new QFormLayout;
    layer_->setAccessibleName(tr("Selected layer"));
    expert_->setAccessibleName(tr("Selected expert"));
    expert_->setSpecialValueText(tr("all"));
    expert_->setMinimum(-1);
    choice->addRow(tr("&Layer"), layer_);
    choice->addRow(tr("E&xpert"), expert_);
    hint_->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(12);
    layout->addLayout(choice);
    layout->addWidget(facts_);
    layout->addWidget(hint_);
    layout->addStretch();
    setMinimumWidth(216);
    connect(layer_, &QSpinBox::valueChanged, this,
            [this](int layer) { workbench_.select(layer, workbench_.expert()); });
    connect(expert_, &QSpinBox::valueChanged, this,
            [this](int expert) { workbench_.select(workbench_.layer(), expert); });
    auto* soon = new QTimer(this); // rows of a running quantization come many at a time
    soon->setSingleShot(true);
    soon->setInterval(200);
    connect(soon, &QTimer::timeout, this, &Inspector::refresh);
    connect(&workbench_, &Workbench::linear_added, soon, [soon] {
        if (!soon->isActive())
            soon->start();
    });
    for (const auto signal : {&Workbench::model_changed, &Workbench::selection_changed,
                              &Workbench::profiles_changed, &Workbench::quantization_changed})
        connect(&workbench_, signal, this, &Inspector::refresh);
    refresh();
}

void Inspector::add_row(const QString& name, const QString& value, const QColor& color) {
    auto* label = new QLabel(
        color.isValid()
            ? QStringLiteral("<span style='color:%1'>■</span> %2").arg(color.name(), name.toHtmlEscaped())
            : name);
    auto* number = new QLabel(value);
    number->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    number->setTextInteractionFlags(Qt::TextSelectableByMouse);
    rows_->addRow(label, number);
}

void Inspector::refresh() {
    const auto layers = workbench_.moe_layers();
    const int layer = workbench_.layer(), expert = workbench_.expert();
    {
        const QSignalBlocker quiet_layer(layer_), quiet_expert(expert_);
        layer_->setEnabled(!layers.isEmpty());
        expert_->setEnabled(!layers.isEmpty());
        layer_->setRange(layers.isEmpty() ? 0 : layers.first(), layers.isEmpty() ? 0 : layers.last());
        expert_->setMaximum(std::max(-1, workbench_.experts() - 1));
        layer_->setValue(layer);
        expert_->setValue(expert);
    }
    auto* fresh = new QWidget;
    delete layout()->replaceWidget(facts_, fresh); // the item alone
    facts_->deleteLater();
    facts_ = fresh;
    rows_ = new QFormLayout(facts_);
    rows_->setContentsMargins(0, 0, 0, 0);
    rows_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const QLocale locale(QLocale::English);
    const auto heading = [this](const QString& text) {
        auto* label = new QLabel(text);
        QFont font = label->font();
        font.setBold(true);
        label->setFont(font);
        label->setWordWrap(true);
        rows_->addRow(label);
    };
    bool any = false;
    for (const auto& profile : workbench_.profiles()) {
        const auto* usage = profile.usage.at(layer);
        if (!usage)
            continue;
        any = true;
        heading(profile.usage.name);
        const double total = std::max(1.0, std::accumulate(usage->counts.begin(), usage->counts.end(), 0.0));
        if (expert >= 0 && expert < usage->counts.size()) {
            add_row(tr("tokens"), locale.toString(qint64(usage->counts[expert])), profile.usage.color);
            add_row(tr("share"), QStringLiteral("%1 %").arg(100 * usage->counts[expert] / total, 0, 'f', 2));
        }
        const auto at = profile.layers.indexOf(layer);
        if (at >= 0)
            add_row(tr("layer CV"), QString::number(profile.cv[at], 'f', 3),
                    expert < 0 ? profile.usage.color : QColor());
    }
    if (const auto* quantization = workbench_.quantization()) {
        const double error = quantization->errors.value(layer, expert),
                     tokens = quantization->errors.tokens(layer, expert);
        if (std::isfinite(error) || std::isfinite(tokens)) {
            any = true;
            heading(tr("Quantized: %1").arg(quantization->name));
            add_row(tr("error"), std::isfinite(error) ? QStringLiteral("%1 %").arg(100 * error, 0, 'f', 2)
                                                      : tr("unknown"));
            if (std::isfinite(tokens))
                add_row(tr("tokens"), locale.toString(qint64(tokens)));
        }
    }
    hint_->setVisible(!any);
    hint_->setText(layers.isEmpty()
                       ? tr("Open a model to select its layers and experts.")
                       : tr("Click a bar or a cell on any page to see that expert's numbers here."));
}

} // namespace moequant
