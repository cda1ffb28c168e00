#pragma once

#include <array>
#include <optional>
#include <string_view>

/// Published figures that ours are set beside. Never used to compute anything.
namespace analysis::published {

// Source: National Taiwan University thesis 10.6342/NTU202210009, abstract.
inline constexpr double wangLosslessRatio = 2.39;
inline constexpr double wangLossyRatio = 3.73;
inline constexpr double wangAccuracyLoss = 0.4; ///< [points]
inline constexpr double wangThroughputGain = 19; ///< [%]
inline constexpr double wangGateOverhead = 8; ///< [%]
inline constexpr double wangEnergySaving = 56; ///< of DRAM [%]

/// Average ratios of one network with 8-bit words; 0 = not published.
struct EbpcRow {
    const char* network;
    const char* origin;
    double zeroRle;
    double zvc;
    double bpc;
    double ebpc;
};

/// Source: Cavigelli, Rutishauser, Benini, "EBPC", IEEE JETCAS 9(4) 2019: the averages of its abstract, and
/// its box plots, read by eye within 0.05.
inline constexpr std::array<EbpcRow, 9> ebpc = { {
    { "AlexNet", "EBPC abstract", 0, 0, 0, 5.1 },
    { "VGG-16", "EBPC abstract", 0, 0, 0, 4.0 },
    { "ResNet-34", "EBPC abstract", 0, 0, 0, 2.4 },
    { "MobileNetV2", "EBPC abstract", 0, 0, 0, 2.2 },
    { "AlexNet", "EBPC plots", 3.5, 3.2, 2.4, 4.65 },
    { "VGG-16", "EBPC plots", 2.33, 2.22, 2.42, 3.53 },
    { "ResNet-34", "EBPC plots", 1.56, 1.56, 1.77, 2.13 },
    { "SqueezeNet", "EBPC plots", 1.83, 1.82, 1.93, 2.52 },
    { "MobileNetV2", "EBPC plots", 1.42, 1.45, 1.71, 1.96 },
} };

/// By the id of a codec; nothing where none is published.
inline std::optional<double> ebpcRatio(const EbpcRow& row, std::string_view codec)
{
    const double ratio = codec == "zrle16" ? row.zeroRle
        : codec == "zvc"                   ? row.zvc
        : codec == "bpc"                   ? row.bpc
        : codec == "ebpc"                  ? row.ebpc
                                           : 0;
    return ratio > 0 ? std::optional(ratio) : std::nullopt;
}

} // namespace analysis::published
