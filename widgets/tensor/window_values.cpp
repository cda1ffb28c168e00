#include "widgets/tensor/window_values.h"

#include <algorithm>

namespace widgets {
namespace {

engine::PlaneWindow planeWindow(const CellRange& range)
{
    return { range.row, range.column, range.rows, range.columns };
}

bool covers(const CellRange& outer, const CellRange& inner)
{
    return outer.contains({ inner.row, inner.column })
        && outer.contains({ inner.row + inner.rows - 1, inner.column + inner.columns - 1 });
}

/// Half a window more on every side, so that a short way needs no new reading.
CellRange widened(const CellRange& range, std::int64_t rows, std::int64_t columns)
{
    CellRange wide;
    wide.row = std::max<std::int64_t>(0, range.row - range.rows / 2);
    wide.column = std::max<std::int64_t>(0, range.column - range.columns / 2);
    wide.rows = std::min(rows, range.row + range.rows + range.rows / 2) - wide.row;
    wide.columns = std::min(columns, range.column + range.columns + range.columns / 2) - wide.column;
    return wide;
}

} // namespace

WindowValues::WindowValues(QObject* parent)
    : QObject(parent)
{
    connect(&m_job, &LatestJob::failed, this, &WindowValues::failed);
    connect(&m_job, &LatestJob::finished, this, [this](analysis::Job* job) {
        m_window = job->result<std::shared_ptr<Window>>();
        emit arrived();
    });
}

void WindowValues::setPyramid(std::shared_ptr<const engine::Pyramid> pyramid)
{
    m_pyramid = std::move(pyramid);
    m_job.cancel();
    m_window.reset();
    m_reader.reset();
    if (m_pyramid)
        m_reader = std::make_unique<engine::PlaneReader>(m_pyramid->tensor(), m_pyramid->plane());
}

std::optional<MapValues> WindowValues::covering(const CellRange& visible)
{
    if (!m_reader || visible.isEmpty())
        return std::nullopt;
    if (!m_reader->tensor().source->mapped().empty()) {
        if (!m_window)
            m_window = std::make_shared<Window>();
        m_window->range = visible;
        m_window->rows = m_reader->read(planeWindow(visible), m_window->buffer);
    } else if (!m_window || !covers(m_window->range, visible)) {
        startReading(visible);
        return std::nullopt;
    }
    return MapValues { m_window->rows, m_window->range };
}

std::optional<float> WindowValues::at(const MapCell& cell) const
{
    if (!m_window || !m_window->range.contains(cell))
        return std::nullopt;
    const std::int64_t row = cell.row - m_window->range.row;
    return m_window->rows
        .first[row * static_cast<std::int64_t>(m_window->rows.stride) + cell.column - m_window->range.column];
}

void WindowValues::startReading(const CellRange& visible)
{
    if (m_job.isActive() && covers(m_wanted, visible))
        return;
    m_wanted = widened(visible, m_reader->rows(), m_reader->columns());
    const auto work = [pyramid = m_pyramid, range = m_wanted](const engine::Control&) -> std::any {
        auto window = std::make_shared<Window>();
        const engine::PlaneReader reader(pyramid->tensor(), pyramid->plane());
        window->range = range;
        window->rows = reader.read(planeWindow(range), window->buffer);
        return window;
    };
    m_job.start(tr("Reading values"), work);
}

} // namespace widgets
