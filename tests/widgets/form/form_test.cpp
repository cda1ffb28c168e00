#include "tests/widgets/widget_test.h"
#include "widgets/form/choices_button.h"
#include "widgets/form/file_edit.h"
#include "widgets/form/number_edit.h"
#include "widgets/form/parameter_form.h"
#include "widgets/form/parameter_row.h"
#include "widgets/theme/theme.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QUrl>
#include <QVBoxLayout>
#include <QWheelEvent>

using namespace widgets;
using analysis::Parameter;
using analysis::ParameterType;

class FormTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void startsAtTheDefaults();
    void typingAndStepping();
    void outOfRangeSaysSo();
    void emptyNumberSaysSo();
    void resetButtonRestores();
    void choosesOne();
    void choosesSeveral();
    void flagByKeyboard();
    void takesAFile();
    void setValuesIsQuiet();
    void setErrorStaysUntilEdited();
    void disabledRowSaysWhy();
    void tabOrder();
    void wheelNeedsFocus();
    void everyFieldHasAName();
    void steps_data();
    void steps();
};

namespace {

QString text(const char* words)
{
    return QString::fromLatin1(words);
}

std::vector<Parameter> parameters()
{
    return {
        { .id = text("block"),
          .title = text("Block size S"),
          .type = ParameterType::Choice,
          .unit = text("words"),
          .fallback = text("16"),
          .choices = { { text("8"), {} }, { text("16"), {} }, { text("32"), {} } } },
        { .id = text("k"),
          .title = text("K (lossy)"),
          .unit = text("bit"),
          .fallback = qint64(0),
          .minimum = 0,
          .maximum = 7,
          .help = text("Bits cut off.") },
        { .id = text("budget"),
          .title = text("Budget"),
          .type = ParameterType::Real,
          .fallback = 0.5,
          .minimum = 0,
          .maximum = 1 },
        { .id = text("codecs"),
          .title = text("Codecs"),
          .type = ParameterType::Choices,
          .fallback = text("zvc,bzvc"),
          .choices = { { text("raw"), text("Raw") },
                       { text("zvc"), text("ZVC") },
                       { text("bzvc"), text("BZVC") } } },
        { .id = text("bypass"), .title = text("Bypass"), .type = ParameterType::Flag, .fallback = true },
        { .id = text("images"),
          .title = text("Images"),
          .type = ParameterType::Input,
          .fallback = QString() },
        { .id = text("note"), .title = text("Note"), .type = ParameterType::Text, .fallback = QString() },
    };
}

struct Fixture {
    Fixture()
    {
        auto* column = new QVBoxLayout(&window);
        form = new ParameterForm;
        form->setParameters(parameters());
        column->addWidget(form);
        window.resize(300, 400);
        shown = showActive(window);
    }

    ParameterRow* row(int index) const { return form->findChildren<ParameterRow*>()[index]; }

    template <typename Field>
    Field* field(int index) const
    {
        return row(index)->findChild<Field*>();
    }

    /// The sentence under a field; empty while it is hidden.
    QString sentence(int index) const
    {
        for (const QLabel* label : row(index)->findChildren<QLabel*>()) {
            if (label->wordWrap() && label->isVisible())
                return label->text();
        }
        return {};
    }

    QWidget window;
    ParameterForm* form = nullptr;
    bool shown = false;
};

void type(QAbstractSpinBox* spin, const char* keys)
{
    spin->setFocus(Qt::TabFocusReason);
    spin->selectAll();
    QTest::keyClicks(spin, text(keys));
}

} // namespace

void FormTest::init()
{
    failOnWarnings();
    ThemeManager::instance().apply(ThemeChoice::Light);
}

void FormTest::startsAtTheDefaults()
{
    const Fixture it;
    QVERIFY(it.form->isValid());
    QVERIFY(it.form->values() == analysis::Values(parameters()));
    QCOMPARE(it.field<NumberEdit>(1)->text(), text("0"));
    QCOMPARE(it.field<NumberEdit>(2)->text(), text("0.5"));
    QCOMPARE(it.field<QComboBox>(0)->currentText(), text("16"));
}

void FormTest::typingAndStepping()
{
    const Fixture it;
    QVERIFY(it.shown);
    QSignalSpy changed(it.form, &ParameterForm::valuesChanged);
    type(it.field<NumberEdit>(1), "6");
    QCOMPARE(changed.count(), 1);
    QCOMPARE(it.form->values().integer(text("k")), 6);
    QTest::keyClick(it.field<NumberEdit>(1), Qt::Key_Up);
    QCOMPARE(it.form->values().integer(text("k")), 7);
    QTest::keyClick(it.field<NumberEdit>(1), Qt::Key_Up);
    QCOMPARE(it.form->values().integer(text("k")), 7);
    QCOMPARE(changed.count(), 2);
    QTest::mouseClick(it.field<NumberEdit>(1), Qt::LeftButton, {},
                      { it.field<NumberEdit>(1)->width() - 8, it.field<NumberEdit>(1)->height() - 6 });
    QCOMPARE(it.form->values().integer(text("k")), 6);
}

