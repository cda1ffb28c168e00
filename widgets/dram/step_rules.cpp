#include "widgets/dram/step_rules.h"

#include "widgets/theme/theme.h"

#include <QFontMetrics>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace widgets {

namespace {

constexpr int rowHeight = 22;
constexpr int headHeight = 24;
constexpr int nameWidth = 190;
constexpr int sinceWidth = 210;
constexpr int barWidth = 220;
constexpr int barHeight = 10;
constexpr int gap = 12;
constexpr int verdictWidth = 150; ///< "107 of 312, over for 205"

/// Where the columns stand; in a narrow strip all give way alike.
struct Columns {
    explicit Columns(int width)
    {
        constexpr int wanted = nameWidth + sinceWidth + barWidth;
        const int room = std::clamp(width - 3 * gap - verdictWidth, wanted / 2, wanted);
        name = nameWidth * room / wanted;
        since = sinceWidth * room / wanted;
        bar = room - name - since;
    }

    int name;
    int since;
    int bar;
};

} // namespace

StepRules::StepRules(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Timing rules"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setToolTip(tr("A click goes to the command a rule counts from"));
    connect(&ThemeManager::instance(), &ThemeManager::changed, this, QOverload<>::of(&QWidget::update));
}

void StepRules::setStep(const analysis::CommandStep& step)
{
    m_rules.assign(step.rules.begin(),
                   step.rules.begin() + std::min<std::ptrdiff_t>(mostRows, std::ssize(step.rules)));
    m_span = 1;
    for (const analysis::StepRule& rule : m_rules)
        m_span = std::max(m_span, rule.cycles + rule.cycles / 4);
    setAccessibleDescription(step.why);
    update();
}

int StepRules::rows() const
{
    return static_cast<int>(m_rules.size());
}

// Always room for all rows, so that nothing moves from step to step.
QSize StepRules::sizeHint() const
{
    return { nameWidth + sinceWidth + barWidth + 3 * gap + verdictWidth, headHeight + mostRows * rowHeight };
}

void StepRules::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = Theme::current();
    painter.setFont(uiFont(12, true));
    painter.setPen(theme.text2);
    painter.drawText(QRect(0, 0, width(), headHeight), Qt::AlignLeft | Qt::AlignVCenter,
                     m_rules.empty() ? tr("No rule applied") : tr("Rules that applied"));
    int y = headHeight;
    for (const analysis::StepRule& rule : m_rules) {
        paintRow(painter, QRect(0, y, width(), rowHeight), rule);
        y += rowHeight;
    }
}

void StepRules::paintRow(QPainter& painter, const QRect& row, const analysis::StepRule& rule) const
{
    const Theme& theme = Theme::current();
    const auto text = [&](int x, int width, const QString& words) {
        const QString fitting = painter.fontMetrics().elidedText(words, Qt::ElideRight, width);
        painter.drawText(QRect(x, row.top(), width, row.height()), Qt::AlignLeft | Qt::AlignVCenter, fitting);
    };
    const Columns columns(row.width());
    painter.setFont(uiFont(12, rule.decided));
    painter.setPen(theme.text);
    text(0, columns.name, rule.name);
    painter.setFont(uiFont(12));
    painter.setPen(theme.text2);
    text(columns.name + gap, columns.since, rule.since);

    const QRect bar(columns.name + columns.since + 2 * gap, row.center().y() - barHeight / 2, columns.bar,
                    barHeight);
    // Time runs to the right up to the command; what ended long before is off the left end.
    const double scale = bar.width() / static_cast<double>(m_span);
    const double start = bar.right() + 1 - static_cast<double>(rule.passed) * scale;
    const QRectF length(start, bar.top(), static_cast<double>(rule.cycles) * scale, bar.height());
    painter.fillRect(bar, theme.selin);
    painter.fillRect(length.intersected(bar), rule.decided ? theme.accent : theme.mut);
    painter.fillRect(QRect(bar.right(), row.top() + 2, 2, row.height() - 4), theme.text);
    const quint64 over = rule.passed - std::min(rule.passed, rule.cycles);
    painter.setFont(uiFont(12, rule.decided));
    painter.setPen(rule.decided ? theme.text : theme.text2);
    const QString times = tr("%1 of %2", "cycles of a rule, cycles since its start")
                              .arg(formatCount(static_cast<qint64>(rule.cycles)),
                                   formatCount(static_cast<qint64>(rule.passed)));
    text(bar.right() + gap, std::max(0, row.right() - bar.right() - gap),
         rule.decided ? tr("%1, decided").arg(times)
                      : tr("%1, over for %2").arg(times, formatCount(static_cast<qint64>(over))));
}

void StepRules::mousePressEvent(QMouseEvent* event)
{
    const int row = (event->position().toPoint().y() - headHeight) / rowHeight;
    if (event->button() == Qt::LeftButton && event->position().y() >= headHeight && row < rows())
        emit chosen(m_rules[static_cast<std::size_t>(row)].from);
}

} // namespace widgets
