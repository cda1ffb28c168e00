#pragma once

#include <QStyle>

class QStyleOptionHeader;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QStyleOptionTab;
class QStyleOptionToolButton;
class QStyleOptionComboBox;
class QWidget;

/// Sizes and places of the parts ProxyStyle draws [px]; left to right.
namespace widgets::geometry {

/// The line edit inside a spin or combo box, which has no frame of its own.
bool isInnerEditor(const QWidget* widget);
QRect spinPart(const QStyleOptionSpinBox& option, QStyle::SubControl part);
QRect comboPart(const QStyleOptionComboBox& option, QStyle::SubControl part);
/// 10 x 16 px, on the middle of the groove.
QRect sliderHandle(const QStyleOptionSlider& option);
/// No arrow buttons: the groove is the whole bar.
QRect scrollBarPart(const QStyleOptionSlider& option, QStyle::SubControl part);
QSize toolButtonSize(const QStyleOptionToolButton& option, const QSize& contents, const QWidget* widget);
QSize pushButtonSize(const QSize& contents, const QWidget* widget);
QSize tabSize(const QStyleOptionTab& option, const QSize& contents);
QSize headerSize(const QStyleOptionHeader& option);

} // namespace widgets::geometry
