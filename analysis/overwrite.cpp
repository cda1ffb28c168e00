#include "analysis/overwrite.h"

#include "analysis/path.h"
#include "engine/base/error.h"

namespace analysis {

void requireOtherFile(const QString& output, const QString& what, const QStringList& inputs)
{
    for (const QString& input : inputs) {
        std::error_code missing; // what is not there yet is no input
        if (output.isEmpty() || input.isEmpty()
            || !std::filesystem::equivalent(toPath(output), toPath(input), missing))
            continue;
        const QString sentence =
            QStringLiteral("%1: is read by this run and would be written over; give %2 another name")
                .arg(output, what);
        throw engine::ParameterError(sentence.toStdString());
    }
}

} // namespace analysis
