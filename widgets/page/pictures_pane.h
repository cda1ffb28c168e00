#pragma once

#include <QWidget>

class QLabel;

namespace widgets {

class ElidedLabel;
class PictureGrid;

/// The pictures of a data set under a line that tells how many there are and which one is chosen.
class PicturesPane : public QWidget {
    Q_OBJECT

public:
    explicit PicturesPane(QWidget* parent = nullptr);

    PictureGrid& grid() { return *m_grid; }

private:
    QLabel* m_caption;
    ElidedLabel* m_detail;
    PictureGrid* m_grid;
};

} // namespace widgets
