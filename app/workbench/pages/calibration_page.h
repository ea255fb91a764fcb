// "Who gets the tokens?": how each calibration source uses the experts.
#pragma once
#include "app/workbench/pages/page.h"
#include "widgets/tables/balance_model.h"
#include "widgets/tables/similarity_model.h"

class QComboBox;
class QSpinBox;

namespace moequant {

class CardStack;
class DataTable;
class HeatMap;
class LayerLines;
class LorenzCurve;
class SourceBar;
class TopTokenCard;
class UsageHistogram;

class CalibrationPage : public Page {
    Q_OBJECT
  public:
    CalibrationPage(Workbench& workbench, QWidget* parent = nullptr);
    std::vector<Job> jobs() const override;
    SourceBar& sources() { return *sources_; }

  private:
    void build_choices();
    void build_pictures();
    void connect_pictures();
    void profile();
    Job profile_job(const QString& source) const;
    QString spec_of(const QString& source) const;
    QVector<ProfileReport> shown() const;
    void refresh();
    void show_lines();
    void show_map();
    void show_selection();

    SourceBar* sources_;
    QSpinBox *samples_, *length_, *min_tokens_;
    QComboBox *order_, *arrangement_, *measure_, *map_source_;
    UsageHistogram* histogram_;
    LayerLines* lines_;
    LorenzCurve* lorenz_;
    HeatMap* map_;
    BalanceModel balance_;
    SimilarityModel alike_;
    DataTable *summary_, *similarity_;
    TopTokenCard* top_tokens_;
};

} // namespace moequant
