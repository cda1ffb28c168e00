#pragma once

#include "analysis/report.h"

#include <QList>
#include <QWidget>

class QVBoxLayout;

namespace widgets {

/// What the user must know now: what happened, where, what to do.
struct Message {
    analysis::Level level = analysis::Level::Problem;
    QString sentence;
    QString details = {}; ///< shown on demand below the sentence; empty = no Details

    bool operator==(const Message&) const = default;
};

/// Rows of 28 px under a view's header; pushes the content down and never covers it. Shows the two newest and
/// "3 more". Hidden while there is nothing to say.
class MessageBar : public QWidget {
    Q_OBJECT

public:
    static constexpr int shownAtMost = 2;

    explicit MessageBar(QWidget* parent = nullptr);

    /// Newest first; one that is there already comes to the top instead of appearing twice.
    void post(const Message& message);
    void clear();
    const QList<Message>& messages() const { return m_messages; }

private:
    void rebuild();
    void remove(const Message& message);

    QList<Message> m_messages;
    QVBoxLayout* m_rows;
    bool m_all = false;
};

} // namespace widgets
