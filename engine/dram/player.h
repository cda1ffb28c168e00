#pragma once

#include "engine/base/error.h"
#include "engine/dram/address.h"
#include "engine/dram/simulation.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

namespace engine::dram {

constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();

/// Reads ahead from a source so that the loop below sees one request at a time.
class Feed {
public:
    Feed(RequestSource& source, const AddressMap& map, bool wrap)
        : m_source(source)
        , m_limit(wrap || map.addressBits >= 64 ? 0 : std::uint64_t { 1 } << map.addressBits)
    {
        refill();
    }

    bool isEmpty() const { return m_next == m_count; }
    const Request& front() const { return m_block[m_next]; }
    double fraction() const { return m_source.fraction(); }

    void pop()
    {
        ++m_popped;
        if (++m_next == m_count)
            refill();
    }

private:
    void refill()
    {
        m_next = 0;
        m_count = m_source.read(m_block);
        if (m_limit == 0)
            return;
        for (std::size_t i = 0; i < m_count; ++i) {
            if (m_block[i].address >= m_limit)
                refuse(i);
        }
    }

    [[noreturn]] void refuse(std::size_t index) const;

    RequestSource& m_source;
    std::uint64_t m_limit; ///< capacity [byte]; 0 = any address
    std::uint64_t m_popped = 0;
    std::size_t m_next = 0;
    std::size_t m_count = 0;
    std::array<Request, 1024> m_block;
};

/// "cycle 12 345", and which one the next request waits for when that is far away.
std::string progressText(std::uint64_t now, std::uint64_t arrival);

/// The clock: offers one request per cycle, strictly in order, and updates each channel only in cycles in
/// which it can do something. A cycle in which nothing is issued, moved or accepted changes no state, so it
/// is skipped.
///
/// Channel must offer
///   bool hasRoom(const Request&) const
///   void accept(const Request&, const Location&, std::uint64_t now)
///   std::uint64_t update(std::uint64_t now)  the next cycle in which it can do something by itself
///   bool isDrained() const, std::uint64_t lastDone() const
///   ChannelResult finish(std::uint64_t cycles)
/// Channel::offerDelay is 1 for a model that offers after its update, so that a request is seen one cycle
/// later.
template <typename Channel>
class Player {
public:
    Player(std::vector<Channel>& channels, const AddressMap& map, RequestSource& source,
           const RunOptions& options)
        : m_channels(channels)
        , m_wake(channels.size(), 0)
        , m_map(map)
        , m_feed(source, map, options.wrapAddresses)
        , m_limit(options.cycles > 0 ? options.cycles : never)
    {
        locate();
    }

    RunResult run(const Control& control)
    {
        RunResult result;
        std::uint64_t now = 0;
        std::uint64_t rounds = 0;
        while (now < m_limit) {
            if ((++rounds & 0x3FFF) == 0) {
                if (control.progress)
                    control.report(progress(now),
                                   progressText(now, m_feed.isEmpty() ? now : m_feed.front().cycle));
                if (control.stopped()) {
                    result.stopped = true;
                    m_limit = now;
                    break;
                }
            }
            if (m_limit == never && now - m_progressAt > patience && isStuck(now)) {
                result.stuck = true;
                m_limit = now;
                break;
            }
            offer(now);
            const std::uint64_t next = update(now);
            if (m_feed.isEmpty() && isDrained()) {
                result.drained = true;
                if (m_limit == never)
                    m_limit = std::max(now, lastDone()) + 1;
            }
            now = next;
        }
        result.cycles = m_limit;
        result.requests = m_accepted;
        for (Channel& channel : m_channels)
            result.channels.push_back(channel.finish(m_limit));
        return result;
    }

private:
    static constexpr std::uint64_t patience = 1'000'000; ///< hundreds of refreshes [cycle]

    void offer(std::uint64_t now)
    {
        if (m_feed.isEmpty() || now < arrival(m_feed.front()))
            return;
        const Request& request = m_feed.front();
        Channel& channel = m_channels[m_location.channel];
        if (!channel.hasRoom(request))
            return;
        channel.accept(request, m_location, now);
        m_wake[m_location.channel] = now;
        ++m_accepted;
        m_feed.pop();
        locate();
    }

    void locate()
    {
        if (!m_feed.isEmpty())
            m_location = m_map.locate(m_feed.front().address);
    }

    static std::uint64_t arrival(const Request& request) { return request.cycle + Channel::offerDelay; }

    /// Updates what is due and returns the next cycle in which anything can happen.
    std::uint64_t update(std::uint64_t now)
    {
        std::uint64_t next = never;
        for (std::size_t i = 0; i < m_channels.size(); ++i) {
            if (m_wake[i] <= now)
                m_wake[i] = m_channels[i].update(now);
            next = std::min(next, m_wake[i]);
        }
        if (!m_feed.isEmpty()) {
            // A full channel gets room in an update only, after which this is asked again.
            const Request& request = m_feed.front();
            if (m_channels[m_location.channel].hasRoom(request))
                next = std::min(next, std::max(now + 1, arrival(request)));
        }
        return std::max(next, now + 1);
    }

    bool isDrained() const
    {
        return std::all_of(m_channels.begin(), m_channels.end(),
                           [](const Channel& c) { return c.isDrained(); });
    }

    std::uint64_t lastDone() const
    {
        std::uint64_t last = 0;
        for (const Channel& channel : m_channels)
            last = std::max(last, channel.lastDone());
        return last;
    }

    /// Nothing accepted and nothing done for very long although requests wait: the controller holds itself
    /// up.
    bool isStuck(std::uint64_t now)
    {
        const std::uint64_t done = lastDone();
        if (isDrained() || m_accepted != m_seenAccepted || done != m_seenDone) {
            m_seenAccepted = m_accepted;
            m_seenDone = done;
            m_progressAt = now;
        }
        return now - m_progressAt > patience;
    }

    /// How long a run goes on once all is read nobody can say.
    double progress(std::uint64_t now) const
    {
        if (m_limit != never)
            return static_cast<double>(now) / static_cast<double>(m_limit);
        const double read = m_feed.fraction();
        return read < 1 ? read : -1;
    }

    std::vector<Channel>& m_channels;
    std::vector<std::uint64_t> m_wake; ///< per channel [cycle]
    AddressMap m_map;
    Feed m_feed;
    Location m_location; ///< of the front of the feed
    std::uint64_t m_limit;
    std::uint64_t m_accepted = 0;
    std::uint64_t m_seenAccepted = 0; ///< when progress was looked for last
    std::uint64_t m_seenDone = 0;
    std::uint64_t m_progressAt = 0; ///< cycle in which there was some
};

} // namespace engine::dram
