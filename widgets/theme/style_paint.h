#pragma once

#include <QStyle>

class QColor;
class QPainter;
class QStyleOption;
class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionHeader;
class QStyleOptionMenuItem;
class QStyleOptionProgressBar;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QStyleOptionTab;
class QStyleOptionToolButton;
class QStyleOptionViewItem;
class QWidget;

/// How ProxyStyle draws each part; colours from Theme::current().
namespace widgets::paint {

/// A rounded box with a 1 px outline inside `rect`; an invalid colour leaves face or outline out.
void box(QPainter& painter, const QRectF& rect, const QColor& face, const QColor& outline, double radius = 3);
/// The filled triangle of combos, spins, menus and trees, centred in `rect`.
void arrow(QPainter& painter, const QRect& rect, Qt::ArrowType type, const QColor& colour, int width = 8);
bool has(const QStyleOption& option, QStyle::StateFlag flag);
/// The list a combo box opens.
bool isComboList(const QWidget* widget);
bool isTrue(const QWidget* widget, const char* property);

void pushButton(QPainter& painter, const QStyleOption& option, const QWidget* widget);
void pushButtonLabel(QPainter& painter, const QStyleOptionButton& option, const QWidget* widget);
void toolButtonLabel(QPainter& painter, const QStyleOptionToolButton& option, const QWidget* widget);
void toolButton(QPainter& painter, const QStyleOption& option, const QWidget* widget);
void checkMark(QPainter& painter, const QStyleOption& option);
void radioMark(QPainter& painter, const QStyleOption& option);

/// Face and outline of a field: ctl, err when it is invalid, border when disabled.
void field(QPainter& painter, const QStyleOption& option, const QWidget* widget);
void comboBox(QPainter& painter, const QStyleOptionComboBox& option, const QWidget* widget);
void spinBox(QPainter& painter, const QStyleOptionSpinBox& option, const QStyle& style,
             const QWidget* widget);

void slider(QPainter& painter, const QStyleOptionSlider& option, const QStyle& style, const QWidget* widget);
void scrollBar(QPainter& painter, const QStyleOptionSlider& option, const QStyle& style,
               const QWidget* widget);
void progressBar(QPainter& painter, const QStyleOptionProgressBar& option);

void headerSection(QPainter& painter, const QStyleOption& option);
void headerLabel(QPainter& painter, const QStyleOptionHeader& option);
void tab(QPainter& painter, const QStyleOptionTab& option);
void tabLabel(QPainter& painter, const QStyleOptionTab& option, const QStyle& style, const QWidget* widget);
void row(QPainter& painter, const QStyleOptionViewItem& option, const QWidget* widget);
void branch(QPainter& painter, const QStyleOption& option);

void frame(QPainter& painter, const QStyleOption& option, const QWidget* widget);
void focusRect(QPainter& painter, const QStyleOption& option, const QWidget* widget);
/// Rounded rectangle of the ring; the mask of QFocusFrame keeps the control itself free.
void focusFrame(QPainter& painter, const QStyleOption& option);
void menuBarItem(QPainter& painter, const QStyleOptionMenuItem& option);
void menuSeparator(QPainter& painter, const QStyleOptionMenuItem& option);
/// A menu row: draws our selection ground and returns the row for Fusion to draw as if it were not selected.
QStyleOptionMenuItem unselected(QPainter& painter, const QStyleOptionMenuItem& option);

} // namespace widgets::paint
