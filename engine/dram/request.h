#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace engine::dram {

/// One access of a whole burst.
struct Request {
    std::uint64_t address = 0; ///< [byte]
    std::uint64_t cycle = 0; ///< memory-clock cycle before which it is not offered
    bool write = false;

    bool operator==(const Request& other) const = default;
};

/// Requests in the order in which they are offered, a block at a time: a trace file of any length, a
/// generator.
class RequestSource {
public:
    virtual ~RequestSource() = default;

    /// Fills the front of `block` and returns how many; 0 = the end.
    /// Errors  FormatError at a line that is no request.
    virtual std::size_t read(std::span<Request> block) = 0;

    /// How much has been read, in 0..1; negative when it cannot be known.
    virtual double fraction() const { return -1; }

    /// Where a request of the block read last comes from: "a.trc: line 7"; empty when it has no place.
    virtual std::string placeOf(std::size_t index) const
    {
        static_cast<void>(index);
        return {};
    }
};

/// Requests that lie in memory.
class RequestList : public RequestSource {
public:
    explicit RequestList(std::span<const Request> requests)
        : m_requests(requests)
    {
    }

    std::size_t read(std::span<Request> block) override;
    double fraction() const override;

private:
    std::span<const Request> m_requests;
    std::size_t m_next = 0;
};

} // namespace engine::dram
