#pragma once

#include <QWidget>

namespace widgets {

enum class BadgeKind { Neutral, Warn, Err, Ok };

/// How views and delegates draw a badge: 11 px on a coloured ground, 16 px high.
QSize badgeSize(const QString& text);
void drawBadge(QPainter& painter, const QPoint& topLeft, const QString& text, BadgeKind kind);

/// A word on a coloured ground: "partial", "stale", "failed", "lossless". Keeps its room while it is empty.
class Badge : public QWidget {
    Q_OBJECT

public:
    explicit Badge(const QString& text = {}, BadgeKind kind = BadgeKind::Neutral, QWidget* parent = nullptr);

    void setBadge(const QString& text, BadgeKind kind);
    void clear();
    const QString& text() const { return m_text; }
    /// Room kept for this word, so that nothing moves when it comes.
    void reserve(const QString& text);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    QSize m_reserved;
    BadgeKind m_kind;
};

enum class Slot { A, B };

/// The 17 px square before every name that belongs to a slot.
void drawSlotTag(QPainter& painter, const QPoint& topLeft, Slot slot);

} // namespace widgets
