#pragma once

#include "engine/formats/catalogue.h"

namespace analysis {

/// Opens a request trace: the data set names its format, the requests stay in the file.
engine::formats::Reader traceReader();

} // namespace analysis
