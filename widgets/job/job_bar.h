#pragma once

#include <QTimer>
#include <QWidget>

namespace widgets {

/// The 10 px bar of a job. An unknown total shows a block of a quarter that moves every 500 ms; nothing else
/// moves.
class JobBar : public QWidget {
    Q_OBJECT

public:
    explicit JobBar(int width, QWidget* parent = nullptr);

    void setFraction(double fraction); ///< negative = unknown
    double fraction() const { return m_fraction; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void runTimer();

    QTimer m_timer;
    double m_fraction = 0;
    int m_width;
    int m_step = 0;
};

} // namespace widgets
