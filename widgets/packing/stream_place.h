#pragma once

#include "widgets/selection.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace widgets {

/// Where a word stands: which image's stream, and at which place in it.
struct StreamPlace {
    std::int64_t image = 0;
    std::uint64_t word = 0;

    bool operator==(const StreamPlace&) const = default;
};

/// The image a selection is about.
std::int64_t imageOf(const engine::Tensor& tensor, const Selection& selection);

/// The word of the element that is selected; nothing when none is, or when it is outside.
std::optional<StreamPlace> placeOf(const engine::Tensor& tensor, const Selection& selection);

/// The selection with the element of a word. Nothing for tensors with more axes than a selection names.
std::optional<Selection> elementAt(const engine::Tensor& tensor, const Selection& base,
                                   const StreamPlace& place);

/// The word of an element by its row-major place in the whole tensor.
StreamPlace placeOfElement(const engine::Tensor& tensor, std::uint64_t element);

/// "Channel 2, row 31, columns 0–15"; over more than a row "channel 2, row 3, column 30 – row 4, column 1".
QString wordsPlaceText(const engine::Tensor& tensor, const StreamPlace& first, std::uint64_t count);

} // namespace widgets
