#include "app/workbench/pages/ebss_page.h"

#include "app/workbench/background.h"
#include "app/workbench/forms/option_form.h"
#include "app/workbench/forms/tau_slider.h"
#include "app/workbench/frame/run_strip.h"
#include "app/workbench/pages/ebss_words.h"
#include "app/workbench/pages/search_view.h"
#include "app/workbench/pages/set_view.h"
#include "app/workbench/search_file.h"
#include "app/workbench/set_file.h"
#include "app/workbench/token_texts.h"
#include "core/job/error.h"
#include "core/job/presets.h"

#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTabWidget>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

using nlohmann::json;

constexpr int preview_sequences = 4, recorded_sequences = 4;

double number(const json& object, const char* name) {
    return object.is_object() && object.contains(name) && object[name].is_number()
               ? object[name].get<double>()
               : no_value;
}

QVector<double> numbers(const json& object, const char* name) {
    QVector<double> values;
    if (object.is_object() && object.contains(name) && object[name].is_array())
        for (const json& value : object[name])
            values.append(value.is_number() ? value.get<double>() : no_value);
    return values;
}

OptionForm* row_form(const std::vector<std::string>& keys) {
    return new OptionForm("sample", keys, OptionForm::Shape::Row);
}

} // namespace

EbssPage::EbssPage(Workbench& workbench, QWidget* parent)
    : Page(workbench, tr("How is balance bought, and what does the text look like?"), parent),
      tau_form_(row_form({"tau"})),
      form_(row_form({"width", "branching", "balance_scope"})),
      size_(row_form({"length", "sequences", "seed"})),
      score_(row_form({"sigma_of", "sigma_unit", "noise", "retries"})),
      text_(row_form({"no_repeat_ngram", "warmup", "first_token", "eos"})),
      forms_({tau_form_, form_, size_, score_, text_}),
      preset_(new QComboBox),
      word_(new QLabel),
      tabs_(new QTabWidget),
      texts_(&TokenTexts::of(workbench)) {
    auto* generate = make_main_action(tr("Generate"), tr("Write the whole calibration set"));
    connect(generate, &QAction::triggered, this,
            [this] { start(size_->values()["sequences"].get<int>(), false); });
    preview_ = new QAction(tr("Preview %1").arg(preview_sequences), this);
    preview_->setToolTip(tr("Search a few sequences at these values and watch the beams"));
    connect(preview_, &QAction::triggered, this, [this] { start(preview_sequences, true); });
    search_ = new SearchView(preview_);
    set_ = new SetView(preview_, generate);
    tabs_->setDocumentMode(true);
    tabs_->addTab(search_, tr("Search"));
    tabs_->addTab(set_, tr("Set"));
    tabs_->setTabToolTip(0, tr("How the search chooses"));
    tabs_->setTabToolTip(1, tr("What the model wrote"));
    tabs_->tabBar()->setAccessibleName(tr("Search or set"));
    body()->addWidget(tabs_);
    build_controls();

    const json saved = workbench_.settings().form("ebss");
    for (auto* form : forms_) {
        form->set_values(preset_values(find_kind("sample"), "paper"));
        form->set_values(saved);
        connect(form, &OptionForm::changed, this, &EbssPage::remember);
    }
    show_values();
    if (!saved.empty()) // until values are chosen here, the other pages search by the command's defaults
        remember();
    connect(search_, &SearchView::tau_changed, this, [this](double tau) {
        tau_form_->set_values({{"tau", std::round(tau * 1000) / 1000}});
    });
    connect(search_, &SearchView::message, this, &Page::tell);
    connect(set_, &SetView::message, this, &Page::tell);
    connect(set_, &SetView::accepted, this, &EbssPage::accept);
    connect(texts_, &TokenTexts::changed, this, &EbssPage::write_search_texts);
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
}

