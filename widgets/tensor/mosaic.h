#pragma once

#include "widgets/tensor/colour_scale.h"
#include "widgets/tensor/map_viewport.h"
#include "widgets/tensor/mosaic_layout.h"
#include "widgets/tensor/thumb_store.h"

#include <QAbstractScrollArea>
#include <QImage>

#include <functional>
#include <map>
#include <optional>

namespace widgets {

/// All channels of a tensor as small multiples. Click opens one; the box shows what the large map shows of
/// it and can be dragged.
class Mosaic : public QAbstractScrollArea {
    Q_OBJECT

public:
    struct Source {
        engine::Tensor tensor; ///< its elements lie in memory
        AxisPlan plan; ///< has a channel axis
        std::vector<std::int64_t> index;
    };

    explicit Mosaic(QWidget* parent = nullptr);

    void setSource(const Source& source);
    void clear();
    void setColours(const ColourScale& scale, Reduction reduction);
    void setSelected(std::int64_t channel); ///< scrolls it into view; -1 = none
    void setBox(const QRectF& cells); ///< what the map shows, in values; empty = no box
    void setTipText(std::function<QString(std::int64_t)> tip) { m_tip = std::move(tip); }

    const MosaicLayout& layoutOfChannels() const { return m_layout; }
    std::int64_t selected() const { return m_selected; }
    QString caption() const; ///< "All 16 channels"
    QString detail() const; ///< "32 x 32 values each, 3 px per value"
    QRect rectOf(std::int64_t channel) const; ///< on the viewport
    QRectF boxRect() const; ///< on the viewport; empty when there is none
    bool isComplete() const; ///< every channel that shows has its picture
    QSize sizeHint() const override { return { 412, 440 }; }

signals:
    void channelClicked(qint64 channel);
    void boxMoved(const QPointF& originInCells);
    void captionChanged();
    void failed(const QString& sentence);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void relayout();
    void paintChannel(QPainter& painter, std::int64_t channel);
    const QImage& picture(std::int64_t channel, const Thumb& thumb);
    std::pair<std::int64_t, std::int64_t> shown() const;
    void step(std::int64_t by);

    Source m_source;
    MosaicLayout m_layout;
    ThumbStore m_thumbs;
    ColourScale m_scale;
    Reduction m_reduction = Reduction::Maximum;
    std::map<std::int64_t, QImage> m_pictures;
    std::function<QString(std::int64_t)> m_tip;
    std::int64_t m_selected = -1;
    QRectF m_box;
    std::optional<QPointF> m_grip; ///< from the pointer to the box's corner, while it is dragged
    std::int64_t m_rows = 0;
    std::int64_t m_columns = 0;
};

} // namespace widgets
