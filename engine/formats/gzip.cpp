#include "engine/formats/gzip.h"

#include "engine/base/error.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <new>

namespace engine::formats {

namespace {

constexpr std::size_t inputPiece = 1U << 20;
constexpr std::size_t firstOutput = 1U << 16;
constexpr int gzipOnly = 16 + MAX_WBITS;

/// zlib's stream, ready to unpack gzip.
class Inflater {
public:
    Inflater()
    {
        if (inflateInit2(&m_stream, gzipOnly) != Z_OK)
            throw std::bad_alloc();
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() { inflateEnd(&m_stream); }

    struct Step {
        int status = Z_OK;
        std::size_t consumed = 0;
        std::size_t produced = 0;
    };

    Step run(std::span<const std::byte> in, std::span<std::byte> out)
    {
        const std::size_t inBytes = std::min(in.size(), inputPiece);
        const std::size_t outBytes = std::min<std::size_t>(out.size(), 1U << 30);
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(in.data()));
        m_stream.avail_in = static_cast<uInt>(inBytes);
        m_stream.next_out = reinterpret_cast<Bytef*>(out.data());
        m_stream.avail_out = static_cast<uInt>(outBytes);
        const int status = inflate(&m_stream, Z_NO_FLUSH);
        return { status, inBytes - m_stream.avail_in, outBytes - m_stream.avail_out };
    }

    void nextMember() { inflateReset(&m_stream); }

private:
    z_stream m_stream {};
};

/// Unpacks into a vector that doubles as needed, up to a limit.
class Unpacking {
public:
    Unpacking(std::span<const std::byte> packed, std::uint64_t limit, const std::string& place)
        : m_packed(packed)
        , m_limit(limit)
        , m_place(place)
    {
    }

    std::vector<std::byte> run(const Control& control)
    {
        while (!m_done && !control.stopped()) {
            step();
            control.report(static_cast<double>(m_in) / static_cast<double>(m_packed.size()), m_place);
        }
        m_out.resize(m_filled);
        m_out.shrink_to_fit();
        return std::move(m_out);
    }

private:
    void step()
    {
        const std::span<std::byte> room = makeRoom();
        const Inflater::Step step = m_inflater.run(m_packed.subspan(m_in), room);
        m_in += step.consumed;
        m_filled += step.produced;
        if (m_filled > m_limit)
            throw FormatError(m_place + ": unpacks to more than the " + std::to_string(m_limit)
                              + " bytes that it should hold");
        if (step.status == Z_STREAM_END)
            endMember();
        else if (step.status == Z_BUF_ERROR && m_in == m_packed.size())
            throw FormatError(m_place + ": the gzip stream is cut off", m_in);
        else if (step.status != Z_OK && step.status != Z_BUF_ERROR)
            throw FormatError(m_place + ": the gzip stream is damaged near byte " + std::to_string(m_in),
                              m_in);
    }

    /// One byte beyond the limit shows that the stream is longer.
    std::span<std::byte> makeRoom()
    {
        if (m_filled == m_out.size()) {
            const std::uint64_t wanted = std::max<std::uint64_t>(firstOutput, 2 * m_out.size());
            m_out.resize(std::min(wanted, m_limit + 1));
        }
        return std::span(m_out).subspan(m_filled);
    }

    void endMember()
    {
        m_done = m_in == m_packed.size();
        if (m_done)
            return;
        if (m_packed.size() - m_in < 2 || m_packed[m_in] != std::byte { 0x1f }
            || m_packed[m_in + 1] != std::byte { 0x8b })
            throw FormatError(m_place + ": " + std::to_string(m_packed.size() - m_in)
                                  + " bytes follow the end of the gzip stream",
                              m_in);
        m_inflater.nextMember();
    }

    std::span<const std::byte> m_packed;
    std::uint64_t m_limit;
    const std::string& m_place;
    Inflater m_inflater;
    std::vector<std::byte> m_out;
    std::size_t m_in = 0;
    std::size_t m_filled = 0;
    bool m_done = false;
};

} // namespace

bool isGzip(std::string_view head)
{
    return head.starts_with("\x1f\x8b");
}

std::string gunzipHead(std::string_view head, std::size_t count)
{
    if (!isGzip(head))
        return {};
    std::string result(count, '\0');
    std::size_t filled = 0;
    Inflater inflater;
    auto in = std::as_bytes(std::span(head));
    while (filled < count && !in.empty()) {
        const auto step = inflater.run(in, std::as_writable_bytes(std::span(result)).subspan(filled));
        filled += step.produced;
        in = in.subspan(step.consumed);
        if (step.status != Z_OK)
            break;
    }
    result.resize(filled);
    return result;
}

std::vector<std::byte> gunzip(std::span<const std::byte> packed, std::uint64_t limit, const Control& control,
                              const std::string& place)
{
    return Unpacking(packed, limit, place).run(control);
}

} // namespace engine::formats
