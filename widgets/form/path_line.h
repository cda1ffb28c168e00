#pragma once

#include <QLineEdit>

namespace widgets {

/// A line for a path: while it is not being edited a long path is elided in the middle, so that drive and
/// file name are both seen; the tooltip has the whole.
class PathLine : public QLineEdit {
    Q_OBJECT

public:
    explicit PathLine(QWidget* parent = nullptr);

    QString shownText() const; ///< as painted now

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QRect textRect() const;
};

} // namespace widgets
