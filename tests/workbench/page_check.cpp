#include "page_check.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QHash>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSet>
#include <QStyle>
#include <QStyleOptionComboBox>
#include <QTableView>
#include <QTextDocument>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

QString name_of(const QWidget* widget) {
    QString text = widget->metaObject()->className();
    text.remove("moequant::");
    if (!widget->accessibleName().isEmpty())
        text += " '" + widget->accessibleName() + '\'';
    else if (!widget->objectName().isEmpty())
        text += " '" + widget->objectName() + '\'';
    if (const auto* label = qobject_cast<const QLabel*>(widget))
        text += " \"" + label->text().left(40) + '"';
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
        text += " \"" + button->text() + '"';
    return text;
}

/// Parts of Qt's own controls, which lay themselves out.
bool of_qt(const QWidget* widget) {
    const QString name = widget->objectName();
    return name.startsWith("qt_") || qobject_cast<const QScrollBar*>(widget) ||
           qobject_cast<const QHeaderView*>(widget) ||
           (qobject_cast<const QLineEdit*>(widget) &&
            (qobject_cast<const QAbstractSpinBox*>(widget->parentWidget()) ||
             qobject_cast<const QComboBox*>(widget->parentWidget()))) ||
           qobject_cast<const QTableView*>(widget->parentWidget()) ||
           qobject_cast<const QScrollBar*>(widget->parentWidget());
}

bool in_scroll_area(const QWidget* widget) {
    for (const QWidget* at = widget->parentWidget(); at; at = at->parentWidget())
        if (const auto* area = qobject_cast<const QAbstractScrollArea*>(at); area && area->viewport() != at)
            return true;
    return false;
}

QString clipped(QWidget* widget) {
    if (widget->property("may_elide").toBool())
        return widget->toolTip().isEmpty() ? "may shorten its text but has no tooltip" : QString();
    const QString room = QString(" (%1 × %2)").arg(widget->width()).arg(widget->height());
    if (auto* label = qobject_cast<QLabel*>(widget)) {
        if (label->text().isEmpty())
            return {};
        if (label->wordWrap())
            return label->height() + 1 < label->heightForWidth(label->width()) ? "is cut below" + room
                                                                               : QString();
        const QSize needed = label->sizeHint();
        return label->width() + 1 < needed.width() || label->height() + 1 < needed.height()
                   ? QString("needs %1 × %2").arg(needed.width()).arg(needed.height()) + room
                   : QString();
    }
    if (auto* button = qobject_cast<QAbstractButton*>(widget)) {
        if (button->text().isEmpty())
            return {};
        const int text = button->fontMetrics().size(Qt::TextShowMnemonic, button->text()).width();
        return button->width() < text + 4 || button->height() + 1 < button->fontMetrics().height()
                   ? QString("its text needs %1").arg(text) + room
                   : QString();
    }
    if (auto* box = qobject_cast<QComboBox*>(widget)) {
        QStyleOptionComboBox option;
        option.initFrom(box);
        const QRect field =
            box->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, box);
        const int text = box->fontMetrics().horizontalAdvance(box->currentText());
        return text > field.width() ? QString("its choice needs %1 of %2").arg(text).arg(field.width())
                                    : QString();
    }
    if (auto* box = qobject_cast<QAbstractSpinBox*>(widget)) {
        const auto* line = box->findChild<QLineEdit*>();
        const int text = box->fontMetrics().horizontalAdvance(box->text());
        return line && text + 2 > line->width()
                   ? QString("its number needs %1 of %2").arg(text).arg(line->width())
                   : QString();
    }
    if (auto* line = qobject_cast<QLineEdit*>(widget); line && line->text().isEmpty()) {
        const int text = line->fontMetrics().horizontalAdvance(line->placeholderText());
        return text + 8 > line->width() ? QString("its hint needs %1").arg(text) + room : QString();
    }
    if (auto* table = qobject_cast<QTableView*>(widget)) {
        const auto* header = table->horizontalHeader();
        QStringList faults;
        for (int column = 0; table->model() && column < table->model()->columnCount(); ++column) {
            if (table->isColumnHidden(column))
                continue;
            const int width = table->columnWidth(column);
            const QString title = table->model()->headerData(column, Qt::Horizontal).toString();
            if (!header->isHidden() && header->fontMetrics().horizontalAdvance(title) + 4 > width)
                faults.append(QString("header '%1' is cut").arg(title));
            for (int row = 0; row < std::min(40, table->model()->rowCount()); ++row) {
                const auto index = table->model()->index(row, column);
                const QString text = index.data().toString();
                if (table->fontMetrics().horizontalAdvance(text) + 4 > width &&
                    index.data(Qt::ToolTipRole).toString().isEmpty()) {
                    faults.append(QString("cell '%1' is cut and has no tooltip").arg(text.left(60)));
                    break;
                }
            }
        }
        return faults.join(", ");
    }
    return {};
}

