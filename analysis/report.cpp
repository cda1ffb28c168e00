#include "analysis/report.h"

#include <algorithm>

namespace analysis {

namespace {

template <typename Item>
const Item* findBy(const std::vector<Item>& items, QString Item::*member, const QString& key)
{
    const auto found = std::ranges::find(items, key, member);
    return found == items.end() ? nullptr : &*found;
}

} // namespace

int Table::column(const QString& name) const
{
    const auto found = std::ranges::find(columns, name, &Column::name);
    return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

const Table* Report::table(const QString& id) const
{
    return findBy(tables, &Table::id, id);
}

const Chart* Report::chart(const QString& id) const
{
    return findBy(charts, &Chart::id, id);
}

const Scalar* Report::scalar(const QString& name) const
{
    return findBy(scalars, &Scalar::name, name);
}

} // namespace analysis
