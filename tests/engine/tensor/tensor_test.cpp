#include "engine/base/error.h"
#include "engine/tensor/tensor.h"
#include "tests/engine/tensor/sample_tensors.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>

using engine::DType;
using engine::Random;
using engine::Shape;
using engine::Tensor;

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

struct SmallFloat {
    int exponentBits;
    int fractionBits;
    bool hasInfinity; ///< else only the code of all ones is NaN
};

/// By the definition of the format, with no bit tricks.
double slowFloat(const SmallFloat& format, unsigned code)
{
    const unsigned fractions = 1U << format.fractionBits;
    const unsigned exponents = 1U << format.exponentBits;
    const unsigned fraction = code % fractions;
    const unsigned exponent = code / fractions % exponents;
    const double sign = code / fractions / exponents != 0 ? -1 : 1;
    const int bias = static_cast<int>(exponents / 2) - 1;
    if (exponent == exponents - 1 && format.hasInfinity)
        return fraction == 0 ? sign * infinity : nan;
    if (exponent == exponents - 1 && fraction == fractions - 1)
        return nan;
    const double unit = static_cast<double>(fraction) / fractions;
    return exponent == 0 ? sign * std::ldexp(unit, 1 - bias)
                         : sign * std::ldexp(1 + unit, static_cast<int>(exponent) - bias);
}

bool same(double a, double b)
{
    return (std::isnan(a) && std::isnan(b)) || (a == b && std::signbit(a) == std::signbit(b));
}

template <typename Stored>
std::vector<std::byte> bytesOf(std::initializer_list<Stored> values)
{
    const auto bytes = std::as_bytes(std::span(values.begin(), values.size()));
    return { bytes.begin(), bytes.end() };
}

struct Box {
    std::vector<std::int64_t> start;
    std::vector<std::int64_t> count;
};

Box randomBox(Random& random, const Shape& shape)
{
    Box box;
    for (const std::int64_t extent : shape.extents()) {
        const auto room = static_cast<std::uint64_t>(extent);
        const std::uint64_t first = random.below(room);
        box.start.push_back(static_cast<std::int64_t>(first));
        box.count.push_back(static_cast<std::int64_t>(random.below(room - first) + 1));
    }
    return box;
}

/// Flat indices of a box, counted one by one.
std::vector<std::size_t> placesOf(const Shape& shape, const Box& box)
{
    std::vector<std::size_t> places;
    for (std::size_t flat = 0; flat < shape.elements(); ++flat) {
        std::size_t rest = flat;
        bool inside = true;
        for (std::size_t axis = shape.rank(); axis-- > 0;) {
            const auto extent = static_cast<std::size_t>(shape[axis]);
            const auto index = static_cast<std::int64_t>(rest % extent);
            inside = inside && index >= box.start[axis] && index < box.start[axis] + box.count[axis];
            rest /= extent;
        }
        if (inside)
            places.push_back(flat);
    }
    return places;
}

/// Counts along the flat index, without any memory.
class Counting final : public engine::TensorSource {
public:
    explicit Counting(Shape shape)
        : m_shape(std::move(shape))
    {
    }

    void read(std::span<const std::int64_t> start, std::span<const std::int64_t> count,
              std::span<std::byte> out) const override
    {
        std::uint64_t elements = 1;
        std::uint64_t first = 0;
        for (std::size_t axis = 0; axis < m_shape.rank(); ++axis) {
            elements *= static_cast<std::uint64_t>(count[axis]);
            first =
                first * static_cast<std::uint64_t>(m_shape[axis]) + static_cast<std::uint64_t>(start[axis]);
        }
        if (elements != out.size())
            throw engine::IoError("the buffer has another size than the box");
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = static_cast<std::byte>((first + i) % 251);
    }

private:
    Shape m_shape;
};

} // namespace

class TensorTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void types_data();
    void types();
    void smallFloats_data();
    void smallFloats();
    void boxes();
    void refusesWrongSize();
    void pieces_data();
    void pieces();
    void piecesOfAnyAlignment();
    void stops();
};

