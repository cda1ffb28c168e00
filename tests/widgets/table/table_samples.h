#pragma once

#include "widgets/table/report_model.h"

/// Four finished layers and one the analysis was stopped in.
inline analysis::Table layersTable()
{
    using analysis::ColumnKind;
    const auto name = [](const char* text) { return QString::fromLatin1(text); };
    analysis::Table table { .id = name("layers"), .title = name("Layers"), .partial = true };
    table.columns = {
        { .name = name("layer"), .title = name("Layer") },
        { .name = name("zero_fraction"),
          .title = name("Zeros"),
          .kind = ColumnKind::Fraction,
          .decimals = 1 },
        { .name = name("payload"),
          .title = name("Payload"),
          .unit = name("B"),
          .kind = ColumnKind::Bytes,
          .bar = true,
          .overhead = name("header") },
        { .name = name("header"), .title = name("Header"), .unit = name("bit"), .kind = ColumnKind::Bits },
        { .name = name("ratio"), .title = name("Ratio"), .kind = ColumnKind::Ratio },
        { .name = name("energy"),
          .title = name("Energy"),
          .unit = name("mJ"),
          .kind = ColumnKind::Real,
          .decimals = 3 },
    };
    table.rows = {
        { name("conv10"), 0.384, qint64(10240), qint64(2048), 1.8, 1.25 },
        { name("conv2"), 0.513, qint64(5120), qint64(1024), 2.25, -0.5 },
        { name("conv1"), 0.0, qint64(2560), qint64(0), 1.0, 0.0001 },
        { name("fc"), 1.0, qint64(1280), qint64(128), 14.04, 1234.5 },
        { name("late"), {}, {}, {}, {}, {} },
    };
    return table;
}

inline widgets::TablePtr shared(analysis::Table table)
{
    return std::make_shared<const analysis::Table>(std::move(table));
}
