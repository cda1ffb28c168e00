#include "widgets/table/table_proxy.h"

#include "widgets/table/report_model.h"

#include <algorithm>
#include <cmath>

namespace widgets {

namespace {

/// Digits from `at` on, without leading zeros; moves `at` behind them.
QStringView takeNumber(const QString& text, qsizetype& at)
{
    while (at < text.size() && text[at] == QLatin1Char('0'))
        ++at;
    const qsizetype from = at;
    while (at < text.size() && text[at].isDigit())
        ++at;
    return QStringView(text).mid(from, at - from);
}

/// A needle with a letter that no formatted number has can only be found in text.
bool onlyInText(const QString& needle)
{
    static const QString numeric = QStringLiteral("0123456789.,-+e\u00D7\u2009\u2212\u2013\u221Enaif ");
    return std::ranges::any_of(needle, [](QChar letter) { return !numeric.contains(letter.toLower()); });
}

/// As it is typed: an ordinary space or none for the thin one, a hyphen for the minus.
QString typed(QString shown)
{
    return shown.remove(QChar(0x2009)).replace(QChar(0x2212), QLatin1Char('-'));
}

} // namespace

bool naturalLess(const QString& first, const QString& second)
{
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < first.size() && j < second.size()) {
        if (first[i].isDigit() && second[j].isDigit()) {
            const QStringView a = takeNumber(first, i);
            const QStringView b = takeNumber(second, j);
            const int order = a.size() != b.size() ? (a.size() < b.size() ? -1 : 1) : a.compare(b);
            if (order != 0)
                return order < 0;
            continue;
        }
        const QChar a = first[i].toLower();
        const QChar b = second[j].toLower();
        if (a != b)
            return a < b;
        ++i;
        ++j;
    }
    return first.size() - i < second.size() - j;
}

TableProxy::TableProxy(ReportModel* source, QObject* parent)
    : QSortFilterProxyModel(parent)
    , m_model(source)
{
    setSourceModel(source);
    setDynamicSortFilter(true);
}

void TableProxy::setNeedle(const QString& needle)
{
    const QString plain = typed(needle.trimmed());
    if (plain == m_needle)
        return;
    m_needle = plain;
    m_textOnly = onlyInText(plain);
    // Not invalidateFilter(): it takes rows out one run at a time, seconds for 100 000 of them.
    invalidate();
}

void TableProxy::setHidden(int column, bool hidden)
{
    m_hidden.resize(std::max(m_hidden.size(), static_cast<std::size_t>(column) + 1));
    m_hidden[static_cast<std::size_t>(column)] = hidden;
    if (!m_needle.isEmpty())
        invalidate();
}

bool TableProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const analysis::Cell& a = m_model->cell(left.row(), left.column());
    const analysis::Cell& b = m_model->cell(right.row(), right.column());
    const auto* first = std::get_if<QString>(&a);
    const auto* second = std::get_if<QString>(&b);
    if (first != nullptr && second != nullptr)
        return naturalLess(*first, *second);
    const double x = numberOf(a);
    const double y = numberOf(b);
    // The view turns the order round by swapping the sides; what is missing stays last.
    if (std::isnan(x) || std::isnan(y))
        return sortOrder() == Qt::AscendingOrder ? !std::isnan(x) && std::isnan(y)
                                                 : std::isnan(x) && !std::isnan(y);
    return x < y;
}

bool TableProxy::filterAcceptsRow(int row, const QModelIndex&) const
{
    if (m_needle.isEmpty())
        return true;
    for (int column = 0; column < m_model->columnCount(); ++column) {
        const auto at = static_cast<std::size_t>(column);
        if (at < m_hidden.size() && m_hidden[at])
            continue;
        const analysis::Cell& cell = m_model->cell(row, column);
        const auto* text = std::get_if<QString>(&cell);
        if (text != nullptr ? text->contains(m_needle, Qt::CaseInsensitive)
                            : !m_textOnly && typed(m_model->format(column).text(cell)).contains(m_needle))
            return true;
    }
    return false;
}

} // namespace widgets