double luminance(const QColor& color) {
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

QList<QWidget*> shown(QWidget* page) {
    QList<QWidget*> list;
    for (auto* widget : page->findChildren<QWidget*>())
        if (widget->isVisibleTo(page) && !of_qt(widget) && !widget->isWindow())
            list.append(widget);
    return list;
}

bool takes_keyboard(const QWidget* widget) {
    return (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && widget->isEnabled();
}

} // namespace

double contrast(const QColor& a, const QColor& b) {
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

QStringList layout_faults(QWidget* page) {
    QStringList faults;
    const auto widgets = shown(page);
    for (auto* widget : widgets) {
        if (const QString fault = clipped(widget); !fault.isEmpty())
            faults.append(name_of(widget) + ": " + fault);
        const QWidget* parent = widget->parentWidget();
        if (!in_scroll_area(widget) && !parent->rect().adjusted(-1, -1, 1, 1).contains(widget->geometry()))
            faults.append(name_of(widget) + ": reaches out of " + name_of(parent));
        for (auto* sibling : parent->findChildren<QWidget*>(Qt::FindDirectChildrenOnly)) {
            if (sibling <= widget || !sibling->isVisibleTo(page) || sibling->isWindow() || of_qt(sibling) ||
                in_scroll_area(sibling) || qobject_cast<const QAbstractScrollArea*>(parent))
                continue;
            const QRect both = widget->geometry().intersected(sibling->geometry());
            if (both.width() > 1 && both.height() > 1)
                faults.append(name_of(widget) + ": lies over " + name_of(sibling));
        }
    }
    return faults;
}

QStringList contrast_faults(QWidget* page) {
    QStringList faults;
    const QImage image = page->grab().toImage().convertToFormat(QImage::Format_RGB32);
    const double scale = image.devicePixelRatio();
    for (auto* widget : shown(page)) {
        const auto* label = qobject_cast<QLabel*>(widget);
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        if ((!label || label->text().trimmed().isEmpty()) && (!button || button->text().isEmpty()))
            continue;
        if (!widget->isEnabled() || (label && label->text().contains("<span")))
            continue;
        const QRect area = QRect(widget->mapTo(page, QPoint()), widget->size()).intersected(page->rect());
        if (area.isEmpty() || widget->visibleRegion().boundingRect().size() != widget->size())
            continue;
        QHash<QRgb, int> colors;
        for (int y = int(area.top() * scale); y < int((area.bottom() + 1) * scale) && y < image.height(); ++y)
            for (int x = int(area.left() * scale); x < int((area.right() + 1) * scale) && x < image.width();
                 ++x)
                ++colors[image.pixel(x, y)];
        QRgb ground = 0;
        int most = 0;
        for (auto it = colors.cbegin(); it != colors.cend(); ++it)
            if (it.value() > most) {
                most = it.value();
                ground = it.key();
            }
        double best = 1;
        for (auto it = colors.cbegin(); it != colors.cend(); ++it)
            best = std::max(best, contrast(QColor(it.key()), QColor(ground)));
        // A mark of one character is a picture: 3 : 1 (WCAG 2.1, 1.4.11).
        const QString text = label ? label->text() : button->text();
        const bool mark = text.size() == 1 && !text[0].isLetterOrNumber();
        if (best < (mark ? 3 : 4.5))
            faults.append(QString("%1: contrast %2").arg(name_of(widget)).arg(best, 0, 'f', 2));
    }
    return faults;
}

QStringList unnamed_controls(QWidget* page) {
    QStringList faults;
    for (auto* widget : page->findChildren<QWidget*>()) {
        const QString type = widget->metaObject()->className();
        if (widget->focusPolicy() == Qt::NoFocus || of_qt(widget) || type.startsWith("QTab") ||
            type == "QMenu" || type == "QComboBoxListView" || (type == "QPushButton" && widget->isHidden()))
            continue;
        auto* interface = QAccessible::queryAccessibleInterface(widget);
        if (interface && interface->text(QAccessible::Name).isEmpty())
            faults.append(name_of(widget) + " in " + name_of(widget->parentWidget()));
    }
    return faults;
}

QStringList unreached_controls(QWidget* page) {
    QSet<QWidget*> chain;
    for (QWidget* at = page->window()->nextInFocusChain(); at && !chain.contains(at);
         at = at->nextInFocusChain())
        chain.insert(at);
    QStringList faults;
    for (auto* widget : shown(page)) {
        const bool control = qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
                             qobject_cast<QAbstractSpinBox*>(widget) || qobject_cast<QLineEdit*>(widget);
        if (!control || !widget->isEnabled())
            continue;
        if (!takes_keyboard(widget) || !chain.contains(widget))
            faults.append(name_of(widget));
    }
    return faults;
}

double difference(const QImage& a, const QImage& b) {
    if (a.size() != b.size())
        return 1;
    const QImage x = a.convertToFormat(QImage::Format_RGB32), y = b.convertToFormat(QImage::Format_RGB32);
    qint64 apart = 0;
    for (int row = 0; row < x.height(); ++row) {
        const auto* p = reinterpret_cast<const QRgb*>(x.constScanLine(row));
        const auto* q = reinterpret_cast<const QRgb*>(y.constScanLine(row));
        for (int i = 0; i < x.width(); ++i)
            apart += std::abs(qRed(p[i]) - qRed(q[i])) > 24 || std::abs(qGreen(p[i]) - qGreen(q[i])) > 24 ||
                     std::abs(qBlue(p[i]) - qBlue(q[i])) > 24;
    }
    return double(apart) / (double(x.width()) * x.height());
}

} // namespace moequant
