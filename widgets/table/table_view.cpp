#include "widgets/table/table_view.h"

#include "widgets/parts/badge.h"
#include "widgets/table/column_fit.h"
#include "widgets/table/data_table.h"
#include "widgets/table/table_proxy.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScopedValueRollback>

#include <utility>

namespace widgets {

namespace {

QMenu* popupMenu(QWidget* parent)
{
    auto* menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    return menu;
}

} // namespace

TableView::TableView(const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_model(new ReportModel(this))
    , m_proxy(new TableProxy(m_model, this))
    , m_view(new DataTable(this))
{
    m_view->setAccessibleName(name);
    m_view->setModel(m_proxy);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeFilterLine());
    column->addWidget(m_view, 1);
    setFocusProxy(m_view);
    connectTable();
}

QWidget* TableView::makeFilterLine()
{
    m_filterLine = new QWidget(this);
    m_filter = new QLineEdit(m_filterLine);
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter rows"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(220);
    m_filter->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_count = new QLabel(m_filterLine);
    m_count->setFont(uiFont(12));
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_partial = new Badge({}, BadgeKind::Neutral, m_filterLine);
    m_partial->reserve(tr("partial"));
    auto* row = new QHBoxLayout(m_filterLine);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(12);
    row->addWidget(m_filter);
    row->addWidget(m_count);
    row->addWidget(m_partial);
    row->addStretch(1);
    return m_filterLine;
}

void TableView::connectTable()
{
    QHeaderView* header = m_view->horizontalHeader();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, &TableView::showHeaderMenu);
    connect(m_view, &QWidget::customContextMenuRequested, this, &TableView::showRowMenu);
    connect(header, &QHeaderView::sectionResized, this, [this](int, int before, int now) {
        // To and from nothing a column is hidden and shown.
        m_widthsByHand = m_widthsByHand || (!m_fitting && before > 0 && now > 0);
    });
    connect(m_view, &DataTable::widthChanged, this, [this] {
        if (!m_widthsByHand)
            fitColumns();
    });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_proxy->setNeedle(text);
        showCount();
    });
    connect(m_view, &DataTable::rowActivated, this,
            [this](int row) { emit rowActivated(m_proxy->mapToSource(m_proxy->index(row, 0)).row()); });
    const QItemSelectionModel* selection = m_view->selectionModel();
    connect(selection, &QItemSelectionModel::selectionChanged, this, &TableView::selectionChanged);
    connect(selection, &QItemSelectionModel::selectionChanged, this, &TableView::tellChosen);
    connect(selection, &QItemSelectionModel::currentRowChanged, this, &TableView::tellChosen);
}

/// The focus alone makes a row current, too, but chooses none.
void TableView::tellChosen()
{
    const QModelIndex now = m_view->currentIndex();
    if (now.isValid() && !m_view->selectionModel()->isRowSelected(now.row(), {}))
        return;
    const int row = now.isValid() ? m_proxy->mapToSource(now).row() : -1;
    if (std::exchange(m_chosen, row) != row && !m_quiet)
        emit rowChosen(row);
}

void TableView::setTable(TablePtr table)
{
    const auto before = m_model->table();
    const QScopedValueRollback quiet(m_quiet, true);
    m_model->setTable(std::move(table));
    const auto& now = m_model->table();
    const auto sameName = [](const analysis::Column& a, const analysis::Column& b) {
        return a.name == b.name;
    };
    const bool same = before != nullptr && now != nullptr && !before->rows.empty()
        && std::ranges::equal(before->columns, now->columns, sameName);
    if (!same)
        fitColumns();
    showCount();
}

void TableView::fitColumns()
{
    m_widthsByHand = false;
    if (m_model->columnCount() == 0)
        return;
    const QList<int> visible = visibleSections();
    const TableFonts fonts { QFontMetrics(m_view->horizontalHeader()->font()), QFontMetrics(m_view->font()) };
    std::vector<ColumnNeed> needs;
    for (const int column : visible)
        needs.push_back(
            columnNeed(*m_model->table(), static_cast<std::size_t>(column), m_model->format(column), fonts));
    const ColumnFit fit = widgets::fitColumns(needs, m_view->viewport()->width());
    const QScopedValueRollback fitting(m_fitting, true);
    m_view->setBarWidth(fit.barWidth);
    m_model->setBrokenTitles(fit.brokenTitles);
    for (qsizetype i = 0; i < visible.size(); ++i)
        m_view->setColumnWidth(visible[i], fit.widths[static_cast<std::size_t>(i)]);
}

