#include "app/cli_info.h"

#include "analysis/network/inspect.h"
#include "engine/tensor/statistics.h"

#include <limits>

namespace app {

namespace {

using analysis::ColumnKind;
using analysis::Table;

QString fromName(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Table factTable(const engine::Dataset& content)
{
    Table table { .id = QStringLiteral("facts"), .title = QStringLiteral("Facts") };
    table.columns = { { .name = QStringLiteral("name"), .title = QStringLiteral("Name") },
                      { .name = QStringLiteral("value"), .title = QStringLiteral("Value") } };
    table.rows.push_back({ QStringLiteral("format"), QString::fromStdString(content.format) });
    table.rows.push_back({ QStringLiteral("title"), QString::fromStdString(content.title) });
    for (const auto& [name, value] : content.facts)
        table.rows.push_back({ QString::fromStdString(name), QString::fromStdString(value) });
    return table;
}

Table emptyTensorTable()
{
    Table table { .id = QStringLiteral("tensors"), .title = QStringLiteral("Tensors") };
    table.columns = {
        { .name = QStringLiteral("tensor"), .title = QStringLiteral("Tensor") },
        { .name = QStringLiteral("role"), .title = QStringLiteral("Role") },
        { .name = QStringLiteral("type"), .title = QStringLiteral("Type") },
        { .name = QStringLiteral("shape"), .title = QStringLiteral("Shape") },
        { .name = QStringLiteral("layout"), .title = QStringLiteral("Layout") },
        { .name = QStringLiteral("elements"),
          .title = QStringLiteral("Elements"),
          .kind = ColumnKind::Count },
        { .name = QStringLiteral("bytes"),
          .title = QStringLiteral("Bytes"),
          .unit = QStringLiteral("B"),
          .kind = ColumnKind::Bytes },
        { .name = QStringLiteral("zero_fraction"),
          .title = QStringLiteral("Zeros"),
          .kind = ColumnKind::Fraction },
    };
    return table;
}

Table tensorTable(const engine::Dataset& content, const engine::Control& control)
{
    Table table = emptyTensorTable();
    const auto count = static_cast<double>(content.tensors.size());
    for (const engine::Tensor& tensor : content.tensors) {
        const auto done = static_cast<double>(table.rows.size());
        const engine::Control part = control.part(done / count, (done + 1) / count);
        part.report(0, tensor.name);
        const engine::TensorStatistics known = engine::statistics(tensor, part);
        if (!known.complete || control.stopped()) {
            table.partial = true;
            break;
        }
        table.rows.push_back(
            { QString::fromStdString(tensor.name), fromName(engine::name(tensor.role)),
              fromName(engine::name(tensor.type)), QString::fromStdString(toString(tensor.shape)),
              QString::fromStdString(tensor.layout), static_cast<qint64>(tensor.shape.elements()),
              static_cast<qint64>(tensor.bytes()), known.whole.zeroFraction() });
    }
    return table;
}

analysis::Remark remarkOf(const engine::Remark& remark)
{
    return { static_cast<analysis::Level>(remark.severity), QString::fromStdString(remark.layer),
             QString::fromStdString(remark.text) };
}

} // namespace

analysis::Report infoReport(const analysis::Dataset& dataset, const engine::Control& control)
{
    const engine::Dataset& content = dataset.content;
    const auto scalar = [](const char* name, const char* title, std::uint64_t value,
                           const QString& unit = {}) {
        return analysis::Scalar { QString::fromLatin1(name), QString::fromLatin1(title),
                                  static_cast<double>(value), unit };
    };
    analysis::Report report;
    report.analysis = QStringLiteral("info");
    report.title = QStringLiteral("Info");
    report.version = QStringLiteral(TESSERA_VERSION);
    report.inputs = { { dataset.path, dataset.sha256 } };
    report.scalars = { scalar("bytes", "File", dataset.fileBytes, QStringLiteral("B")) };
    report.tables = { factTable(content) };
    for (const engine::Remark& remark : content.remarks)
        report.remarks.push_back(remarkOf(remark));
    if (!content.trace.empty())
        return report; // holds neither layers nor tensors
    report.scalars.insert(report.scalars.end(),
                          { scalar("layers", "Layers", content.layers.size()),
                            scalar("tensors", "Tensors", content.tensors.size()),
                            scalar("images", "Images", content.images ? content.images->size() : 0),
                            scalar("parameters", "Parameters", content.parameters()),
                            scalar("macs", "MACs of one image", content.macs()) });
    if (!content.macsAreKnown())
        report.scalars.back().value = std::numeric_limits<double>::quiet_NaN();
    report.tables = { factTable(content), analysis::layerTable(content), tensorTable(content, control) };
    report.partial = report.tables.back().partial;
    return report;
}

} // namespace app
