#include "engine/formats/dump_writer.h"

#include "engine/base/error.h"
#include "engine/base/file.h"
#include "engine/formats/dump_pack.h"
#include "engine/formats/hdf5_file.h"
#include "engine/formats/hdf5_output.h"
#include "engine/formats/hdf5_type.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <ctime>
#include <system_error>
#include <utility>

namespace engine::formats {

namespace {

constexpr std::uint64_t chunkBytes = 1U << 20;

std::string now()
{
    const std::time_t seconds = std::time(nullptr);
    std::tm parts = {};
    std::array<char, 32> text = {};
    ::gmtime_r(&seconds, &parts);
    return { text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts) };
}

/// A layer's name as one component of a path; ONNX exporters write "/conv1/Conv".
std::string linkName(const std::string& layer)
{
    std::string name = layer.substr(std::min(layer.find_first_not_of('/'), layer.size()));
    std::ranges::replace(name, '/', '.');
    return name;
}

void checkInfo(const ActivationInfo& info)
{
    if (info.type != DType::F32 && info.type != DType::F16 && info.type != DType::U8)
        throw ParameterError("type: " + std::string(name(info.type)) + " is not one of f32, f16, u8");
    if (info.type == DType::U8 && (!info.quantisation || !(info.quantisation->scale > 0)))
        throw ParameterError("scale: an 8-bit dump of " + info.name + " needs one above 0");
    if (info.shapePerImage.elements() == 0)
        throw ShapeError(info.name + ": there is nothing to write in the shape "
                         + toString(info.shapePerImage));
}

} // namespace

struct DumpWriter::Implementation {
    /// An activation that is being written.
    struct Target {
        ActivationInfo info;
        std::vector<std::int64_t> chunk; ///< of one image
        std::vector<ChunkRun> runs;
        Hdf5Handle dataset;
        std::vector<bool> written; ///< by image
    };

    Implementation(const std::filesystem::path& target, int deflateLevel)
        : path(target)
        , level(std::clamp(deflateLevel, 1, 9))
        , output(target)
        , sink(output.temporaryPath())
    {
    }
    Implementation(const Implementation&) = delete;
    Implementation& operator=(const Implementation&) = delete;
    ~Implementation();

    [[noreturn]] void fail() const;
    void check(bool succeeded) const;
    Hdf5Handle made(hid_t id, Hdf5Handle::Close close) const;
    void open();
    void writeText(hid_t object, const char* name, const std::string& text) const;
    template <typename T>
    void writeNumber(hid_t object, const char* name, hid_t type, const T& value) const;
    Hdf5Handle create(const ActivationInfo& info, const std::vector<std::int64_t>& chunk,
                      std::size_t images) const;
    void describe(hid_t dataset, const ActivationInfo& info) const;
    void writeImage(Target& target, std::size_t image, std::span<const float> values);
    void trim(const Target& target) const;

    std::filesystem::path path;
    int level;
    AtomicFile output;
    Hdf5Output sink;
    Hdf5Handle file;
    std::vector<std::unique_ptr<Target>> targets;
};

DumpWriter::Implementation::~Implementation()
{
    const Hdf5Session session;
    sink.abandon();
    targets.clear();
    file = {};
}

void DumpWriter::Implementation::fail() const
{
    throw IoError(
        path.string() + ": cannot write: "
        + (sink.error() != 0 ? std::generic_category().message(sink.error()) : Hdf5Session::reason()));
}

void DumpWriter::Implementation::check(bool succeeded) const
{
    if (!succeeded || sink.error() != 0)
        fail();
}

Hdf5Handle DumpWriter::Implementation::made(hid_t id, Hdf5Handle::Close close) const
{
    check(id >= 0);
    return { id, close };
}

