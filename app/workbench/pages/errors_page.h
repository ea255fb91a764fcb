// "Where did it go wrong?": the error of every expert of a quantization, against tokens, by layer and method,
// against another run; the worst linears and channels; one expert through all runs.
#pragma once
#include "app/workbench/pages/page.h"
#include "widgets/tables/run_model.h"

class QComboBox;

namespace moequant {

class CardStack;
class DataTable;
class DistributionPlot;
class ErrorScatter;
class HeatMap;
class PairedPlot;
class RunChooser;

class ErrorsPage : public Page {
    Q_OBJECT
  public:
    ErrorsPage(Workbench& workbench, QAction* quantize, QWidget* parent = nullptr);
    void open_run(const QString& folder);
    /// Draws the shown run against this one; empty: against none.
    void compare_with(const QString& folder);

  protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    /// A run's errors, kept while another quantization goes on.
    struct Shown {
        QString name, folder;
        CellMap errors;
    };
    void build_controls();
    void build_views(QAction* quantize);
    void connect_views();
    void take_quantization();
    void take_comparison(const CellMap& errors, const QString& name);
    void fill_tables(const QVector<LinearRow>& rows);
    void show_maps();
    void show_distribution();
    void show_history();
    void show_selection();
    QVector<const LibraryRun*> known_runs() const;

    RunChooser *run_, *other_;
    QComboBox* drawn_;
    CardStack *plots_, *tables_;
    HeatMap* map_;
    ErrorScatter* scatter_;
    DistributionPlot* distribution_;
    PairedPlot* paired_;
    QComboBox* distribution_by_;
    RunModel linears_, channels_, history_;
    DataTable *linear_table_, *channel_table_, *history_table_;
    Shown now_, other_run_;
    QString wanted_other_; ///< folder whose errors are still to come
    QVector<LinearRow> worst_, worst_channels_;
};

} // namespace moequant
