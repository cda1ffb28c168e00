#pragma once

#include "widgets/parts/message_bar.h"

class QLabel;

namespace widgets {

/// One message on its coloured ground: icon, sentence, Details, Copy, close.
class MessageRow : public QWidget {
    Q_OBJECT

public:
    explicit MessageRow(Message message, QWidget* parent = nullptr);

signals:
    void closed(const widgets::Message& message);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* makeLine();
    void makeDetails(QWidget* below);
    void recolour();
    void copy() const;

    Message m_message;
    QLabel* m_icon = nullptr;
    QWidget* m_details = nullptr;
    QList<QWidget*> m_inked; ///< what is drawn in the colour of the level
};

} // namespace widgets
