// A card with a table: sortable by the raw numbers, copied with Ctrl+C as shown, saved or copied as CSV.
#pragma once
#include "widgets/card.h"

#include <QVector>

class QAbstractItemModel;
class QMenu;
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
    /// Shows the rows alone that have the text in any column, whatever the case.
    void set_filter(const QString& text);
    /// Source rows that are selected, in the order shown.
    QVector<int> selected_rows() const;
    /// Selects a source row, beside those that are selected already or alone; −1: none.
    void select_row(int row, bool beside = false);
    /// All rows as they are shown, filtered and sorted.
    const QAbstractItemModel& shown() const;
    /// The menu behind "⋯" and the right button, for more of the caller's actions.
    QMenu* table_menu() const { return menu_; }
    void copy_selection();
    void copy_csv();
    void copy_latex();
    void copy_markdown();

  Q_SIGNALS:
    void message(const QString& text, bool error);
    /// The source model's row.
    void row_selected(int row);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void save(const QString& suffix, const QString& filter, const QString& text);
    void fit_columns();
    QAbstractItemModel* model_;
    QSortFilterProxyModel* proxy_;
    QTableView* view_;
    QMenu* menu_;
    int stretch_ = -1;
};

} // namespace moequant
