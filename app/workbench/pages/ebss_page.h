// "How is balance bought, and what does the text look like?": EBSS, its search as it goes and afterwards, the
// sets it wrote.
#pragma once
#include "app/workbench/pages/page.h"
#include "widgets/search.h"
#include "widgets/tables/sequence_model.h"

class QComboBox;
class QLabel;
class QTabWidget;

namespace moequant {

class OptionForm;
class SearchView;
class SetView;
class TokenTexts;

class EbssPage : public Page {
    Q_OBJECT
  public:
    EbssPage(Workbench& workbench, QWidget* parent = nullptr);
    std::vector<Job> jobs() const override;
    /// Shows the recorded search and the set of a finished `sample` run.
    void open_run(const QString& folder);

  Q_SIGNALS:
    /// A set that was accepted, as a SPEC.
    void set_written(const QString& spec);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void build_controls();
    Job sample_job(int sequences) const;
    void start(int sequences, bool preview);
    void take_step(const nlohmann::json& fields);
    void take_result(const ActiveJob& job, const nlohmann::json& result);
    void read_run(const QString& folder);
    void show_set(const QVector<SetSequence>& sequences);
    void write_search_texts();
    void accept(const QVector<SetSequence>& sequences);
    nlohmann::json values() const;
    double tau() const;
    /// Names the preset that the values stand for, and ranks what is shown at their τ.
    void show_values();
    /// Stores the values too, and shares them with the other pages.
    void remember();

    OptionForm *tau_form_, *form_, *size_, *score_, *text_;
    QVector<OptionForm*> forms_;
    QComboBox* preset_;
    QLabel* word_;
    QTabWidget* tabs_;
    SearchView* search_;
    SetView* set_;
    TokenTexts* texts_;
    QAction* preview_;
    QVector<BeamSearch> recorded_;
    QVector<QVector<int>> ids_; ///< of the set's sequences
    qint64 id_ = -1;
    double running_tau_ = 1.2;
    QString run_, stem_; ///< of the last finished set
};

} // namespace moequant
