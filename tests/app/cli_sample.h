#pragma once

#include "app/cli_main.h"
#include "app/cli_options.h"
#include "engine/base/error.h"
#include "tests/analysis/sample_charts.h"

#include <QFile>
#include <QString>
#include <QStringList>

#include <sstream>

/// A command line over analyses that put out what they were given.
namespace cli_sample {

using analysis::Analysis;
using analysis::Chart;
using analysis::Dataset;
using analysis::DatasetPtr;
using analysis::InputKind;
using analysis::Inputs;
using analysis::Output;
using analysis::Parameter;
using analysis::ParameterType;
using analysis::Report;
using analysis::Values;

inline std::stop_source stopper;

/// Puts out what it was given.
inline Report echo(const Inputs& inputs, const Values& values, const engine::Control&)
{
    Report report = sampleReport();
    report.inputs.clear();
    report.scalars = {
        { QStringLiteral("block"), {}, static_cast<double>(values.integer(QStringLiteral("block"))) },
        { QStringLiteral("scale"), {}, values.real(QStringLiteral("scale")) },
        { QStringLiteral("fast"), {}, values.flag(QStringLiteral("fast")) ? 1.0 : 0.0 },
        { QStringLiteral("inputs"), {}, static_cast<double>(inputs.datasets.size()) }
    };
    const QString fail = values.text(QStringLiteral("fail"));
    if (fail == QStringLiteral("format"))
        throw engine::FormatError("a.onnx: is cut off at byte 7", 7);
    if (fail == QStringLiteral("parameter"))
        throw engine::ParameterError("mean: three numbers are wanted");
    if (fail == QStringLiteral("memory"))
        throw std::bad_alloc();
    if (fail == QStringLiteral("stop")) {
        stopper.request_stop();
        report.partial = true;
    }
    return report;
}

inline Parameter textParameter(const char* id, ParameterType type)
{
    return { .id = QString::fromLatin1(id),
             .title = QString::fromLatin1(id),
             .type = type,
             .unit = {},
             .fallback = QString() };
}

/// Those of the sample, and one that it lacks.
inline std::vector<Output> chartOutputs()
{
    std::vector<Output> outputs;
    for (const Chart& chart : sampleCharts())
        outputs.push_back({ chart.id, {}, chart.title });
    outputs.push_back({ QStringLiteral("of:<layer>"), {}, QStringLiteral("one layer") });
    return outputs;
}

inline const std::vector<Analysis>& rows()
{
    static const std::vector<Analysis> analyses = [] {
        Analysis row { .id = QStringLiteral("echo"),
                       .title = QStringLiteral("Echo"),
                       .source = QStringLiteral("[Nobody 2000] 1"),
                       .help = QStringLiteral("says what it hears"),
                       .input = InputKind::Tensors,
                       .parameters = { { .id = QStringLiteral("block"),
                                         .title = QStringLiteral("Block"),
                                         .unit = QStringLiteral("words"),
                                         .fallback = qint64 { 16 },
                                         .minimum = 1,
                                         .maximum = 64,
                                         .help = QStringLiteral("words per block") },
                                       { .id = QStringLiteral("scale"),
                                         .title = QStringLiteral("Scale"),
                                         .type = ParameterType::Real,
                                         .unit = {},
                                         .fallback = 1.0 },
                                       { .id = QStringLiteral("fast"),
                                         .title = QStringLiteral("Fast"),
                                         .type = ParameterType::Flag,
                                         .unit = {},
                                         .fallback = true },
                                       { .id = QStringLiteral("hash"),
                                         .title = QStringLiteral("Hash"),
                                         .type = ParameterType::Flag,
                                         .unit = {},
                                         .fallback = false },
                                       textParameter("fail", ParameterType::Text) },
                       .scalars = { { QStringLiteral("block"), {}, QStringLiteral("the block") } },
                       .tables = { { QStringLiteral("layers"), {}, QStringLiteral("one row per layer") } },
                       .charts = chartOutputs(),
                       .takesMany = true,
                       .run = echo };
        Analysis writer = row;
        writer.id = QStringLiteral("writer");
        writer.parameters.push_back(textParameter("out", ParameterType::Output));
        Analysis network = row;
        network.id = QStringLiteral("network");
        network.input = InputKind::Network;
        return std::vector<Analysis> { row, writer, network };
    }();
    return analyses;
}

inline DatasetPtr openFake(const QString& path, const engine::Control&)
{
    if (path.contains(QStringLiteral("missing")))
        throw engine::IoError(path.toStdString() + ": there is no such file");
    auto dataset = std::make_shared<Dataset>();
    dataset->path = path;
    dataset->content.format = "fake";
    engine::Tensor tensor;
    tensor.name = "conv1.weight";
    tensor.shape = engine::Shape { 4 };
    tensor.source = engine::memorySource(tensor.shape, { 0, 0, 1, 2 });
    dataset->content.tensors = { tensor };
    return dataset;
}

struct Result {
    int status = -1;
    QString out;
    QString err;
};

inline Result run(const QStringList& arguments, const QString& renderer = QStringLiteral("/none/tessera"))
{
    std::ostringstream out;
    std::ostringstream err;
    stopper = {};
    const app::Command command { .out = out,
                                 .err = err,
                                 .stop = stopper.get_token(),
                                 .analyses = rows(),
                                 .open = openFake,
                                 .renderer = renderer };
    const int status = app::runCommandLine(QStringList(QStringLiteral("tessera-cli")) + arguments, command);
    return { status, QString::fromStdString(out.str()), QString::fromStdString(err.str()) };
}

inline QStringList words(const char* text)
{
    return QString::fromUtf8(text).split(u' ', Qt::SkipEmptyParts);
}

inline QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace cli_sample
