#include "widgets/tensor/picture_store.h"

#include "engine/base/error.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace widgets {
namespace {

constexpr std::size_t mostThumbs = 1024; ///< at most 256 x 256 pixels each
constexpr std::size_t atOnce = 16; ///< before they are shown

using Thumbs = std::map<std::int64_t, QImage>;

/// How values become 0..255.
struct Tone {
    float low = 0;
    float factor = 1;

    int operator()(float value) const
    {
        return std::isnan(value) ? 0 : static_cast<int>(std::clamp((value - low) * factor, 0.0F, 255.0F));
    }
};

Tone toneOf(const std::vector<float>& values)
{
    float low = INFINITY;
    float high = -INFINITY;
    for (const float value : values) {
        low = value < low ? value : low;
        high = value > high ? value : high;
    }
    constexpr float white = 255;
    if (low >= 0 && high <= 1)
        return { 0, white };
    if ((low >= 0 && high <= white) || !(high > low))
        return {};
    return { low, white / (high - low) };
}

QImage readThumb(const engine::ImageSet& images, std::int64_t index)
{
    try {
        return pictureThumb(images.read(static_cast<std::size_t>(index)), PictureStore::side);
    } catch (const engine::Error&) {
        return {}; // its place says so; the others are shown
    }
}

} // namespace

QImage pictureThumb(const engine::Image& image, int side)
{
    const auto plane = static_cast<std::size_t>(image.height) * static_cast<std::size_t>(image.width);
    if (plane == 0 || image.channels < 1)
        return {};
    const Tone tone = toneOf(image.values);
    const std::size_t step = image.channels >= 3 ? plane : 0;
    QImage picture(image.width, image.height, QImage::Format_RGB32);
    const float* from = image.values.data();
    for (int y = 0; y < image.height; ++y) {
        auto* line = reinterpret_cast<QRgb*>(picture.scanLine(y));
        for (int x = 0; x < image.width; ++x, ++from)
            line[x] = qRgb(tone(from[0]), tone(from[step]), tone(from[2 * step]));
    }
    return std::max(image.width, image.height) > side
        ? picture.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation)
        : picture;
}

PictureStore::PictureStore(QObject* parent)
    : QObject(parent)
{
    connect(&m_job, &LatestJob::finished, this, [this](analysis::Job* job) {
        if (const auto made = job->result<std::shared_ptr<Thumbs>>())
            m_thumbs.merge(*made);
        emit arrived();
    });
}

void PictureStore::setImages(std::shared_ptr<const engine::ImageSet> images)
{
    m_job.cancel();
    m_thumbs.clear();
    m_images = std::move(images);
}

const QImage* PictureStore::find(std::int64_t index) const
{
    const auto found = m_thumbs.find(index);
    return found == m_thumbs.end() ? nullptr : &found->second;
}

void PictureStore::want(std::int64_t first, std::int64_t end)
{
    if (m_job.isActive() || !m_images)
        return; // what shows then is asked for again when this job has arrived
    std::vector<std::int64_t> missing;
    for (std::int64_t index = first; index < end && missing.size() < atOnce; ++index) {
        if (!m_thumbs.contains(index))
            missing.push_back(index);
    }
    if (missing.empty())
        return;
    if (m_thumbs.size() > mostThumbs)
        std::erase_if(m_thumbs, [=](const auto& entry) { return entry.first < first || entry.first >= end; });
    m_job.start(tr("Pictures"), [images = m_images, missing](const engine::Control& control) -> std::any {
        auto made = std::make_shared<Thumbs>();
        for (const std::int64_t index : missing) {
            if (control.stopped())
                break;
            made->emplace(index, readThumb(*images, index));
        }
        return made;
    });
}

} // namespace widgets
