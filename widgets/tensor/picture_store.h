#pragma once

#include "engine/network/image_set.h"
#include "widgets/tensor/latest_job.h"

#include <QImage>
#include <QObject>

#include <cstdint>
#include <map>
#include <memory>

namespace widgets {

/// A picture on the screen, at most `side` pixels each way: three channels or more as red, green and blue,
/// fewer as grey. Values of 0..255 and of 0..1 as they are, others from the least to the largest.
QImage pictureThumb(const engine::Image& image, int side);

/// Small versions of the pictures that show, read in the background and kept while there is room.
class PictureStore : public QObject {
    Q_OBJECT

public:
    static constexpr int side = 256; ///< [px]

    explicit PictureStore(QObject* parent = nullptr);

    void setImages(std::shared_ptr<const engine::ImageSet> images); ///< forgets what was read; null = none
    /// Null when not read yet; an empty image when it cannot be read.
    const QImage* find(std::int64_t index) const;
    void want(std::int64_t first, std::int64_t end); ///< reads what is missing of these

signals:
    void arrived();

private:
    std::shared_ptr<const engine::ImageSet> m_images;
    std::map<std::int64_t, QImage> m_thumbs;
    LatestJob m_job;
};

} // namespace widgets
