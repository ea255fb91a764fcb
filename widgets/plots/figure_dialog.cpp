#include "widgets/plots/figure_dialog.h"

#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>

namespace moequant {
namespace {

FigureSize& last_size() {
    static FigureSize size;
    return size;
}

} // namespace

FigureDialog::FigureDialog(const QString& title, QWidget* parent)
    : QDialog(parent),
      title_(title),
      width_(new QDoubleSpinBox),
      height_(new QDoubleSpinBox),
      dpi_(new QSpinBox) {
    setWindowTitle(tr("Save picture"));
    for (auto* box : {width_, height_}) {
        box->setRange(20, 1000);
        box->setDecimals(1);
        box->setSuffix(tr(" mm"));
    }
    width_->setToolTip(tr("A column of a paper is about 85 mm wide, a page's text about 170 mm"));
    dpi_->setRange(50, 1200);
    dpi_->setSuffix(tr(" dpi"));
    width_->setValue(last_size().width_mm);
    height_->setValue(last_size().height_mm);
    dpi_->setValue(last_size().dpi);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    auto* save = buttons->addButton(tr("Save &as…"), QDialogButtonBox::AcceptRole);
    buttons->button(QDialogButtonBox::Cancel)->setAutoDefault(false);
    auto* form = new QFormLayout(this);
    form->addRow(tr("&Width:"), width_);
    form->addRow(tr("&Height:"), height_);
    form->addRow(tr("&Resolution (PNG):"), dpi_);
    form->addRow(buttons);
    save->setDefault(true); // only now is it this dialog's
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &FigureDialog::choose_file);
}

void FigureDialog::choose_file() {
    QString filter;
    static const QRegularExpression others(QStringLiteral("[^A-Za-z0-9]+"));
    QString name = title_;
    name.replace(others, QStringLiteral("-"));
    QString path = QFileDialog::getSaveFileName(this, tr("Save picture"), name.toLower() + ".pdf",
                                                tr("PDF (*.pdf);;SVG (*.svg);;PNG (*.png)"), &filter);
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += '.' + filter.left(3).toLower();
    last_size() = {width_->value(), height_->value(), dpi_->value()};
    Q_EMIT chosen(path, last_size());
    accept();
}

} // namespace moequant
