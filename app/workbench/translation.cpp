#include "app/workbench/translation.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

// Outside all namespaces, as the macro wants it: the library is static.
static void load_resource() {
    Q_INIT_RESOURCE(translations);
}

namespace moequant {

QVector<Language> known_languages() {
    return {{QString(), QString()},
            {QStringLiteral("en"), QStringLiteral("English")},
            {QStringLiteral("de"), QStringLiteral("Deutsch")},
            {QStringLiteral("zh_CN"), QStringLiteral("简体中文")}};
}

void install_translation(QApplication& application, const QString& code) {
    const QLocale locale = code.isEmpty() ? QLocale() : QLocale(code);
    const auto install = [&](const QString& name, const QString& folder) {
        auto* translator = new QTranslator(&application);
        if (translator->load(locale, name, QStringLiteral("_"), folder))
            application.installTranslator(translator);
        else
            delete translator;
    };
    if (locale.language() == QLocale::English)
        return;
    load_resource();
    install(QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(QStringLiteral("moequant"), QStringLiteral(":/translations"));
}

} // namespace moequant
