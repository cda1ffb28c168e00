#include "widgets/parts/panel_header.h"

#include "widgets/parts/elided_label.h"
#include "widgets/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>

namespace widgets {

namespace {

int heightOf(HeaderKind kind)
{
    switch (kind) {
    case HeaderKind::Panel:
        return 32;
    case HeaderKind::View:
        return 38;
    case HeaderKind::Dock:
        return 30;
    }
    return 32;
}

QHBoxLayout* tightRow()
{
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    return row;
}

} // namespace

PanelHeader::PanelHeader(const QString& title, HeaderKind kind, QWidget* parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_title(new ElidedLabel(title, this))
    , m_remark(new ElidedLabel({}, this))
    , m_left(tightRow())
    , m_right(tightRow())
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFixedHeight(std::max(heightOf(kind), fontMetrics().height() + 8));
    m_title->setFont(uiFont(13, true));
    m_remark->setFont(uiFont(12));
    m_remark->setForegroundRole(QPalette::PlaceholderText);
    m_remark->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_right->setSpacing(4);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, kind == HeaderKind::Dock ? 6 : 8, 0);
    row->setSpacing(8);
    row->addWidget(m_title);
    row->addLayout(m_left);
    row->addWidget(m_remark, 1);
    row->addLayout(m_right);
}

void PanelHeader::setTitle(const QString& title)
{
    m_title->setText(title);
    fitTitle();
}

QString PanelHeader::title() const
{
    return m_title->text();
}

void PanelHeader::setRemark(const QString& remark)
{
    m_remark->setText(remark);
}

QString PanelHeader::remark() const
{
    return m_remark->text();
}

void PanelHeader::addLeft(QWidget* widget)
{
    m_left->addWidget(widget);
}

void PanelHeader::addRight(QWidget* widget)
{
    m_right->addWidget(widget);
}

/// The title is whole wherever there is room for it beside what belongs to the panel, and elided before
/// anything is covered.
void PanelHeader::fitTitle()
{
    const QMargins margins = layout()->contentsMargins();
    const int others = m_left->minimumSize().width() + m_right->minimumSize().width()
        + m_remark->minimumSizeHint().width() + 4 * layout()->spacing();
    const int room = width() - margins.left() - margins.right() - others;
    const int wanted = m_title->sizeHint().width();
    m_title->setFixedWidth(std::clamp(room, std::min(wanted, m_title->minimumSizeHint().width()), wanted));
}

bool PanelHeader::event(QEvent* event)
{
    const bool handled = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest)
        fitTitle();
    return handled;
}

void PanelHeader::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitTitle();
}

QSize PanelHeader::sizeHint() const
{
    return { QWidget::sizeHint().width(), height() };
}

void PanelHeader::paintEvent(QPaintEvent*)
{
    if (m_kind == HeaderKind::Panel)
        return;
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), m_kind == HeaderKind::Dock ? theme.alt : theme.panel);
    painter.fillRect(0, height() - 1, width(), 1, theme.border);
}

} // namespace widgets
