#include "analysis/dram/trace.h"

#include "analysis/dram/memory.h"
#include "analysis/dram/trace_report.h"
#include "analysis/overwrite.h"
#include "engine/base/error.h"
#include "engine/dram/trace/generator.h"
#include "engine/dram/trace/text_trace.h"

#include <algorithm>
#include <array>

namespace analysis {

namespace dram = engine::dram;

namespace {

QString fromView(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

/// The parameters of a memory that decide where an address lies.
bool placesAddresses(const Parameter& parameter)
{
    static const QStringList ids = { QStringLiteral("model"),    QStringLiteral("device"),
                                     QStringLiteral("system"),   QStringLiteral("capacity"),
                                     QStringLiteral("channels"), QStringLiteral("mapping") };
    return ids.contains(parameter.id);
}

Memory memoryOf(const Values& values)
{
    const std::vector<Parameter> all = memoryParameters();
    Values complete(all);
    for (const Parameter& parameter : all) {
        if (placesAddresses(parameter))
            complete.set(all, parameter.id, values.all().at(parameter.id));
    }
    return makeMemory(complete);
}

/// A whole number of a pattern as a parameter.
struct PatternField {
    const char* id;
    const char* title;
    const char* unit;
    double minimum;
    double maximum;
    void (*set)(dram::Pattern&, qint64);
    qint64 (*get)(const dram::Pattern&);
    const char* help;
};

constexpr double most = 1e15;

template <auto Member>
void setMember(dram::Pattern& pattern, qint64 value)
{
    pattern.*Member = static_cast<std::remove_reference_t<decltype(pattern.*Member)>>(value);
}

template <auto Member>
qint64 getMember(const dram::Pattern& pattern)
{
    return static_cast<qint64>(pattern.*Member);
}

template <auto Member>
constexpr PatternField field(const char* id, const char* title, const char* unit, double minimum,
                             double maximum, const char* help)
{
    return { id, title, unit, minimum, maximum, setMember<Member>, getMember<Member>, help };
}

using P = dram::Pattern;
constexpr std::array<PatternField, 12> fields = { {
    field<&P::requests>("requests", "Requests", "", 0, 1e10, "number of requests to make"),
    field<&P::bytes>("bytes", "Request size", "byte", 1, 1 << 20,
                     "bytes of a request; addresses are multiples of it"),
    field<&P::base>("base", "Base address", "byte", 0, most, "lowest address"),
    field<&P::range>("range", "Range", "byte", 1, most, "addresses stay below base + range"),
    field<&P::stride>("stride", "Stride", "byte", 1, most,
                      "distance between two requests of the strided pattern"),
    field<&P::interval>("interval", "Interval", "cycle", 0, 1e9,
                        "time between two requests; 0 = as fast as they are taken"),
    field<&P::burst>("burst", "Burst", "", 1, 1e9, "requests in a burst of the bursty pattern"),
    field<&P::pause>("pause", "Burst distance", "cycle", 0, 1e9, "time between the starts of two bursts"),
    field<&P::tileRows>("tile-rows", "Tile rows", "", 1, 1e6, "rows of a tile of the tiled pattern"),
    field<&P::tileColumns>("tile-columns", "Tile columns", "", 1, 1e6, "requests per row of a tile"),
    field<&P::pitch>("pitch", "Pitch", "byte", 1, most,
                     "distance between the rows of the matrix that is tiled"),
    field<&P::seed>("seed", "Seed", "", 0, most, "seed of the random numbers"),
} };

dram::Pattern patternOf(const Values& values)
{
    dram::Pattern pattern;
    for (const PatternField& one : fields)
        one.set(pattern, values.integer(QString::fromLatin1(one.id)));
    pattern.writeShare = values.real(QStringLiteral("write-share"));
    return pattern;
}

bool isFile(const QString& pattern)
{
    return pattern == QLatin1String("file");
}

std::unique_ptr<dram::RequestSource> sourceOf(const Inputs& inputs, const Values& values,
                                              const dram::AddressMap& map)
{
    const QString pattern = values.text(QStringLiteral("pattern"));
    if (!isFile(pattern))
        return dram::makeGenerator(pattern.toStdString(), patternOf(values));
    if (inputs.datasets.empty())
        throw engine::ParameterError("trace: wants a trace to read, or a pattern to make one");
    const Dataset& trace = *inputs.datasets.front();
    return std::make_unique<dram::TextTrace>(trace.path.toStdString(),
                                             dram::findTraceFormat(trace.content.trace), map);
}

/// Reads all there is. Returns false when it was stopped.
bool drain(dram::RequestSource& source, const engine::Control& control)
{
    std::array<dram::Request, 1024> block;
    while (source.read(block) > 0) {
        if (control.stopped())
            return false;
        control.report(source.fraction(), "reading requests");
    }
    return true;
}

void note(Report& report, const QString& text, Level level = Level::Note)
{
    report.remarks.push_back({ level, {}, text });
}

void tell(Report& report, const TraceStatistics& trace, const Memory& memory)
{
    for (Remark& remark : remarksOf(memory))
        report.remarks.push_back(std::move(remark));
    report.inputs = memory.files;
    if (trace.beyond() > 0)
        note(report,
             QStringLiteral("%1 addresses are beyond the capacity of 2^%2 bytes of %3")
                 .arg(trace.beyond())
                 .arg(memory.addressMap().addressBits)
                 .arg(memory.name()),
             Level::Warning);
}

Report run(const Inputs& inputs, const Values& values, const engine::Control& control)
{
    const Memory memory = memoryOf(values);
    const dram::AddressMap map = memory.addressMap();
    const std::unique_ptr<dram::RequestSource> source = sourceOf(inputs, values, map);
    TraceStatistics statistics(map);
    ObservedSource observed(*source, statistics);
    const QString out = values.text(QStringLiteral("out"));
    for (const DatasetPtr& dataset : inputs.datasets)
        requireOtherFile(out, QStringLiteral("--out"), { dataset->path });
    for (const InputRecord& file : memory.files)
        requireOtherFile(out, QStringLiteral("--out"), { file.path });
    const dram::TraceFormat& format =
        dram::findTraceFormat(values.text(QStringLiteral("format")).toStdString());
    if (out.isEmpty())
        drain(observed, control);
    else
        dram::writeTrace(observed, format, map, out.toStdString(), control);
    Report report = traceReport(statistics);
    report.partial = control.stopped();
    tell(report, statistics, memory);
    if (!out.isEmpty() && !format.cycles && statistics.hasCycles())
        note(report,
             QStringLiteral("the format %1 carries no cycles; those of the requests are lost")
                 .arg(fromView(format.id)),
             Level::Warning);
    if (!inputs.datasets.empty() && !isFile(values.text(QStringLiteral("pattern"))))
        note(report, QStringLiteral("made by the pattern; the trace that was given is not read"));
    return report;
}

Parameter choice(const char* id, const char* title, const char* help)
{
    return { .id = QString::fromLatin1(id),
             .title = QString::fromLatin1(title),
             .type = ParameterType::Choice,
             .unit = {},
             .fallback = QString(),
             .help = QString::fromLatin1(help) };
}

std::vector<Parameter> parameters()
{
    Parameter pattern = choice("pattern", "Pattern", "the trace that is given, or a rule that makes one");
    pattern.choices = { { QStringLiteral("file"), QStringLiteral("the trace") } };
    for (const dram::GeneratorRow& row : dram::generators())
        pattern.choices.push_back({ fromView(row.id), fromView(row.title) });
    pattern.fallback = pattern.choices.front().id;
    std::vector<Parameter> all = { std::move(pattern) };
    const dram::Pattern defaults;
    for (const PatternField& one : fields)
        all.push_back({ .id = QString::fromLatin1(one.id),
                        .title = QString::fromLatin1(one.title),
                        .unit = QString::fromLatin1(one.unit),
                        .fallback = one.get(defaults),
                        .minimum = one.minimum,
                        .maximum = one.maximum,
                        .help = QString::fromLatin1(one.help) });
    all.push_back({ .id = QStringLiteral("write-share"),
                    .title = QStringLiteral("Share of writes"),
                    .type = ParameterType::Real,
                    .unit = {},
                    .fallback = defaults.writeShare,
                    .minimum = 0,
                    .maximum = 1,
                    .help = QStringLiteral("share of all requests that are made") });
    for (Parameter& parameter : memoryParameters()) {
        if (placesAddresses(parameter))
            all.push_back(std::move(parameter));
    }
    all.push_back({ .id = QStringLiteral("out"),
                    .title = QStringLiteral("Write to"),
                    .type = ParameterType::Output,
                    .unit = {},
                    .fallback = QString(),
                    .help = QStringLiteral("file for the requests; empty writes none") });
    Parameter format = choice("format", "Format", "format of the file that is written");
    for (const dram::TraceFormat& one : dram::traceFormats())
        format.choices.push_back({ fromView(one.id), fromView(one.title) });
    format.fallback = format.choices.front().id;
    all.push_back(std::move(format));
    return all;
}

Output output(const char* name, const char* unit, const char* help)
{
    return { QString::fromLatin1(name), QString::fromLatin1(unit), QString::fromLatin1(help) };
}

} // namespace

Analysis traceRow()
{
    return { .id = QStringLiteral("trace"),
             .title = QStringLiteral("Request trace"),
             .source = QStringLiteral("Tessera's definition"),
             .help = QStringLiteral("what is in a trace of memory requests; makes one, writes any format"),
             .input = InputKind::Trace,
             .parameters = parameters(),
             .scalars = { output("requests", "", "reads and writes"), output("reads", "", "of them"),
                          output("writes", "", "of them"), output("first_cycle", "cycle", "earliest arrival"),
                          output("last_cycle", "cycle", "latest arrival"),
                          output("rows", "", "distinct rows of the memory that are touched"),
                          output("lowest_address", "", "hexadecimal"),
                          output("highest_address", "", "hexadecimal") },
             .tables = { output("accesses", "", "reads and writes") },
             .charts = { output("requests-time", "", "requests over time"),
                         output("addresses", "", "a sample of at most 2000 requests") },
             .needsInput = false,
             .run = run };
}

} // namespace analysis