void TensorTest::types_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<bool>("integer");
    QTest::addColumn<bool>("isSigned");
    QTest::addColumn<QByteArray>("stored");
    QTest::addColumn<double>("expected");
    const auto row = [](DType type, const char* name, bool integer, bool isSigned, auto stored,
                        double expected) {
        QTest::newRow(name) << static_cast<int>(type) << QString::fromLatin1(name)
                            << static_cast<int>(sizeof stored) << integer << isSigned
                            << QByteArray(reinterpret_cast<const char*>(&stored), sizeof stored) << expected;
    };
    row(DType::Bool, "bool", true, false, std::uint8_t { 7 }, 1);
    row(DType::U8, "u8", true, false, std::uint8_t { 200 }, 200);
    row(DType::I8, "i8", true, true, std::int8_t { -100 }, -100);
    row(DType::U16, "u16", true, false, std::uint16_t { 65535 }, 65535);
    row(DType::I16, "i16", true, true, std::int16_t { -32768 }, -32768);
    row(DType::U32, "u32", true, false, std::uint32_t { 4294967295U }, 4294967295.0);
    row(DType::I32, "i32", true, true, std::int32_t { -2147483647 }, -2147483647.0);
    row(DType::U64, "u64", true, false, std::uint64_t { 1 } << 63, 9223372036854775808.0);
    row(DType::I64, "i64", true, true, std::int64_t { -9007199254740991 }, -9007199254740991.0);
    row(DType::F16, "f16", false, true, std::uint16_t { 0xC248 }, -3.140625);
    row(DType::BF16, "bf16", false, true, std::uint16_t { 0x4049 }, 3.140625);
    row(DType::F32, "f32", false, true, 1.5e-40F, static_cast<double>(1.5e-40F));
    row(DType::F64, "f64", false, true, 1e300, 1e300);
    row(DType::F8E4M3, "f8e4m3", false, true, std::uint8_t { 0xFE }, -448);
    row(DType::F8E5M2, "f8e5m2", false, true, std::uint8_t { 0x7B }, 57344);
}

void TensorTest::types()
{
    QFETCH(const int, type);
    QFETCH(const QString, name);
    QFETCH(const int, bytes);
    QFETCH(const bool, integer);
    QFETCH(const bool, isSigned);
    QFETCH(const QByteArray, stored);
    QFETCH(const double, expected);
    const auto tested = static_cast<DType>(type);
    QCOMPARE(QString::fromStdString(std::string(engine::name(tested))), name);
    QCOMPARE(static_cast<int>(engine::byteSize(tested)), bytes);
    QCOMPARE(engine::isInteger(tested), integer);
    QCOMPARE(engine::isSigned(tested), isSigned);
    const auto* element = reinterpret_cast<const std::byte*>(stored.constData());
    QCOMPARE(engine::toDouble(tested, element), expected);
    float converted = 0;
    engine::toFloat(tested, { element, static_cast<std::size_t>(stored.size()) }, { &converted, 1 });
    QCOMPARE(converted, static_cast<float>(expected));
}

void TensorTest::smallFloats_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("exponentBits");
    QTest::addColumn<int>("fractionBits");
    QTest::addColumn<bool>("hasInfinity");
    QTest::newRow("f16") << static_cast<int>(DType::F16) << 5 << 10 << true;
    QTest::newRow("bf16") << static_cast<int>(DType::BF16) << 8 << 7 << true;
    QTest::newRow("f8e4m3") << static_cast<int>(DType::F8E4M3) << 4 << 3 << false;
    QTest::newRow("f8e5m2") << static_cast<int>(DType::F8E5M2) << 5 << 2 << true;
}

/// Every code there is.
void TensorTest::smallFloats()
{
    QFETCH(const int, type);
    QFETCH(const int, exponentBits);
    QFETCH(const int, fractionBits);
    QFETCH(const bool, hasInfinity);
    const auto tested = static_cast<DType>(type);
    const SmallFloat format { exponentBits, fractionBits, hasInfinity };
    const std::size_t bytes = engine::byteSize(tested);
    for (unsigned code = 0; code < 1U << (8 * bytes); ++code) {
        std::array<std::byte, 2> stored { static_cast<std::byte>(code % 256),
                                          static_cast<std::byte>(code / 256) };
        float converted = 0;
        engine::toFloat(tested, std::span(stored).first(bytes), { &converted, 1 });
        const double expected = slowFloat(format, code);
        QVERIFY2(same(static_cast<double>(converted), expected), qPrintable(QString::number(code, 16)));
        QVERIFY(same(engine::toDouble(tested, stored.data()), expected));
    }
}

void TensorTest::boxes()
{
    Random random(1);
    const std::vector<Shape> shapes = { {}, { 7 }, { 5, 9 }, { 3, 4, 5 }, { 2, 3, 4, 5 }, { 2, 1, 3, 2, 4 } };
    for (const Shape& shape : shapes) {
        for (const DType type : { DType::U8, DType::I16, DType::F32, DType::F64 }) {
            const auto bytes = samples::randomBytes(random, shape.elements() * engine::byteSize(type));
            const Tensor tensor = samples::typed(type, shape, bytes, 1);
            const std::vector<float> all = engine::readFloats(tensor);
            for (int i = 0; i < 30; ++i) {
                const Box box = randomBox(random, shape);
                const std::vector<float> read = engine::readBox(tensor, box.start, box.count);
                const std::vector<std::size_t> places = placesOf(shape, box);
                QCOMPARE(read.size(), places.size());
                for (std::size_t at = 0; at < places.size(); ++at)
                    QVERIFY(same(static_cast<double>(read[at]), static_cast<double>(all[places[at]])));
                const std::byte* element = bytes.data() + places.front() * engine::byteSize(type);
                QVERIFY(same(engine::readElement(tensor, box.start), engine::toDouble(type, element)));
            }
            if (shape.rank() > 1) {
                const std::vector<float> last = engine::readFloats(tensor, shape[0] - 1, 1);
                QVERIFY(std::memcmp(last.data(), all.data() + all.size() - last.size(), last.size() * 4)
                        == 0);
            }
        }
    }
}

