#pragma once

#include <QList>
#include <QString>
#include <QWidget>

class QLabel;
class QPushButton;

namespace widgets {

/// A place to go from the empty window.
struct Link {
    QString text; ///< as shown: "resnet20-cifar10"
    QString target; ///< given back when it is clicked: a path or an id
    QString help = {}; ///< tooltip
};

/// What a window without data shows: how to open something, and lists of links. A dashed frame appears only
/// while files are dragged over it.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(QWidget* parent = nullptr);

    void setFormats(const QString& formats); ///< "ONNX, HDF5, safetensors, NumPy"
    /// A column is there only when it has links.
    void setRecent(const QList<Link>& links);
    void setExamples(const QList<Link>& links);
    void setLessons(const QList<Link>& links);

signals:
    void openRequested();
    void recentChosen(const QString& target);
    void exampleChosen(const QString& target);
    void lessonChosen(const QString& target);
    void filesDropped(const QStringList& paths);

protected:
    void paintEvent(QPaintEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    using Chosen = void (EmptyState::*)(const QString&);

    QWidget* makeColumn(const QString& title);
    void shareWidth();
    void fillColumn(QWidget* column, const QList<Link>& links, Chosen chosen);
    void setDragging(bool dragging);

    QLabel* m_formats;
    QWidget* m_recent;
    QWidget* m_examples;
    QWidget* m_lessons;
    bool m_dragging = false;
};

/// What a view without data shows: which run fills it, with the button that starts it.
class NothingYet : public QWidget {
    Q_OBJECT

public:
    /// An empty `action` leaves the button out.
    NothingYet(const QString& sentence, const QString& action, const QString& iconName,
               QWidget* parent = nullptr);

    void setSentence(const QString& sentence);
    void setActionVisible(bool visible); ///< not while what it starts is running

signals:
    void actionRequested();

private:
    QLabel* m_sentence;
    QPushButton* m_button = nullptr;
};

} // namespace widgets
