#pragma once

#include <QObject>
#include <QPointer>

class QFocusFrame;
class QWidget;

namespace widgets {

/// Puts the 2 px ring around the widget that has the focus: always around fields, around the rest when the
/// keyboard brought the focus there.
class FocusRing : public QObject {
    Q_OBJECT

public:
    static constexpr int width = 2; ///< [px]
    static constexpr int gap = 1; ///< between control and ring [px]

    explicit FocusRing(QObject* parent = nullptr);
    ~FocusRing() override;

    /// Buttons, sliders, fields, and what carries the property "focusRing".
    static bool wants(const QWidget* widget);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void show(QWidget* widget);
    void hide(const QWidget* widget);

    QPointer<QFocusFrame> m_frame; ///< belongs to the window it is in
};

} // namespace widgets
