#include "widgets/flow_layout.h"

#include <QWidget>

namespace moequant {

FlowLayout::~FlowLayout() {
    qDeleteAll(items_);
}

void FlowLayout::insert_widget(int index, QWidget* widget) {
    addWidget(widget);
    items_.move(items_.size() - 1, qBound(0, index, int(items_.size()) - 1));
    invalidate();
}

QLayoutItem* FlowLayout::takeAt(int index) {
    return index >= 0 && index < items_.size() ? items_.takeAt(index) : nullptr;
}

QSize FlowLayout::minimumSize() const {
    QSize size;
    for (const auto* item : items_)
        size = size.expandedTo(item->minimumSize());
    const auto margins = contentsMargins();
    return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

void FlowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int FlowLayout::arrange(const QRect& rect, bool move) const {
    const auto margins = contentsMargins();
    const QRect room = rect.marginsRemoved(margins);
    const int gap = qMax(0, spacing());
    int x = room.left(), y = room.top(), height = 0;
    for (auto* item : items_) {
        if (item->isEmpty())
            continue;
        const QSize size = item->sizeHint();
        if (x > room.left() && x + size.width() > room.left() + room.width()) {
            x = room.left();
            y += height + gap / 2;
            height = 0;
        }
        if (move)
            item->setGeometry(QRect(QPoint(x, y), size));
        x += size.width() + gap;
        height = qMax(height, size.height());
    }
    return y + height - rect.top() + margins.bottom();
}

} // namespace moequant
