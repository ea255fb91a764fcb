#include "app/workbench/pages/learn_page.h"

#include "app/workbench/learn/topics.h"

#include <QEvent>
#include <QListWidget>
#include <QSplitter>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace moequant {

LearnPage::LearnPage(Workbench& workbench, QWidget* parent)
    : Page(workbench, tr("What does it mean?"), parent), list_(new QListWidget), text_(new QTextBrowser) {
    list_->setAccessibleName(tr("Topics"));
    text_->setAccessibleName(tr("Explanation"));
    text_->document()->setDocumentMargin(16);
    for (const Topic& topic : topics()) {
        auto* item = new QListWidgetItem(topic.title, list_);
        item->setSizeHint(QSize(-1, 24));
        item->setData(Qt::UserRole, QString::fromLatin1(topic.key));
        if (topic.heading) {
            item->setFlags(Qt::NoItemFlags);
            QFont bold = item->font();
            bold.setBold(true);
            item->setFont(bold);
        }
    }
    color_headings();
    auto* both = new QSplitter(Qt::Horizontal);
    both->addWidget(list_);
    both->addWidget(text_);
    both->setSizes({320, 640});
    both->setChildrenCollapsible(false);
    body()->addWidget(both);
    connect(list_, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        if (item)
            text_->setHtml(explanation(item->data(Qt::UserRole).toString().toLatin1().constData()));
    });
    show_topic(QStringLiteral("layers"));
}

void LearnPage::show_topic(const QString& key) {
    for (int i = 0; i < list_->count(); ++i)
        if (list_->item(i)->data(Qt::UserRole) == key)
            list_->setCurrentRow(i);
}

// A heading cannot be chosen, and would be grey.
void LearnPage::color_headings() {
    for (int i = 0; i < list_->count(); ++i)
        if (list_->item(i)->flags() == Qt::NoItemFlags)
            list_->item(i)->setForeground(palette().text());
}

void LearnPage::changeEvent(QEvent* event) {
    Page::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        color_headings();
}

} // namespace moequant
