#include "widgets/session/session.h"

#include "analysis/network/overview.h"
#include "engine/base/error.h"
#include "widgets/session/first_values.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace widgets {

using analysis::DatasetPtr;
using analysis::Job;
using analysis::Level;

Session::Session(QObject* parent)
    : QObject(parent)
    , m_jobs(this)
    , m_selection(this)
{
}

Session::~Session()
{
    m_jobs.disconnect(this);
    m_jobs.cancelAll();
}

DatasetItem* Session::item(int id)
{
    const auto found =
        std::find_if(m_datasets.begin(), m_datasets.end(), [id](const auto& one) { return one.id == id; });
    return found == m_datasets.end() ? nullptr : &*found;
}

const DatasetItem* Session::dataset(int id) const
{
    return const_cast<Session*>(this)->item(id);
}

AnalysisItem* Session::analysisPtr(int id)
{
    const auto found =
        std::find_if(m_analyses.begin(), m_analyses.end(), [id](const auto& one) { return one.id == id; });
    return found == m_analyses.end() ? nullptr : &*found;
}

const AnalysisItem* Session::analysisItem(int id) const
{
    return const_cast<Session*>(this)->analysisPtr(id);
}

const DatasetItem* Session::find(const DatasetPtr& wanted) const
{
    const auto found = std::find_if(m_datasets.begin(), m_datasets.end(), [&](const DatasetItem& one) {
        return one.dataset && one.dataset == wanted;
    });
    return found == m_datasets.end() ? nullptr : &*found;
}

void Session::open(const QString& path)
{
    if (path.endsWith(QStringLiteral(".tessera"))) {
        openWorkspace(path);
        return;
    }
    const QString absolute = QFileInfo(path).absoluteFilePath();
    for (const DatasetItem& one : m_datasets) {
        if (one.path != absolute || one.parent != 0)
            continue;
        if (one.dataset)
            emit datasetOpened(one.id);
        else
            load(one.id);
        return;
    }
    load(addDataset(absolute, {}));
    setModified(true);
}

int Session::addDataset(const QString& path, const QString& knownSha256, int parent)
{
    DatasetItem added {
        .id = m_nextId++, .parent = parent, .path = path, .title = QFileInfo(path).fileName()
    };
    added.knownSha256 = knownSha256;
    m_datasets.push_back(std::move(added));
    emit datasetsChanged();
    return m_datasets.back().id;
}

void Session::load(int id)
{
    DatasetItem* loading = item(id);
    const QString path = loading->path;
    loading->state = DatasetState::Loading;
    loading->problem.clear();
    if (!QFileInfo::exists(path)) {
        loading->state = DatasetState::Missing;
        loading->problem = loading->knownSha256.isEmpty()
            ? tr("%1: there is no such file or folder").arg(path)
            : tr("%1 is not there any more; put it back or close the data set").arg(path);
        emit message(Level::Problem, loading->problem);
        emit datasetsChanged();
        return;
    }
    Job* job = m_jobs.start(
        tr("Opening %1").arg(loading->title),
        [path](const engine::Control& control) { return std::any(analysis::openDataset(path, control)); },
        QStringLiteral("open:") + path);
    connect(job, &Job::finished, this, [this, id, job] { take(id, job->result<DatasetPtr>()); });
    connect(job, &Job::failed, this, [this, id](const QString& sentence) {
        if (DatasetItem* failed = item(id)) {
            failed->state = DatasetState::Failed;
            failed->problem = sentence;
            emit datasetsChanged();
        }
        emit message(Level::Problem, sentence);
    });
    connect(job, &Job::cancelled, this, [this, id] { closeDataset(id); });
    emit datasetsChanged();
}

void Session::take(int id, const DatasetPtr& dataset)
{
    DatasetItem* opened = item(id);
    if (opened == nullptr || !dataset)
        return;
    opened->dataset = dataset;
    opened->title = QString::fromStdString(dataset->content.title);
    opened->state = DatasetState::Ready;
    if (!opened->knownSha256.isEmpty() && opened->knownSha256 != dataset->sha256) {
        opened->state = DatasetState::Changed;
        opened->problem = tr("%1 has changed since the workspace was saved").arg(opened->path);
        emit message(Level::Warning, opened->problem);
    }
    for (const engine::Remark& remark : dataset->content.remarks) {
        const QString layer = QString::fromStdString(remark.layer);
        const QString text = QString::fromStdString(remark.text);
        emit message(static_cast<Level>(remark.severity),
                     opened->title + (layer.isEmpty() ? QString() : QStringLiteral(", ") + layer)
                         + QStringLiteral(": ") + text);
    }
    if (dataset->content.images && !opened->path.isEmpty())
        offerPictures(opened->path);
    emit datasetsChanged();
    emit datasetOpened(id);
    computeOverview(id);
    runPending(id);
}

