#include "app/workbench/pages/ebss_page.h"

#include "app/workbench/forms/option_form.h"
#include "app/workbench/frame/run_strip.h"
#include "core/job/presets.h"
#include "widgets/plots/layer_lines.h"
#include "widgets/tables/data_table.h"

#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <limits>

namespace moequant {
namespace {

using nlohmann::json;

constexpr int preview_sequences = 4;
constexpr int most_texts = 64; ///< of a set, shown in the table

double number(const json& object, const char* name) {
    return object.contains(name) && object[name].is_number() ? object[name].get<double>() : no_value;
}

QString text(const json& object, const char* name) {
    return object.contains(name) && object[name].is_string()
               ? QString::fromStdString(object[name].get<std::string>())
               : QString();
}

double tau_of(const json& options) {
    const json tau = options.value("tau", json());
    return tau.is_number() ? tau.get<double>() : std::numeric_limits<double>::infinity();
}

} // namespace

EbssPage::EbssPage(Workbench& workbench, QWidget* parent)
    : Page(workbench, tr("How is balance bought, and what does the text look like?"), parent),
      form_(
          new OptionForm("sample", {"tau", "width", "sequences", "length", "seed"}, OptionForm::Shape::Row)),
      score_(new OptionForm("sample",
                            {"branching", "sigma_of", "balance_scope", "sigma_unit", "noise", "retries"},
                            OptionForm::Shape::Row)),
      text_(new OptionForm("sample", {"no_repeat_ngram", "warmup", "first_token", "eos"},
                           OptionForm::Shape::Row)),
      preset_(new QComboBox),
      sequence_(new QComboBox) {
    auto* generate = make_main_action(tr("Generate"), tr("Write the whole calibration set"));
    connect(generate, &QAction::triggered, this,
            [this] { start(form_->values()["sequences"].get<int>(), false); });
    preview_ = new QAction(tr("Preview %1").arg(preview_sequences), this);
    preview_->setToolTip(tr("Search a few sequences and watch the beams"));
    connect(preview_, &QAction::triggered, this, [this] { start(preview_sequences, true); });
    auto* more_button = new QToolButton;
    more_button->setText(tr("More"));
    more_button->setCheckable(true);
    more_button->setToolTip(tr("What the score measures, and what keeps the text varied"));
    for (auto* form : {score_, text_}) {
        connect(more_button, &QToolButton::toggled, form, &QWidget::setVisible);
        form->hide();
    }
    preset_->addItem(tr("Balanced"), "balanced");
    preset_->addItem(tr("As in the paper"), "paper");
    preset_->setPlaceholderText(tr("Own values"));
    preset_->setAccessibleName(tr("Preset"));
    preset_->setToolTip(tr("Balanced: one beam of four drawn continuations, balance over the whole set.\n"
                           "As in the paper: τ 1.2, w 4, each sequence on its own."));
    connect(preset_, &QComboBox::activated, this, [this] {
        const json values =
            preset_values(find_kind("sample"), preset_->currentData().toString().toStdString());
        for (auto* form : {form_, score_, text_})
            form->set_values(values);
        remember();
    });
    auto* row = add_controls();
    row->addWidget(form_);
    row->addStretch();
    auto* buttons = add_controls();
    buttons->addWidget(button_for(preview_, true));
    buttons->addWidget(button_for(generate));
    auto* preset_label = new QLabel(tr("P&reset"));
    preset_label->setBuddy(preset_);
    buttons->addWidget(preset_label);
    buttons->addWidget(preset_);
    buttons->addWidget(more_button);
    buttons->addStretch();
    for (auto* form : {score_, text_}) {
        auto* more = add_controls();
        more->addWidget(form);
        more->addStretch();
    }

    beam_table_ = new DataTable(tr("Candidates"), &beams_);
    beam_table_->set_stretch_column(BeamModel::Text);
    beam_table_->view()->setTextElideMode(Qt::ElideLeft);
    beam_table_->set_empty(
        tr("Shows the candidates of every search step: what they say, how likely and how balanced they are."),
        preview_);
    sequence_->setAccessibleName(tr("Sequence whose search is shown"));
    sequence_->hide();
    beam_table_->add_header_widget(sequence_);
    course_ = new LayerLines(tr("Best beam by step"));
    course_->set_step_title(tr("Step"));
    course_->set_empty(tr("Shows how the best beam's two score parts develop: likelihood against imbalance."),
                       preview_);
    texts_.set_name_title(tr("Text"));
    text_table_ = new DataTable(tr("The set's sequences"), &texts_);
    text_table_->set_stretch_column(0);
    text_table_->set_empty(tr("Shows the sequences of the last set with their log-likelihood and balance."),
                           preview_);
    sets_.set_name_title(tr("Set"));
    set_table_ = new DataTable(tr("Sets so far"), &sets_);
    set_table_->set_empty(tr("Compares the sets written with different τ and w in one row each."), generate);

    auto* left = new QSplitter(Qt::Vertical);
    left->addWidget(beam_table_);
    left->addWidget(text_table_);
    auto* right = new QSplitter(Qt::Vertical);
    right->addWidget(course_);
    right->addWidget(set_table_);
    for (auto* column : {left, right})
        column->setSizes({300, 300});
    auto* both = new QSplitter(Qt::Horizontal);
    both->addWidget(left);
    both->addWidget(right);
    both->setSizes({560, 400});
    body()->addWidget(both);

    const json saved = workbench_.settings().form("ebss");
    for (auto* form : {form_, score_, text_}) {
        form->set_values(saved);
        connect(form, &OptionForm::changed, this, &EbssPage::remember);
    }
    remember();
    show_timer_.setSingleShot(true);
    show_timer_.setInterval(60);
    connect(&show_timer_, &QTimer::timeout, this, &EbssPage::show_search);
    connect(sequence_, &QComboBox::currentIndexChanged, this, &EbssPage::show_search);
    connect(&workbench_, &Workbench::job_event, this,
            [this](qint64 id, const QString& name, const json& fields) {
                if (id == id_ && name == "step")
                    take_step(fields);
            });
    connect(&workbench_, &Workbench::job_finished, this, [this](const ActiveJob& job, const json& result) {
        if (job.id == id_)
            take_result(job, result);
    });
    connect(&workbench_, &Workbench::job_failed, this,
            [this](const ActiveJob& job, const RequestFailure& failure) {
                if (job.id == id_)
                    show_failure(job, failure);
            });
    for (auto* table : {beam_table_, text_table_, set_table_})
        connect(table, &DataTable::message, this, &Page::tell);
    connect(course_, &PlotView::message, this, &Page::tell);
}

json EbssPage::values() const {
    json all = form_->values();
    all.update(score_->values());
    all.update(text_->values());
    return all;
}

void EbssPage::remember() {
    json values = this->values();
    preset_->setCurrentIndex(-1);
    for (int i = 0; i < preset_->count(); ++i) {
        const json preset = preset_values(find_kind("sample"), preset_->itemData(i).toString().toStdString());
        bool same = true;
        for (const auto& [key, value] : preset.items())
            same = same && (!values.contains(key) || values[key] == value);
        if (same)
            preset_->setCurrentIndex(i);
    }
    workbench_.settings().set_form("ebss", values);
    for (const char* name : {"sequences", "length", "seed"})
        values.erase(name);
    workbench_.set_ebss_options(values);
}

Job EbssPage::sample_job(int sequences) const {
    Job job = new_job("sample");
    job.options = values();
    if (preset_->currentIndex() >= 0)
        job.options["preset"] = preset_->currentData().toString().toStdString();
    job.options["sequences"] = sequences;
    return job;
}

std::vector<Job> EbssPage::jobs() const {
    return {sample_job(form_->values()["sequences"].get<int>())};
}

void EbssPage::start(int sequences, bool preview) {
    if (!workbench_.inspection().is_object())
        return tell(tr("Open a model first"), true);
    messages().hide();
    const Job job = sample_job(sequences);
    tau_ = tau_of(job.options);
    searches_.clear();
    sequence_->clear();
    beams_.set_candidates({}, tau_);
    course_->set_lines({}, QString());
    std::vector<std::string> events = {"progress", "warning", "usage", "layer"};
    for (int s = 0; s < std::min(sequences, preview_sequences); ++s)
        events.push_back("step:" + std::to_string(s));
    id_ = workbench_.run(job, preview ? tr("Searching sequences") : tr("Writing %1 sequences").arg(sequences),
                         events);
}

void EbssPage::take_step(const json& fields) {
    const int sequence = int(number(fields, "sequence")), step = int(number(fields, "step"));
    if (sequence < 0 || !fields.contains("candidates") || !fields["candidates"].is_array())
        return;
    const bool fresh = searches_.find(sequence) == searches_.end();
    Search& search = searches_[sequence];
    search.step = step;
    search.candidates.clear();
    const BeamCandidate* best = nullptr;
    for (const json& entry : fields["candidates"]) {
        if (!entry.is_object())
            continue;
        BeamCandidate candidate;
        candidate.text = text(entry, "text");
        if (candidate.text.isEmpty() && entry.contains("token") && entry["token"].is_number())
            candidate.text = QStringLiteral("token %1").arg(entry["token"].get<qint64>());
        candidate.log_p = number(entry, "log_p");
        candidate.sigma = number(entry, "sigma");
        candidate.score = number(entry, "score");
        candidate.length = step + 2; // step 0 decides token 2
        candidate.kept = entry.value("kept", json()) == true;
        search.candidates.append(candidate);
    }
    for (const auto& candidate : search.candidates)
        if (!best || candidate.score < best->score)
            best = &candidate;
    if (best && (search.steps.isEmpty() || step > search.steps.last())) {
        search.steps.append(step);
        search.likelihood.append(-best->log_p / best->length);
        search.sigma.append(std::isfinite(tau_) ? best->sigma / tau_ : 0);
    }
    if (fresh) {
        const QSignalBlocker quiet(sequence_);
        sequence_->addItem(tr("Sequence %1").arg(sequence), sequence);
        sequence_->show();
        if (sequence_->count() == 1)
            sequence_->setCurrentIndex(0);
    }
    if (!show_timer_.isActive())
        show_timer_.start();
}

void EbssPage::show_search() {
    const auto found = searches_.find(sequence_->currentData().toInt());
    if (sequence_->count() == 0 || found == searches_.end())
        return;
    const Search& search = found->second;
    beam_table_->set_title(tr("Candidates, step %1").arg(search.step));
    beams_.set_candidates(search.candidates, tau_);
    course_->set_lines({{tr("−Σ log p / length (nats)"), QColor(0x0072b2), search.steps, search.likelihood},
                        {tr("σ / τ"), QColor(0xd55e00), search.steps, search.sigma}},
                       tr("Part of the score"));
}

void EbssPage::take_result(const ActiveJob& job, const json& result) {
    const json balance = result.value("balance", json::object());
    RunRow row;
    const double tau = tau_of(job.job.options);
    row.name = QString::number(set_rows_.size() + 1);
    row.values = {tau,
                  job.job.options.value("width", 0.0),
                  number(result, "tokens"),
                  number(balance, "cv"),
                  number(result, "perplexity"),
                  100 * number(result, "degenerate_share"),
                  number(result, "seconds")};
    set_rows_.append(row);
    sets_.set_runs({{tr("τ"), 2, RunColumn::Better::Neither},
                    {tr("w"), 0, RunColumn::Better::Neither},
                    {tr("Tokens"), 0, RunColumn::Better::Neither},
                    {tr("CV"), 3, RunColumn::Better::Lower},
                    {tr("PPL"), 2, RunColumn::Better::Lower},
                    {tr("Loops (%)"), 1, RunColumn::Better::Lower},
                    {tr("Time (s)"), 1, RunColumn::Better::Neither}},
                   set_rows_);
    tell(tr("%1 tokens written in %2")
             .arg(QLocale(QLocale::English).toString(qint64(number(result, "tokens"))))
             .arg(duration_text(number(result, "seconds"))),
         false);
    const QString file =
        job.job.output ? QString::fromStdString(*job.job.output) : job.run + QStringLiteral("/set.jsonl");
    read_set(file);
    if (QFile::exists(file) && job.job.options.value("sequences", 0) > preview_sequences)
        Q_EMIT set_written(QStringLiteral("tokens:") + file);
}

void EbssPage::read_set(const QString& path) {
    QFile file(path);
    QVector<RunRow> rows;
    if (file.open(QIODevice::ReadOnly))
        while (!file.atEnd() && rows.size() < most_texts) {
            const QByteArray line = file.readLine(1 << 20);
            const json record = json::parse(line.cbegin(), line.cend(), nullptr, false);
            if (!record.is_object() || !record.contains("ids") || !record["ids"].is_array())
                continue;
            RunRow row;
            row.name = text(record, "text").simplified();
            if (row.name.isEmpty())
                row.name = tr("%1 token ids").arg(record["ids"].size());
            row.values = {-number(record, "log_prob") /
                              double(std::max<std::size_t>(1, record["ids"].size())),
                          number(record, "sigma"), number(record, "score"), number(record, "distinct4")};
            rows.append(row);
        }
    texts_.set_runs({{tr("−log p / token"), 3, RunColumn::Better::Neither},
                     {tr("σ"), 3, RunColumn::Better::Neither},
                     {tr("Score"), 3, RunColumn::Better::Neither},
                     {tr("Distinct-4"), 3, RunColumn::Better::Neither}},
                    rows);
}

} // namespace moequant
