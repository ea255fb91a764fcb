#include "app/workbench/pages/model_page.h"

#include "app/workbench/learn/topics.h"
#include "app/workbench/pages/verdict.h"
#include "widgets/card.h"
#include "widgets/tables/data_table.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QMap>
#include <QMenu>
#include <QSplitter>
#include <QTreeView>
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
            facts.append({before.isEmpty() ? name_text(name) : before + name_text(name),
                          value_text(name, value)});
    }
}

qint64 whole(const json& object, const char* name) {
    return object.is_object() && object.contains(name) && object[name].is_number()
               ? object[name].get<qint64>()
               : 0;
}

// `linears` of a layer of the inspection: those of the experts' shape once, as expert 0's.
TreeLayer read_layer(const json& layer) {
    TreeLayer result;
    result.index = int(whole(layer, "index"));
    result.experts =
        layer.is_object() && layer.value("moe", json()) == true ? int(whole(layer, "experts")) : 0;
    if (!layer.is_object() || !layer.contains("linears") || !layer["linears"].is_array())
        return result;
    for (const json& linear : layer["linears"]) {
        if (!linear.is_object() || !linear.contains("name") || !linear["name"].is_string())
            continue;
        const QString path = QString::fromStdString(linear["name"].get<std::string>());
        const TreeLinear row{path.section('.', -1), whole(linear, "rows"), whole(linear, "columns")};
        if (linear.contains("expert") && linear["expert"].is_number()) {
            result.expert.append(row);
            continue;
        }
        const bool shared = linear.contains("expert") && linear["expert"].is_string();
        const QString title = path.contains(QStringLiteral(".self_attn.")) ? ModelPage::tr("Attention")
                              : shared                                     ? ModelPage::tr("Shared expert")
                              : path.endsWith(QStringLiteral("gate")) && result.experts > 0
                                  ? ModelPage::tr("Router")
                                  : ModelPage::tr("MLP");
        if (result.parts.isEmpty() || result.parts.last().title != title)
            result.parts.append({title, {}});
        result.parts.last().linears.append(row);
    }
    return result;
}

} // namespace

ModelPage::ModelPage(Workbench& workbench, QAction* open_sample, QAction* compare, QWidget* parent)
    : Page(workbench, tr("What is in this model?"), parent),
      view_(new QTreeView),
      tree_card_(new Card(tr("Layers, experts, linears"))) {
    facts_table_ = new DataTable(tr("Model"), &facts_);
    memory_table_ = new DataTable(tr("Memory plan"), &memory_);
    facts_table_->set_empty(tr("Shows the architecture and the sizes of the open model."), open_sample);
    memory_table_->set_empty(tr("Says what calibrating and quantizing this model needs."), open_sample);
    facts_table_->set_explanation(explanation("layers"));
    memory_table_->set_explanation(explanation("memory"));
    for (auto* table : {facts_table_, memory_table_}) {
        table->set_stretch_column(0);
        connect(table, &DataTable::message, this, &Page::tell);
    }
    build_tree(open_sample);
    auto* right = new QSplitter(Qt::Vertical);
    right->addWidget(facts_table_);
    right->addWidget(memory_table_);
    right->setStretchFactor(0, 3);
    right->setStretchFactor(1, 2);
    auto* both = new QSplitter(Qt::Horizontal);
    both->addWidget(tree_card_);
    both->addWidget(right);
    both->setSizes({500, 500});
    for (auto* splitter : {both, right})
        splitter->setChildrenCollapsible(false);
    body()->addWidget(both);
    auto* next = add_controls();
    next->addWidget(button_for(compare, true));
    next->addStretch();
    connect(&workbench_, &Workbench::model_changed, this, [this, compare] {
        compare->setEnabled(!workbench_.moe_layers().isEmpty());
        refresh();
    });
    compare->setEnabled(false);
    connect(&workbench_, &Workbench::selection_changed, this, &ModelPage::show_selection);
    connect(&workbench_, &Workbench::job_failed, this,
            [this](const ActiveJob& job, const RequestFailure& failure) {
                if (job.job.kind == "inspect")
                    show_failure(job, failure);
            });
}

void ModelPage::build_tree(QAction* open_sample) {
    view_->setModel(&tree_);
    view_->setAccessibleName(tree_card_->title());
    view_->setFrameShape(QFrame::NoFrame);
    view_->setUniformRowHeights(true);
    view_->setAlternatingRowColors(true);
    view_->header()->setStretchLastSection(false);
    view_->header()->setSectionsMovable(false);
    tree_card_->set_content(view_);
    tree_card_->set_empty(
        tr("Lists every layer with its experts and linears. What you select here is selected "
           "on all pages."),
        open_sample);
    tree_card_->set_explanation(explanation("layers"));
    auto* menu = new QMenu(this);
    menu->addAction(tr("&Expand all layers"), view_, [this] { view_->expandToDepth(0); });
    menu->addAction(tr("&Collapse all"), view_, &QTreeView::collapseAll);
    tree_card_->set_menu(menu, tr("Expand or collapse the tree"));
    connect(view_->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) {
                const auto place = tree_.place(current);
                if (workbench_.moe_layers().contains(place.layer))
                    workbench_.select(place.layer, place.expert);
            });
}

void ModelPage::show_selection() {
    const auto here = tree_.place(view_->currentIndex());
    if (here.layer == workbench_.layer() && here.expert == workbench_.expert())
        return; // a linear of it may be current
    const QModelIndex index = tree_.find(workbench_.layer(), workbench_.expert());
    if (index.isValid()) {
        view_->setCurrentIndex(index);
        view_->scrollTo(index);
    }
}

void ModelPage::refresh() {
    const json& inspection = workbench_.inspection();
    QVector<QPair<QString, QString>> facts, memory;
    QVector<TreeLayer> layers;
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
        if (inspection.contains("layers") && inspection["layers"].is_array())
            for (const json& layer : inspection["layers"])
                layers.append(read_layer(layer));
        messages().hide();
    }
    facts_.set_facts(facts);
    memory_.set_facts(memory);
    tree_.set_layers(layers);
    tree_card_->show_content(!layers.isEmpty());
    view_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    for (const int column : {1, 2})
        view_->header()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    show_selection();
}

} // namespace moequant
