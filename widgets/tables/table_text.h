// Tables as text for the clipboard and for files.
#pragma once
#include "widgets/plots/series.h"

#include <QModelIndexList>

class QAbstractItemModel;

namespace moequant {

/// Models give the raw number of a cell under this role, for sorting and for CSV; the display role is
/// formatted.
inline constexpr int raw_role = Qt::UserRole;

/// Rows of a smaller number under this role stay above the others in every order.
inline constexpr int rank_role = Qt::UserRole + 1;

/// RFC 4180 with line feeds.
QString to_csv(const TextTable& table);

/// A Markdown table; cells of numbers are aligned right.
QString to_markdown(const TextTable& table);

/// A booktabs tabular. `bold[row]` holds the columns that stand out; may be shorter than the table.
QString to_latex(const TextTable& table, const QVector<QVector<int>>& bold = {});

/// Header and all rows as they are shown, and which cells of them are bold.
struct ShownTable {
    TextTable text;
    QVector<QVector<int>> bold;
};
ShownTable shown_text(const QAbstractItemModel& model);

/// Header and all rows; raw numbers where a cell has one.
TextTable text_of(const QAbstractItemModel& model);

/// The selected cells as they are shown, tabs between columns, in row order.
QString to_tsv(const QModelIndexList& cells);

} // namespace moequant
