#pragma once

#include "analysis/chart.h"
#include "analysis/export/writers.h"
#include "widgets/chart/export_settings.h"

#include <QWidget>

class QLabel;
class QListWidget;

namespace widgets {

/// Below the preview: the greyscale proof, what the venue would say, and what is written into the file.
class ExportFindings : public QWidget {
    Q_OBJECT

public:
    explicit ExportFindings(QWidget* parent = nullptr);

    void setFigure(const analysis::Chart& chart, const ExportSettings& settings,
                   const analysis::Provenance& provenance);

private:
    QWidget* makeProof();
    QWidget* makeLists();
    void showProof(const analysis::Chart& chart, FigureStyle style);
    void showChecks(const std::vector<FigureCheck>& checks);

    QLabel* m_proof;
    QListWidget* m_checks;
    QLabel* m_written;
};

} // namespace widgets
