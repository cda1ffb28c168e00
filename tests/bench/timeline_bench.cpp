#include "widgets/dram/command_timeline.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QPixmap>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

using engine::dram::Command;
using engine::dram::CommandKind;

namespace {

constexpr std::size_t wanted = 10'000'000; ///< commands

/// Banks in turn, each opening a row, reading or writing a few times and closing it; a refresh every 5200
/// cycles.
std::shared_ptr<const analysis::DramRun> synthetic()
{
    auto run = std::make_shared<analysis::DramRun>();
    const std::vector<analysis::Parameter> parameters = analysis::memoryParameters();
    run->memory = analysis::makeMemory(analysis::Values(parameters));
    std::uint64_t cycle = 0;
    std::uint64_t nextRefresh = 5200;
    std::uint32_t random = 1;
    run->commands.reserve(wanted);
    for (std::uint8_t bank = 0; run->commands.size() < wanted;
         bank = static_cast<std::uint8_t>((bank + 1) % 8)) {
        const auto add = [&](CommandKind kind, std::uint32_t detail, std::uint64_t cycles) {
            cycle += cycles;
            run->commands.push_back({ cycle, detail, kind, 0, 0, bank });
        };
        random = random * 1664525 + 1013904223;
        add(CommandKind::Activate, random >> 16, 4);
        for (std::uint32_t i = 0; i <= (random >> 8) % 5; ++i)
            add((random >> 12) % 3 == 0 ? CommandKind::Write : CommandKind::Read, i, 4);
        add(CommandKind::Precharge, random & 1, 4);
        if (cycle >= nextRefresh) {
            add(CommandKind::Refresh, 0, 10);
            cycle += 107;
            nextRefresh += 5200;
        }
    }
    run->result.cycles = cycle + 20;
    run->result.channels.resize(1);
    return run;
}

} // namespace

/// Paints ten million commands at every zoom; aim: 16 ms a frame.
int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    const auto run = synthetic();
    QElapsedTimer clock;
    clock.start();
    auto index = widgets::TimelineIndex::make(run, {});
    std::printf("%zu commands, %llu cycles; index %lld ms\n", run->commands.size(),
                static_cast<unsigned long long>(run->result.cycles), static_cast<long long>(clock.elapsed()));
    widgets::CommandTimeline timeline;
    timeline.resize(1200, 420);
    timeline.setIndex(std::move(index));
    QPixmap target(timeline.size());
    double worst = 0;
    // Zooming at the middle goes through every scale from the whole run to single commands.
    for (int zoom = 0; timeline.layoutNow().scale() < widgets::TimelineLayout::mostScale; ++zoom) {
        double slowest = 0;
        for (int frame = 0; frame < 5; ++frame) {
            clock.restart();
            timeline.render(&target);
            slowest = std::max(slowest, static_cast<double>(clock.nsecsElapsed()) / 1e6);
        }
        worst = std::max(worst, slowest);
        std::printf("%12.6f px per cycle: %6.2f ms\n", timeline.layoutNow().scale(), slowest);
        QKeyEvent key(QEvent::KeyPress, Qt::Key_Plus, Qt::NoModifier);
        QApplication::sendEvent(&timeline, &key);
    }
    std::printf("slowest frame %.2f ms\n", worst);
    return worst <= 16 ? 0 : 1;
}
