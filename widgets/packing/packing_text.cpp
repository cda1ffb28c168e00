#include "widgets/packing/packing_text.h"

#include "widgets/theme/theme.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace widgets {

using engine::codec::FieldKind;
using engine::codec::PackedBlock;
using engine::codec::PackedField;
using engine::codec::PackedWord;
using engine::codec::PackingAction;
using engine::codec::PackingStage;

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("widgets::PackingView", text);
}

QString wordsText(const PackingAction& action)
{
    return QStringLiteral("%1–%2").arg(action.firstWord).arg(action.firstWord + action.words - 1);
}

/// The widest join of this cycle: what the tree is there for.
QString mergeText(const PackingScene& scene, const PackingAction& action)
{
    const engine::codec::MergeString* widest = nullptr;
    for (const engine::codec::MergeString& string : scene.tree()[action.level]) {
        const bool inSlice =
            string.firstWord >= action.firstWord && string.firstWord < action.firstWord + action.words;
        if (inSlice && (widest == nullptr || string.bits > widest->bits))
            widest = &string;
    }
    if (widest == nullptr || widest->bits == 0)
        return translated(QT_TRANSLATE_NOOP("widgets::PackingView", "Level %1: words %2 are all zero"))
            .arg(action.level)
            .arg(wordsText(action));
    if (widest->shift == 0 || widest->shift == widest->bits)
        return translated(QT_TRANSLATE_NOOP("widgets::PackingView",
                                            "Level %1: one half is empty, %2 bit pass as they are"))
            .arg(action.level)
            .arg(widest->bits);
    return translated(QT_TRANSLATE_NOOP("widgets::PackingView",
                                        "Level %1: the second half is moved by %2 and joined, %3 bit"))
        .arg(action.level)
        .arg(widest->shift)
        .arg(widest->bits);
}

QString maskText(const PackingScene& scene)
{
    const PackedBlock& block = scene.block();
    if (block.form == engine::codec::BlockForm::Raw)
        return translated(
                   QT_TRANSLATE_NOOP("widgets::PackingView",
                                     "%1 of %2 words are not zero, e = %3: coded %4 bit, so raw %5 bit"))
            .arg(block.nonzeros)
            .arg(block.words.size())
            .arg(block.neededBits)
            .arg(block.codedBits)
            .arg(block.rawBits);
    return translated(QT_TRANSLATE_NOOP("widgets::PackingView", "Mask with %1 of %2 words, width e = %3"))
        .arg(block.nonzeros)
        .arg(block.words.size())
        .arg(block.neededBits);
}

QString appendText(const PackingScene& scene, const PackingAction& action)
{
    const std::uint64_t port = scene.port().portBits;
    const std::uint64_t end = action.firstBit + action.bits;
    return translated(
               QT_TRANSLATE_NOOP("widgets::PackingView", "%1 bit enter the wrapper, W%2 holds %3 of %4"))
        .arg(action.bits)
        .arg(end / port)
        .arg(end % port)
        .arg(port);
}

QString actionText(const PackingScene& scene, const PackingAction& action)
{
    const std::uint64_t port = scene.port().portBits;
    switch (action.stage) {
    case PackingStage::Detect:
        return translated(
                   QT_TRANSLATE_NOOP("widgets::PackingView", "Zeros and leading ones of words %1 are found"))
            .arg(wordsText(action));
    case PackingStage::Mask:
        return maskText(scene);
    case PackingStage::Merge:
        return mergeText(scene, action);
    case PackingStage::Append:
        return appendText(scene, action);
    case PackingStage::Leave:
        return translated(QT_TRANSLATE_NOOP("widgets::PackingView", "W%1 is full and leaves the port"))
            .arg(action.firstBit / port);
    case PackingStage::Unpack:
        return translated(QT_TRANSLATE_NOOP("widgets::PackingView", "W%1 comes in through the port"))
            .arg(action.firstBit / port);
    case PackingStage::Head:
        return translated(QT_TRANSLATE_NOOP("widgets::PackingView", "%1 bit of head are read: %2"))
            .arg(action.bits)
            .arg(maskText(scene));
    case PackingStage::Split:
        return translated(QT_TRANSLATE_NOOP("widgets::PackingView",
                                            "The strings of words %1 are cut into those of level %2"))
            .arg(wordsText(action))
            .arg(action.level);
    case PackingStage::Restore:
        return translated(QT_TRANSLATE_NOOP("widgets::PackingView", "Words %1 are back in their places"))
            .arg(wordsText(action));
    }
    return {};
}

QString fieldName(const PackedField& field)
{
    switch (field.kind) {
    case FieldKind::Flag:
        return translated(QT_TRANSLATE_NOOP("widgets::PackingView", "bypass flag"));
    case FieldKind::BlockCode:
        return translated(QT_TRANSLATE_NOOP("widgets::PackingView", "block code"));
    case FieldKind::Width:
        return translated(QT_TRANSLATE_NOOP("widgets::PackingView", "width e−1"));
    case FieldKind::Mask:
        return translated(QT_TRANSLATE_NOOP("widgets::PackingView", "mask"));
    case FieldKind::Payload:
    case FieldKind::Raw:
        break;
    }
    return translated(QT_TRANSLATE_NOOP("widgets::PackingView", "word %1")).arg(field.word);
}

