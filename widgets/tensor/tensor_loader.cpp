#include "widgets/tensor/tensor_loader.h"

#include <algorithm>
#include <unistd.h>

namespace widgets {
namespace {

constexpr std::size_t mostTensors = 4;
constexpr std::size_t mostPlanes = 8; ///< of one tensor
constexpr std::uint64_t longWork = 16U << 20; ///< from here on it is shown among the jobs [byte]
constexpr std::uint64_t pieceBytes = 16U << 20; ///< read at once, so that stopping is quick

bool samePlane(const engine::PlaneSelector& one, const engine::PlaneSelector& other)
{
    if (one.rowAxis != other.rowAxis || one.columnAxis != other.columnAxis
        || one.fixed.size() != other.fixed.size())
        return false;
    for (std::size_t axis = 0; axis < one.fixed.size(); ++axis) {
        const bool shown = axis == one.rowAxis || axis == one.columnAxis;
        if (!shown && one.fixed[axis] != other.fixed[axis])
            return false;
    }
    return true;
}

bool inMemory(const engine::Tensor& tensor)
{
    return !tensor.source->mapped().empty() || tensor.shape.elements() == 0;
}

/// Bytes of a plane whose tensor is too large to be read whole.
std::uint64_t planeBytes(const engine::Tensor& tensor, const engine::PlaneSelector& plane)
{
    auto elements = static_cast<std::uint64_t>(tensor.shape[plane.columnAxis]);
    if (plane.rowAxis != plane.columnAxis)
        elements *= static_cast<std::uint64_t>(tensor.shape[plane.rowAxis]);
    return elements * sizeof(float);
}

/// A plane read into memory as a matrix of its own.
std::shared_ptr<const engine::Pyramid> buildFromCopy(const engine::Tensor& tensor,
                                                     const engine::PlaneSelector& plane,
                                                     const engine::Control& control)
{
    const engine::PlaneReader reader(tensor, plane);
    engine::Tensor matrix = tensor;
    matrix.type = engine::DType::F32;
    matrix.layout.clear();
    matrix.shape = engine::Shape { reader.rows(), reader.columns() };
    std::vector<float> values;
    values.reserve(matrix.shape.elements());
    engine::PlaneReader::Buffer buffer;
    const auto bytesPerRow =
        std::max<std::uint64_t>(1, static_cast<std::uint64_t>(reader.columns()) * sizeof(float));
    const auto rowsAtOnce = static_cast<std::int64_t>(std::max<std::uint64_t>(1, pieceBytes / bytesPerRow));
    for (std::int64_t row = 0; row < reader.rows() && !control.stopped(); row += rowsAtOnce) {
        const std::int64_t count = std::min(rowsAtOnce, reader.rows() - row);
        const auto rows = reader.read({ row, 0, count, reader.columns() }, buffer);
        for (std::int64_t i = 0; i < count; ++i) {
            const float* line = rows.first + static_cast<std::size_t>(i) * rows.stride;
            values.insert(values.end(), line, line + reader.columns());
        }
    }
    if (control.stopped())
        return nullptr;
    matrix.source = engine::memorySource(matrix.shape, std::move(values));
    return engine::Pyramid::build(matrix, engine::defaultPlane(matrix), control);
}

} // namespace

TensorLoader::TensorLoader(QObject* parent)
    : QObject(parent)
    , m_cap(physicalMemory() / 4)
{
    connect(&m_job, &LatestJob::finished, this, &TensorLoader::accept);
    connect(&m_job, &LatestJob::failed, this, &TensorLoader::failed);
}

std::deque<TensorLoader::Entry>::iterator TensorLoader::find(const Request& request)
{
    return std::ranges::find_if(m_entries, [&](const Entry& entry) {
        return entry.tensor == request.tensor && entry.dataset.lock() == request.dataset;
    });
}

TensorPlane TensorLoader::atHand(const Request& request)
{
    const auto entry = find(request);
    if (entry == m_entries.end())
        return {};
    const auto plane = std::ranges::find_if(
        entry->planes, [&](const Plane& known) { return samePlane(known.selector, request.plane); });
    return { plane == entry->planes.end() ? nullptr : plane->pyramid, entry->facts };
}

void TensorLoader::load(const Request& request)
{
    m_job.cancel();
    m_request = request;
    const TensorPlane known = atHand(request);
    const bool hasWords = known.facts && known.facts->wordBits == request.wordBits;
    if (hasWords && known.pyramid) {
        emit ready(known);
        return;
    }
    emit started();
    const engine::Tensor& tensor = request.dataset->content.tensors[request.tensor];
    const QString title = tr("Reading %1").arg(QString::fromStdString(tensor.name));
    auto job = [request, known, cap = m_cap](const engine::Control& control) -> std::any {
        return work(request, known, cap, control);
    };
    if (m_queue != nullptr && !hasWords && tensor.bytes() >= longWork)
        m_job.start(*m_queue, title, job);
    else
        m_job.start(title, job);
}

TensorPlane TensorLoader::work(const Request& request, const TensorPlane& known, std::uint64_t cap,
                               const engine::Control& control)
{
    TensorPlane result = known;
    engine::Tensor tensor =
        known.facts ? known.facts->tensor : request.dataset->content.tensors[request.tensor];
    const bool tooLarge = !inMemory(tensor) && tensor.bytes() > cap;
    if (!tooLarge)
        tensor = readIntoMemory(tensor, control.part(0, 0.3));
    if (control.stopped())
        return {};
    if (!result.facts || result.facts->wordBits != request.wordBits)
        result.facts = gatherFacts(tensor, request.wordBits, known.facts, control.part(0.3, 0.8));
    if (!result.facts)
        return {};
    if (!result.pyramid) {
        const bool copyPlane = tooLarge && planeBytes(tensor, request.plane) <= cap;
        result.pyramid = copyPlane ? buildFromCopy(tensor, request.plane, control.part(0.8, 1))
                                   : engine::Pyramid::build(tensor, request.plane, control.part(0.8, 1));
    }
    return result;
}

void TensorLoader::accept(analysis::Job* job)
{
    const auto answer = job->result<TensorPlane>();
    if (!answer.pyramid || !answer.facts)
        return;
    keep(m_request, answer);
    emit ready(answer);
}

void TensorLoader::keep(const Request& request, const TensorPlane& answer)
{
    Entry entry { request.dataset, request.tensor, nullptr, {} };
    if (const auto known = find(request); known != m_entries.end()) {
        entry = std::move(*known);
        m_entries.erase(known);
    }
    entry.facts = answer.facts;
    std::erase_if(entry.planes, [&](const Plane& plane) { return plane.pyramid == answer.pyramid; });
    entry.planes.push_front({ request.plane, answer.pyramid });
    if (entry.planes.size() > mostPlanes)
        entry.planes.pop_back();
    m_entries.push_front(std::move(entry));
    trim();
}

std::uint64_t TensorLoader::Entry::heldBytes() const
{
    const auto owner = dataset.lock();
    const bool isCopy = owner && owner->content.tensors[tensor].source != facts->tensor.source;
    return isCopy ? facts->tensor.bytes() : 0;
}

void TensorLoader::trim()
{
    std::erase_if(m_entries, [](const Entry& entry) { return entry.dataset.expired(); });
    if (m_entries.size() > mostTensors)
        m_entries.resize(mostTensors);
    std::uint64_t held = 0;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        held += m_entries[i].heldBytes();
        if (i > 0 && held > m_cap) {
            m_entries.resize(i);
            return;
        }
    }
}

