#include "engine/formats/catalogue.h"

#include "engine/base/error.h"
#include "engine/base/file.h"
#include "engine/formats/cifar_reader.h"
#include "engine/formats/guard.h"
#include "engine/formats/hdf5_reader.h"
#include "engine/formats/idx_reader.h"
#include "engine/formats/npy_reader.h"
#include "engine/formats/npz_reader.h"
#include "engine/formats/onnx_reader.h"
#include "engine/formats/safetensors_reader.h"
#include "engine/formats/unsupported.h"

#include <string>
#include <system_error>

namespace engine::formats {

namespace {

constexpr std::size_t headBytes = 4096;

const Reader* bySuffix(std::span<const Reader> rows, const std::filesystem::path& path)
{
    for (const Reader& row : rows) {
        for (const std::string_view suffix : row.suffixes) {
            if (hasSuffix(path, suffix))
                return &row;
        }
    }
    return nullptr;
}

std::string readable(std::span<const Reader> rows)
{
    std::string text;
    for (const Reader& row : rows)
        text += (text.empty() ? "" : ", ") + std::string(row.title);
    return text;
}

[[noreturn]] void refuse(std::span<const Reader> rows, const std::filesystem::path& path,
                         const Unsupported& found)
{
    throw FormatError(path.string() + ": is " + found.what
                      + ", which cannot be opened here (readable: " + readable(rows) + "); " + found.remedy);
}

} // namespace

std::span<const Reader> catalogue()
{
    // Readers that are sure of their first bytes come first; those that also look at the name come last.
    static const std::vector<Reader> rows = {
        { "npy", "NumPy array", { ".npy" }, recogniseNpy, guarded<readNpy> },
        { "npz", "NumPy archive", { ".npz" }, recogniseNpz, guarded<readNpz> },
        { "safetensors",
          "safetensors file",
          { ".safetensors", ".safetensors.index.json" },
          recogniseSafetensors,
          guarded<readSafetensors> },
        { "idx",
          "IDX array (MNIST)",
          { "-ubyte", "-ubyte.gz", ".idx", ".idx.gz" },
          recogniseIdx,
          guarded<readIdx> },
        { "hdf5", "HDF5 file", { ".h5", ".hdf5", ".he5" }, recogniseHdf5, guarded<readHdf5> },
        { "onnx", "ONNX network", { ".onnx" }, recogniseOnnx, guarded<readOnnx> },
        { "cifar", "CIFAR binary file", { ".bin", ".bin.gz" }, recogniseCifar, guarded<readCifar> },
    };
    return rows;
}

const Reader& recognise(std::span<const Reader> rows, const std::filesystem::path& path)
{
    std::error_code ignored;
    const bool folder = std::filesystem::is_directory(path, ignored);
    const std::string head = folder ? std::string() : readHead(path, headBytes);
    for (const Reader& row : rows) {
        if (row.recognise(head, path))
            return row;
    }
    if (folder)
        throw FormatError(path.string() + ": is a folder that holds nothing that can be opened as one");
    if (head.empty())
        throw FormatError(path.string() + ": is empty");
    if (const auto found = detectUnsupported(head, path, false))
        refuse(rows, path, *found);
    if (const Reader* row = bySuffix(rows, path))
        return *row;
    if (const auto found = detectUnsupported(head, path, true))
        refuse(rows, path, *found);
    throw FormatError(path.string() + ": is of no known kind (readable: " + readable(rows)
                      + "); save arrays with numpy.savez or networks with torch.onnx.export");
}

} // namespace engine::formats
