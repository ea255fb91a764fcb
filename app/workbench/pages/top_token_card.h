// Which tokens the selected expert likes, by source: from the files that profiles leave in their run folders.
#pragma once
#include "app/workbench/run_report.h"
#include "app/workbench/top_token_file.h"
#include "widgets/tables/data_table.h"
#include "widgets/tables/top_token_model.h"

#include <QHash>

namespace moequant {

class Workbench;

class TopTokenCard : public DataTable {
    Q_OBJECT
  public:
    /// How many tokens a profile keeps of each expert.
    static constexpr int kept_tokens = 20;

    TopTokenCard(Workbench& workbench, QWidget* parent = nullptr);
    void set_profiles(const QVector<ProfileReport>& profiles);

  private:
    TopTokenCard(Workbench& workbench, TopTokenModel* model, QWidget* parent);
    void read(const ProfileReport& profile);
    void refresh();

    Workbench& workbench_;
    TopTokenModel* model_;
    QVector<ProfileReport> profiles_;
    QHash<QString, TopTokenFile> files_; ///< by run folder; empty while it is read, or where there is none
};

} // namespace moequant
