#include "widgets/page/loading_veil.h"

#include "widgets/theme/theme.h"

#include <QEvent>
#include <QPainter>

namespace widgets {
namespace {

constexpr int veilAlpha = 210; ///< what lies under it can be made out, but not read

} // namespace

LoadingVeil::LoadingVeil(QWidget* covered)
    : QWidget(covered)
{
    setFocusPolicy(Qt::NoFocus);
    covered->installEventFilter(this);
    hide();
}

void LoadingVeil::cover(const QString& sentence)
{
    m_sentence = sentence;
    setAccessibleName(sentence);
    setGeometry(parentWidget()->rect());
    raise();
    show();
    update();
}

bool LoadingVeil::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

void LoadingVeil::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QColor ground = theme.panel;
    ground.setAlpha(veilAlpha);
    QPainter painter(this);
    painter.fillRect(rect(), ground);
    if (m_sentence.isEmpty())
        return;
    painter.setFont(uiFont(13));
    painter.setPen(theme.text);
    painter.drawText(rect().adjusted(12, 0, -12, 0), Qt::AlignCenter | Qt::TextWordWrap, m_sentence);
}

} // namespace widgets
