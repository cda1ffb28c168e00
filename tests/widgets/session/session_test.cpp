#include "widgets/session/session.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using widgets::AnalysisState;
using widgets::DatasetState;
using widgets::Session;

namespace {

/// A .npy of float32 zeros and ones, shape (2, 1, 4, 4).
QByteArray sampleArray()
{
    QByteArray header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1, 4, 4), }";
    header = header.leftJustified(117, ' ') + '\n';
    QByteArray file = "\x93NUMPY\x01";
    file += '\0';
    file += static_cast<char>(header.size());
    file += '\0';
    file += header;
    for (int i = 0; i < 32; ++i) {
        const float value = i % 4 == 0 ? 1.5F : 0.0F;
        file.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    return file;
}

} // namespace

class SessionTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
        m_array = m_folder->filePath(QStringLiteral("m\u00e4p.npy"));
        write(m_array, sampleArray());
    }

    void opensInTheBackground()
    {
        Session session;
        QSignalSpy opened(&session, &Session::datasetOpened);
        session.open(m_array);
        QCOMPARE(session.datasets().front().state, DatasetState::Loading);
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(session.datasets().front().state, DatasetState::Ready);
        session.open(m_array);
        QCOMPARE(session.datasets().size(), std::size_t { 1 });
        QCOMPARE(opened.size(), 2);
    }

    void whatCannotBeOpenedIsSaid()
    {
        Session session;
        QSignalSpy said(&session, &Session::message);
        session.open(m_folder->filePath(QStringLiteral("no.npy")));
        QCOMPARE(session.datasets().front().state, DatasetState::Missing);
        const QString broken = m_folder->filePath(QStringLiteral("broken.npy"));
        write(broken, sampleArray().left(100));
        session.open(broken);
        QTRY_COMPARE(session.datasets().back().state, DatasetState::Failed);
        QVERIFY(session.datasets().back().problem.contains(QStringLiteral("broken.npy")));
        QCOMPARE(said.size(), 2);
    }

    void analysesRunAndGoStale()
    {
        Session session;
        const int dataset = open(session);
        const analysis::Analysis& row = analysis::findAnalysis(QStringLiteral("sparsity"));
        const int id = session.analysisFor(row, dataset);
        QCOMPARE(session.analysisFor(row, dataset), id);
        session.run(id);
        QTRY_COMPARE(session.analysisItem(id)->state, AnalysisState::Done);
        QCOMPARE(session.analysisItem(id)->report->scalar(QStringLiteral("zero_fraction"))->value, 0.75);
        analysis::Values values = session.analysisItem(id)->values;
        values.set(row.parameters, QStringLiteral("bins"), qint64 { 7 });
        session.setValues(id, values);
        QCOMPARE(session.analysisItem(id)->state, AnalysisState::Stale);
        values.set(row.parameters, QStringLiteral("layers"), QStringLiteral("nothing"));
        session.setValues(id, values);
        session.run(id);
        QTRY_COMPARE(session.analysisItem(id)->state, AnalysisState::Failed);
        QVERIFY(session.analysisItem(id)->error.contains(QStringLiteral("names no layer")));
        QVERIFY(session.analysisItem(id)->report != nullptr);
    }

    void closingTakesTheAnalysesAlong()
    {
        Session session;
        const int dataset = open(session);
        const int id = session.analysisFor(analysis::findAnalysis(QStringLiteral("entropy")), dataset);
        session.selection().select({ .dataset = session.datasets().front().dataset, .tensor = 0 });
        session.run(id);
        session.closeDataset(dataset);
        QVERIFY(session.datasets().empty());
        QVERIFY(session.analyses().empty());
        QVERIFY(session.selection().current().dataset == nullptr);
        QTRY_COMPARE(session.jobs().activeCount(), 0);
    }

    void workspacesComeBack()
    {
        const QString path = m_folder->filePath(QStringLiteral("w.tessera"));
        {
            Session session;
            const int dataset = open(session);
            const int id = session.analysisFor(analysis::findAnalysis(QStringLiteral("codec")), dataset);
            analysis::Values values = session.analysisItem(id)->values;
            values.set(session.analysisItem(id)->row->parameters, QStringLiteral("block"),
                       QStringLiteral("4"));
            session.setValues(id, values);
            QVERIFY(session.isModified());
            session.saveWorkspace(path, { { QStringLiteral("page"), QStringLiteral("codec") } });
            QVERIFY(!session.isModified());
        }
        QVERIFY(!read(path).contains(m_folder->path().toUtf8()));
        Session session;
        QSignalSpy opened(&session, &Session::workspaceOpened);
        session.open(path);
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(opened.front().front().toJsonObject()[QStringLiteral("page")].toString(),
                 QStringLiteral("codec"));
        QTRY_COMPARE(session.datasets().front().state, DatasetState::Ready);
        QCOMPARE(session.analyses().front().values.text(QStringLiteral("block")), QStringLiteral("4"));
        QTRY_COMPARE(session.analyses().front().state, AnalysisState::Done);
    }

    /// One that makes its own data needs none open, and comes back from a workspace.
    void analysesWithoutAnInput()
    {
        const QString path = m_folder->filePath(QStringLiteral("free.tessera"));
        const analysis::Analysis& row = analysis::findAnalysis(QStringLiteral("trace"));
        QVERIFY(!row.needsInput);
        {
            Session session;
            const int id = session.analysisFor(row, widgets::noSubject);
            QVERIFY(!session.isEmpty());
            session.run(id);
            QTRY_COMPARE(session.analysisItem(id)->state, AnalysisState::Done);
            QVERIFY(!session.analysisItem(id)->report->scalars.empty());
            session.saveWorkspace(path, {});
        }
        Session session;
        QSignalSpy opened(&session, &Session::workspaceOpened);
        session.open(path);
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(session.analyses().size(), std::size_t { 1 });
        QCOMPARE(session.analyses().front().subject, widgets::noSubject);
    }

    /// Currents that were changed in the form come back with the workspace.
    void changedCurrentsComeBack()
    {
        const QString trace = m_folder->filePath(QStringLiteral("few.trc"));
        write(trace, "0x0 READ 0\n0x4000 WRITE 5\n0x8000 READ 9\n");
        const QString path = m_folder->filePath(QStringLiteral("currents.tessera"));
        double total = 0;
        {
            Session session;
            session.open(trace);
            QTRY_COMPARE(session.datasets().front().state, DatasetState::Ready);
            const int id = session.analysisFor(analysis::findAnalysis(QStringLiteral("dram")),
                                               session.datasets().front().id);
            session.run(id);
            QTRY_COMPARE(session.analysisItem(id)->state, AnalysisState::Done);
            const double before = session.analysisItem(id)->report->scalar(QStringLiteral("total"))->value;
            QCOMPARE(session.setSupplies(id, { { QStringLiteral("IDD3N"), 75 } }), QString());
            total = session.analysisItem(id)->report->scalar(QStringLiteral("total"))->value;
            QVERIFY(total != before);
            session.saveWorkspace(path, {});
        }
        Session session;
        session.open(path);
        QTRY_VERIFY(!session.analyses().empty());
        QTRY_COMPARE(session.analyses().front().state, AnalysisState::Done);
        QCOMPARE(session.analyses().front().report->scalar(QStringLiteral("total"))->value, total);
        QVERIFY(session.analyses().front().simulated != nullptr);
    }

    /// Files that parameters name are written as those of the data sets: relative, also from another tree.
    void filesInAnotherTreeAreRelative()
    {
        const QTemporaryDir other;
        const QString path = other.filePath(QStringLiteral("w.tessera"));
        const QString images = m_folder->filePath(QStringLiteral("images"));
        const QString out = m_folder->filePath(QStringLiteral("acts.h5"));
        {
            Session session;
            const int dataset = open(session);
            const int id = session.analysisFor(analysis::findAnalysis(QStringLiteral("capture")), dataset);
            analysis::Values values = session.analysisItem(id)->values;
            values.set(session.analysisItem(id)->row->parameters, QStringLiteral("images"), images);
            values.set(session.analysisItem(id)->row->parameters, QStringLiteral("out"), out);
            session.setValues(id, values);
            session.saveWorkspace(path, {});
        }
        QVERIFY2(!read(path).contains("\"/"), read(path).constData());
        Session session;
        session.open(path);
        QTRY_VERIFY(!session.analyses().empty());
        QCOMPARE(session.analyses().front().values.text(QStringLiteral("images")), images);
        QCOMPARE(session.analyses().front().values.text(QStringLiteral("out")), out);
        QTRY_COMPARE(session.jobs().activeCount(), 0);
    }

    void missingParametersTakeTheirDefaults()
    {
        const QString path = m_folder->filePath(QStringLiteral("hand.tessera"));
        write(
            path,
            "{\"schema\": \"tessera-workspace/1\", \"datasets\": [{\"path\": \"m\xc3\xa4p.npy\"}],"
            " \"analyses\": [{\"id\": \"sparsity\", \"inputs\": [\"m\xc3\xa4p.npy\"], \"parameters\": {}}]}");
        Session session;
        QSignalSpy said(&session, &Session::message);
        session.open(path);
        QTRY_VERIFY(!session.analyses().empty() && session.analyses().front().state == AnalysisState::Done);
        QCOMPARE(said.size(), 0);
    }

    void changedAndMissingFilesAreShown()
    {
        const QString path = m_folder->filePath(QStringLiteral("w.tessera"));
        {
            Session session;
            open(session);
            session.saveWorkspace(path, {});
        }
        QByteArray changed = sampleArray();
        changed[changed.size() - 1] = 0x40;
        write(m_array, changed);
        {
            Session session;
            session.open(path);
            QTRY_VERIFY(!session.datasets().empty());
            QTRY_COMPARE(session.datasets().front().state, DatasetState::Changed);
            QVERIFY(session.datasets().front().problem.contains(QStringLiteral("has changed")));
            QVERIFY(session.datasets().front().dataset != nullptr);
        }
        QVERIFY(QFile::remove(m_array));
        Session session;
        session.open(path);
        QTRY_VERIFY(!session.datasets().empty());
        QTRY_COMPARE(session.datasets().front().state, DatasetState::Missing);
    }

    void aBrokenWorkspaceLeavesWhatIsOpen()
    {
        Session session;
        open(session);
        const QString path = m_folder->filePath(QStringLiteral("bad.tessera"));
        write(path, "{\"schema\": \"tessera-workspace/99\"}");
        QSignalSpy said(&session, &Session::message);
        session.open(path);
        QTRY_COMPARE(said.size(), 1);
        QVERIFY(said.front().at(1).toString().contains(QStringLiteral("99")));
        QCOMPARE(session.datasets().size(), std::size_t { 1 });
    }

    void destroyingWhileBusyIsQuiet()
    {
        auto session = std::make_unique<Session>();
        const int dataset = open(*session);
        for (const analysis::Analysis& row : analysis::catalogue())
            if (row.input != analysis::InputKind::Network)
                session->run(session->analysisFor(row, dataset));
        session.reset();
    }

private:
    int open(Session& session)
    {
        session.open(m_array);
        const int id = session.datasets().back().id;
        [&] { QTRY_COMPARE(session.dataset(id)->state, DatasetState::Ready); }();
        return id;
    }

    static void write(const QString& path, const QByteArray& bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    static QByteArray read(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_array;
};

QTEST_MAIN(SessionTest)
#include "session_test.moc"
