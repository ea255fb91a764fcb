#include "app/workbench/frame/icons.h"

#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

#include <cstring>

namespace moequant {
namespace {

struct Drawing {
    const char* name;
    const char* paths; ///< on a 24 × 24 grid
};

constexpr Drawing drawings[] = {
    {"model", "<path d='M12 3 20 7.5v9L12 21 4 16.5v-9z'/><path d='M4 7.5 12 12l8-4.5M12 12v9'/>"},
    {"calibration", "<path d='M4 20V4M4 20h16M8 20v-7M12 20V8M16 20v-4M20 20V6'/>"},
    {"ebss", "<path d='M4 12h4l4-6h8M8 12l4 6h8M12 12h8M8 12h4'/>"},
    {"quantize", "<path d='M3 19h4v-5h4V9h4V5h6'/><path d='M3 15 20 3' stroke-dasharray='2 2'/>"},
    {"errors", "<path d='M4 4h16v16H4zM4 9.3h16M4 14.6h16M9.3 4v16M14.6 4v16'/>"
               "<rect x='9.3' y='9.3' width='5.3' height='5.3' fill='COLOR'/>"},
    {"compare", "<path d='M4 20h16M6 20V11h3v9M11 20V5h3v15M16 20v-7h3v7'/><path d='M3 8.5h18' "
                "stroke-dasharray='2 2'/>"},
    {"export", "<path d='M12 15V3M7.5 7.5 12 3l4.5 4.5M4 14v6h16v-6'/>"},
    {"lab", "<path d='M9.5 3h5M10.5 3v6.2L4.8 18.6A1.6 1.6 0 0 0 6.2 21h11.6a1.6 1.6 0 0 0 "
            "1.4-2.4L13.5 9.2V3'/><path d='M7.7 15c2-1.6 3.4 1.3 5 .3s2.2-.6 3.6-.3'/>"},
    {"learn", "<path d='M12 6C9.5 4.3 6.5 4 3 4v14c3.5 0 6.5.3 9 2 2.5-1.7 5.500-2 9-2V4c-3.500 0-6.500.3-9 "
              "2zM12 6v14'/>"},
    {"log", "<path d='M4 6h16M4 10h16M4 14h10M4 18h13'/>"},
    {"app", "<path d='M4 4h16v16H4z'/><path d='M8 16V9M12 16v-5M16 16V7' stroke-width='2.4'/>"},
};

} // namespace

QIcon line_icon(const char* name, const QColor& color) {
    for (const auto& drawing : drawings) {
        if (std::strcmp(drawing.name, name) != 0)
            continue;
        QByteArray svg =
            QByteArray("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'><g fill='none' "
                       "stroke='COLOR' stroke-width='1.6' stroke-linecap='round' stroke-linejoin='round'>") +
            drawing.paths + "</g></svg>";
        svg.replace("COLOR", color.name().toLatin1());
        QSvgRenderer renderer(svg);
        QIcon icon;
        for (const int size : {24, 48}) {
            QPixmap pixmap(size, size);
            pixmap.fill(Qt::transparent);
            QPainter painter(&pixmap);
            renderer.render(&painter);
            icon.addPixmap(pixmap);
        }
        return icon;
    }
    return {};
}

} // namespace moequant
