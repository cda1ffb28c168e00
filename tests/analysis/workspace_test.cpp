#include "analysis/workspace.h"
#include "engine/base/error.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace analysis;

namespace {

void put(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Workspace sample(const QString& folder)
{
    Workspace workspace;
    DatasetEntry net;
    net.path = folder + QStringLiteral("/nets/\u8868 \u00fc.onnx");
    net.sha256 = QString(64, u'a');
    workspace.datasets = { net, { .path = QStringLiteral("/elsewhere/a.npz"), .sha256 = {} } };
    workspace.analyses = { { .id = QStringLiteral("codec"),
                             .title = QStringLiteral("ZVC, blocks of 16"),
                             .inputs = { net.path },
                             .parameters = { { QStringLiteral("block"), 16 } } } };
    workspace.layout = { { QStringLiteral("page"), QStringLiteral("codec") } };
    workspace.notes = QStringLiteral("two\nlines");
    return workspace;
}

QString sentenceOf(const QByteArray& json)
{
    try {
        Workspace::fromJson(json, QStringLiteral("/w/a.tessera"));
    } catch (const engine::FormatError& error) {
        return QString::fromUtf8(error.what());
    }
    return QStringLiteral("(no error)");
}

QByteArray withDataset(const QByteArray& members)
{
    return R"({"schema":"tessera-workspace/1","datasets":[{"path":"a"},{)" + members + "}]}";
}

class WorkspaceTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void roundTrip()
    {
        const QTemporaryDir folder;
        Workspace workspace = sample(folder.path());
        const QString path = folder.filePath(QStringLiteral("\u00dcbung.tessera"));
        workspace.save(path);
        QCOMPARE(workspace.path, path);
        const Workspace back = Workspace::load(path);
        QCOMPARE(back.path, path);
        QCOMPARE(back.datasets.size(), std::size_t { 2 });
        QCOMPARE(back.datasets[0].path, workspace.datasets[0].path);
        QCOMPARE(back.datasets[1].path, QStringLiteral("/elsewhere/a.npz"));
        QCOMPARE(back.analyses[0].inputs, workspace.analyses[0].inputs);
        QCOMPARE(back.analyses[0].parameters, workspace.analyses[0].parameters);
        QCOMPARE(back.layout, workspace.layout);
        QCOMPARE(back.notes, workspace.notes);
        QCOMPARE(back.toJson(folder.path()), workspace.toJson(folder.path()));
    }

    void pathsAreRelativeAndMoveAlong()
    {
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("a/b")));
        Workspace workspace = sample(folder.path());
        workspace.save(folder.filePath(QStringLiteral("a/b/w.tessera")));
        const QByteArray json = contents(folder.filePath(QStringLiteral("a/b/w.tessera")));
        QVERIFY(json.contains("\"../../nets/\u8868 \u00fc.onnx\""));
        QVERIFY(json.contains("../elsewhere/a.npz\""));
        QVERIFY(!json.contains("\"/"));
        QVERIFY(!json.contains(folder.path().toUtf8()));
        QVERIFY(QDir().rename(folder.filePath(QStringLiteral("a")), folder.filePath(QStringLiteral("c"))));
        const Workspace back = Workspace::load(folder.filePath(QStringLiteral("c/b/w.tessera")));
        QCOMPARE(back.datasets[0].path, workspace.datasets[0].path);
    }

    void filesInAnotherTreeAreRelativeToo()
    {
        Workspace workspace;
        const QString path = QStringLiteral("/data/nets/a.onnx");
        workspace.datasets = { { .path = path } };
        workspace.analyses = { { .id = QStringLiteral("codec"), .inputs = { path } } };
        const QJsonObject json = workspace.toJson(QStringLiteral("/home/ann/work"));
        const QString relative = QStringLiteral("../../../data/nets/a.onnx");
        QCOMPARE(json[QStringLiteral("datasets")][0][QStringLiteral("path")].toString(), relative);
        QCOMPARE(json[QStringLiteral("analyses")][0][QStringLiteral("inputs")][0].toString(), relative);
        const Workspace back =
            Workspace::fromJson(QJsonDocument(json).toJson(), QStringLiteral("/home/ann/work/w.tessera"));
        QCOMPARE(back.datasets[0].path, path);
        QCOMPARE(back.analyses[0].inputs, QStringList(path));
    }

    void absolutePathsOfEarlierFilesOpen()
    {
        const Workspace workspace = Workspace::fromJson(withDataset(R"("path":"/data/a.npy")"),
                                                        QStringLiteral("/home/ann/w.tessera"));
        QCOMPARE(workspace.datasets[1].path, QStringLiteral("/data/a.npy"));
    }

    /// Recipe and images of a data set are parameters of a capture now.
    void membersOfEarlierFilesOpenAndGo()
    {
        const Workspace workspace = Workspace::fromJson(
            withDataset(R"("path":"b","recipe":{"crop":-1,"mean":"?"},"images":7,"colour":"red")"),
            QStringLiteral("/w/a.tessera"));
        const QJsonValue entry =
            workspace.toJson(QStringLiteral("/w"))[QStringLiteral("datasets")].toArray()[1];
        QCOMPARE(entry.toObject().keys(),
                 QStringList({ QStringLiteral("colour"), QStringLiteral("path"), QStringLiteral("sha256") }));
    }

    void unknownMembersAreKept()
    {
        const QByteArray json = R"({"schema":"tessera-workspace/1","boards":[1,{"a":null}],"notes":"n",
            "datasets":[{"path":"a.npy","colour":"red"}],"analyses":[{"id":"codec","seen":true}]})";
        Workspace workspace = Workspace::fromJson(json, QStringLiteral("/w/a.tessera"));
        workspace.notes = QStringLiteral("changed");
        const QJsonObject again = workspace.toJson(QStringLiteral("/w"));
        QCOMPARE(again[QStringLiteral("boards")], QJsonDocument::fromJson(json)[QStringLiteral("boards")]);
        QCOMPARE(again[QStringLiteral("datasets")][0][QStringLiteral("colour")].toString(),
                 QStringLiteral("red"));
        QCOMPARE(again[QStringLiteral("datasets")][0][QStringLiteral("path")].toString(),
                 QStringLiteral("a.npy"));
        QCOMPARE(again[QStringLiteral("analyses")][0][QStringLiteral("seen")].toBool(), true);
        QCOMPARE(again[QStringLiteral("notes")].toString(), QStringLiteral("changed"));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("sentence");

        const auto row = [](const char* name, const QByteArray& json, const char* sentence) {
            QTest::newRow(name) << json << QStringLiteral("/w/a.tessera: ") + QString::fromUtf8(sentence);
        };
        row("newer", R"({"schema":"tessera-workspace/2"})",
            "schema: version 2 is newer than 1, the newest this program reads");
        row("no schema", "{}", "schema: \"\" is not that of a Tessera workspace");
        row("other schema", R"({"schema":"actdump/1"})",
            "schema: \"actdump/1\" is not that of a Tessera workspace");
        row("no version", R"({"schema":"tessera-workspace/x"})",
            "schema: \"tessera-workspace/x\" has no version");
        row("list", "[]", "is not a JSON object");
        row("data sets", R"({"schema":"tessera-workspace/1","datasets":{}})", "datasets: a list is wanted");
        row("data set", R"({"schema":"tessera-workspace/1","datasets":[1]})",
            "datasets[0]: an object is wanted");
        row("path", withDataset(R"("path":1)"), "datasets[1].path: a text is wanted");
        row("no path", withDataset(""), "datasets[1].path: a text is wanted");
        row("empty path", withDataset(R"("path":"")"), "datasets[1].path: is empty");
        row("inputs", R"({"schema":"tessera-workspace/1","analyses":[{"id":"a","inputs":[1]}]})",
            "analyses[0].inputs: a list of texts is wanted");
    }

    void refuses()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, sentence);
        QCOMPARE(sentenceOf(json), sentence);
    }

    void brokenJsonIsAFormatError()
    {
        const QByteArray whole =
            QJsonDocument(sample(QStringLiteral("/w")).toJson(QStringLiteral("/w"))).toJson();
        for (qsizetype i = 0; i < 64; ++i) {
            const QString sentence = sentenceOf(whole.left((whole.size() - 2) * i / 64));
            QVERIFY2(sentence.startsWith(QStringLiteral("/w/a.tessera: is not JSON, at byte ")),
                     qPrintable(sentence));
        }
        QVERIFY(sentenceOf(QByteArray(100000, '[')).contains(QStringLiteral("is not JSON")));
        QVERIFY(sentenceOf(QByteArray(1000, '\0')).contains(QStringLiteral("is not JSON")));
    }

    void hugeFileIsRefused()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("huge.tessera"));
        put(path, "{");
        QVERIFY(QFile::resize(path, 1LL << 32));
        QVERIFY_THROWS_EXCEPTION(engine::FormatError, Workspace::load(path));
    }

    void missingFileIsAnIoError()
    {
        QVERIFY_THROWS_EXCEPTION(engine::IoError, Workspace::load(QStringLiteral("/no/such.tessera")));
    }

    void saveIsAtomic()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("w.tessera"));
        Workspace workspace = sample(folder.path());
        workspace.save(path);
        const QByteArray before = contents(path);
        workspace.notes = QStringLiteral("new");
        if (::geteuid() == 0)
            QSKIP("root writes into read-only folders");
        QFile(folder.path()).setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        QVERIFY_THROWS_EXCEPTION(engine::IoError, workspace.save(path));
        QFile(folder.path()).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QCOMPARE(contents(path), before);
    }

    void saveReplacesWithoutLeftovers()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("w.tessera"));
        Workspace workspace = sample(folder.path());
        workspace.save(path);
        workspace.notes = QStringLiteral("new");
        workspace.save(path);
        QCOMPARE(Workspace::load(path).notes, QStringLiteral("new"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden),
                 QStringList(QStringLiteral("w.tessera")));
        const QString nowhere = folder.filePath(QStringLiteral("none/w.tessera"));
        QVERIFY_THROWS_EXCEPTION(engine::IoError, workspace.save(nowhere));
        QCOMPARE(workspace.path, path);
    }

    void fileStates()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.npy"));
        put(path, "one");
        const DigestFunction digest = [](const QString& file, const engine::Control&) {
            return QString::fromUtf8(contents(file));
        };
        DatasetEntry entry { .path = path, .sha256 = QStringLiteral("one") };
        QVERIFY(fileState(entry, digest, {}) == FileState::Unchanged);
        entry.sha256 = QStringLiteral("two");
        QVERIFY(fileState(entry, digest, {}) == FileState::Changed);
        entry.sha256.clear();
        QVERIFY(fileState(entry, digest, {}) == FileState::Unchanged);
        const DigestFunction unreadable = [](const QString&, const engine::Control&) -> QString {
            throw engine::IoError("no");
        };
        entry.sha256 = QStringLiteral("one");
        QVERIFY(fileState(entry, unreadable, {}) == FileState::Missing);
        const DigestFunction stopped = [](const QString&, const engine::Control&) { return QString(); };
        QVERIFY(fileState(entry, stopped, {}) == FileState::Unchanged);
        entry.path += QStringLiteral(".gone");
        QVERIFY(fileState(entry, digest, {}) == FileState::Missing);
    }
};

} // namespace

QTEST_GUILESS_MAIN(WorkspaceTest)
#include "workspace_test.moc"
