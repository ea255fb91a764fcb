#include "app/workbench/pages/model_page.h"

#include "app/workbench/pages/verdict.h"
#include "widgets/tables/data_table.h"

#include <QHeaderView>
#include <QLocale>
#include <QMap>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <cmath>

namespace moequant {
namespace {

using nlohmann::json;

QString value_text(const QString& name, const json& value) {
    const QLocale locale(QLocale::English);
    if (value.is_string())
        return QString::fromStdString(value.get<std::string>());
    if (value.is_boolean())
        return value.get<bool>() ? QObject::tr("yes") : QObject::tr("no");
    if (value.is_number())
        return name.contains("byte") || name.contains("memory") || name.contains("disk")
                   ? bytes_text(value.get<double>())
               : value.is_number_integer() ? locale.toString(value.get<qint64>())
                                           : locale.toString(value.get<double>());
    return value.is_null() ? QStringLiteral("–") : QString::fromStdString(value.dump());
}

// A name of the report in words; those of the memory plan are spelled out.
QString name_text(QString name) {
    static const QMap<QString, QString> known = {
        {"layer_bytes", QObject::tr("Largest layer, float32")},
        {"hessian_bytes", QObject::tr("Hessians")},
        {"hidden_bytes", QObject::tr("Hidden states of 128 × 512 tokens")},
        {"activation_bytes", QObject::tr("Activations of one slice")},
        {"embedding_bytes", QObject::tr("Embedding and head")},
        {"peak_bytes", QObject::tr("Quantizing needs in all")},
        {"vocab_size", QObject::tr("Vocabulary")},
        {"model_type", QObject::tr("Architecture")},
        {"active_parameters", QObject::tr("Active parameters a token")},
        {"bytes", QObject::tr("Size of the weights")},
        {"max_positions", QObject::tr("Positions")},
    };
    if (known.contains(name))
        return known[name];
    if (name.endsWith("_bytes"))
        name.chop(6);
    name.replace('_', ' ');
    return name.isEmpty() ? name : name.left(1).toUpper() + name.mid(1);
}

void add_facts(QVector<QPair<QString, QString>>& facts, const json& object, const QString& before = {}) {
    for (const auto& [key, value] : object.items()) {
        const QString name = QString::fromStdString(key);
        if (value.is_object())
            add_facts(facts, value, before + name_text(name) + QStringLiteral(": "));
        else
            facts.append({before.isEmpty() ? name_text(name) : before + name_text(name).toLower(),
                          value_text(name, value)});
    }
}

double number(const json& object, const char* name) {
    return object.contains(name) && object[name].is_number() ? object[name].get<double>() : no_value;
}

} // namespace

ModelPage::ModelPage(Workbench& workbench, QAction* open_sample, QWidget* parent)
    : Page(workbench, tr("What is in this model?"), parent) {
    facts_table_ = new DataTable(tr("Model"), &facts_);
    memory_table_ = new DataTable(tr("Memory plan"), &memory_);
    layers_.set_name_title(tr("Layer"));
    layers_table_ = new DataTable(tr("Layers"), &layers_);
    facts_table_->set_empty(tr("Shows the architecture and the sizes of the open model."), open_sample);
    layers_table_->set_empty(
        tr("Lists every layer: which have experts, how many, and how many a token uses."), open_sample);
    memory_table_->set_empty(tr("Says what calibrating and quantizing this model needs."), open_sample);
    for (auto* table : {facts_table_, memory_table_})
        table->set_stretch_column(0);
    layers_table_->set_sortable(true);
    layers_table_->view()->sortByColumn(-1, Qt::AscendingOrder);
    layers_table_->set_stretch_column(0);
    auto* left = new QSplitter(Qt::Vertical);
    left->addWidget(facts_table_);
    left->addWidget(memory_table_);
    left->setStretchFactor(0, 3);
    left->setStretchFactor(1, 2);
    auto* both = new QSplitter(Qt::Horizontal);
    both->addWidget(left);
    both->addWidget(layers_table_);
    both->setSizes({500, 500});
    body()->addWidget(both);
    connect(layers_table_, &DataTable::row_selected, this, [this](int row) {
        const json& inspection = workbench_.inspection();
        if (row < int(inspection["layers"].size()) &&
            inspection["layers"][std::size_t(row)].value("moe", json()) == true)
            workbench_.select_layer(int(number(inspection["layers"][std::size_t(row)], "index")));
    });
    for (auto* table : {facts_table_, memory_table_, layers_table_})
        connect(table, &DataTable::message, this, &Page::tell);
    connect(&workbench_, &Workbench::model_changed, this, &ModelPage::refresh);
    connect(&workbench_, &Workbench::job_failed, this,
            [this](const ActiveJob& job, const RequestFailure& failure) {
                if (job.job.kind == "inspect")
                    show_failure(job, failure);
            });
}

void ModelPage::refresh() {
    const json& inspection = workbench_.inspection();
    QVector<QPair<QString, QString>> facts, memory;
    QVector<RunRow> rows;
    if (inspection.is_object()) {
        facts.append({tr("Folder"), workbench_.model() == "sample" ? tr("built in") : workbench_.model()});
        QStringList shown = {"layers", "memory_plan"};
        const auto show = [&](const QString& key) {
            if (shown.contains(key) || !inspection.contains(key.toStdString()))
                return;
            shown.append(key);
            const json& value = inspection[key.toStdString()];
            if (value.is_object())
                add_facts(facts, value, name_text(key) + QStringLiteral(": "));
            else
                facts.append({name_text(key), value_text(key, value)});
        };
        for (const char* key : {"model_type", "parameters", "active_parameters", "bytes", "quantization",
                                "hidden_size", "vocab_size", "max_positions", "tokenizer"})
            show(QString::fromLatin1(key));
        for (const auto& [key, value] : inspection.items()) // whatever else it tells
            show(QString::fromStdString(key));
        if (inspection.contains("memory_plan") && inspection["memory_plan"].is_object())
            add_facts(memory, inspection["memory_plan"]);
        for (const json& layer : inspection["layers"]) {
            RunRow row;
            row.name = tr("%1, %2")
                           .arg(int(number(layer, "index")))
                           .arg(layer.value("moe", json()) == true ? tr("experts") : tr("dense"));
            for (const char* name : {"experts", "top_k", "shared_experts"})
                row.values.append(layer.value("moe", json()) == true ? number(layer, name) : no_value);
            rows.append(row);
        }
        messages().hide();
    }
    facts_.set_facts(facts);
    memory_.set_facts(memory);
    layers_.set_runs({{tr("Experts"), 0, RunColumn::Better::Neither},
                      {tr("Top-k"), 0, RunColumn::Better::Neither},
                      {tr("Shared"), 0, RunColumn::Better::Neither}},
                     rows);
}

} // namespace moequant
