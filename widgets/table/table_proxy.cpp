#include "widgets/table/table_proxy.h"

#include "widgets/table/report_model.h"

#include <algorithm>
#include <cmath>

namespace widgets {

namespace {

bool isDigit(char16_t letter)
{
    return letter >= u'0' && letter <= u'9';
}

/// The run of digits that begins at `at`, without leading zeros.
QStringView numberAt(QStringView text, qsizetype at)
{
    while (at < text.size() && text[at] == u'0')
        ++at;
    qsizetype end = at;
    while (end < text.size() && isDigit(text[end].unicode()))
        ++end;
    return text.sliced(at, end - at);
}

/// Where the run of digits that `at` is in or just behind begins.
qsizetype runStart(QStringView text, qsizetype at)
{
    while (at > 0 && isDigit(text[at - 1].unicode()))
        --at;
    return at;
}

bool digitAt(QStringView text, qsizetype at)
{
    return at < text.size() && isDigit(text[at].unicode());
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

bool naturalLess(QStringView first, QStringView second)
{
    const qsizetype shorter = std::min(first.size(), second.size());
    const char16_t* a = first.utf16();
    const char16_t* b = second.utf16();
    qsizetype at = 0;
    while (at < shorter && (a[at] == b[at] || QChar(a[at]).toLower() == QChar(b[at]).toLower()))
        ++at;
    if (digitAt(first, at) || digitAt(second, at)) {
        // The texts are alike up to here, so both runs begin at the same place.
        const qsizetype start = runStart(first, at);
        const QStringView x = numberAt(first, start);
        const QStringView y = numberAt(second, start);
        const bool both = digitAt(first, start) && digitAt(second, start);
        if (both && x != y)
            return x.size() != y.size() ? x.size() < y.size() : x < y;
    }
    if (at == shorter)
        return first.size() < second.size();
    return QChar(a[at]).toLower() < QChar(b[at]).toLower();
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
