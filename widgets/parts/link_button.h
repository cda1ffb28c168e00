#pragma once

#include <QAbstractButton>
#include <QPalette>

namespace widgets {

/// A word to click: underlined text in the colour of its role, 24 px high, elided when there is no room.
class LinkButton : public QAbstractButton {
    Q_OBJECT

public:
    explicit LinkButton(const QString& text, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace widgets
