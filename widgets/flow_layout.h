// Items in rows that break where the width ends.
#pragma once
#include <QLayout>
#include <QVector>

namespace moequant {

class FlowLayout : public QLayout {
    Q_OBJECT
  public:
    explicit FlowLayout(QWidget* parent = nullptr) : QLayout(parent) {}
    ~FlowLayout() override;
    void insert_widget(int index, QWidget* widget);

    void addItem(QLayoutItem* item) override { items_.append(item); }
    int count() const override { return int(items_.size()); }
    QLayoutItem* itemAt(int index) const override { return items_.value(index); }
    QLayoutItem* takeAt(int index) override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange(QRect(0, 0, width, 0), false); }
    QSize sizeHint() const override { return minimumSize(); }
    QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

  private:
    /// The height that the rows take; moves the items when asked to.
    int arrange(const QRect& rect, bool move) const;
    QVector<QLayoutItem*> items_;
};

} // namespace moequant
