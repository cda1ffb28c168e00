#pragma once

#include <QString>

namespace app {

/// The example workspace that comes with the program; empty when it is not there.
QString exampleWorkspace();

} // namespace app
