#include "app/workbench/pages/lab_tour_view.h"

#include "app/workbench/lab_notebook.h"
#include "app/workbench/learn/topics.h"
#include "app/workbench/settings.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>
#include <QTextBrowser>
#include <QTextDocument>
#include <QToolButton>

namespace moequant {
namespace {

const char* topic_of(LabPanel panel) {
    switch (panel) {
    case LabPanel::BiasEpsilon:
        return "lab-differences";
    case LabPanel::VarianceEpsilon:
    case LabPanel::BiasN:
    case LabPanel::VarianceN:
        return "lab-noise";
    case LabPanel::Surface:
        return "lab-surface";
    case LabPanel::HessianError:
        return "lab-hessian-error";
    case LabPanel::Spectrum:
        return "lab-rank";
    case LabPanel::QuantizationError:
        return "lab-quantization";
    case LabPanel::Tokens:
        break;
    }
    return "lab-chain";
}

} // namespace

LabTourView::LabTourView(Settings& settings, QAction* measure, QWidget* parent)
    : QWidget(parent),
      settings_(settings),
      stack_(new QStackedLayout(this)),
      both_(new QSplitter(Qt::Horizontal)),
      card_(new Card(tr("Step"))),
      text_(new QTextBrowser),
      where_(new QLabel),
      back_(new QToolButton),
      next_(new QToolButton),
      reveal_(new QPushButton(tr("Show the answer"))),
      save_(new QPushButton(tr("Save as notebook…"))) {
    auto* empty = new Card(tr("Tour"));
    empty->set_empty(tr("Walks in five steps through the numbers of a run, from a finite difference to the "
                        "experts, with a question at each."),
                     measure);
    empty->set_explanation(explanation("lab-tour"));
    card_->set_explanation(explanation("lab-tour"));
    card_->set_content(build_text());
    card_->show_content(true);
    both_->addWidget(card_);
    both_->setChildrenCollapsible(false);
    auto* steps = new QWidget;
    auto* column = new QVBoxLayout(steps);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    column->addWidget(build_bar());
    column->addWidget(both_, 1);
    auto* before = new QWidget;
    auto* room = new QVBoxLayout(before);
    room->setContentsMargins(0, 8, 0, 0);
    room->addWidget(empty);
    stack_->addWidget(before);
    stack_->addWidget(steps);
    for (QWidget* widget : std::initializer_list<QWidget*>{text_, back_, next_, reveal_, save_})
        widget->installEventFilter(this);
    connect(reveal_, &QPushButton::clicked, this, &LabTourView::reveal);
    connect(save_, &QPushButton::clicked, this, &LabTourView::choose_file);
    connect(back_, &QToolButton::clicked, this, [this] { show_step(step_ - 1); });
    connect(next_, &QToolButton::clicked, this, [this] { show_step(step_ + 1); });
}

QWidget* LabTourView::build_bar() {
    const auto set_up = [](QToolButton* button, const QString& text, const QString& name,
                           const QString& tip) {
        button->setText(text);
        button->setAccessibleName(name);
        button->setToolTip(tip);
    };
    set_up(back_, QStringLiteral("◀"), tr("Previous step"), tr("The step before (Left)"));
    set_up(next_, QStringLiteral("▶"), tr("Next step"), tr("The step after (Right)"));
    save_->setToolTip(tr("Write all steps with their pictures as Markdown"));
    reveal_->setToolTip(tr("Think first; then press Return"));
    where_->setObjectName(QStringLiteral("where"));
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (QWidget* widget : std::initializer_list<QWidget*>{back_, where_, next_})
        row->addWidget(widget);
    row->addStretch();
    row->addWidget(save_);
    return bar;
}

QWidget* LabTourView::build_text() {
    text_->setAccessibleName(tr("Text of the step"));
    text_->setFrameShape(QFrame::NoFrame);
    text_->document()->setDocumentMargin(4);
    text_->setMinimumWidth(240);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 4, 4);
    column->setSpacing(8);
    column->addWidget(text_, 1);
    auto* row = new QHBoxLayout;
    row->addWidget(reveal_);
    row->addStretch();
    column->addLayout(row);
    return content;
}

void LabTourView::set_report(const LabReport& report, const QString& command) {
    report_ = report;
    command_ = command;
    steps_ = lab_tour(report_);
    stack_->setCurrentIndex(steps_.isEmpty() ? 0 : 1);
    show_step(0);
}

void LabTourView::show_step(int step) {
    if (step < 0 || step >= steps_.size())
        return;
    step_ = step;
    revealed_ = false;
    where_->setText(tr("%1 of %2").arg(step + 1).arg(steps_.size()));
    back_->setEnabled(step > 0);
    next_->setEnabled(step + 1 < steps_.size());
    card_->set_title(tr("Step %1").arg(step + 1)); // what it is about may be longer than the card is wide
    show_figure(steps_[step]);
    write_text();
}

void LabTourView::show_figure(const TourStep& step) {
    const auto sizes = both_->sizes();
    delete figure_;
    figure_ = make_panel(step.panel, report_, step.view).release();
    figure_->set_empty(tr("This run did not measure what this picture shows."));
    figure_->set_explanation(explanation(topic_of(step.panel)));
    connect(figure_, &PlotView::message, this, &LabTourView::message);
    both_->addWidget(figure_);
    both_->setSizes(sizes.size() == 2 ? sizes : QList<int>{400, 540});
}

void LabTourView::write_text() {
    const TourStep& step = steps_[step_];
    QString html = QStringLiteral("<h3>%1</h3>").arg(step.title.toHtmlEscaped());
    for (const QString& paragraph : step.paragraphs)
        html += QStringLiteral("<p>%1</p>").arg(paragraph.toHtmlEscaped());
    html += QStringLiteral("<p><b>%1</b></p>").arg(step.question.toHtmlEscaped());
    if (revealed_)
        html += QStringLiteral("<p>%1</p>").arg(step.answer.toHtmlEscaped());
    text_->setHtml(html);
    reveal_->setEnabled(!revealed_);
    if (revealed_)
        text_->moveCursor(QTextCursor::End); // scrolls down to it
}

void LabTourView::reveal() {
    if (steps_.isEmpty())
        return;
    revealed_ = true;
    text_->setFocus(); // the button is greyed
    write_text();
}

void LabTourView::choose_file() {
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save the tour as a notebook"),
        QDir(settings_.last_folder("notebooks")).filePath(QStringLiteral("hessian-lab.md")),
        tr("Markdown (*.md)"));
    if (path.isEmpty())
        return;
    settings_.set_last_folder("notebooks", QFileInfo(path).path());
    save_notebook(path);
}

void LabTourView::save_notebook(const QString& path) {
    const QString fault = save_lab_notebook(report_, command_, path);
    Q_EMIT message(fault.isEmpty() ? tr("Saved %1").arg(path) : fault, !fault.isEmpty());
}

// Arrows walk and Return reveals, whichever control has the keyboard; in the picture they move its selection.
bool LabTourView::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->modifiers() == Qt::NoModifier &&
            (key->key() == Qt::Key_Left || key->key() == Qt::Key_Right)) {
            show_step(step_ + (key->key() == Qt::Key_Left ? -1 : 1));
            return true;
        }
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && watched != save_) {
            reveal();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace moequant
