#include "widgets/tables/comparison_model.h"

#include "widgets/tables/table_text.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QFont>

#include <cmath>

namespace moequant {
namespace {

QString signed_number(double value, int digits) {
    return (value < 0 ? QStringLiteral("−") : QStringLiteral("+")) +
           QString::number(std::abs(value), 'f', digits);
}

QString number(double value, int digits) {
    if (std::isinf(value))
        return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
    if (digits < 0)
        return QString::number(value, 'g', 6);
    // A value that its digits would round away is shown by its first figures.
    if (value != 0 && std::abs(value) < std::pow(10, -digits))
        return QString::number(value, 'g', 2);
    return QString::number(value, 'f', std::abs(value) >= 1e5 ? 0 : digits);
}

} // namespace

bool ComparisonCell::empty() const {
    return text.isEmpty() && std::isnan(value);
}

void ComparisonModel::set_rows(const QVector<ComparisonColumn>& columns, const QVector<ComparisonRow>& rows) {
    beginResetModel();
    columns_ = columns;
    rows_ = rows;
    for (auto& row : rows_)
        row.cells.resize(columns_.size());
    // A column is aligned as most of what it holds: numbers, with "inf" among them, to the right.
    of_text_.fill(false, columns_.size());
    for (int column = 0; column < columns_.size(); ++column) {
        int texts = 0, numbers = 0;
        for (const auto& row : std::as_const(rows_)) {
            texts += !row.cells[column].text.isEmpty();
            numbers += row.cells[column].text.isEmpty() && !std::isnan(row.cells[column].value);
        }
        of_text_[column] = texts > numbers;
    }
    base_ = -1;
    for (int row = 0; row < rows_.size(); ++row)
        if (!baseline_.isEmpty() && rows_[row].id == baseline_)
            base_ = row;
    endResetModel();
}

void ComparisonModel::set_baseline(const QString& id, Differences differences) {
    beginResetModel();
    baseline_ = id;
    differences_ = differences;
    base_ = -1;
    for (int row = 0; row < rows_.size(); ++row)
        if (!id.isEmpty() && rows_[row].id == id)
            base_ = row;
    endResetModel();
}

int ComparisonModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(rows_.size());
}

int ComparisonModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : 1 + int(columns_.size());
}

bool ComparisonModel::best(int row, int column) const {
    using Better = ComparisonColumn::Better;
    const auto better = columns_[column].better;
    const double value = rows_[row].cells[column].value;
    if (better == Better::Neither || rows_[row].published || !rows_[row].contender || !std::isfinite(value))
        return false;
    int measured = 0, worse = 0;
    for (const auto& other : rows_) {
        const double theirs = other.cells[column].value;
        if (other.published || !other.contender || !std::isfinite(theirs))
            continue;
        ++measured;
        worse += theirs != value;
        if (better == Better::Lower ? theirs < value : theirs > value)
            return false;
    }
    return measured > 1 && worse > 0;
}

QString ComparisonModel::value_text(int row, int column) const {
    const ComparisonCell& cell = rows_[row].cells[column];
    if (!cell.text.isEmpty())
        return cell.text;
    if (std::isnan(cell.value))
        return {};
    const double factor = columns_[column].percent ? 100 : 1;
    QString text = number(cell.value * factor, columns_[column].digits);
    if (std::isfinite(cell.margin))
        text += QStringLiteral(" ± ") + QString::number(cell.margin * factor, 'f', columns_[column].digits);
    return text;
}

// Shares differ by points, all else in percent of the baseline.
QString ComparisonModel::difference_text(int row, int column) const {
    if (base_ < 0 || row == base_)
        return {};
    const double value = rows_[row].cells[column].value, base = rows_[base_].cells[column].value;
    const auto& about = columns_[column];
    if (!std::isfinite(value) || !std::isfinite(base) || about.better == ComparisonColumn::Better::Neither)
        return {};
    if (about.percent)
        return tr("%1 pt").arg(signed_number(100 * (value - base), qMax(0, about.digits)));
    return base == 0 ? QString() : QStringLiteral("%1 %").arg(signed_number(100 * (value / base - 1), 2));
}

QString ComparisonModel::tip(int row, int column) const {
    const ComparisonRow& run = rows_[row];
    const ComparisonCell& cell = run.cells[column];
    QStringList lines{columns_[column].tip.isEmpty() ? columns_[column].title : columns_[column].tip};
    if (cell.empty())
        return {};
    lines.append(cell.text.isEmpty() ? QString::number(cell.value, 'g', 8) : cell.text);
    if (const QString difference = difference_text(row, column); !difference.isEmpty())
        lines.append(tr("%1 from %2").arg(difference, rows_[base_].name));
    if (std::isfinite(cell.low)) {
        lines.append(tr("95 % interval over the same windows: %1 % to %2 %")
                         .arg(signed_number(100 * cell.low, 2), signed_number(100 * cell.high, 2)));
        if (cell.low <= 0 && cell.high >= 0)
            lines.append(tr("No difference shown"));
    }
    if (run.published)
        lines.append(run.tip);
    return lines.join('\n');
}

QVariant ComparisonModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ComparisonRow& row = rows_[index.row()];
    const int column = index.column() - 1;
    const bool is_base = index.row() == base_;
    const auto* cell = column < 0 ? nullptr : &row.cells[column];
    switch (role) {
    case rank_role:
        return is_base ? 0 : row.published ? 2 : 1;
    case Qt::TextAlignmentRole:
        return QVariant((column < 0 || of_text_[column] ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        return row.published || (cell && cell->empty()) ? QVariant(muted_text(QApplication::palette()))
                                                        : QVariant();
    case Qt::FontRole: {
        QFont font = QApplication::font();
        font.setItalic(row.published);
        font.setBold(cell ? best(index.row(), column) : is_base);
        return font;
    }
    case Qt::ToolTipRole:
        return cell ? tip(index.row(), column) : row.tip.isEmpty() ? row.name : row.tip;
    case raw_role:
        if (!cell)
            return row.name;
        if (!cell->text.isEmpty())
            return cell->text;
        return std::isnan(cell->value) ? QVariant(QString()) : QVariant(cell->value);
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    if (!cell)
        return row.published ? row.name + QStringLiteral(" †")
               : is_base     ? tr("%1 (baseline)").arg(row.name)
                             : row.name;
    const QString value = value_text(index.row(), column);
    if (value.isEmpty())
        return QStringLiteral("–");
    if (differences_ == Differences::None || is_base)
        return value;
    QString difference = difference_text(index.row(), column);
    if (difference.isEmpty())
        return value;
    // A difference that the windows do not show is marked as one.
    if (std::isfinite(cell->low) && cell->low <= 0 && cell->high >= 0)
        difference += QStringLiteral(" ≈");
    return differences_ == Differences::Instead ? difference
                                                : QStringLiteral("%1  (%2)").arg(value, difference);
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    const int column = section - 1;
    if (role == Qt::TextAlignmentRole)
        return QVariant((of_text_.value(column, true) ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && column >= 0 && column < columns_.size())
        return columns_[column].tip;
    if (role != Qt::DisplayRole)
        return {};
    return column < 0 ? tr("Run") : columns_.value(column).title;
}

} // namespace moequant
