#include "widgets/page/inspector_facts.h"

#include "widgets/network/first_look.h"
#include "widgets/tensor/tensor_facts.h"
#include "widgets/theme/theme.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>

#include <cmath>

namespace widgets {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("widgets::Inspector", text);
}

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Four significant digits, more places for small numbers.
QString realText(double value)
{
    if (value == 0 || !std::isfinite(value))
        return QString::number(value);
    const int magnitude = static_cast<int>(std::floor(std::log10(std::abs(value))));
    if (magnitude < -5 || magnitude > 8)
        return QString::number(value, 'g', 4);
    return formatNumber(value, std::clamp(3 - magnitude, 0, 8));
}

QString percentText(double fraction)
{
    return formatNumber(fraction * 100, 1) + QStringLiteral(" %");
}

/// How many words of a kind occur, as a fraction of all: the entropy of the counts.
double entropyOf(const TensorFacts& facts)
{
    return engine::entropyBits(facts.words.counts);
}

QList<Fact> wordRows(const TensorFacts& facts)
{
    if (!facts.quantiser)
        return {};
    QList<Fact> rows;
    const engine::Quantiser& rule = *facts.quantiser;
    rows << Fact { .label = tr("Entropy"),
                   .value = formatNumber(entropyOf(facts), 2),
                   .note = tr("bit per word") };
    rows << Fact { .label = tr("Words"),
                   .value = tr(rule.isSigned ? "%1 bit, signed" : "%1 bit, unsigned").arg(rule.bits) };
    if (!rule.isWhole || rule.scale != 1)
        rows << Fact { .label = tr("Scale"), .value = realText(rule.scale), .note = tr("per LSB") };
    return rows;
}

/// A name that may be broken after its punctuation where there is no room.
QString breakable(QString name)
{
    static const QRegularExpression punctuation(QStringLiteral("([_./-])"));
    return name.replace(punctuation, QStringLiteral("\\1\u200B"));
}

QString shortDigest(const QString& sha256)
{
    return sha256.size() < 12 ? sha256 : sha256.left(6) + QStringLiteral("…") + sha256.right(6);
}

} // namespace

QString asSentence(const QString& help)
{
    return help.left(1).toUpper() + help.mid(1);
}

QString scalarNumber(const analysis::Scalar& scalar)
{
    if (!scalar.text.isEmpty())
        return scalar.text;
    if (scalar.none || !std::isfinite(scalar.value))
        return QStringLiteral("–");
    const bool whole = scalar.value == std::floor(scalar.value) && std::abs(scalar.value) < 1e15;
    return whole ? formatCount(static_cast<qint64>(scalar.value))
                 : formatNumber(scalar.value, scalar.decimals);
}

QString datasetKind(const DatasetItem& item)
{
    if (!item.dataset)
        return item.state == DatasetState::Loading ? tr("Opening") : QString();
    if (item.parent != 0)
        return tr("Activations captured in memory");
    for (const auto& reader : analysis::readers())
        if (reader.id == item.dataset->content.format)
            return fromUtf8(reader.title);
    return QString::fromStdString(item.dataset->content.format);
}

QList<Fact> datasetFacts(const DatasetItem& item)
{
    QList<Fact> rows;
    if (!item.dataset)
        return rows;
    const engine::Dataset& content = item.dataset->content;
    if (!content.layers.empty())
        rows << Fact { .label = tr("Layers"),
                       .value = formatCount(static_cast<qint64>(content.layers.size())) };
    if (content.parameters() > 0)
        rows << Fact { .label = tr("Parameters"),
                       .value = formatCount(static_cast<qint64>(content.parameters())),
                       .strong = true };
    if (content.macs() > 0 && content.macsAreKnown())
        rows << Fact { .label = tr("MACs"),
                       .value = formatCount(static_cast<qint64>(content.macs())),
                       .note = tr("per image") };
    if (!content.tensors.empty())
        rows << Fact { .label = tr("Tensors"),
                       .value = formatCount(static_cast<qint64>(content.tensors.size())) };
    if (content.images)
        rows << Fact { .label = tr("Pictures"),
                       .value = formatCount(static_cast<qint64>(content.images->size())) };
    if (item.dataset->fileBytes > 0)
        rows << Fact { .label = tr("File size"),
                       .value = formatBytes(static_cast<double>(item.dataset->fileBytes)) };
    for (const auto& [key, value] : content.facts)
        rows << Fact { .label = QString::fromStdString(key), .value = QString::fromStdString(value) };
    return rows;
}

QString tensorTitle(const engine::Tensor& tensor)
{
    return QString::fromStdString(
        tensor.role == engine::Role::Activation && !tensor.layer.empty() ? tensor.layer : tensor.name);
}

QString tensorKind(const engine::Tensor& tensor)
{
    QString kind = fromUtf8(engine::name(tensor.role));
    kind[0] = kind[0].toUpper();
    if (tensor.role == engine::Role::Activation && !tensor.op.empty())
        kind = tr("Activation after %1").arg(QString::fromStdString(tensor.op));
    return kind + QStringLiteral(", ") + QString::fromStdString(engine::toString(tensor.shape));
}

