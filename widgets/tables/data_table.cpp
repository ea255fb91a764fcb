#include "widgets/tables/data_table.h"

#include "widgets/tables/table_text.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QSaveFile>
#include <QSortFilterProxyModel>
#include <QTableView>

#include <algorithm>

namespace moequant {
namespace {

/// Sorts by the raw numbers. Rows of a smaller rank stay above whatever the order; what has no number stays
/// below.
class RawOrder : public QSortFilterProxyModel {
  public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

  protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override {
        const bool up = sortOrder() == Qt::AscendingOrder;
        const int a = left.data(rank_role).toInt(), b = right.data(rank_role).toInt();
        if (a != b)
            return up ? a < b : a > b;
        const QVariant x = left.data(sortRole()), y = right.data(sortRole());
        const bool empty_x = x.toString().isEmpty(), empty_y = y.toString().isEmpty();
        if (empty_x != empty_y)
            return up ? empty_y : empty_x;
        return QSortFilterProxyModel::lessThan(left, right);
    }
};

} // namespace

DataTable::DataTable(const QString& title, QAbstractItemModel* model, QWidget* parent)
    : Card(title, parent), model_(model), proxy_(new RawOrder(this)), view_(new QTableView) {
    proxy_->setSourceModel(model);
    proxy_->setSortRole(raw_role);
    view_->setModel(proxy_);
    view_->setAccessibleName(title);
    view_->setFrameShape(QFrame::NoFrame);
    view_->setShowGrid(false);
    view_->setAlternatingRowColors(true);
    view_->setWordWrap(false);
    view_->setSelectionBehavior(QAbstractItemView::SelectRows);
    view_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view_->setTabKeyNavigation(false);
    view_->verticalHeader()->hide();
    view_->verticalHeader()->setDefaultSectionSize(view_->fontMetrics().height() + 8);
    view_->horizontalHeader()->setHighlightSections(false);
    view_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    view_->installEventFilter(this);

    proxy_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    proxy_->setFilterKeyColumn(-1);
    auto* menu = menu_ = new QMenu(this);
    menu->addAction(tr("Copy &selected rows"), this, &DataTable::copy_selection);
    menu->addAction(tr("&Copy all as CSV"), this, &DataTable::copy_csv);
    menu->addAction(tr("Copy all as &LaTeX"), this, &DataTable::copy_latex);
    menu->addAction(tr("Copy all as &Markdown"), this, &DataTable::copy_markdown);
    menu->addSeparator();
    menu->addAction(tr("Save as CS&V…"), this,
                    [this] { save(QStringLiteral("csv"), tr("CSV (*.csv)"), to_csv(text_of(*proxy_))); });
    menu->addAction(tr("Save as La&TeX…"), this, [this] {
        const ShownTable shown = shown_text(*proxy_);
        save(QStringLiteral("tex"), tr("LaTeX (*.tex)"), to_latex(shown.text, shown.bold));
    });
    set_menu(menu, tr("Save or copy this table"));
    view_->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(view_, &QWidget::customContextMenuRequested, this,
            [this, menu](const QPoint& at) { menu->popup(view_->viewport()->mapToGlobal(at)); });
    set_content(view_);

    const auto show = [this] {
        show_content(model_->rowCount() > 0);
        fit_columns();
    };
    connect(model, &QAbstractItemModel::modelReset, this, show);
    connect(model, &QAbstractItemModel::rowsInserted, this, show);
    connect(model, &QAbstractItemModel::rowsRemoved, this, show);
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& now) {
                if (now.isValid())
                    Q_EMIT row_selected(proxy_->mapToSource(now).row());
            });
    show();
}

void DataTable::set_stretch_column(int column) {
    stretch_ = column;
    fit_columns();
}

// A model that gets other columns loses its modes.
void DataTable::fit_columns() {
    auto* header = view_->horizontalHeader();
    for (int column = 0; column < header->count(); ++column)
        header->setSectionResizeMode(column, column == stretch_ ? QHeaderView::Stretch
                                                                : QHeaderView::ResizeToContents);
}

void DataTable::set_sortable(bool sortable) {
    view_->setSortingEnabled(sortable);
    view_->sortByColumn(-1, Qt::AscendingOrder); // the model's own order until a header is clicked
}

void DataTable::copy_selection() {
    QApplication::clipboard()->setText(to_tsv(view_->selectionModel()->selectedIndexes()));
}

void DataTable::copy_csv() {
    QApplication::clipboard()->setText(to_csv(text_of(*proxy_)));
    Q_EMIT message(tr("Table copied as CSV"), false);
}

void DataTable::copy_latex() {
    const ShownTable shown = shown_text(*proxy_);
    QApplication::clipboard()->setText(to_latex(shown.text, shown.bold));
    Q_EMIT message(tr("Table copied as LaTeX"), false);
}

void DataTable::copy_markdown() {
    QApplication::clipboard()->setText(to_markdown(shown_text(*proxy_).text));
    Q_EMIT message(tr("Table copied as Markdown"), false);
}

void DataTable::set_filter(const QString& text) {
    proxy_->setFilterFixedString(text);
}

QVector<int> DataTable::selected_rows() const {
    QVector<int> rows;
    auto selected = view_->selectionModel()->selectedRows();
    std::sort(selected.begin(), selected.end());
    for (const QModelIndex& index : selected)
        rows.append(proxy_->mapToSource(index).row());
    return rows;
}

void DataTable::select_row(int row, bool beside) {
    const QModelIndex index = row < 0 ? QModelIndex() : proxy_->mapFromSource(model_->index(row, 0));
    auto* selection = view_->selectionModel();
    if (!index.isValid())
        return selection->clearSelection();
    selection->select(index, (beside ? QItemSelectionModel::Select : QItemSelectionModel::ClearAndSelect) |
                                 QItemSelectionModel::Rows);
    view_->scrollTo(index);
}

const QAbstractItemModel& DataTable::shown() const {
    return *proxy_;
}

void DataTable::save(const QString& suffix, const QString& filter, const QString& text) {
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save table"), title().toLower().replace(' ', '-') + '.' + suffix, filter);
    if (path.isEmpty())
        return;
    QSaveFile file(path);
    const bool good = file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) >= 0 && file.commit();
    Q_EMIT message(good ? tr("Saved %1").arg(path) : QStringLiteral("%1: %2").arg(path, file.errorString()),
                   !good);
}

bool DataTable::eventFilter(QObject* watched, QEvent* event) {
    if (watched == view_ && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        copy_selection();
        return true;
    }
    return Card::eventFilter(watched, event);
}

} // namespace moequant
