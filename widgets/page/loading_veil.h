#pragma once

#include <QWidget>

namespace widgets {

/// Lies over a widget that still shows what was, while its surroundings name what is coming: dims it, keeps
/// the pointer away from it and says what is being read. Not for a widget that lays out its children itself.
class LoadingVeil : public QWidget {
    Q_OBJECT

public:
    explicit LoadingVeil(QWidget* covered);

    void cover(const QString& sentence); ///< empty dims only, for what will be there in a moment
    const QString& sentence() const { return m_sentence; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QString m_sentence;
};

} // namespace widgets
