#pragma once

#include "analysis/dataset/dataset.h"
#include "widgets/tensor/mosaic_layout.h"
#include "widgets/tensor/picture_store.h"

#include <QAbstractScrollArea>

#include <cstdint>
#include <optional>
#include <utility>

namespace widgets {

/// The pictures of a data set side by side, as they are seen, with their labels. Click or arrow keys choose
/// one.
class PictureGrid : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit PictureGrid(QWidget* parent = nullptr);

    void setDataset(const analysis::DatasetPtr& dataset); ///< keeps what it shows when it is the same
    void clear();
    void setSelected(std::int64_t picture); ///< scrolls it into view; -1 = none

    std::int64_t count() const { return m_layout.channels(); }
    std::int64_t selected() const { return m_selected; }
    QString caption() const; ///< "500 pictures"
    QString detail() const; ///< "picture 3: n01494475 great white shark"
    /// The class, else the label's number, else the picture's name.
    QString labelOf(std::int64_t picture) const;
    QRect rectOf(std::int64_t picture) const; ///< on the viewport
    bool isComplete() const; ///< every picture that shows is there
    QSize sizeHint() const override { return { 412, 440 }; }

signals:
    void pictureClicked(qint64 picture);
    void captionChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    QString tipOf(std::int64_t picture) const;
    void relayout();
    void paintPicture(QPainter& painter, std::int64_t picture);
    std::pair<std::int64_t, std::int64_t> shown() const;
    std::optional<std::int64_t> pictureAt(const QPoint& position) const;

    analysis::DatasetPtr m_dataset;
    MosaicLayout m_layout;
    PictureStore m_pictures;
    std::int64_t m_selected = -1;
};

} // namespace widgets
