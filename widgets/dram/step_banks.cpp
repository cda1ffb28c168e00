#include "widgets/dram/step_banks.h"

#include "engine/dram/rules/history.h"
#include "widgets/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

using engine::dram::rules::BankPhase;
using engine::dram::rules::BankState;

namespace {

constexpr int labelWidth = 56;
constexpr int leastBox = 76;
constexpr int mostBox = 148;
constexpr int boxHeight = 80;
constexpr int gap = 4;
constexpr int rankGap = 8;
constexpr int lineHeight = 14;

/// The categories of the DRAM views: activate and precharge orange, refresh purple.
QColor phaseColour(BankPhase phase)
{
    const Theme& theme = Theme::current();
    switch (phase) {
    case BankPhase::Open:
        return theme.accent;
    case BankPhase::Precharging:
        return theme.categories[3];
    case BankPhase::Refreshing:
        return theme.categories[5];
    case BankPhase::PoweredDown:
        return theme.mut;
    case BankPhase::Idle:
        break;
    }
    return theme.border;
}

QString rowText(const BankState& state)
{
    return state.phase == BankPhase::Open ? QStringLiteral("0x") + QString::number(state.row, 16).toUpper()
                                          : QString();
}

} // namespace

StepBanks::StepBanks(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Bank states"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&ThemeManager::instance(), &ThemeManager::changed, this, QOverload<>::of(&QWidget::update));
}

void StepBanks::setStep(const analysis::CommandStep& step, int banks)
{
    const bool sameSize = m_step.banks.size() == step.banks.size() && m_banks == banks;
    m_step = step;
    m_banks = std::max(1, banks);
    QStringList open;
    for (std::size_t i = 0; i < step.banks.size(); ++i) {
        if (step.banks[i].after.phase != BankPhase::Idle)
            open << tr("rank %1 bank %2: %3")
                        .arg(i / static_cast<std::size_t>(m_banks))
                        .arg(i % static_cast<std::size_t>(m_banks))
                        .arg(stateWord(step.banks[i].after));
    }
    setAccessibleDescription(open.isEmpty() ? tr("All banks idle") : open.join(QStringLiteral(", ")));
    if (!sameSize)
        updateGeometry();
    update();
}

QString StepBanks::stateWord(const BankState& state)
{
    switch (state.phase) {
    case BankPhase::Idle:
        return tr("Idle");
    case BankPhase::Open:
        return state.until > 0 ? tr("Closing") : tr("Open");
    case BankPhase::Precharging:
        return tr("Precharge");
    case BankPhase::Refreshing:
        return tr("Refresh");
    case BankPhase::PoweredDown:
        return tr("Power-down");
    }
    return {};
}

QStringList StepBanks::counters(const analysis::StepBank& bank, quint64 cycle)
{
    static const std::array<const char*, 4> names = { "ACT", "RD", "WR", "PRE" };
    QStringList lines;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const quint64 next = bank.next[i];
        if (next == analysis::StepBank::closed)
            continue;
        lines << QLatin1String(names[i]) + QLatin1Char(' ')
                + (next > cycle ? tr("in %1").arg(formatCount(static_cast<qint64>(next - cycle)))
                                : tr("now"));
    }
    return lines;
}

int StepBanks::ranks() const
{
    return static_cast<int>(m_step.banks.size()) / m_banks;
}

StepBanks::Grid StepBanks::grid(int width) const
{
    const int room = std::max(leastBox, width - labelWidth);
    Grid grid;
    grid.columns = std::clamp((room + gap) / (leastBox + gap), 1, m_banks);
    grid.lines = (m_banks + grid.columns - 1) / grid.columns;
    grid.columns = (m_banks + grid.lines - 1) / grid.lines; // lines of equal length
    grid.boxWidth = std::min(mostBox, (room + gap) / grid.columns - gap);
    return grid;
}

int StepBanks::heightForWidth(int width) const
{
    const int rank = grid(width).lines * (boxHeight + gap) + rankGap;
    return std::max(1, ranks()) * rank - rankGap;
}

QSize StepBanks::sizeHint() const
{
    return { 900, heightForWidth(900) };
}

QSize StepBanks::minimumSizeHint() const
{
    return { labelWidth + 2 * leastBox, boxHeight };
}

bool StepBanks::isTarget(int rank, int bank) const
{
    const engine::dram::Command& command = m_step.command;
    return command.rank == rank && (engine::dram::rules::isForRank(command.kind) || command.bank == bank);
}

void StepBanks::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = Theme::current();
    const Grid cells = grid(width());
    const int rankHeight = cells.lines * (boxHeight + gap) + rankGap;
    for (int rank = 0; rank < ranks(); ++rank) {
        painter.setFont(uiFont(12));
        painter.setPen(theme.text2);
        painter.drawText(QRect(0, rank * rankHeight + 3, labelWidth, 18), Qt::AlignLeft | Qt::AlignVCenter,
                         tr("Rank %1").arg(rank));
        for (int bank = 0; bank < m_banks; ++bank) {
            const int x = labelWidth + bank % cells.columns * (cells.boxWidth + gap);
            const int y = rank * rankHeight + bank / cells.columns * (boxHeight + gap);
            paintBox(painter, QRect(x, y, cells.boxWidth, boxHeight), rank, bank);
        }
    }
}

void StepBanks::paintBox(QPainter& painter, const QRect& box, int rank, int bank) const
{
    const Theme& theme = Theme::current();
    const analysis::StepBank& state = m_step.banks[static_cast<std::size_t>(rank * m_banks + bank)];
    const bool outlined = isTarget(rank, bank) || state.isChanged();
    painter.fillRect(box, state.after.phase == BankPhase::Open ? theme.sel : theme.panel);
    painter.fillRect(QRect(box.left(), box.top(), box.width(), 4), phaseColour(state.after.phase));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(outlined ? theme.text : theme.border, outlined ? 2 : 1));
    painter.drawRect(outlined ? box.adjusted(1, 1, -1, -1) : box.adjusted(0, 0, -1, -1));

    const QRect inside = box.adjusted(7, 6, -6, 0);
    int y = inside.top();
    const auto line = [&](const QString& left, const QString& right) {
        const QRect place(inside.left(), y, inside.width(), lineHeight);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, left);
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, right);
        y += lineHeight;
    };
    painter.setFont(uiFont(11, true));
    painter.setPen(theme.text);
    line(QString::number(bank), stateWord(state.after));
    painter.setFont(monoFont(11));
    line({}, rowText(state.after));
    painter.setFont(uiFont(11));
    painter.setPen(theme.text2);
    for (const QString& counter : counters(state, m_step.command.cycle)) {
        const qsizetype space = counter.indexOf(QLatin1Char(' '));
        line(counter.left(space), counter.mid(space + 1));
    }
    if (const quint64 end = state.after.until;
        end > m_step.command.cycle && state.after.phase != BankPhase::Idle)
        line(tr("until"), formatCount(static_cast<qint64>(end)));
}

} // namespace widgets
