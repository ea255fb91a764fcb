// "How is balance bought, and what does the text look like?": EBSS, its beams as they come, the sets it
// wrote.
#pragma once
#include "app/workbench/pages/page.h"
#include "widgets/tables/beam_model.h"
#include "widgets/tables/run_model.h"

#include <map>

class QComboBox;
class QToolButton;

namespace moequant {

class DataTable;
class LayerLines;
class OptionForm;

class EbssPage : public Page {
    Q_OBJECT
  public:
    EbssPage(Workbench& workbench, QWidget* parent = nullptr);
    std::vector<Job> jobs() const override;

  Q_SIGNALS:
    /// A finished set, as a SPEC.
    void set_written(const QString& spec);

  private:
    /// The best kept candidate of each step of one sequence, and the last step's candidates.
    struct Search {
        QVector<double> steps, likelihood, sigma;
        QVector<BeamCandidate> candidates;
        int step = 0;
    };
    Job sample_job(int sequences) const;
    void start(int sequences, bool preview);
    void take_step(const nlohmann::json& fields);
    void take_result(const ActiveJob& job, const nlohmann::json& result);
    void read_set(const QString& file);
    void show_search();
    nlohmann::json values() const;
    /// Stores the values, shares them with the other pages, and names the preset they stand for.
    void remember();

    OptionForm *form_, *score_, *text_;
    QComboBox *preset_, *sequence_;
    BeamModel beams_;
    RunModel texts_, sets_;
    QVector<RunRow> set_rows_;
    DataTable *beam_table_, *text_table_, *set_table_;
    LayerLines* course_;
    QAction* preview_;
    std::map<int, Search> searches_;
    QTimer show_timer_;
    qint64 id_ = -1;
    double tau_ = 1.2;
};

} // namespace moequant
