#pragma once

#include "analysis/catalogue.h"

namespace analysis {

/// Compressed size of every layer with any set of codecs; payload and header apart.
Analysis codecRow();

} // namespace analysis
