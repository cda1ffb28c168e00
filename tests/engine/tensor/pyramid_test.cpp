#include "engine/base/error.h"
#include "engine/base/parallel.h"
#include "engine/tensor/pyramid.h"
#include "tests/engine/tensor/sample_tensors.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>

using engine::CellSummary;
using engine::DType;
using engine::PlaneSelector;
using engine::Pyramid;
using engine::Random;
using engine::Shape;
using engine::Tensor;

namespace {

/// The plane as a plain matrix, element by element.
struct Matrix {
    std::int64_t rows = 1;
    std::int64_t columns = 1;
    std::vector<float> values;
};

Matrix slowPlane(const Tensor& tensor, const PlaneSelector& plane)
{
    Matrix matrix;
    const std::size_t rank = tensor.shape.rank();
    if (rank > 0)
        matrix.columns = tensor.shape[plane.columnAxis];
    if (rank > 1)
        matrix.rows = tensor.shape[plane.rowAxis];
    std::vector<std::int64_t> index = plane.fixed;
    for (std::int64_t row = 0; row < matrix.rows; ++row) {
        for (std::int64_t column = 0; column < matrix.columns; ++column) {
            if (rank > 0) {
                index[plane.rowAxis] = row;
                index[plane.columnAxis] = column;
            }
            matrix.values.push_back(static_cast<float>(engine::readElement(tensor, index)));
        }
    }
    return matrix;
}

struct SlowCell {
    double low = std::numeric_limits<double>::quiet_NaN();
    double high = low;
    double sum = 0;
    double magnitude = 0;
    double numbers = 0;
    double nonzeros = 0;
    double all = 0;
};

SlowCell slowCell(const Matrix& matrix, std::int64_t width, std::int64_t row, std::int64_t column)
{
    SlowCell cell;
    for (std::int64_t r = row * width; r < std::min(matrix.rows, (row + 1) * width); ++r) {
        for (std::int64_t c = column * width; c < std::min(matrix.columns, (column + 1) * width); ++c) {
            const double x =
                static_cast<double>(matrix.values[static_cast<std::size_t>(r * matrix.columns + c)]);
            cell.nonzeros += x != 0 ? 1 : 0;
            cell.all += 1;
            if (std::isnan(x))
                continue;
            cell.low = std::fmin(cell.low, x);
            cell.high = std::fmax(cell.high, x);
            cell.sum += x;
            cell.magnitude += std::abs(x);
            cell.numbers += 1;
        }
    }
    return cell;
}

bool same(double a, double b, double allowed = 0)
{
    return (std::isnan(a) && std::isnan(b)) || a == b || std::abs(a - b) <= allowed;
}

/// `exactMean`: false where NaN make the coarse levels weigh by area.
QString difference(const CellSummary& cell, const SlowCell& slow, bool exactMean)
{
    if (!same(static_cast<double>(cell.minimum), slow.low)
        || !same(static_cast<double>(cell.maximum), slow.high))
        return QStringLiteral("limits differ");
    if (!same(static_cast<double>(cell.nonzero), slow.nonzeros / slow.all, 1e-6))
        return QStringLiteral("fractions differ");
    const double allowed = slow.magnitude / slow.numbers * 1e-6 + 1e-37;
    if (exactMean && !same(static_cast<double>(cell.mean), slow.sum / slow.numbers, allowed))
        return QStringLiteral("means differ: %1, %2")
            .arg(static_cast<double>(cell.mean))
            .arg(slow.sum / slow.numbers);
    return {};
}

QString compare(const Tensor& tensor, const PlaneSelector& plane, bool wild = false)
{
    const Matrix matrix = slowPlane(tensor, plane);
    const auto pyramid = Pyramid::build(tensor, plane, {});
    if (pyramid->rows() != matrix.rows || pyramid->columns() != matrix.columns)
        return QStringLiteral("sizes differ");
    std::int64_t width = 1;
    std::int64_t rows = matrix.rows;
    std::int64_t columns = matrix.columns;
    for (const Pyramid::Level& level : pyramid->levels()) {
        width *= 4;
        rows = (rows + 3) / 4;
        columns = (columns + 3) / 4;
        if (level.rows != rows || level.columns != columns)
            return QStringLiteral("level sizes differ");
        for (std::int64_t row = 0; row < rows; ++row) {
            for (std::int64_t column = 0; column < columns; ++column) {
                const CellSummary& cell = level.cells[static_cast<std::size_t>(row * columns + column)];
                const QString wrong =
                    difference(cell, slowCell(matrix, width, row, column), !wild || width == 4);
                if (!wrong.isEmpty())
                    return QStringLiteral("width %1, cell %2, %3: %4")
                        .arg(width)
                        .arg(row)
                        .arg(column)
                        .arg(wrong);
            }
        }
    }
    if (rows != 1 || columns != 1)
        return QStringLiteral("the last level is not one cell");
    const auto values = pyramid->values(0, 0, matrix.rows, matrix.columns);
    return std::memcmp(values.data(), matrix.values.data(), values.size() * sizeof(float)) == 0
        ? QString()
        : QStringLiteral("values differ");
}

} // namespace

class PyramidTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void equalsReference_data();
    void equalsReference();
    void everyType();
    void anyPlane();
    void wideTiles();
    void sameForAnyThreadCount();
    void onlyNaN();
    void emptyAndScalar();
    void windows();
    void refuses();
    void stops();
};

void PyramidTest::equalsReference_data()
{
    QTest::addColumn<qint64>("rows");
    QTest::addColumn<qint64>("columns");
    for (const auto& [rows, columns] : { std::pair { 1, 1 },
                                         { 3, 5 },
                                         { 4, 4 },
                                         { 4, 16 },
                                         { 5, 17 },
                                         { 17, 33 },
                                         { 64, 64 },
                                         { 65, 130 },
                                         { 100, 257 },
                                         { 1, 1000 },
                                         { 1000, 1 },
                                         { 300, 70 } })
        QTest::addRow("%d x %d", rows, columns) << qint64 { rows } << qint64 { columns };
}

void PyramidTest::equalsReference()
{
    QFETCH(const qint64, rows);
    QFETCH(const qint64, columns);
    Random random(1);
    for (const bool wild : { false, true }) {
        const Tensor tensor = samples::floats(
            { rows, columns }, samples::randomFloats(random, static_cast<std::size_t>(rows * columns), wild));
        for (const Tensor& each : { tensor, samples::unmapped(tensor) }) {
            const QString wrong = compare(each, engine::defaultPlane(each), wild);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        }
    }
}

void PyramidTest::everyType()
{
    Random random(2);
    for (const DType type : samples::everyType) {
        const Shape shape { 2, 21, 35 };
        const auto bytes = samples::randomBytes(random, shape.elements() * engine::byteSize(type));
        const bool wild = !engine::isInteger(type);
        for (const std::size_t shift : { 0, 1 }) {
            const Tensor tensor = samples::typed(type, shape, bytes, shift);
            // Bytes at random make floats whose sums have no meaning: limits and fractions only.
            PlaneSelector plane = engine::defaultPlane(tensor);
            plane.fixed[0] = 1;
            const QString wrong = wild ? QString() : compare(tensor, plane);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
            const Matrix matrix = slowPlane(tensor, plane);
            const auto pyramid = Pyramid::build(tensor, plane, {});
            const SlowCell all = slowCell(matrix, 64, 0, 0);
            QVERIFY(same(static_cast<double>(pyramid->minimum()), all.low));
            QVERIFY(same(static_cast<double>(pyramid->maximum()), all.high));
        }
    }
}

void PyramidTest::anyPlane()
{
    Random random(3);
    const Shape shape { 3, 18, 5, 23 };
    const Tensor tensor = samples::floats(shape, samples::randomFloats(random, shape.elements(), false));
    for (std::size_t row = 0; row < 4; ++row) {
        for (std::size_t column = 0; column < 4; ++column) {
            if (row == column)
                continue;
            for (const Tensor& each : { tensor, samples::unmapped(tensor) }) {
                const QString wrong = compare(each, { row, column, { 2, 11, 3, 7 } });
                QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
            }
        }
    }
}

/// Rows so long that one strip of cells takes several tiles.
void PyramidTest::wideTiles()
{
    Random random(4);
    const std::int64_t columns = (1 << 18) * 2 + 37;
    const Tensor flat = samples::typed(DType::U8, { columns },
                                       samples::randomBytes(random, static_cast<std::size_t>(columns)));
    QVERIFY2(compare(flat, engine::defaultPlane(flat)).isEmpty(), "one row");
    const Tensor five = samples::typed(DType::I8, { 5, columns },
                                       samples::randomBytes(random, static_cast<std::size_t>(5 * columns)));
    QVERIFY2(compare(five, engine::defaultPlane(five)).isEmpty(), "five rows");
    QVERIFY2(compare(five, { 1, 0, { 0, 0 } }).isEmpty(), "five columns");
}

void PyramidTest::sameForAnyThreadCount()
{
    Random random(5);
    const Tensor tensor = samples::floats({ 1500, 1400 }, samples::randomFloats(random, 1500 * 1400, true));
    std::shared_ptr<const Pyramid> first;
    for (const unsigned threads : { 1U, 2U, 5U }) {
        engine::setThreadCount(threads);
        const auto pyramid = Pyramid::build(tensor, engine::defaultPlane(tensor), {});
        first = first ? first : pyramid;
        for (std::size_t i = 0; i < first->levels().size(); ++i) {
            const auto& a = first->levels()[i].cells;
            const auto& b = pyramid->levels()[i].cells;
            QVERIFY(std::memcmp(a.data(), b.data(), a.size() * sizeof(CellSummary)) == 0);
        }
    }
    engine::setThreadCount(0);
}

