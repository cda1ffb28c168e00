#include "widgets/parts/empty_state.h"

#include "widgets/parts/buttons.h"
#include "widgets/parts/link_button.h"
#include "widgets/theme/theme.h"

#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace widgets {

namespace {

constexpr int blockWidth = 520;
constexpr int columnGap = 24; ///< between the lists [px]

QStringList localFiles(const QMimeData* data)
{
    QStringList paths;
    const QList<QUrl> urls = data->urls();
    for (const QUrl& url : urls) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    return paths;
}

QLabel* label(const QString& text, const QFont& font, QWidget* parent)
{
    auto* result = new QLabel(text, parent);
    result->setFont(font);
    result->setTextFormat(Qt::PlainText);
    return result;
}

/// Centres a block of its own width, left-aligned inside.
void centre(QWidget* outer, QWidget* block)
{
    auto* row = new QHBoxLayout(outer);
    row->addStretch(1);
    row->addWidget(block, 0, Qt::AlignVCenter);
    row->addStretch(1);
}

} // namespace

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent)
{
    setAcceptDrops(true);
    auto* block = new QWidget(this);
    block->setFixedWidth(blockWidth);
    auto* column = new QVBoxLayout(block);
    column->setSpacing(4);
    column->addWidget(label(tr("Open a network or drop a file here"), uiFont(14, true), block));
    m_formats = label({}, uiFont(13), block);
    m_formats->setForegroundRole(QPalette::PlaceholderText);
    m_formats->setWordWrap(true);
    column->addWidget(m_formats);
    column->addSpacing(8);
    QPushButton* open = primaryButton(tr("Open..."), QStringLiteral("open"), block);
    connect(open, &QPushButton::clicked, this, &EmptyState::openRequested);
    column->addWidget(open, 0, Qt::AlignLeft);
    column->addSpacing(16);
    auto* lists = new QHBoxLayout;
    lists->setSpacing(columnGap);
    for (QWidget** list : { &m_recent, &m_examples, &m_lessons }) {
        const QString title = list == &m_recent ? tr("Recent")
            : list == &m_examples               ? tr("Examples")
                                                : tr("Lessons");
        *list = makeColumn(title);
        lists->addWidget(*list, 0, Qt::AlignTop);
    }
    lists->addStretch(1);
    column->addLayout(lists);
    centre(this, block);
}

QWidget* EmptyState::makeColumn(const QString& title)
{
    auto* list = new QWidget(this);
    auto* column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QLabel* head = label(title, uiFont(12, true), list);
    head->setForegroundRole(QPalette::PlaceholderText);
    column->addWidget(head);
    column->addSpacing(2);
    list->hide();
    return list;
}

void EmptyState::fillColumn(QWidget* column, const QList<Link>& links, Chosen chosen)
{
    qDeleteAll(column->findChildren<LinkButton*>(QString(), Qt::FindDirectChildrenOnly));
    for (const Link& link : links) {
        auto* button = new LinkButton(link.text, column);
        button->setToolTip(link.help);
        connect(button, &LinkButton::clicked, this,
                [this, chosen, target = link.target] { emit(this->*chosen)(target); });
        column->layout()->addWidget(button);
    }
    column->setVisible(!links.isEmpty());
    shareWidth();
}

void EmptyState::shareWidth()
{
    const std::array columns { m_recent, m_examples, m_lessons };
    const auto shown =
        static_cast<int>(std::ranges::count_if(columns, [](QWidget* one) { return !one->isHidden(); }));
    for (QWidget* one : columns)
        one->setMaximumWidth((blockWidth - columnGap * (shown - 1)) / std::max(1, shown));
}

void EmptyState::setFormats(const QString& formats)
{
    m_formats->setText(formats);
}

void EmptyState::setRecent(const QList<Link>& links)
{
    fillColumn(m_recent, links, &EmptyState::recentChosen);
}

void EmptyState::setExamples(const QList<Link>& links)
{
    fillColumn(m_examples, links, &EmptyState::exampleChosen);
}

void EmptyState::setLessons(const QList<Link>& links)
{
    fillColumn(m_lessons, links, &EmptyState::lessonChosen);
}

void EmptyState::setDragging(bool dragging)
{
    m_dragging = dragging;
    update();
}

void EmptyState::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.panel);
    if (!m_dragging)
        return;
    painter.setPen(QPen(theme.ctl, 1, Qt::DashLine));
    painter.drawRect(rect().adjusted(12, 12, -13, -13));
}

void EmptyState::dragEnterEvent(QDragEnterEvent* event)
{
    if (localFiles(event->mimeData()).isEmpty())
        return;
    event->acceptProposedAction();
    setDragging(true);
}

void EmptyState::dragLeaveEvent(QDragLeaveEvent*)
{
    setDragging(false);
}

void EmptyState::dropEvent(QDropEvent* event)
{
    setDragging(false);
    event->acceptProposedAction();
    emit filesDropped(localFiles(event->mimeData()));
}

NothingYet::NothingYet(const QString& sentence, const QString& action, const QString& iconName,
                       QWidget* parent)
    : QWidget(parent)
    , m_sentence(nullptr)
{
    auto* block = new QWidget(this);
    block->setMaximumWidth(blockWidth);
    auto* column = new QVBoxLayout(block);
    column->setSpacing(12);
    m_sentence = label(sentence, uiFont(13), block);
    m_sentence->setWordWrap(true);
    m_sentence->setMinimumWidth(360);
    m_sentence->setForegroundRole(QPalette::PlaceholderText);
    column->addWidget(m_sentence);
    if (!action.isEmpty()) {
        m_button = primaryButton(action, iconName, block);
        connect(m_button, &QPushButton::clicked, this, &NothingYet::actionRequested);
        column->addWidget(m_button, 0, Qt::AlignLeft);
    }
    centre(this, block);
}

void NothingYet::setSentence(const QString& sentence)
{
    m_sentence->setText(sentence);
}

void NothingYet::setActionVisible(bool visible)
{
    if (m_button != nullptr)
        m_button->setVisible(visible);
}

} // namespace widgets
