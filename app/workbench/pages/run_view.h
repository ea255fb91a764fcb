// The quantization that goes on: how far it is, the error map as it fills, one true line a finished layer.
#pragma once
#include "app/workbench/workbench.h"
#include "widgets/tables/line_model.h"

#include <QWidget>

class QAction;
class QLabel;

namespace moequant {

class DataTable;
class HeatMap;

/// "routed 8.2 k tokens, 3 experts fell back (shrink), error 2.4 %, 1.2 s" from a `layer` event and the
/// layer's rows of the report.
QString layer_line(const nlohmann::json& layer, const QVector<LinearRow>& rows);

class RunView : public QWidget {
    Q_OBJECT
  public:
    RunView(Workbench& workbench, QAction* start, QWidget* parent = nullptr);
    QString status() const;

  Q_SIGNALS:
    void message(const QString& text, bool error);

  private:
    void take_event(qint64 id, const QString& name, const nlohmann::json& fields);
    void show_quantization();
    Workbench& workbench_;
    QLabel* status_;
    HeatMap* map_;
    LineModel lines_;
    DataTable* table_;
    QString folder_; ///< of the run that the lines belong to
    int next_layer_ = 0;
};

} // namespace moequant
