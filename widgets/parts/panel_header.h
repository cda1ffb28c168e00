#pragma once

#include <QWidget>

class QHBoxLayout;

namespace widgets {

class ElidedLabel;

enum class HeaderKind {
    Panel, ///< 32 px over a chart or table
    View, ///< 38 px over a whole view, with a line below
    Dock ///< 30 px on alt, with a line below; for QDockWidget::setTitleBarWidget
};

/// Title, one remark in text2, then what belongs to the panel at the right.
class PanelHeader : public QWidget {
    Q_OBJECT

public:
    explicit PanelHeader(const QString& title, HeaderKind kind = HeaderKind::Panel,
                         QWidget* parent = nullptr);

    void setTitle(const QString& title);
    QString title() const;
    void setRemark(const QString& remark);
    QString remark() const;
    void addLeft(QWidget* widget); ///< after the title, before the remark
    void addRight(QWidget* widget);

    QSize sizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void fitTitle();

    HeaderKind m_kind;
    ElidedLabel* m_title;
    ElidedLabel* m_remark;
    QHBoxLayout* m_left;
    QHBoxLayout* m_right;
};

} // namespace widgets
