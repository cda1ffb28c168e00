#include "analysis/activation/accuracy.h"

#include "engine/base/error.h"

#include <algorithm>
#include <numeric>

namespace analysis {

namespace {

class LabelledSet final : public engine::ImageSet {
public:
    LabelledSet(std::shared_ptr<const engine::ImageSet> images, std::vector<int> labels)
        : m_images(std::move(images))
        , m_labels(std::move(labels))
    {
    }

    std::size_t size() const override { return m_images->size(); }
    engine::Image read(std::size_t index) const override { return m_images->read(index); }
    std::optional<int> label(std::size_t index) const override { return m_labels[index]; }
    std::string name(std::size_t index) const override { return m_images->name(index); }

private:
    std::shared_ptr<const engine::ImageSet> m_images;
    std::vector<int> m_labels;
};

/// Classes that score higher than `label`, equal ones before it counted too: its place in the ranking.
std::size_t rankOf(std::span<const float> scores, std::size_t label)
{
    std::size_t rank = 0;
    for (std::size_t c = 0; c < scores.size(); ++c)
        rank += scores[c] > scores[label] || (scores[c] == scores[label] && c < label) ? 1U : 0U;
    return rank;
}

Cell className(const std::vector<std::string>& names, std::size_t index)
{
    return index < names.size() ? Cell(QString::fromStdString(names[index])) : Cell(QString::number(index));
}

Table emptyPredictions()
{
    return { .id = QStringLiteral("predictions"),
             .title = QStringLiteral("Predictions"),
             .columns = {
                 { .name = QStringLiteral("image"), .title = QStringLiteral("Picture") },
                 { .name = QStringLiteral("label"), .title = QStringLiteral("Label") },
                 { .name = QStringLiteral("predicted"), .title = QStringLiteral("Predicted") },
                 { .name = QStringLiteral("score"),
                   .title = QStringLiteral("Score"),
                   .kind = ColumnKind::Real,
                   .decimals = 3 },
                 { .name = QStringLiteral("rank"),
                   .title = QStringLiteral("Rank of the label"),
                   .kind = ColumnKind::Count },
             } };
}

} // namespace

std::shared_ptr<const engine::ImageSet> withLabels(std::shared_ptr<const engine::ImageSet> images,
                                                   std::vector<int> labels)
{
    if (labels.size() < images->size())
        throw engine::FormatError("labels: there are " + std::to_string(labels.size()) + " for "
                                  + std::to_string(images->size()) + " pictures");
    return std::make_shared<LabelledSet>(std::move(images), std::move(labels));
}

Accuracy accuracy(const engine::nn::RunResult& result, const engine::ImageSet& images,
                  const std::vector<std::string>& classNames)
{
    Accuracy found;
    found.predictions = emptyPredictions();
    const std::size_t classes = result.outputShape.elements();
    if (classes == 0)
        return found;
    std::size_t first = 0;
    std::size_t firstFive = 0;
    for (std::size_t i = 0; i < result.images; ++i) {
        const std::span<const float> scores(result.outputs.data() + i * classes, classes);
        const auto best =
            static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
        const std::optional<int> label = images.label(i);
        const bool usable = label && *label >= 0 && static_cast<std::size_t>(*label) < classes;
        std::vector<Cell> row = { QString::fromStdString(images.name(i)),
                                  {},
                                  className(classNames, best),
                                  static_cast<double>(scores[best]),
                                  {} };
        if (usable) {
            const std::size_t rank = rankOf(scores, static_cast<std::size_t>(*label));
            ++found.labelled;
            first += rank < 1 ? 1U : 0U;
            firstFive += rank < 5 ? 1U : 0U;
            row[1] = className(classNames, static_cast<std::size_t>(*label));
            row[4] = static_cast<qint64>(rank + 1);
        }
        found.predictions.rows.push_back(std::move(row));
    }
    if (found.labelled > 0) {
        const double percent = 100.0 / static_cast<double>(found.labelled);
        found.top1 = static_cast<double>(first) * percent;
        if (classes > 5)
            found.top5 = static_cast<double>(firstFive) * percent;
    }
    return found;
}

} // namespace analysis
