#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace engine {

/// Something the user can act on. what() is one sentence that names the value, the place and the limit.
class Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A parameter outside its range: "K: 9 is outside 0..7".
class ParameterError : public Error {
public:
    using Error::Error;
};

/// Tensors whose shapes do not fit together, or a shape that cannot be.
class ShapeError : public Error {
public:
    using Error::Error;
};

/// A file or stream that is not what it claims to be.
class FormatError : public Error {
public:
    explicit FormatError(const std::string& text, std::uint64_t offset = 0)
        : Error(text)
        , m_offset(offset)
    {
    }

    std::uint64_t offset() const { return m_offset; } ///< where it was noticed [byte]

private:
    std::uint64_t m_offset;
};

/// The operating system refused: missing, unreadable, full disk.
class IoError : public Error {
public:
    using Error::Error;
};

} // namespace engine