void DumpWriter::Implementation::open()
{
    file = sink.create();
    check(static_cast<bool>(file));
    made(H5Gcreate2(file.id(), "activations", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
}

void DumpWriter::Implementation::writeText(hid_t object, const char* name, const std::string& text) const
{
    if (text.empty())
        return;
    const Hdf5Handle type = made(H5Tcopy(H5T_C_S1), H5Tclose);
    H5Tset_size(type.id(), text.size());
    H5Tset_strpad(type.id(), H5T_STR_NULLPAD);
    H5Tset_cset(type.id(), H5T_CSET_UTF8);
    const Hdf5Handle space = made(H5Screate(H5S_SCALAR), H5Sclose);
    const Hdf5Handle attribute =
        made(H5Acreate2(object, name, type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
    check(H5Awrite(attribute.id(), type.id(), text.data()) >= 0);
}

template <typename T>
void DumpWriter::Implementation::writeNumber(hid_t object, const char* name, hid_t type, const T& value) const
{
    const Hdf5Handle space = made(H5Screate(H5S_SCALAR), H5Sclose);
    const Hdf5Handle attribute =
        made(H5Acreate2(object, name, type, space.id(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
    check(H5Awrite(attribute.id(), type, &value) >= 0);
}

Hdf5Handle DumpWriter::Implementation::create(const ActivationInfo& info,
                                              const std::vector<std::int64_t>& chunk,
                                              std::size_t images) const
{
    std::vector<hsize_t> extents = { images };
    std::vector<hsize_t> chunkExtents = { 1 };
    for (std::size_t axis = 0; axis < chunk.size(); ++axis) {
        extents.push_back(static_cast<hsize_t>(info.shapePerImage[axis]));
        chunkExtents.push_back(static_cast<hsize_t>(chunk[axis]));
    }
    std::vector<hsize_t> largest = extents;
    largest.front() = std::max<hsize_t>(images, 1);
    const auto rank = static_cast<int>(extents.size());
    const Hdf5Handle space = made(H5Screate_simple(rank, extents.data(), largest.data()), H5Sclose);
    const Hdf5Handle properties = made(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    check(H5Pset_chunk(properties.id(), rank, chunkExtents.data()) >= 0);
    check(H5Pset_shuffle(properties.id()) >= 0);
    check(H5Pset_deflate(properties.id(), static_cast<unsigned>(level)) >= 0);
    const Hdf5Handle type = made(makeHdf5Type(info.type), H5Tclose);
    const std::string link = "activations/" + linkName(info.name);
    return made(
        H5Dcreate2(file.id(), link.c_str(), type.id(), space.id(), H5P_DEFAULT, properties.id(), H5P_DEFAULT),
        H5Dclose);
}

void DumpWriter::Implementation::describe(hid_t dataset, const ActivationInfo& info) const
{
    writeText(dataset, "layout", info.layout);
    writeText(dataset, "op", info.op);
    writeText(dataset, "producer", info.producer);
    writeNumber(dataset, "index", H5T_NATIVE_INT, info.index);
    if (!info.quantisation)
        return;
    writeNumber(dataset, "bits", H5T_NATIVE_INT, info.quantisation->bits);
    writeNumber(dataset, "scale", H5T_NATIVE_DOUBLE, info.quantisation->scale);
    writeNumber(dataset, "zero_point", H5T_NATIVE_INT64, info.quantisation->zeroPoint);
}

void DumpWriter::Implementation::writeImage(Target& target, std::size_t image, std::span<const float> values)
{
    const std::size_t elementBytes = byteSize(target.info.type);
    const std::size_t wholeChunk = Shape(target.chunk).elements() * elementBytes;
    for (const ChunkRun& run : target.runs) {
        std::vector<std::byte> bytes = encodeElements(values.subspan(run.first, run.count), target.info);
        bytes.resize(wholeChunk);
        const std::vector<std::byte> packed = packBytes(bytes, elementBytes, level);
        std::vector<hsize_t> offset = { image };
        offset.insert(offset.end(), run.start.begin(), run.start.end());
        const Hdf5Session session;
        check(H5Dwrite_chunk(target.dataset.id(), H5P_DEFAULT, 0, offset.data(), packed.size(), packed.data())
              >= 0);
    }
    const Hdf5Session session;
    target.written[image] = true;
}

void DumpWriter::Implementation::trim(const Target& target) const
{
    const auto missing = std::ranges::find(target.written, false);
    if (missing == target.written.end())
        return;
    std::vector<hsize_t> extents = { static_cast<hsize_t>(missing - target.written.begin()) };
    for (const std::int64_t extent : target.info.shapePerImage.extents())
        extents.push_back(static_cast<hsize_t>(extent));
    check(H5Dset_extent(target.dataset.id(), extents.data()) >= 0);
}

DumpWriter::DumpWriter(const std::filesystem::path& path, const DumpInfo& info)
    : m_implementation(std::make_unique<Implementation>(path, info.level))
{
    const Hdf5Session session;
    m_implementation->open();
    const Hdf5Handle root =
        m_implementation->made(H5Gopen2(m_implementation->file.id(), "/", H5P_DEFAULT), H5Gclose);
    m_implementation->writeText(root.id(), "schema", "actdump/1");
    m_implementation->writeText(root.id(), "network", info.network);
    m_implementation->writeText(root.id(), "framework", info.framework);
    m_implementation->writeText(root.id(), "dataset", info.dataset);
    m_implementation->writeText(root.id(), "created", now());
}

DumpWriter::~DumpWriter() = default;

std::size_t DumpWriter::addActivation(const ActivationInfo& info, std::size_t images)
{
    checkInfo(info);
    auto target = std::make_unique<Implementation::Target>();
    target->info = info;
    target->chunk = dumpChunk(info.shapePerImage, chunkBytes / byteSize(info.type));
    target->runs = chunkRuns(info.shapePerImage, target->chunk);
    target->written.resize(images);
    const Hdf5Session session;
    target->dataset = m_implementation->create(info, target->chunk, images);
    m_implementation->describe(target->dataset.id(), info);
    m_implementation->targets.push_back(std::move(target));
    return m_implementation->targets.size() - 1;
}

void DumpWriter::write(std::size_t activation, std::size_t firstImage, std::span<const float> values)
{
    Implementation::Target& target = *m_implementation->targets[activation];
    const std::size_t perImage = target.info.shapePerImage.elements();
    assert(values.size() % perImage == 0);
    assert(firstImage + values.size() / perImage <= target.written.size());
    for (std::size_t i = 0; i < values.size() / perImage; ++i)
        m_implementation->writeImage(target, firstImage + i, values.subspan(i * perImage, perImage));
}

void DumpWriter::writeLabels(std::span<const int> labels)
{
    const Hdf5Session session;
    const Implementation& to = *m_implementation;
    const hsize_t count = labels.size();
    const Hdf5Handle space = to.made(H5Screate_simple(1, &count, nullptr), H5Sclose);
    const Hdf5Handle type = to.made(makeHdf5Type(DType::I32), H5Tclose);
    const Hdf5Handle dataset = to.made(
        H5Dcreate2(to.file.id(), "labels", type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
        H5Dclose);
    to.check(H5Dwrite(dataset.id(), H5T_NATIVE_INT, H5S_ALL, H5S_ALL, H5P_DEFAULT, labels.data()) >= 0);
}

void DumpWriter::writeAccuracy(double top1, double top5)
{
    const Hdf5Session session;
    const Implementation& to = *m_implementation;
    const Hdf5Handle group =
        to.made(H5Gcreate2(to.file.id(), "accuracy", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
    to.writeNumber(group.id(), "top1", H5T_NATIVE_DOUBLE, top1);
    to.writeNumber(group.id(), "top5", H5T_NATIVE_DOUBLE, top5);
}

void DumpWriter::commit()
{
    {
        const Hdf5Session session;
        Implementation& to = *m_implementation;
        for (const auto& target : to.targets)
            to.trim(*target);
        to.check(H5Fflush(to.file.id(), H5F_SCOPE_GLOBAL) >= 0);
        to.targets.clear();
        to.file = {};
        to.check(true); // Closing writes, too.
    }
    m_implementation->output.commit();
}

} // namespace engine::formats
