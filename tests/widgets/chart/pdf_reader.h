#pragma once

#include <QByteArray>
#include <QList>
#include <QRegularExpression>
#include <QString>

/// What a test reads out of a PDF that Qt wrote: objects are plain text, streams are deflated.
class PdfReader {
public:
    explicit PdfReader(QByteArray bytes)
        : m_bytes(std::move(bytes))
    {
        qsizetype at = 0;
        while ((at = m_bytes.indexOf("stream\n", at)) >= 0) {
            const qsizetype start = at + 7;
            const qsizetype end = m_bytes.indexOf("endstream", start);
            // qUncompress wants the length first; a guess too small is enlarged by itself
            const QByteArray packed = m_bytes.mid(start, end - start);
            if (!packed.startsWith("\x78"))
                m_streams << packed;
            else
                m_streams << qUncompress(QByteArray::fromHex("00010000") + packed);
            at = end + 9;
        }
    }

    const QByteArray& bytes() const { return m_bytes; }

    /// The page's drawing commands.
    QByteArray content() const
    {
        for (const QByteArray& stream : m_streams) {
            if (stream.contains(" cm\n"))
                return stream;
        }
        return {};
    }

    /// Width and height of the page [pt].
    QList<double> mediaBox() const
    {
        static const QRegularExpression box(QStringLiteral("/MediaBox \\[0 0 ([0-9.]+) ([0-9.]+)\\]"));
        const auto match = box.match(QString::fromLatin1(m_bytes));
        return { match.captured(1).toDouble(), match.captured(2).toDouble() };
    }

    /// Sizes of all text as printed: font size times the page's scale [pt].
    QList<double> textSizes() const
    {
        static const QRegularExpression scale(QStringLiteral("([0-9.]+) 0 0 -[0-9.]+ 0 [0-9.]+ cm"));
        static const QRegularExpression size(QStringLiteral("/F[0-9]+ ([0-9.]+) Tf"));
        const QString text = QString::fromLatin1(content());
        const double factor = scale.match(text).captured(1).toDouble();
        QList<double> sizes;
        for (auto match = size.globalMatch(text); match.hasNext();)
            sizes << match.next().captured(1).toDouble() * factor;
        return sizes;
    }

private:
    QByteArray m_bytes;
    QList<QByteArray> m_streams;
};
