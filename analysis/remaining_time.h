#pragma once

namespace analysis {

/// Estimates how long a job will still take: elapsed * (1 - f) / f, smoothed, known only after 2 % and 2 s.
class RemainingTime {
public:
    /// Times in seconds since the start; a negative fraction is not known.
    void update(double elapsed, double fraction);

    /// Rounded to what one reads off: seconds below 10 s, then 5 s, 10 s, minutes. Negative = not known.
    double seconds(double elapsed) const;

private:
    double m_end = -1; ///< smoothed estimate of the whole [s]
    double m_updated = 0; ///< [s]
};

} // namespace analysis
