#include "widgets/parts/message_row.h"

#include "widgets/parts/buttons.h"
#include "widgets/parts/elided_label.h"
#include "widgets/parts/ink.h"
#include "widgets/parts/link_button.h"
#include "widgets/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace widgets {

namespace {

struct Looks {
    QString iconName;
    IconInk ink;
    QColor ground, text;
};

Looks looksOf(analysis::Level level)
{
    const Theme& theme = Theme::current();
    switch (level) {
    case analysis::Level::Problem:
        return { QStringLiteral("close"), IconInk::Err, theme.errGround, theme.err };
    case analysis::Level::Warning:
        return { QStringLiteral("warning"), IconInk::Warn, theme.warnGround, theme.warn };
    case analysis::Level::Note:
        break;
    }
    return { QStringLiteral("note"), IconInk::Plain, theme.selin, theme.text };
}

QString wordOf(analysis::Level level)
{
    switch (level) {
    case analysis::Level::Problem:
        return MessageRow::tr("Error");
    case analysis::Level::Warning:
        return MessageRow::tr("Warning");
    case analysis::Level::Note:
        break;
    }
    return MessageRow::tr("Note");
}

} // namespace

MessageRow::MessageRow(Message message, QWidget* parent)
    : QWidget(parent)
    , m_message(std::move(message))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(wordOf(m_message.level) + QStringLiteral(": ") + m_message.sentence);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 0, 4, 0);
    column->setSpacing(0);
    column->addWidget(makeLine());
    if (m_details != nullptr)
        column->addWidget(m_details);
    recolour();
    connect(&ThemeManager::instance(), &ThemeManager::changed, this, &MessageRow::recolour);
}

QWidget* MessageRow::makeLine()
{
    auto* line = new QWidget(this);
    line->setFixedHeight(std::max(28, fontMetrics().height() + 8));
    m_icon = new QLabel(line);
    auto* sentence = new ElidedLabel(m_message.sentence, line);
    sentence->setFont(uiFont(12));
    m_inked.append(sentence);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_icon);
    row->addWidget(sentence, 1);
    if (!m_message.details.isEmpty()) {
        auto* details = new LinkButton(tr("Details"), line);
        details->setFont(uiFont(12));
        m_inked.append(details);
        row->addWidget(details);
        makeDetails(details);
    }
    auto* copyLink = new LinkButton(tr("Copy"), line);
    copyLink->setFont(uiFont(12));
    m_inked.append(copyLink);
    connect(copyLink, &QAbstractButton::clicked, this, &MessageRow::copy);
    row->addWidget(copyLink);
    QToolButton* close = iconButton(QStringLiteral("close"), tr("Close this message"), line);
    connect(close, &QAbstractButton::clicked, this, [this] { emit closed(m_message); });
    row->addWidget(close);
    return line;
}

void MessageRow::makeDetails(QWidget* below)
{
    auto* details = new QLabel(m_message.details, this);
    details->setTextFormat(Qt::PlainText);
    details->setWordWrap(true);
    details->setFont(uiFont(12));
    details->setTextInteractionFlags(Qt::TextSelectableByMouse);
    details->setContentsMargins(24, 0, 28, 8);
    details->hide();
    m_details = details;
    m_inked.append(details);
    connect(static_cast<LinkButton*>(below), &QAbstractButton::clicked, details,
            [details] { details->setVisible(details->isHidden()); });
}

void MessageRow::recolour()
{
    const Looks looks = looksOf(m_message.level);
    for (QWidget* part : std::as_const(m_inked))
        setInk(part, looks.text);
    m_icon->setPixmap(icon(looks.iconName, looks.ink).pixmap(QSize(16, 16), devicePixelRatioF()));
}

void MessageRow::copy() const
{
    const QString tail = m_message.details.isEmpty() ? QString() : QLatin1Char('\n') + m_message.details;
    QGuiApplication::clipboard()->setText(m_message.sentence + tail);
}

void MessageRow::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), looksOf(m_message.level).ground);
}

} // namespace widgets
