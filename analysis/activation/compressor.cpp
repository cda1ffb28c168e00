#include "analysis/activation/compressor.h"

#include "analysis/activation/compressor_parameters.h"
#include "analysis/activation/compressor_report.h"

namespace analysis {

namespace hardware = engine::codec::hardware;
using hardware::Direction;
using hardware::Occupancy;

namespace {

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

Report run(const Inputs& inputs, const Values& values, const engine::Control& control)
{
    const std::vector<const engine::Tensor*> tensors = subjectTensors(inputs, values);
    const CompressorTask task = compressorTask(values);
    CompressorReport report(task);
    std::vector<Occupancy> watched;
    watched.reserve(task.directions.size());
    for (const Direction direction : task.directions)
        watched.emplace_back(task.chosen().pipeline, direction);
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const double share = 1.0 / static_cast<double>(tensors.size());
        const engine::Control part =
            control.part(static_cast<double>(i) * share, static_cast<double>(i + 1) * share);
        const WordSource source =
            wordSource(*tensors[i], task.chosen().pipeline.wordBits, part.part(0, 0.2), task.percentile);
        SimulatedLayer layer;
        if (!control.stopped())
            layer = simulateLayer(task, source, part.part(0.2, 1));
        if (layer.runs.empty())
            return report.finish(watched, true);
        report.add(subjectName(*tensors[i]), layer);
        for (std::size_t d = 0; d < watched.size(); ++d)
            watchLayer(task, source, task.directions[d], watched[d]);
    }
    return report.finish(watched, false);
}

std::vector<Output> scalars()
{
    return {
        { text("cycles"), text("cycle"), text("of the compressor, all streams one after the other") },
        { text("cycles_decompress"), text("cycle"), text("of the decompressor") },
        { text("words_per_cycle"), {}, text("of the compressor; _decompress: of the decompressor") },
        { text("gbps"), text("GB/s"), text("uncompressed words at the clock; _decompress as well") },
        { text("bound"), text("cycle"), text("closed form: no run takes fewer cycles") },
        { text("kge"), text("kGE"), text("gates of the engines that are simulated, with flip-flops") },
        { text("kge_logic"), text("kGE"), text("of these the muxes and ORs") },
        { text("throughput_gain"), text("%"), text("of the tree over serial concatenation, same P and S") },
        { text("gate_overhead"), text("%"), text("of the tree over serial concatenation, with flip-flops") },
        { text("gate_overhead_logic"), text("%"), text("of these the muxes and ORs") },
    };
}

std::vector<Output> charts()
{
    return {
        { text("occupancy"), text("%"), text("stages, port and buffer of the compressor over time") },
        { text("occupancy_decompress"), text("%"), text("the same of the decompressor") },
        { text("stalls"), text("%"), text("where the cycles of each layer go") },
        { text("throughput"), {}, text("words per cycle against P, tree and serial") },
        { text("gates"), text("kGE"), text("gates by stage, tree and serial") },
        { text("efficiency"), {}, text("words per cycle and kGE against P, for each S") },
    };
}

} // namespace

Analysis compressorRow()
{
    return { .id = text("compressor"),
             .title = text("Compressor hardware"),
             .source = text("[Wang 2022] 4; the model is Tessera's definition"),
             .help = text("cycles, stalls and gates of the compressor and the decompressor"),
             .input = InputKind::Tensors,
             .parameters = compressorParameters(),
             .scalars = scalars(),
             .tables = { { text("layers"), {}, text("one row per layer: cycles, bound, stalls by cause") },
                         { text("sweep"), {}, text("every P and S, tree and serial") },
                         { text("gates"), {}, text("every stage with its formula") },
                         { text("designs"), {}, text("tree, serial, zvc, and published figures of ebpc") },
                         { text("occupancy"), {}, text("every stage, first image of each layer") } },
             .charts = charts(),
             .run = run };
}

} // namespace analysis
