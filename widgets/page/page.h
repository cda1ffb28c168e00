#pragma once

#include "analysis/chart.h"
#include "analysis/export/writers.h"

#include <QWidget>

#include <optional>

namespace widgets {

/// A chart with what an export needs to know about it.
struct PageChart {
    analysis::Chart chart;
    analysis::Provenance provenance;
    QString fileName; ///< suggested, without suffix
    QString command; ///< the tessera-cli line that makes the report; empty when there is none
};

/// A tab of the window.
class Page : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    virtual QString pageId() const = 0; ///< "overview", "layer", or the id of an analysis
    /// The chart that Export and Copy chart are about; nothing when none is shown.
    virtual std::optional<PageChart> currentChart() const = 0;
    /// Whether there is one, asked at every change of the selection: cheap where making it is not.
    virtual bool hasChart() const { return currentChart().has_value(); }
    /// A picture that is no chart and is exported by the page itself.
    virtual bool hasFigure() const { return false; }
    virtual void exportFigure() { }
    /// What the inspector shows while this page is in front; the page owns it. Null: what is selected.
    virtual QWidget* inspectorPanel() const { return nullptr; }
    /// Something is still being read or computed for what is shown.
    virtual bool isBusy() const { return false; }
    virtual bool canCopyTable() const { return false; }
    virtual void copyTable() { }

signals:
    void contentChanged(); ///< what can be exported or copied may be another
};

} // namespace widgets
