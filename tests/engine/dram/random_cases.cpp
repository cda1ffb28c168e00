#include "tests/engine/dram/random_cases.h"

#include "engine/base/error.h"
#include "engine/base/random.h"

#include <initializer_list>
#include <sstream>

namespace dramtest {

namespace {

using engine::Random;
using namespace engine::dram;

class Drawer {
public:
    explicit Drawer(std::uint64_t seed)
        : m_random(seed, 77)
    {
    }

    std::uint32_t in(std::uint32_t first, std::uint32_t last)
    {
        return first + static_cast<std::uint32_t>(m_random.below(last - first + 1));
    }
    std::uint32_t of(std::initializer_list<std::uint32_t> values)
    {
        return *(values.begin() + m_random.below(values.size()));
    }
    bool chance(double of) { return m_random.uniform() < of; }

private:
    Random m_random;
};

dramsim2::Device drawDevice(Drawer& draw)
{
    dramsim2::Device d;
    d.banks = draw.of({ 2, 4, 8 });
    d.rows = 8192;
    d.cols = draw.of({ 64, 128, 1024 });
    d.width = 8;
    d.BL = draw.of({ 2, 4, 8, 16 });
    d.tCK = draw.chance(0.5) ? 1.5F : 1.25F;
    d.CL = draw.in(1, 12);
    d.tRCD = draw.in(1, 12);
    d.AL = draw.chance(0.6) ? 0 : draw.in(1, d.tRCD);
    d.tRAS = draw.in(1, 30);
    d.tRP = draw.in(1, 12);
    d.tRC = d.tRAS + d.tRP + (draw.chance(0.7) ? 0 : draw.in(1, 12));
    d.tRRD = draw.in(1, std::min<std::uint32_t>(8, d.tRC));
    d.tCCD = draw.in(1, 8);
    d.tRTP = draw.in(1, 8);
    d.tWTR = draw.in(1, 8);
    d.tWR = draw.in(1, 12);
    d.tRTRS = draw.in(0, 3);
    d.tRFC = draw.in(1, 100);
    d.tFAW = d.tRRD + draw.in(0, 40);
    d.tCKE = draw.in(1, 5);
    d.tXP = draw.in(1, 8);
    d.tCMD = draw.chance(0.8) ? 1 : draw.in(2, 3);
    d.refreshPeriod = draw.chance(0.3) ? draw.in(d.tRFC * 2, d.tRFC * 2 + 200) : draw.in(400, 4000);
    d.vdd = 1.5F;
    return d;
}

dramsim2::System drawSystem(Drawer& draw)
{
    dramsim2::System s;
    s.channels = draw.of({ 1, 1, 1, 2 });
    s.busBits = draw.of({ 32, 64 });
    s.transactionQueue = draw.of({ 1, 2, 4, 16, 32 });
    s.commandQueue = draw.of({ 2, 3, 4, 8, 16, 32 });
    s.rowPolicy = draw.chance(0.5) ? dramsim2::RowPolicy::Open : dramsim2::RowPolicy::Close;
    s.mapping = draw.in(1, 7);
    s.scheduling = draw.chance(0.5) ? dramsim2::Scheduling::RankThenBank : dramsim2::Scheduling::BankThenRank;
    s.queues = draw.chance(0.5) ? dramsim2::Queues::PerRank : dramsim2::Queues::PerRankPerBank;
    s.lowPower = draw.chance(0.5);
    s.rowAccesses = draw.in(1, 5);
    return s;
}

/// Few rows, so that there are hits and conflicts; bursts and pauses.
std::vector<Request> drawTrace(Drawer& draw, const dramsim2::Config& config)
{
    const AddressMap map = config.addressMap();
    const std::uint32_t rows = draw.of({ 1, 2, 3, 64 });
    const std::uint32_t banks = draw.of({ 1, 2, 8 });
    const double writes = draw.chance(0.3) ? 0 : draw.chance(0.5) ? 0.3 : 1;
    const double pauses = draw.chance(0.4) ? 0 : 0.05;
    const std::uint32_t step = draw.of({ 0, 1, 4, 20 });
    std::vector<Request> trace(draw.in(10, 300));
    std::uint64_t cycle = 0;
    for (Request& request : trace) {
        const auto field = [&draw](const BitField& bits, std::uint32_t count) {
            const std::uint32_t mask = (1U << bits.bits) - 1;
            return std::uint64_t { draw.in(0, count - 1) & mask } << bits.shift;
        };
        request.address = field(map.channel, 16) | field(map.rank, 16) | field(map.bank, banks)
            | field(map.row, rows) | field(map.column, 16);
        request.write = draw.chance(writes);
        cycle += draw.chance(pauses) ? draw.in(1, 600) : step == 0 ? 0 : draw.in(0, step);
        request.cycle = cycle;
    }
    return trace;
}

bool isAccepted(const dramsim2::Config& config)
{
    try {
        config.check();
    } catch (const engine::ParameterError&) {
        return false;
    }
    return true;
}

} // namespace

RandomCase randomCase(std::uint64_t seed)
{
    Drawer draw(seed);
    RandomCase drawn;
    do {
        drawn.config.device = drawDevice(draw);
        drawn.config.system = drawSystem(draw);
        drawn.config.system.capacity = static_cast<std::uint32_t>(drawn.config.rankMegabytes())
            * drawn.config.system.channels * draw.of({ 1, 2, 4 });
    } while (!isAccepted(drawn.config));
    drawn.trace = drawTrace(draw, drawn.config);
    drawn.cycles = drawn.trace.back().cycle + draw.in(10, 4000);
    return drawn;
}

std::string describe(const RandomCase& drawn)
{
    const dramsim2::Device& d = drawn.config.device;
    const dramsim2::System& s = drawn.config.system;
    std::ostringstream text;
    text << "banks " << d.banks << " BL " << d.BL << " CL " << d.CL << " AL " << d.AL << " tRAS " << d.tRAS
         << " tRCD " << d.tRCD << " tRRD " << d.tRRD << " tRC " << d.tRC << " tRP " << d.tRP << " tCCD "
         << d.tCCD << " tRTP " << d.tRTP << " tWTR " << d.tWTR << " tWR " << d.tWR << " tRTRS " << d.tRTRS
         << " tRFC " << d.tRFC << " tFAW " << d.tFAW << " tCKE " << d.tCKE << " tXP " << d.tXP << " tCMD "
         << d.tCMD << " period " << d.refreshPeriod << "; ranks " << drawn.config.ranks() << " channels "
         << s.channels << (s.rowPolicy == dramsim2::RowPolicy::Open ? " open" : " close")
         << (s.queues == dramsim2::Queues::PerRank ? " per rank" : " per bank")
         << (s.scheduling == dramsim2::Scheduling::RankThenBank ? " rank first" : " bank first") << " scheme"
         << s.mapping << " queues " << s.transactionQueue << ' ' << s.commandQueue << " accesses "
         << s.rowAccesses << (s.lowPower ? " low power" : "") << "; " << drawn.trace.size() << " requests, "
         << drawn.cycles << " cycles";
    return text.str();
}

} // namespace dramtest
