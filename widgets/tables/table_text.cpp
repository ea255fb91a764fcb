#include "widgets/tables/table_text.h"

#include <QAbstractItemModel>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

QString quoted(const QString& cell) {
    if (!cell.contains(',') && !cell.contains('"') && !cell.contains('\n') && !cell.contains('\r'))
        return cell;
    return '"' + QString(cell).replace('"', QLatin1String("\"\"")) + '"';
}

QString raw_text(const QModelIndex& index) {
    const QVariant raw = index.data(raw_role);
    if (raw.userType() == QMetaType::Double)
        return std::isfinite(raw.toDouble()) ? QString::number(raw.toDouble(), 'g', 12) : QString();
    return raw.isValid() ? raw.toString() : index.data().toString();
}

} // namespace

QString to_csv(const TextTable& table) {
    QString text;
    const auto append = [&text](const QStringList& cells) {
        for (int i = 0; i < cells.size(); ++i)
            text += (i ? "," : "") + quoted(cells[i]);
        text += '\n';
    };
    append(table.columns);
    for (const auto& row : table.rows)
        append(row);
    return text;
}

TextTable text_of(const QAbstractItemModel& model) {
    TextTable table;
    for (int column = 0; column < model.columnCount(); ++column)
        table.columns.append(model.headerData(column, Qt::Horizontal).toString());
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells.append(raw_text(model.index(row, column)));
        table.rows.append(cells);
    }
    return table;
}

QString to_tsv(const QModelIndexList& cells) {
    QModelIndexList sorted = cells;
    std::sort(sorted.begin(), sorted.end(), [](const QModelIndex& a, const QModelIndex& b) {
        return a.row() != b.row() ? a.row() < b.row() : a.column() < b.column();
    });
    QString text;
    for (int i = 0; i < sorted.size(); ++i) {
        if (i > 0)
            text += sorted[i].row() == sorted[i - 1].row() ? '\t' : '\n';
        text += sorted[i].data().toString().replace('\t', ' ').replace('\n', ' ');
    }
    return text;
}

} // namespace moequant