void EbssPage::build_controls() {
    preset_->addItem(tr("As in the paper"), "paper");
    preset_->addItem(tr("Balanced"), "balanced");
    preset_->setPlaceholderText(tr("Own values"));
    preset_->setAccessibleName(tr("Preset"));
    preset_->setObjectName(QStringLiteral("preset"));
    preset_->setToolTip(ebss_word("preset"));
    connect(preset_, &QComboBox::activated, this, [this] {
        const json values =
            preset_values(find_kind("sample"), preset_->currentData().toString().toStdString());
        for (auto* form : forms_)
            form->set_values(values);
        remember();
    });
    auto* more = new QToolButton;
    more->setText(tr("More"));
    more->setCheckable(true);
    more->setToolTip(tr("What the score measures, and what keeps the text varied"));
    for (auto* form : {score_, text_}) {
        connect(more, &QToolButton::toggled, form, &QWidget::setVisible);
        form->hide();
    }
    for (auto* form : forms_) {
        const json values = form->values(); // items() only refers to it
        for (const auto& [key, value] : values.items()) {
            QWidget* control = form->control(key);
            if (const QString word = ebss_word(key); !word.isEmpty())
                control->setToolTip(word);
            control->installEventFilter(this);
        }
    }
    preset_->installEventFilter(this);

    auto* preset_label = new QLabel(tr("P&reset"));
    preset_label->setBuddy(preset_);
    auto* slider = new TauSlider(qobject_cast<QDoubleSpinBox*>(tau_form_->control("tau")));
    auto* first = add_controls();
    first->addWidget(preset_label);
    first->addWidget(preset_);
    first->addSpacing(8);
    first->addWidget(tau_form_);
    first->addWidget(slider, 1);
    first->addSpacing(8);
    first->addWidget(form_);
    auto* second = add_controls();
    second->addWidget(size_);
    second->addWidget(button_for(preview_, true));
    second->addWidget(button_for(main_action()));
    second->addWidget(more);
    second->addStretch();
    for (auto* form : {score_, text_})
        add_controls()->addWidget(form);
    word_->setForegroundRole(QPalette::PlaceholderText); // follows the theme
    word_->setText(ebss_word("preset"));
    word_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    add_controls()->addWidget(word_);
}

// A word on the control that is used or pointed at.
bool EbssPage::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::Enter) {
        const std::string key = watched->objectName().toStdString();
        if (const QString word = ebss_word(key); !word.isEmpty())
            word_->setText(word);
    }
    return Page::eventFilter(watched, event);
}

json EbssPage::values() const {
    json all = json::object();
    for (const auto* form : forms_)
        all.update(form->values());
    return all;
}

double EbssPage::tau() const {
    return tau_of(tau_form_->values());
}

void EbssPage::show_values() {
    const json values = this->values();
    preset_->setCurrentIndex(-1);
    for (int i = 0; i < preset_->count(); ++i) {
        const json preset = preset_values(find_kind("sample"), preset_->itemData(i).toString().toStdString());
        bool same = true;
        for (const auto& [key, value] : preset.items())
            same = same && (!values.contains(key) || values[key] == value);
        if (same)
            preset_->setCurrentIndex(i);
    }
    search_->set_tau(tau());
}

void EbssPage::remember() {
    show_values();
    json values = this->values();
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
    job.options["record"] = std::min(sequences, recorded_sequences);
    return job;
}

std::vector<Job> EbssPage::jobs() const {
    return {sample_job(size_->values()["sequences"].get<int>())};
}

void EbssPage::start(int sequences, bool preview) {
    if (!workbench_.inspection().is_object())
        return tell(tr("Open a model first"), true);
    messages().hide();
    const Job job = sample_job(sequences);
    running_tau_ = tau_of(job.options);
    search_->clear();
    search_->set_sigma_title(sigma_title(job.options));
    recorded_.clear();
    tabs_->setCurrentWidget(search_);
    std::vector<std::string> events = {"progress", "warning", "usage", "layer"};
    for (int s = 0; s < std::min(sequences, recorded_sequences); ++s)
        events.push_back("step:" + std::to_string(s));
    id_ = workbench_.run(job, preview ? tr("Searching sequences") : tr("Writing %1 sequences").arg(sequences),
                         events);
}

void EbssPage::take_step(const json& fields) {
    const double sequence = number(fields, "sequence"), step = number(fields, "step");
    if (!(sequence >= 0 && sequence < 1e6) || !(step >= 0 && step < 1e6) || !fields.contains("candidates") ||
        !fields["candidates"].is_array())
        return;
    QVector<BeamCandidate> candidates;
    for (const json& entry : fields["candidates"]) {
        if (!entry.is_object())
            continue;
        BeamCandidate candidate;
        candidate.token = entry.value("token", json()).is_number() ? int(number(entry, "token")) : -1;
        if (entry.contains("text") && entry["text"].is_string())
            candidate.text = QString::fromStdString(entry["text"].get<std::string>());
        else if (candidate.token >= 0)
            candidate.text = tr("token %1").arg(candidate.token);
        candidate.log_p = number(entry, "log_p");
        candidate.sigma = number(entry, "sigma");
        candidate.score = number(entry, "score");
        candidate.parent = entry.value("parent", json()).is_number() ? int(number(entry, "parent")) : -1;
        candidate.kept = entry.value("kept", json()) == true;
        candidate.length = step + 2; // step 0 decides token 2
        // A branch that has ended has its own length; the score tells it.
        if (candidate.token < 0 && std::isfinite(candidate.score))
            candidate.length = std::max(
                1.0, std::round(-candidate.log_p / (candidate.score - candidate.sigma / running_tau_)));
        candidates.append(candidate);
    }
    search_->add_step(int(sequence), running_tau_, int(step), candidates);
}

