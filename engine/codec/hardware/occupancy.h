#pragma once

#include "engine/codec/hardware/simulation.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace engine::codec::hardware {

/// How busy every stage was, in slices of time. Takes the same memory for runs of any length: when the slices
/// are used up, two become one.
///
/// A stage is busy in a cycle in which it works on a beat; it is not while all stages stand still. Detection,
/// the levels of the tree and the output work on ceil(S/P) beats of a block, the stage of mask and width on
/// one, a serial concatenation on one for each word that is not zero.
class Occupancy {
public:
    Occupancy(const Pipeline& pipeline, Direction direction, std::size_t mostSlices = 256);

    /// The stages in the order a block passes them, then the port, then the buffer.
    std::size_t lanes() const { return m_lanes.size(); }
    const std::string& name(std::size_t lane) const { return m_lanes[lane].name; }

    std::uint64_t cycles() const { return m_cycles; } ///< of all runs together
    std::uint64_t sliceCycles() const { return m_sliceCycles; }
    std::size_t slices() const;
    /// Share of the cycles of a slice in which a lane was busy, 0..1; of the buffer: its mean filling.
    double share(std::size_t slice, std::size_t lane) const;
    std::uint64_t busyCycles(std::size_t lane) const; ///< of a stage or the port, over all slices

    // What a simulation tells, one call of cycle() for each cycle.
    static constexpr bool seesEveryCycle = true;
    void start(std::span<const BlockSize> blocks); ///< `blocks` must outlive the run
    void fill(); ///< the cycles in which the pipeline fills, or empties
    void stages(bool isBeat); ///< all stages hand on; the first takes the next beat, or nothing
    void cycle(bool portBusy, std::uint64_t bufferedBits);

private:
    struct Lane {
        std::string name;
        std::size_t delay; ///< cycles after the first stage
        std::uint8_t work; ///< the kinds of beats it works on
    };

    void addStage(std::string name, int delay, std::uint8_t work);
    std::uint8_t nextBeat();
    std::uint64_t* slice();
    void halve();

    Pipeline m_pipeline;
    std::size_t m_mostSlices;
    std::vector<Lane> m_lanes;
    std::vector<std::uint8_t> m_beats; ///< in the pipeline, the latest first: what kind each is; 0 = none
    std::span<const BlockSize> m_blocks; ///< those that have not entered
    int m_beat = 0; ///< of the first of m_blocks
    std::vector<std::uint64_t> m_busy; ///< slice by slice, a count for each lane
    std::uint64_t m_cycles = 0;
    std::uint64_t m_sliceCycles = 1;
};

} // namespace engine::codec::hardware
