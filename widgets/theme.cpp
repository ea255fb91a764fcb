#include "widgets/theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QStyle>
#include <QStyleFactory>
#include <QToolTip>

namespace moequant {
namespace {

struct Tones {
    QRgb window, base, alternate, text, muted, button, mid, highlight, highlighted_text, link, tooltip;
};

QPalette palette_of(const Tones& t) {
    QPalette p;
    const QColor window = QColor::fromRgb(t.window), text = QColor::fromRgb(t.text),
                 muted = QColor::fromRgb(t.muted);
    p.setColor(QPalette::Window, window);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, QColor::fromRgb(t.base));
    p.setColor(QPalette::AlternateBase, QColor::fromRgb(t.alternate));
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::PlaceholderText, muted);
    p.setColor(QPalette::Button, QColor::fromRgb(t.button));
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, Qt::white);
    p.setColor(QPalette::Light, QColor::fromRgb(t.button).lighter(115));
    p.setColor(QPalette::Midlight, QColor::fromRgb(t.button).lighter(107));
    p.setColor(QPalette::Mid, QColor::fromRgb(t.mid));
    p.setColor(QPalette::Dark, QColor::fromRgb(t.mid).darker(120));
    p.setColor(QPalette::Shadow, QColor::fromRgb(t.mid).darker(180));
    p.setColor(QPalette::Highlight, QColor::fromRgb(t.highlight));
    p.setColor(QPalette::HighlightedText, QColor::fromRgb(t.highlighted_text));
    p.setColor(QPalette::Link, QColor::fromRgb(t.link));
    p.setColor(QPalette::LinkVisited, QColor::fromRgb(t.link));
    p.setColor(QPalette::ToolTipBase, QColor::fromRgb(t.tooltip));
    p.setColor(QPalette::ToolTipText, text);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, muted);
    p.setColor(QPalette::Disabled, QPalette::Highlight, QColor::fromRgb(t.mid));
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, muted);
    return p;
}

} // namespace

bool is_dark(const QPalette& palette) {
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

bool desktop_prefers_dark(const QPalette& platform) {
    const auto bus = QDBusConnection::sessionBus();
    if (bus.isConnected()) {
        auto call = QDBusMessage::createMethodCall("org.freedesktop.portal.Desktop",
                                                   "/org/freedesktop/portal/desktop",
                                                   "org.freedesktop.portal.Settings", "Read");
        call << QStringLiteral("org.freedesktop.appearance") << QStringLiteral("color-scheme");
        call.setAutoStartService(false);
        const auto reply = bus.call(call, QDBus::Block, 200);
        if (reply.type() == QDBusMessage::ReplyMessage && !reply.arguments().isEmpty()) {
            QVariant value = reply.arguments().constFirst();
            while (value.canConvert<QDBusVariant>())
                value = value.value<QDBusVariant>().variant();
            const uint scheme = value.toUInt(); // 0: no preference, 1: dark, 2: light
            if (scheme == 1 || scheme == 2)
                return scheme == 1;
        }
    }
    return is_dark(platform);
}

QPalette light_palette() {
    return palette_of({0xfff4f5f7, 0xffffffff, 0xfff4f6f8, 0xff1c2024, 0xff5a626c, 0xffeceef1, 0xffc3c8ce,
                       0xff2f6fb5, 0xffffffff, 0xff1f5fa8, 0xffffffff});
}

QPalette dark_palette() {
    return palette_of({0xff2b2f34, 0xff191b1e, 0xff202327, 0xffe4e7ea, 0xff9aa2ab, 0xff3a3f46, 0xff565d66,
                       0xff3573b8, 0xffffffff, 0xff7db4ee, 0xff3a3f46});
}

void apply_theme(QApplication& application, Theme theme) {
    static const QPalette platform = application.palette();
    if (application.style()->name() != QLatin1String("fusion"))
        application.setStyle(QStyleFactory::create("Fusion"));
    const bool dark = theme == Theme::Dark || (theme == Theme::System && desktop_prefers_dark(platform));
    const QPalette palette = dark ? dark_palette() : light_palette();
    application.setPalette(palette);
    QToolTip::setPalette(palette);
}

QColor muted_text(const QPalette& palette) {
    return palette.color(QPalette::PlaceholderText);
}

} // namespace moequant
