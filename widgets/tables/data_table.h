// A card with a table: sortable by the raw numbers, copied with Ctrl+C as shown, saved or copied as CSV.
#pragma once
#include "widgets/card.h"

class QAbstractItemModel;
class QSortFilterProxyModel;
class QTableView;

namespace moequant {

class DataTable : public Card {
    Q_OBJECT
  public:
    /// `model` stays the caller's; the empty state shows while it has no rows.
    DataTable(const QString& title, QAbstractItemModel* model, QWidget* parent = nullptr);
    QTableView* view() const { return view_; }
    /// This column takes the room that is left; all others fit their contents.
    void set_stretch_column(int column);
    void set_sortable(bool sortable);
    void copy_selection();
    void copy_csv();

  Q_SIGNALS:
    void message(const QString& text, bool error);
    /// The source model's row.
    void row_selected(int row);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void save_csv();
    void fit_columns();
    QAbstractItemModel* model_;
    QSortFilterProxyModel* proxy_;
    QTableView* view_;
    int stretch_ = -1;
};

} // namespace moequant
