#pragma once

#include "engine/codec/codec.h"

namespace engine::codec {

/// A part of a stream that starts with the highest bit of a byte, as the hardware of EBPC writes it: cut into
/// words of `wordBits` bits, the last padded with zeros, each word in whole bytes, the highest first.
///
/// Units   wordBits 1..64; 8 gives the bits of the section one after the other.
/// Source  EBPC, Cavigelli et al. 2019; the hashes of golden/codecs/ebpc.json.
std::vector<std::byte> sectionBytes(const Encoded& encoded, const Section& section, int wordBits);

} // namespace engine::codec
