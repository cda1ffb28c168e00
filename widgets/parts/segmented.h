#pragma once

#include <QWidget>

class QButtonGroup;

namespace widgets {

/// Two to five exclusive choices as joined buttons. One Tab stop; arrow keys move the choice.
class Segmented : public QWidget {
    Q_OBJECT

public:
    /// `name` is what a screen reader says for the group.
    explicit Segmented(const QString& name, QWidget* parent = nullptr);

    /// Returns the index of the new segment; the first becomes the choice.
    int add(const QString& text, const QString& help = {});
    int current() const;
    void setCurrent(int index); ///< does not emit chosen()
    void setSegmentEnabled(int index, bool enabled, const QString& reason = {});

signals:
    void chosen(int index); ///< by the user

private:
    QButtonGroup* m_group;
};

} // namespace widgets
