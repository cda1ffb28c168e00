#pragma once

#include "analysis/parameter.h"

#include <QAction>
#include <QToolButton>

#include <vector>

namespace widgets {

/// Some of several choices: a field that names them and opens a menu of check marks, which stays open.
class ChoicesButton : public QToolButton {
    Q_OBJECT

public:
    explicit ChoicesButton(const std::vector<analysis::Choice>& choices, QWidget* parent = nullptr);

    QStringList chosen() const; ///< ids, in the order of the choices
    void setChosen(const QStringList& ids); ///< does not emit edited()

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void edited();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QString summary() const;

    std::vector<QAction*> m_actions;
};

} // namespace widgets
