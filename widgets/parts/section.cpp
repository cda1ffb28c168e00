#include "widgets/parts/section.h"

#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace widgets {

namespace {

/// A label sets the flag by itself, but a policy given to it afterwards takes it away: the row would then be
/// as high as the text is at some other width.
QSizePolicy wrapping(QSizePolicy::Policy horizontal, bool wraps)
{
    QSizePolicy policy(horizontal, QSizePolicy::Preferred);
    policy.setHeightForWidth(wraps);
    return policy;
}

QLabel* selectable(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

} // namespace

Section::Section(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel(title, this))
    , m_column(new QVBoxLayout(this))
    , m_facts(new QVBoxLayout)
{
    m_title->setFont(uiFont(12, true));
    m_title->setForegroundRole(QPalette::PlaceholderText);
    m_title->setVisible(!title.isEmpty());
    m_column->setContentsMargins(12, 12, 12, 12);
    m_column->setSpacing(6);
    m_column->addWidget(m_title);
    m_column->addLayout(m_facts);
    m_facts->setSpacing(2);
}

void Section::setTitle(const QString& title)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
}

void Section::setFacts(const QList<Fact>& facts)
{
    while (m_rows.size() < facts.size())
        m_rows.append(makeRow());
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        m_lines[i]->setVisible(i < facts.size());
        if (i < facts.size())
            fill(m_rows[i], facts[i]);
    }
}

Section::Row Section::makeRow()
{
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    const Row result { new QLabel(line), selectable(line), selectable(line) };
    result.label->setFixedWidth(labelWidth - 6);
    result.label->setForegroundRole(QPalette::PlaceholderText);
    result.label->setWordWrap(true);
    result.label->setAlignment(Qt::AlignTop);
    result.value->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    result.note->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    result.value->setWordWrap(true);
    result.note->setForegroundRole(QPalette::PlaceholderText);
    result.note->setWordWrap(true);
    result.note->setSizePolicy(wrapping(QSizePolicy::Ignored, true));
    row->addWidget(result.label, 0, Qt::AlignTop);
    row->addWidget(result.value, 1, Qt::AlignTop);
    row->addWidget(result.note, 0, Qt::AlignTop);
    m_facts->addWidget(line);
    m_lines.append(line);
    return result;
}

void Section::fill(const Row& row, const Fact& fact)
{
    row.label->setText(fact.label);
    row.label->setVisible(!fact.label.isEmpty());
    row.value->setFont(fact.mono ? monoFont(11) : uiFont(12, fact.strong));
    row.label->setFont(uiFont(12));
    row.note->setFont(uiFont(12));
    row.value->setText(fact.value);
    row.value->setAccessibleName(fact.label + QLatin1Char(' ') + fact.value);
    row.note->setText(fact.note);
    row.note->setVisible(!fact.note.isEmpty());
    // A note follows its value closely and wraps; a value without one may use the whole line and wrap.
    const bool noted = !fact.note.isEmpty();
    row.value->setWordWrap(!noted);
    row.value->setSizePolicy(wrapping(noted ? QSizePolicy::Maximum : QSizePolicy::Ignored, !noted));
    auto* line = static_cast<QHBoxLayout*>(row.value->parentWidget()->layout());
    line->setStretch(1, noted ? 0 : 1);
    line->setStretch(2, noted ? 1 : 0);
}

void Section::addWidget(QWidget* widget)
{
    m_column->addWidget(widget);
}

void Section::setDivided(bool divided)
{
    m_divided = divided;
    update();
}

void Section::paintEvent(QPaintEvent*)
{
    if (m_divided)
        QPainter(this).fillRect(0, 0, width(), 1, Theme::current().border);
}

} // namespace widgets
