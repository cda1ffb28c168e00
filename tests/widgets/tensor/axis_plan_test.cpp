#include "tests/widgets/tensor/tensors.h"
#include "widgets/tensor/axis_plan.h"

#include <QRegularExpression>
#include <QTest>

using engine::Role;
using engine::Shape;
using widgets::AxisPlan;

Q_DECLARE_METATYPE(engine::Shape)
Q_DECLARE_METATYPE(engine::Role)
Q_DECLARE_METATYPE(widgets::AxisPlan)

namespace {

engine::Tensor tensor(const Shape& shape, Role role, const std::string& layout)
{
    return tensors::fill(shape, role, layout, [](std::size_t i) { return static_cast<double>(i); });
}

} // namespace

class AxisPlanTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void plans_data()
    {
        QTest::addColumn<Shape>("shape");
        QTest::addColumn<Role>("role");
        QTest::addColumn<QString>("layout");
        QTest::addColumn<AxisPlan>("plan");
        const auto row = [](const char* name, const Shape& shape, Role role, const char* layout,
                            const AxisPlan& plan) {
            QTest::newRow(name) << shape << role << QString::fromLatin1(layout) << plan;
        };
        row("scalar", {}, Role::Other, "", { -1, -1, -1, -1, {} });
        row("bias", { 64 }, Role::Weight, "", { -1, 0, -1, -1, {} });
        row("fully connected", { 10, 84 }, Role::Weight, "OI", { 0, 1, -1, -1, {} });
        row("features of a batch", { 8, 84 }, Role::Activation, "NF", { 0, 1, -1, -1, {} });
        row("maps", { 8, 16, 32, 32 }, Role::Activation, "NCHW", { 2, 3, 1, 0, {} });
        row("maps, channels last", { 8, 32, 32, 16 }, Role::Activation, "NHWC", { 1, 2, 3, 0, {} });
        row("maps without a layout", { 8, 16, 32, 32 }, Role::Activation, "", { 2, 3, 1, 0, {} });
        row("kernels", { 16, 3, 5, 5 }, Role::Weight, "OIHW", { 2, 3, 0, -1, { 1 } });
        row("Keras kernels", { 5, 5, 3, 16 }, Role::Weight, "HWIO", { 0, 1, 3, -1, { 2 } });
        row("one picture", { 3, 20, 30 }, Role::Image, "CHW", { 1, 2, 0, -1, {} });
        row("a signal", { 4, 16, 100 }, Role::Activation, "", { 1, 2, -1, 0, {} });
        row("anything of rank 3", { 4, 5, 6 }, Role::Other, "", { 1, 2, 0, -1, {} });
        row("video", { 2, 3, 4, 5, 6 }, Role::Activation, "NCDHW", { 3, 4, 1, 0, { 2 } });
        row("rank 5 without a layout", { 2, 3, 4, 5, 6 }, Role::Other, "", { 3, 4, 0, -1, { 1, 2 } });
    }

    void plans()
    {
        QFETCH(Shape, shape);
        QFETCH(Role, role);
        QFETCH(QString, layout);
        QFETCH(AxisPlan, plan);
        const AxisPlan made = widgets::planAxes(tensor(shape, role, layout.toStdString()));
        QCOMPARE(made.row, plan.row);
        QCOMPARE(made.column, plan.column);
        QCOMPARE(made.channel, plan.channel);
        QCOMPARE(made.batch, plan.batch);
        QCOMPARE(made.others, plan.others);
    }

    void theUsersChoiceFreesTheOtherAxes()
    {
        const engine::Tensor maps = tensor({ 2, 16, 8, 9 }, Role::Activation, "NCHW");
        const AxisPlan plan = widgets::planAxes(maps, std::pair(1, 3));
        QCOMPARE(plan, (AxisPlan { 1, 3, -1, 0, { 2 } }));
    }

    void theEngineReadsEveryPlan_data() { plans_data(); }

    void theEngineReadsEveryPlan()
    {
        QFETCH(Shape, shape);
        QFETCH(Role, role);
        QFETCH(QString, layout);
        const engine::Tensor whole = tensor(shape, role, layout.toStdString());
        const AxisPlan plan = widgets::planAxes(whole);
        std::vector<std::int64_t> index(shape.rank(), 0);
        if (plan.channel >= 0)
            index[static_cast<std::size_t>(plan.channel)] = 1;
        const engine::PlaneReader reader(whole, widgets::planeFor(plan, index));
        QCOMPARE(reader.rows(), widgets::extentOf(whole, plan.row));
        QCOMPARE(reader.columns(), widgets::extentOf(whole, plan.column));
        engine::PlaneReader::Buffer buffer;
        const auto rows = reader.read({ 0, 0, reader.rows(), reader.columns() }, buffer);
        const std::int64_t row = reader.rows() - 1;
        const std::int64_t column = reader.columns() - 1;
        std::vector<std::int64_t> at = index;
        if (plan.row >= 0)
            at[static_cast<std::size_t>(plan.row)] = row;
        if (plan.column >= 0)
            at[static_cast<std::size_t>(plan.column)] = column;
        QCOMPARE(static_cast<double>(rows.first[row * static_cast<std::int64_t>(rows.stride) + column]),
                 engine::readElement(whole, at));
    }

    void namesAxes()
    {
        const engine::Tensor kernels = tensor({ 4, 3, 2, 2 }, Role::Weight, "OIHW");
        QCOMPARE(widgets::axisTitle(kernels, 0), QStringLiteral("Output channel"));
        QCOMPARE(widgets::axisTitle(kernels, 3), QStringLiteral("Width"));
        QCOMPARE(widgets::axisTitle(tensor({ 4, 3, 2 }, Role::Other, ""), 2), QStringLiteral("Axis 2"));
    }

    void picturesKeepSquareCells()
    {
        const auto isPicture = [](const engine::Tensor& shown, std::optional<std::pair<int, int>> axes = {}) {
            return widgets::isPicture(shown, widgets::planAxes(shown, axes));
        };
        QVERIFY(isPicture(tensor({ 2, 3, 4, 5 }, Role::Activation, "NCHW")));
        QVERIFY(isPicture(tensor({ 4, 3, 3, 3 }, Role::Weight, "OIHW")));
        QVERIFY(isPicture(tensor({ 2, 4, 5 }, Role::Other, "")));
        QVERIFY(!isPicture(tensor({ 2, 3, 4, 5 }, Role::Activation, "NCHW"), std::pair(1, 3)));
        QVERIFY(!isPicture(tensor({ 64, 10 }, Role::Activation, "NF")));
        QVERIFY(!isPicture(tensor({ 64, 10 }, Role::Other, "")));
        QVERIFY(!isPicture(tensor({ 64 }, Role::Weight, "")));
    }

    void flatPlacesCountInTheirImage()
    {
        const engine::Tensor maps = tensor({ 3, 16, 32, 32 }, Role::Activation, "NCHW");
        const widgets::FlatPlace place = widgets::flatPlace(maps, widgets::planAxes(maps), { 2, 6, 19, 25 });
        QCOMPARE(place.imageStart, 2U * 16 * 32 * 32);
        QCOMPARE(place.imageElements, 16U * 32 * 32);
        QCOMPARE(place.offset, 6U * 1024 + 19 * 32 + 25);
        const engine::Tensor kernels = tensor({ 4, 3, 2, 2 }, Role::Weight, "OIHW");
        QCOMPARE(widgets::flatPlace(kernels, widgets::planAxes(kernels), { 1, 0, 0, 1 }).offset, 13U);
    }
};

QTEST_GUILESS_MAIN(AxisPlanTest)
#include "axis_plan_test.moc"
