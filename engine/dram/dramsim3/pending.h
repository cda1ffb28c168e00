#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace engine::dram::dramsim3 {

/// Addresses that are under way and since when, oldest first; equal addresses may be held several times.
/// Memory is taken only when there are more than ever before.
class Pending {
public:
    explicit Pending(std::size_t expected)
        : m_heads(std::bit_ceil(expected * 2 + 16), -1)
    {
    }

    bool contains(std::uint64_t address) const { return find(address) >= 0; }

    void add(std::uint64_t address, std::uint64_t added)
    {
        std::int32_t at = m_free;
        if (at >= 0)
            m_free = m_nodes[static_cast<std::size_t>(at)].next;
        else {
            at = static_cast<std::int32_t>(m_nodes.size());
            m_nodes.emplace_back();
        }
        std::int32_t& head = headOf(address);
        m_nodes[static_cast<std::size_t>(at)] = { address, added, head };
        head = at;
    }

    /// Takes all that have this address and calls told(added) for each.
    template <typename Told>
    void take(std::uint64_t address, Told told)
    {
        std::int32_t* link = &headOf(address);
        while (*link >= 0) {
            const std::int32_t at = *link;
            Node& node = m_nodes[static_cast<std::size_t>(at)];
            if (node.address != address) {
                link = &node.next;
                continue;
            }
            told(node.added);
            *link = node.next;
            node.next = m_free;
            m_free = at;
        }
    }

private:
    struct Node {
        std::uint64_t address = 0;
        std::uint64_t added = 0;
        std::int32_t next = -1;
    };

    std::int32_t find(std::uint64_t address) const
    {
        std::int32_t at = m_heads[slotOf(address)];
        while (at >= 0 && m_nodes[static_cast<std::size_t>(at)].address != address)
            at = m_nodes[static_cast<std::size_t>(at)].next;
        return at;
    }

    std::size_t slotOf(std::uint64_t address) const
    {
        return ((address * 0x9E3779B97F4A7C15U) >> 32) & (m_heads.size() - 1);
    }

    std::int32_t& headOf(std::uint64_t address) { return m_heads[slotOf(address)]; }

    std::vector<std::int32_t> m_heads; ///< chains by address
    std::vector<Node> m_nodes;
    std::int32_t m_free = -1;
};

} // namespace engine::dram::dramsim3
