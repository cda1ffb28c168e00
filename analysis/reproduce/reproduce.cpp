#include "analysis/reproduce/reproduce.h"

#include "analysis/dataset/example.h"
#include "analysis/reproduce/wang2022.h"
#include "engine/base/error.h"

#include <array>
#include <set>

namespace analysis {

namespace {

/// A network the user may have, with the pictures that suit it.
struct Known {
    const char* id;
    const char* title;
    const char* pictures; ///< parameter
    const char* preset; ///< of the recipe it was trained with
};

constexpr std::array<Known, 3> known = { {
    { "resnet20", "ResNet-20", "cifar", "cifar-torch" },
    { "squeezenet", "SqueezeNet", "photos", "imagenet-caffe" },
    { "mobilenetv2", "MobileNetV2", "photos", "imagenet-torch" },
} };

std::vector<Specimen> specimens(const Values& values)
{
    std::vector<Specimen> all;
    std::set<QString> used; ///< parameters of pictures
    if (const QString network = exampleFile(QStringLiteral("digits.onnx")); !network.isEmpty())
        all.push_back({ QStringLiteral("example"), QStringLiteral("Digits (example)"), network,
                        exampleFile(QStringLiteral("digits-images.idx3-ubyte")), QStringLiteral("unit") });
    for (const Known& one : known) {
        const QString network = values.text(QString::fromLatin1(one.id));
        const QString pictures = values.text(QString::fromLatin1(one.pictures));
        used.insert(network.isEmpty() ? QString() : QString::fromLatin1(one.pictures));
        if (network.isEmpty())
            continue;
        if (pictures.isEmpty())
            throw engine::ParameterError(std::string(one.pictures) + ": " + one.title
                                         + " is named, but no pictures to run it on");
        all.push_back({ QString::fromLatin1(one.id), QString::fromLatin1(one.title), network, pictures,
                        QString::fromLatin1(one.preset) });
    }
    for (const Known& one : known)
        if (!used.contains(QString::fromLatin1(one.pictures))
            && !values.text(QString::fromLatin1(one.pictures)).isEmpty())
            throw engine::ParameterError(std::string(one.pictures)
                                         + ": pictures are named, but no network that is run on them");
    if (all.empty())
        throw engine::ParameterError(
            "resnet20, squeezenet, mobilenetv2: name a network; the example is not installed");
    return all;
}

Report run(const Inputs& inputs, const Values& values, const engine::Control& control)
{
    return reproduceWang2022(specimens(values), values.integer(QStringLiteral("limit")), inputs, control);
}

Parameter file(const char* id, const QString& title, const QString& help)
{
    return { .id = QString::fromLatin1(id),
             .title = title,
             .type = ParameterType::Input,
             .unit = {},
             .fallback = QString(),
             .help = help };
}

std::vector<Parameter> parameters()
{
    std::vector<Parameter> all = {
        { .id = QStringLiteral("work"),
          .title = QStringLiteral("Work"),
          .type = ParameterType::Choice,
          .unit = {},
          .fallback = QStringLiteral("wang-2022"),
          .help = QStringLiteral("whose published figures ours stand beside"),
          .choices = { { QStringLiteral("wang-2022"),
                         QStringLiteral("[Wang 2022] activation compression engine") } } }
    };
    for (const Known& one : known)
        all.push_back(file(one.id, QString::fromLatin1(one.title),
                           QStringLiteral("network file; empty leaves it out")));
    all.push_back(
        file("cifar", QStringLiteral("CIFAR-10 pictures"), QStringLiteral("with labels, for ResNet-20")));
    all.push_back(file("photos", QStringLiteral("ImageNet photos"),
                       QStringLiteral("folder with labels, for SqueezeNet and MobileNetV2")));
    all.push_back({ .id = QStringLiteral("limit"),
                    .title = QStringLiteral("Pictures at most"),
                    .type = ParameterType::Integer,
                    .unit = {},
                    .fallback = qint64 { 100 },
                    .minimum = 1,
                    .maximum = 10000,
                    .help = QStringLiteral("of each network; more make accuracies surer and take longer") });
    return all;
}

} // namespace

Analysis reproduceRow()
{
    const auto output = [](const char* name, const char* unit, const char* help) {
        return Output { QString::fromLatin1(name), QString::fromLatin1(unit), QString::fromLatin1(help) };
    };
    return { .id = QStringLiteral("reproduce"),
             .title = QStringLiteral("Reproduce a work"),
             .source = QStringLiteral("[Wang 2022] 5"),
             .help = QStringLiteral(
                 "our figures beside the published ones, on the example and on networks you name"),
             .input = InputKind::Any,
             .parameters = parameters(),
             .scalars = { output("lossless_ratio_<network>", "", "raw over coded bits, bzvc-bypass, S = 16"),
                          output("lossy_ratio_<network>", "", "mixed K, at most 0.4 points of accuracy lost"),
                          output("accuracy_loss_<network>", "points", "of the mixed K, measured"),
                          output("throughput_gain_<network>", "%", "tree against serial concatenation"),
                          output("gate_overhead_<network>", "%", "of the tree"),
                          output("energy_saving_<network>", "%", "of DRAM, lossless") },
             .tables = { output("comparison", "", "our figures beside those of [Wang 2022]"),
                         output("ratios", "", "ratio by codec, beside the published plots of EBPC") },
             .charts = { output("ratios", "", "lossless ratio by codec and network") },
             .needsInput = false,
             .run = run };
}

} // namespace analysis
