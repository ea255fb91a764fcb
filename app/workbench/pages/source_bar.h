// The calibration sources to choose from: a tick each, in the colour the source has everywhere, and "Add…".
#pragma once
#include "app/workbench/settings.h"

#include <QStringList>
#include <QWidget>

class QCheckBox;

namespace moequant {

class FlowLayout;

class SourceBar : public QWidget {
    Q_OBJECT
  public:
    explicit SourceBar(Settings& settings, QWidget* parent = nullptr);
    /// SPECs without their query.
    QStringList ticked() const;
    /// Adds a source that is not offered yet (a file, a set that EBSS wrote) and ticks it.
    void add(const QString& spec);
    /// Ticks these, adding those that are not offered yet, and unticks all others.
    void tick_only(const QStringList& specs);

  Q_SIGNALS:
    void changed();

  private:
    void add_box(const QString& spec, bool ticked);
    void choose_file(const QString& kind, const QString& filter);
    void remember();
    Settings& settings_;
    FlowLayout* row_;
    QVector<QPair<QString, QCheckBox*>> boxes_;
    QStringList added_;
};

/// The offered sources.
QStringList known_sources();

} // namespace moequant
