// What token ids read as, asked of the worker's tokenizer once each and kept while the model is open.
#pragma once
#include <QHash>
#include <QObject>
#include <QSet>
#include <QVector>

namespace moequant {

class Workbench;

class TokenTexts : public QObject {
    Q_OBJECT
  public:
    /// The one that all pages share.
    static TokenTexts& of(Workbench& workbench);
    /// Asks for those that are not known; `changed` follows when some came. A model without a tokenizer has
    /// no texts.
    void want(const QVector<int>& ids);
    /// Empty: not known.
    QString text(int id) const { return texts_.value(id); }

  Q_SIGNALS:
    void changed();

  private:
    explicit TokenTexts(Workbench& workbench);
    Workbench& workbench_;
    QHash<int, QString> texts_;
    QSet<int> asked_;
    QHash<qint64, QVector<int>> requests_; ///< by job
};

} // namespace moequant
