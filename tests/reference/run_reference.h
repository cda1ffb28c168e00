#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace reference {

/// The codecs of runs, planes, cells and block codes as strings of '0' and '1', in the order they are
/// written.
struct RunWords {
    std::vector<std::int32_t> values;
    int wordBits = 8;
    bool isSigned = false;
    int lossyBits = 0;
};

struct RunMap {
    int rows = 0;
    int columns = 0;
};

/// The unsigned codes of the words after the K-lossy step and zigzag.
std::vector<int> codesOf(const RunWords& words);

/// The codecs of runs, planes, cells and block codes as strings of '0' and '1', in the order they are
/// written.
std::string zeroRle16(const RunWords& words);
std::string eyerissRlc5(const RunWords& words);
std::string csc4(const RunWords& words);
std::string lane(const RunWords& words);
std::string grlc(const RunWords& words, const RunMap& map);
std::string bzvcX(const RunWords& words, int blockWords);

/// Least significant bit first, padded to 64-bit words.
std::vector<std::byte> bytesOf(const std::string& bits);

} // namespace reference
