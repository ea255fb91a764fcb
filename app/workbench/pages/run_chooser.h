// A finished quantization to choose: those of the run library, newest first, or any folder.
#pragma once
#include "app/workbench/workbench.h"

#include <QComboBox>

namespace moequant {

/// "GPTQ+AGQ 4-bit, EBSS · 14:03", or the day (UTC) where it was not today.
QString run_label(const LibraryRun& run);

class RunChooser : public QComboBox {
    Q_OBJECT
  public:
    /// `none`: the first entry, which stands for no folder.
    RunChooser(Workbench& workbench, const QString& none, QWidget* parent = nullptr);
    QString folder() const { return currentData().toString(); }
    /// Shows it as chosen, without a signal; a folder that is not listed is added.
    void set_folder(const QString& folder);
    void set_none(const QString& none);

  Q_SIGNALS:
    void run_chosen(const QString& folder); ///< empty: none

  private:
    void fill();
    void choose(int index);
    Workbench& workbench_;
    QString none_, chosen_;
    QVector<QPair<QString, QString>> entries_; ///< as shown: text, folder
    QStringList added_;                        ///< folders that are not in the library
};

} // namespace moequant