QList<Fact> tensorFactRows(const engine::Tensor& tensor, const TensorFacts* facts)
{
    QList<Fact> rows;
    const auto elements = static_cast<qint64>(tensor.shape.elements());
    if (facts != nullptr && elements > 0) {
        const engine::Statistics& whole = facts->statistics.whole;
        rows << Fact {
            .label = tr("Zeros"),
            .value = percentText(whole.zeroFraction()),
            .note = tr("%1 of %2").arg(formatCount(static_cast<qint64>(whole.zeros)), formatCount(elements)),
            .strong = true
        };
        if (facts->zeros() != whole.zeros)
            rows << Fact { .label = tr("Zero words"),
                           .value = percentText(facts->zeroFraction()),
                           .note = tr("when quantised") };
        rows << Fact { .label = tr("Range"),
                       .value = realText(whole.minimum) + QStringLiteral(" … ") + realText(whole.maximum) };
        rows << Fact { .label = tr("Mean"),
                       .value = realText(whole.mean()),
                       .note = tr("|x| %1").arg(realText(whole.absoluteMean())) };
        rows << wordRows(*facts);
        if (whole.nonFinite > 0)
            rows << Fact { .label = tr("Not finite"),
                           .value = formatCount(static_cast<qint64>(whole.nonFinite)) };
    } else {
        rows << Fact { .label = tr("Elements"), .value = formatCount(elements) };
    }
    rows << Fact { .label = tr("Stored as"),
                   .value = fromUtf8(engine::name(tensor.type)),
                   .note = QString::fromStdString(tensor.layout) };
    rows << Fact { .label = tr("Raw size"), .value = formatBytes(static_cast<double>(tensor.bytes())) };
    return rows;
}

QList<Fact> layerFacts(const Selection& selection)
{
    if (!selection.dataset)
        return {};
    const engine::Dataset& content = selection.dataset->content;
    const int index = selection.layer >= 0 ? selection.layer : layerOf(content, selection.tensor);
    if (index < 0)
        return {};
    const engine::Layer& layer = content.layers[static_cast<std::size_t>(index)];
    QList<Fact> rows;
    if (!layer.op.empty())
        rows << Fact { .label = tr("Operator"), .value = QString::fromStdString(layer.op) };
    if (layer.input)
        rows << Fact { .label = tr("Input"),
                       .value = QString::fromStdString(engine::toString(*layer.input)) };
    if (layer.output)
        rows << Fact { .label = tr("Output"),
                       .value = QString::fromStdString(engine::toString(*layer.output)) };
    if (layer.parameters > 0)
        rows << Fact { .label = tr("Parameters"),
                       .value = formatCount(static_cast<qint64>(layer.parameters)) };
    if (layer.macs > 0)
        rows << Fact { .label = tr("MACs"),
                       .value = formatCount(static_cast<qint64>(layer.macs)),
                       .note = tr("per image") };
    return rows;
}

namespace {

/// Of a run whose currents were changed, it says which of the two it is.
Fact scalarFact(const AnalysisItem& item, const analysis::Scalar& scalar)
{
    Fact fact { .label = scalar.title,
                .value = scalarNumber(scalar),
                .note = analysis::shownUnit(scalar.unit) };
    const analysis::Scalar* before = item.simulated ? item.simulated->scalar(scalar.name) : nullptr;
    if (before != nullptr && before->value != scalar.value)
        fact.note = fact.note.isEmpty() ? tr("B, changed") : tr("%1 (B, changed)").arg(fact.note);
    return fact;
}

} // namespace

QList<Fact> remarkFacts(const AnalysisItem& item)
{
    QList<Fact> rows;
    if (!item.report)
        return rows;
    for (const analysis::Remark& remark : item.report->remarks) {
        const QString place = remark.layer.isEmpty() ? QString() : remark.layer + QStringLiteral(": ");
        const bool warns = remark.level != analysis::Level::Note;
        rows << Fact { .label = {},
                       .value = (warns ? tr("Warning: ") : QString()) + place + remark.text,
                       .strong = warns };
    }
    return rows;
}

QList<Fact> resultFacts(const AnalysisItem& item)
{
    QList<Fact> rows;
    if (!item.report)
        return rows;
    for (const analysis::Scalar& scalar : item.report->scalars)
        rows << scalarFact(item, scalar);
    rows << Fact { .label = tr("Took"),
                   .value = formatNumber(item.seconds, item.seconds < 10 ? 2 : 0) + QStringLiteral(" s") };
    return rows;
}

QList<Fact> provenanceFacts(const Session& session, const DatasetItem* item, const QString& source)
{
    QList<Fact> rows;
    const DatasetItem* file = item != nullptr && item->parent != 0 ? session.dataset(item->parent) : item;
    if (file != nullptr) {
        rows << Fact { .label = tr("File"), .value = breakable(QFileInfo(file->path).fileName()) };
        rows << Fact { .label = tr("Folder"), .value = breakable(QFileInfo(file->path).path()) };
        if (file->dataset)
            rows << Fact { .label = QStringLiteral("SHA-256"),
                           .value = shortDigest(file->dataset->sha256),
                           .mono = true };
    }
    if (!source.isEmpty())
        rows << Fact { .label = tr("Source"), .value = source };
    return rows;
}

} // namespace widgets
