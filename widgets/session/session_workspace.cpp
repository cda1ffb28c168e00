#include "analysis/path.h"
#include "engine/base/error.h"
#include "widgets/session/first_values.h"
#include "widgets/session/session.h"

#include <QFileInfo>

#include <algorithm>

namespace widgets {

namespace {

using analysis::Job;
using analysis::Level;
using analysis::Workspace;

/// Member of an analysis that works on what a capture of its input made.
constexpr QLatin1String derivedMember("derived");

/// Member of an analysis whose report was costed with other currents.
constexpr QLatin1String suppliesMember("supplies");

/// A workspace's analyses run by themselves when their data is small enough for it to be quick.
constexpr quint64 quickBytes = 64U << 20;

enum class Direction { ToDisk, ToMemory };

/// Files that parameters name are relative to the workspace on disk, absolute in memory.
QJsonObject withPaths(const analysis::Analysis& row, QJsonObject parameters, const QString& workspace,
                      Direction direction)
{
    using Type = analysis::ParameterType;
    const QString folder = QFileInfo(workspace).absolutePath();
    for (const analysis::Parameter& parameter : row.parameters) {
        const bool isFile = parameter.type == Type::Input || parameter.type == Type::Output;
        const QString path = parameters.value(parameter.id).toString();
        const bool isName = std::ranges::any_of(parameter.choices,
                                                [&](const analysis::Choice& one) { return one.id == path; });
        if (!isFile || isName || path.isEmpty())
            continue;
        parameters[parameter.id] = direction == Direction::ToDisk ? analysis::onDisk(path, folder)
                                                                  : analysis::inMemory(path, folder);
    }
    return parameters;
}

QJsonObject toJson(const analysis::ChangedSupplies& supplies)
{
    QJsonObject object;
    for (const auto& [key, value] : supplies)
        object[key] = value;
    return object;
}

analysis::ChangedSupplies suppliesFrom(const QJsonObject& object)
{
    analysis::ChangedSupplies supplies;
    for (auto one = object.begin(); one != object.end(); ++one)
        if (one->isDouble())
            supplies[one.key()] = one->toDouble();
    return supplies;
}

} // namespace

void Session::clear()
{
    m_jobs.cancelAll();
    m_running.clear();
    m_runWhenOpened.clear();
    for (const DatasetItem& one : m_datasets)
        if (one.dataset)
            m_selection.forget(one.dataset);
    m_selection.select({});
    m_analyses.clear();
    m_datasets.clear();
    m_workspacePath.clear();
    m_notes.clear();
    m_others = {};
    setModified(false);
    emit datasetsChanged();
    emit analysesChanged();
}

void Session::openWorkspace(const QString& path)
{
    Job* job = m_jobs.start(
        tr("Opening %1").arg(QFileInfo(path).fileName()),
        [path](const engine::Control&) { return std::any(Workspace::load(path)); },
        QStringLiteral("workspace"));
    connect(job, &Job::finished, this, [this, job] { applyWorkspace(job->result<Workspace>()); });
    connect(job, &Job::failed, this,
            [this](const QString& sentence) { emit message(Level::Problem, sentence); });
}

void Session::applyWorkspace(const Workspace& workspace)
{
    clear();
    m_workspacePath = workspace.path;
    m_notes = workspace.notes;
    m_others = workspace.others;
    std::map<QString, int> byPath;
    for (const analysis::DatasetEntry& entry : workspace.datasets)
        byPath[entry.path] = addDataset(entry.path, entry.sha256);
    for (const analysis::AnalysisEntry& entry : workspace.analyses) {
        try {
            const analysis::Analysis& row = analysis::findAnalysis(entry.id);
            AnalysisItem added { .id = m_nextId++, .row = &row };
            added.values = analysis::Values::fromJson(
                row.parameters, withPaths(row, entry.parameters, workspace.path, Direction::ToMemory));
            added.values = followPreset(row, analysis::Values(row.parameters), added.values);
            const auto subject = byPath.find(entry.inputs.value(0));
            const bool isFree = entry.inputs.isEmpty() && !row.needsInput;
            if (subject == byPath.end() && !isFree)
                throw engine::FormatError(entry.id.toStdString() + ": its data set is not in the workspace");
            const bool waits = entry.others[derivedMember].toBool();
            (waits ? added.derivedOf : added.subject) = isFree ? noSubject : subject->second;
            added.remembered = suppliesFrom(entry.others[suppliesMember].toObject());
            m_runWhenOpened.insert(added.id);
            m_analyses.push_back(std::move(added));
        } catch (const engine::Error& error) {
            emit message(
                Level::Warning,
                tr("An analysis of the workspace is left out: %1").arg(QString::fromUtf8(error.what())));
        }
    }
    setModified(false);
    emit analysesChanged();
    emit workspaceOpened(workspace.layout);
    for (const auto& [datasetPath, id] : byPath)
        load(id);
}

void Session::runPending(int subject)
{
    std::vector<int> ready;
    for (const AnalysisItem& one : m_analyses)
        if (one.subject == subject && m_runWhenOpened.contains(one.id))
            ready.push_back(one.id);
    const DatasetItem* opened = dataset(subject);
    for (const int id : ready) {
        m_runWhenOpened.erase(id);
        if (opened->dataset->fileBytes <= quickBytes)
            run(id);
    }
}

Workspace Session::toWorkspace(const QString& path) const
{
    Workspace workspace;
    workspace.path = path;
    workspace.notes = m_notes;
    workspace.others = m_others;
    for (const DatasetItem& one : m_datasets) {
        if (one.parent != 0)
            continue;
        analysis::DatasetEntry entry;
        entry.path = one.path;
        entry.sha256 = one.dataset ? one.dataset->sha256 : one.knownSha256;
        workspace.datasets.push_back(std::move(entry));
    }
    for (const AnalysisItem& one : m_analyses) {
        const DatasetItem* subject = dataset(one.subject != 0 ? one.subject : one.derivedOf);
        if (subject == nullptr && one.subject != noSubject)
            continue;
        analysis::AnalysisEntry entry { .id = one.row->id, .title = one.row->title, .inputs = {} };
        if (subject != nullptr) {
            entry.inputs << (subject->parent != 0 ? dataset(subject->parent) : subject)->path;
            if (subject->parent != 0 || one.subject == 0)
                entry.others[derivedMember] = true;
        }
        if (const analysis::ChangedSupplies& changed = one.supplies.empty() ? one.remembered : one.supplies;
            !changed.empty())
            entry.others[suppliesMember] = toJson(changed);
        entry.parameters = withPaths(*one.row, one.values.toJson(), path, Direction::ToDisk);
        workspace.analyses.push_back(std::move(entry));
    }
    return workspace;
}

void Session::saveWorkspace(const QString& path, const QJsonObject& layout)
{
    Workspace workspace = toWorkspace(path);
    workspace.layout = layout;
    workspace.save(path);
    m_workspacePath = path;
    setModified(false);
}

} // namespace widgets
