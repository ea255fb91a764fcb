// The error of every expert while a quantization goes on: the mean over the linears reported so far.
#pragma once
#include "app/workbench/run_report.h"

#include <QVector>

namespace moequant {

class ErrorMap {
  public:
    ErrorMap() = default;
    ErrorMap(const QVector<int>& layers, int experts, const QString& name);
    /// Takes a row in. False when it is of no expert of this model.
    bool add(const LinearRow& row);
    /// The map so far; `tokens` are NaN where nothing was reported.
    const CellMap& map() const { return map_; }
    double value(int layer, int expert) const;
    double tokens(int layer, int expert) const;

  private:
    int cell(int layer, int expert) const;
    CellMap map_;
    QVector<double> sums_;
    QVector<int> counts_;
};

} // namespace moequant
