#pragma once

#include <QWidget>

class QLabel;

namespace widgets {

class ElidedLabel;

/// What has just been written to a file: one sentence, the folder to open, the path to copy.
class StripNotice : public QWidget {
    Q_OBJECT

public:
    explicit StripNotice(QWidget* parent = nullptr);

    void announce(const QString& sentence, const QString& path);
    const QString& path() const { return m_path; } ///< empty while there is nothing to tell
    void clear();

signals:
    void cleared(); ///< by the user
    void failed(const QString& sentence); ///< the folder could not be opened

private:
    void openFolder();
    void copyPath() const;
    void recolour();

    QLabel* m_glyph;
    ElidedLabel* m_sentence;
    QString m_path;
};

} // namespace widgets
