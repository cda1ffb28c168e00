#pragma once

#include "widgets/packing/packing_scene.h"
#include "widgets/parts/value_tip.h"

#include <QString>

namespace widgets {

/// What the hardware does at the step shown, in one sentence.
QString stepSentence(const PackingScene& scene);

/// "W150 bits 53–57"; over two words "W150 bit 63 – W151 bit 3".
QString placeText(const PackingScene& scene, std::uint64_t firstBit, std::uint64_t bits);

/// What is under the pointer; an empty value where there is nothing to say.
ValueTip::Content spotTip(const PackingScene& scene, const PackingSpot& spot);

/// "block 190 › word 1"; "block 190 › mask".
QString spotPath(const PackingScene& scene, const PackingSpot& spot);

} // namespace widgets