ValueTip::Content wordTip(const PackingScene& scene, int index)
{
    const PackedBlock& block = scene.block();
    const PackedWord& word = block.words[static_cast<std::size_t>(index)];
    if (word.isPadding)
        return { translated(QT_TRANSLATE_NOOP("widgets::PackingView", "word %1: padding")).arg(index),
                 {},
                 {} };
    ValueTip::Content tip;
    tip.value = translated(QT_TRANSLATE_NOOP("widgets::PackingView", "word %1 = %2"))
                    .arg(index)
                    .arg(formatCount(word.value));
    tip.code = formatBits(word.code, static_cast<int>(block.codeBits));
    const auto start = block.streamBitOf({ index, 0 });
    tip.place = start
        ? placeText(scene, *start, block.maskIsWords ? 1 : block.width)
        : translated(QT_TRANSLATE_NOOP("widgets::PackingView", "zero: only its mask bit is kept"));
    if (word.restored != word.value)
        tip.place += QLatin1Char('\n')
            + translated(QT_TRANSLATE_NOOP("widgets::PackingView", "comes back as %1"))
                  .arg(formatCount(word.restored));
    return tip;
}

ValueTip::Content otherBlockTip(const PackingScene& scene, std::uint64_t bit)
{
    const engine::codec::BlockIndex& index = scene.stream().index;
    const std::uint64_t number = index.blockAt(bit);
    return { translated(QT_TRANSLATE_NOOP("widgets::PackingView", "block %1"))
                 .arg(formatCount(static_cast<qint64>(number))),
             {},
             translated(QT_TRANSLATE_NOOP("widgets::PackingView", "bit %1 of %2; click to show it"))
                 .arg(bit - index.starts[number])
                 .arg(index.starts[number + 1] - index.starts[number]) };
}

} // namespace

QString stepSentence(const PackingScene& scene)
{
    // Where several stages work at once, the one furthest down the pipeline says most.
    const engine::codec::PackingStep& actions = scene.actions();
    if (actions.empty())
        return translated(QT_TRANSLATE_NOOP("widgets::PackingView", "The engine waits"));
    const PackingAction& last = actions.back();
    const PackingAction* before = actions.size() > 1 ? &actions[actions.size() - 2] : nullptr;
    if (before == nullptr || last.stage != PackingStage::Leave || before->stage != PackingStage::Append)
        return actionText(scene, last);
    const std::uint64_t port = scene.port().portBits;
    const std::uint64_t end = before->firstBit + before->bits;
    return translated(QT_TRANSLATE_NOOP("widgets::PackingView",
                                        "%1 bit enter; W%2 is full and leaves, W%3 holds %4"))
        .arg(before->bits)
        .arg(last.firstBit / port)
        .arg(end / port)
        .arg(end % port);
}

QString placeText(const PackingScene& scene, std::uint64_t firstBit, std::uint64_t bits)
{
    const std::uint64_t port = scene.port().portBits;
    const std::uint64_t last = firstBit + std::max<std::uint64_t>(bits, 1) - 1;
    if (firstBit == last)
        return QStringLiteral("W%1 bit %2").arg(firstBit / port).arg(firstBit % port);
    if (firstBit / port == last / port)
        return QStringLiteral("W%1 bits %2–%3").arg(firstBit / port).arg(firstBit % port).arg(last % port);
    return QStringLiteral("W%1 bit %2 – W%3 bit %4")
        .arg(firstBit / port)
        .arg(firstBit % port)
        .arg(last / port)
        .arg(last % port);
}

ValueTip::Content spotTip(const PackingScene& scene, const PackingSpot& spot)
{
    if (spot.word >= 0) {
        ValueTip::Content tip = wordTip(scene, spot.word);
        const auto place = spot.bit >= 0 ? scene.block().streamBitOf({ spot.word, spot.bit }) : std::nullopt;
        if (place)
            tip.place = translated(QT_TRANSLATE_NOOP("widgets::PackingView", "bit %1 goes to %2"))
                            .arg(spot.bit)
                            .arg(placeText(scene, *place, 1));
        return tip;
    }
    if (!spot.streamBit)
        return {};
    const PackedField* field = scene.block().fieldAt(*spot.streamBit);
    if (field == nullptr)
        return otherBlockTip(scene, *spot.streamBit);
    if (const auto source = scene.block().wordBitAt(*spot.streamBit)) {
        ValueTip::Content tip = wordTip(scene, source->word);
        tip.place = translated(QT_TRANSLATE_NOOP("widgets::PackingView", "%1 is bit %2 of the word"))
                        .arg(placeText(scene, *spot.streamBit, 1))
                        .arg(source->bit);
        return tip;
    }
    return { QStringLiteral("%1 = %2").arg(fieldName(*field)).arg(field->value),
             formatBits(field->value, static_cast<int>(std::min(field->bits, 32U))),
             placeText(scene, field->start, field->bits) };
}

QString spotPath(const PackingScene& scene, const PackingSpot& spot)
{
    const auto number = [](std::uint64_t block) {
        return translated(QT_TRANSLATE_NOOP("widgets::PackingView", "block %1")).arg(block);
    };
    const QString separator = QStringLiteral(" \u203A ");
    const PackedBlock& block = scene.block();
    int word = spot.word;
    if (spot.streamBit) {
        const PackedField* field = block.fieldAt(*spot.streamBit);
        if (field == nullptr)
            return number(scene.stream().index.blockAt(*spot.streamBit));
        const auto source = block.wordBitAt(*spot.streamBit);
        if (!source)
            return number(block.number) + separator + fieldName(*field);
        word = source->word;
    }
    return number(block.number) + separator
        + translated(QT_TRANSLATE_NOOP("widgets::PackingView", "word %1")).arg(word);
}

} // namespace widgets
