#pragma once

#include "widgets/page/layer_view.h"
#include "widgets/page/page.h"
#include "widgets/selection.h"
#include "widgets/tensor/axis_plan.h"
#include "widgets/tensor/map_viewport.h"
#include "widgets/tensor/tensor_loader.h"

#include <optional>
#include <utility>
#include <vector>

class QSplitter;
class QStackedWidget;
class QTimer;

namespace widgets {

class ChannelPanel;
class HistogramPanel;
class LayerHeader;
class LoadingVeil;
class MessageBar;
class NothingYet;
class PicturesPane;

/// The layer explorer: maps of the selected tensor, its histogram and its channels. Follows and changes the
/// shared selection.
class LayerPage : public Page {
    Q_OBJECT

public:
    LayerPage(SelectionModel& selection, analysis::JobQueue& jobs, QWidget* parent = nullptr);

    QString pageId() const override { return QStringLiteral("layer"); }
    std::optional<PageChart> currentChart() const override;
    bool hasChart() const override { return showsSelection() && m_shown.pyramid; }

    void setWordBits(int bits); ///< words that float values are shown in; 0 = as float
    int wordBits() const { return m_wordBits; }
    void setBlockWords(int words); ///< of the block that is outlined and named in the readout

    LayerHeader& header() { return *m_header; }
    LayerView& view() { return *m_view; }
    HistogramPanel& histogram() { return *m_histogram; }
    ChannelPanel& channels() { return *m_channels; }
    bool isLoading() const { return m_loader.isLoading(); }
    bool isBusy() const override { return isLoading(); }
    /// What is known of the tensor that is selected; null until it has been read.
    std::shared_ptr<const TensorFacts> facts() const { return showsSelection() ? m_shown.facts : nullptr; }
    /// False while something else than the selected tensor is still on screen, under a veil.
    bool showsSelection() const;
    QString selectionPath() const; ///< "conv1 > act > c6 > (r19, c25)"; empty while nothing is shown

signals:
    void captureRequested();
    void exportRequested();

private:
    /// What Export is about: whatever was used last.
    enum class Subject { Map, Histogram, Channels };

    void build();
    void connectHeader();
    void connectViews();
    void follow(const Selection& now, const Selection& before);
    void startTensor(const Selection& now);
    void showNothing(const Selection& now);
    void showPictures(const Selection& now);
    LayerView::Content content() const;
    QString readingSentence() const;
    void startLoading();
    void showLoading();
    void showFailure(const QString& sentence);
    void clear(); ///< keeps nothing of the tensor alive
    void request();
    bool goesToContent(const TensorFacts& facts);
    void accept(const TensorPlane& plane);
    void applyColours();
    void applyElement();
    void chooseIndex(int axis, qint64 index);
    void chooseChannel(qint64 channel);
    void chooseCell(const MapCell& cell, int bit);
    void setSubject(Subject subject);

    SelectionModel& m_selection;
    TensorLoader m_loader;
    AxisPlan m_plan;
    std::vector<std::int64_t> m_index;
    std::optional<std::pair<int, int>> m_axesChoice;
    bool m_choosesSlice = false; ///< nobody has named a channel: one with something in it
    TensorPlane m_shown;
    std::weak_ptr<const analysis::Dataset> m_shownDataset;
    int m_shownTensor = -1;
    int m_wordBits = 8;
    int m_blockWords = 16;
    Subject m_subject = Subject::Map;
    LayerHeader* m_header;
    MessageBar* m_messages;
    QStackedWidget* m_stack;
    QSplitter* m_splitter;
    LayerView* m_view;
    HistogramPanel* m_histogram;
    ChannelPanel* m_channels;
    NothingYet* m_capture;
    NothingYet* m_nothing;
    PicturesPane* m_pictures; ///< of a data set that has no tensors
    LoadingVeil* m_veil;
    QTimer* m_loadingDelay;
};

} // namespace widgets
