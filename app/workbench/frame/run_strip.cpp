#include "app/workbench/frame/run_strip.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QProgressBar>
#include <QToolButton>

#include <cmath>

namespace moequant {
namespace {

using nlohmann::json;

double number(const json& object, const char* name) {
    return object.contains(name) && object[name].is_number() ? object[name].get<double>() : std::nan("");
}

QString text_field(const json& object, const char* name) {
    return object.contains(name) && object[name].is_string()
               ? QString::fromStdString(object[name].get<std::string>())
               : QString();
}

} // namespace

QString duration_text(double seconds) {
    const qint64 whole = qint64(std::lround(std::max(0.0, seconds)));
    if (whole >= 3600)
        return QObject::tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
    return whole >= 60 ? QObject::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60)
                       : QObject::tr("%1 s").arg(whole);
}

RunStrip::RunStrip(QWidget* parent)
    : QWidget(parent),
      what_(new QLabel),
      rate_(new QLabel),
      left_(new QLabel),
      bar_(new QProgressBar),
      stop_(new QToolButton),
      after_layer_(nullptr) {
    what_->setMinimumWidth(240);
    bar_->setTextVisible(true);
    bar_->setMaximumHeight(18);
    bar_->setMinimumWidth(160);
    bar_->setAccessibleName(tr("Progress of the running job"));
    auto* menu = new QMenu(this);
    after_layer_ = menu->addAction(tr("After this &layer"), this, [this] { Q_EMIT stop_asked(true); });
    menu->addAction(tr("&Now"), this, [this] { Q_EMIT stop_asked(false); });
    stop_->setText(tr("Stop"));
    stop_->setToolTip(
        tr("End the running job (Esc); a stopped quantization goes on later from its last finished layer"));
    stop_->setAccessibleName(tr("Stop the running job"));
    stop_->setPopupMode(QToolButton::InstantPopup);
    stop_->setMenu(menu);
    stop_->setToolButtonStyle(Qt::ToolButtonTextOnly);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 2, 8, 2);
    layout->setSpacing(12);
    layout->addWidget(what_, 2);
    layout->addWidget(bar_, 3);
    layout->addWidget(rate_);
    layout->addWidget(left_);
    layout->addWidget(stop_);
    setFixedHeight(34);
    show_idle(tr("Ready"));
}

void RunStrip::show_idle(const QString& text) {
    what_->setText(text);
    rate_->clear();
    left_->clear();
    for (QWidget* widget : std::initializer_list<QWidget*>{bar_, stop_, rate_, left_})
        widget->hide();
}

void RunStrip::show_job(const QString& title, const QString& stage, int waiting, bool by_layer) {
    stage_ = stage;
    title_ = waiting > 0 ? tr("%1 (%n more waiting)", nullptr, waiting).arg(title) : title;
    what_->setText(title_ + u'…');
    bar_->setRange(0, 0);
    rate_->clear();
    left_->clear();
    after_layer_->setEnabled(by_layer);
    for (QWidget* widget : std::initializer_list<QWidget*>{bar_, stop_, rate_, left_})
        widget->show();
}

void RunStrip::show_progress(const json& progress) {
    const double done = number(progress, "done"), total = number(progress, "total"),
                 layer = number(progress, "layer");
    const double rate = number(progress, "rate"), left = number(progress, "left_s");
    QString what = title_;
    if (const QString stage = text_field(progress, "stage"); !stage.isEmpty() && stage != stage_)
        what += QStringLiteral(": ") + stage;
    if (std::isfinite(layer))
        what += tr(", layer %1").arg(int(layer));
    what_->setText(what);
    const double part = total > 0 ? done / total : 0;
    if (std::isfinite(part)) {
        bar_->setRange(0, 1000);
        bar_->setValue(int(1000 * part));
        bar_->setFormat(QStringLiteral("%1 %").arg(int(100 * part)));
    }
    const QLocale locale(QLocale::English);
    rate_->setText(std::isfinite(rate) && rate > 0
                       ? QStringLiteral("%1 %2/s").arg(locale.toString(rate, 'f', rate < 10 ? 1 : 0),
                                                       text_field(progress, "unit"))
                       : QString());
    left_->setText(std::isfinite(left) && part > 0.02 ? tr("%1 left").arg(duration_text(left)) : QString());
}

QString RunStrip::text() const {
    return what_->text();
}

} // namespace moequant
