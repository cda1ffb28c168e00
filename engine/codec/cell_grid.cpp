#include "engine/codec/cell_grid.h"

#include "engine/base/error.h"

#include <string>

namespace engine::codec {

CellGrid::CellGrid(const Options& options)
{
    if (options.mapRows < 0 || options.mapColumns < 0)
        throw ParameterError("map of " + std::to_string(options.mapRows) + " x "
                             + std::to_string(options.mapColumns) + " words: both must be 0 or more");
    if (options.mapRows == 0 || options.mapColumns == 0)
        return;
    columns = static_cast<std::uint64_t>(options.mapColumns);
    planeWords = columns * static_cast<std::uint64_t>(options.mapRows);
}

} // namespace engine::codec
