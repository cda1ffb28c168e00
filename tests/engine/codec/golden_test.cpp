#include "engine/codec/codec.h"
#include "engine/tensor/quantise.h"
#include "tests/reference/golden_tensors.h"
#include "tests/reference/zvc_reference.h"
#include "tests/shared_data.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <array>

namespace codec = engine::codec;

namespace {

struct Row {
    const char* id;
    const char* key; ///< in the golden file
};

constexpr std::array<Row, 3> rows {
    { { "zvc", "zvc" }, { "bzvc", "bzvc" }, { "bzvc-bypass", "bzvc_bypass" } }
};

QJsonObject goldenOf(const QString& tensor)
{
    QFile file(golden(QStringLiteral("codecs/bzvc.json")));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll())
        .object()
        .value(QLatin1String("tensors"))
        .toObject()
        .value(tensor)
        .toObject();
}

QString sha256(const std::vector<std::byte>& bytes)
{
    const QByteArray view = QByteArray::fromRawData(reinterpret_cast<const char*>(bytes.data()),
                                                    static_cast<qsizetype>(bytes.size()));
    return QString::fromLatin1(QCryptographicHash::hash(view, QCryptographicHash::Sha256).toHex());
}

const reference::GoldenTensor& tensorNamed(const QString& name)
{
    for (const reference::GoldenTensor& tensor : reference::goldenTensors()) {
        if (QLatin1String(tensor.name.data(), static_cast<qsizetype>(tensor.name.size())) == name)
            return tensor;
    }
    qFatal("no golden tensor of that name");
}

} // namespace

/// Every field of bzvc.json: counts, and hashes where there are some.
class GoldenTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void countsAndHashes_data();
    void countsAndHashes();
    void everyTensorIsTested();
    void quantisesToItself();
};

void GoldenTest::countsAndHashes_data()
{
    QTest::addColumn<QString>("tensor");
    for (const reference::GoldenTensor& tensor : reference::goldenTensors()) {
        const QByteArray name(tensor.name.data(), static_cast<qsizetype>(tensor.name.size()));
        QTest::newRow(name.constData()) << QString::fromLatin1(name);
    }
}

void GoldenTest::countsAndHashes()
{
    QFETCH(const QString, tensor);
    const reference::GoldenTensor& recipe = tensorNamed(tensor);
    const std::vector<std::int32_t> values = recipe.make();
    const QJsonObject expected = goldenOf(tensor);
    QCOMPARE(static_cast<int>(values.size()), expected.value(QLatin1String("n")).toInt());
    QCOMPARE(recipe.wordBits, expected.value(QLatin1String("word_bits")).toInt());
    QCOMPARE(recipe.isSigned, expected.value(QLatin1String("signed")).toBool());
    const QJsonArray cases = expected.value(QLatin1String("rows")).toArray();
    QCOMPARE(cases.size(), 20);
    int hashes = 0;
    for (const QJsonValue& value : cases) {
        const QJsonObject one = value.toObject();
        const codec::Options options { one.value(QLatin1String("s")).toInt(),
                                       one.value(QLatin1String("k")).toInt(), false };
        for (const Row& row : rows) {
            const codec::Encoded coded =
                codec::find(row.id).make()->encode({ values, recipe.wordBits, recipe.isSigned }, options);
            const QString key = QString::fromLatin1(row.key);
            QCOMPARE(static_cast<qint64>(coded.count.nonzeros),
                     one.value(QLatin1String("nonzeros")).toInteger());
            QCOMPARE(static_cast<qint64>(coded.count.total()),
                     one.value(key + QStringLiteral("_bits")).toInteger());
            const QJsonValue hash = one.value(key + QStringLiteral("_sha256"));
            if (hash.isUndefined())
                continue;
            QCOMPARE(sha256(coded.bytes), hash.toString());
            ++hashes;
        }
    }
    QCOMPARE(hashes, 12); // K = 0, 2; S = 8, 32; three codecs
}

void GoldenTest::everyTensorIsTested()
{
    QFile file(golden(QStringLiteral("codecs/bzvc.json")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject all =
        QJsonDocument::fromJson(file.readAll()).object().value(QLatin1String("tensors")).toObject();
    QCOMPARE(static_cast<std::size_t>(all.size()), reference::goldenTensors().size());
}

/// Float maps that hold the golden integers, with the whole range in use, are their own words.
void GoldenTest::quantisesToItself()
{
    for (const char* name : { "single_mid", "ramp256" }) {
        const std::vector<std::int32_t> values = tensorNamed(QString::fromLatin1(name)).make();
        engine::Tensor tensor;
        tensor.shape = engine::Shape { static_cast<std::int64_t>(values.size()) };
        tensor.source = engine::memorySource(tensor.shape, std::vector<float>(values.begin(), values.end()));
        const engine::QuantisedTensor quantised = engine::quantise(tensor, 8, {});
        QCOMPARE(quantised.scale, 1.0);
        QVERIFY(!quantised.isSigned);
        QVERIFY(quantised.words == values);
    }
}

QTEST_GUILESS_MAIN(GoldenTest)

#include "golden_test.moc"
