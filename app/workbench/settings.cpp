#include "app/workbench/settings.h"

#include <QFileInfo>

namespace moequant {
namespace {

constexpr int most_recent = 10;

} // namespace

Theme Settings::theme() const {
    const QString name = settings_.value("theme").toString();
    return name == "light" ? Theme::Light : name == "dark" ? Theme::Dark : Theme::System;
}

void Settings::set_theme(Theme theme) {
    settings_.setValue("theme", theme == Theme::Light ? "light" : theme == Theme::Dark ? "dark" : "system");
}

QStringList Settings::folders(const QString& name) const {
    QStringList there;
    for (const QString& folder : settings_.value(name).toStringList())
        if (QFileInfo(folder).isDir())
            there.append(folder);
    return there;
}

void Settings::add_folder(const QString& name, const QString& folder) {
    QStringList recent = folders(name);
    recent.removeAll(folder);
    recent.prepend(folder);
    settings_.setValue(name, QStringList(recent.mid(0, most_recent)));
}

QStringList Settings::recent_models() const {
    return folders(QStringLiteral("recent_models"));
}

void Settings::add_recent_model(const QString& folder) {
    add_folder(QStringLiteral("recent_models"), folder);
}

QStringList Settings::recent_runs() const {
    return folders(QStringLiteral("recent_runs"));
}

void Settings::add_recent_run(const QString& folder) {
    add_folder(QStringLiteral("recent_runs"), folder);
}

QStringList Settings::worker_command() const {
    return settings_.value("worker").toStringList();
}

void Settings::set_worker_command(const QStringList& command) {
    settings_.setValue("worker", command);
}

QString Settings::language() const {
    return settings_.value("language").toString();
}

void Settings::set_language(const QString& language) {
    settings_.setValue("language", language);
}

QByteArray Settings::geometry() const {
    return settings_.value("geometry").toByteArray();
}

QByteArray Settings::layout() const {
    return settings_.value("layout_version").toInt() == layout_version
               ? settings_.value("layout").toByteArray()
               : QByteArray();
}

void Settings::save_layout(const QByteArray& geometry, const QByteArray& layout) {
    settings_.setValue("layout_version", layout_version);
    settings_.setValue("geometry", geometry);
    settings_.setValue("layout", layout);
}

QByteArray Settings::splitter(const QString& name) const {
    return settings_.value("layout_version").toInt() == layout_version
               ? settings_.value("splitters/" + name).toByteArray()
               : QByteArray();
}

void Settings::save_splitter(const QString& name, const QByteArray& state) {
    settings_.setValue("splitters/" + name, state);
}

void Settings::forget_layout() {
    settings_.remove("splitters");
    settings_.remove("layout");
    settings_.remove("geometry");
}

QString Settings::last_folder(const QString& role) const {
    return settings_.value("folders/" + role).toString();
}

void Settings::set_last_folder(const QString& role, const QString& folder) {
    settings_.setValue("folders/" + role, folder);
}

nlohmann::json Settings::form(const QString& name) const {
    const auto values =
        nlohmann::json::parse(settings_.value("forms/" + name).toString().toStdString(), nullptr, false);
    return values.is_object() ? values : nlohmann::json::object();
}

void Settings::set_form(const QString& name, const nlohmann::json& values) {
    settings_.setValue("forms/" + name, QString::fromStdString(values.dump()));
}

QStringList Settings::sources() const {
    return settings_.value("sources/ticked", QStringList{"builtin:prose", "builtin:code"}).toStringList();
}

QStringList Settings::added_sources() const {
    return settings_.value("sources/added").toStringList();
}

void Settings::set_sources(const QStringList& ticked, const QStringList& added) {
    settings_.setValue("sources/ticked", ticked);
    settings_.setValue("sources/added", added);
}

} // namespace moequant
