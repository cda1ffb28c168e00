#pragma once

class QHBoxLayout;
class QLabel;
class QVBoxLayout;
class QWidget;

namespace widgets {

class ElidedLabel;

/// A work surface inside a page: panel ground, and the margins around what stands on it.
QVBoxLayout* makePane(QWidget& pane);

/// The line over a view: what it shows, and a remark behind that.
QHBoxLayout* captionRow(QLabel* caption, ElidedLabel* detail);

} // namespace widgets
