#include "app/workbench/pages/source_bar.h"

#include "widgets/colors.h"
#include "widgets/flow_layout.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

namespace moequant {
namespace {

QIcon swatch(const QColor& color) {
    QPixmap pixmap(24, 24);
    pixmap.setDevicePixelRatio(2);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.fillRect(QRectF(1, 1, 10, 10), color);
    return QIcon(pixmap);
}

QString tip_of(const QString& spec) {
    if (spec == "ebss")
        return QObject::tr("Sequences that the model writes itself so that its experts are used evenly; "
                           "searched with the values "
                           "chosen on page EBSS, by the balanced preset until then");
    if (spec.startsWith("balanced:"))
        return QObject::tr("Windows of the corpus that are chosen so that the experts are used evenly");
    if (spec.startsWith("builtin:"))
        return QObject::tr("Our own texts, always there");
    return spec.contains(':')
               ? spec
               : QObject::tr("Found in the data folder ($MOEQUANT_DATA), or fetched with: moequant fetch %1")
                     .arg(spec);
}

} // namespace

QStringList known_sources() {
    return {"wikitext2",     "ebss",          "c4",          "gsm8k", "humaneval",
            "builtin:prose", "builtin:maths", "builtin:code"};
}

SourceBar::SourceBar(Settings& settings, QWidget* parent)
    : QWidget(parent), settings_(settings), row_(new FlowLayout(this)) {
    row_->setContentsMargins(0, 0, 0, 0);
    row_->setSpacing(10);
    auto* more = new QToolButton;
    more->setText(tr("Add…"));
    more->setToolTip(tr("Calibrate with a file of your own"));
    more->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(this);
    menu->addAction(tr("&Text file…"), this,
                    [this] { choose_file("text", tr("Text (*.txt *.md);;All files (*)")); });
    menu->addAction(tr("&JSON lines with a text field…"), this,
                    [this] { choose_file("jsonl", tr("JSON lines (*.jsonl *.json *.gz);;All files (*)")); });
    menu->addAction(tr("Calibration &set, published or written by EBSS…"), this,
                    [this] { choose_file("tokens", tr("Calibration sets (*.jsonl *.json *.gz)")); });
    menu->addSeparator();
    menu->addAction(tr("Balanced &WikiText-2: windows chosen for even use"), this,
                    [this] { add(QStringLiteral("balanced:wikitext2")); });
    more->setMenu(menu);
    row_->addWidget(more);
    const QStringList ticked = settings_.sources();
    for (const QString& spec : known_sources())
        add_box(spec, ticked.contains(spec));
    for (const QString& spec : settings_.added_sources())
        if (spec.startsWith("balanced:") || QFileInfo(spec.section(':', 1).section('#', 0, 0)).isFile()) {
            added_.append(spec);
            add_box(spec, ticked.contains(spec));
        }
}

void SourceBar::add_box(const QString& spec, bool ticked) {
    auto* box = new QCheckBox(source_title(spec));
    box->setIcon(swatch(source_color(spec)));
    box->setIconSize(QSize(12, 12));
    box->setToolTip(tip_of(spec));
    box->setAccessibleName(tr("Source %1").arg(source_title(spec)));
    box->setObjectName(spec);
    box->setChecked(ticked);
    row_->insert_widget(row_->count() - 1, box);
    boxes_.append({spec, box});
    connect(box, &QCheckBox::toggled, this, [this] {
        remember();
        Q_EMIT changed();
    });
}

QStringList SourceBar::ticked() const {
    QStringList specs;
    for (const auto& [spec, box] : boxes_)
        if (box->isChecked())
            specs.append(spec);
    return specs;
}

void SourceBar::add(const QString& spec) {
    for (const auto& [known, box] : boxes_)
        if (known == spec)
            return box->setChecked(true);
    added_.append(spec);
    add_box(spec, true);
    remember();
    Q_EMIT changed();
}

void SourceBar::tick_only(const QStringList& specs) {
    for (const auto& [spec, box] : boxes_)
        box->setChecked(specs.contains(spec));
    for (const QString& spec : specs)
        add(spec);
}

void SourceBar::choose_file(const QString& kind, const QString& filter) {
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Add a source"), settings_.last_folder("sources"), filter);
    if (path.isEmpty())
        return;
    settings_.set_last_folder("sources", QFileInfo(path).path());
    add(kind + ':' + path);
}

void SourceBar::remember() {
    settings_.set_sources(ticked(), added_);
}

} // namespace moequant
