#include "tests/widgets/widget_test.h"
#include "widgets/parts/elided_label.h"
#include "widgets/parts/link_button.h"
#include "widgets/parts/message_bar.h"
#include "widgets/parts/message_row.h"
#include "widgets/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

using namespace widgets;
using analysis::Level;

class MessageBarTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void hiddenWhenThereIsNothing();
    void twoAtMostThenMore();
    void theSameComesToTheTop();
    void closeRemovesOne();
    void detailsAndCopy();
    void pushesContentDown();
    void coloursFollowTheTheme();
};

namespace {

Message problem(const QString& sentence)
{
    return { Level::Problem, sentence, QStringLiteral("at byte 0") };
}

QString sentence(int number)
{
    return QStringLiteral("sentence %1").arg(number);
}

struct Fixture {
    Fixture()
    {
        auto* column = new QVBoxLayout(&window);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        bar = new MessageBar;
        content = new QWidget;
        column->addWidget(bar);
        column->addWidget(content, 1);
        window.resize(600, 300);
        shown = showActive(window);
    }

    QList<MessageRow*> rows() const
    {
        // What a layout takes in is shown from the event loop.
        QCoreApplication::processEvents();
        QList<MessageRow*> visible;
        for (auto* row : bar->findChildren<MessageRow*>()) {
            if (!row->isHidden())
                visible.append(row);
        }
        return visible;
    }

    LinkButton* link(const QString& text) const
    {
        QCoreApplication::processEvents();
        for (auto* button : bar->findChildren<LinkButton*>()) {
            if (button->text() == text && button->isVisible())
                return button;
        }
        return nullptr;
    }

    QWidget window;
    MessageBar* bar = nullptr;
    QWidget* content = nullptr;
    bool shown = false;
};

} // namespace

void MessageBarTest::init()
{
    failOnWarnings();
    ThemeManager::instance().apply(ThemeChoice::Light);
}

void MessageBarTest::hiddenWhenThereIsNothing()
{
    const Fixture it;
    QVERIFY(it.shown);
    QVERIFY(it.bar->isHidden());
    it.bar->post(problem(sentence(1)));
    QVERIFY(it.bar->isVisible());
    it.bar->clear();
    QVERIFY(it.bar->isHidden());
}

void MessageBarTest::twoAtMostThenMore()
{
    const Fixture it;
    for (int i = 1; i <= 5; ++i)
        it.bar->post(problem(sentence(i)));
    QCOMPARE(it.rows().size(), 2);
    QCOMPARE(it.rows()[0]->accessibleName(), QStringLiteral("Error: sentence 5"));
    LinkButton* more = it.link(QStringLiteral("3 more"));
    QVERIFY(more != nullptr);
    QTest::mouseClick(more, Qt::LeftButton);
    QCOMPARE(it.rows().size(), 5);
    QVERIFY(it.link(QStringLiteral("Show less")) != nullptr);
}

void MessageBarTest::theSameComesToTheTop()
{
    const Fixture it;
    it.bar->post(problem(sentence(1)));
    it.bar->post(problem(sentence(2)));
    it.bar->post(problem(sentence(1)));
    QCOMPARE(it.bar->messages().size(), 2);
    QCOMPARE(it.bar->messages().first().sentence, sentence(1));
}

void MessageBarTest::closeRemovesOne()
{
    const Fixture it;
    it.bar->post(problem(sentence(1)));
    it.bar->post(problem(sentence(2)));
    auto* close = it.rows()[0]->findChild<QToolButton*>();
    QCOMPARE(close->accessibleName(), QStringLiteral("Close this message"));
    QTest::mouseClick(close, Qt::LeftButton);
    QCOMPARE(it.bar->messages().size(), 1);
    QCOMPARE(it.bar->messages().first().sentence, sentence(1));
    close = it.rows()[0]->findChild<QToolButton*>();
    close->setFocus(Qt::TabFocusReason);
    QTest::keyClick(close, Qt::Key_Space);
    QVERIFY(it.bar->isHidden());
}

void MessageBarTest::detailsAndCopy()
{
    const Fixture it;
    it.bar->post({ Level::Warning, sentence(1), {} });
    QVERIFY(it.link(QStringLiteral("Details")) == nullptr);
    it.bar->clear();
    it.bar->post(problem(sentence(1)));
    auto details = [&] { return it.rows()[0]->findChildren<QLabel*>().last(); };
    QVERIFY(details()->isHidden());
    QTest::mouseClick(it.link(QStringLiteral("Details")), Qt::LeftButton);
    QVERIFY(details()->isVisible());
    QCOMPARE(details()->text(), QStringLiteral("at byte 0"));
    QTest::mouseClick(it.link(QStringLiteral("Copy")), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("sentence 1\nat byte 0"));
}

void MessageBarTest::pushesContentDown()
{
    const Fixture it;
    QCOMPARE(it.content->y(), 0);
    it.bar->post(problem(sentence(1)));
    QCoreApplication::processEvents();
    QCOMPARE(it.content->y(), 28);
}

void MessageBarTest::coloursFollowTheTheme()
{
    const Fixture it;
    it.bar->post(problem(sentence(1)));
    const auto* text = it.rows()[0]->findChild<ElidedLabel*>();
    for (const ThemeChoice choice : { ThemeChoice::Dark, ThemeChoice::Light }) {
        ThemeManager::instance().apply(choice);
        QCOMPARE(text->palette().color(QPalette::Active, QPalette::WindowText), Theme::current().err);
        QCOMPARE(it.bar->grab().toImage().pixelColor(4, 4), Theme::current().errGround);
    }
}

QTEST_MAIN(MessageBarTest)
#include "message_bar_test.moc"
