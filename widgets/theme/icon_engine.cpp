#include "widgets/theme/theme.h"

#include <QFile>
#include <QHash>
#include <QIcon>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace widgets {

namespace {

QByteArray svgOf(const QString& name)
{
    static QHash<QString, QByteArray> sources;
    QByteArray& source = sources[name];
    if (source.isEmpty()) {
        QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
        if (!file.open(QIODevice::ReadOnly))
            qWarning("no icon named %s", qUtf8Printable(name));
        else
            source = file.readAll();
    }
    return source;
}

/// Draws one of our icons in the colour its state has in the theme of the moment.
class SvgIconEngine : public QIconEngine {
public:
    SvgIconEngine(QString name, IconInk ink)
        : m_name(std::move(name))
        , m_ink(ink)
    {
    }

    QIconEngine* clone() const override { return new SvgIconEngine(m_name, m_ink); }
    QString key() const override { return QStringLiteral("tessera"); }
    bool isNull() override { return svgOf(m_name).isEmpty(); }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        const QSize pixels = (QSizeF(rect.size()) * painter->device()->devicePixelRatioF()).toSize();
        painter->drawPixmap(rect, pixmap(pixels, mode, state));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        if (size.isEmpty())
            return {}; // a button that is squeezed while the window is being laid out
        const QColor colour = colourOf(mode, state);
        const QString cacheKey =
            QStringLiteral("tessera-icon/%1/%2x%3/%4")
                .arg(m_name, QString::number(size.width()), QString::number(size.height()), colour.name());
        QPixmap result;
        if (!QPixmapCache::find(cacheKey, &result)) {
            result = render(size, colour);
            QPixmapCache::insert(cacheKey, result);
        }
        return result;
    }

private:
    QColor colourOf(QIcon::Mode mode, QIcon::State state) const
    {
        const Theme& theme = Theme::current();
        if (mode == QIcon::Disabled)
            return theme.dis;
        switch (m_ink) {
        case IconInk::Plain:
            return state == QIcon::On ? theme.text : theme.text2;
        case IconInk::Text:
            return theme.text;
        case IconInk::OnAccent:
            return theme.onAccent;
        case IconInk::Accent:
            return theme.accent;
        case IconInk::Warn:
            return theme.warn;
        case IconInk::Err:
            return theme.err;
        case IconInk::Ok:
            return theme.ok;
        }
        return theme.text2;
    }

    QPixmap render(const QSize& size, const QColor& colour) const
    {
        QPixmap pixels(size);
        pixels.fill(Qt::transparent);
        QSvgRenderer renderer(svgOf(m_name).replace("currentColor", colour.name().toLatin1()));
        QPainter painter(&pixels);
        const int side = std::min(size.width(), size.height());
        const QRect square((size.width() - side) / 2, (size.height() - side) / 2, side, side);
        renderer.render(&painter, square);
        return pixels;
    }

    QString m_name;
    IconInk m_ink;
};

} // namespace

QIcon icon(const QString& name, IconInk ink)
{
    return QIcon(new SvgIconEngine(name, ink));
}

} // namespace widgets
