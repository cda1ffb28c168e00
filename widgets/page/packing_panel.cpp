#include "widgets/page/packing_panel.h"

#include "widgets/form/parameter_form.h"
#include "widgets/packing/stream_place.h"
#include "widgets/page/size_table.h"
#include "widgets/parts/section.h"
#include "widgets/theme/theme.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace widgets {

using analysis::Parameter;
using analysis::ParameterType;
using engine::codec::BlockForm;
using engine::codec::FieldKind;
using engine::codec::PackedBlock;

namespace {

std::vector<analysis::Choice> numbers(std::initializer_list<int> values)
{
    std::vector<analysis::Choice> choices;
    for (const int value : values)
        choices.push_back({ QString::number(value), QString::number(value) });
    return choices;
}

std::vector<analysis::Choice> packers()
{
    std::vector<analysis::Choice> choices;
    for (const engine::codec::Entry& entry : engine::codec::catalogue())
        if (engine::codec::packsBlocks(entry.id)) {
            const QString id = QString::fromLatin1(entry.id.data(), static_cast<qsizetype>(entry.id.size()));
            choices.push_back({ id, id });
        }
    return choices;
}

Parameter choiceOf(const QString& id, const QString& title, const QString& unit, const QString& fallback,
                   const QString& help, const std::vector<analysis::Choice>& choices)
{
    return { .id = id,
             .title = title,
             .type = ParameterType::Choice,
             .unit = unit,
             .fallback = fallback,
             .help = help,
             .choices = choices };
}

QString bitsText(std::uint64_t bits)
{
    return formatCount(static_cast<qint64>(bits));
}

std::vector<Parameter> makeParameters()
{
    const auto text = [](const char* words) { return PackingPanel::tr(words); };
    const QString bit = QStringLiteral("bit");
    const QString words = text(QT_TR_NOOP("words"));
    return {
        choiceOf(QStringLiteral("codec"), text(QT_TR_NOOP("Codec")), {}, QStringLiteral("bzvc-bypass"),
                 text(QT_TR_NOOP("how the words of a block are packed")), packers()),
        choiceOf(QStringLiteral("block"), text(QT_TR_NOOP("Block size S")), words, QStringLiteral("16"),
                 text(QT_TR_NOOP("words that share a mask and a width")), numbers({ 4, 8, 16, 32, 64 })),
        { .id = QStringLiteral("word"),
          .title = text(QT_TR_NOOP("Word length")),
          .type = ParameterType::Integer,
          .unit = bit,
          .fallback = qint64 { 8 },
          .minimum = 1,
          .maximum = 16,
          .help = text(QT_TR_NOOP("bits of a word; float maps are quantised to it")) },
        { .id = QStringLiteral("lossy-bits"),
          .title = text(QT_TR_NOOP("K (lossy)")),
          .type = ParameterType::Integer,
          .unit = bit,
          .fallback = qint64 { 0 },
          .minimum = 0,
          .maximum = 15,
          .help = text(QT_TR_NOOP("low bits of the magnitude that are dropped before coding")) },
        choiceOf(QStringLiteral("words-per-cycle"), text(QT_TR_NOOP("Words / cycle P")), {},
                 QStringLiteral("16"), text(QT_TR_NOOP("words the engine takes in a cycle")),
                 numbers({ 4, 8, 16, 32 })),
        choiceOf(QStringLiteral("port"), text(QT_TR_NOOP("Port W")), bit, QStringLiteral("64"),
                 text(QT_TR_NOOP("width of the port: bits that leave in a cycle")),
                 numbers({ 16, 32, 64, 128 })),
    };
}

QList<SizePart> partsOf(const PackedBlock& block)
{
    QList<SizePart> parts;
    const QString header = PackingPanel::tr("header");
    const auto add = [&](FieldKind kind, const QString& name) {
        if (const auto* field = block.field(kind))
            parts << SizePart { name, bitsText(field->bits), header };
    };
    add(FieldKind::Flag, PackingPanel::tr("Bypass flag"));
    add(FieldKind::BlockCode, PackingPanel::tr("Block code"));
    add(FieldKind::Width, PackingPanel::tr("Width field"));
    add(FieldKind::Mask, PackingPanel::tr("Mask"));
    const unsigned payload = block.payloadBits();
    if (payload != 0)
        parts << SizePart { (block.form == BlockForm::Raw ? PackingPanel::tr("Raw words %1 × %2")
                                                          : PackingPanel::tr("Payload %1 × %2"))
                                .arg(payload / block.width)
                                .arg(block.width),
                            bitsText(payload), PackingPanel::tr("payload") };
    parts << SizePart { PackingPanel::tr("Coded"), bitsText(block.bits()), PackingPanel::tr("bit"), true };
    return parts;
}

} // namespace

