// What the views show, in words to teach from: a paragraph, the formula, and where it comes from. The "?" of
// a card shows one of them, the Learn page all.
#pragma once
#include <QString>
#include <QVector>

namespace moequant {

struct Topic {
    const char* key; ///< "usage"; views name it
    QString title;
    QString text;         ///< rich text
    QString source;       ///< author, year, section; empty: a definition of our own
    bool heading = false; ///< opens a chapter; has no text
};

/// In the order of a lesson, in the language of the window.
QVector<Topic> topics();

/// The topic as one piece of rich text with its title. Throws std::logic_error for an unknown key.
QString explanation(const char* key);

} // namespace moequant
