#include "widgets/page/packing_page.h"

#include "engine/base/error.h"
#include "widgets/packing/packing_text.h"
#include "widgets/packing/packing_view.h"
#include "widgets/packing/stream_place.h"
#include "widgets/page/loading_veil.h"
#include "widgets/page/packing_header.h"
#include "widgets/page/packing_panel.h"
#include "widgets/parts/elided_label.h"
#include "widgets/parts/empty_state.h"
#include "widgets/parts/stepper_bar.h"

#include <QStackedWidget>

#include <algorithm>
#include <utility>

namespace widgets {

PackingPage::PackingPage(SelectionModel& selection, QWidget* parent)
    : Page(parent)
    , m_selection(selection)
    , m_header(new PackingHeader)
    , m_stack(new QStackedWidget)
    , m_nothing(new NothingYet(QString(), QString(), QString()))
    , m_view(new PackingView)
    , m_stepper(new StepperBar(tr("Cycle")))
    , m_sentence(new ElidedLabel)
    , m_veil(new LoadingVeil(m_view))
    , m_panel(new PackingPanel(this))
{
    m_panel->hide();
    build();
    connectParts();
}

PackingPage::~PackingPage()
{
    delete m_panel.data();
}

bool PackingPage::isBusy() const
{
    return m_reader.isActive() || m_packer.isActive();
}

QWidget* PackingPage::inspectorPanel() const
{
    return m_panel;
}

void PackingPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    if (m_stale)
        refresh();
}

void PackingPage::follow(const Selection& now, const Selection& before)
{
    const bool other = now.dataset != before.dataset || now.tensor != before.tensor || !isUpToDate();
    if (other && now.dataset != before.dataset && m_words && m_words->dataset == before.dataset) {
        // Nothing of a data set that may be being closed is kept.
        m_words.reset();
        m_stream.reset();
        m_view->clear();
    }
    m_stale = m_stale || other;
    if (m_stale && isVisible())
        refresh();
    else if (!m_stale)
        goToSelection();
}

bool PackingPage::isUpToDate() const
{
    const Selection& now = m_selection.current();
    const engine::Tensor* tensor = now.tensorInfo();
    return tensor != nullptr && m_words && m_words->dataset == now.dataset && m_words->tensor == now.tensor
        && m_wordBits == m_panel->wordBits() && (m_words->isCut() || m_words->image == imageOf(*tensor, now));
}

void PackingPage::refresh()
{
    const Selection& now = m_selection.current();
    const engine::Tensor* tensor = now.tensorInfo();
    m_stale = false;
    if (tensor == nullptr || !tensor->source || tensor->shape.elements() == 0) {
        m_reader.cancel();
        showNothing(tensor == nullptr ? tr("Choose a layer or tensor on the left.")
                                      : tr("This tensor holds no values."));
        return;
    }
    if (isUpToDate()) {
        pack();
        return;
    }
    m_wordBits = m_panel->wordBits();
    const QString title = tr("Words of %1").arg(QString::fromStdString(tensor->name));
    if (m_stream)
        m_veil->cover({});
    m_packer.cancel();
    m_reader.start(title,
                   [dataset = now.dataset, index = now.tensor, image = imageOf(*tensor, now),
                    bits = m_wordBits](const engine::Control& control) {
                       return std::any(readStreamWords(dataset, index, image, bits, control));
                   });
}

void PackingPage::acceptWords(const std::shared_ptr<const StreamWords>& words)
{
    if (!words)
        return;
    m_words = words;
    m_stream.reset(); // its blocks are others
    pack();
}

void PackingPage::pack()
{
    m_packer.start(tr("Packing"), [words = m_words, choice = m_panel->choice()](const engine::Control&) {
        return std::any(packStream(words, choice));
    });
}

