#include "widgets/tensor/thumb_store.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace widgets {
namespace {

constexpr std::size_t mostThumbs = 1024; ///< at most 128 x 128 summaries each

using Thumbs = std::map<std::int64_t, Thumb>;

engine::CellSummary summarise(const engine::PlaneReader::Rows& rows, int rowCount, int columnCount,
                              std::size_t column)
{
    engine::CellSummary cell { NAN, NAN, NAN, 0 };
    double sum = 0;
    int numbers = 0;
    int nonzeros = 0;
    for (int row = 0; row < rowCount; ++row) {
        const float* line = rows.first + static_cast<std::size_t>(row) * rows.stride + column;
        for (int i = 0; i < columnCount; ++i) {
            nonzeros += line[i] != 0 ? 1 : 0;
            if (std::isnan(line[i]))
                continue;
            cell.minimum = std::fmin(cell.minimum, line[i]);
            cell.maximum = std::fmax(cell.maximum, line[i]);
            sum += static_cast<double>(line[i]);
            ++numbers;
        }
    }
    if (numbers > 0)
        cell.mean = static_cast<float>(sum / numbers);
    cell.nonzero = static_cast<float>(nonzeros) / static_cast<float>(rowCount * columnCount);
    return cell;
}

Thumbs makeThumbs(ThumbStore::Source source, const std::vector<std::int64_t>& channels,
                  const engine::Control& control)
{
    Thumbs made;
    for (const std::int64_t channel : channels) {
        if (control.stopped())
            break;
        source.index[static_cast<std::size_t>(source.plan.channel)] = channel;
        made.emplace(channel, makeThumb(source.tensor, planeFor(source.plan, source.index), source.factor));
    }
    return made;
}

} // namespace

Thumb makeThumb(const engine::Tensor& tensor, const engine::PlaneSelector& plane, int factor)
{
    const engine::PlaneReader reader(tensor, plane);
    const auto cells = [factor](std::int64_t extent) { return (extent + factor - 1) / factor; };
    Thumb thumb { cells(reader.rows()), cells(reader.columns()), {} };
    engine::PlaneReader::Buffer buffer;
    for (std::int64_t row = 0; row < reader.rows(); row += factor) {
        const auto rowCount = static_cast<int>(std::min<std::int64_t>(factor, reader.rows() - row));
        const auto rows = reader.read({ row, 0, rowCount, reader.columns() }, buffer);
        for (std::int64_t column = 0; column < reader.columns(); column += factor) {
            const auto columnCount =
                static_cast<int>(std::min<std::int64_t>(factor, reader.columns() - column));
            thumb.cells.push_back(summarise(rows, rowCount, columnCount, static_cast<std::size_t>(column)));
        }
    }
    return thumb;
}

ThumbStore::ThumbStore(QObject* parent)
    : QObject(parent)
{
    connect(&m_job, &LatestJob::finished, this, &ThumbStore::accept);
    connect(&m_job, &LatestJob::failed, this, &ThumbStore::failed);
}

void ThumbStore::setSource(const Source& source)
{
    clear();
    m_source = source;
}

void ThumbStore::clear()
{
    m_job.cancel();
    m_thumbs.clear();
    m_source = {};
}

const Thumb* ThumbStore::find(std::int64_t channel) const
{
    const auto found = m_thumbs.find(channel);
    return found == m_thumbs.end() ? nullptr : &found->second;
}

void ThumbStore::want(std::int64_t first, std::int64_t end)
{
    if (m_job.isActive() || m_source.plan.channel < 0)
        return; // what shows then is asked for again when this job has arrived
    std::vector<std::int64_t> missing;
    for (std::int64_t channel = first; channel < end; ++channel) {
        if (!m_thumbs.contains(channel))
            missing.push_back(channel);
    }
    if (missing.empty())
        return;
    dropFarFrom(first, end);
    m_job.start(tr("Channel pictures"),
                [source = m_source, missing](const engine::Control& control) -> std::any {
                    return std::make_shared<Thumbs>(makeThumbs(source, missing, control));
                });
}

void ThumbStore::dropFarFrom(std::int64_t first, std::int64_t end)
{
    if (m_thumbs.size() > mostThumbs)
        std::erase_if(m_thumbs, [=](const auto& entry) { return entry.first < first || entry.first >= end; });
}

void ThumbStore::accept(analysis::Job* job)
{
    if (const auto made = job->result<std::shared_ptr<Thumbs>>())
        m_thumbs.merge(*made);
    emit arrived();
}

} // namespace widgets