void Session::offerPictures(const QString& path)
{
    const QString images = QStringLiteral("images");
    for (AnalysisItem& waiting : m_analyses) {
        const auto value = waiting.values.all().find(images);
        if (value == waiting.values.all().end() || value->second != analysis::Value(QString()))
            continue;
        waiting.values.set(waiting.row->parameters, images, path);
        emit analysisChanged(waiting.id);
    }
}

void Session::computeOverview(int id)
{
    const DatasetPtr dataset = item(id)->dataset;
    if (dataset->content.layers.empty())
        return;
    Job* job = m_jobs.start(
        tr("Overview of %1").arg(item(id)->title),
        [dataset](const engine::Control& control) {
            return std::any(
                std::make_shared<const analysis::Table>(analysis::overviewTable(dataset->content, control)));
        },
        QStringLiteral("overview:%1").arg(id));
    connect(job, &Job::finished, this, [this, id, job] {
        if (DatasetItem* done = item(id)) {
            done->overview = job->result<std::shared_ptr<const analysis::Table>>();
            emit datasetsChanged();
        }
    });
    connect(job, &Job::failed, this,
            [this](const QString& sentence) { emit message(Level::Warning, sentence); });
}

void Session::addDerived(int parent, const DatasetPtr& dataset)
{
    const auto old = std::find_if(m_datasets.begin(), m_datasets.end(),
                                  [parent](const DatasetItem& one) { return one.parent == parent; });
    int id = 0;
    if (old == m_datasets.end()) {
        id = addDataset({}, {}, parent);
    } else {
        id = old->id;
        m_selection.forget(old->dataset);
        old->overview.reset();
        for (AnalysisItem& one : m_analyses)
            if (one.subject == id && one.state == AnalysisState::Done)
                one.state = AnalysisState::Stale;
    }
    for (AnalysisItem& waiting : m_analyses)
        if (waiting.derivedOf == parent && waiting.subject == 0)
            waiting.subject = id;
    take(id, dataset);
    emit analysesChanged();
}

void Session::closeDataset(int id)
{
    std::vector<int> gone { id };
    for (const DatasetItem& one : m_datasets)
        if (one.parent == id)
            gone.push_back(one.id);
    std::vector<int> analyses;
    for (const AnalysisItem& one : m_analyses)
        if (std::find(gone.begin(), gone.end(), one.subject) != gone.end())
            analyses.push_back(one.id);
    for (const int analysis : analyses)
        removeAnalysis(analysis);
    for (const int dataset : gone) {
        if (const DatasetItem* one = item(dataset); one != nullptr && one->dataset)
            m_selection.forget(one->dataset);
        std::erase_if(m_datasets, [dataset](const DatasetItem& one) { return one.id == dataset; });
    }
    setModified(true);
    emit datasetsChanged();
}

void Session::reload(int id)
{
    if (item(id) != nullptr && item(id)->parent == 0)
        load(id);
}

int Session::analysisFor(const analysis::Analysis& row, int subject)
{
    for (const AnalysisItem& one : m_analyses)
        if (one.row == &row && one.subject == subject)
            return one.id;
    AnalysisItem added { .id = m_nextId++, .row = &row, .subject = subject };
    added.values = firstValues(row, *this, subject);
    m_analyses.push_back(std::move(added));
    setModified(true);
    emit analysesChanged();
    return m_analyses.back().id;
}

void Session::setValues(int id, const analysis::Values& values)
{
    AnalysisItem* changed = analysisPtr(id);
    if (changed == nullptr || changed->values == values)
        return;
    changed->values = values;
    if (changed->state == AnalysisState::Done)
        changed->state = AnalysisState::Stale;
    setModified(true);
    emit analysisChanged(id);
}

QString Session::setSupplies(int id, const analysis::ChangedSupplies& changed)
{
    AnalysisItem* item = analysisPtr(id);
    if (item == nullptr || !item->report || !item->report->dram)
        return {};
    const analysis::ReportPtr simulated = item->simulated ? item->simulated : item->report;
    try {
        item->report = changed.empty()
            ? simulated
            : std::make_shared<const analysis::Report>(analysis::recost(*simulated, changed));
    } catch (const engine::ParameterError& error) {
        return QString::fromUtf8(error.what());
    }
    item->simulated = changed.empty() ? nullptr : simulated;
    item->supplies = changed;
    emit analysisChanged(id);
    return {};
}

