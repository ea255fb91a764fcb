// "Which one is better?": all runs in one table, a chart of any of its columns, and evaluations of what is
// chosen.
#pragma once
#include "app/workbench/compared_runs.h"
#include "app/workbench/pages/page.h"

#include <QSet>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QMenu;

namespace moequant {

class DataTable;
class EvaluateForm;
class MetricCard;

class ComparePage : public Page {
    Q_OBJECT
  public:
    /// `quantize`: what the empty state offers.
    ComparePage(Workbench& workbench, QAction* quantize, QWidget* parent = nullptr);
    /// The evaluations that would start while the form is open, else the table as a `compare` job.
    std::vector<Job> jobs() const override;
    /// Differences are taken from this row (a ComparedRun's id); empty: none.
    void set_baseline(const QString& id);
    const QString& baseline() const { return baseline_; }
    void set_filter(const QString& text);
    void set_differences(Differences differences);
    /// Rows and columns as they are shown.
    const ComparisonModel& model() const { return model_; }
    MetricCard& chart() { return *chart_; }

  Q_SIGNALS:
    /// A quantization's errors are to be shown.
    void errors_asked(const QString& folder);

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    void build_controls(QAction* quantize);
    void build_menu();
    void rebuild();
    void show_rows();
    void fill_columns();
    void ask_intervals();
    void evaluate();
    void show_targets();
    std::vector<const ComparedRun*> targets() const;
    const ComparedRun* row(const QString& id) const;
    const ComparedRun* current() const;
    bool shown(const FactColumn& column) const;

    ComparisonModel model_;
    DataTable* table_;
    MetricCard* chart_;
    EvaluateForm* form_;
    QComboBox *group_, *differences_;
    QLineEdit* filter_;
    QCheckBox* published_;
    QMenu* columns_menu_;
    std::vector<ComparedRun> all_, rows_; ///< of the library; of the chosen group, published ones last
    std::vector<FactColumn> columns_;     ///< of rows_
    QSet<QString> switched_;              ///< keys of columns that are not as usual
    QString baseline_;
    bool baseline_chosen_ = false, group_chosen_ = false;
    PairedIntervals intervals_;
    QStringList compared_; ///< the folders that the intervals are of, the baseline's id first
    qint64 compare_id_ = -1;
};

} // namespace moequant
