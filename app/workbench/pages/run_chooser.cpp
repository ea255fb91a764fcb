#include "app/workbench/pages/run_chooser.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QSignalBlocker>

namespace moequant {
namespace {

const QString open_entry = QStringLiteral("?"); ///< data of "Open a folder…"

} // namespace

QString run_label(const LibraryRun& run) {
    return QStringLiteral("%1 · %2").arg(run.title(), QString(run.time).replace('T', ' ').mid(5, 11));
}

RunChooser::RunChooser(Workbench& workbench, const QString& none, QWidget* parent)
    : QComboBox(parent), workbench_(workbench), none_(none) {
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(18);
    setProperty("no_undo", true);
    connect(this, &QComboBox::activated, this, &RunChooser::choose);
    connect(&workbench_.runs(), &RunLibrary::changed, this, &RunChooser::fill);
    connect(&workbench_, &Workbench::model_changed, this, &RunChooser::fill);
    fill();
}

void RunChooser::set_folder(const QString& folder) {
    chosen_ = folder;
    if (!folder.isEmpty() && findData(folder) < 0)
        added_.append(folder);
    fill();
}

void RunChooser::set_none(const QString& none) {
    none_ = none;
    fill();
}

// Runs of the open model first; those of others follow, named with it.
void RunChooser::fill() {
    const QSignalBlocker quiet(this);
    clear();
    addItem(none_, QString());
    const auto runs = workbench_.runs().runs_of(QStringLiteral("quantize"), RunState::Finished);
    for (const bool own : {true, false})
        for (const auto* run : runs) {
            if ((run->model == workbench_.model()) != own || !run->read)
                continue;
            addItem(own ? run_label(*run)
                        : QStringLiteral("%1 (%2)").arg(run_label(*run), QFileInfo(run->model).fileName()),
                    run->folder);
            setItemData(count() - 1, run->folder, Qt::ToolTipRole);
        }
    for (const QString& folder : added_)
        if (findData(folder) < 0) {
            addItem(QFileInfo(folder).fileName(), folder);
            setItemData(count() - 1, folder, Qt::ToolTipRole);
        }
    insertSeparator(count());
    addItem(tr("Open a run's folder…"), open_entry);
    setCurrentIndex(std::max(0, findData(chosen_)));
}

void RunChooser::choose(int index) {
    QString folder = itemData(index).toString();
    if (folder == open_entry) {
        folder = QFileDialog::getExistingDirectory(this, tr("Open a run's folder"),
                                                   workbench_.settings().last_folder("runs"));
        if (folder.isEmpty())
            return set_folder(chosen_);
        workbench_.settings().set_last_folder("runs", QFileInfo(folder).path());
    }
    set_folder(folder);
    Q_EMIT run_chosen(folder);
}

} // namespace moequant
