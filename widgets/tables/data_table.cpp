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

namespace moequant {

DataTable::DataTable(const QString& title, QAbstractItemModel* model, QWidget* parent)
    : Card(title, parent), model_(model), proxy_(new QSortFilterProxyModel(this)), view_(new QTableView) {
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

    auto* menu = new QMenu(this);
    menu->addAction(tr("Copy &selected rows"), this, &DataTable::copy_selection);
    menu->addAction(tr("&Copy all as CSV"), this, &DataTable::copy_csv);
    menu->addAction(tr("Save as CS&V…"), this, &DataTable::save_csv);
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

void DataTable::save_csv() {
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save table"), title().toLower().replace(' ', '-') + ".csv", tr("CSV (*.csv)"));
    if (path.isEmpty())
        return;
    QSaveFile file(path);
    const bool good = file.open(QIODevice::WriteOnly) && file.write(to_csv(text_of(*proxy_)).toUtf8()) >= 0 &&
                      file.commit();
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
