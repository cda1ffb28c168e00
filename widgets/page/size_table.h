#pragma once

#include <QList>
#include <QString>
#include <QWidget>

namespace widgets {

/// A part of something that has a size.
struct SizePart {
    QString name; ///< "Payload 6 × 5"
    QString bits; ///< "30"
    QString kind; ///< "payload"; empty in sums
    bool strong = false;
};

/// Part, bits and kind, a row each, for the inspector.
class SizeTable : public QWidget {
    Q_OBJECT

public:
    explicit SizeTable(QWidget* parent = nullptr);

    void setParts(const QList<SizePart>& parts);
    const QList<SizePart>& parts() const { return m_parts; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<SizePart> m_parts;
};

} // namespace widgets
