#include "analysis/activation/subject.h"

#include "engine/base/error.h"

namespace analysis {

namespace {

bool isSubject(const engine::Tensor& tensor, engine::Role role)
{
    return tensor.role == role && tensor.shape.elements() > 0;
}

std::vector<const engine::Tensor*> withRole(const engine::Dataset& content, engine::Role role)
{
    std::vector<const engine::Tensor*> found;
    for (const engine::Tensor& tensor : content.tensors)
        if (isSubject(tensor, role))
            found.push_back(&tensor);
    return found;
}

std::vector<const engine::Tensor*> candidates(const engine::Dataset& content, Subject subject)
{
    if (subject == Subject::Weights)
        return withRole(content, engine::Role::Weight);
    std::vector<const engine::Tensor*> found = withRole(content, engine::Role::Activation);
    if (subject == Subject::Activations)
        return found;
    for (const engine::Role role : { engine::Role::Weight, engine::Role::Image, engine::Role::Other })
        if (found.empty())
            found = withRole(content, role);
    return found;
}

} // namespace

Parameter subjectParameter()
{
    return { .id = QStringLiteral("tensor"),
             .title = QStringLiteral("Tensors"),
             .type = ParameterType::Choice,
             .unit = {},
             .fallback = QStringLiteral("auto"),
             .help = QStringLiteral("which tensors to look at; auto takes activations where there are any"),
             .choices = { { QStringLiteral("auto"), QStringLiteral("Automatic") },
                          { QStringLiteral("activations"), QStringLiteral("Activations") },
                          { QStringLiteral("weights"), QStringLiteral("Weights") } } };
}

Parameter layersParameter()
{
    return { .id = QStringLiteral("layers"),
             .title = QStringLiteral("Layers"),
             .type = ParameterType::Text,
             .unit = {},
             .fallback = QStringLiteral("*"),
             .help = QStringLiteral("names to take: * any text, ? one character, several apart by commas") };
}

Parameter wordParameter()
{
    return { .id = QStringLiteral("word"),
             .title = QStringLiteral("Word length"),
             .type = ParameterType::Integer,
             .unit = QStringLiteral("bit"),
             .fallback = qint64 { 8 },
             .minimum = 1,
             .maximum = 16,
             .help = QStringLiteral("bits of a word; float maps are quantised to it by their maximum") };
}

Parameter percentileParameter()
{
    return { .id = QStringLiteral("percentile"),
             .title = QStringLiteral("Range percentile"),
             .type = ParameterType::Real,
             .unit = QStringLiteral("%"),
             .fallback = 100.0,
             .minimum = 50,
             .maximum = 100,
             .help = QStringLiteral(
                 "magnitudes of a float map up to here get a word of their own, larger ones are clipped") };
}

QRegularExpression globPattern(const QString& glob)
{
    QStringList parts;
    for (const QString& part : glob.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        QString pattern;
        for (const QChar c : part.trimmed()) {
            if (c == QLatin1Char('*'))
                pattern += QStringLiteral(".*");
            else if (c == QLatin1Char('?'))
                pattern += QLatin1Char('.');
            else
                pattern += QRegularExpression::escape(QString(c));
        }
        parts << pattern;
    }
    return QRegularExpression(QStringLiteral("\\A(?:") + parts.join(QLatin1Char('|'))
                                  + QStringLiteral(")\\z"),
                              QRegularExpression::DotMatchesEverythingOption);
}

std::vector<const engine::Tensor*> subjectTensors(const Dataset& dataset, Subject subject,
                                                  const QString& glob)
{
    const std::string title = dataset.content.title;
    std::vector<const engine::Tensor*> found = candidates(dataset.content, subject);
    if (found.empty() && subject == Subject::Activations)
        throw engine::FormatError(title + ": holds no activations; capture them first");
    if (found.empty())
        throw engine::FormatError(title + ": holds no tensor to look at");
    const QRegularExpression pattern = globPattern(glob);
    std::erase_if(found, [&](const engine::Tensor* tensor) {
        return !pattern.match(subjectName(*tensor)).hasMatch()
            && !pattern.match(QString::fromStdString(tensor->name)).hasMatch();
    });
    if (found.empty())
        throw engine::ParameterError("layers: \"" + glob.toStdString() + "\" names no layer of " + title);
    return found;
}

std::vector<const engine::Tensor*> subjectTensors(const Inputs& inputs, const Values& values)
{
    const QString which = values.text(QStringLiteral("tensor"));
    const Subject subject = which == QLatin1String("weights") ? Subject::Weights
        : which == QLatin1String("activations")               ? Subject::Activations
                                                              : Subject::Automatic;
    return subjectTensors(*inputs.datasets.front(), subject, values.text(QStringLiteral("layers")));
}

QString subjectName(const engine::Tensor& tensor)
{
    if (tensor.role == engine::Role::Activation && !tensor.layer.empty())
        return QString::fromStdString(tensor.layer);
    return QString::fromStdString(tensor.name);
}

std::int64_t streamCount(const engine::Tensor& tensor)
{
    const std::size_t rank = tensor.shape.rank();
    const bool hasImages = tensor.role != engine::Role::Weight && (rank == 2 || rank >= 4);
    return hasImages ? tensor.shape[0] : 1;
}

std::vector<float> streamFloats(const engine::Tensor& tensor, std::int64_t stream)
{
    const bool whole = streamCount(tensor) == 1 && (tensor.shape.rank() == 0 || tensor.shape[0] != 1);
    return whole ? engine::readFloats(tensor) : engine::readFloats(tensor, stream, 1);
}

std::vector<std::int32_t> streamWords(const engine::Tensor& tensor, const engine::Quantiser& quantiser,
                                      std::int64_t stream)
{
    const std::vector<float> values = streamFloats(tensor, stream);
    std::vector<std::int32_t> words(values.size());
    quantiser(values, words);
    return words;
}

} // namespace analysis
