#include "app/workbench/pages/run_chooser.h"

#include <QDateTime>
#include <QFileDialog>
#include <QFileInfo>
#include <QSignalBlocker>

#include <algorithm>

namespace moequant {
namespace {

const QString open_entry = QStringLiteral("?"); ///< data of "Open a folder…"

} // namespace

QString run_label(const LibraryRun& run) {
    const bool today =
        run.time.startsWith(QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyy-MM-dd")));
    return QStringLiteral("%1 · %2").arg(run.title(), today ? run.time.mid(11, 5) : run.time.mid(5, 5));
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

// Runs of the open model first; those of others follow, named with it. An open list is not disturbed when
// nothing changed.
void RunChooser::fill() {
    QVector<QPair<QString, QString>> entries{{none_, QString()}}; // text, folder
    const auto listed = [&](const QString& folder) {
        return std::any_of(entries.begin(), entries.end(),
                           [&](const auto& entry) { return entry.second == folder; });
    };
    const auto runs = workbench_.runs().runs_of(QStringLiteral("quantize"), RunState::Finished);
    for (const bool own : {true, false})
        for (const auto* run : runs)
            if ((run->model == workbench_.model()) == own && run->read)
                entries.append(
                    {own ? run_label(*run)
                         : QStringLiteral("%1 (%2)").arg(run_label(*run), QFileInfo(run->model).fileName()),
                     run->folder});
    for (const QString& folder : added_)
        if (!listed(folder))
            entries.append({QFileInfo(folder).fileName(), folder});
    if (entries != entries_) {
        entries_ = entries;
        const QSignalBlocker quiet(this);
        clear();
        for (const auto& [text, folder] : entries) {
            addItem(text, folder);
            setItemData(count() - 1, folder, Qt::ToolTipRole);
        }
        insertSeparator(count());
        addItem(tr("Open a run's folder…"), open_entry);
    }
    const QSignalBlocker quiet(this);
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
