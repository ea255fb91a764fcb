#include "app/workbench/pages/evaluate_form.h"

#include "widgets/colors.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace moequant {
namespace {

constexpr const char* evaluation_corpora[] = {
    "wikitext2", "c4", "gsm8k", "humaneval", "builtin:prose", "builtin:maths", "builtin:code"};
constexpr const char* quick_windows = "?samples=max:32&length=512";

} // namespace

EvaluateForm::EvaluateForm(Settings& settings, QWidget* parent)
    : QFrame(parent),
      settings_(settings),
      against_(new QCheckBox(tr("&Agreement with the float model"))),
      windows_(new QComboBox),
      targets_(new QLabel),
      start_(new QPushButton(tr("&Start"))) {
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Evaluate"));
    const auto saved = settings_.form("evaluate");
    const auto ticked = saved.value("corpora", nlohmann::json::array({"builtin:prose", "builtin:code"}));
    auto* above = new QHBoxLayout;
    above->setSpacing(12);
    for (const char* spec : evaluation_corpora) {
        auto* box = new QCheckBox(source_title(spec));
        box->setProperty("spec", QString::fromLatin1(spec));
        box->setToolTip(tr("Measure the perplexity on %1").arg(QString::fromLatin1(spec)));
        box->setChecked(ticked.is_array() && std::find(ticked.begin(), ticked.end(), spec) != ticked.end());
        above->addWidget(box);
        corpora_.append(box);
        connect(box, &QCheckBox::toggled, this, &EvaluateForm::save);
    }
    above->addStretch();
    windows_->addItem(tr("32 windows of 512 tokens"), QString::fromLatin1(quick_windows));
    windows_->addItem(tr("The whole test set"), QString());
    windows_->setToolTip(tr("How much of each corpus is read"));
    windows_->setAccessibleName(tr("Windows"));
    windows_->setCurrentIndex(saved.value("whole", nlohmann::json()) == true ? 1 : 0);
    against_->setToolTip(tr("Also compare every next-token distribution and route with the float model's"));
    against_->setChecked(saved.value("against", nlohmann::json(true)) == true);
    targets_->setTextFormat(Qt::PlainText);
    targets_->setWordWrap(true);
    targets_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    start_->setDefault(true);
    start_->setToolTip(tr("Evaluate these, one after the other"));
    auto* close = new QPushButton(tr("&Close"));
    close->setToolTip(tr("Hide this form"));
    auto* below = new QHBoxLayout;
    below->setSpacing(12);
    below->addWidget(targets_, 1);
    below->addWidget(windows_);
    below->addWidget(against_);
    below->addWidget(close);
    below->addWidget(start_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(8);
    layout->addLayout(above);
    layout->addLayout(below);
    connect(windows_, &QComboBox::currentIndexChanged, this, &EvaluateForm::save);
    connect(against_, &QCheckBox::toggled, this, &EvaluateForm::save);
    connect(start_, &QPushButton::clicked, this, &EvaluateForm::asked);
    connect(close, &QPushButton::clicked, this, &EvaluateForm::closed);
}

void EvaluateForm::set_targets(const QStringList& names, bool agrees) {
    any_target_ = !names.isEmpty();
    targets_->setText(names.isEmpty()     ? tr("Select runs in the table")
                      : names.size() == 1 ? tr("Evaluate %1").arg(names.first())
                                          : tr("Evaluate %1 runs").arg(names.size()));
    targets_->setToolTip(names.join('\n'));
    against_->setEnabled(agrees);
    start_->setEnabled(any_target_ && !specs().isEmpty());
}

QStringList EvaluateForm::specs() const {
    QStringList specs;
    for (const QCheckBox* box : corpora_)
        if (box->isChecked())
            specs.append(box->property("spec").toString() + windows_->currentData().toString());
    return specs;
}

bool EvaluateForm::against_float() const {
    return against_->isChecked();
}

void EvaluateForm::save() {
    nlohmann::json ticked = nlohmann::json::array();
    for (const QCheckBox* box : corpora_)
        if (box->isChecked())
            ticked.push_back(box->property("spec").toString().toStdString());
    settings_.set_form(
        "evaluate",
        {{"corpora", ticked}, {"whole", windows_->currentIndex() == 1}, {"against", against_->isChecked()}});
    start_->setEnabled(any_target_ && !ticked.empty());
    Q_EMIT changed();
}

} // namespace moequant
