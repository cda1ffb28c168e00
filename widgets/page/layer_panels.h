#pragma once

#include "widgets/page/layer_charts.h"
#include "widgets/tensor/element_text.h"

#include <QWidget>

#include <memory>
#include <optional>

class QPushButton;

namespace widgets {

class ChartMarker;
class ChartView;
class PanelHeader;
class Segmented;

/// A chart under a panel header, with the chart's own commands behind "more".
class ChartPanel : public QWidget {
    Q_OBJECT

public:
    explicit ChartPanel(const QString& title, QWidget* parent = nullptr);

    PanelHeader& header() { return *m_header; }
    ChartView& chart() { return *m_chart; }
    const ChartView& chart() const { return *m_chart; }

signals:
    void exportRequested();

protected:
    void addMoreButton(); ///< last of what stands at the right

private:
    PanelHeader* m_header;
    ChartView* m_chart;
};

/// Values of the tensor by size; linear or logarithmic counts.
class HistogramPanel : public ChartPanel {
    Q_OBJECT

public:
    explicit HistogramPanel(QWidget* parent = nullptr);

    void setFacts(const std::shared_ptr<const TensorFacts>& facts); ///< null lets go of the tensor
    void setSelected(const std::optional<ElementValue>& value);

private:
    Segmented* m_scale;
    ChartMarker* m_marker;
    std::shared_ptr<const TensorFacts> m_facts;
};

/// Zero fraction of every channel, largest first or in order.
class ChannelPanel : public ChartPanel {
    Q_OBJECT

public:
    explicit ChannelPanel(QWidget* parent = nullptr);

    /// Hides itself when there are no channels.
    void setFacts(const std::shared_ptr<const TensorFacts>& facts);
    void setSelected(std::int64_t channel);
    bool isByValue() const { return m_byValue; }

signals:
    void channelClicked(qint64 channel);

private:
    void rebuild();

    QPushButton* m_sort;
    std::shared_ptr<const TensorFacts> m_facts;
    std::optional<ChannelZeros> m_zeros;
    std::int64_t m_channel = -1;
    bool m_byValue = true;
};

} // namespace widgets
