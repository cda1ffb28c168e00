#include "analysis/failure.h"

#include "engine/base/error.h"

#include <new>

namespace analysis {

QString failureSentence(const std::exception_ptr& error, const QString& task)
{
    try {
        std::rethrow_exception(error);
    } catch (const engine::Error& known) {
        return QString::fromUtf8(known.what());
    } catch (const std::bad_alloc&) {
        return QStringLiteral("not enough memory for \"%1\"").arg(task);
    } catch (const std::exception& other) {
        return QStringLiteral("\"%1\" failed: %2").arg(task, QString::fromUtf8(other.what()));
    } catch (...) {
        return QStringLiteral("\"%1\" failed for a reason that is not known").arg(task);
    }
}

} // namespace analysis
