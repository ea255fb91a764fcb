// A run of the Hessian lab as a Markdown notebook: the tour's steps with their figures, questions and
// answers, and the tables.
#pragma once
#include "app/workbench/lab_report.h"

namespace moequant {

/// Writes `path` (NAME.md) and the figures beside it in NAME_files/, each under a temporary name first.
/// `command` is the line that made the run; empty: not known. Returns an empty text, or one line that names
/// the file and the fault.
QString save_lab_notebook(const LabReport& report, const QString& command, const QString& path);

/// The `moequant` line of RUN/job.json; empty where there is none.
QString lab_command(const QString& run);

} // namespace moequant
