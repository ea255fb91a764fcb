// The tables of the Errors page: the worst of a quantization's linears and channels.
#pragma once
#include "app/workbench/run_report.h"
#include "widgets/tables/run_model.h"

namespace moequant {

/// The thousand rows with the greatest value, greatest first; rows without one last. Cheap for any number of
/// rows.
QVector<LinearRow> worst_by(const QVector<LinearRow>& rows, double LinearRow::*value);

void show_linears(RunModel& model, const QVector<LinearRow>& rows);
void show_channels(RunModel& model, const QVector<LinearRow>& rows);

} // namespace moequant
