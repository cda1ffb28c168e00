#include "widgets/parts/message_bar.h"

#include "widgets/parts/link_button.h"
#include "widgets/parts/message_row.h"
#include "widgets/theme/theme.h"

#include <QVBoxLayout>

namespace widgets {

MessageBar::MessageBar(QWidget* parent)
    : QWidget(parent)
    , m_rows(new QVBoxLayout(this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(1);
    hide();
}

void MessageBar::post(const Message& message)
{
    m_messages.removeAll(message);
    m_messages.prepend(message);
    rebuild();
}

void MessageBar::clear()
{
    m_messages.clear();
    rebuild();
}

void MessageBar::remove(const Message& message)
{
    m_messages.removeAll(message);
    rebuild();
}

void MessageBar::rebuild()
{
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_all = m_all && m_messages.size() > shownAtMost;
    const qsizetype shown = m_all ? m_messages.size() : std::min<qsizetype>(shownAtMost, m_messages.size());
    for (qsizetype i = 0; i < shown; ++i) {
        auto* row = new MessageRow(m_messages[i], this);
        connect(row, &MessageRow::closed, this, &MessageBar::remove);
        m_rows->addWidget(row);
    }
    if (m_messages.size() > shownAtMost) {
        const int hidden = static_cast<int>(m_messages.size() - shownAtMost);
        auto* more = new LinkButton(m_all ? tr("Show less") : tr("%1 more").arg(hidden), this);
        more->setFont(uiFont(12));
        more->setContentsMargins(10, 0, 0, 0);
        connect(more, &QAbstractButton::clicked, this, [this] {
            m_all = !m_all;
            rebuild();
        });
        m_rows->addWidget(more);
    }
    setVisible(!m_messages.isEmpty());
}

} // namespace widgets
