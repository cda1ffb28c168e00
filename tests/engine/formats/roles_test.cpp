#include "engine/formats/roles.h"

#include <QRegularExpression>
#include <QTest>

using engine::Role;
using engine::Shape;
using engine::formats::meaningOf;

Q_DECLARE_METATYPE(Role)

class RolesTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void understandsNames_data();
    void understandsNames();
    void keepsWhatTheReaderKnows();
    void needsFittingShapes();
};

void RolesTest::understandsNames_data()
{
    QTest::addColumn<Role>("role");
    QTest::addColumn<QString>("layer");
    const auto row = [](const char* path, Role role, const char* layer) {
        QTest::newRow(path) << role << QString::fromLatin1(layer);
    };
    row("conv1/weight", Role::Weight, "conv1");
    row("conv1.bias", Role::Weight, "conv1");
    row("layer1.0.conv1.weight", Role::Weight, "layer1.0.conv1");
    row("/weights/conv1/bias", Role::Weight, "conv1");
    row("weights/layer1/0/conv2/weight", Role::Weight, "layer1/0/conv2");
    row("weights/conv1", Role::Weight, "conv1");
    row("weights/bn1/running_var", Role::Other, "bn1");
    row("features.0.weight", Role::Weight, "features.0");
    row("image.encoder.weight", Role::Weight, "image.encoder");
    row("attn.in_proj_weight", Role::Weight, "attn");
    row("lstm.weight_ih_l0", Role::Weight, "lstm");
    row("lstm.bias_hh_l0", Role::Weight, "lstm");
    row("conv2d/kernel:0", Role::Weight, "conv2d");
    row("dw/depthwise_kernel:0", Role::Weight, "dw");
    row("bn/gamma:0", Role::Weight, "bn");
    row("bn/beta", Role::Weight, "bn");
    row("bn/moving_mean:0", Role::Other, "bn");
    row("bn/moving_variance:0", Role::Other, "bn");
    row("bn1.running_mean", Role::Other, "bn1");
    row("bn1.num_batches_tracked", Role::Other, "bn1");
    row("conv1.weight_mask", Role::Other, "");
    row("conv1.weight_zero_point", Role::Other, "");
    row("weight", Role::Weight, "weight");
    row("activations/relu1", Role::Activation, "relu1");
    row("activations/layer1.0.relu", Role::Activation, "layer1.0.relu");
    row("Activations/fire2/expand1x1", Role::Activation, "fire2/expand1x1");
    row("acts.conv1.weight", Role::Activation, "conv1.weight");
    row("activations", Role::Other, "");
    row("labels", Role::Label, "");
    row("labels/y", Role::Label, "");
    row("test/labels", Role::Label, "");
    row("y_test", Role::Label, "");
    row("images_u8", Role::Image, "");
    row("images/x", Role::Image, "");
    row("x_train", Role::Image, "");
    row("logits", Role::Other, "");
    row("", Role::Other, "");
    row("...", Role::Other, "");
    row("a:b:0", Role::Other, "");
}

void RolesTest::understandsNames()
{
    QFETCH(Role, role);
    QFETCH(QString, layer);
    const engine::formats::Meaning meaning = meaningOf(QTest::currentDataTag());
    QCOMPARE(meaning.role, role);
    QCOMPARE(QString::fromStdString(meaning.layer), layer);
}

void RolesTest::keepsWhatTheReaderKnows()
{
    engine::Dataset dataset;
    engine::Tensor& tensor = dataset.tensors.emplace_back();
    tensor.name = "conv1/weight";
    tensor.shape = Shape { 3, 3, 8, 16 };
    tensor.role = Role::Activation;
    tensor.layer = "mine";
    tensor.layout = "NHWC";
    engine::formats::assignRoles(dataset);
    QCOMPARE(tensor.role, Role::Activation);
    QCOMPARE(tensor.layer, std::string("mine"));
    QCOMPARE(tensor.layout, std::string("NHWC"));
}

void RolesTest::needsFittingShapes()
{
    engine::Dataset dataset;
    const auto add = [&dataset](const char* name, const Shape& shape, engine::DType type) {
        engine::Tensor& tensor = dataset.tensors.emplace_back();
        tensor.name = name;
        tensor.shape = shape;
        tensor.type = type;
    };
    add("images", Shape { 4, 16, 8, 8 }, engine::DType::F32);
    add("labels", Shape { 4, 10 }, engine::DType::F32);
    add("fc.weight", Shape { 2, 2 }, engine::DType::F32);
    engine::formats::assignRoles(dataset);
    QCOMPARE(dataset.tensors[0].role, Role::Other);
    QCOMPARE(dataset.tensors[1].role, Role::Other);
    engine::formats::offerImages(dataset);
    QVERIFY(dataset.images == nullptr);
}

QTEST_GUILESS_MAIN(RolesTest)
#include "roles_test.moc"