PackingPanel::PackingPanel(QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel)
    , m_place(new QLabel)
    , m_block(new Section(tr("Size of this block")))
    , m_sizes(new SizeTable)
    , m_facts(new Section({}))
    , m_stream(new Section(tr("Whole image of this layer")))
    , m_source(new Section(tr("Source")))
    , m_form(new ParameterForm)
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setMinimumWidth(1); // narrow docks squeeze the rows instead of cutting them off
    m_title->setFont(uiFont(14, true));
    m_place->setForegroundRole(QPalette::PlaceholderText);
    m_place->setWordWrap(true);
    auto* heading = new QVBoxLayout;
    heading->setContentsMargins(12, 12, 12, 12);
    heading->setSpacing(2);
    heading->addWidget(m_title);
    heading->addWidget(m_place);
    auto* parameters = new Section(tr("Parameters"));
    parameters->addWidget(m_form);
    m_block->addWidget(m_sizes);
    m_facts->setDivided(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(heading);
    for (Section* section : { m_block, m_facts, m_stream, parameters, m_source })
        column->addWidget(section);
    column->addStretch(1);
    m_form->setParameters(makeParameters());
    connect(m_form, &ParameterForm::valuesChanged, this, &PackingPanel::changed);
    clear({});
}

PackingChoice PackingPanel::choice() const
{
    const analysis::Values& values = m_form->values();
    PackingChoice choice;
    choice.codec = values.text(QStringLiteral("codec"));
    choice.options.blockWords = values.text(QStringLiteral("block")).toInt();
    choice.options.lossyBits = static_cast<int>(values.integer(QStringLiteral("lossy-bits")));
    return choice;
}

int PackingPanel::wordBits() const
{
    return static_cast<int>(m_form->values().integer(QStringLiteral("word")));
}

void PackingPanel::setWordBits(int bits)
{
    analysis::Values values = m_form->values();
    values.set(m_form->parameters(), QStringLiteral("word"), qint64 { bits });
    m_form->setValues(values);
}

engine::codec::PackingPort PackingPanel::port() const
{
    const analysis::Values& values = m_form->values();
    return { values.text(QStringLiteral("words-per-cycle")).toUInt(),
             values.text(QStringLiteral("port")).toUInt() };
}

void PackingPanel::setError(const QString& parameter, const QString& sentence)
{
    m_form->setError(parameter, sentence);
}

void PackingPanel::clear(const QString& sentence)
{
    m_title->setText(tr("Bit-level packing"));
    m_place->setText(sentence);
    m_block->hide();
    m_facts->hide();
    m_stream->hide();
    m_source->hide();
}

void PackingPanel::showScene(const PackingScene& scene)
{
    const PackedBlock& block = scene.block();
    const StreamWords& source = *scene.stream().source;
    const int wordBits = source.quantiser.bits;
    const std::uint64_t count =
        std::min<std::uint64_t>(block.words.size(), source.values.size() - block.firstWord);
    m_title->setText(tr("Block %1").arg(formatCount(static_cast<qint64>(block.number))));
    m_place->setText(wordsPlaceText(source.info(), { source.image, block.firstWord }, count));
    QList<SizePart> parts = partsOf(block);
    const std::uint64_t raw = count * static_cast<std::uint64_t>(wordBits);
    parts << SizePart { tr("Raw %1 × %2").arg(count).arg(wordBits), bitsText(raw), tr("bit") };
    m_sizes->setParts(parts);
    QList<Fact> facts {
        { tr("Ratio"), formatRatio(static_cast<double>(raw) / block.bits()), {}, true },
        { tr("Non-zero"), tr("%1 of %2").arg(block.nonzeros).arg(count) },
        { tr("Width e"), tr("%1 bit").arg(block.neededBits) },
        { tr("Position"), tr("bit %1").arg(bitsText(block.start)) },
    };
    m_facts->setFacts(facts);
    m_facts->show();
    m_block->show();
    showStream(scene.stream());
}

void PackingPanel::showStream(const PackedStream& stream)
{
    const auto raw = std::ranges::count(stream.index.forms, BlockForm::Raw);
    const double ratio = static_cast<double>(stream.rawBits()) / static_cast<double>(stream.bits());
    const auto share = [&](std::uint64_t part) { return formatBytes(static_cast<double>(part) / 8); };
    QList<Fact> facts {
        { tr("Ratio"), formatRatio(ratio),
          stream.choice.options.lossyBits == 0 ? tr("lossless") : tr("lossy"), true },
        { tr("Coded"), share(stream.bits()) },
        { tr("Raw"), share(stream.rawBits()) },
        { tr("Header"), share(stream.index.count.header) },
        { tr("Zeros"),
          formatPercent(1
                        - static_cast<double>(stream.index.count.nonzeros)
                            / static_cast<double>(stream.source->values.size())) },
        { tr("Bypassed"),
          tr("%1 of %2 blocks")
              .arg(formatCount(raw), formatCount(static_cast<qint64>(stream.index.blocks()))) },
    };
    m_stream->setFacts(facts);
    m_stream->show();
    const engine::codec::Entry& entry = engine::codec::find(stream.choice.codec.toStdString());
    const auto latin = [](std::string_view text) {
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    };
    m_source->setFacts({ { {}, latin(entry.title) }, { {}, latin(entry.source) } });
    m_source->show();
}

} // namespace widgets
