#include "analysis/activation/compressor_parameters.h"

#include "engine/base/error.h"

#include <array>
#include <string>

namespace analysis {

namespace hardware = engine::codec::hardware;
using engine::codec::BlockZvc;
using hardware::Concatenation;
using hardware::Direction;
using hardware::Pipeline;

namespace {

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

struct Codec {
    const char* id;
    const char* title;
    BlockZvc::Head head;
};

constexpr std::array<Codec, 3> codecs = { {
    { "bzvc-bypass", "Bit-level zero-value compression with bypass", BlockZvc::Head::WidthAndBypass },
    { "bzvc", "Bit-level zero-value compression", BlockZvc::Head::Width },
    { "zvc", "Zero-value compression", BlockZvc::Head::Mask },
} };

constexpr std::array<int, 4> wordCounts = { 4, 8, 16, 32 };
constexpr std::array<int, 5> blockCounts = { 4, 8, 16, 32, 64 };

BlockZvc::Head headOf(const QString& id)
{
    for (const Codec& codec : codecs)
        if (id == QLatin1String(codec.id))
            return codec.head;
    throw engine::ParameterError("codec: \"" + id.toStdString()
                                 + "\" is none of the codecs with a hardware model");
}

Pipeline pipelineOf(const Values& values)
{
    Pipeline pipeline;
    pipeline.wordsPerCycle = values.text(text("words-per-cycle")).toInt();
    pipeline.blockWords = values.text(text("block")).toInt();
    pipeline.wordBits = static_cast<int>(values.integer(text("word")));
    pipeline.portBits = static_cast<int>(values.integer(text("port")));
    pipeline.head = headOf(values.text(text("codec")));
    pipeline.concatenation = values.text(text("concatenation")) == QLatin1String("serial")
        ? Concatenation::Serial
        : Concatenation::Tree;
    hardware::requirePipeline(pipeline);
    return pipeline;
}

/// The place of a design in the task, which gets it when it is new.
std::size_t place(CompressorTask& task, const EngineDesign& wanted)
{
    const Pipeline& p = wanted.pipeline;
    for (std::size_t i = 0; i < task.designs.size(); ++i) {
        const Pipeline& q = task.designs[i].pipeline;
        if (p.head == q.head && p.wordsPerCycle == q.wordsPerCycle && p.blockWords == q.blockWords
            && p.concatenation == q.concatenation)
            return i;
    }
    task.designs.push_back(wanted);
    return task.designs.size() - 1;
}

void addDesigns(CompressorTask& task, bool sweepsBlocks)
{
    const EngineDesign chosen = task.chosen();
    EngineDesign design = chosen;
    design.pipeline.concatenation = Concatenation::Tree;
    task.tree = place(task, design);
    design.pipeline.concatenation = Concatenation::Serial;
    task.serial = place(task, design);
    EngineDesign wordLevel = chosen;
    wordLevel.codec = text("zvc");
    wordLevel.pipeline.head = BlockZvc::Head::Mask;
    wordLevel.pipeline.concatenation = Concatenation::Tree;
    task.wordLevel = place(task, wordLevel);
    for (const int blockWords : blockCounts)
        for (const int wordsPerCycle : wordCounts)
            for (const Concatenation way : { Concatenation::Tree, Concatenation::Serial }) {
                if (!sweepsBlocks && blockWords != chosen.pipeline.blockWords)
                    continue;
                design.pipeline.blockWords = blockWords;
                design.pipeline.wordsPerCycle = wordsPerCycle;
                design.pipeline.concatenation = way;
                task.sweep.push_back(place(task, design));
            }
}

template <std::size_t count>
Parameter wordsParameter(const char* id, const char* title, const std::array<int, count>& choices,
                         const char* help)
{
    Parameter parameter { .id = text(id),
                          .title = text(title),
                          .type = ParameterType::Choice,
                          .unit = text("words"),
                          .fallback = text("16"),
                          .help = text(help) };
    for (const int words : choices)
        parameter.choices.push_back({ QString::number(words), QString::number(words) });
    return parameter;
}

Parameter choiceParameter(const char* id, const char* title, const char* help, std::vector<Choice> choices)
{
    const QString first = choices.front().id;
    return { .id = text(id),
             .title = text(title),
             .type = ParameterType::Choice,
             .unit = {},
             .fallback = first,
             .help = text(help),
             .choices = std::move(choices) };
}

Parameter gatesParameter(const char* id, const char* title, double fallback)
{
    return { .id = text(id),
             .title = text(title),
             .type = ParameterType::Real,
             .unit = text("GE"),
             .fallback = fallback,
             .minimum = 0,
             .maximum = 100,
             .help = text(
                 "gate equivalents of the cell; 1 is a 2-input NAND gate; default from a 45 nm library") };
}

Parameter codecParameter()
{
    std::vector<Choice> choices;
    choices.reserve(codecs.size());
    for (const Codec& codec : codecs)
        choices.push_back({ text(codec.id), text(codec.title) });
    return choiceParameter("codec", "Codec", "what the engine is built for", std::move(choices));
}

} // namespace

CompressorTask compressorTask(const Values& values)
{
    CompressorTask task;
    task.designs.push_back({ values.text(text("codec")), pipelineOf(values) });
    addDesigns(task, values.flag(text("sweep")));
    const QString direction = values.text(text("direction"));
    if (direction != QLatin1String("decompress"))
        task.directions.push_back(Direction::Compress);
    if (direction != QLatin1String("compress"))
        task.directions.push_back(Direction::Decompress);
    task.cells = { values.real(text("mux-gates")), values.real(text("or-gates")),
                   values.real(text("flip-flop-gates")) };
    task.lossyBits = static_cast<int>(values.integer(text("lossy-bits")));
    task.percentile = values.real(text("percentile"));
    task.clockMhz = values.real(text("clock"));
    const int wordBits = task.chosen().pipeline.wordBits;
    if (task.lossyBits >= wordBits)
        throw engine::ParameterError("K (lossy): " + std::to_string(task.lossyBits) + " is outside 0.."
                                     + std::to_string(wordBits - 1) + " for words of "
                                     + std::to_string(wordBits) + " bit");
    return task;
}

std::vector<Parameter> compressorParameters()
{
    const hardware::GateEquivalents cells;
    return {
        codecParameter(),
        wordParameter(),
        percentileParameter(),
        wordsParameter("block", "Block size S", blockCounts, "words that share one mask and width"),
        { .id = text("lossy-bits"),
          .title = text("K (lossy)"),
          .type = ParameterType::Integer,
          .unit = text("bit"),
          .fallback = qint64 { 0 },
          .minimum = 0,
          .maximum = 15,
          .help = text("low bits dropped before coding; the hardware stays that of whole words") },
        wordsParameter("words-per-cycle", "Words per cycle P", wordCounts,
                       "words the engine takes, or gives, in a cycle"),
        { .id = text("port"),
          .title = text("Port width W"),
          .type = ParameterType::Integer,
          .unit = text("bit"),
          .fallback = qint64 { 64 },
          .minimum = 8,
          .maximum = 512,
          .help = text("bits of the coded stream that pass in a cycle") },
        { .id = text("clock"),
          .title = text("Clock"),
          .type = ParameterType::Real,
          .unit = text("MHz"),
          .fallback = 600.0,
          .minimum = 1,
          .maximum = 10000,
          .help = text("turns words per cycle into GB/s") },
        choiceParameter("concatenation", "Concatenation",
                        "how words are joined: P a cycle by a tree, or one that is not zero a cycle",
                        { { text("tree"), text("Tree (scalable)") }, { text("serial"), text("Serial") } }),
        choiceParameter("direction", "Direction", "which engine is simulated",
                        { { text("both"), text("Both") },
                          { text("compress"), text("Compressor") },
                          { text("decompress"), text("Decompressor") } }),
        { .id = text("sweep"),
          .title = text("Sweep block sizes too"),
          .type = ParameterType::Flag,
          .unit = {},
          .fallback = true,
          .help = text("table of every P with every S; else of every P with the chosen S") },
        gatesParameter("mux-gates", "2-input mux", cells.mux),
        gatesParameter("or-gates", "2-input OR", cells.orGate),
        gatesParameter("flip-flop-gates", "Flip-flop", cells.flipFlop),
        subjectParameter(),
        layersParameter(),
    };
}

} // namespace analysis