void PackingPage::acceptStream(const std::shared_ptr<const PackedStream>& stream)
{
    const auto before = std::exchange(m_stream, stream);
    const std::uint64_t words = stream->format.blockWords;
    m_header->setBlocks(stream->index.blocks(), stream->index.nextRaw(0).has_value());
    m_veil->hide();
    m_stack->setCurrentIndex(1);
    if (before) { // the same words, packed in another way
        const std::uint64_t selected = static_cast<std::uint64_t>(std::max(0, m_view->selectedWord()));
        const std::uint64_t place = m_block * before->format.blockWords + selected;
        m_block = std::min(place / words, stream->index.blocks() - 1);
        if (m_view->selectedWord() >= 0)
            m_view->setSelectedWord(-1);
        const bool atEnd = m_stepper->position() + 1 >= m_stepper->count();
        rebuildScene(atEnd);
        if (m_header->linksToSource())
            goToSelection();
    } else {
        m_view->setSelectedWord(-1);
        m_block = stream->firstLook();
        rebuildScene(true);
        goToSelection();
    }
    emit blockWordsChanged(static_cast<int>(words));
    emit contentChanged();
}

void PackingPage::rebuildScene(bool atEnd)
{
    PackingScene scene(m_stream, m_block, m_panel->port(), m_header->direction());
    const int step = atEnd ? scene.steps() - 1 : std::min(m_stepper->position(), scene.steps() - 1);
    scene.setStep(step);
    m_panel->showScene(scene);
    m_header->setBlock(m_block);
    const int steps = scene.steps();
    m_view->setScene(std::move(scene));
    m_stepper->setCount(steps);
    m_stepper->setPosition(step);
    showSentence();
}

void PackingPage::showBlock(std::uint64_t block)
{
    if (!m_stream || block >= m_stream->index.blocks())
        return;
    const bool atEnd = m_stepper->position() + 1 >= m_stepper->count();
    m_block = block;
    rebuildScene(atEnd);
    if (m_view->selectedWord() >= 0)
        chooseWord(m_view->selectedWord());
}

void PackingPage::goToSelection()
{
    const Selection& now = m_selection.current();
    const engine::Tensor* tensor = now.tensorInfo();
    if (!m_stream || tensor == nullptr || !m_header->linksToSource())
        return;
    const auto place = placeOf(*tensor, now);
    const std::uint64_t words = m_stream->format.blockWords;
    if (!place || place->image != m_words->image || place->word / words >= m_stream->index.blocks())
        return;
    if (place->word / words != m_block) {
        m_block = place->word / words;
        rebuildScene(m_stepper->position() + 1 >= m_stepper->count());
    }
    m_view->setSelectedWord(static_cast<int>(place->word % words));
}

void PackingPage::choicesChanged()
{
    if (!m_words)
        return;
    const PackingChoice choice = m_panel->choice();
    try {
        const engine::codec::WordFormat format { m_panel->wordBits(), m_words->quantiser.isSigned };
        engine::codec::packingFormat(choice.codec.toStdString(), format, choice.options);
    } catch (const engine::ParameterError& error) {
        const QString sentence = QString::fromUtf8(error.what());
        m_panel->setError(sentence.startsWith(QLatin1Char('K')) ? QStringLiteral("lossy-bits")
                                                                : QStringLiteral("word"),
                          sentence);
        return;
    }
    if (m_wordBits != m_panel->wordBits()) {
        refresh();
        return;
    }
    const PackingChoice& shown = m_stream ? m_stream->choice : PackingChoice {};
    const bool same = m_stream && shown.codec == choice.codec
        && shown.options.blockWords == choice.options.blockWords
        && shown.options.lossyBits == choice.options.lossyBits;
    if (same)
        rebuildScene(m_stepper->position() + 1 >= m_stepper->count()); // another engine
    else
        pack();
}

void PackingPage::showNothing(const QString& sentence)
{
    m_packer.cancel();
    m_words.reset();
    m_stream.reset();
    m_view->clear();
    m_veil->hide();
    m_header->setBlocks(0, false);
    m_stepper->setCount(0);
    m_sentence->setText({});
    m_nothing->setSentence(sentence);
    m_stack->setCurrentWidget(m_nothing);
    m_panel->clear(sentence);
    emit contentChanged();
}

void PackingPage::showFailure(const QString& sentence)
{
    showNothing(sentence);
}

void PackingPage::showSentence()
{
    m_sentence->setText(m_view->scene().isEmpty() ? QString() : stepSentence(m_view->scene()));
}

bool PackingPage::hasFigure() const
{
    return m_stream != nullptr;
}

} // namespace widgets