void Session::setReport(int id, const analysis::ReportPtr& variant)
{
    if (AnalysisItem* item = analysisPtr(id)) {
        item->report = variant;
        emit analysisChanged(id);
    }
}

/// Files that parameters name are answered from what is already open.
analysis::Inputs Session::inputsFor(const DatasetItem* subject) const
{
    analysis::Inputs inputs;
    if (subject != nullptr)
        inputs.datasets = { subject->dataset };
    std::map<QString, DatasetPtr> open;
    for (const DatasetItem& one : m_datasets)
        if (one.dataset && !one.path.isEmpty())
            open[one.path] = one.dataset;
    inputs.open = [open](const QString& path, const engine::Control& control) {
        const auto found = open.find(QFileInfo(path).absoluteFilePath());
        return found != open.end() ? found->second : analysis::openDataset(path, control);
    };
    return inputs;
}

void Session::run(int id)
{
    AnalysisItem* started = analysisPtr(id);
    const DatasetItem* subject = started != nullptr ? dataset(started->subject) : nullptr;
    const bool isFree = started != nullptr && started->subject == noSubject && !started->row->needsInput;
    if (!isFree && (subject == nullptr || !subject->dataset))
        return;
    started->state = AnalysisState::Running;
    started->error.clear();
    started->fraction = 0;
    Job* job = m_jobs.start(
        isFree ? started->row->title : started->row->title + QStringLiteral(", ") + subject->title,
        [row = started->row, inputs = inputsFor(subject),
         values = started->values](const engine::Control& control) {
            return std::any(std::make_shared<const analysis::Report>(
                analysis::runAnalysis(*row, inputs, values, control)));
        },
        QStringLiteral("analysis:%1").arg(id));
    m_running[id] = job;
    connect(job, &Job::progressed, this, [this, id](double fraction, const QString&) {
        if (AnalysisItem* running = analysisPtr(id)) {
            running->fraction = fraction;
            emit analysisChanged(id);
        }
    });
    connect(job, &Job::ended, this, [this, id, job] {
        if (m_running[id] == job) {
            m_running.erase(id);
            finishRun(id, job->result<analysis::ReportPtr>(), job->elapsedSeconds());
        }
    });
    connect(job, &Job::failed, this, [this, id](const QString& sentence) {
        if (AnalysisItem* failed = analysisPtr(id))
            failed->error = sentence;
        emit logged(Level::Problem, sentence);
    });
    emit analysisChanged(id);
}

void Session::finishRun(int id, const analysis::ReportPtr& report, double seconds)
{
    AnalysisItem* finished = analysisPtr(id);
    if (finished == nullptr)
        return;
    finished->seconds = seconds;
    if (report) {
        finished->report = report;
        finished->simulated.reset();
        finished->supplies.clear();
        const analysis::ChangedSupplies remembered = std::exchange(finished->remembered, {});
        if (!remembered.empty())
            if (const QString problem = setSupplies(id, remembered); !problem.isEmpty())
                emit message(Level::Warning, problem);
    }
    finished->state = !finished->error.isEmpty() ? AnalysisState::Failed
        : report                                 ? AnalysisState::Done
        : finished->report                       ? AnalysisState::Stale
                                                 : AnalysisState::Idle;
    const int subject = finished->subject;
    emit analysisChanged(id);
    if (!report)
        return;
    for (const analysis::Remark& remark : report->remarks)
        emit message(remark.level,
                     (remark.layer.isEmpty() ? QString() : remark.layer + QStringLiteral(": "))
                         + remark.text);
    if (report->derived && subject != noSubject)
        addDerived(subject, report->derived);
}

void Session::cancel(int id)
{
    if (const auto running = m_running.find(id); running != m_running.end())
        running->second->cancel();
}

void Session::removeAnalysis(int id)
{
    cancel(id);
    m_running.erase(id);
    m_runWhenOpened.erase(id);
    std::erase_if(m_analyses, [id](const AnalysisItem& one) { return one.id == id; });
    setModified(true);
    emit analysesChanged();
}

void Session::setModified(bool modified)
{
    m_modified = modified;
    emit workspaceChanged();
}

} // namespace widgets
