#include "engine/base/error.h"
#include "widgets/packing/packing_figure.h"
#include "widgets/packing/packing_text.h"
#include "widgets/packing/packing_view.h"
#include "widgets/packing/stream_place.h"
#include "widgets/page/loading_veil.h"
#include "widgets/page/packing_header.h"
#include "widgets/page/packing_page.h"
#include "widgets/page/packing_panel.h"
#include "widgets/parts/elided_label.h"
#include "widgets/parts/empty_state.h"
#include "widgets/parts/stepper_bar.h"
#include "widgets/tensor/element_probe.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QFrame>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace widgets {

void PackingPage::build()
{
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(m_view);
    auto* line = new QFrame;
    line->setFrameStyle(QFrame::HLine | QFrame::Plain);
    line->setForegroundRole(QPalette::Mid);
    line->setFixedHeight(1);
    m_sentence->setAccessibleName(tr("What happens in this cycle"));
    auto* steps = new QHBoxLayout;
    steps->setContentsMargins(0, 0, 12, 0);
    steps->setSpacing(8);
    steps->addWidget(m_stepper, 1);
    steps->addWidget(m_sentence, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_stack, 1);
    column->addWidget(line);
    column->addLayout(steps);
    m_header->setBlocks(0, false);
    m_nothing->setSentence(tr("Choose a layer or tensor on the left."));
}

void PackingPage::connectParts()
{
    connect(&m_selection, &SelectionModel::changed, this, &PackingPage::follow);
    connect(&m_selection, &SelectionModel::hovered, this, &PackingPage::hoverElsewhere);
    connect(&m_reader, &LatestJob::finished, this,
            [this](analysis::Job* job) { acceptWords(job->result<std::shared_ptr<const StreamWords>>()); });
    connect(&m_packer, &LatestJob::finished, this,
            [this](analysis::Job* job) { acceptStream(job->result<std::shared_ptr<const PackedStream>>()); });
    connect(&m_reader, &LatestJob::failed, this, &PackingPage::showFailure);
    connect(&m_packer, &LatestJob::failed, this, &PackingPage::showFailure);
    connect(m_panel, &PackingPanel::changed, this, &PackingPage::choicesChanged);
    connect(m_header, &PackingHeader::directionChanged, this, [this] {
        if (m_stream)
            rebuildScene(true);
    });
    connect(m_header, &PackingHeader::blockChosen, this, &PackingPage::showBlock);
    connect(m_header, &PackingHeader::nextRawRequested, this, [this] {
        if (const auto next = m_stream ? m_stream->index.nextRaw(m_block + 1) : std::nullopt)
            showBlock(*next);
    });
    connect(m_header, &PackingHeader::hexChanged, m_view, &PackingView::setHex);
    connect(m_header, &PackingHeader::exportRequested, this, &PackingPage::exportFigure);
    connect(m_view, &PackingView::blockChosen, this, &PackingPage::showBlock);
    connect(m_view, &PackingView::wordChosen, this, &PackingPage::chooseWord);
    connect(m_view, &PackingView::blockStepped, this, [this](int by) {
        if (by > 0 || m_block > 0)
            showBlock(by > 0 ? m_block + 1 : m_block - 1);
    });
    connect(m_view, &PackingView::hovered, this, &PackingPage::hover);
    connect(m_stepper, &StepperBar::moved, this, [this](int step) {
        m_view->setStep(step);
        showSentence();
    });
}

void PackingPage::chooseWord(int word)
{
    const engine::Tensor* tensor = m_selection.current().tensorInfo();
    if (!m_stream || tensor == nullptr || !m_header->linksToSource() || word < 0)
        return;
    const std::uint64_t place = m_block * m_stream->format.blockWords + static_cast<std::uint64_t>(word);
    if (place >= m_words->values.size())
        return;
    if (const auto next = elementAt(*tensor, m_selection.current(), { m_words->image, place }))
        m_selection.select(*next);
}

void PackingPage::hover(const PackingSpot& spot)
{
    m_hovering = spot.word >= 0 || spot.streamBit.has_value();
    if (!m_hovering || !m_stream) {
        m_selection.hover(std::nullopt);
        return;
    }
    const PackingScene& scene = m_view->scene();
    const engine::Tensor& tensor = m_words->info();
    Hover hover;
    hover.path = QStringList { QString::fromStdString(tensor.layer.empty() ? tensor.name : tensor.layer),
                               roleWord(tensor.role), spotPath(scene, spot) }
                     .join(QStringLiteral(" \u203A "));
    int word = spot.word;
    if (spot.streamBit)
        if (const auto source = scene.block().wordBitAt(*spot.streamBit))
            word = source->word;
    hover.hasValue = word >= 0 && !scene.block().words[static_cast<std::size_t>(word)].isPadding;
    if (hover.hasValue) {
        const auto& packed = scene.block().words[static_cast<std::size_t>(word)];
        hover.value = m_words->quantiser.scale * packed.value;
        hover.code = packed.value;
        hover.codeBits = m_words->quantiser.bits;
        if (const auto start = scene.block().streamBitOf({ word, 0 }))
            hover.note = placeText(scene, *start, scene.block().maskIsWords ? 1 : scene.block().width);
        hover.element = static_cast<qint64>(scene.block().firstWord) + word
            + m_words->image * static_cast<qint64>(m_words->elements);
    }
    m_selection.hover(hover);
}

void PackingPage::hoverElsewhere(const std::optional<Hover>& hover)
{
    if (m_hovering || !m_stream || !m_header->linksToSource())
        return;
    int word = -1;
    const engine::Tensor* tensor = m_selection.current().tensorInfo();
    if (hover && hover->element >= 0 && tensor != nullptr) {
        const StreamPlace place = placeOfElement(*tensor, static_cast<std::uint64_t>(hover->element));
        if (place.image == m_words->image && place.word / m_stream->format.blockWords == m_block)
            word = static_cast<int>(place.word % m_stream->format.blockWords);
    }
    m_view->setOutsideHover(word);
}

void PackingPage::writeFigure(const QString& path) const
{
    const StreamWords& words = *m_words;
    analysis::Provenance provenance;
    provenance.program = QStringLiteral("Tessera " TESSERA_VERSION);
    provenance.analysis = QStringLiteral("%1, %2, image %3, block %4, S = %5, w = %6, K = %7")
                              .arg(QString::fromStdString(words.info().name), m_stream->choice.codec)
                              .arg(words.image)
                              .arg(m_block)
                              .arg(m_stream->format.blockWords)
                              .arg(words.quantiser.bits)
                              .arg(m_stream->choice.options.lossyBits);
    provenance.inputs = { QFileInfo(words.dataset->path).fileName() + QStringLiteral(" sha256 ")
                          + words.dataset->sha256 };
    exportPackingFigure(m_view->scene(), m_view->look(), path, provenance);
}

void PackingPage::exportFigure()
{
    if (!m_stream)
        return;
    auto* dialog =
        new QFileDialog(this, tr("Export figure"), {}, tr("PDF (*.pdf);;SVG (*.svg);;PNG, 300 dpi (*.png)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    dialog->selectFile(QStringLiteral("packing_block_%1").arg(m_block));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        for (const QString& suffix : packingFigureSuffixes())
            if (filter.contains(QStringLiteral("*.") + suffix))
                dialog->setDefaultSuffix(suffix);
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        try {
            writeFigure(path);
        } catch (const engine::Error& error) {
            QMessageBox::warning(this, tr("Export figure"), QString::fromUtf8(error.what()));
        }
    });
    dialog->open();
}

} // namespace widgets
