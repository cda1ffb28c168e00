#include "widgets/page/analysis_page.h"

#include "analysis/activation/subject.h"
#include "widgets/chart/chart_view.h"
#include "widgets/network/first_look.h"
#include "widgets/page/inspector_facts.h"
#include "widgets/parts/badge.h"
#include "widgets/parts/buttons.h"
#include "widgets/parts/empty_state.h"
#include "widgets/parts/message_bar.h"
#include "widgets/parts/panel_header.h"
#include "widgets/table/table_view.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace widgets {

namespace {

QString scalarText(const analysis::Scalar& scalar)
{
    const QString number = scalarNumber(scalar);
    return scalar.title + QStringLiteral(" ") + number
        + (scalar.unit.isEmpty() ? QString() : QStringLiteral(" ") + analysis::shownUnit(scalar.unit));
}

QString scalarsText(const analysis::Report& report)
{
    QStringList parts;
    for (const analysis::Scalar& scalar : report.scalars)
        parts << scalarText(scalar);
    return parts.join(QStringLiteral("   "));
}

/// Index of the column that names layers or nodes; -1 when the table has none.
int layerColumn(const analysis::Table& table)
{
    const int layer = table.column(QStringLiteral("layer"));
    return layer >= 0 ? layer : table.column(QStringLiteral("node"));
}

QWidget* stacked(QWidget* header, QWidget* body)
{
    auto* panel = new QWidget;
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header);
    column->addWidget(body, 1);
    return panel;
}

} // namespace

AnalysisPage::AnalysisPage(Session& session, const analysis::Analysis& row, QWidget* parent)
    : Page(parent)
    , m_session(session)
    , m_row(row)
    , m_header(new PanelHeader(row.title, HeaderKind::View, this))
    , m_badge(new Badge)
    , m_messages(new MessageBar(this))
    , m_stack(new QStackedWidget(this))
    , m_body(new QSplitter(Qt::Vertical))
    , m_nothing(
          new NothingYet(asSentence(row.help) + QLatin1Char('.'), tr("Run"), QStringLiteral("run"), this))
{
    m_badge->reserve(tr("partial"));
    m_header->addLeft(m_badge);
    m_body->addWidget(buildChartPanel());
    m_body->addWidget(buildTablePanel());
    m_body->setStretchFactor(0, 3);
    m_body->setStretchFactor(1, 2);
    m_body->setChildrenCollapsible(false);
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(m_body);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_messages);
    column->addWidget(m_stack, 1);

    connect(m_nothing, &NothingYet::actionRequested, this, &AnalysisPage::runRequested);
    connect(&session, &Session::analysisChanged, this, [this](int id) {
        if (id == m_item)
            refresh();
    });
    connect(&session.selection(), &SelectionModel::changed, this,
            [this](const Selection& now) { followSelection(now); });
    refresh();
}

QWidget* AnalysisPage::buildChartPanel()
{
    m_chartHeader = new PanelHeader(tr("Chart"));
    m_charts = new QComboBox;
    m_charts->setAccessibleName(tr("Chart"));
    m_charts->setMaxVisibleItems(24);
    m_charts->setMinimumWidth(200);
    QToolButton* exporting = iconButton(QStringLiteral("export"), tr("Export chart"));
    m_chartHeader->addRight(m_charts);
    m_chartHeader->addRight(exporting);
    m_chart = new ChartView;
    connect(exporting, &QToolButton::clicked, this, &AnalysisPage::exportRequested);
    connect(m_charts, &QComboBox::currentIndexChanged, this, &AnalysisPage::showChart);
    connect(m_chart, &ChartView::exportRequested, this, &AnalysisPage::exportRequested);
    connect(m_chart, &ChartView::tableRequested, this,
            [this] { m_table->setFocus(Qt::ShortcutFocusReason); });
    connect(m_chart, &ChartView::clicked, this, [this](int index) {
        if (const auto* bars = std::get_if<analysis::BarChart>(&m_chart->chart().kind))
            selectLayer(bars->categories.value(index));
    });
    return stacked(m_chartHeader, m_chart);
}

QWidget* AnalysisPage::buildTablePanel()
{
    m_tableHeader = new PanelHeader(tr("Table"));
    m_tables = new QComboBox;
    m_tables->setAccessibleName(tr("Table"));
    m_tables->setMinimumWidth(200);
    QToolButton* copying = iconButton(QStringLiteral("copy"), tr("Copy table"));
    m_tableHeader->addRight(m_tables);
    m_tableHeader->addRight(copying);
    m_table = new TableView(m_row.title);
    connect(copying, &QToolButton::clicked, this, &AnalysisPage::copyTable);
    connect(m_tables, &QComboBox::currentIndexChanged, this, &AnalysisPage::showTable);
    connect(m_table, &TableView::rowChosen, this, [this](int row) {
        const int layer = m_table->table() ? layerColumn(*m_table->table()) : -1;
        if (row < 0 || layer < 0)
            return;
        const auto& cells = m_table->table()->rows[static_cast<std::size_t>(row)];
        selectLayer(std::get<QString>(cells[static_cast<std::size_t>(layer)]));
    });
    return stacked(m_tableHeader, m_table);
}

void AnalysisPage::setItem(int id)
{
    m_item = id;
    refresh();
}

