#pragma once

#include <QString>

#include <cstdint>

namespace analysis {

/// With thin spaces between thousands, for sentences: "250 961".
QString grouped(std::uint64_t value);

} // namespace analysis
