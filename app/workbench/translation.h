// The languages of the window: English in the source, German and Chinese in resources/translations.
#pragma once
#include <QString>
#include <QVector>

class QApplication;

namespace moequant {

struct Language {
    QString code; ///< "de"; empty: the system's
    QString name; ///< in that language
};
QVector<Language> known_languages();

/// Installs the translators of the window and of Qt's own texts. `code` empty: the system's languages;
/// without a translation the window stays English.
void install_translation(QApplication& application, const QString& code);

} // namespace moequant