void AnalysisPage::refreshState(const AnalysisItem& item)
{
    const bool running = item.state == AnalysisState::Running;
    m_nothing->setSentence(running ? tr("%1 is running.").arg(m_row.title)
                                   : asSentence(m_row.help) + QLatin1Char('.'));
    m_nothing->setActionVisible(!running);
    m_messages->clear();
    if (item.state == AnalysisState::Failed)
        m_messages->post({ analysis::Level::Problem, item.error });
    if (running)
        m_badge->setBadge(formatNumber(item.fraction * 100, 0) + QStringLiteral(" %"), BadgeKind::Neutral);
    else if (item.state == AnalysisState::Stale)
        m_badge->setBadge(tr("stale"), BadgeKind::Warn);
    else if (item.state == AnalysisState::Failed)
        m_badge->setBadge(tr("failed"), BadgeKind::Err);
    else if (item.report && item.report->partial)
        m_badge->setBadge(tr("partial"), BadgeKind::Neutral);
    else
        m_badge->clear();
    if (!item.report)
        return;
    for (const analysis::Remark& remark : item.report->remarks)
        if (remark.level != analysis::Level::Note)
            m_messages->post(
                { remark.level,
                  remark.layer.isEmpty() ? remark.text : remark.layer + QStringLiteral(": ") + remark.text });
}

void AnalysisPage::refresh()
{
    const AnalysisItem* item = m_session.analysisItem(m_item);
    if (item != nullptr)
        refreshState(*item);
    const analysis::ReportPtr report = item != nullptr ? item->report : nullptr;
    if (report != m_report || report == nullptr)
        showReport(report);
}

void AnalysisPage::showReport(const analysis::ReportPtr& report)
{
    m_report = report;
    m_stack->setCurrentIndex(report ? 1 : 0);
    m_header->setRemark(report ? summary(*report) : QString());
    const QString chart = m_charts->currentData().toString();
    const QString table = m_tables->currentData().toString();
    const QSignalBlocker quietCharts(m_charts); // each is built once, not for every row that is added
    const QSignalBlocker quietTables(m_tables);
    m_charts->clear();
    m_tables->clear();
    if (report) {
        for (const analysis::Chart& one : report->charts)
            m_charts->addItem(one.title, one.id);
        for (const analysis::Table& one : report->tables)
            m_tables->addItem(one.title, one.id);
        m_charts->setCurrentIndex(std::max(0, m_charts->findData(chart)));
        m_tables->setCurrentIndex(std::max(0, m_tables->findData(table)));
        showChart(m_charts->currentIndex());
        showTable(m_tables->currentIndex());
    }
    emit contentChanged();
}

void AnalysisPage::showChart(int index)
{
    if (!m_report || index < 0)
        return;
    const analysis::Chart& chart = m_report->charts[static_cast<std::size_t>(index)];
    m_chartHeader->setTitle(chart.title);
    m_chart->setChart(chart);
    followSelection(m_session.selection().current());
    emit contentChanged();
}

void AnalysisPage::showTable(int index)
{
    if (!m_report || index < 0)
        return;
    const analysis::Table& table = m_report->tables[static_cast<std::size_t>(index)];
    m_tableHeader->setTitle(table.title);
    // The report lives as long as the view of its table.
    m_table->setTable({ m_report, &table });
}

void AnalysisPage::selectLayer(const QString& name)
{
    const AnalysisItem* item = m_session.analysisItem(m_item);
    const DatasetItem* subject = item != nullptr ? m_session.dataset(item->subject) : nullptr;
    if (subject == nullptr || !subject->dataset)
        return;
    const std::vector<engine::Tensor>& tensors = subject->dataset->content.tensors;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        if (analysis::subjectName(tensors[i]) != name)
            continue;
        const int tensor = static_cast<int>(i);
        m_session.selection().select({ .dataset = subject->dataset,
                                       .layer = layerOf(subject->dataset->content, tensor),
                                       .tensor = tensor });
        return;
    }
}

void AnalysisPage::followSelection(const Selection& now)
{
    const auto* bars = std::get_if<analysis::BarChart>(&m_chart->chart().kind);
    const engine::Tensor* tensor = now.tensorInfo();
    if (bars == nullptr || tensor == nullptr)
        return;
    m_chart->setHighlight(static_cast<int>(bars->categories.indexOf(analysis::subjectName(*tensor))));
}

QString AnalysisPage::chartId() const
{
    return m_charts->currentData().toString();
}

void AnalysisPage::selectChart(const QString& id)
{
    m_charts->setCurrentIndex(m_charts->findData(id));
}

QString AnalysisPage::summary(const analysis::Report& report) const
{
    return scalarsText(report);
}

PageChart AnalysisPage::pageChart(const analysis::Chart& chart) const
{
    QStringList paths;
    for (const analysis::InputRecord& input : m_report->inputs)
        paths << input.path;
    static const QRegularExpression unsafe(QStringLiteral("[^A-Za-z0-9._-]+"));
    QString name = m_row.id + QLatin1Char('-') + chart.id;
    name.replace(unsafe, QStringLiteral("-"));
    return { chart, analysis::provenance(*m_report), name,
             analysis::asCommand(m_row, paths.mid(0, 1), m_report->parameters) };
}

std::optional<PageChart> AnalysisPage::currentChart() const
{
    if (!m_report || m_charts->currentIndex() < 0)
        return std::nullopt;
    return pageChart(m_report->charts[static_cast<std::size_t>(m_charts->currentIndex())]);
}

bool AnalysisPage::canCopyTable() const
{
    return m_report && m_tables->count() > 0;
}

void AnalysisPage::copyTable()
{
    m_table->copy(CopyFormat::Tsv);
}

} // namespace widgets
