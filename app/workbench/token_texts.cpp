#include "app/workbench/token_texts.h"

#include "app/workbench/workbench.h"

namespace moequant {
namespace {

using nlohmann::json;

constexpr int most_ids = 50000; ///< of one request, whose line may hold a MiB

} // namespace

TokenTexts& TokenTexts::of(Workbench& workbench) {
    auto* known = workbench.findChild<TokenTexts*>(QString(), Qt::FindDirectChildrenOnly);
    return known ? *known : *new TokenTexts(workbench);
}

TokenTexts::TokenTexts(Workbench& workbench) : QObject(&workbench), workbench_(workbench) {
    connect(&workbench_, &Workbench::model_changed, this, [this] {
        texts_.clear();
        asked_.clear();
        requests_.clear();
    });
    connect(&workbench_, &Workbench::job_finished, this, [this](const ActiveJob& job, const json& result) {
        const auto found = requests_.constFind(job.id);
        if (found == requests_.cend())
            return;
        const QVector<int> ids = *found;
        requests_.erase(found);
        const json texts = result.is_object() ? result.value("tokens", json()) : json();
        if (!texts.is_array() || qsizetype(texts.size()) != ids.size())
            return;
        for (qsizetype i = 0; i < ids.size(); ++i)
            if (texts[std::size_t(i)].is_string())
                texts_[ids[i]] = QString::fromStdString(texts[std::size_t(i)].get<std::string>());
        Q_EMIT changed();
    });
    connect(&workbench_, &Workbench::job_failed, this, [this](const ActiveJob& job) {
        for (const int id : requests_.take(job.id))
            asked_.remove(id);
    });
}

void TokenTexts::want(const QVector<int>& ids) {
    const json& model = workbench_.inspection();
    if (!model.is_object() || !model.contains("tokenizer") || model["tokenizer"].is_null())
        return;
    QVector<int> unknown;
    for (const int id : ids)
        if (id >= 0 && !asked_.contains(id)) {
            asked_.insert(id);
            unknown.append(id);
        }
    for (qsizetype first = 0; first < unknown.size(); first += most_ids) {
        const QVector<int> part = unknown.mid(first, most_ids);
        Job job;
        job.kind = "tokenize";
        job.model = workbench_.model().toStdString();
        job.options["decode"] = std::vector<int>(part.begin(), part.end());
        requests_[workbench_.run(job, tr("Reading tokens"))] = part;
    }
}

} // namespace moequant