void TensorTest::refusesWrongSize()
{
    const std::vector<std::byte> bytes(23);
    QVERIFY_THROWS_EXCEPTION(engine::ShapeError, engine::memorySource({ 2, 3 }, DType::F32, bytes, nullptr));
    QVERIFY_THROWS_EXCEPTION(engine::ShapeError, engine::memorySource({ 2, 3 }, std::vector<float>(7)));
    QVERIFY_THROWS_EXCEPTION(engine::ShapeError, Shape({ 3, -1 }));
    QVERIFY_THROWS_EXCEPTION(engine::ShapeError,
                             Shape({ std::int64_t { 1 } << 40, std::int64_t { 1 } << 40 }));
    QCOMPARE(Shape({ 0, std::int64_t { 1 } << 40 }).elements(), 0U);
    QCOMPARE(Shape().elements(), 1U);
    QCOMPARE(Shape({ 3, 4, 5 }).elementsPerItem(), 20U);
}

void TensorTest::pieces_data()
{
    QTest::addColumn<QList<qint64>>("extents");
    QTest::newRow("scalar") << QList<qint64> {};
    QTest::newRow("empty") << QList<qint64> { 3, 0, 5 };
    QTest::newRow("one piece") << QList<qint64> { 17, 19 };
    QTest::newRow("exactly one") << QList<qint64> { 4, 1 << 20 };
    QTest::newRow("rows") << QList<qint64> { 9, 1000, 1000 };
    QTest::newRow("long row") << QList<qint64> { 9000001 };
    QTest::newRow("long rows") << QList<qint64> { 2, 1, 5000001 };
    QTest::newRow("thin") << QList<qint64> { 5000001, 1, 2 };
}

void TensorTest::pieces()
{
    QFETCH(const QList<qint64>, extents);
    Tensor tensor;
    tensor.type = DType::U8;
    tensor.shape = Shape(std::vector<std::int64_t>(extents.begin(), extents.end()));
    tensor.source = std::make_shared<Counting>(tensor.shape);
    std::uint64_t seen = 0;
    bool sound = true;
    double last = 0;
    engine::Control control;
    control.progress = [&](double fraction, const std::string&) { last = fraction; };
    QVERIFY(engine::forEachPiece(tensor, control, [&](std::uint64_t first, std::span<const float> values) {
        sound = sound && first == seen && !values.empty() && values.size_bytes() <= (16U << 20);
        for (std::size_t i = 0; i < values.size(); ++i)
            sound = sound && values[i] == static_cast<float>((first + i) % 251);
        seen += values.size();
    }));
    QVERIFY(sound);
    QCOMPARE(seen, tensor.shape.elements());
    QCOMPARE(last, seen == 0 ? 0.0 : 1.0);
}

void TensorTest::piecesOfAnyAlignment()
{
    const auto bytes = bytesOf<float>({ 1, -2, 3.5F, 0 });
    for (const std::size_t shift : { 0, 1, 2, 3, 4 }) {
        const Tensor tensor = samples::typed(DType::F32, { 2, 2 }, bytes, shift);
        std::vector<float> read;
        engine::forEachPiece(tensor, {}, [&](std::uint64_t, std::span<const float> values) {
            read.insert(read.end(), values.begin(), values.end());
        });
        QVERIFY(read == std::vector<float>({ 1, -2, 3.5F, 0 }));
    }
}

void TensorTest::stops()
{
    Tensor tensor;
    tensor.type = DType::U8;
    tensor.shape = Shape { 9000001 };
    tensor.source = std::make_shared<Counting>(tensor.shape);
    std::stop_source stop;
    engine::Control control;
    control.stop = stop.get_token();
    int called = 0;
    const bool done = engine::forEachPiece(tensor, control, [&](std::uint64_t, std::span<const float>) {
        ++called;
        stop.request_stop();
    });
    QVERIFY(!done);
    QCOMPARE(called, 1);
}

QTEST_GUILESS_MAIN(TensorTest)

#include "tensor_test.moc"
