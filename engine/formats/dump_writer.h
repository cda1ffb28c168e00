#pragma once

#include "engine/tensor/tensor.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace engine::formats {

/// What an activation dump says about itself; empty texts are left out.
struct DumpInfo {
    std::string network = {};
    std::string framework = {};
    std::string dataset = {};
    int level = 1; ///< of deflate, 1..9
};

/// One activation of a dump.
struct ActivationInfo {
    std::string name = {}; ///< of the layer; '/' is written as '.'
    Shape shapePerImage = {};
    DType type = DType::F32; ///< F32, F16 or U8
    std::string layout = {}; ///< with the batch: "NCHW"
    std::string op = {};
    int index = 0; ///< place in the order of the network
    std::string producer = {};
    std::optional<Quantisation> quantisation = {}; ///< needed for U8
};

/// Writes an activation dump (schema actdump/1), batch by batch, that appears whole or not at all.
///
/// Shape   one data set (N, ...) per activation, chunks of one image and at most 1 MB, shuffle and deflate.
/// Errors  ParameterError for a type or quantisation that cannot be; IoError naming the path and the system's
///         reason. Without commit() nothing is left behind.
/// Threads write() may be called from many threads at once; values are packed outside the lock.
class DumpWriter {
public:
    DumpWriter(const std::filesystem::path& path, const DumpInfo& info);
    DumpWriter(const DumpWriter&) = delete;
    DumpWriter& operator=(const DumpWriter&) = delete;
    ~DumpWriter();

    /// Returns the number that write() wants.
    std::size_t addActivation(const ActivationInfo& info, std::size_t images);
    /// Whole images from `firstImage` on, each once, in any order.
    void write(std::size_t activation, std::size_t firstImage, std::span<const float> values);
    void writeLabels(std::span<const int> labels);
    void writeAccuracy(double top1, double top5); ///< [%]
    /// Images that were announced but not written are cut off from the first missing one on.
    void commit();

private:
    struct Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace engine::formats
