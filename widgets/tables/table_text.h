// Tables as text for the clipboard and for files.
#pragma once
#include "widgets/plots/series.h"

#include <QModelIndexList>

class QAbstractItemModel;

namespace moequant {

/// Models give the raw number of a cell under this role, for sorting and for CSV; the display role is
/// formatted.
inline constexpr int raw_role = Qt::UserRole;

/// RFC 4180 with line feeds.
QString to_csv(const TextTable& table);

/// Header and all rows; raw numbers where a cell has one.
TextTable text_of(const QAbstractItemModel& model);

/// The selected cells as they are shown, tabs between columns, in row order.
QString to_tsv(const QModelIndexList& cells);

} // namespace moequant
