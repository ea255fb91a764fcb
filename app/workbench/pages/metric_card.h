// The chart of the Compare page: which metric against which setting, in which form.
#pragma once
#include "app/workbench/compared_runs.h"

class QComboBox;

namespace moequant {

/// A MetricChart whose two axes are chosen in its title row. What was chosen stays while the runs still have
/// it.
class MetricCard : public MetricChart {
    Q_OBJECT
  public:
    explicit MetricCard(QWidget* parent = nullptr);
    void set_runs(const std::vector<ComparedRun>& runs, const std::vector<FactColumn>& columns);
    QString metric() const;
    QString setting() const;
    /// By key; without effect where the runs have no such column.
    void choose(const QString& metric, const QString& setting);

  private:
    void draw_chart();
    QComboBox *metric_, *setting_, *form_;
    std::vector<ComparedRun> runs_;
    std::vector<FactColumn> columns_;
};

} // namespace moequant
