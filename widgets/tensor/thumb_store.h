#pragma once

#include "engine/tensor/pyramid.h"
#include "widgets/tensor/axis_plan.h"
#include "widgets/tensor/latest_job.h"

#include <QObject>

#include <cstdint>
#include <map>
#include <vector>

namespace widgets {

/// A channel's plane, made smaller.
using Thumb = engine::Pyramid::Level;

/// Joins squares of factor x factor values of a plane.
Thumb makeThumb(const engine::Tensor& tensor, const engine::PlaneSelector& plane, int factor);

/// Thumbnails of the channels that show, made in the background and kept while there is room.
class ThumbStore : public QObject {
    Q_OBJECT

public:
    struct Source {
        engine::Tensor tensor; ///< its elements lie in memory
        AxisPlan plan;
        std::vector<std::int64_t> index; ///< that of the channel does not matter
        int factor = 1; ///< values per pixel, each way
    };

    explicit ThumbStore(QObject* parent = nullptr);

    void setSource(const Source& source); ///< forgets what was made
    void clear();
    const Thumb* find(std::int64_t channel) const; ///< null when not made yet
    void want(std::int64_t first, std::int64_t end); ///< makes what is missing of these

signals:
    void arrived();
    void failed(const QString& sentence);

private:
    void accept(analysis::Job* job);
    void dropFarFrom(std::int64_t first, std::int64_t end);

    Source m_source;
    std::map<std::int64_t, Thumb> m_thumbs;
    LatestJob m_job;
};

} // namespace widgets
