#include "analysis/catalogue.h"
#include "tests/widgets/widget_test.h"
#include "widgets/form/file_edit.h"
#include "widgets/form/parameter_editor.h"
#include "widgets/form/parameter_form.h"
#include "widgets/form/parameter_row.h"
#include "widgets/form/path_line.h"
#include "widgets/parts/elided_label.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

using namespace widgets;

/// Forms in a narrow inspector: nothing is cut, nothing overlaps.
class FormWidthTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void everyFormReadsWell_data();
    void everyFormReadsWell();
    void labelsStandBesideFieldsWhereThereIsRoom();
    void longPathsAreElidedInTheMiddle();
};

namespace {

struct Fixture {
    Fixture(const std::vector<analysis::Parameter>& parameters, int width)
    {
        auto* column = new QVBoxLayout(&window);
        column->setContentsMargins(0, 0, 0, 0);
        form = new ParameterForm;
        form->setParameters(parameters);
        column->addWidget(form);
        column->addStretch(1);
        window.resize(width, 800);
        shown = showActive(window);
        QCoreApplication::processEvents();
    }

    QWidget window;
    ParameterForm* form = nullptr;
    bool shown = false;
};

QRect placeIn(const QWidget* row, const QWidget* part)
{
    return { part->mapTo(row, QPoint()), part->size() };
}

QString className(const QWidget* widget)
{
    return QString::fromLatin1(widget->metaObject()->className());
}

QList<const QWidget*> partsOf(const ParameterRow* row)
{
    QList<const QWidget*> parts { row->findChild<ElidedLabel*>(), row->editor() };
    for (const QWidget* part : row->findChildren<QWidget*>()) {
        const bool single = qobject_cast<const QLabel*>(part) || qobject_cast<const QToolButton*>(part);
        if (single && !row->editor()->isAncestorOf(part) && part->isVisible())
            parts << part;
    }
    return parts;
}

QString overlap(const ParameterRow* row)
{
    const QList<const QWidget*> parts = partsOf(row);
    for (const QWidget* one : parts) {
        if (!row->rect().contains(placeIn(row, one)))
            return className(one) + QStringLiteral(" leaves its row");
        for (const QWidget* other : parts)
            if (one != other && placeIn(row, one).intersects(placeIn(row, other)))
                return className(one) + QStringLiteral(" over ") + className(other);
    }
    return {};
}

} // namespace

void FormWidthTest::init()
{
    failOnWarnings();
    ThemeManager::instance().apply(ThemeChoice::Light);
}

void FormWidthTest::everyFormReadsWell_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("width");
    for (const analysis::Analysis& row : analysis::catalogue())
        for (const int width : { 262, 276, 300, 420 })
            QTest::addRow("%s at %d px", qPrintable(row.id), width) << row.id << width;
}

void FormWidthTest::everyFormReadsWell()
{
    QFETCH(const QString, id);
    QFETCH(const int, width);
    const Fixture it(analysis::findAnalysis(id).parameters, width);
    QVERIFY(it.shown);
    for (const ParameterRow* row : it.form->findChildren<ParameterRow*>()) {
        const QString title = row->parameter().title;
        const auto* label = row->findChild<ElidedLabel*>();
        QVERIFY2(label->width() >= QFontMetrics(uiFont(13, true)).horizontalAdvance(title),
                 qPrintable(title));
        QVERIFY2(row->editor()->width() >= row->editor()->comfortableWidth() || row->isStacked(),
                 qPrintable(title));
        QVERIFY2(overlap(row).isEmpty(), qPrintable(title + QStringLiteral(": ") + overlap(row)));
    }
}

void FormWidthTest::labelsStandBesideFieldsWhereThereIsRoom()
{
    using analysis::ParameterType;
    const analysis::Parameter path { .id = QStringLiteral("file"),
                                     .title = QStringLiteral("File"),
                                     .type = ParameterType::Input,
                                     .fallback = QString() };
    const analysis::Parameter number { .id = QStringLiteral("k"),
                                       .title = QStringLiteral("K"),
                                       .fallback = qint64(0) };
    Fixture it({ path, number }, 276);
    const auto rows = it.form->findChildren<ParameterRow*>();
    QVERIFY(rows[0]->isStacked());
    QVERIFY(!rows[1]->isStacked());
    it.window.resize(480, 800);
    QTRY_VERIFY(!rows[0]->isStacked());
    it.window.resize(276, 800);
    QTRY_VERIFY(rows[0]->isStacked());
}

void FormWidthTest::longPathsAreElidedInTheMiddle()
{
    FileEdit edit(FileRole::Read);
    edit.resize(220, 30);
    QVERIFY(showActive(edit));
    const QString path =
        QStringLiteral("/a/folder/with/a/rather/long/name/and/more/digits-images.idx3-ubyte");
    edit.setPath(path);
    auto* line = edit.findChild<PathLine*>();
    line->clearFocus();
    QVERIFY2(line->shownText().startsWith(QStringLiteral("/a/")), qPrintable(line->shownText()));
    QVERIFY2(line->shownText().endsWith(QStringLiteral("ubyte")), qPrintable(line->shownText()));
    QVERIFY(line->shownText().contains(QChar(0x2026)));
    QCOMPARE(edit.path(), path);
    line->setFocus();
    QCOMPARE(line->shownText(), path);
}

QTEST_MAIN(FormWidthTest)
#include "form_width_test.moc"
