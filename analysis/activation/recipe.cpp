#include "analysis/activation/recipe.h"

#include "engine/base/error.h"

#include <array>

namespace analysis {

namespace {

using engine::nn::ChannelOrder;
using engine::nn::Recipe;

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Parameter triple(const QString& id, const QString& title, const QString& fallback, const QString& help)
{
    return {
        .id = id, .title = title, .type = ParameterType::Text, .unit = {}, .fallback = fallback, .help = help
    };
}

Parameter pixels(const QString& id, const QString& title, const QString& help)
{
    return { .id = id,
             .title = title,
             .type = ParameterType::Integer,
             .unit = QStringLiteral("px"),
             .fallback = qint64 { 0 },
             .minimum = 0,
             .maximum = 16384,
             .help = help };
}

std::array<double, 3> parseTriple(const QString& name, const QString& text)
{
    const QStringList parts = text.split(QLatin1Char(','));
    std::array<double, 3> numbers {};
    for (qsizetype i = 0; i < 3; ++i) {
        bool isNumber = parts.size() == 3 || parts.size() == 1;
        numbers[static_cast<std::size_t>(i)] =
            isNumber ? parts[parts.size() == 1 ? 0 : i].trimmed().toDouble(&isNumber) : 0;
        if (!isNumber)
            throw engine::ParameterError(name.toStdString() + ": \"" + text.toStdString()
                                         + "\" is not one number or three apart by commas");
    }
    return numbers;
}

QString tripleText(const std::array<double, 3>& numbers)
{
    QStringList parts;
    for (const double number : numbers)
        parts << toText(number);
    return parts.join(QLatin1Char(','));
}

bool isDefault(const Values& values, const QString& id)
{
    static const std::vector<Parameter> parameters = recipeParameters();
    static const Values defaults { parameters };
    return values.all().at(id) == defaults.all().at(id);
}

} // namespace

std::vector<Parameter> recipeParameters()
{
    Parameter preset { .id = QStringLiteral("preset"),
                       .title = QStringLiteral("Preset"),
                       .type = ParameterType::Choice,
                       .unit = {},
                       .fallback = QStringLiteral("custom"),
                       .help = QStringLiteral("a known recipe; single steps given beside it are put over it"),
                       .choices = { { QStringLiteral("custom"), QStringLiteral("Custom") } } };
    for (const engine::nn::Preset& row : engine::nn::presets())
        preset.choices.push_back({ fromView(row.id), fromView(row.title) });
    return {
        std::move(preset),
        pixels(QStringLiteral("size"), QStringLiteral("Short side"),
               QStringLiteral("scale the short side to this; 0 leaves it")),
        pixels(QStringLiteral("crop"), QStringLiteral("Centre crop"),
               QStringLiteral("0 takes the network's own input size")),
        { .id = QStringLiteral("scale"),
          .title = QStringLiteral("Scale"),
          .type = ParameterType::Real,
          .unit = {},
          .fallback = 1.0,
          .help = QStringLiteral("value = (pixel × scale − mean) / std") },
        triple(QStringLiteral("mean"), QStringLiteral("Mean"), QStringLiteral("0,0,0"),
               QStringLiteral("taken off after scaling, in the network's channel order")),
        triple(QStringLiteral("std"), QStringLiteral("Deviation"), QStringLiteral("1,1,1"),
               QStringLiteral("divided by, in the network's channel order")),
        { .id = QStringLiteral("channels"),
          .title = QStringLiteral("Channel order"),
          .type = ParameterType::Choice,
          .unit = {},
          .fallback = QStringLiteral("rgb"),
          .help = QStringLiteral("order the network was trained with"),
          .choices = { { QStringLiteral("rgb"), QStringLiteral("RGB") },
                       { QStringLiteral("bgr"), QStringLiteral("BGR") } } },
    };
}

engine::nn::Recipe recipeFrom(const Values& values)
{
    const QString preset = values.text(QStringLiteral("preset"));
    Recipe recipe =
        preset == QLatin1String("custom") ? Recipe {} : engine::nn::findPreset(preset.toStdString()).recipe;
    if (!isDefault(values, QStringLiteral("size")))
        recipe.size = static_cast<int>(values.integer(QStringLiteral("size")));
    if (!isDefault(values, QStringLiteral("crop")))
        recipe.crop = static_cast<int>(values.integer(QStringLiteral("crop")));
    if (!isDefault(values, QStringLiteral("scale")))
        recipe.scale = values.real(QStringLiteral("scale"));
    if (!isDefault(values, QStringLiteral("mean")))
        recipe.mean = parseTriple(QStringLiteral("mean"), values.text(QStringLiteral("mean")));
    if (!isDefault(values, QStringLiteral("std")))
        recipe.std = parseTriple(QStringLiteral("std"), values.text(QStringLiteral("std")));
    if (!isDefault(values, QStringLiteral("channels")))
        recipe.channels = values.text(QStringLiteral("channels")) == QLatin1String("bgr") ? ChannelOrder::Bgr
                                                                                          : ChannelOrder::Rgb;
    return recipe;
}

QString likelyPreset(const engine::Graph& graph)
{
    if (graph.inputs.empty())
        return QStringLiteral("custom");
    const std::vector<std::int64_t>& extents = graph.inputs.front().extents;
    if (extents.size() != 4 || extents[1] == 1)
        return QStringLiteral("mnist");
    if (extents[2] == 227) // the crop of Caffe's networks
        return QStringLiteral("imagenet-caffe");
    return extents[2] > 0 && extents[2] <= 64 ? QStringLiteral("cifar-torch")
                                              : QStringLiteral("imagenet-torch");
}

void setRecipe(Values& values, const engine::nn::Recipe& recipe)
{
    static const std::vector<Parameter> parameters = recipeParameters();
    values.set(parameters, QStringLiteral("size"), qint64 { recipe.size });
    values.set(parameters, QStringLiteral("crop"), qint64 { recipe.crop });
    values.set(parameters, QStringLiteral("scale"), recipe.scale);
    values.set(parameters, QStringLiteral("mean"), tripleText(recipe.mean));
    values.set(parameters, QStringLiteral("std"), tripleText(recipe.std));
    values.set(parameters, QStringLiteral("channels"),
               recipe.channels == ChannelOrder::Bgr ? QStringLiteral("bgr") : QStringLiteral("rgb"));
}

} // namespace analysis
