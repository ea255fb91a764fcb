#include "app/workbench/pages/log_page.h"

#include "app/workbench/learn/topics.h"
#include "widgets/tables/data_table.h"

#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

namespace moequant {

LogPage::LogPage(Workbench& workbench, QWidget* parent) : Page(workbench, tr("What was said?"), parent) {
    auto* table = new DataTable(tr("Log"), &log_);
    table->set_stretch_column(LogModel::Text);
    table->set_empty(tr("Lists what the worker and the window report, warnings among it."));
    table->set_explanation(explanation("log"));
    body()->addWidget(table);
    connect(table, &DataTable::message, this, &Page::tell);
    connect(&workbench_.worker(), &WorkerClient::log, &log_, &LogModel::append);
    connect(&workbench_.worker(), &WorkerClient::accepted, this,
            [this](qint64, const auto&, const QString& run) {
                if (!run.isEmpty())
                    log_.append(tr("Run folder: %1").arg(run), false);
            });
    connect(&workbench_, &Workbench::job_finished, this,
            [this](const ActiveJob& job) { log_.append(tr("%1: done").arg(job.title), false); });
    connect(&workbench_, &Workbench::job_failed, this,
            [this](const ActiveJob& job, const RequestFailure& failure) {
                log_.append(tr("%1: %2").arg(job.title, failure.text), failure.code != "cancelled");
            });
    connect(&log_, &QAbstractItemModel::rowsInserted, table, [table] {
        auto* bar = table->view()->verticalScrollBar();
        if (bar->value() >= bar->maximum() - 1) // follow, unless someone reads further up
            QMetaObject::invokeMethod(table->view(), &QTableView::scrollToBottom, Qt::QueuedConnection);
    });
}

} // namespace moequant
