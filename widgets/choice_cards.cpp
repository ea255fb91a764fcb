#include "widgets/choice_cards.h"

#include "widgets/theme.h"

#include <QButtonGroup>
#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QRadioButton>

#include <algorithm>

namespace moequant {
namespace {

/// The frame of one choice; a click anywhere in it is one on its button.
class ChoiceFrame : public QFrame {
  public:
    ChoiceFrame(const Choice& choice, QRadioButton* button) : button_(button) {
        auto* layout = new QVBoxLayout(this);
        layout->setContentsMargins(12, 8, 12, 8);
        layout->setSpacing(4);
        auto* head = new QHBoxLayout;
        QFont bold = button->font();
        bold.setBold(true);
        button->setFont(bold);
        head->addWidget(button);
        head->addStretch();
        head->addWidget(new QLabel(choice.fact));
        layout->addLayout(head);
        QStringList lines = choice.lines;
        if (!choice.obstacle.isEmpty())
            lines.prepend(QStringLiteral("✗ ") + choice.obstacle);
        for (const QString& line : lines) {
            auto* label = new QLabel(line);
            label->setWordWrap(true);
            label->setMinimumWidth(60);
            layout->addWidget(label);
        }
        layout->addStretch();
        QObject::connect(button, &QRadioButton::toggled, this, qOverload<>(&QWidget::update));
    }

  protected:
    void mousePressEvent(QMouseEvent* event) override {
        if (event->button() == Qt::LeftButton && button_->isEnabled()) {
            button_->setFocus(Qt::MouseFocusReason);
            button_->click();
        }
    }
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool chosen = button_->isChecked();
        painter.setPen(QPen(palette().color(chosen ? QPalette::Highlight : QPalette::Mid), chosen ? 2 : 1));
        // On a dark base the style's round indicator would have no visible edge.
        painter.setBrush(
            palette().color(button_->isEnabled() && !is_dark(palette()) ? QPalette::Base : QPalette::Window));
        const double edge = chosen ? 1 : 0.5;
        painter.drawRoundedRect(QRectF(rect()).adjusted(edge, edge, -edge, -edge), 4, 4);
    }

  private:
    QRadioButton* button_;
};

} // namespace

ChoiceCards::ChoiceCards(const QString& name, int columns, QWidget* parent)
    : QWidget(parent), grid_(new QGridLayout(this)), group_(new QButtonGroup(this)), columns_(columns) {
    setAccessibleName(name);
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setSpacing(8);
    for (int column = 0; column < columns; ++column)
        grid_->setColumnStretch(column, 1);
}

void ChoiceCards::set_choices(const QVector<Choice>& choices) {
    if (choices == choices_)
        return;
    choices_ = choices;
    rebuild();
    const auto possible = [this](const QString& key) {
        return std::any_of(choices_.begin(), choices_.end(), [&](const Choice& choice) {
            return choice.obstacle.isEmpty() && (key.isEmpty() || choice.key == key);
        });
    };
    QString wanted = possible(chosen_) && !chosen_.isEmpty() ? chosen_ : QString();
    if (wanted.isEmpty())
        for (const Choice& choice : choices_)
            if (choice.obstacle.isEmpty()) {
                wanted = choice.key;
                break;
            }
    if (wanted != chosen_)
        chosen_.clear();
    choose(wanted);
}

void ChoiceCards::choose(const QString& key) {
    for (int i = 0; i < choices_.size(); ++i)
        if (choices_[i].key == key && choices_[i].obstacle.isEmpty()) {
            group_->button(i)->setChecked(true);
            if (chosen_ == key)
                return;
            chosen_ = key;
            Q_EMIT choice_changed(key);
            return;
        }
}

void ChoiceCards::rebuild() {
    while (auto* item = grid_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (int i = 0; i < choices_.size(); ++i) {
        const Choice& choice = choices_[i];
        auto* button = new QRadioButton(choice.title);
        button->setObjectName(choice.key);
        button->setAccessibleName(choice.title);
        button->setAccessibleDescription(choice.lines.join(' '));
        button->setToolTip(choice.obstacle.isEmpty() ? choice.lines.value(0) : choice.obstacle);
        button->setEnabled(choice.obstacle.isEmpty());
        group_->addButton(button, i);
        connect(button, &QRadioButton::clicked, this, [this, key = choice.key] { choose(key); });
        grid_->addWidget(new ChoiceFrame(choice, button), i / columns_, i % columns_);
    }
}

} // namespace moequant
