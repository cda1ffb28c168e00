#include "widgets/job/log_view.h"

#include "widgets/parts/buttons.h"
#include "widgets/parts/segmented.h"
#include "widgets/table/data_table.h"
#include "widgets/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QToolButton>

namespace widgets {

namespace {

/// By level and by a piece of where or text.
class LogProxy : public QSortFilterProxyModel {
public:
    LogProxy(LogModel* model, QObject* parent)
        : QSortFilterProxyModel(parent)
        , m_model(model)
    {
        setSourceModel(model);
    }

    void setNeedle(const QString& needle)
    {
        m_needle = needle.trimmed();
        invalidate();
    }

    void setShown(LogView::Show shown)
    {
        m_shown = shown;
        invalidate();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex&) const override
    {
        const LogEntry& entry = m_model->entry(row);
        if (m_shown == LogView::Show::Errors && entry.level != analysis::Level::Problem)
            return false;
        if (m_shown == LogView::Show::Warnings && entry.level == analysis::Level::Note)
            return false;
        return m_needle.isEmpty() || entry.text.contains(m_needle, Qt::CaseInsensitive)
            || entry.where.contains(m_needle, Qt::CaseInsensitive);
    }

private:
    LogModel* m_model;
    QString m_needle;
    LogView::Show m_shown = LogView::Show::All;
};

} // namespace

LogView::LogView(LogModel* model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_proxy(new LogProxy(model, this))
    , m_table(new DataTable(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addWidget(m_table, 1);
    makeTable();
    setFocusProxy(m_table);
}

QWidget* LogView::makeBar()
{
    auto* bar = new QWidget(this);
    m_levels = new Segmented(tr("Level"), bar);
    for (const QString& word : { tr("All"), tr("Warnings"), tr("Errors") })
        m_levels->add(word);
    connect(m_levels, &Segmented::chosen, this, [this](int index) { setShown(static_cast<Show>(index)); });
    m_filter = new QLineEdit(bar);
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter the log"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_filter->setFixedWidth(220);
    connect(m_filter, &QLineEdit::textChanged, static_cast<LogProxy*>(m_proxy), &LogProxy::setNeedle);
    QToolButton* copyButton = iconButton(QStringLiteral("copy"), tr("Copy the log"), bar);
    connect(copyButton, &QToolButton::clicked, this, &LogView::copy);
    QToolButton* clearButton = iconButton(QStringLiteral("close"), tr("Clear the log"), bar);
    connect(clearButton, &QToolButton::clicked, m_model, &LogModel::clear);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 4, 8, 4);
    row->setSpacing(8);
    row->addWidget(m_levels);
    row->addWidget(m_filter);
    row->addStretch(1);
    row->addWidget(copyButton);
    row->addWidget(clearButton);
    return bar;
}

void LogView::makeTable()
{
    m_table->setAccessibleName(tr("Log"));
    m_table->setSortingEnabled(false);
    m_table->setModel(m_proxy);
    m_table->horizontalHeader()->setSectionsClickable(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setColumnWidth(LogModel::TimeColumn, 84);
    m_table->setColumnWidth(LogModel::LevelColumn, 100);
    m_table->setColumnWidth(LogModel::WhereColumn, 160);
    // Follows what comes unless the user has scrolled up to read.
    connect(m_proxy, &QAbstractItemModel::rowsAboutToBeInserted, this, [this] {
        const QScrollBar* bar = m_table->verticalScrollBar();
        if (bar->value() == bar->maximum())
            QMetaObject::invokeMethod(m_table, &QAbstractItemView::scrollToBottom, Qt::QueuedConnection);
    });
}

void LogView::setShown(Show which)
{
    m_levels->setCurrent(static_cast<int>(which));
    static_cast<LogProxy*>(m_proxy)->setShown(which);
}

void LogView::setFilter(const QString& text)
{
    m_filter->setText(text);
}

int LogView::shownCount() const
{
    return m_proxy->rowCount();
}

void LogView::copy() const
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty()) {
        for (int row = 0; row < m_proxy->rowCount(); ++row)
            rows.append(m_proxy->index(row, 0));
    }
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QString text;
    for (const QModelIndex& row : rows)
        text += m_model->line(m_proxy->mapToSource(row).row()) + QLatin1Char('\n');
    QGuiApplication::clipboard()->setText(text);
}

void LogView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else
        QWidget::keyPressEvent(event);
}

} // namespace widgets
