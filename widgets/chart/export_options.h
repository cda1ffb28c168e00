#pragma once

#include "widgets/chart/export_settings.h"

#include <QWidget>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace widgets {

class OptionsGrid;

/// The left side of the export dialog: size, format, text and lines, colour, provenance.
class ExportOptions : public QWidget {
    Q_OBJECT

public:
    explicit ExportOptions(QWidget* parent = nullptr);

    ExportSettings settings() const;
    void setSettings(const ExportSettings& settings); ///< does not emit changed()
    void setFormat(FigureFormat format); ///< emits changed() when it is another

signals:
    void changed();

private:
    void buildSize();
    void buildFormat();
    void buildText();
    void buildColour();
    void buildProvenance();
    QDoubleSpinBox* makeNumber(const QString& name, double least, double most, double step);
    QComboBox* makeChoice(const QString& name, const QStringList& choices);
    QCheckBox* makeFlag(const QString& text);

    void takePreset();
    void keepRatio(bool widthChanged);
    void enableFields();
    void notify();

    OptionsGrid* m_grid;
    QComboBox* m_preset = nullptr;
    QDoubleSpinBox* m_width = nullptr;
    QDoubleSpinBox* m_height = nullptr;
    QCheckBox* m_ratio = nullptr;
    QButtonGroup* m_format = nullptr;
    QSpinBox* m_dpi = nullptr;
    QComboBox* m_font = nullptr;
    QDoubleSpinBox* m_text = nullptr;
    QDoubleSpinBox* m_line = nullptr;
    QDoubleSpinBox* m_axis = nullptr;
    QComboBox* m_ticks = nullptr;
    QComboBox* m_legend = nullptr;
    QComboBox* m_palette = nullptr;
    QCheckBox* m_hatches = nullptr;
    QCheckBox* m_light = nullptr;
    QCheckBox* m_gridLines = nullptr;
    QCheckBox* m_outlines = nullptr;
    QCheckBox* m_provenance = nullptr;
    double m_aspect = 1; ///< width over height, while it is kept
    bool m_quiet = false;
};

} // namespace widgets
