#include "engine/codec/stream_error.h"

#include "engine/base/error.h"

namespace engine::codec {

void refuse(std::uint64_t bit, const std::string& what)
{
    throw FormatError("coded stream, bit " + std::to_string(bit) + ": " + what, bit / 8);
}

void refuseEnd(const BitReader& in, std::uint64_t needed)
{
    refuse(in.position(),
           "the stream ends where " + std::to_string(needed) + " more bits belong and "
               + std::to_string(in.remaining()) + " are left");
}

} // namespace engine::codec