void TensorLoader::cancel()
{
    m_job.cancel();
}

void TensorLoader::forget(const analysis::DatasetPtr& dataset)
{
    if (m_request.dataset == dataset) {
        m_job.cancel();
        m_request = {};
    }
    std::erase_if(m_entries, [&](const Entry& entry) { return entry.dataset.lock() == dataset; });
}

engine::Tensor readIntoMemory(const engine::Tensor& tensor, const engine::Control& control)
{
    if (inMemory(tensor))
        return tensor;
    const std::size_t elementBytes = engine::byteSize(tensor.type);
    auto bytes = std::make_shared<std::vector<std::byte>>(tensor.bytes());
    const std::size_t rank = tensor.shape.rank();
    std::vector<std::int64_t> start(rank, 0);
    std::vector<std::int64_t> count = tensor.shape.extents();
    const std::uint64_t itemBytes = rank == 0 ? elementBytes : tensor.shape.elementsPerItem() * elementBytes;
    const std::int64_t items = rank == 0 ? 1 : tensor.shape[0];
    const auto atOnce = static_cast<std::int64_t>(std::max<std::uint64_t>(1, pieceBytes / itemBytes));
    for (std::int64_t item = 0; item < items; item += atOnce) {
        if (control.stopped())
            return {};
        const std::int64_t taken = std::min(atOnce, items - item);
        if (rank > 0) {
            start[0] = item;
            count[0] = taken;
        }
        const auto from = static_cast<std::size_t>(static_cast<std::uint64_t>(item) * itemBytes);
        const auto size = static_cast<std::size_t>(static_cast<std::uint64_t>(taken) * itemBytes);
        tensor.source->read(start, count, std::span(*bytes).subspan(from, size));
        control.report(static_cast<double>(item + taken) / static_cast<double>(items), tensor.name);
    }
    engine::Tensor copy = tensor;
    copy.source = engine::memorySource(tensor.shape, tensor.type, *bytes, bytes);
    return copy;
}

std::uint64_t physicalMemory()
{
    const long pages = sysconf(_SC_PHYS_PAGES);
    const long pageSize = sysconf(_SC_PAGESIZE);
    constexpr std::uint64_t assumed = std::uint64_t { 4 } << 30;
    return pages > 0 && pageSize > 0
        ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(pageSize)
        : assumed;
}

} // namespace widgets