void PyramidTest::onlyNaN()
{
    std::vector<float> values(8 * 32, NAN);
    const auto none = Pyramid::build(samples::floats({ 8, 32 }, values),
                                     engine::defaultPlane(samples::floats({ 1, 1 }, { 0 })), {});
    QVERIFY(std::isnan(none->minimum()) && std::isnan(none->maximum()));
    QCOMPARE(none->levels()[0].cells[3].nonzero, 1.0F);
    QVERIFY(std::isnan(none->levels()[1].cells[1].mean));
    values[5] = -2;
    const Tensor one = samples::floats({ 8, 32 }, values);
    const auto single = Pyramid::build(one, engine::defaultPlane(one), {});
    QCOMPARE(single->minimum(), -2.0F);
    QCOMPARE(single->maximum(), -2.0F);
    QCOMPARE(single->levels().back().cells[0].mean, -2.0F);
}

void PyramidTest::emptyAndScalar()
{
    for (const Shape& shape : { Shape { 0, 5 }, Shape { 5, 0 }, Shape { 0 }, Shape { 0, 3, 4 } }) {
        const Tensor tensor = samples::floats(shape, {});
        const auto pyramid = Pyramid::build(tensor, engine::defaultPlane(tensor), {});
        QVERIFY(pyramid->levels().empty());
        QCOMPARE(pyramid->rows() * pyramid->columns(), 0);
        QCOMPARE(pyramid->minimum(), 0.0F);
        QVERIFY(pyramid->values(0, 0, 0, 0).empty());
    }
    const Tensor scalar = samples::floats({}, { 4.5F });
    QVERIFY(compare(scalar, engine::defaultPlane(scalar)).isEmpty());
    QVERIFY(compare(samples::unmapped(scalar), engine::defaultPlane(scalar)).isEmpty());
}

void PyramidTest::windows()
{
    Random random(6);
    const Tensor tensor = samples::floats({ 40, 50 }, samples::randomFloats(random, 2000, false));
    for (const PlaneSelector& plane :
         { PlaneSelector { 0, 1, { 0, 0 } }, PlaneSelector { 1, 0, { 0, 0 } } }) {
        const Matrix matrix = slowPlane(tensor, plane);
        const auto pyramid = Pyramid::build(samples::unmapped(tensor), plane, {});
        const auto values = pyramid->values(3, 7, 9, 11);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::size_t at = (3 + i / 11) * static_cast<std::size_t>(matrix.columns) + 7 + i % 11;
            QCOMPARE(values[i], matrix.values[at]);
        }
    }
}

void PyramidTest::refuses()
{
    const Tensor tensor = samples::floats({ 4, 5 }, std::vector<float>(20));
    const auto build = [&](const PlaneSelector& plane) { return Pyramid::build(tensor, plane, {}); };
    QVERIFY_THROWS_EXCEPTION(engine::ShapeError, build({ 0, 2, { 0, 0 } }));
    QVERIFY_THROWS_EXCEPTION(engine::ShapeError, build({ 0, 1, { 0 } }));
    const Tensor deep = samples::floats({ 2, 4, 5 }, std::vector<float>(40));
    QVERIFY_THROWS_EXCEPTION(engine::ShapeError, Pyramid::build(deep, { 1, 2, { 2, 0, 0 } }, {}));
    QVERIFY_THROWS_EXCEPTION(engine::ShapeError, Pyramid::build(deep, { 1, 2, { -1, 0, 0 } }, {}));
    const auto pyramid = build({ 0, 1, { 9, 9 } });
    QVERIFY_THROWS_EXCEPTION(engine::ParameterError, pyramid->values(0, 0, 5, 1));
    QVERIFY_THROWS_EXCEPTION(engine::ParameterError, pyramid->values(-1, 0, 1, 1));
    QVERIFY_THROWS_EXCEPTION(engine::ParameterError, pyramid->values(0, 1, 1, 5));
}

void PyramidTest::stops()
{
    std::stop_source stop;
    stop.request_stop();
    engine::Control control;
    control.stop = stop.get_token();
    const Tensor tensor = samples::floats({ 4, 5 }, std::vector<float>(20));
    QVERIFY(Pyramid::build(tensor, engine::defaultPlane(tensor), control) == nullptr);
}

QTEST_GUILESS_MAIN(PyramidTest)

#include "pyramid_test.moc"
