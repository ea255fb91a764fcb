#include "widgets/plots/plot_view.h"

#include "widgets/plots/figure_dialog.h"
#include "widgets/plots/figure_file.h"
#include "widgets/plots/key_row.h"
#include "widgets/tables/table_text.h"

#include <qcustomplot.h>

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QToolTip>

namespace moequant {

PlotView::PlotView(const QString& title, QWidget* parent) : Card(title, parent), plot_(new QCustomPlot) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(title);
    setMinimumSize(240, 170);
    plot_->setNoAntialiasingOnDrag(true);
    plot_->setAutoAddPlottableToLegend(false);
    plot_->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    plot_->setFocusPolicy(Qt::NoFocus);
    plot_->setMouseTracking(true);
    plot_->installEventFilter(this);
    plot_->setContextMenuPolicy(Qt::CustomContextMenu);
    // The key stands in a row of its own above the axes, so that it never covers data.
    key_ = new KeyRow(plot_);
    plot_->legend->setVisible(false);
    plot_->plotLayout()->insertRow(0);
    plot_->plotLayout()->addElement(0, 0, key_);
    plot_->plotLayout()->setRowSpacing(0);
    key_->setMargins(QMargins(8, 0, 8, 0));
    axes()->setMinimumMargins(QMargins(8, 6, 10, 8));

    auto* menu = make_menu();
    set_menu(menu, tr("Save or copy this picture"));
    connect(plot_, &QWidget::customContextMenuRequested, this,
            [this, menu](const QPoint& at) { menu->popup(plot_->mapToGlobal(at)); });
    set_content(plot_);
    style_ = screen_style(palette(), font());
}

QCPAxisRect* PlotView::axes() const {
    return plot_->axisRect();
}

QMenu* PlotView::make_menu() {
    auto* menu = new QMenu(this);
    menu->addAction(tr("&Save picture…"), this, &PlotView::save_picture);
    menu->addAction(tr("&Copy picture"), this, &PlotView::copy_picture);
    menu->addAction(tr("Copy &data as CSV"), this, &PlotView::copy_data);
    menu->addSeparator();
    menu->addAction(tr("Show &all"), this, &PlotView::reset_view);
    return menu;
}

void PlotView::reset_view() {
    reset_axes();
    redraw();
}

void PlotView::redraw() {
    if (isVisible())
        plot_->replot(QCustomPlot::rpQueuedReplot);
    else
        stale_ = true;
}

void PlotView::restyle() {
    use_style(style_);
}

void PlotView::describe(const QString& text) {
    setAccessibleName(title());
    setAccessibleDescription(text);
}

void PlotView::use_style(const PlotStyle& style) {
    style_ = style;
    plot_->setBackground(style.background);
    for (auto* rect : plot_->axisRects())
        for (auto* axis : rect->axes())
            style_axis(axis, style);
    apply_style(style);
    key_->set(key(), style);
    key_->fit(plot_->width() - 16, true);
}

QVector<KeyEntry> PlotView::key_entries() const {
    return key_->entries();
}

void PlotView::resizeEvent(QResizeEvent* event) {
    Card::resizeEvent(event);
    key_->fit(width() - 36, true);
}

void PlotView::paint_figure(QCPPainter* painter, const QSize& size, bool with_key) {
    const PlotStyle screen = style_;
    const QRect viewport = plot_->viewport();
    use_style(print_style());
    key_->fit(size.width() - 16, with_key);
    plot_->toPainter(painter, size.width(), size.height());
    use_style(screen);
    plot_->setViewport(viewport);
    redraw();
}

void PlotView::save_picture() {
    auto* dialog = new FigureDialog(title(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &FigureDialog::chosen, this, [this](const QString& path, const FigureSize& size) {
        const QString fault = save_figure({{this, QString()}}, 1, path, size);
        Q_EMIT message(fault.isEmpty() ? tr("Saved %1").arg(path) : fault, !fault.isEmpty());
    });
    dialog->open();
}

void PlotView::copy_picture() {
    const FigureSize size{170, 170.0 * height() / qMax(1, width()), 200};
    QApplication::clipboard()->setImage(figure_image({{this, QString()}}, 1, size));
    Q_EMIT message(tr("Picture copied"), false);
}

void PlotView::copy_data() {
    QApplication::clipboard()->setText(to_csv(data()));
    Q_EMIT message(tr("Data copied as CSV"), false);
}

void PlotView::changeEvent(QEvent* event) {
    Card::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        use_style(screen_style(palette(), font()));
        redraw();
    }
}

void PlotView::showEvent(QShowEvent* event) {
    Card::showEvent(event);
    // QCustomPlot 2.1.0 keeps the pixel ratio of the screen it was made for.
    plot_->setBufferDevicePixelRatio(devicePixelRatioF());
    if (stale_) {
        stale_ = false;
        plot_->replot(QCustomPlot::rpQueuedReplot);
    }
}

void PlotView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left:
        return step_selection(0, -1);
    case Qt::Key_Right:
        return step_selection(0, 1);
    case Qt::Key_Up:
        return step_selection(-1, 0);
    case Qt::Key_Down:
        return step_selection(1, 0);
    case Qt::Key_Home:
        return reset_view();
    default:
        break;
    }
    if (event->matches(QKeySequence::Copy))
        return copy_data();
    Card::keyPressEvent(event);
}

void PlotView::paintEvent(QPaintEvent* event) {
    Card::paintEvent(event);
    if (!hasFocus())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
}

bool PlotView::eventFilter(QObject* watched, QEvent* event) {
    if (watched != plot_)
        return Card::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::ToolTip:
        return true;
    case QEvent::MouseMove: {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const QPoint at = mouse->position().toPoint();
        const QString text = mouse->buttons() == Qt::NoButton ? readout(at) : QString();
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(mouse->globalPosition().toPoint(), text, plot_);
        break;
    }
    case QEvent::MouseButtonPress:
        pressed_ = static_cast<QMouseEvent*>(event)->position().toPoint();
        setFocus(Qt::MouseFocusReason);
        break;
    case QEvent::MouseButtonRelease: {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const QPoint at = mouse->position().toPoint();
        if (mouse->button() == Qt::LeftButton && (at - pressed_).manhattanLength() < 4)
            clicked(at);
        break;
    }
    case QEvent::MouseButtonDblClick:
        reset_view();
        break;
    default:
        break;
    }
    return Card::eventFilter(watched, event);
}

} // namespace moequant
