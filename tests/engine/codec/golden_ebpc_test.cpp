#include "engine/codec/codec.h"
#include "tests/reference/golden_tensors.h"
#include "tests/shared_data.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <array>

namespace codec = engine::codec;

namespace {

/// A codec and the field of the golden file that tells its size.
struct Row {
    const char* id;
    const char* bits;
};

/// The other fields named "reference" follow public programs where those leave their own definition.
constexpr auto rows = std::to_array<Row>({
    { "zrle16", "zero_rle16_spec_bits" },
    { "rlc5", "eyeriss_rlc5_bits" },
    { "csc", "csc4_reference_bits" },
});

QJsonObject goldenTensors()
{
    QFile file(golden(QStringLiteral("codecs/ebpc.json")));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object().value(QLatin1String("tensors")).toObject();
}

QString nameOf(const reference::GoldenTensor& tensor)
{
    return QString::fromLatin1(tensor.name.data(), static_cast<qsizetype>(tensor.name.size()));
}

} // namespace

/// The sizes in ebpc.json, of every tensor.
class GoldenEbpcTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void sizes_data();
    void sizes();
    void everyTensorIsTested();
};

void GoldenEbpcTest::sizes_data()
{
    QTest::addColumn<const reference::GoldenTensor*>("tensor");
    for (const reference::GoldenTensor& tensor : reference::goldenTensors())
        QTest::newRow(qPrintable(nameOf(tensor))) << &tensor;
}

void GoldenEbpcTest::sizes()
{
    QFETCH(const reference::GoldenTensor*, tensor);
    const QJsonObject expected = goldenTensors().value(nameOf(*tensor)).toObject();
    const std::vector<std::int32_t> values = tensor->make();
    QCOMPARE(static_cast<int>(values.size()), expected.value(QLatin1String("n")).toInt());
    QCOMPARE(tensor->wordBits, expected.value(QLatin1String("word_bits")).toInt());
    QCOMPARE(tensor->isSigned, expected.value(QLatin1String("signed")).toBool());
    for (const Row& row : rows) {
        const codec::Encoded coded =
            codec::find(row.id).make()->encode({ values, tensor->wordBits, tensor->isSigned }, {});
        const QJsonValue bits = expected.value(QLatin1String(row.bits));
        QVERIFY2(bits.isDouble(), row.bits);
        QVERIFY2(static_cast<qint64>(coded.count.total()) == bits.toInteger(),
                 qPrintable(QStringLiteral("%1: %2 bits where %3 are expected")
                                .arg(QLatin1String(row.id))
                                .arg(coded.count.total())
                                .arg(bits.toInteger())));
        QCOMPARE(static_cast<qint64>(coded.count.nonzeros),
                 expected.value(QLatin1String("nonzeros")).toInteger());
    }
}

void GoldenEbpcTest::everyTensorIsTested()
{
    QCOMPARE(static_cast<std::size_t>(goldenTensors().size()), reference::goldenTensors().size());
}

QTEST_GUILESS_MAIN(GoldenEbpcTest)

#include "golden_ebpc_test.moc"