void EbssPage::take_result(const ActiveJob& job, const json& result) {
    const json balance = result.value("balance", json::object());
    const json& options = job.job.options;
    set_->add_set({tau_of(options), number(options, "width"), number(result, "tokens"), number(balance, "cv"),
                   number(result, "perplexity"), 100 * number(result, "degenerate_share"),
                   number(result, "seconds")});
    set_->set_course(numbers(result.value("course", json()), "cv"),
                     numbers(result.value("course", json()), "perplexity"));
    stem_ = set_stem(options);
    messages().show_action(tr("%1 tokens written in %2")
                               .arg(QLocale(QLocale::English).toString(qint64(number(result, "tokens"))),
                                    duration_text(number(result, "seconds"))),
                           MessageBar::Tone::Note, tr("Read the set"),
                           [this] { tabs_->setCurrentWidget(set_); });
    read_run(job.run);
}

void EbssPage::open_run(const QString& folder) {
    search_->clear();
    recorded_.clear();
    read_run(folder);
}

void EbssPage::read_run(const QString& folder) {
    run_ = folder;
    const QString set_path = folder + QStringLiteral("/set.jsonl"),
                  search_path = folder + QStringLiteral("/search.safetensors");
    const auto mine = [this, folder] { return run_ == folder; }; // no other was opened meanwhile
    workbench_.worker().read_file(
        set_path, 0, this, [=, this](const QByteArray& bytes, const QString& fault) {
            if (!fault.isEmpty())
                return; // a run that keeps none
            in_background(
                this, [=] { return read_set(bytes, set_path); },
                [=, this](const QVector<SetSequence>& sequences, const QString& damage) {
                    if (!damage.isEmpty())
                        tell(damage, true);
                    else if (mine())
                        show_set(sequences);
                });
        });
    workbench_.worker().read_file(search_path, 0, this,
                                  [=, this](const QByteArray& bytes, const QString& fault) {
                                      if (!fault.isEmpty())
                                          return; // nothing was recorded
                                      in_background(
                                          this, [=] { return read_searches(bytes, search_path); },
                                          [=, this](const RecordedRun& run, const QString& damage) {
                                              if (!damage.isEmpty())
                                                  return tell(damage, true);
                                              if (!mine())
                                                  return;
                                              recorded_ = run.searches;
                                              search_->set_sigma_title(sigma_title(run.options));
                                              texts_->want(tokens_of(recorded_));
                                              write_search_texts();
                                          });
                                  });
}

void EbssPage::show_set(const QVector<SetSequence>& sequences) {
    ids_.clear();
    for (const auto& sequence : sequences)
        ids_.append(sequence.ids);
    set_->set_sequences(sequences);
    tabs_->setTabText(1, tr("Set (%1)").arg(sequences.size()));
    write_search_texts();
}

void EbssPage::write_search_texts() {
    if (recorded_.isEmpty())
        return;
    for (auto& search : recorded_) {
        const int opening = ids_.value(search.sequence).value(0, -1);
        texts_->want({opening});
        write_texts(search, texts_->text(opening), [this](int id) { return texts_->text(id); });
    }
    search_->set_searches(recorded_);
}

void EbssPage::accept(const QVector<SetSequence>& sequences) {
    if (run_.isEmpty() || !QFileInfo(run_).isDir())
        return tell(tr("The run folder is not on this machine, so no set can be written beside it"), true);
    try {
        const QString path = save_set(run_, stem_.isEmpty() ? QStringLiteral("ebss") : stem_, sequences);
        tell(tr("%1 sequences are offered as a source: %2").arg(sequences.size()).arg(path), false);
        Q_EMIT set_written(QStringLiteral("tokens:") + path);
    } catch (const RequestError& error) {
        tell(QString::fromUtf8(error.what()), true);
    }
}

} // namespace moequant
