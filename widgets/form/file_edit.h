#pragma once

#include "analysis/parameter.h"

#include <QWidget>

#include <vector>

class QToolButton;

namespace widgets {

class CalmCombo;

enum class FileRole {
    Read, ///< a file or a folder
    Named, ///< a file, or one of the names that are offered
    Write
};

/// A path that can be typed, chosen among what is open, dropped, or looked for.
class FileEdit : public QWidget {
    Q_OBJECT

public:
    explicit FileEdit(FileRole role, QWidget* parent = nullptr);

    QString path() const;
    void setPath(const QString& path); ///< does not emit edited()
    QWidget* field() const;
    /// Data sets of the workspace: id is the path, title what the list shows.
    void setOffers(const std::vector<analysis::Choice>& offers);

signals:
    void edited();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void makeBrowse();
    void browse(bool folder);
    void take(const QString& path);

    FileRole m_role;
    CalmCombo* m_combo;
    QToolButton* m_browse;
};

} // namespace widgets
