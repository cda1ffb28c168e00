#pragma once

#include <functional>
#include <stop_token>
#include <string>

namespace engine {

/// How a long piece of work hears "stop" and says how far it is. Looked at once per row, tile or batch.
///
/// Work that is stopped returns what it has; being stopped is not an error.
struct Control {
    /// Fraction done in 0..1 (negative: unknown) and the item at hand. May be called from any thread,
    /// but never from two at a time.
    using Progress = std::function<void(double fraction, const std::string& item)>;

    std::stop_token stop;
    Progress progress;

    bool stopped() const { return stop.stop_requested(); }
    void report(double fraction, const std::string& item) const;

    /// The same stop; progress squeezed into first..last of this one's.
    Control part(double first, double last) const;
};

} // namespace engine
