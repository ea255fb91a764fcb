// The guided tour through one run of the Hessian lab: five steps in plain language with the run's own
// numbers.
#pragma once
#include "app/workbench/lab_panels.h"

namespace moequant {

struct TourStep {
    QString title;
    QStringList paragraphs; ///< plain text, no markup
    LabPanel panel = LabPanel::BiasEpsilon;
    LabView view;             ///< what the panel is drawn with
    QString question, answer; ///< the answer is shown when asked for
};

/// Always five steps; what the run did not measure is said to be so.
QVector<TourStep> lab_tour(const LabReport& report);

} // namespace moequant
