#pragma once

#include <QWidget>

namespace widgets {

/// The tooltip of maps and charts: value semibold, code in mono, place below. A child of the view, so that it
/// follows the pointer at once; transparent to the mouse.
class ValueTip : public QWidget {
    Q_OBJECT

public:
    struct Content {
        QString value; ///< "1.3996"
        QString code = {}; ///< "100 = 0110 0100b"; mono
        QString place = {}; ///< "row 19, column 25"; may have several lines

        bool operator==(const Content&) const = default;
    };

    explicit ValueTip(QWidget* view);

    /// 12 px off the pointer, flipped at the view's edges, never over `avoid` (the hovered cell) when there
    /// is another side. Both in the view's coordinates.
    void showAt(const QPoint& pointer, const QRect& avoid, const Content& content);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QRect placeFor(const QPoint& pointer, const QRect& avoid) const;

    Content m_content;
};

} // namespace widgets
