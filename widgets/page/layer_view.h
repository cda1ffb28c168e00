#pragma once

#include "widgets/tensor/colour_scale.h"
#include "widgets/tensor/element_probe.h"
#include "widgets/tensor/tensor_loader.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QLabel;
class QSplitter;

namespace widgets {

class ColourBar;
class ElidedLabel;
class Mosaic;
class PictureGrid;
class PicturesPane;
class ValueMap;

/// All channels of a tensor beside the zoomed plane of one, the shown region linked. Pictures are shown as
/// pictures in place of their channels.
class LayerView : public QWidget {
    Q_OBJECT

public:
    explicit LayerView(QWidget* parent = nullptr);

    struct Content {
        TensorPlane plane;
        AxisPlan plan;
        std::vector<std::int64_t> index;
        analysis::DatasetPtr pictures = {}; ///< set when the batches are its pictures
    };

    void setContent(const Content& content, int blockWords);
    void clear(); ///< keeps nothing of the tensor alive
    void setColours(const ColourSpec& spec);
    void setSelected(const std::optional<MapCell>& cell, int bit);
    void setLoading(bool loading);

    ValueMap& map() { return *m_map; }
    const ValueMap& map() const { return *m_map; }
    Mosaic& mosaic() { return *m_mosaic; }
    PictureGrid& pictures();
    const ElementProbe& probe() const { return m_probe; }
    std::optional<MapCell> selected() const { return m_selected; }
    QString caption() const; ///< "Channel 6, rows 14-26, columns 16-31"

signals:
    void hovered(const std::optional<widgets::Hover>& hover);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildMosaicPane();
    QWidget* buildMapPane();
    void connectViews();
    void showMosaic(const Content& content);
    void showPictures(const Content& content);
    void showCaptions();
    void linkBox();
    void shareColours();
    void emitHover(const std::optional<MapCell>& cell);
    QString remark() const;

    Content m_content;
    ElementProbe m_probe;
    int m_blockWords = 16;
    std::optional<MapCell> m_selected;
    int m_bit = -1;
    QSplitter* m_splitter;
    PicturesPane* m_pictures;
    Mosaic* m_mosaic;
    QWidget* m_mosaicPane;
    QLabel* m_mosaicCaption;
    ElidedLabel* m_mosaicDetail;
    ElidedLabel* m_mosaicNote;
    ValueMap* m_map;
    ColourBar* m_bar;
    QLabel* m_mapCaption;
    ElidedLabel* m_mapRemark;
};

} // namespace widgets
