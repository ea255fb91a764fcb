#include "widgets/plots/figure_file.h"

#include "widgets/plots/key_row.h"
#include "widgets/plots/plot_style.h"
#include "widgets/plots/plot_view.h"

#include <qcustomplot.h>

#include <QBuffer>
#include <QFileInfo>
#include <QObject>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

constexpr double mm_per_inch = 25.4;
constexpr double logical_dpi = 144; // what print_style() counts in

QSize logical_size(const FigureSize& size) {
    return {int(std::lround(size.width_mm / mm_per_inch * logical_dpi)),
            int(std::lround(size.height_mm / mm_per_inch * logical_dpi))};
}

void paint_panels(QCPPainter& painter, const QVector<FigurePanel>& panels, int columns, const QSize& size) {
    const PlotStyle style = print_style();
    const int rows = (int(panels.size()) + columns - 1) / columns;
    QVector<KeyEntry> shared; // several panels have one key between them, each name and colour once
    for (const auto& panel : panels)
        for (const auto& entry : panel.plot->key_entries())
            if (panels.size() > 1 && std::none_of(shared.cbegin(), shared.cend(), [&](const KeyEntry& known) {
                    return known.text == entry.text && known.color == entry.color;
                }))
                shared.append(entry);
    const int key = key_height(shared, style, size.width() - 16);
    draw_key(&painter, shared, style, QRect(8, 4, size.width() - 16, key));
    const int top_margin = key > 0 ? key + 4 : 0;
    const int width = size.width() / columns, height = (size.height() - top_margin) / rows;
    QFont bold = style.font;
    bold.setBold(true);
    for (int i = 0; i < panels.size(); ++i) {
        painter.save();
        painter.translate((i % columns) * width, top_margin + (i / columns) * height);
        int top = 0;
        if (!panels[i].title.isEmpty()) {
            top = 26;
            painter.setFont(bold);
            painter.setPen(QPen(style.text));
            painter.drawText(QRectF(10, 4, width - 20, top - 4), Qt::AlignLeft | Qt::AlignVCenter,
                             panels[i].title);
            painter.translate(0, top);
        }
        panels[i].plot->paint_figure(&painter, QSize(width, height - top), panels.size() == 1);
        painter.restore();
    }
}

// The device must be open for as long as the painter lives.
void paint_on(QPaintDevice& device, double scale, bool vector, const QVector<FigurePanel>& panels,
              int columns, const FigureSize& size) {
    QCPPainter painter(&device);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.setMode(QCPPainter::pmNonCosmetic);
    if (vector)
        painter.setMode(QCPPainter::pmVectorized);
    painter.scale(scale, scale);
    paint_panels(painter, panels, columns, logical_size(size));
}

/// Takes the time of writing out of a PDF, byte for byte as long as before: equal runs give equal files.
QByteArray without_dates(QByteArray pdf) {
    for (const char* key : {"/CreationDate", "/ModDate"})
        for (qsizetype at = 0; (at = pdf.indexOf(key, at)) >= 0;) {
            const qsizetype end = pdf.indexOf(')', at);
            if (end < 0 || end - at > 64)
                break;
            for (; at <= end; ++at)
                pdf[at] = ' ';
        }
    return pdf;
}

} // namespace

QString check_figure_size(const FigureSize& size) {
    if (!(size.width_mm >= 20 && size.width_mm <= 1000) || !(size.height_mm >= 20 && size.height_mm <= 1000))
        return QObject::tr("a figure is 20 to 1000 mm wide and high, not %1 × %2")
            .arg(size.width_mm)
            .arg(size.height_mm);
    if (size.dpi < 50 || size.dpi > 1200)
        return QObject::tr("a figure has 50 to 1200 dpi, not %1").arg(size.dpi);
    if (size.width_mm * size.height_mm / (mm_per_inch * mm_per_inch) * size.dpi * size.dpi > 4e8)
        return QObject::tr("%1 × %2 mm at %3 dpi are more than 400 million pixels")
            .arg(size.width_mm)
            .arg(size.height_mm)
            .arg(size.dpi);
    return {};
}

QImage figure_image(const QVector<FigurePanel>& panels, int columns, const FigureSize& size) {
    QImage image(int(std::lround(size.width_mm / mm_per_inch * size.dpi)),
                 int(std::lround(size.height_mm / mm_per_inch * size.dpi)), QImage::Format_RGB32);
    image.fill(Qt::white);
    paint_on(image, size.dpi / logical_dpi, false, panels, columns, size);
    image.setDotsPerMeterX(int(std::lround(size.dpi * 1000 / mm_per_inch)));
    image.setDotsPerMeterY(int(std::lround(size.dpi * 1000 / mm_per_inch)));
    return image;
}

QString save_figure(const QVector<FigurePanel>& panels, int columns, const QString& path,
                    const FigureSize& size) {
    if (const QString fault = check_figure_size(size); !fault.isEmpty())
        return fault;
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix != "pdf" && suffix != "svg" && suffix != "png")
        return QObject::tr("%1: a figure ends in .pdf, .svg or .png").arg(path);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return QStringLiteral("%1: %2").arg(path, file.errorString());
    if (suffix == "pdf") {
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        QPdfWriter writer(&buffer);
        writer.setCreator(QStringLiteral("MoEQuant Workbench " MOEQUANT_VERSION));
        writer.setTitle(panels.isEmpty() ? QString() : panels.first().plot->title());
        writer.setPageSize(QPageSize(QSizeF(size.width_mm, size.height_mm), QPageSize::Millimeter, QString(),
                                     QPageSize::ExactMatch));
        writer.setPageMargins(QMarginsF());
        writer.setResolution(10 * int(logical_dpi));
        paint_on(writer, 10, true, panels, columns, size);
        file.write(without_dates(buffer.data()));
    } else if (suffix == "svg") {
        QSvgGenerator generator;
        generator.setOutputDevice(&file);
        generator.setTitle(panels.isEmpty() ? QString() : panels.first().plot->title());
        generator.setDescription(QStringLiteral("MoEQuant Workbench " MOEQUANT_VERSION));
        generator.setResolution(int(logical_dpi));
        generator.setSize(logical_size(size));
        generator.setViewBox(QRect(QPoint(), logical_size(size)));
        paint_on(generator, 1, true, panels, columns, size);
    } else if (!figure_image(panels, columns, size).save(&file, "PNG")) {
        file.cancelWriting();
        return QObject::tr("%1: could not be written").arg(path);
    }
    return file.commit() ? QString() : QStringLiteral("%1: %2").arg(path, file.errorString());
}

} // namespace moequant
