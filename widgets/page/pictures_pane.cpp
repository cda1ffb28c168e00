#include "widgets/page/pictures_pane.h"

#include "widgets/page/pane.h"
#include "widgets/parts/elided_label.h"
#include "widgets/tensor/picture_grid.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace widgets {

PicturesPane::PicturesPane(QWidget* parent)
    : QWidget(parent)
    , m_caption(new QLabel)
    , m_detail(new ElidedLabel)
    , m_grid(new PictureGrid)
{
    QVBoxLayout* column = makePane(*this);
    column->addLayout(captionRow(m_caption, m_detail));
    column->addWidget(m_grid, 1);
    connect(m_grid, &PictureGrid::captionChanged, this, [this] {
        m_caption->setText(m_grid->caption());
        m_detail->setText(m_grid->detail());
    });
}

} // namespace widgets
