#include "widgets/chart/svg_finish.h"

#include <QFont>
#include <QPainterPath>
#include <QXmlStreamReader>
#include <QXmlStreamWriter>

namespace widgets {

namespace {

constexpr int outlineEm = 1000; ///< glyphs are taken at this size and scaled down

/// What a reader may use when it lacks the first family.
QString familiesLike(const QString& family)
{
    const bool serif = family.contains(QLatin1String("Serif")) || family.contains(QLatin1String("Times"));
    return serif ? QStringLiteral("'%1', 'Times New Roman', Times, serif").arg(family)
                 : QStringLiteral("'%1', Arial, Helvetica, sans-serif").arg(family);
}

QString number(double value)
{
    return QString::number(value, 'g', 7);
}

QString pathData(const QPainterPath& path)
{
    QString data;
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element element = path.elementAt(i);
        const char* command = element.isMoveTo() ? "M"
            : element.isLineTo()                 ? "L"
            : element.isCurveTo()                ? "C"
                                                 : "";
        data += QLatin1String(command) + number(element.x) + QLatin1Char(',') + number(element.y)
            + QLatin1Char(' ');
    }
    return data.trimmed();
}

class Finisher {
public:
    Finisher(const QByteArray& svg, const QSizeF& sizeMm, const SvgFinish& finish)
        : m_reader(svg)
        , m_writer(&m_result)
        , m_sizeMm(sizeMm)
        , m_finish(finish)
    {
    }

    QByteArray run()
    {
        m_writer.writeStartDocument();
        while (!m_reader.atEnd()) {
            m_reader.readNext();
            if (m_reader.isStartElement())
                startElement();
            else if (m_reader.isEndElement())
                m_writer.writeEndElement();
            else if (m_reader.isCharacters() && !m_reader.isWhitespace())
                m_writer.writeCharacters(m_reader.text().toString());
        }
        m_writer.writeEndDocument();
        return m_result;
    }

private:
    void startElement()
    {
        const QStringView name = m_reader.name();
        if (name == QLatin1String("svg"))
            return startSvg();
        if (name == QLatin1String("title") || name == QLatin1String("desc"))
            return m_reader.skipCurrentElement();
        if (name == QLatin1String("text"))
            return writeText();
        m_writer.writeStartElement(name.toString());
        m_writer.writeAttributes(m_reader.attributes());
    }

    void startSvg()
    {
        const QStringList box =
            m_reader.attributes().value(QLatin1String("viewBox")).toString().split(QLatin1Char(' '));
        const double unitsPerMm = box.value(2).toDouble() / m_sizeMm.width();
        m_writer.writeStartElement(QStringLiteral("svg"));
        m_writer.writeDefaultNamespace(QStringLiteral("http://www.w3.org/2000/svg"));
        m_writer.writeNamespace(QStringLiteral("http://www.w3.org/1999/xlink"), QStringLiteral("xlink"));
        m_writer.writeAttribute(QStringLiteral("version"), QStringLiteral("1.1"));
        m_writer.writeAttribute(QStringLiteral("width"), number(m_sizeMm.width()) + QStringLiteral("mm"));
        m_writer.writeAttribute(QStringLiteral("height"), number(m_sizeMm.height()) + QStringLiteral("mm"));
        m_writer.writeAttribute(
            QStringLiteral("viewBox"),
            QStringLiteral("0 0 %1 %2")
                .arg(number(m_sizeMm.width() * unitsPerMm), number(m_sizeMm.height() * unitsPerMm)));
        m_writer.writeTextElement(QStringLiteral("title"), m_finish.title);
        if (!m_finish.description.isEmpty())
            m_writer.writeTextElement(QStringLiteral("desc"), m_finish.description);
    }

    void writeText()
    {
        QXmlStreamAttributes attributes = m_reader.attributes();
        const QString text = m_reader.readElementText();
        if (m_finish.outlines) {
            writeOutline(attributes, text);
            return;
        }
        for (QXmlStreamAttribute& attribute : attributes) {
            if (attribute.name() == QLatin1String("font-family"))
                attribute = { attribute.name().toString(), familiesLike(attribute.value().toString()) };
        }
        m_writer.writeStartElement(QStringLiteral("text"));
        m_writer.writeAttributes(attributes);
        m_writer.writeCharacters(text);
        m_writer.writeEndElement();
    }

    void writeOutline(const QXmlStreamAttributes& attributes, const QString& text)
    {
        const auto value = [&](const char* name) { return attributes.value(QLatin1String(name)).toString(); };
        QFont font;
        font.setFamilies({ value("font-family"), QStringLiteral("DejaVu Sans") });
        font.setPixelSize(outlineEm);
        font.setHintingPreference(QFont::PreferNoHinting);
        font.setWeight(static_cast<QFont::Weight>(value("font-weight").toInt()));
        QPainterPath path;
        path.addText(QPointF(), font, text);
        const double scale = value("font-size").toDouble() / outlineEm;
        QTransform place;
        place.translate(value("x").toDouble(), value("y").toDouble());
        place.scale(scale, scale);
        m_writer.writeStartElement(QStringLiteral("path"));
        m_writer.writeAttribute(QStringLiteral("fill"), value("fill"));
        m_writer.writeAttribute(QStringLiteral("stroke"), QStringLiteral("none"));
        m_writer.writeAttribute(QStringLiteral("aria-label"), text);
        m_writer.writeAttribute(QStringLiteral("d"), pathData(place.map(path)));
        m_writer.writeEndElement();
    }

    QXmlStreamReader m_reader;
    QByteArray m_result;
    QXmlStreamWriter m_writer;
    QSizeF m_sizeMm;
    SvgFinish m_finish;
};

} // namespace

QByteArray finishSvg(const QByteArray& svg, const QSizeF& sizeMm, const SvgFinish& finish)
{
    return Finisher(svg, sizeMm, finish).run();
}

} // namespace widgets
