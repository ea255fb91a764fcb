// The folders that a test's window reads and writes instead of the user's.
#pragma once
#include <QDir>
#include <QSettings>

namespace moequant {

/// Settings and runs of this process and of workers it starts lie under `home` from now on.
inline void use_home(const QString& home) {
    const QString config = QDir(home).filePath("config");
    qputenv("XDG_CONFIG_HOME", config.toUtf8());
    qputenv("XDG_DATA_HOME", QDir(home).filePath("data").toUtf8());
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, config);
}

inline void forget_settings(const QString& home) {
    QDir(QDir(home).filePath("config")).removeRecursively();
}

} // namespace moequant
