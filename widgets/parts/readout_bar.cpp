#include "widgets/parts/readout_bar.h"

#include "widgets/parts/elided_label.h"
#include "widgets/theme/theme.h"

#include <QFile>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QTimer>

#include <array>
#include <cmath>
#include <unistd.h>

namespace widgets {

namespace {

constexpr int fieldGap = 16;

double residentBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> pages = file.readAll().split(' ');
    return pages.size() < 2 ? 0 : pages[1].toDouble() * static_cast<double>(sysconf(_SC_PAGESIZE));
}

QString decimalSize(double bytes)
{
    return bytes < 1e9 ? formatNumber(bytes / 1e6, 0) + QStringLiteral(" MB")
                       : formatNumber(bytes / 1e9, bytes < 1e10 ? 1 : 0) + QStringLiteral(" GB");
}

/// Six significant digits without an exponent where that is readable.
QString valueText(double value)
{
    if (!std::isfinite(value) || value == 0)
        return formatNumber(value, 0);
    const double magnitude = std::abs(value);
    if (magnitude < 1e-4 || magnitude >= 1e9)
        return QString::number(value, 'e', 4).replace(QLatin1Char('-'), QChar(0x2212));
    if (value == std::floor(value))
        return formatNumber(value, 0);
    if (magnitude >= 1e6)
        return formatNumber(value, 1);
    return QString::number(value, 'g', 6).replace(QLatin1Char('-'), QChar(0x2212));
}

QString codeText(const Hover& hover)
{
    if (!hover.code)
        return {};
    const int bits = std::clamp(hover.codeBits, 1, 64);
    const auto masked =
        static_cast<quint64>(*hover.code) & (bits == 64 ? ~quint64(0) : (quint64(1) << bits) - 1);
    return QStringLiteral("%1%2 %3   %4   %5")
        .arg(*hover.code < 0 ? QStringLiteral("int") : QStringLiteral("uint"), QString::number(bits),
             formatNumber(static_cast<double>(*hover.code), 0), formatHex(masked, bits),
             formatBits(masked, bits));
}

QLabel* field(const QFont& font, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setFont(font);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

Memory Memory::now()
{
    return { residentBytes(),
             static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE)) };
}

QString Memory::text() const
{
    if (used <= 0 || total <= 0)
        return {};
    return ReadoutBar::tr("Memory %1 of %2").arg(decimalSize(used), decimalSize(total));
}

ReadoutBar::ReadoutBar(QWidget* parent)
    : QWidget(parent)
    , m_path(new ElidedLabel({}, this))
    , m_value(field(monoFont(12), this))
    , m_code(field(monoFont(12), this))
    , m_note(field(uiFont(12), this))
    , m_memory(field(uiFont(11), this))
    , m_timer(new QTimer(this))
{
    setFixedHeight(std::max(26, fontMetrics().height() + 6));
    setAccessibleName(tr("Readout"));
    m_path->setFont(monoFont(12));
    m_path->setElideMode(Qt::ElideLeft);
    QFont semibold = monoFont(12);
    semibold.setBold(true);
    m_value->setFont(semibold);
    m_memory->setForegroundRole(QPalette::PlaceholderText);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 1, 10, 0);
    row->setSpacing(2 * fieldGap);
    for (QWidget* part : { static_cast<QWidget*>(m_path), static_cast<QWidget*>(m_value),
                           static_cast<QWidget*>(m_code), static_cast<QWidget*>(m_note) })
        row->addWidget(part);
    row->addStretch(1);
    row->addWidget(m_memory);
    m_timer->setInterval(2000);
    connect(m_timer, &QTimer::timeout, this, [this] { m_memory->setText(Memory::now().text()); });
    showFields({}, {});
}

void ReadoutBar::setHover(const std::optional<Hover>& hover)
{
    showFields(hover ? hover->path : m_restingPath, hover);
}

void ReadoutBar::setPath(const QString& path)
{
    m_restingPath = path;
    showFields(path, {});
}

void ReadoutBar::showFields(const QString& path, const std::optional<Hover>& hover)
{
    m_path->setText(path);
    m_value->setText(hover && hover->hasValue ? valueText(hover->value) : QString());
    m_code->setText(hover ? codeText(*hover) : QString());
    m_note->setText(hover ? hover->note : QString());
    for (QLabel* part : { m_value, m_code, m_note })
        part->setVisible(!part->text().isEmpty());
    m_path->setVisible(!path.isEmpty());
    setAccessibleDescription(text());
    update();
}

QString ReadoutBar::text() const
{
    QStringList parts { m_path->text(), m_value->text(), m_code->text(), m_note->text() };
    parts.removeAll(QString());
    return parts.join(QStringLiteral("   "));
}

QSize ReadoutBar::sizeHint() const
{
    return { 400, height() };
}

void ReadoutBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.win);
    painter.fillRect(0, 0, width(), 1, theme.border);
    const std::array<QWidget*, 2> groups { m_value, m_note };
    for (const QWidget* part : groups) {
        if (!part->isHidden() && !m_path->isHidden())
            painter.fillRect(part->x() - fieldGap, 4, 1, height() - 7, theme.border);
    }
}

void ReadoutBar::showEvent(QShowEvent* event)
{
    m_memory->setText(Memory::now().text());
    m_timer->start();
    QWidget::showEvent(event);
}

void ReadoutBar::hideEvent(QHideEvent* event)
{
    m_timer->stop();
    QWidget::hideEvent(event);
}

} // namespace widgets
