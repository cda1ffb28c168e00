#pragma once

#include <QString>

namespace analysis {

/// Text as LaTeX sets it: special characters escaped, the signs our own texts use (minus, times, mu, thin
/// space ...) as commands, line breaks as spaces. Other letters stay as they are, in UTF-8.
QString latexEscaped(const QString& text);

/// True when pgfplots, told that percent is a letter, would stumble over the text inside a CSV file.
bool isHostileToTex(const QString& text);

} // namespace analysis
