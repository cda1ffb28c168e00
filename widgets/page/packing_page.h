#pragma once

#include "widgets/packing/packing_scene.h"
#include "widgets/page/packing_panel.h"
#include "widgets/page/page.h"
#include "widgets/selection.h"
#include "widgets/tensor/latest_job.h"

#include <QPointer>

#include <memory>

class QStackedWidget;

namespace widgets {

class ElidedLabel;
class LoadingVeil;
class NothingYet;
class PackingHeader;
class PackingView;
class StepperBar;
struct PackingSpot;

/// How the words of the selected tensor are packed into a stream, block by block. Follows the selection and
/// moves it: a word is an element of the layer. Nothing is read or packed while the page is not shown.
class PackingPage : public Page {
    Q_OBJECT

public:
    explicit PackingPage(SelectionModel& selection, QWidget* parent = nullptr);
    ~PackingPage() override;

    QString pageId() const override { return QStringLiteral("packing"); }
    std::optional<PageChart> currentChart() const override { return std::nullopt; }
    bool hasChart() const override { return false; }
    bool isBusy() const override;
    QWidget* inspectorPanel() const override;
    bool hasFigure() const override;
    void exportFigure() override;

    PackingPanel& panel() const { return *m_panel; }
    PackingView& view() const { return *m_view; }
    StepperBar& stepper() const { return *m_stepper; }
    PackingHeader& header() const { return *m_header; }
    const std::shared_ptr<const PackedStream>& stream() const
    {
        return m_stream;
    } ///< null while none is shown
    void showBlock(std::uint64_t block);
    /// Errors  those of exportPackingFigure().
    void writeFigure(const QString& path) const;

signals:
    void blockWordsChanged(int words);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void connectParts();
    void follow(const Selection& now, const Selection& before);
    void refresh(); ///< reads what the selection is about, unless it is at hand
    void pack();
    void acceptWords(const std::shared_ptr<const StreamWords>& words);
    void acceptStream(const std::shared_ptr<const PackedStream>& stream);
    void showFailure(const QString& sentence);
    void showNothing(const QString& sentence);
    void goToSelection();
    void rebuildScene(bool atEnd);
    void choicesChanged();
    void chooseWord(int word);
    void hover(const PackingSpot& spot);
    void hoverElsewhere(const std::optional<Hover>& hover);
    void showSentence();
    bool isUpToDate() const; ///< the words at hand are those of the selection

    SelectionModel& m_selection;
    PackingHeader* m_header;
    QStackedWidget* m_stack;
    NothingYet* m_nothing;
    PackingView* m_view;
    StepperBar* m_stepper;
    ElidedLabel* m_sentence;
    LoadingVeil* m_veil;
    QPointer<PackingPanel> m_panel; ///< shown in the inspector, which may end before this
    LatestJob m_reader;
    LatestJob m_packer;
    std::shared_ptr<const StreamWords> m_words;
    std::shared_ptr<const PackedStream> m_stream;
    std::uint64_t m_block = 0;
    int m_wordBits = 8; ///< of the words asked for
    bool m_stale = true; ///< what is shown is not what is selected
    bool m_hovering = false; ///< the hover that is reported is ours
};

} // namespace widgets
