// What the window remembers between two starts, in the user's configuration folder.
#pragma once
#include "widgets/theme.h"

#include <nlohmann/json.hpp>

#include <QByteArray>
#include <QSettings>
#include <QStringList>

namespace moequant {

class Settings {
  public:
    /// Layouts saved under another number are not restored.
    static constexpr int layout_version = 1;

    Theme theme() const;
    void set_theme(Theme theme);
    QStringList recent_models() const; ///< newest first, at most ten, those that still exist
    void add_recent_model(const QString& folder);
    QStringList recent_runs() const; ///< run folders, newest first, at most ten, those that still exist
    void add_recent_run(const QString& folder);
    /// An argv of a worker elsewhere; empty: the one beside this program.
    QStringList worker_command() const;
    void set_worker_command(const QStringList& command);
    /// "de", "zh_CN", "en"; empty: the system's.
    QString language() const;
    void set_language(const QString& language);
    QByteArray geometry() const;
    QByteArray layout() const;
    void save_layout(const QByteArray& geometry, const QByteArray& layout);
    /// Of one splitter; forgotten with the layout.
    QByteArray splitter(const QString& name) const;
    void save_splitter(const QString& name, const QByteArray& state);
    void forget_layout();
    QString last_folder(const QString& role) const;
    void set_last_folder(const QString& role, const QString& folder);
    /// Values of a form, as the options of a job; an empty object when there are none (or damaged ones).
    nlohmann::json form(const QString& name) const;
    void set_form(const QString& name, const nlohmann::json& values);
    QStringList sources() const;       ///< ticked calibration SPECs
    QStringList added_sources() const; ///< SPECs of files that the user added
    void set_sources(const QStringList& ticked, const QStringList& added);

  private:
    QStringList folders(const QString& name) const;
    void add_folder(const QString& name, const QString& folder);
    QSettings settings_{QSettings::IniFormat, QSettings::UserScope, QStringLiteral("moequant"),
                        QStringLiteral("workbench")};
};

} // namespace moequant
