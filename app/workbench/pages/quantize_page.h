// "What will happen, what is happening?": the form, the verdict before, the error map as it fills.
#pragma once
#include "app/workbench/pages/page.h"
#include "app/workbench/pages/quantize_form.h"
#include "widgets/tables/fact_model.h"
#include "widgets/tables/run_model.h"

namespace moequant {

class DataTable;
class HeatMap;

class QuantizePage : public Page {
    Q_OBJECT
  public:
    QuantizePage(Workbench& workbench, QWidget* parent = nullptr);
    std::vector<Job> jobs() const override { return {form_->job()}; }
    QuantizeForm& form() { return *form_; }

  Q_SIGNALS:
    void errors_asked();

  private:
    void start();
    void take_layer(const nlohmann::json& fields);
    void take_result(const nlohmann::json& result);
    void show_verdict();
    void show_state();

    QuantizeForm* form_;
    FactModel verdict_;
    DataTable *verdict_table_, *layer_table_;
    HeatMap* map_;
    RunModel layers_;
    QVector<RunRow> layer_rows_;
    qint64 id_ = -1;
};

} // namespace moequant
