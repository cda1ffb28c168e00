#include "analysis/export/display.h"
#include "analysis/export/latex.h"
#include "analysis/export/writers.h"

#include <algorithm>

namespace analysis {

namespace {

qsizetype width(const QString& text)
{
    return text.toUcs4().size();
}

QString padded(const QString& text, qsizetype columns, bool right)
{
    const QString space(std::max<qsizetype>(0, columns - width(text)), u' ');
    return right ? space + text : text + space;
}

QString withoutEnd(QString line)
{
    while (line.endsWith(u' '))
        line.chop(1);
    return line + u'\n';
}

QString oneLine(QString text)
{
    std::ranges::replace_if(
        text, [](QChar c) { return c < u' '; }, QChar(u' '));
    return text;
}

std::vector<QStringList> cellTexts(const Table& table)
{
    std::vector<QStringList> lines(1);
    for (const Column& column : table.columns) {
        const QString unit = displayUnit(column);
        lines[0] += unit.isEmpty() ? column.name : column.name + QStringLiteral(" [") + unit + u']';
    }
    for (const std::vector<Cell>& row : table.rows) {
        QStringList line;
        for (std::size_t i = 0; i < row.size(); ++i)
            line += oneLine(displayText(table.columns[i], row[i]));
        lines.push_back(line);
    }
    return lines;
}

QString scalarLines(const std::vector<Scalar>& scalars)
{
    qsizetype names = 0;
    qsizetype numbers = 0;
    for (const Scalar& scalar : scalars) {
        names = std::max(names, width(scalar.name));
        numbers = std::max(numbers, width(displayText(scalar)));
    }
    QString text;
    for (const Scalar& scalar : scalars)
        text += withoutEnd(padded(scalar.name, names + 2, false) + padded(displayText(scalar), numbers, true)
                           + u' ' + scalar.unit);
    return text;
}

/// "Payload (bit)" as a heading of a printed table.
QString heading(const Column& column)
{
    const QString title = latexEscaped(column.title.isEmpty() ? column.name : column.title);
    const QString unit = latexEscaped(displayUnit(column));
    return unit.isEmpty() ? title : title + QStringLiteral(" (") + unit + u')';
}

/// Thousands apart by a thin space, minus signs as such.
QString latexNumber(const QString& number)
{
    if (number.contains(u'e') || number.contains(u'n'))
        return number;
    QString result = number;
    const qsizetype point = number.indexOf(u'.');
    const qsizetype first = number.startsWith(u'-') ? 1 : 0;
    for (qsizetype place = (point < 0 ? number.size() : point) - 3; place > first; place -= 3)
        result.insert(place, QStringLiteral("\\,"));
    return first == 1 ? u'$' + QStringLiteral("-$") + result.mid(1) : result;
}

} // namespace

QByteArray toText(const Table& table)
{
    const std::vector<QStringList> lines = cellTexts(table);
    std::vector<qsizetype> widths(table.columns.size(), 0);
    for (const QStringList& line : lines) {
        for (qsizetype i = 0; i < line.size(); ++i)
            widths[static_cast<std::size_t>(i)] =
                std::max(widths[static_cast<std::size_t>(i)], width(line[i]));
    }
    QString text;
    for (const QStringList& line : lines) {
        QString out;
        for (qsizetype i = 0; i < line.size(); ++i) {
            const auto column = static_cast<std::size_t>(i);
            out += (i == 0 ? QString() : QStringLiteral("  "))
                + padded(line[i], widths[column], isNumeric(table.columns[column]));
        }
        text += withoutEnd(out);
    }
    return text.toUtf8();
}

QByteArray toText(const Report& report)
{
    const QString partial = QStringLiteral(" (partial: stopped before the end)");
    QByteArray text = scalarLines(report.scalars).toUtf8();
    for (const Table& table : report.tables) {
        const QString title = table.title.isEmpty() ? table.id : table.title;
        text += (text.isEmpty() ? "" : "\n") + title.toUtf8()
            + (table.partial ? partial.toUtf8() : QByteArray()) + '\n' + toText(table);
    }
    return report.partial ? (report.analysis + partial + QStringLiteral("\n\n")).toUtf8() + text : text;
}

QByteArray toLatex(const Table& table)
{
    QString kinds;
    QStringList headings;
    for (const Column& column : table.columns) {
        kinds += isNumeric(column) ? u'r' : u'l';
        headings += heading(column);
    }
    QString text =
        QStringLiteral("% needs \\usepackage{booktabs}\n\\begin{tabular}{%1}\n\\toprule\n").arg(kinds)
        + headings.join(QStringLiteral(" & ")) + QStringLiteral(" \\\\\n\\midrule\n");
    for (const std::vector<Cell>& row : table.rows) {
        QStringList cells;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const QString shown = displayText(table.columns[i], row[i]);
            const bool words = std::holds_alternative<QString>(row[i]);
            cells += words ? latexEscaped(shown) : latexNumber(shown);
        }
        text += cells.join(QStringLiteral(" & ")) + QStringLiteral(" \\\\\n");
    }
    return (text + QStringLiteral("\\bottomrule\n\\end{tabular}\n")).toUtf8();
}

} // namespace analysis
