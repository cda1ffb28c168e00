#include "widgets/dram/command_timeline.h"

#include "widgets/dram/timeline_search.h"
#include "widgets/theme/theme.h"

#include <QFontMetricsF>
#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace widgets {

using engine::dram::CommandKind;

namespace {

constexpr double leastLane = 10; ///< [px]
constexpr double comfortableLane = 17; ///< [px]
constexpr double nameGap = 16; ///< left and right of the banks' names

QString hex(std::uint32_t value, int digits)
{
    return QStringLiteral("0x") + QString::number(value, 16).toUpper().rightJustified(digits, u'0');
}

QString nameOf(CommandKind kind)
{
    const std::string_view name = engine::dram::commandName(kind);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace

CommandTimeline::CommandTimeline(QWidget* parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setProperty("focusRing", true);
    setAccessibleName(tr("Commands per bank"));
    connect(&ThemeManager::instance(), &ThemeManager::changed, this, qOverload<>(&QWidget::update));
}

CommandTimeline::~CommandTimeline() = default;

void CommandTimeline::setIndex(std::shared_ptr<const TimelineIndex> index)
{
    m_index = std::move(index);
    m_chosen.reset();
    setHovered({}, {});
    if (!m_index || m_rank.channel >= m_index->channels() || m_rank.rank >= m_index->ranks())
        m_rank = {};
    m_layout.setContent(m_index ? m_index->cycles() : 0, m_index ? static_cast<int>(m_index->banks()) : 0);
    updateLayout();
    changeView();
}

void CommandTimeline::setRank(TimelineRank rank)
{
    if (rank == m_rank)
        return;
    m_rank = rank;
    setHovered({}, {});
    update();
}

void CommandTimeline::updateLayout()
{
    const QFontMetricsF metrics(uiFont(11, true));
    const double names = std::max(metrics.horizontalAdvance(tr("data bus")),
                                  metrics.horizontalAdvance(tr("bank %1").arg(m_layout.banks())));
    const double left = names + nameGap;
    m_layout.setSize(QSizeF(size()), left, legendRows(QFontMetricsF(uiFont(11)), width() - left));
    const int least = std::max(170, static_cast<int>(std::ceil(m_layout.heightFor(leastLane))));
    if (std::exchange(m_leastHeight, least) != least)
        updateGeometry();
}

int CommandTimeline::comfortableHeight() const
{
    return static_cast<int>(std::ceil(m_layout.heightFor(comfortableLane)));
}

void CommandTimeline::resizeEvent(QResizeEvent*)
{
    updateLayout();
    changeView();
}

void CommandTimeline::changeView()
{
    update();
    emit viewChanged();
}

void CommandTimeline::resetView()
{
    m_layout.fit();
    changeView();
}

void CommandTimeline::paintEvent(QPaintEvent* event)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(event->rect(), theme.panel);
    if (isEmpty())
        return;
    const TimelineScene now = scene();
    const double left = m_layout.area().left();
    paintLegend(painter, left, width() - left);
    paintRowNames(painter, now, m_chosen ? m_index->command(*m_chosen).bank : -1);
    paintAxis(painter, now);
    painter.save();
    painter.setClipRect(m_layout.area().adjusted(0, -12, 0, 0));
    if (m_layout.detail() == TimelineDetail::Marks)
        paintMarks(painter, now);
    else
        paintColumns(painter, now, devicePixelRatioF());
    if (m_hovered)
        paintHovered(painter, now, *m_hovered, m_hoveredRow);
    painter.restore();
    if (m_chosen)
        paintSelected(painter, now, *m_chosen);
}

QString CommandTimeline::describe(std::size_t number) const
{
    const Command& command = m_index->command(number);
    const QString cycle = formatCount(static_cast<qint64>(command.cycle));
    const TimelineIndex::OpenRow* row = m_index->rowOf(number);
    if (command.kind == CommandKind::Refresh)
        return tr("rank %1, cycle %2: REF, tRFC = %3")
            .arg(command.rank)
            .arg(cycle)
            .arg(m_index->timing().refresh);
    QString text = tr("bank %1, cycle %2: %3").arg(command.bank).arg(cycle, nameOf(command.kind));
    if (row == nullptr)
        return text;
    text += tr(" row %1").arg(hex(m_index->command(row->activate).detail, 4));
    const bool isColumn =
        command.kind >= CommandKind::Read && command.kind <= CommandKind::WriteAutoPrecharge;
    if (isColumn)
        text += tr(", column %1").arg(hex(command.detail * m_index->timing().burstColumns, 3));
    const auto list = m_index->bank({ command.channel, command.rank }, command.bank);
    const auto first = std::ranges::upper_bound(list, row->activate);
    const bool isFirst = number == row->activate || (first != list.end() && *first == number);
    if (isColumn || command.kind == CommandKind::Activate)
        text += !isFirst ? tr(", row hit") : row->conflict ? tr(", row conflict") : tr(", row miss");
    return text;
}

void CommandTimeline::choose(std::size_t command)
{
    showCommand(command);
    setAccessibleDescription(describe(command));
    emit hovered(describe(command));
    emit commandChosen(command);
}

void CommandTimeline::showCommand(std::size_t index)
{
    if (!m_index || index >= m_index->size())
        return;
    m_chosen = index;
    const Command& command = m_index->command(index);
    const TimelineRank rank { command.channel, command.rank };
    if (rank != m_rank) {
        setRank(rank);
        emit rankChanged();
    }
    m_layout.reveal(static_cast<double>(command.cycle), true);
    changeView();
}

void CommandTimeline::jumpTo(CommandKind kind)
{
    if (isEmpty())
        return;
    const auto start = static_cast<std::uint64_t>(m_layout.first());
    const bool fromChosen = m_chosen
        && TimelineRank { m_index->command(*m_chosen).channel, m_index->command(*m_chosen).rank } == m_rank;
    const auto found = nextCommand(*m_index, m_rank, start, true,
                                   fromChosen ? m_chosen : std::optional<std::size_t>(), kind);
    if (found)
        choose(*found);
}

} // namespace widgets
