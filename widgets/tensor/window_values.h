#pragma once

#include "engine/tensor/plane.h"
#include "engine/tensor/pyramid.h"
#include "widgets/tensor/latest_job.h"
#include "widgets/tensor/map_raster.h"

#include <QObject>

#include <memory>
#include <optional>

namespace widgets {

/// The values of what is visible: at once where the tensor lies in memory, else by a background job.
class WindowValues : public QObject {
    Q_OBJECT

public:
    explicit WindowValues(QObject* parent = nullptr);

    void setPyramid(std::shared_ptr<const engine::Pyramid> pyramid);

    /// What covers `visible`. Nothing while it is being read; arrived() says when it is there. Points into
    /// this object, until the next call.
    std::optional<MapValues> covering(const CellRange& visible);

    /// A value out of what covering() returned last.
    std::optional<float> at(const MapCell& cell) const;

signals:
    void arrived();
    void failed(const QString& sentence);

private:
    struct Window {
        CellRange range;
        engine::PlaneReader::Buffer buffer;
        engine::PlaneReader::Rows rows;
    };

    void startReading(const CellRange& visible);

    std::shared_ptr<const engine::Pyramid> m_pyramid;
    std::unique_ptr<engine::PlaneReader> m_reader;
    std::shared_ptr<Window> m_window;
    LatestJob m_job;
    CellRange m_wanted; ///< what the running job reads
};

} // namespace widgets
