#include "app/workbench/pages/top_token_card.h"

#include "app/workbench/background.h"
#include "app/workbench/learn/topics.h"
#include "app/workbench/token_texts.h"
#include "app/workbench/workbench.h"

#include <QTableView>

namespace moequant {

TopTokenCard::TopTokenCard(Workbench& workbench, QWidget* parent)
    : TopTokenCard(workbench, new TopTokenModel, parent) {}

TopTokenCard::TopTokenCard(Workbench& workbench, TopTokenModel* model, QWidget* parent)
    : DataTable(tr("Top tokens"), model, parent), workbench_(workbench), model_(model) {
    model->setParent(this);
    set_explanation(explanation("top-tokens"));
    connect(&workbench_, &Workbench::selection_changed, this, &TopTokenCard::refresh);
    connect(&workbench_, &Workbench::model_changed, this, [this] { files_.clear(); });
    connect(&TokenTexts::of(workbench_), &TokenTexts::changed, this, &TopTokenCard::refresh);
    refresh();
}

void TopTokenCard::set_profiles(const QVector<ProfileReport>& profiles) {
    profiles_ = profiles;
    for (const auto& profile : profiles_)
        if (!profile.run.isEmpty() && !files_.contains(profile.run))
            read(profile);
    refresh();
}

void TopTokenCard::read(const ProfileReport& profile) {
    const QString run = profile.run, path = run + QStringLiteral("/top_tokens.safetensors");
    files_.insert(run, {});
    workbench_.worker().read_file(path, 0, this, [=, this](const QByteArray& bytes, const QString& fault) {
        if (!fault.isEmpty())
            return; // the profile kept none
        in_background(
            this, [=] { return read_top_tokens(bytes, path); },
            [=, this](const TopTokenFile& file, const QString& damage) {
                if (!damage.isEmpty())
                    return Q_EMIT message(damage, true);
                files_.insert(run, file);
                TokenTexts::of(workbench_).want(QVector<int>(file.ids.begin(), file.ids.end()));
                refresh();
            });
    });
}

void TopTokenCard::refresh() {
    const int layer = workbench_.layer(), expert = workbench_.expert();
    const auto& texts = TokenTexts::of(workbench_);
    QVector<TopTokens> sources;
    for (const auto& profile : profiles_) {
        TopTokens tokens;
        tokens.source = profile.usage.name;
        tokens.color = profile.usage.color;
        const auto file = files_.value(profile.run);
        file.expert(int(profile.layers.indexOf(layer)), expert, tokens.ids, tokens.affinity);
        for (const int id : tokens.ids)
            tokens.texts.append(texts.text(id));
        if (!tokens.ids.isEmpty())
            sources.append(tokens);
    }
    set_empty(
        profiles_.isEmpty() || expert < 0
            ? tr("Shows the tokens that the selected expert likes best; click a bar or a cell to select one.")
            : tr("No token of these sources reached layer %1, expert %2, or the profile is older.")
                  .arg(layer)
                  .arg(expert));
    model_->set_sources(sources);
    view()->setToolTip(expert < 0 ? QString() : tr("Layer %1, expert %2").arg(layer).arg(expert));
}

} // namespace moequant
