#include "engine/dram/dramsim3/channel.h"
#include "engine/dram/player.h"

namespace engine::dram::dramsim3 {

namespace {

// After so many column commands a row may be closed although more requests wait for it.
constexpr std::uint32_t rowCommandsLimit = 4;

} // namespace

bool Channel::issue(std::uint64_t now)
{
    bool columnIssued = false;
    if (m_refreshes.empty() || !issueForRefresh(now)) {
        const Choice first = search(now);
        if (first.step == Step::None)
            return false;
        columnIssued = first.step == Step::Column;
        carryOut(first, now);
    }
    if (m_dual) {
        const Choice second = search(now);
        if (second.step != Step::None && (second.step == Step::Column) != columnIssued)
            carryOut(second, now);
    }
    return true;
}

bool Channel::issueForRefresh(std::uint64_t now)
{
    const std::uint32_t rank = m_refreshes.front();
    m_blocked = rank;
    std::uint32_t ready = 0;
    for (std::uint32_t b = rank * m_bankCount; b < (rank + 1) * m_bankCount; ++b) {
        const Bank& bank = m_banks[b];
        if (bank.open && now >= std::max(bank.nextPrecharge, m_ranks[rank].nextPrecharge)) {
            precharge(b, false, now);
            return true;
        }
        if (!bank.open && now >= bank.nextRefresh)
            ++ready;
    }
    if (ready < m_bankCount)
        return false;
    refresh(rank, now);
    m_blocked = m_rankCount;
    m_refreshes.erase(m_refreshes.begin());
    return true;
}

// Continues the round robin from the queue looked at last; a full turn leaves it where it was.
Channel::Choice Channel::search(std::uint64_t now)
{
    const auto queues = static_cast<std::uint32_t>(m_queueCount.size());
    for (std::uint32_t turn = 0; turn < queues; ++turn) {
        m_index = m_index + 1 < queues ? m_index + 1 : 0;
        if (m_readyAt[m_index] > now)
            continue;
        if ((m_perBank ? m_banks[m_index].rank : m_index) == m_blocked)
            continue;
        const Choice choice = firstReady(m_index, now);
        if (choice.step != Step::None)
            return choice;
        m_readyAt[m_index] = choice.earliest;
    }
    return {};
}

Channel::Choice Channel::firstReady(std::uint32_t index, std::uint64_t now) const
{
    Choice none;
    for (std::uint32_t place = 0; place < m_queueCount[index]; ++place) {
        const Choice choice = stepFor(index, place, now);
        if (choice.step != Step::None)
            return choice;
        none.earliest = std::min(none.earliest, choice.earliest);
        if (m_perBank && !m_banks[index].open)
            break; // All others wait for the same activate.
    }
    return none;
}

Channel::Choice Channel::stepFor(std::uint32_t index, std::uint32_t place, std::uint64_t now) const
{
    const Transaction& entry = queue(index)[place];
    const Bank& bank = m_banks[entry.bank];
    const Group& group = m_groups[bank.group];
    Choice choice { Step::None, index, place, never };
    Step step = Step::Activate;
    if (!bank.open) {
        const Rank& rank = m_ranks[bank.rank];
        choice.earliest = std::max({ bank.nextActivate, group.nextActivate, rank.four.ready() });
        if (m_gddr)
            choice.earliest = std::max(choice.earliest, rank.thirtyTwo.ready());
    } else if (bank.row == entry.row) {
        step = Step::Column;
        if (entry.write && waitsForRead(index, place))
            return choice;
        choice.earliest =
            entry.write ? std::max(bank.nextWrite, group.nextWrite) : std::max(bank.nextRead, group.nextRead);
    } else {
        step = Step::Precharge;
        if (!mayPrecharge(index, place))
            return choice;
        choice.earliest = std::max(bank.nextPrecharge, m_ranks[bank.rank].nextPrecharge);
    }
    if (choice.earliest <= now)
        choice.step = step;
    return choice;
}

bool Channel::mayPrecharge(std::uint32_t index, std::uint32_t place) const
{
    const Transaction* entries = queue(index);
    const std::uint32_t bank = entries[place].bank;
    for (std::uint32_t i = 0; i < place; ++i) {
        if (entries[i].bank == bank)
            return false;
    }
    if (m_banks[bank].rowCommands >= rowCommandsLimit)
        return true;
    for (std::uint32_t i = place; i < m_queueCount[index]; ++i) {
        if (entries[i].bank == bank && entries[i].row == m_banks[bank].row)
            return false;
    }
    return true;
}

bool Channel::waitsForRead(std::uint32_t index, std::uint32_t place) const
{
    const Transaction* entries = queue(index);
    for (std::uint32_t i = 0; i < place; ++i) {
        if (!entries[i].write && entries[i].bank == entries[place].bank
            && entries[i].row == entries[place].row && entries[i].column == entries[place].column)
            return true;
    }
    return false;
}

void Channel::carryOut(const Choice& choice, std::uint64_t now)
{
    Transaction* entries = queue(choice.queue);
    const Transaction entry = entries[choice.place];
    switch (choice.step) {
    case Step::Activate:
        activate(entry.bank, entry.row, now);
        break;
    case Step::Precharge:
        precharge(entry.bank, true, now);
        break;
    case Step::Column:
        std::copy(entries + choice.place + 1, entries + m_queueCount[choice.queue], entries + choice.place);
        --m_queueCount[choice.queue];
        --m_queued;
        column(entry, now);
        break;
    case Step::None:
        break;
    }
}

} // namespace engine::dram::dramsim3
