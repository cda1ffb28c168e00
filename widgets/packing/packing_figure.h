#pragma once

#include "analysis/export/writers.h"
#include "widgets/packing/packing_paint.h"

#include <QString>

namespace widgets {

/// Suffixes the figure can be written in: "pdf", "svg", "png".
QStringList packingFigureSuffixes();

/// Writes the figure of a block by the file's suffix, in the light theme: 180 mm wide, lines and text as
/// vectors (pdf, svg), 300 dpi (png). The file appears whole or not at all.
/// Errors  engine::IoError; engine::ParameterError for another suffix, naming those there are.
void exportPackingFigure(const PackingScene& scene, const PackingLook& look, const QString& path,
                         const analysis::Provenance& provenance);

} // namespace widgets