void FormTest::outOfRangeSaysSo()
{
    const Fixture it;
    QVERIFY(it.shown);
    QSignalSpy changed(it.form, &ParameterForm::valuesChanged);
    QSignalSpy valid(it.form, &ParameterForm::validChanged);
    const int before = it.row(1)->height();
    type(it.field<NumberEdit>(1), "9");
    QCOMPARE(it.sentence(1), text("K (lossy): 9 is outside 0..7 bit"));
    QCOMPARE(it.field<NumberEdit>(1)->text(), text("9"));
    QVERIFY(it.field<NumberEdit>(1)->property("invalid").toBool());
    QCOMPARE(it.form->errors(), QStringList { text("K (lossy): 9 is outside 0..7 bit") });
    QVERIFY(!it.form->isValid());
    QCOMPARE(it.form->values().integer(text("k")), 0);
    QCOMPARE(changed.count(), 0);
    QCOMPARE(valid.count(), 1);
    QCoreApplication::processEvents();
    QVERIFY(it.row(1)->height() > before);
    // Leaving the field must not repair what was typed.
    it.field<QLineEdit>(6)->setFocus();
    QCOMPARE(it.field<NumberEdit>(1)->text(), text("9"));
    type(it.field<NumberEdit>(1), "3");
    QCOMPARE(it.sentence(1), QString());
    QVERIFY(it.form->isValid());
    QCOMPARE(it.form->values().integer(text("k")), 3);
}

void FormTest::emptyNumberSaysSo()
{
    const Fixture it;
    it.field<NumberEdit>(2)->setFocus();
    it.field<NumberEdit>(2)->selectAll();
    QTest::keyClick(it.field<NumberEdit>(2), Qt::Key_Delete);
    QVERIFY(!it.form->isValid());
    QVERIFY(it.sentence(2).startsWith(text("Budget: ")));
    QTest::keyClicks(it.field<NumberEdit>(2), text("0,5"));
    QVERIFY(!it.form->isValid());
}

void FormTest::resetButtonRestores()
{
    const Fixture it;
    auto* reset = it.row(1)->findChild<QAbstractButton*>();
    QVERIFY(reset->isHidden());
    type(it.field<NumberEdit>(1), "5");
    QVERIFY(reset->isVisible());
    QVERIFY(reset->height() >= 24);
    QSignalSpy changed(it.form, &ParameterForm::valuesChanged);
    QTest::mouseClick(reset, Qt::LeftButton);
    QCOMPARE(it.form->values().integer(text("k")), 0);
    QCOMPARE(changed.count(), 1);
    QVERIFY(reset->isHidden());
}

void FormTest::choosesOne()
{
    const Fixture it;
    QVERIFY(it.shown);
    it.field<QComboBox>(0)->setFocus();
    QTest::keyClick(it.field<QComboBox>(0), Qt::Key_Down);
    QCOMPARE(it.form->values().text(text("block")), text("32"));
}

void FormTest::choosesSeveral()
{
    const Fixture it;
    auto* button = it.field<ChoicesButton>(3);
    QCOMPARE(button->chosen(), (QStringList { text("zvc"), text("bzvc") }));
    QMenu* menu = button->menu();
    menu->popup(button->mapToGlobal(QPoint(0, button->height())));
    QVERIFY(menu->isVisible());
    const auto click = [menu](int index) {
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(menu->actions()[index]).center());
    };
    click(0);
    QVERIFY2(menu->isVisible(), "the menu stays open for more");
    QCOMPARE(it.form->values().list(text("codecs")),
             (QStringList { text("raw"), text("zvc"), text("bzvc") }));
    for (int index = 0; index < 3; ++index)
        click(index);
    menu->close();
    QVERIFY(!it.form->isValid());
    QCOMPARE(it.form->values().list(text("codecs")).size(), 1);
    QVERIFY(it.sentence(3).contains(text("nothing is chosen")));
}

void FormTest::flagByKeyboard()
{
    const Fixture it;
    it.field<QCheckBox>(4)->setFocus();
    QTest::keyClick(it.field<QCheckBox>(4), Qt::Key_Space);
    QVERIFY(!it.form->values().flag(text("bypass")));
}

