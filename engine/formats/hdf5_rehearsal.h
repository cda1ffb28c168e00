#pragma once

#include "engine/base/control.h"

#include <functional>
#include <string>

namespace engine::formats {

/// Does `work` in a child process first, and waits for it.
///
/// The HDF5 library is not hardened against hostile files. What would crash it, hang it or make it allocate
/// without bound ends the child instead of the program; only then is the file opened here. What `work` throws
/// in the child is of no account: it throws again when it is done here.
///
/// Returns why the file must not be opened ("the HDF5 library crashes on it"); empty when it may, or when
/// stopped.
std::string rehearse(const std::function<void()>& work, const Control& control);

} // namespace engine::formats