void TableView::showCount()
{
    const int shown = m_proxy->rowCount();
    const int all = m_model->rowCount();
    m_count->setText(shown == all ? all == 1 ? tr("1 row") : tr("%1 rows").arg(formatCount(all))
                                  : tr("%1 of %2 rows").arg(formatCount(shown), formatCount(all)));
    const bool partial = m_model->table() != nullptr && m_model->table()->partial;
    m_partial->setBadge(partial ? tr("partial") : QString(), BadgeKind::Neutral);
}

void TableView::setColumnVisible(int column, bool visible)
{
    m_view->setColumnHidden(column, !visible);
    m_proxy->setHidden(column, !visible);
    showCount();
}

void TableView::setVisibleColumns(const QStringList& names)
{
    for (int column = 0; column < m_model->columnCount(); ++column) {
        const QString& name = m_model->table()->columns[static_cast<std::size_t>(column)].name;
        setColumnVisible(column, names.isEmpty() || names.contains(name));
    }
}

QList<int> TableView::visibleSections() const
{
    const QHeaderView* header = m_view->horizontalHeader();
    QList<int> result;
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        if (!header->isSectionHidden(column))
            result.append(column);
    }
    return result;
}

QStringList TableView::visibleColumns() const
{
    QStringList names;
    for (const int column : visibleSections())
        names.append(m_model->table()->columns[static_cast<std::size_t>(column)].name);
    return names;
}

QList<int> TableView::selectedRows() const
{
    QList<int> shown;
    const QModelIndexList indexes = m_view->selectionModel()->selectedRows();
    for (const QModelIndex& index : indexes)
        shown.append(index.row());
    std::ranges::sort(shown);
    QList<int> rows;
    for (const int row : shown)
        rows.append(m_proxy->mapToSource(m_proxy->index(row, 0)).row());
    return rows;
}

QList<int> TableView::shownRows() const
{
    QList<int> rows;
    for (int row = 0; row < m_proxy->rowCount(); ++row)
        rows.append(m_proxy->mapToSource(m_proxy->index(row, 0)).row());
    return rows;
}

void TableView::selectRow(int row)
{
    const QScopedValueRollback quiet(m_quiet, true);
    const QModelIndex index = row < 0 || row >= m_model->rowCount()
        ? QModelIndex()
        : m_proxy->mapFromSource(m_model->index(row, 0));
    if (!index.isValid()) {
        m_view->clearSelection();
        return;
    }
    m_view->selectionModel()->setCurrentIndex(
        index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_view->scrollTo(index);
}

void TableView::setFilter(const QString& text)
{
    m_filter->setText(text);
}

void TableView::setFilterVisible(bool visible)
{
    m_filterLine->setVisible(visible);
}

analysis::Table TableView::excerpt() const
{
    if (m_model->table() == nullptr)
        return {};
    const QList<int> selected = selectedRows();
    const QList<int> rows = selected.isEmpty() ? shownRows() : selected;
    const QList<int> columns = visibleSections();
    return widgets::excerpt(*m_model->table(), rows, columns);
}

void TableView::copy(CopyFormat format) const
{
    copyTable(excerpt(), format);
}

void TableView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        copy(CopyFormat::Tsv);
    else if (event->matches(QKeySequence::Find))
        m_filter->setFocus(Qt::ShortcutFocusReason);
    else if (event->key() == Qt::Key_Escape && !m_filter->text().isEmpty())
        m_filter->clear();
    else
        QWidget::keyPressEvent(event);
}

void TableView::showHeaderMenu(const QPoint& position)
{
    QMenu* menu = popupMenu(this);
    const QList<int> visible = visibleSections();
    for (int column = 0; column < m_model->columnCount(); ++column) {
        QAction* action = menu->addAction(m_model->format(column).header());
        action->setCheckable(true);
        action->setChecked(visible.contains(column));
        action->setEnabled(visible.size() > 1 || !action->isChecked());
        connect(action, &QAction::toggled, this, [this, column](bool on) { setColumnVisible(column, on); });
    }
    menu->addSeparator();
    menu->addAction(tr("Show all columns"), this, [this] { setVisibleColumns({}); });
    menu->addAction(tr("Fit column widths"), this, &TableView::fitColumns);
    menu->popup(m_view->horizontalHeader()->mapToGlobal(position));
}

void TableView::showRowMenu(const QPoint& position)
{
    QMenu* menu = popupMenu(this);
    menu->addAction(icon(QStringLiteral("copy")), tr("Copy"), QKeySequence::Copy, this,
                    [this] { copy(CopyFormat::Tsv); });
    menu->addAction(tr("Copy as CSV"), this, [this] { copy(CopyFormat::Csv); });
    menu->addAction(tr("Copy as LaTeX"), this, [this] { copy(CopyFormat::Latex); });
    menu->addSeparator();
    menu->addAction(tr("Select all"), QKeySequence::SelectAll, m_view, &QAbstractItemView::selectAll);
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

} // namespace widgets