void FormTest::takesAFile()
{
    const Fixture it;
    auto* combo = it.field<QComboBox>(5);
    it.form->setOffers({ { text("/data/digits"), text("digits (64 pictures)") } });
    QCOMPARE(combo->currentText(), QString());
    QTest::keyClicks(combo->lineEdit(), text("/tmp/a.png"));
    QCOMPARE(it.form->values().text(text("images")), text("/tmp/a.png"));
    emit combo->activated(0);
    QCOMPARE(it.form->values().text(text("images")), text("/data/digits"));
    QMimeData data;
    data.setUrls({ QUrl::fromLocalFile(QStringLiteral("/tmp/\u00FC/b.png")) });
    auto* edit = it.field<FileEdit>(5);
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(edit, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(edit, &drop);
    QCOMPARE(it.form->values().text(text("images")), data.urls().first().toLocalFile());
}

void FormTest::setValuesIsQuiet()
{
    const Fixture it;
    QSignalSpy changed(it.form, &ParameterForm::valuesChanged);
    analysis::Values values(parameters());
    values.set(parameters(), text("k"), qint64(4));
    values.set(parameters(), text("block"), text("8"));
    it.form->setValues(values);
    QVERIFY(it.form->values() == values);
    QCOMPARE(it.field<NumberEdit>(1)->text(), text("4"));
    QCOMPARE(it.field<QComboBox>(0)->currentText(), text("8"));
    QCOMPARE(changed.count(), 0);
}

void FormTest::setErrorStaysUntilEdited()
{
    const Fixture it;
    it.form->setError(text("k"), text("K: 5 is outside 0..4 at word length 4"));
    QVERIFY(!it.form->isValid());
    QCOMPARE(it.sentence(1), text("K: 5 is outside 0..4 at word length 4"));
    type(it.field<NumberEdit>(1), "2");
    QVERIFY(it.form->isValid());
}

void FormTest::disabledRowSaysWhy()
{
    const Fixture it;
    it.form->setRowEnabled(text("k"), false, text("only for lossy codecs"));
    QVERIFY(!it.field<NumberEdit>(1)->isEnabled());
    QCOMPARE(it.field<NumberEdit>(1)->toolTip(), text("only for lossy codecs"));
    it.form->setRowEnabled(text("k"), true);
    QVERIFY(it.field<NumberEdit>(1)->toolTip().startsWith(text("Bits cut off.")));
}

void FormTest::tabOrder()
{
    const Fixture it;
    QVERIFY(it.shown);
    it.field<QComboBox>(0)->setFocus(Qt::TabFocusReason);
    QList<QWidget*> visited;
    for (int i = 0; i < 4; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        visited.append(QApplication::focusWidget());
    }
    QCOMPARE(visited,
             (QList<QWidget*> { it.field<NumberEdit>(1), it.field<NumberEdit>(2), it.field<ChoicesButton>(3),
                                it.field<QCheckBox>(4) }));
}

void FormTest::wheelNeedsFocus()
{
    const Fixture it;
    auto* spin = it.field<NumberEdit>(1);
    const auto wheel = [&](QWidget* target) {
        QWheelEvent event(QPointF(5, 5), target->mapToGlobal(QPointF(5, 5)), {}, QPoint(0, 120), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(target, &event);
    };
    it.field<QLineEdit>(6)->setFocus();
    wheel(spin);
    wheel(it.field<QComboBox>(0));
    QVERIFY(it.form->values() == analysis::Values(parameters()));
    spin->setFocus();
    wheel(spin);
    QCOMPARE(it.form->values().integer(text("k")), 1);
}

void FormTest::everyFieldHasAName()
{
    const Fixture it;
    QCOMPARE(it.field<NumberEdit>(1)->accessibleName(), text("K (lossy)"));
    QCOMPARE(it.field<QComboBox>(0)->accessibleName(), text("Block size S"));
    QCOMPARE(it.field<ChoicesButton>(3)->accessibleName(), text("Codecs"));
    for (const auto* button : it.form->findChildren<QAbstractButton*>())
        QVERIFY(!button->accessibleName().isEmpty());
}

void FormTest::steps_data()
{
    QTest::addColumn<double>("minimum");
    QTest::addColumn<double>("maximum");
    QTest::addColumn<QString>("before");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("after");
    const double infinite = std::numeric_limits<double>::infinity();
    QTest::newRow("stays on the grid") << 0.0 << 1.0 << text("0.1") << 2 << text("0.12");
    QTest::newRow("to the limit") << 0.0 << 1.0 << text("0.995") << 1 << text("1");
    QTest::newRow("by the value's size") << 0.0 << infinite << text("250") << 1 << text("300");
    QTest::newRow("small values") << 0.0 << infinite << text("0.003") << -1 << text("0.002");
    QTest::newRow("from nonsense") << 2.0 << 9.0 << text("x") << 1 << text("2.1");
    QTest::newRow("from outside") << 0.0 << 10.0 << text("40") << -1 << text("10");
}

void FormTest::steps()
{
    QFETCH(double, minimum);
    QFETCH(double, maximum);
    QFETCH(QString, before);
    QFETCH(int, count);
    QFETCH(QString, after);
    NumberEdit edit(minimum, maximum, false);
    edit.setPlainText(before);
    edit.stepBy(count);
    QCOMPARE(edit.text(), after);
}

QTEST_MAIN(FormTest)
#include "form_test.moc"
